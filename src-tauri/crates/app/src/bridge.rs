//! What bridged ceremonies need: the unlocked store and the person's verification.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use rekey_authenticator::{Store, StoreError, UserVerification};
use rekey_journey::{AccountId, Event};
use rekey_webauthn::CredentialId;
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::verification::{Passphrase, Verified, Verifier};
use crate::{AppError, RunLine};

/// An unlocked store that outlives a run.
pub type SharedStore = Arc<Mutex<Store>>;

/// The store, unlocked for a run.
pub(crate) struct Bridge {
    pub(crate) store: OwnedMutexGuard<Store>,
    pub(crate) verifier: Verifier,
    /// What to say where the store was made just now.
    made: Option<RunLine>,
}

impl Bridge {
    /// Opens the store, or makes a new one where one may be made, and verifies the person for the run's accounts by its passphrase.
    pub(crate) fn open(
        file: &Path,
        passphrase: Passphrase,
        accounts: &[AccountId],
        may_make: bool,
    ) -> Result<Self, AppError> {
        let (store, made) = match Store::open(file, passphrase.value()) {
            Err(StoreError::Missing) if may_make => {
                let store = Store::create(file, passphrase.value())?;
                let passphrase_file = passphrase.file().map(|file| file.display().to_string());
                let made = RunLine::StoreCreated { store: store.path().display().to_string(), passphrase_file };
                (store, Some(made))
            }
            opened => (opened?, None),
        };
        let verifier = Verifier::new(passphrase, &store, accounts, SystemTime::now())?;
        let store = Arc::new(Mutex::new(store)).try_lock_owned().map_err(AppError::unexpected)?;
        Ok(Self { store, verifier, made })
    }

    /// Takes a store that is open already.
    pub(crate) async fn of(store: SharedStore, verified: Verified, accounts: &[AccountId]) -> Self {
        let verifier = Verifier::in_window(verified, accounts);
        Self { store: store.lock_owned().await, verifier, made: None }
    }

    /// That the store is new, the first time it is asked.
    pub(crate) fn was_made(&mut self) -> Option<RunLine> {
        self.made.take()
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
