//! What a person does with the store's file besides signing in: look at it, copy it elsewhere, go back, have it on paper,
//! and go on without it.

mod lost;
mod sheet;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

pub use lost::{Lost, LostAccount, LostWalk, Regain, RegainWay};
use rekey_authenticator::{Home, RestoredStore, Store, StoreError};
use rekey_journey::{AccountId, AccountState};
use rekey_ledger::AccountFilter;
use rekey_origin::Site;
use secrecy::SecretString;
use serde::Serialize;
pub use sheet::Sheet;

use crate::settings::TriedCopy;
use crate::{AppError, Session, Settings, display_name, time_for_scripts};

/// What is known of the store without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoreOverview {
    /// The file.
    pub file: PathBuf,
    /// Its size in bytes; `None` where there is none.
    pub size: Option<u64>,
    /// When it was written (RFC 3339, UTC).
    pub written_at: Option<String>,
    /// The versions before, the newest first.
    pub backups: Vec<BackupRow>,
    /// The newest copy elsewhere that was tried.
    pub copy: Option<CopyRow>,
    /// After how many minutes without use the window locks it; 0 for never.
    pub lock_after_minutes: u32,
    /// The accounts that have their passkey there, as the ledger knows.
    pub accounts: Vec<StoreAccount>,
    /// The same in milliseconds since 1970.
    #[serde(skip)]
    pub written: Option<u64>,
}

/// A former version of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupRow {
    /// Its file.
    pub file: PathBuf,
    /// 1 for the newest.
    pub number: usize,
    /// When it was written (RFC 3339, UTC).
    pub written_at: Option<String>,
    /// Whether it looks like a whole store from outside.
    pub looks_whole: bool,
    /// The same in milliseconds since 1970.
    #[serde(skip)]
    pub written: Option<u64>,
}

/// A copy of the store elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopyRow {
    /// The copy.
    pub file: PathBuf,
    /// When it was made and tried (RFC 3339, UTC).
    pub tried_at: String,
    /// How many passkeys were in it.
    pub passkeys: usize,
    /// Whether it is still there; a disk that is not plugged in looks the same as one that is lost.
    pub is_there: bool,
    /// Whether the store was written after that.
    pub is_old: bool,
    /// The same in milliseconds since 1970.
    #[serde(skip)]
    pub tried: u64,
}

/// An account with its passkey in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoreAccount {
    /// The account's id.
    pub account: AccountId,
    /// The site.
    pub site: Site,
    /// The user name, possibly empty.
    pub user: String,
    /// As it is named on the command line.
    pub name: String,
    /// The passkey's id.
    pub credential: String,
    /// How far it is.
    pub state: AccountState,
}

/// What came of going back to a former version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// The version that is in the store's place now.
    pub from: PathBuf,
    /// The file that was there, under its new name.
    pub replaced: Option<PathBuf>,
    /// How many passkeys are in it.
    pub passkeys: usize,
}

/// A copy of the store that was made and tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// The copy.
    pub copy: TriedCopy,
    /// Another file that had its name, under its new one.
    pub replaced: Option<PathBuf>,
}

impl Session {
    /// What is known of a store without opening it.
    ///
    /// # Errors
    /// Only where the ledger fails.
    pub fn store_overview(&self, store: &Path) -> Result<StoreOverview, AppError> {
        let store = std::path::absolute(store).unwrap_or_else(|_| store.to_path_buf());
        let about = fs::metadata(&store).ok().filter(fs::Metadata::is_file);
        let written = about.as_ref().and_then(|about| about.modified().ok()).and_then(milliseconds);
        let settings = Settings::of(&self.profile);
        let copy = settings.store_copy.filter(|copy| crate::is_same_file(&copy.store, &store) || copy.store == store);
        Ok(StoreOverview {
            size: about.map(|about| about.len()),
            written_at: written.map(time_for_scripts),
            backups: Store::backups(&store).into_iter().map(BackupRow::from).collect(),
            copy: copy.map(|copy| CopyRow {
                is_there: copy.path.exists(),
                is_old: written.is_some_and(|written| written > copy.at),
                tried_at: time_for_scripts(copy.at),
                tried: copy.at,
                passkeys: copy.passkeys,
                file: copy.path,
            }),
            lock_after_minutes: settings.lock_after_minutes.0,
            accounts: self.accounts_in_store()?,
            written,
            file: store,
        })
    }

    /// The accounts that have their passkey in the store.
    fn accounts_in_store(&self) -> Result<Vec<StoreAccount>, AppError> {
        let views = self.accounts(&AccountFilter::default())?.into_iter();
        let in_store = views.filter_map(|view| {
            let credential = view.credential.as_ref().filter(|held| held.home == Home::Store.code())?.id.clone();
            let name = display_name(&view);
            let (account, site, user, state) = (view.id, view.site, view.user_name, view.state);
            Some(StoreAccount { account, site, user, name, credential, state })
        });
        Ok(in_store.collect())
    }

    /// Copies an open store into a folder, tries the copy, and remembers it. Derives a key once, and once more where
    /// there is a former copy.
    ///
    /// # Errors
    /// [`AppError::BackupBeside`] where the folder is the store's own, and those of copying.
    pub fn back_up_store(&self, store: &Store, folder: &Path, now: u64) -> Result<BackedUp, AppError> {
        let copied = store.copy_to(folder).map_err(|error| match error {
            StoreError::Exists => AppError::BackupBeside { path: folder.to_path_buf() },
            error => error.into(),
        })?;
        let copy =
            TriedCopy { store: store.path().to_path_buf(), path: copied.path, at: now, passkeys: copied.passkeys };
        Settings::change(&self.profile, |settings| settings.store_copy = Some(copy.clone()))?;
        Ok(BackedUp { copy, replaced: copied.replaced })
    }
}

/// Puts a former version in the store's place: the one named, or the newest that opens with this passphrase. Derives a
/// key for each that is tried.
///
/// # Errors
/// [`AppError::NoGoodBackup`] where none opens, and those of restoring.
pub fn restore_store(store: &Path, from: Option<&Path>, passphrase: &SecretString) -> Result<Restored, AppError> {
    let restored = |from: &Path, restored: RestoredStore| Restored {
        from: from.to_path_buf(),
        replaced: restored.replaced,
        passkeys: restored.passkeys,
    };
    if let Some(from) = from {
        return Ok(restored(from, Store::restore(store, from, passphrase)?));
    }
    for backup in Store::backups(store).iter().filter(|backup| backup.looks_whole) {
        match Store::restore(store, &backup.path, passphrase) {
            Ok(done) => return Ok(restored(&backup.path, done)),
            Err(StoreError::WrongPassphrase | StoreError::Damaged(_) | StoreError::NotAStore) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(AppError::NoGoodBackup)
}

impl From<rekey_authenticator::StoreBackup> for BackupRow {
    fn from(backup: rekey_authenticator::StoreBackup) -> Self {
        let written = backup.written.and_then(milliseconds);
        Self {
            file: backup.path,
            number: backup.number,
            written_at: written.map(time_for_scripts),
            looks_whole: backup.looks_whole,
            written,
        }
    }
}

fn milliseconds(time: SystemTime) -> Option<u64> {
    time.duration_since(UNIX_EPOCH).ok().and_then(|since| u64::try_from(since.as_millis()).ok())
}
