//! Writing a change: on top of what the file holds at that moment, or not at all.

use std::path::{Path, PathBuf};

use keepass::Database;
use keepass::db::{EntryId, Times};
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};

use super::entry::NewPasskey;
use super::file::{self, Expected};
use super::{backups, database, extensions, merge};
use crate::StoreError;
use crate::transfer::PrfSecrets;

/// How often a change is joined with what another program wrote in the meantime, before that is refused.
const ATTEMPTS: usize = 3;
/// What the name of a file that could not be joined has before its ending.
const CONFLICT: &str = " (conflict)";

/// What is to be different. It names what it means, so that it can be done to a file that somebody else changed.
pub(super) enum Change {
    /// A new passkey, as the entry of this id.
    Add(EntryId, Box<NewPasskey>),
    /// From another program, all or none: passkeys, and the secrets that some of ours lack.
    TakeIn { new: Vec<(EntryId, NewPasskey)>, secrets: Vec<(EntryId, PrfSecrets)> },
    /// An entry goes to the recycle bin.
    Recycle(EntryId),
    /// An entry's blob is this from now on.
    Blob(EntryId, Vec<u8>),
    /// Another passphrase.
    Passphrase(SecretString),
}

impl Change {
    /// Makes it; whether what it is about was there. Where that is not so, the database is not to be written.
    fn make(&self, to: &mut Database) -> bool {
        match self {
            Self::Add(id, passkey) => add(to, *id, passkey),
            Self::TakeIn { new, secrets } => {
                new.iter().for_each(|(id, passkey)| add(to, *id, passkey));
                return secrets.iter().all(|(id, secrets)| {
                    to.entry_mut(*id).is_some_and(|mut entry| extensions::write_secrets(&mut entry, secrets))
                });
            }
            // Gone is gone.
            Self::Recycle(id) => database::recycle(to, *id),
            Self::Blob(id, blob) => match to.entry_mut(*id) {
                Some(mut entry) => extensions::write_blob(&mut entry, blob),
                None => return false,
            },
            Self::Passphrase(_) => to.meta.master_key_changed = Some(Times::now()),
        }
        true
    }

    fn passphrase<'a>(&'a self, present: &'a SecretString) -> &'a SecretString {
        if let Self::Passphrase(new) = self { new } else { present }
    }
}

/// It is there already where the change is made a second time.
fn add(to: &mut Database, id: EntryId, passkey: &NewPasskey) {
    if let Ok(mut entry) = to.root_mut().add_entry_with_id(id) {
        passkey.write(&mut entry);
    }
}

/// A file's contents as they are known here.
pub(super) struct Known {
    pub(super) database: Database,
    /// SHA-256 of the file.
    pub(super) seen: [u8; 32],
}

/// Writes a change and gives what the file holds then, and whether the change is in it: not where what it is about was
/// deleted meanwhile, and nothing is written then. Derives a key twice, and once more for each time that another program
/// wrote the file meanwhile.
pub(super) fn commit(
    path: &Path,
    known: &Known,
    passphrase: &SecretString,
    change: &Change,
) -> Result<(Known, bool), StoreError> {
    let mut joined: Option<Known> = None;
    for _ in 0..ATTEMPTS {
        let base = joined.as_ref().unwrap_or(known);
        match write(path, base, passphrase, change) {
            Err(StoreError::ChangedElsewhere { .. }) => {}
            done => return done,
        }
        match join(path, base, passphrase) {
            Some(known) => joined = Some(known),
            None => break,
        }
    }
    Err(StoreError::ChangedElsewhere { ours: keep_ours(path, known, passphrase)? })
}

fn write(path: &Path, base: &Known, passphrase: &SecretString, change: &Change) -> Result<(Known, bool), StoreError> {
    // Looked at first: to encode it takes a good part of a second.
    file::read_unchanged(path, &base.seen)?;
    let mut database = base.database.clone();
    if !change.make(&mut database) {
        return Ok((Known { database: base.database.clone(), seen: base.seen }, false));
    }
    if !database::was_read_faithfully(&database) {
        return Err(StoreError::Unreadable);
    }
    let seen = file::write(path, &database, change.passphrase(passphrase), Expected::Unchanged(base.seen))?;
    Ok((Known { database, seen }, true))
}

/// What the file holds now, joined with what is known; `None` where that cannot be done soundly.
pub(super) fn join(path: &Path, known: &Known, passphrase: &SecretString) -> Option<Known> {
    let bytes = file::read_regular(path).ok()?;
    let theirs = file::decode(&bytes, passphrase).ok()?;
    let database = merge::merge(&theirs, &known.database)?;
    Some(Known { database, seen: Sha256::digest(&bytes).into() })
}

/// Keeps what is known here beside a file that it cannot be joined with: `Passkeys (conflict).kdbx`, with the passphrase
/// that opened it. Where a backup holds the same, that is it.
fn keep_ours(path: &Path, known: &Known, passphrase: &SecretString) -> Result<Option<PathBuf>, StoreError> {
    let folder = path.parent().ok_or(StoreError::Missing)?;
    std::fs::metadata(folder).map_err(StoreError::io("finding its folder"))?;
    let is_it = |backup: &backups::StoreBackup| {
        file::read(&backup.path).is_ok_and(|bytes| Sha256::digest(&bytes).as_slice() == known.seen)
    };
    if let Some(backup) = backups::list(path).into_iter().find(is_it) {
        return Ok(Some(backup.path));
    }
    // Not being able to is no reason to say that less was wrong than was.
    let kept = || {
        let bytes = file::encode(&known.database, passphrase)?;
        database::holds_the_same(&known.database, &file::decode(&bytes, passphrase)?)
            .then(|| backups::set_aside(path, CONFLICT, &bytes))
            .ok_or(StoreError::NotFaithful)?
    };
    Ok(kept().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    #[test]
    fn a_change_derives_two_keys_and_one_more_where_another_program_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Passkeys.kdbx");
        let passphrase = SecretString::from("practice");
        let count = |expect: usize, what: &str, act: &mut dyn FnMut()| {
            let before = file::DERIVED.get();
            act();
            assert_eq!(file::DERIVED.get() - before, expect, "{what}");
        };
        let mut store = None;
        count(2, "make", &mut || drop(Store::create(&path, &passphrase).unwrap()));
        count(1, "open", &mut || store = Some(Store::open(&path, &passphrase).unwrap()));
        let store = store.unwrap();
        count(1, "copy", &mut || drop(store.copy_to(&tempfile::tempdir_in(folder.path()).unwrap().keep()).unwrap()));
        let change = Change::Recycle(EntryId::new());
        let mut known = None;
        count(2, "change", &mut || known = Some(commit(&path, &store.known, &passphrase, &change).unwrap().0));
        // What the store knows is what the file was before that: somebody else wrote it.
        count(3, "join", &mut || drop(commit(&path, &store.known, &passphrase, &change).unwrap()));
        std::fs::write(&path, "no store").unwrap();
        // It is in the backups, so nothing is encrypted to keep it.
        count(0, "refuse", &mut || {
            let refused = commit(&path, &known.take().unwrap(), &passphrase, &change);
            assert!(matches!(refused, Err(StoreError::ChangedElsewhere { ours: Some(_) })));
        });
        drop(store);
        count(1, "restore", &mut || {
            Store::restore(&path, &path.with_extension("kdbx.bak"), &passphrase).unwrap();
        });
    }
}
