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
        Self::with_next(code, args, texts, &["next"])
    }

    /// The same in the window, where no command line is.
    pub fn in_window(code: &str, args: &ErrorArgs, texts: &Texts) -> Self {
        Self::with_next(code, args, texts, &["window", "next"])
    }

    /// What to do next is the first of these attributes that the message has.
    fn with_next(code: &str, args: &ErrorArgs, texts: &Texts, next: &[&str]) -> Self {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        let id = format!("error-{}", code.replace('_', "-"));
        let part = |attribute| texts.find(&id, attribute, &args);
        Self {
            code: code.to_owned(),
            message: part(None).unwrap_or_default(),
            safe: part(Some("safe")).unwrap_or_default(),
            next: next.iter().find_map(|attribute| part(Some(attribute))).unwrap_or_default(),
        }
    }
}
