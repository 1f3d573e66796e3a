use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rekey_vault::{Format, Found, Import, KeyFile, Limits, Lock, Mapping, Options, Preview, Unlock};
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::{AppError, SourceFile, pass_folder};

/// The largest vault or key file that is read, in bytes; the vault's own limits guard what is inside.
pub(crate) const LARGEST: u64 = 1 << 30;

/// What a file is, seen without opening it.
#[derive(Debug, Clone)]
pub struct Look {
    /// The format and what the file needs to be opened; `None` where it is of no known format.
    pub found: Option<Found>,
    /// The columns of a table of no known format, with a guess at them: it can be read with a [`Mapping`].
    pub preview: Option<Preview>,
    /// The file's size in bytes; 0 for a folder.
    pub size: u64,
    /// Whether anybody who gets hold of the file can read the passwords in it.
    pub is_plain_text: bool,
}

impl Look {
    /// Whether the file needs a password or a key file.
    pub fn is_locked(&self) -> bool {
        self.found.is_some_and(|found| found.lock != Lock::Open)
    }
}

/// Looks at a file, or at the folder of a password store; nothing in it is decrypted.
///
/// # Errors
/// [`AppError::Read`] where the file cannot be read. A file of no known format is no error here.
pub fn look_at(path: &Path) -> Result<Look, AppError> {
    if pass_folder::is_store(path) {
        // Locked, but by gpg, which asks the person itself.
        let found = Some(Found { format: Format::PASS, lock: Lock::Open });
        return Ok(Look { found, preview: None, size: 0, is_plain_text: false });
    }
    let bytes = read_file(path)?;
    let found = rekey_vault::detect(&bytes);
    let preview = if found.is_none() { rekey_vault::preview(&bytes) } else { None };
    Ok(Look {
        is_plain_text: found.map_or(preview.is_some(), |found| found.lock == Lock::Open),
        found,
        preview,
        size: bytes.len() as u64,
    })
}

/// What to read, and how.
#[derive(Debug, Default)]
pub struct ReadRequest {
    /// The vault's file, or the folder of a password store.
    pub path: PathBuf,
    /// Its password, where it has one.
    pub password: Option<SecretString>,
    /// Its key file, where it has one.
    pub key_file: Option<PathBuf>,
    /// What the person said it is; `None` looks at the content.
    pub format: Option<Format>,
    /// What the columns of a table are, where no known program wrote it.
    pub mapping: Option<Mapping>,
    /// The person was told that the file asks for much, and wants it tried.
    pub patient: bool,
}

impl ReadRequest {
    /// A file of which nothing else is known.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    /// With this password.
    #[must_use]
    pub fn with_password(self, password: impl Into<SecretString>) -> Self {
        Self { password: Some(password.into()), ..self }
    }

    /// Reads the file in this very process: where whoever asks made the file. A password store is no file.
    ///
    /// # Errors
    /// [`AppError::Read`] where a file cannot be read, [`AppError::Vault`] where the vault in it cannot.
    pub fn read_here(self) -> Result<ReadFile, AppError> {
        let (bytes, key_file) = self.files()?;
        let unlock = Unlock { password: self.password, key_file: key_file.map(KeyFile::from) };
        let limits = if self.patient { Limits::default().with_patience() } else { Limits::default() };
        let options = Options { format: self.format, mapping: self.mapping.as_ref(), limits, ..Options::default() };
        let import = rekey_vault::read(&bytes, &unlock, &options)?;
        Ok(ReadFile { path: self.path, is_plain_text: is_plain_text(&bytes), mark: ContentMark::of(&bytes), import })
    }

    /// The contents of the vault's file and the key file.
    pub(crate) fn files(&self) -> Result<(Bytes, Option<Bytes>), AppError> {
        Ok((read_file(&self.path)?, self.key_file.as_deref().map(read_file).transpose()?))
    }
}

/// A file's content. An export may hold passwords as they are, so what was read is wiped.
pub(crate) type Bytes = Zeroizing<Vec<u8>>;

/// A file that was read.
#[derive(Debug)]
pub struct ReadFile {
    /// The file.
    pub path: PathBuf,
    /// What was in it.
    pub import: Import,
    /// Whether anybody who gets hold of the file can read the passwords in it.
    pub is_plain_text: bool,
    /// What its content was.
    pub mark: ContentMark,
}

/// What a file's content was, so that it is known again: its SHA-256. Never shown or kept longer than the file is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ContentMark([u8; 32]);

impl ContentMark {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl std::fmt::Debug for ContentMark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ContentMark")
    }
}

/// Deletes an export that anybody can read, on the person's word: the very content that was read whole, and nothing else
/// that may stand in its place by now.
///
/// # Errors
/// [`AppError::ExportIncomplete`] where it is locked or was not read whole, [`AppError::ExportChanged`] where it is not
/// that content any more, [`AppError::Undeletable`] where the system refuses.
pub fn delete_export(file: &SourceFile) -> Result<(), AppError> {
    let failed = |source| AppError::Undeletable { path: file.path.clone(), source };
    let is_file = std::fs::symlink_metadata(&file.path).map_err(failed)?.is_file();
    if !file.can_go() {
        return Err(AppError::ExportIncomplete { path: file.path.clone() });
    }
    if !is_file || ContentMark::of(&read_file(&file.path)?) != file.mark {
        return Err(AppError::ExportChanged { path: file.path.clone() });
    }
    std::fs::remove_file(&file.path).map_err(failed)
}

/// Whether the content is of no locked format.
pub(crate) fn is_plain_text(bytes: &[u8]) -> bool {
    rekey_vault::detect(bytes).is_none_or(|found| found.lock == Lock::Open)
}

/// Whether two names lead to one file that is there.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// The file is opened for reading only, and closed again.
fn read_file(path: &Path) -> Result<Bytes, AppError> {
    let failed = |error| AppError::read(path, error);
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.is_dir() {
        return Err(failed(std::io::ErrorKind::IsADirectory.into()));
    }
    if metadata.len() > LARGEST {
        return Err(failed(std::io::ErrorKind::FileTooLarge.into()));
    }
    // With room for all of it from the start, no copy is left behind by growing.
    let size = usize::try_from(metadata.len()).unwrap_or(0).saturating_add(1);
    let mut bytes = Zeroizing::new(Vec::with_capacity(size));
    file.take(LARGEST).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}
