//! Rekey's own passkey file `Passkeys.kdbx`: KDBX 4.1 with KeePassXC's passkey attributes.
//!
//! - Only files that bear Rekey's mark are opened: nobody's own vault can be taken for a store and written.
//! - Nothing is destroyed. A passkey that is forgotten lies in the file's recycle bin, where it does not answer; moved
//!   out of it (with KeePassXC, say) it answers again. The version before the last write is kept as
//!   `Passkeys.kdbx.bak`, and opens with the passphrase of its time.
//! - What was not read faithfully is not written back.

mod ceremony;
mod database;
pub(crate) mod entry;
mod file;
mod header;
pub(crate) mod key;

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use async_trait::async_trait;
use keepass::Database;
use keepass::db::EntryId;
use rekey_journey::AccountId;
use rekey_webauthn::{
    AssertionMade, AuthenticatorAttachment, AuthenticatorTransport, CreateRequest, CredentialId, GetRequest,
    MadeCredential,
};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    Authenticator, AuthenticatorError, AuthenticatorInfo, HeldPasskey, Home, Interaction, StoreError, UserVerification,
    VerificationGate,
};
use entry::PasskeyEntry;
use file::Expected;

/// Rekey's model number as an authenticator, made for it.
///
/// <https://www.w3.org/TR/webauthn-3/#aaguid>
pub const AAGUID: Uuid = Uuid::from_u128(0x3d3a_d608_d59a_4839_8e94_4b2f_df4c_fb79);

/// The store, unlocked. It keeps the file locked against other Rekeys until it is dropped.
pub struct Store {
    path: PathBuf,
    /// Which store it is.
    id: Uuid,
    database: Database,
    passphrase: SecretString,
    /// SHA-256 of the file as it was last read or written.
    seen: [u8; 32],
    /// Held by a write as well, which may outlive the store when its caller was broken off.
    lock: Arc<File>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Store {
    /// Makes a new, empty store. Derives its key twice, which takes a good part of a second.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where there is a file already, [`StoreError::EmptyPassphrase`], and those of writing.
    pub fn create(path: &Path, passphrase: &SecretString) -> Result<Self, StoreError> {
        if passphrase.expose_secret().is_empty() {
            return Err(StoreError::EmptyPassphrase);
        }
        let path = file::absolute(path)?;
        let lock = file::lock(&path)?;
        if path.try_exists().map_err(StoreError::io("looking for it"))? {
            return Err(StoreError::Exists);
        }
        let database = database::new_store();
        let id = database::store_id(&database).ok_or(StoreError::NotAStore)?;
        let seen = file::write(&path, &database, passphrase, Expected::Absent)?;
        Ok(Self { path, id, database, passphrase: passphrase.clone(), seen, lock: Arc::new(lock) })
    }

    /// Opens a store. Derives its key once.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::WrongPassphrase`], [`StoreError::Damaged`], [`StoreError::NotAStore`],
    /// [`StoreError::Locked`] and those of reading.
    pub fn open(path: &Path, passphrase: &SecretString) -> Result<Self, StoreError> {
        let path = file::absolute(path)?;
        if !path.try_exists().map_err(StoreError::io("looking for it"))? {
            return Err(StoreError::Missing);
        }
        let lock = file::lock(&path)?;
        file::remove_leftovers(&path);
        let bytes = file::read(&path)?;
        let database = file::decode(&bytes, passphrase)?;
        let id = database::store_id(&database).ok_or(StoreError::NotAStore)?;
        let seen = Sha256::digest(&bytes).into();
        Ok(Self { path, id, database, passphrase: passphrase.clone(), seen, lock: Arc::new(lock) })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Verifies the person by the store's passphrase, for the accounts named, from `now` on for
    /// [`VerificationGate::LASTS`].
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`].
    pub fn verify(
        &self,
        passphrase: &SecretString,
        accounts: impl IntoIterator<Item = AccountId>,
        now: SystemTime,
    ) -> Result<VerificationGate, StoreError> {
        // Digests are compared, so that the time taken tells nothing about the passphrase.
        let digest = |secret: &SecretString| Sha256::digest(secret.expose_secret().as_bytes());
        if digest(passphrase) != digest(&self.passphrase) {
            return Err(StoreError::WrongPassphrase);
        }
        let accounts: BTreeSet<AccountId> = accounts.into_iter().collect();
        Ok(VerificationGate::new(self.id, accounts, now))
    }

    /// The passkeys that can be used, the oldest first, those in the recycle bin left out.
    pub fn passkeys(&self) -> Vec<HeldPasskey> {
        let listed = self.entries().into_iter();
        listed.map(|e| HeldPasskey { credential_id: e.credential_id, rp_id: e.rp_id, user_name: e.user_name }).collect()
    }

    /// Entries that have passkey attributes but no passkey that can be used, by their title.
    pub fn unreadable(&self) -> Vec<String> {
        let unreadable = |e: keepass::db::EntryRef<'_>| {
            entry::read(&e).and_then(Result::err).map(|_| e.get_title().unwrap_or_default().to_owned())
        };
        database::live_entries(&self.database).filter_map(unreadable).collect()
    }

    /// Whether a passkey of this id is in the store and can be used; one in the recycle bin cannot. Reads that passkey
    /// alone.
    pub fn contains(&self, id: &CredentialId) -> bool {
        let mut live = database::live_entries(&self.database);
        live.any(|e| entry::has_id(&e, id) && matches!(entry::read(&e), Some(Ok(_))))
    }

    /// Whether a passkey of the request's RP ID is here that may answer.
    fn has_answer(&self, request: &GetRequest, only: Option<&CredentialId>) -> bool {
        self.entries().iter().any(|e| {
            e.rp_id == request.rp_id.as_str()
                && request.allows(&e.credential_id)
                && only.is_none_or(|id| e.credential_id == *id)
        })
    }

    fn entries(&self) -> Vec<PasskeyEntry> {
        let mut entries: Vec<_> =
            database::live_entries(&self.database).filter_map(|e| entry::read(&e)).filter_map(Result::ok).collect();
        entries.sort_by_key(|e| e.created);
        entries
    }

    fn key_of(&self, entry: EntryId) -> Option<passkey_crypto::CoseKey> {
        entry::key(&*self.database.entry(entry)?).ok()
    }

    /// Writes a changed database and takes it over once it is safely on disk.
    async fn commit(&mut self, changed: Database) -> Result<(), StoreError> {
        if !database::was_read_faithfully(&changed) {
            return Err(StoreError::Unreadable);
        }
        let (path, passphrase, expected) = (self.path.clone(), self.passphrase.clone(), Expected::Unchanged(self.seen));
        let lock = Arc::clone(&self.lock);
        let writing = tokio::task::spawn_blocking(move || {
            let _held = lock;
            let seen = file::write(&path, &changed, &passphrase, expected)?;
            Ok::<_, StoreError>((seen, changed))
        });
        (self.seen, self.database) = writing.await.map_err(StoreError::BrokenOff)??;
        Ok(())
    }
}

#[async_trait]
impl Authenticator for Store {
    fn info(&self) -> AuthenticatorInfo {
        AuthenticatorInfo {
            home: Home::Store,
            aaguid: Some(AAGUID),
            attachment: AuthenticatorAttachment::Platform,
            transports: vec![AuthenticatorTransport::Internal],
            verifies_itself: false,
        }
    }

    async fn may_answer(&mut self, request: &GetRequest, only: Option<&CredentialId>) -> Option<bool> {
        Some(self.has_answer(request, only))
    }

    async fn make_credential(
        &mut self,
        request: &CreateRequest,
        verification: UserVerification,
        _person: &dyn Interaction,
    ) -> Result<MadeCredential, AuthenticatorError> {
        let verified = verification.is_by(self.id);
        if request.requires_user_verification() && !verified {
            return Err(AuthenticatorError::UserVerificationRequired);
        }
        ceremony::make(self, request, verified).await
    }

    async fn get_assertion(
        &mut self,
        request: &GetRequest,
        only: Option<&CredentialId>,
        verification: UserVerification,
        _person: &dyn Interaction,
    ) -> Result<AssertionMade, AuthenticatorError> {
        // Said first, since nobody need be verified for a passkey that is not here: pages call as soon as they load.
        if !self.has_answer(request, only) {
            return Err(AuthenticatorError::NoCredential);
        }
        let verified = verification.is_by(self.id);
        if request.requires_user_verification() && !verified {
            return Err(AuthenticatorError::UserVerificationRequired);
        }
        ceremony::get(self, request, only, verified).await
    }

    async fn passkeys(&mut self, _person: &dyn Interaction) -> Result<Vec<HeldPasskey>, AuthenticatorError> {
        Ok(Self::passkeys(self))
    }

    /// Moves it to the recycle bin: it does not answer there, and the person can take it out again.
    async fn forget(&mut self, id: &CredentialId, _person: &dyn Interaction) -> Result<(), AuthenticatorError> {
        let found = self.entries().into_iter().find(|e| e.credential_id == *id);
        let found = found.ok_or(AuthenticatorError::NoCredential)?;
        let mut changed = self.database.clone();
        database::recycle(&mut changed, found.entry);
        Ok(self.commit(changed).await?)
    }
}
