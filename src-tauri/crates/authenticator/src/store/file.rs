//! The store's file: locked, read within bounds, and replaced as a whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use keepass::config::DatabaseVersion;
use keepass::db::DatabaseOpenError;
use keepass::error::DatabaseKeyError;
use keepass::{Database, DatabaseKey};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::{backups, database, header};
use crate::{Damage, StoreError};

/// No store is larger, in bytes; a passkey takes about one kilobyte.
const MAX_FILE: u64 = 64 << 20;
/// What stands before and after the random part in a temporary file's name.
const TEMPORARY: (&str, &str) = (".rekey-", ".tmp");
/// KDBX's minor version that is written.
const KDBX4_MINOR: u16 = 1;

/// What the file must be like for a write to go ahead.
pub(super) enum Expected {
    /// There is none.
    Absent,
    /// It has this SHA-256.
    Unchanged([u8; 32]),
}

/// The path with its folder resolved, so that a link is followed once and the file beside it replaced.
pub(super) fn absolute(path: &Path) -> Result<PathBuf, StoreError> {
    if let Ok(whole) = fs::canonicalize(path) {
        return Ok(whole);
    }
    let name = path.file_name().ok_or(StoreError::Missing)?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    Ok(fs::canonicalize(folder).map_err(StoreError::io("finding its folder"))?.join(name))
}

/// Takes the lock that every Rekey takes before it reads. The lock file stays: removing it would let two in.
pub(super) fn lock(path: &Path) -> Result<File, StoreError> {
    let name = beside(path, ".rekey-lock");
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path.with_file_name(name)).map_err(StoreError::io("opening its lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(StoreError::Locked),
        Err(fs::TryLockError::Error(source)) => Err(StoreError::Io { doing: "locking it", source }),
    }
}

/// The name of a hidden file that belongs to the store.
fn beside(path: &Path, ending: &str) -> OsString {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(ending);
    name
}

/// Removes the temporary files of writes that were killed. Only with the lock held, so that none is in use; whether it
/// succeeds matters to nobody, since they hold nothing in the clear.
pub(super) fn remove_leftovers(path: &Path) {
    let prefix = beside(path, TEMPORARY.0);
    let Some(Ok(files)) = path.parent().map(fs::read_dir) else { return };
    for file in files.flatten() {
        let name = file.file_name();
        let name = name.as_encoded_bytes();
        if name.starts_with(prefix.as_encoded_bytes()) && name.ends_with(TEMPORARY.1.as_bytes()) {
            let _ = fs::remove_file(file.path());
        }
    }
}

/// The file's bytes.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, StoreError> {
    let file = File::open(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => StoreError::Missing,
        _ => StoreError::Io { doing: "opening it", source },
    })?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(StoreError::io("reading it"))?;
    if bytes.len() as u64 > MAX_FILE { Err(StoreError::Damaged(Damage::TooLarge)) } else { Ok(bytes) }
}

/// Decrypts a file. Derives the key once.
pub(super) fn decode(bytes: &[u8], passphrase: &SecretString) -> Result<Database, StoreError> {
    header::check(bytes).map_err(StoreError::Damaged)?;
    let mut database = Database::parse(bytes, database_key(passphrase)).map_err(|error| match error {
        DatabaseOpenError::Key(DatabaseKeyError::IncorrectKey) => StoreError::WrongPassphrase,
        _ => StoreError::Damaged(Damage::Contents),
    })?;
    // Other programs may have written it as 4.0; only 4.1 is written here.
    database.config.version = DatabaseVersion::KDB4(KDBX4_MINOR);
    Ok(database)
}

/// Replaces the file: a temporary one in the same folder is written, synced, read back and compared; what was there
/// becomes the newest backup beside it; then the temporary one is renamed over it, and the folder synced. Derives the
/// key twice. Returns the new file's SHA-256.
pub(super) fn write(
    path: &Path,
    database: &Database,
    passphrase: &SecretString,
    expected: Expected,
) -> Result<[u8; 32], StoreError> {
    let bytes = encode(database, passphrase)?;
    let temporary = temporary(path, &bytes)?;
    let written = read(temporary.path())?;
    let same = written == bytes && database::holds_the_same(database, &decode(&written, passphrase)?);
    if !same {
        return Err(StoreError::NotFaithful);
    }

    match expected {
        Expected::Absent => {
            temporary.persist_noclobber(path).map_err(|failed| match failed.error.kind() {
                io::ErrorKind::AlreadyExists => StoreError::Exists,
                _ => StoreError::Io { doing: "naming the new file", source: failed.error },
            })?;
        }
        Expected::Unchanged(seen) => {
            backups::keep(path, &read_unchanged(path, &seen)?)?;
            // Once more, as late as can be.
            read_unchanged(path, &seen)?;
            temporary.persist(path).map_err(|failed| failed.error).map_err(StoreError::io("replacing the file"))?;
        }
    }
    sync_folder(path);
    Ok(Sha256::digest(&bytes).into())
}

/// Encrypts a database. Derives the key once.
pub(super) fn encode(database: &Database, passphrase: &SecretString) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    database.save(&mut bytes, database_key(passphrase)).map_err(StoreError::Encode)?;
    Ok(bytes)
}

/// Only then is a new name on disk for certain. The file has it whatever comes of this: to say that it was not written
/// would be wrong, and a passkey that a site is told of must not be given up for it.
pub(super) fn sync_folder(path: &Path) {
    #[cfg(unix)]
    if let Some(folder) = path.parent()
        && let Err(error) = File::open(folder).and_then(|folder| folder.sync_all())
    {
        tracing::warn!(%error, "the store's folder could not be synced after a file got its name");
    }
}

/// The file's bytes, as long as they are those that were seen.
pub(super) fn read_unchanged(path: &Path, seen: &[u8; 32]) -> Result<Vec<u8>, StoreError> {
    let bytes = match read_regular(path) {
        Err(StoreError::Missing) => return Err(StoreError::ChangedElsewhere { ours: None }),
        bytes => bytes?,
    };
    let is_it = Sha256::digest(&bytes).as_slice() == seen;
    if is_it { Ok(bytes) } else { Err(StoreError::ChangedElsewhere { ours: None }) }
}

/// The bytes of what is a file itself. A link that somebody put in its place leads to a file that was never opened.
pub(super) fn read_regular(path: &Path) -> Result<Vec<u8>, StoreError> {
    match fs::symlink_metadata(path) {
        Ok(about) if !about.is_file() => Err(StoreError::ChangedElsewhere { ours: None }),
        _ => read(path),
    }
}

/// The bytes of a file that is only to be copied, whatever its size.
pub(super) fn read_whole(path: &Path) -> Result<Vec<u8>, StoreError> {
    fs::read(path).map_err(StoreError::io("reading it"))
}

/// A synced file of these bytes beside the store, which its owner alone can read. Removed unless it is given a name.
pub(super) fn temporary(path: &Path, bytes: &[u8]) -> Result<NamedTempFile, StoreError> {
    let mut file = tempfile::Builder::new()
        .prefix(&beside(path, TEMPORARY.0))
        .suffix(TEMPORARY.1)
        .tempfile_in(path.parent().ok_or(StoreError::Missing)?)
        .map_err(StoreError::io("making a temporary file"))?;
    file.write_all(bytes).map_err(StoreError::io("writing a temporary file"))?;
    file.as_file().sync_all().map_err(StoreError::io("syncing a temporary file"))?;
    Ok(file)
}

/// A key to derive, once for each that is made.
fn database_key(passphrase: &SecretString) -> DatabaseKey {
    #[cfg(test)]
    DERIVED.set(DERIVED.get() + 1);
    DatabaseKey::new().with_password(passphrase.expose_secret())
}

#[cfg(test)]
thread_local! {
    /// How many keys this thread has derived.
    pub(super) static DERIVED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}
