use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use rekey_authenticator::Store;
use rekey_authenticator::transfer::{self, Brought, LARGEST, Openers, TransferLock};
use rekey_ledger::AccountFilter;
use serde::Serialize;
use zeroize::Zeroizing;

use super::PasskeyRow;
use crate::text::Texts;
use crate::{AppError, ContentMark, Session};

/// A file of passkeys that was read. Holds their keys, wiped when it is dropped.
#[derive(Debug)]
pub struct PasskeyFile {
    /// The file.
    pub path: PathBuf,
    /// Whether it is encrypted.
    pub is_encrypted: bool,
    brought: Brought,
    mark: ContentMark,
}

/// What became of the passkeys in a file.
#[derive(Debug, Serialize)]
pub struct PasskeysImported {
    /// Its format, by code.
    pub format: &'static str,
    /// Whether the file is encrypted.
    pub is_encrypted: bool,
    /// The passkeys that are in the store now.
    pub added: Vec<PasskeyRow>,
    /// The passkeys that were in it before.
    pub known: Vec<PasskeyRow>,
    /// The passkeys that were in it before and got their secrets for encryption now.
    pub completed: Vec<PasskeyRow>,
    /// The passkeys of which the store has another version, which it kept.
    pub differing: Vec<PasskeyRow>,
    /// What could not be read, or not in full.
    pub problems: Vec<PasskeyProblem>,
}

/// What was wrong with one passkey of a file.
#[derive(Debug, Serialize)]
pub struct PasskeyProblem {
    /// Which one.
    pub place: String,
    /// What, by code.
    pub code: &'static str,
    /// What, in the person's language.
    pub message: String,
    /// Whether it was taken all the same.
    pub is_taken: bool,
}

/// What a file needs to be opened.
///
/// # Errors
/// [`AppError::Read`] and [`AppError::Passkeys`] where it is too large.
pub fn look_at_passkeys(path: &Path) -> Result<TransferLock, AppError> {
    Ok(transfer::lock(&read_file(path)?))
}

/// Reads a file of passkeys.
///
/// # Errors
/// [`AppError::Read`], and [`AppError::Passkeys`] where it holds no passkeys that can be read.
pub fn read_passkeys(path: &Path, with: &Openers) -> Result<PasskeyFile, AppError> {
    let bytes = read_file(path)?;
    let (mark, is_encrypted) = (ContentMark::of(&bytes), transfer::lock(&bytes) != TransferLock::Open);
    let brought = transfer::open(bytes, with).and_then(|plain| transfer::read(&plain));
    let brought = brought.map_err(|source| AppError::Passkeys { path: path.to_owned(), source })?;
    Ok(PasskeyFile { path: path.to_owned(), is_encrypted, brought, mark })
}

fn read_file(path: &Path) -> Result<Zeroizing<Vec<u8>>, AppError> {
    let failed = |error| AppError::read(path, error);
    let file = File::open(path).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(failed(std::io::ErrorKind::IsADirectory.into()));
    }
    // With room for all of it from the start, no copy is left behind by growing.
    let size = file.metadata().map_or(0, |metadata| usize::try_from(metadata.len()).unwrap_or(0)).min(LARGEST);
    let mut bytes = Zeroizing::new(Vec::with_capacity(size.saturating_add(2)));
    file.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > LARGEST { Err(failed(std::io::ErrorKind::FileTooLarge.into())) } else { Ok(bytes) }
}

impl Session {
    /// Takes the passkeys of a file into the store: all that can be read, in one commit.
    ///
    /// # Errors
    /// Those of the store and the ledger.
    pub async fn import_passkeys(
        &self,
        store: &mut Store,
        file: &PasskeyFile,
        texts: &Texts,
    ) -> Result<PasskeysImported, AppError> {
        let taken = store.import(&file.brought.passkeys).await?;
        let views = self.accounts(&AccountFilter::default())?;
        let rows = |held: &[_]| held.iter().map(|held| PasskeyRow::of(held, &views)).collect();
        let problem = |problem: &transfer::Problem| PasskeyProblem {
            place: problem.place.clone(),
            code: problem.kind.code(),
            message: texts.of_code("passkeys-problem", problem.kind.code()),
            is_taken: problem.kind.is_taken(),
        };
        Ok(PasskeysImported {
            format: file.brought.format.name(),
            is_encrypted: file.is_encrypted,
            added: rows(&taken.added),
            known: rows(&taken.known),
            completed: rows(&taken.completed),
            differing: rows(&taken.differing),
            problems: file.brought.problems.iter().map(problem).collect(),
        })
    }
}

impl PasskeyFile {
    /// Deletes the file, on the person's word: only while it is what was read, holds nothing but passkeys that could all
    /// be read, and the store has each of them with the same key, account and secrets. The disk may keep what was written on it.
    ///
    /// # Errors
    /// [`AppError::PasskeysNotHeld`], [`AppError::ExportChanged`], [`AppError::Undeletable`].
    pub fn delete(&self, store: &Store) -> Result<(), AppError> {
        let brought = &self.brought;
        if brought.has_more || !brought.problems.is_empty() || !store.holds_all(&brought.passkeys) {
            return Err(AppError::PasskeysNotHeld { path: self.path.clone() });
        }
        let failed = |source| AppError::Undeletable { path: self.path.clone(), source };
        let is_file = fs::symlink_metadata(&self.path).map_err(failed)?.is_file();
        if !is_file || ContentMark::of(&read_file(&self.path)?) != self.mark {
            return Err(AppError::ExportChanged { path: self.path.clone() });
        }
        fs::remove_file(&self.path).map_err(failed)
    }
}
