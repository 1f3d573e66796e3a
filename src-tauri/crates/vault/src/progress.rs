/// How far a long reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of it is done, in bytes, rounds or files.
    pub done: u64,
    /// How much there is; 0 where nobody knows.
    pub total: u64,
}

/// The parts of reading a vault that can take time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Deriving the key from the password.
    Key,
    /// Decrypting and reading entries.
    Entries,
}

impl Stage {
    /// The stable name of the stage, for texts and scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Entries => "entries",
        }
    }
}

/// Whom to tell how far it is; nobody, where nobody asked.
#[derive(Clone, Copy, Default)]
pub(crate) struct Watch<'a>(Option<&'a dyn Fn(Progress)>);

impl<'a> Watch<'a> {
    pub(crate) fn new(tell: Option<&'a dyn Fn(Progress)>) -> Self {
        Self(tell)
    }

    /// Says how far a stage is. Cheap enough to be called every few thousand entries, not for each one.
    pub(crate) fn tell(&self, stage: Stage, done: u64, total: u64) {
        if let Some(tell) = self.0 {
            tell(Progress { stage, done, total });
        }
    }
}
