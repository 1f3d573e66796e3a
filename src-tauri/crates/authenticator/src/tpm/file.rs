//! The file of the TPM's keys: locked while it is open, read within bounds, and replaced as a whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::TpmFileError;

/// No such file is larger, in bytes; a passkey takes less than one kilobyte.
const MAX_FILE: u64 = 8 << 20;

/// The file, held against other Rekeys until it is dropped.
pub(super) struct KeyFile {
    path: PathBuf,
    /// SHA-256 of what was last read or written; `None` while there is no file.
    seen: Option<[u8; 32]>,
    _lock: File,
}

impl KeyFile {
    /// Takes the lock and reads what is there.
    pub(super) fn open(path: &Path) -> Result<(Self, Option<Vec<u8>>), TpmFileError> {
        let path = absolute(path)?;
        let lock = lock(&path)?;
        let bytes = read(&path)?;
        let seen = bytes.as_deref().map(digest);
        Ok((Self { path, seen, _lock: lock }, bytes))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Replaces the file: a temporary one beside it is written and synced, then renamed over it. The name stands on disk
    /// when this returns.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), TpmFileError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        if bytes.len() as u64 > MAX_FILE {
            return Err(TpmFileError::TooLarge);
        }
        let mut temporary = tempfile::Builder::new()
            .prefix(&beside(&self.path, ".new-"))
            .tempfile_in(folder)
            .map_err(TpmFileError::io("making a temporary file"))?;
        temporary.write_all(bytes).map_err(TpmFileError::io("writing a temporary file"))?;
        temporary.as_file().sync_all().map_err(TpmFileError::io("syncing a temporary file"))?;
        self.must_be_unchanged()?;
        temporary.persist(&self.path).map_err(|failed| failed.error).map_err(TpmFileError::io("replacing it"))?;
        self.seen = Some(digest(bytes));
        sync(folder)
    }

    /// Gives the file another name beside it, under which nothing is lost, and starts without one.
    pub(super) fn set_aside(&mut self) -> Result<PathBuf, TpmFileError> {
        self.must_be_unchanged()?;
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let aside = (1..u16::MAX)
            .map(|number| {
                let mut name = self.path.file_stem().unwrap_or_default().to_owned();
                name.push(format!(".aside-{number}.json"));
                folder.join(name)
            })
            .find(|path| !path.exists())
            .ok_or(TpmFileError::InUse)?;
        fs::rename(&self.path, &aside).map_err(TpmFileError::io("setting it aside"))?;
        self.seen = None;
        sync(folder)?;
        Ok(aside)
    }

    fn must_be_unchanged(&self) -> Result<(), TpmFileError> {
        let now = read(&self.path)?.as_deref().map(digest);
        if now == self.seen { Ok(()) } else { Err(TpmFileError::ChangedElsewhere) }
    }
}

impl TpmFileError {
    fn io(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { doing, source }
    }
}

/// The path with its folder resolved, so that a link is followed once and the file beside it replaced.
fn absolute(path: &Path) -> Result<PathBuf, TpmFileError> {
    if let Ok(whole) = fs::canonicalize(path) {
        return Ok(whole);
    }
    let no_name = || TpmFileError::Io { doing: "finding it", source: io::ErrorKind::InvalidInput.into() };
    let name = path.file_name().ok_or_else(no_name)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(fs::canonicalize(folder).map_err(TpmFileError::io("finding its folder"))?.join(name))
}

/// The lock file stays: removing it would let two in.
fn lock(path: &Path) -> Result<File, TpmFileError> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let name = path.with_file_name(beside(path, ".rekey-lock"));
    let file = options.open(name).map_err(TpmFileError::io("opening its lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(TpmFileError::InUse),
        Err(fs::TryLockError::Error(source)) => Err(TpmFileError::Io { doing: "locking it", source }),
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, TpmFileError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(TpmFileError::Io { doing: "opening it", source }),
    };
    let mut bytes = Vec::new();
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(TpmFileError::io("reading it"))?;
    if bytes.len() as u64 > MAX_FILE { Err(TpmFileError::TooLarge) } else { Ok(Some(bytes)) }
}

fn beside(path: &Path, ending: &str) -> OsString {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(ending);
    name
}

fn sync(folder: &Path) -> Result<(), TpmFileError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(TpmFileError::io("syncing its folder"))
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
