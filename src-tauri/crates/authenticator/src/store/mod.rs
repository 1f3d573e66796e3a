//! Rekey's own passkey file `Passkeys.kdbx`: KDBX 4.1 with KeePassXC's passkey attributes.
//!
//! - Only files that bear Rekey's mark are opened: nobody's own vault can be taken for a store and written.
//! - Nothing is destroyed. A passkey that is forgotten lies in the file's recycle bin, where it does not answer; moved
//!   out of it (with KeePassXC, say) it answers again. The versions before the last five writes are kept as
//!   `Passkeys.kdbx.bak` (the newest), `.bak2` to `.bak5`, and open with the passphrase of their time.
//! - What another program wrote is never overwritten. A change is made on top of it where the two can be joined
//!   ([`merge`]); where they cannot (another passphrase, another file, damage) it is refused, and what was known here is
//!   kept beside it as `Passkeys (conflict).kdbx`.
//! - What was not read faithfully is not written back.

mod backups;
mod ceremony;
mod commit;
mod database;
pub(crate) mod entry;
mod extensions;
mod file;
mod header;
pub(crate) mod key;
mod merge;
mod transfer;

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use async_trait::async_trait;
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
pub use backups::{RestoredStore, StoreBackup, StoreCopy};
use commit::{Change, Known};
use entry::PasskeyEntry;
use file::Expected;
pub use transfer::TakenIn;

/// Rekey's model number as an authenticator, made for it.
///
/// <https://www.w3.org/TR/webauthn-3/#aaguid>
pub const AAGUID: Uuid = Uuid::from_u128(0x3d3a_d608_d59a_4839_8e94_4b2f_df4c_fb79);

/// The store, unlocked. It keeps the file locked against other Rekeys until it is dropped.
pub struct Store {
    path: PathBuf,
    /// Which store it is.
    id: Uuid,
    /// The file as it was last read or written. A write holds it too.
    known: Arc<Known>,
    passphrase: SecretString,
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
        let known = Arc::new(Known { database, seen });
        Ok(Self { path, id, known, passphrase: passphrase.clone(), lock: Arc::new(lock) })
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
        let known = Arc::new(Known { database, seen });
        Ok(Self { path, id, known, passphrase: passphrase.clone(), lock: Arc::new(lock) })
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
        self.check(passphrase)?;
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
        database::live_entries(&self.known.database).filter_map(unreadable).collect()
    }

    /// Whether a passkey of this id is in the store and can be used; one in the recycle bin cannot. Reads that passkey
    /// alone.
    pub fn contains(&self, id: &CredentialId) -> bool {
        let mut live = database::live_entries(&self.known.database);
        live.any(|e| entry::has_id(&e, id) && matches!(entry::read(&e), Some(Ok(_))))
    }

    /// Whether a passkey of the request's RP ID is here that may answer.
    fn has_answer(&self, request: &GetRequest, only: Option<&CredentialId>) -> bool {
        !self.candidates(request, only).is_empty()
    }

    /// Whether the person must be verified, whatever the site requires: the passkey was made so, or it is to derive
    /// secrets, which the extension `prf` ties to a verified person.
    fn wants_verification(&self, request: &GetRequest, only: Option<&CredentialId>) -> bool {
        let candidates = self.candidates(request, only);
        let Some(first) = candidates.iter().find(|e| e.answers_unverified(!request.allow.is_empty())) else {
            return true;
        };
        request.extensions.prf.as_ref().is_some_and(|prf| prf.salts_for(&first.credential_id).is_some())
            && self.known.database.entry(first.entry).is_some_and(|e| extensions::prf_secret(&e).is_some())
    }

    /// The passkeys that a request means, the newest first.
    fn candidates(&self, request: &GetRequest, only: Option<&CredentialId>) -> Vec<PasskeyEntry> {
        let mut found = self.entries();
        found.retain(|e| {
            e.rp_id == request.rp_id.as_str()
                && request.allows(&e.credential_id)
                && only.is_none_or(|id| e.credential_id == *id)
        });
        found.reverse();
        found
    }

    fn entries(&self) -> Vec<PasskeyEntry> {
        let mut entries: Vec<_> = database::live_entries(&self.known.database)
            .filter_map(|e| entry::read(&e))
            .filter_map(Result::ok)
            .collect();
        entries.sort_by_key(|e| e.created);
        entries
    }

    fn key_of(&self, entry: EntryId) -> Option<passkey_crypto::CoseKey> {
        entry::key(&*self.known.database.entry(entry)?).ok()
    }

    /// Writes a change and takes over what the file holds once it is safely on disk: this store's contents, the change,
    /// and whatever another program wrote meanwhile. Whether the change is in it; not where what it is about was deleted
    /// meanwhile.
    async fn commit(&mut self, change: Change) -> Result<bool, StoreError> {
        let (path, passphrase, lock) = (self.path.clone(), self.passphrase.clone(), Arc::clone(&self.lock));
        let known = Arc::clone(&self.known);
        let writing = tokio::task::spawn_blocking(move || {
            let _held = lock;
            commit::commit(&path, &known, &passphrase, &change)
        });
        let (known, is_made) = writing.await.map_err(StoreError::BrokenOff)??;
        self.known = Arc::new(known);
        Ok(is_made)
    }

    /// Changes the passphrase. The new file is read back with the new one before it takes the old one's place. Backups
    /// keep the passphrase of their time, and so does every copy elsewhere. Derives a key twice.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`] where `old` is not the store's, [`StoreError::EmptyPassphrase`], and those of
    /// writing; the file and its passphrase are as they were then.
    pub async fn change_passphrase(&mut self, old: &SecretString, new: &SecretString) -> Result<(), StoreError> {
        self.check(old)?;
        if new.expose_secret().is_empty() {
            return Err(StoreError::EmptyPassphrase);
        }
        self.commit(Change::Passphrase(new.clone())).await?;
        self.passphrase = new.clone();
        Ok(())
    }

    /// Takes over what another program wrote since the file was read. Reads the file; derives a key only where it was
    /// changed. Whether it was.
    ///
    /// # Errors
    /// [`StoreError::ChangedElsewhere`] where the two cannot be joined; what is known here stays.
    pub async fn refresh(&mut self) -> Result<bool, StoreError> {
        let (path, passphrase, known) = (self.path.clone(), self.passphrase.clone(), Arc::clone(&self.known));
        let reading = tokio::task::spawn_blocking(move || match file::read_unchanged(&path, &known.seen) {
            Ok(_) => Ok(None),
            Err(StoreError::ChangedElsewhere { .. }) => {
                let joined = commit::join(&path, &known, &passphrase);
                joined.map(Some).ok_or(StoreError::ChangedElsewhere { ours: None })
            }
            Err(error) => Err(error),
        });
        let joined = reading.await.map_err(StoreError::BrokenOff)??;
        let is_changed = joined.is_some();
        if let Some(joined) = joined {
            self.known = Arc::new(joined);
        }
        Ok(is_changed)
    }

    fn check(&self, passphrase: &SecretString) -> Result<(), StoreError> {
        // Digests are compared, so that the time taken tells nothing about the passphrase.
        let digest = |secret: &SecretString| Sha256::digest(secret.expose_secret().as_bytes());
        if digest(passphrase) == digest(&self.passphrase) { Ok(()) } else { Err(StoreError::WrongPassphrase) }
    }

    /// The former versions of the store at this path, the newest first. At most five are kept.
    pub fn backups(path: &Path) -> Vec<StoreBackup> {
        file::absolute(path).map(|path| backups::list(&path)).unwrap_or_default()
    }

    /// Puts a former version, or a copy from elsewhere, in the store's place. What is there now is kept under another
    /// name, whatever it is; the version restored stays as well. Derives a key once.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`], [`StoreError::Damaged`] and [`StoreError::NotAStore`], all about `from`;
    /// [`StoreError::Locked`] and those of writing. The file is as it was then.
    pub fn restore(path: &Path, from: &Path, passphrase: &SecretString) -> Result<RestoredStore, StoreError> {
        let path = file::absolute(path)?;
        let _lock = file::lock(&path)?;
        Ok(backups::restore(&path, from, passphrase)?.0)
    }

    /// Copies the store into a folder and tries the copy: it is read back from there, opened with the passphrase, and
    /// must hold the same passkeys. A former copy of this store is replaced once the new one is whole, as long as every
    /// entry of it is in the new one; whatever else has its name is kept under another one. Derives a key once, and once
    /// more where there is a former copy.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where the folder is the store's own; [`StoreError::NotFaithful`] where the copy is not
    /// the same; and those of reading and writing, as where a link or a folder has its name. A former copy is as it was
    /// then.
    pub fn copy_to(&self, folder: &Path) -> Result<StoreCopy, StoreError> {
        backups::copy_to(&self.path, &self.known, &self.passphrase, folder)
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
        if !verified && (request.requires_user_verification() || self.wants_verification(request, only)) {
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
        self.commit(Change::Recycle(found.entry)).await?;
        Ok(())
    }
}
