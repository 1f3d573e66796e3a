//! What differs between the hosts of a [`Guide`](super::Guide): the desktop shell, and tests.

use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;

use rekey_lookup::Client;
use secrecy::SecretString;

use crate::migrate::{Capabilities, Launch};
use crate::text::Language;
use crate::{AppError, Assist, VaultReader};

/// A future that a host gives.
pub type Task<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Everything that a host brings.
pub struct GuideHost {
    /// The profile's folder; `None` for the person's own.
    pub profile: Option<PathBuf>,
    /// The language to begin with.
    pub language: Language,
    /// Starts a practice site, with its vault in this new folder.
    pub practice: Box<dyn Fn(PathBuf) -> Task<Result<PracticeSite, AppError>> + Send + Sync>,
    /// Shows sites in a window of the host's own, where it has one.
    pub embedded: Option<Box<dyn Fn(EmbeddedOptions) -> Launch + Send + Sync>>,
    /// What asks outside, where the person switched that on.
    pub client: Box<dyn Fn() -> Result<Client, rekey_lookup::Error> + Send + Sync>,
    /// Where vaults are read.
    pub reader: VaultReader,
    /// Whether an installed browser is started without its sandbox.
    pub no_browser_sandbox: bool,
}

impl fmt::Debug for GuideHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuideHost").field("profile", &self.profile).finish_non_exhaustive()
    }
}

/// A practice site that runs.
pub struct PracticeSite {
    /// The vault with its accounts.
    pub vault: PathBuf,
    /// That vault's password.
    pub password: SecretString,
    /// Ends the site when it is awaited, or dropped.
    pub stop: Task<()>,
}

impl fmt::Debug for PracticeSite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PracticeSite").field("vault", &self.vault).finish_non_exhaustive()
    }
}

/// How an embedded window is started.
#[derive(Debug, Clone)]
pub struct EmbeddedOptions {
    /// A folder of the profile, for whatever the window may want to write.
    pub data: PathBuf,
    /// The language of the window's own words.
    pub language: Language,
    /// Who acts on the page.
    pub assist: Assist,
    /// What pages are told that they can ask for.
    pub capabilities: Capabilities,
}
