//! What bridged ceremonies need: the unlocked store and the person's verification.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rekey_authenticator::{Store, StoreError, UserVerification};
use rekey_journey::{AccountId, Event};
use rekey_webauthn::CredentialId;

use crate::AppError;
use crate::verification::{Passphrase, Verifier};

/// The store, unlocked once for a run.
pub(crate) struct Bridge {
    pub(crate) store: Store,
    pub(crate) verifier: Verifier,
    /// Where the store was made just now: the file its passphrase came from, if it did.
    pub(crate) made: Option<Option<PathBuf>>,
}

impl Bridge {
    /// Opens the store, or makes a new one, and verifies the person for the run's accounts by its passphrase.
    pub(crate) fn open(file: &Path, passphrase: Passphrase, accounts: &[AccountId]) -> Result<Self, AppError> {
        let (store, made) = match Store::open(file, passphrase.value()) {
            Err(StoreError::Missing) => {
                let made = passphrase.file().map(Path::to_owned);
                (Store::create(file, passphrase.value())?, Some(made))
            }
            opened => (opened?, None),
        };
        let verifier = Verifier::new(passphrase, &store, accounts, SystemTime::now())?;
        Ok(Self { store, verifier, made })
    }

    /// Whether the store holds the passkey of this id.
    pub(crate) fn holds(&self, id: &str) -> bool {
        id.parse::<CredentialId>().is_ok_and(|id| self.store.contains(&id))
    }

    /// What may be claimed of the person for an account now; a renewed verification comes with its fact.
    pub(crate) async fn verification(&mut self, account: &AccountId) -> (UserVerification, Option<Event>) {
        self.verifier.verification(&self.store, account, SystemTime::now()).await
    }
}
