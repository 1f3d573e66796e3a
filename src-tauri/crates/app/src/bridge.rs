//! What bridged ceremonies need: an authenticator that is open, and the person's verification.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use rekey_authenticator::{
    Authenticator, AuthenticatorError, Home, Interaction, Nobody, Store, StoreError, UserVerification,
};
use rekey_journey::{AccountId, Event};
use rekey_webauthn::{AssertionMade, CreateRequest, CredentialId, GetRequest, MadeCredential};
use secrecy::SecretString;
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::verification::{Passphrase, Verified, Verifier};
use crate::{AppError, RunLine};

/// An unlocked store that outlives a run.
pub type SharedStore = Arc<Mutex<Store>>;

/// Where the passkeys of a run are made and used.
pub(crate) struct Bridge {
    keeper: Keeper,
    /// What to say where the store was made just now.
    made: Option<RunLine>,
}

enum Keeper {
    /// The store, whose passphrase verifies the person.
    Store { store: OwnedMutexGuard<Store>, verifier: Verifier },
    /// One that verifies the person itself.
    Device { authenticator: Box<dyn Authenticator>, person: Arc<dyn Interaction> },
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
        Ok(Self { keeper: Keeper::Store { store, verifier }, made })
    }

    /// Takes a store that is open already.
    pub(crate) async fn of(store: SharedStore, verified: Verified, accounts: &[AccountId]) -> Self {
        let verifier = Verifier::in_window(verified, accounts);
        Self { keeper: Keeper::Store { store: store.lock_owned().await, verifier }, made: None }
    }

    /// Takes an authenticator that verifies the person itself.
    pub(crate) fn device(authenticator: Box<dyn Authenticator>, person: Arc<dyn Interaction>) -> Self {
        Self { keeper: Keeper::Device { authenticator, person }, made: None }
    }

    /// Whether an answer may wait for the person, at a device of theirs.
    pub(crate) fn waits_for_person(&self) -> bool {
        matches!(self.keeper, Keeper::Device { .. })
    }

    /// That the store is new, the first time it is asked.
    pub(crate) fn was_made(&mut self) -> Option<RunLine> {
        self.made.take()
    }

    /// Where the passkeys live.
    pub(crate) fn home(&self) -> Home {
        match &self.keeper {
            Keeper::Store { store, .. } => store.info().home,
            Keeper::Device { authenticator, .. } => authenticator.info().home,
        }
    }

    /// Whether the passkey of this id is here; one that cannot be looked for without the person counts as here.
    pub(crate) async fn holds(&mut self, id: &str) -> bool {
        let Ok(id) = id.parse::<CredentialId>() else { return false };
        match &mut self.keeper {
            Keeper::Store { store, .. } => store.contains(&id),
            // It lists them without being touched or asked for a PIN.
            Keeper::Device { authenticator, .. } if authenticator.info().home == Home::Tpm => {
                let held = authenticator.passkeys(&Nobody).await;
                held.map_or(true, |held| held.iter().any(|passkey| passkey.credential_id == id))
            }
            Keeper::Device { .. } => true,
        }
    }

    /// Whether it is certain that a request cannot be answered with this passkey.
    pub(crate) async fn cannot_answer(&mut self, request: &GetRequest, only: &CredentialId) -> bool {
        let answer = match &mut self.keeper {
            Keeper::Store { store, .. } => store.may_answer(request, Some(only)).await,
            Keeper::Device { authenticator, .. } => authenticator.may_answer(request, Some(only)).await,
        };
        answer == Some(false)
    }

    /// The fact that the person is verified, where a passphrase did that and it did not lapse.
    pub(crate) fn fact(&self, now: SystemTime) -> Option<Event> {
        match &self.keeper {
            Keeper::Store { verifier, .. } => verifier.fact(now),
            Keeper::Device { .. } => None,
        }
    }

    /// Whether the store's passphrase must be presented before the person counts as verified.
    pub(crate) fn needs_passphrase(&self, now: SystemTime) -> bool {
        match &self.keeper {
            Keeper::Store { verifier, .. } => verifier.needs_passphrase(now),
            Keeper::Device { .. } => false,
        }
    }

    /// Takes a passphrase that was presented in the window, and gives the fact of it.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`].
    pub(crate) fn present(
        &mut self,
        passphrase: &SecretString,
        account: &AccountId,
        now: SystemTime,
    ) -> Result<Option<Event>, StoreError> {
        match &mut self.keeper {
            Keeper::Store { store, verifier } => verifier.present(store, passphrase, account, now),
            Keeper::Device { .. } => Ok(None),
        }
    }

    /// What may be claimed for a ceremony of this account now.
    pub(crate) fn claim(&mut self, account: &AccountId, now: SystemTime) -> UserVerification {
        match &mut self.keeper {
            Keeper::Store { verifier, .. } => verifier.claim(account, now),
            Keeper::Device { .. } => UserVerification::NotVerified,
        }
    }

    /// The same, after asking once more where the verification lapsed; a renewed one comes with its fact.
    pub(crate) async fn verification(&mut self, account: &AccountId) -> (UserVerification, Option<Event>) {
        match &mut self.keeper {
            Keeper::Store { store, verifier } => verifier.verification(store, account, SystemTime::now()).await,
            Keeper::Device { .. } => (UserVerification::NotVerified, None),
        }
    }

    /// Makes a credential.
    ///
    /// # Errors
    /// See [`AuthenticatorError`].
    pub(crate) async fn make(
        &mut self,
        request: &CreateRequest,
        verification: UserVerification,
    ) -> Result<MadeCredential, AuthenticatorError> {
        let (authenticator, person) = self.parts();
        authenticator.make_credential(request, verification, person).await
    }

    /// Signs with this credential.
    ///
    /// # Errors
    /// See [`AuthenticatorError`].
    pub(crate) async fn sign(
        &mut self,
        request: &GetRequest,
        only: &CredentialId,
        verification: UserVerification,
    ) -> Result<AssertionMade, AuthenticatorError> {
        let (authenticator, person) = self.parts();
        authenticator.get_assertion(request, Some(only), verification, person).await
    }

    /// Sets a credential aside. Where it could only be destroyed it stays: that a site refused it is read from a page, and
    /// the site may hold it all the same.
    ///
    /// # Errors
    /// See [`AuthenticatorError`].
    pub(crate) async fn forget(&mut self, id: &CredentialId) -> Result<(), AuthenticatorError> {
        if matches!(self.home(), Home::SecurityKey | Home::WindowsHello) {
            return Ok(());
        }
        let (authenticator, person) = self.parts();
        authenticator.forget(id, person).await
    }

    fn parts(&mut self) -> (&mut dyn Authenticator, &dyn Interaction) {
        match &mut self.keeper {
            Keeper::Store { store, .. } => (&mut **store, &Nobody),
            Keeper::Device { authenticator, person } => (&mut **authenticator, &**person),
        }
    }
}
