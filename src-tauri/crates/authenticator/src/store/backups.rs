//! The versions before the last writes, beside the store, and the way back to one of them.
//!
//! `Passkeys.kdbx.bak` is the newest, then `.bak2` to `.bak5`. Each is a whole store and opens with the passphrase of its
//! time: a change of passphrase leaves them as they are.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use secrecy::SecretString;

use super::commit::Known;
use super::file;
use crate::{Damage, StoreError};

/// How many are kept.
pub(super) const KEPT: usize = 5;
/// What their names have behind the store's.
const ENDING: &str = ".bak";
/// What the name of a file that was set aside has before its ending.
const REPLACED: &str = " (replaced)";

/// A former version of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreBackup {
    /// Its file.
    pub path: PathBuf,
    /// 1 for the newest.
    pub number: usize,
    /// When it was set aside, as the system has it.
    pub written: Option<SystemTime>,
    /// Its size in bytes.
    pub size: u64,
    /// Whether it looks like a whole store from outside; whether it opens, only its passphrase tells.
    pub looks_whole: bool,
}

/// What came of going back to a former version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoredStore {
    /// The file that was in its place, under its new name; `None` where there was none.
    pub replaced: Option<PathBuf>,
    /// How many passkeys are in it.
    pub passkeys: usize,
}

/// The name of the backup of this number.
pub(super) fn name(path: &Path, number: usize) -> PathBuf {
    let mut name = OsString::from(path.file_name().unwrap_or_default());
    name.push(ENDING);
    if number > 1 {
        name.push(number.to_string());
    }
    path.with_file_name(name)
}

/// Keeps what is about to be replaced as the newest backup. The others move on by one as far as the first gap, so that a
/// move that was broken off costs none of them. The same bytes are not kept twice in a row.
pub(super) fn keep(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let newest = name(path, 1);
    if file::read(&newest).is_ok_and(|kept| kept == bytes) {
        return Ok(());
    }
    let gap = (1..=KEPT).find(|number| fs::symlink_metadata(name(path, *number)).is_err()).unwrap_or(KEPT);
    for number in (1..gap).rev() {
        fs::rename(name(path, number), name(path, number + 1)).map_err(StoreError::io("moving its backups on"))?;
    }
    let kept = file::temporary(path, bytes)?.persist(newest);
    kept.map_err(|failed| failed.error).map_err(StoreError::io("keeping its previous version"))?;
    Ok(())
}

/// The backups of a store, the newest first.
pub(super) fn list(path: &Path) -> Vec<StoreBackup> {
    let one = |number| {
        let path = name(path, number);
        let about = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let looks_whole = file::read(&path).is_ok_and(|bytes| super::header::check(&bytes).is_ok());
        Some(StoreBackup { path, number, written: about.modified().ok(), size: about.len(), looks_whole })
    };
    (1..=KEPT).filter_map(one).collect()
}

/// Puts a copy of a store in the place of the file, which gets another name. At every moment there is a whole file.
pub(super) fn restore(
    path: &Path,
    from: &Path,
    passphrase: &SecretString,
) -> Result<(RestoredStore, keepass::Database), StoreError> {
    let bytes = file::read(from)?;
    let database = file::decode(&bytes, passphrase)?;
    super::database::store_id(&database).ok_or(StoreError::NotAStore)?;
    if !super::database::was_read_faithfully(&database) {
        return Err(StoreError::Damaged(Damage::Contents));
    }
    let replaced = match fs::symlink_metadata(path) {
        Ok(about) if about.is_file() => Some(set_aside(path, REPLACED, &file::read_whole(path)?)?),
        Ok(_) => return Err(StoreError::ChangedElsewhere { ours: None }),
        Err(_) => None,
    };
    let new = file::temporary(path, &bytes)?.persist(path);
    new.map_err(|failed| failed.error).map_err(StoreError::io("replacing the file"))?;
    file::sync_folder(path);
    let passkeys = super::database::live_entries(&database)
        .filter(|entry| matches!(super::entry::read(entry), Some(Ok(_))))
        .count();
    Ok((RestoredStore { replaced, passkeys }, database))
}

/// Keeps bytes beside the store under a name that is free: `Passkeys (replaced).kdbx`, `Passkeys (replaced 2).kdbx`, …
pub(super) fn set_aside(path: &Path, word: &str, bytes: &[u8]) -> Result<PathBuf, StoreError> {
    let mut temporary = file::temporary(path, bytes)?;
    for number in 1..1_000_u32 {
        let kept = aside_name(path, word, number);
        match temporary.persist_noclobber(&kept) {
            Ok(_) => return Ok(kept),
            Err(taken) if taken.error.kind() == std::io::ErrorKind::AlreadyExists => temporary = taken.file,
            Err(failed) => return Err(StoreError::Io { doing: "setting it aside", source: failed.error }),
        }
    }
    Err(StoreError::Exists)
}

fn aside_name(path: &Path, word: &str, number: u32) -> PathBuf {
    let mut name = OsString::from(path.file_stem().unwrap_or_default());
    match (number, word.strip_suffix(')')) {
        (2.., Some(open)) => name.push(format!("{open} {number})")),
        _ => name.push(word),
    }
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}

/// A copy of the store that was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreCopy {
    /// The copy.
    pub path: PathBuf,
    /// How many passkeys were found in it when it was opened.
    pub passkeys: usize,
    /// Another file that had the copy's name, under its new one; `None` where there was none, or one whose every entry
    /// is in the copy.
    pub replaced: Option<PathBuf>,
}

/// Copies the store into a folder and tries the copy. Nothing that is in the folder is lost.
pub(super) fn copy_to(
    path: &Path,
    known: &Known,
    passphrase: &SecretString,
    folder: &Path,
) -> Result<StoreCopy, StoreError> {
    let folder = fs::canonicalize(folder).map_err(StoreError::io("finding the folder"))?;
    let copy = folder.join(path.file_name().ok_or(StoreError::Missing)?);
    if copy == path {
        return Err(StoreError::Exists);
    }
    let bytes = file::read_unchanged(path, &known.seen)?;
    let temporary = file::temporary(&copy, &bytes)?;
    // As on the day when it is needed: from that disk, with the passphrase, and every passkey in it.
    let found = file::decode(&file::read(temporary.path())?, passphrase)?;
    let ids = |database: &keepass::Database| -> BTreeSet<Vec<u8>> {
        let live = super::database::live_entries(database).filter_map(|entry| super::entry::read(&entry));
        live.filter_map(Result::ok).map(|passkey| passkey.credential_id.as_bytes().to_vec()).collect()
    };
    let found_ids = ids(&found);
    if found_ids != ids(&known.database) || !super::database::holds_the_same(&known.database, &found) {
        return Err(StoreError::NotFaithful);
    }
    let replaced = make_room(&copy, &known.database, passphrase)?;
    temporary.persist(&copy).map_err(|failed| failed.error).map_err(StoreError::io("naming the copy"))?;
    file::sync_folder(&copy);
    Ok(StoreCopy { path: copy, passkeys: found_ids.len(), replaced })
}

/// Sees to it that what has the copy's name may be replaced: it is kept under another name unless `ours` has all of it,
/// since it may be the only good copy of an earlier store, another computer's, or somebody's vault.
fn make_room(copy: &Path, ours: &keepass::Database, passphrase: &SecretString) -> Result<Option<PathBuf>, StoreError> {
    match fs::symlink_metadata(copy) {
        Ok(about) if about.is_file() => {}
        // Nothing is known of what a link leads to.
        Ok(_) => return Err(StoreError::io("naming the copy")(std::io::ErrorKind::AlreadyExists.into())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::io("looking for a former copy")(error)),
    }
    let former = file::read(copy)
        .ok()
        .filter(|bytes| file::decode(bytes, passphrase).is_ok_and(|former| super::database::has_all_of(ours, &former)));
    // Looked at again, since to decode it takes a good part of a second.
    let present = file::read_whole(copy)?;
    if former.is_some_and(|former| former == present) {
        return Ok(None);
    }
    set_aside(copy, REPLACED, &present).map(Some)
}
