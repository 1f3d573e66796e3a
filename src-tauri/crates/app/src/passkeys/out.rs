//! New files that their owner alone can read: whole or not at all, and never in place of another.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::AppError;

/// Makes a file.
pub(super) fn new_file(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    let make = || {
        let folder = folder_of(path)?;
        // Made with mode 0600 by the crate.
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist_noclobber(path).map_err(|failed| failed.error)?;
        sync(folder)
    };
    make().map_err(|error| AppError::write(path, error))
}

/// Makes a folder with files of these names.
pub(super) fn new_folder(path: &Path, files: &[(String, &[u8])]) -> Result<(), AppError> {
    let make = || {
        let folder = folder_of(path)?;
        // Removed where this ends early.
        let mut new = tempfile::Builder::new();
        #[cfg(unix)]
        new.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let new = new.prefix(".rekey-").tempdir_in(folder)?;
        for (name, bytes) in files {
            let mut file = NamedTempFile::new_in(new.path())?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            file.persist_noclobber(new.path().join(name)).map_err(|failed| failed.error)?;
        }
        sync(new.path())?;
        if fs::symlink_metadata(path).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::rename(new.path(), path)?;
        // It has another name now; nothing is left to remove.
        drop(new.keep());
        sync(folder)
    };
    make().map_err(|error| AppError::write(path, error))
}

fn folder_of(path: &Path) -> io::Result<&Path> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::metadata(folder).map(|_| folder)
}

#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_stays_and_what_is_made_is_its_owners() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        new_file(&at("a"), b"one").unwrap();
        new_folder(&at("b"), &[("x".into(), b"1"), ("y".into(), b"2")]).unwrap();
        fs::create_dir(at("empty")).unwrap();
        let refused = |made: Result<(), AppError>| assert_eq!(made.unwrap_err().code(), "file_unwritable");
        refused(new_file(&at("a"), b"two"));
        refused(new_file(&at("b"), b"two"));
        refused(new_file(&at("none/a"), b"two"));
        refused(new_folder(&at("a"), &[("x".into(), b"3")]));
        refused(new_folder(&at("b"), &[("x".into(), b"3")]));
        refused(new_folder(&at("empty"), &[("x".into(), b"3")]));
        refused(new_folder(&at("c"), &[("x".into(), b"3"), ("x".into(), b"4")]));
        assert_eq!(fs::read(at("a")).unwrap(), b"one");
        assert_eq!(fs::read(at("b/x")).unwrap(), b"1");
        let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["a", "b", "empty"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |name: &str| fs::metadata(at(name)).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode("a"), mode("b"), mode("b/x")), (0o600, 0o700, 0o600));
        }
    }
}
