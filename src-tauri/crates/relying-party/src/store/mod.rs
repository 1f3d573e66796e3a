//! What the site keeps, in SQLite: in memory, or in a file of its own. One file of this module for each table.

mod accounts;
mod audit;
mod mail;
mod passkeys;
mod recovery;
mod schema;
mod seal;
mod sessions;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Difficulty;

use seal::Purpose;

pub(crate) use accounts::{Account, AccountId, comparable};
pub(crate) use passkeys::{NewPasskey, Passkey, id_text};
pub use seal::StorageKey;

pub(crate) use mail::Confirmation;
pub(crate) use seal::Unsealable;
pub(crate) use sessions::{Flash, Hurdle, Missing, SessionId, Stage, Verified};

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite's reason.
    #[error("the practice site's storage failed")]
    Sqlite(#[from] rusqlite::Error),
    /// A value in the file is not one that this program writes.
    #[error("the practice site's storage holds something unreadable")]
    Unreadable(#[from] serde_json::Error),
    /// A sealed value belongs to another key, or was changed.
    #[error("a sealed value in the practice site's storage does not open with its key")]
    Sealed,
    /// The file was made by another version of this program, older or newer.
    #[error("the practice site's storage has version {found}, and this program knows {known}")]
    Version {
        /// The file's.
        found: i64,
        /// This program's.
        known: i64,
    },
    /// The file could not be made or opened.
    #[error("the practice site's storage cannot be opened")]
    Open(#[from] io::Error),
}

impl From<Unsealable> for StoreError {
    fn from(_: Unsealable) -> Self {
        Self::Sealed
    }
}

type Result<T> = std::result::Result<T, StoreError>;

/// The open store.
pub(crate) struct Store {
    connection: Connection,
    key: StorageKey,
    /// What every account has besides its own.
    difficulties: Vec<Difficulty>,
}

impl Store {
    /// One that is forgotten with the site.
    pub(crate) fn in_memory() -> Result<Self> {
        Self::open(Connection::open_in_memory()?, StorageKey::random())
    }

    /// One in a file that its owner alone may read.
    pub(crate) fn in_file(path: &Path, key: StorageKey) -> Result<Self> {
        private(path)?;
        Self::open(Connection::open(path)?, key)
    }

    fn open(mut connection: Connection, key: StorageKey) -> Result<Self> {
        connection.set_prepared_statement_cache_capacity(64);
        let found = schema::prepare(&mut connection)?;
        if found != schema::VERSION {
            return Err(StoreError::Version { found, known: schema::VERSION });
        }
        let store = Self { connection, key, difficulties: Vec::new() };
        store.check_key()?;
        Ok(store)
    }

    /// Finds out now, and not at the first account, that the file belongs to another key.
    fn check_key(&self) -> Result<()> {
        let sealed = self.connection.query_row("SELECT sealed FROM key_check", [], |row| row.get::<_, Vec<u8>>(0));
        match sealed.optional()? {
            Some(sealed) => self.key.unseal(Purpose::KeyCheck, &[], &sealed).map(drop).map_err(StoreError::from),
            None => {
                let sealed = self.key.seal(Purpose::KeyCheck, &[], &[])?;
                self.connection.execute("INSERT INTO key_check (sealed) VALUES (?1)", [sealed])?;
                Ok(())
            }
        }
    }

    /// The same, and every account has these difficulties besides its own.
    pub(crate) fn with_difficulties(self, difficulties: Vec<Difficulty>) -> Self {
        Self { difficulties, ..self }
    }

    /// A secret of this store for another purpose, the same each time.
    pub(crate) fn derived(&self, purpose: &[u8]) -> [u8; 32] {
        self.key.derived(purpose)
    }

    /// Runs steps that count together or not at all.
    pub(crate) fn together<T>(&self, steps: impl FnOnce() -> Result<T>) -> Result<T> {
        let transaction = self.connection.unchecked_transaction()?;
        let value = steps()?;
        transaction.commit()?;
        Ok(value)
    }
}

/// Makes the file, if it is new, for its owner alone; takes everybody else's rights to one that is there, before SQLite
/// gives the files beside it the same.
fn private(path: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
        for suffix in ["-wal", "-shm"] {
            let mut beside = path.as_os_str().to_owned();
            beside.push(suffix);
            match fs::set_permissions(beside, fs::Permissions::from_mode(0o600)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
    drop(file);
    Ok(())
}

/// A time as the tables have it. Microseconds, so that three hundred thousand years fit.
fn micros(at: SystemTime) -> i64 {
    i64::try_from(at.duration_since(UNIX_EPOCH).unwrap_or_default().as_micros()).unwrap_or(i64::MAX)
}

fn time(micros: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_micros(u64::try_from(micros).unwrap_or_default())
}

fn json(value: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string(value)?)
}

/// Reads a JSON column; what is not ours is a column of the wrong type.
fn from_json<T: DeserializeOwned>(column: usize, text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error.into()))
}

/// The same for one that may be empty.
fn maybe_json<T: DeserializeOwned>(column: usize, text: Option<String>) -> rusqlite::Result<Option<T>> {
    text.map(|text| from_json(column, &text)).transpose()
}
