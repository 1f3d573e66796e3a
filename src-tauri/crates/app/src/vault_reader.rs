use std::path::PathBuf;

use rekey_vault::Progress;

use crate::{AppError, ReadFile, ReadRequest};

/// Where the bytes of a vault are made sense of.
#[derive(Debug, Clone, Default)]
pub enum VaultReader {
    /// In this very process: for tests, and for files that Rekey made itself.
    #[default]
    Here,
    /// In a process of its own, which can be ended at any moment and whose end is nobody else's.
    Child {
        /// A program that understands [`crate::READ_VAULT`]: this one.
        program: PathBuf,
    },
}

impl VaultReader {
    /// Reads a vault. Dropping the future ends the reading, within a second.
    ///
    /// # Errors
    /// [`AppError::Read`] where a file cannot be read, [`AppError::Vault`] where the vault in it cannot,
    /// [`AppError::ReaderDied`] where reading it took the process down that did it.
    pub async fn read(
        &self,
        request: ReadRequest,
        _progress: impl Fn(Progress) + Send + Sync,
    ) -> Result<ReadFile, AppError> {
        tokio::task::spawn_blocking(move || request.read_here())
            .await
            .unwrap_or_else(|error| Err(AppError::unexpected(error)))
    }
}

/// The first word of a command line that makes a program read one vault for its parent.
pub const READ_VAULT: &str = "read-vault";
