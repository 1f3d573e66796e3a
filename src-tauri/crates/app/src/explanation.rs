use serde::Serialize;
use ts_rs::TS;

use crate::text::Texts;

/// How a command ends, as scripts see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exit {
    /// All that was asked is done.
    Done,
    /// An unexpected failure.
    Unexpected,
    /// The command line cannot be carried out as given.
    Usage,
    /// An input cannot be read.
    Input,
    /// Stopped: a person is needed, or something must change.
    Stopped,
}

impl Exit {
    /// The process's exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Unexpected => 1,
            Self::Usage => 2,
            Self::Input => 3,
            Self::Stopped => 4,
        }
    }
}

/// An error in a person's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Explanation {
    /// The code, for scripts.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What is safe.
    pub safe: String,
    /// What to do next.
    pub next: String,
}

/// The values of an error's messages.
pub type ErrorArgs = Vec<(&'static str, String)>;

impl Explanation {
    /// The words for an error's code and values.
    pub fn of(code: &str, args: &ErrorArgs, texts: &Texts) -> Self {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        let id = format!("error-{}", code.replace('_', "-"));
        let part = |attribute| texts.find(&id, attribute, &args).unwrap_or_default();
        Self { code: code.to_owned(), message: part(None), safe: part(Some("safe")), next: part(Some("next")) }
    }
}
