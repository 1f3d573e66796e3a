//! The practice site with a vault of its accounts, for a host that shows them in a window.

use std::fmt;
use std::path::{Path, PathBuf};

use rekey_app::AppError;
use rekey_relying_party::{Config, Error, PracticeSite, Seed, Storage};
use secrecy::SecretString;
use url::Url;

use crate::practice_vault::{self, Existing};

/// A practice site that runs, and the vault that goes with it.
pub struct Practice {
    /// The vault.
    pub vault: PathBuf,
    /// The vault's password, which stands in no file.
    pub password: SecretString,
    /// Where the site is.
    pub url: Url,
    site: PracticeSite,
}

impl Practice {
    /// Ends the site. Dropping it does so, too, without waiting for it.
    pub async fn stop(self) {
        self.site.stop().await;
    }
}

impl fmt::Debug for Practice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Practice").field("vault", &self.vault).field("url", &self.url).finish_non_exhaustive()
    }
}

/// Starts a site with this many accounts, and writes their vault into the folder, over one of an earlier practice.
///
/// # Errors
/// [`AppError::Practice`] where the site does not start, [`AppError::Write`] where the vault cannot be written.
pub async fn start(folder: &Path, accounts: u16) -> Result<Practice, AppError> {
    let seeds = Seed::practice(accounts.into());
    let site = start_site(0, seeds.clone()).await?;
    let url = site.url().clone();
    let vault = folder.join("practice.kdbx");
    let (file, base) = (vault.clone(), url.clone());
    let written = tokio::task::spawn_blocking(move || practice_vault::write(&file, &base, &seeds, Existing::Replace));
    let password = written.await.map_err(AppError::unexpected)??;
    Ok(Practice { vault, password, url, site })
}

/// Starts the site with these accounts.
pub(crate) async fn start_site(port: u16, accounts: Vec<Seed>) -> Result<PracticeSite, AppError> {
    start_with(Config { port, accounts, ..Config::default() }).await
}

/// The same with everything that can be set.
pub(crate) async fn start_with(config: Config) -> Result<PracticeSite, AppError> {
    let file = match &config.storage {
        Storage::Memory => None,
        Storage::File { path, .. } => Some(path.clone()),
    };
    PracticeSite::start(config).await.map_err(|error| match (error, file) {
        (error @ Error::Storage(_), Some(path)) => AppError::PracticeStorage { path, source: error.into() },
        (Error::Origin { origin }, _) => AppError::PracticeOrigin { origin },
        (error, _) => AppError::Practice(error.into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn its_vault_opens_with_its_password_and_the_site_ends() {
        let folder = tempfile::tempdir().unwrap();
        let practice = start(folder.path(), 2).await.unwrap();
        let request = rekey_app::ReadRequest::new(&practice.vault).with_password(practice.password.clone());
        let vault = rekey_app::Vaults::of(request.read_here().unwrap());
        assert_eq!(vault.accounts.len(), 2);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "the password stands in no file");
        let address = practice.url.socket_addrs(|| None).unwrap();
        assert!(tokio::net::TcpStream::connect(address.as_slice()).await.is_ok());
        practice.stop().await;
        assert!(tokio::net::TcpStream::connect(address.as_slice()).await.is_err());
    }
}
