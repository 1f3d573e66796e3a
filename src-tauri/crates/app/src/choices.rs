//! What a person chooses for a run, by the names that the command line and the window use.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What shows the sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BrowserChoice {
    /// An installed browser in a window, with Rekey's own profile.
    Own,
    /// The same without a window.
    OwnHeadless,
    /// A window of Rekey's desktop app.
    Embedded,
    /// The person's own browser: Rekey says each step, the person does it.
    ByHand,
}

/// Who acts on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Assist {
    /// Rekey points, the person acts.
    Watch,
    /// Rekey fills in, the person presses.
    Assist,
    /// Rekey does both.
    Auto,
}

/// The text names none of the choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("none of the choices")]
pub struct UnknownChoice;

macro_rules! names {
    ($type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// Every choice.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name on the command line.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        impl FromStr for $type {
            type Err = UnknownChoice;

            fn from_str(text: &str) -> Result<Self, UnknownChoice> {
                Self::ALL.iter().copied().find(|choice| choice.name() == text).ok_or(UnknownChoice)
            }
        }
    };
}

names!(BrowserChoice { Own = "own", OwnHeadless = "own-headless", Embedded = "embedded", ByHand = "by-hand" });
names!(Assist { Watch = "watch", Assist = "assist", Auto = "auto" });
