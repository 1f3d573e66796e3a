//! What bridged ceremonies need: the unlocked store and the person's verification.

use std::path::Path;
use std::time::SystemTime;

use rekey_authenticator::{Store, StoreError, UserVerification};
use rekey_journey::{AccountId, Event};

use crate::AppError;
use crate::verification::{Passphrase, Verifier};

/// The store, unlocked once for a run.
pub(crate) struct Bridge {
    pub(crate) store: Store,
    pub(crate) verifier: Verifier,
}

impl Bridge {
    /// Opens the store, or makes a new one, and verifies the person for the run's accounts by its passphrase.
    pub(crate) fn open(file: &Path, passphrase: Passphrase, accounts: &[AccountId]) -> Result<Self, AppError> {
        let store = match Store::open(file, passphrase.value()) {
            Err(StoreError::Missing) => Store::create(file, passphrase.value())?,
            opened => opened?,
        };
        let verifier = Verifier::new(passphrase, &store, accounts, SystemTime::now())?;
        Ok(Self { store, verifier })
    }

    /// What may be claimed of the person for an account now; a renewed verification comes with its fact.
    pub(crate) fn verification(&mut self, account: &AccountId) -> (UserVerification, Option<Event>) {
        self.verifier.verification(&self.store, account, SystemTime::now())
    }
}
