//! The folder that a browser keeps its profile in: the one that Rekey keeps, or one that is made for a single run. Both
//! ways remove what killed runs left.

use std::fs::{DirBuilder, File, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::DriverError;

/// How the folders of single runs are named.
const PREFIX: &str = "rekey-browser-";
/// The file in a profile's folder that is locked while a run uses it.
const LOCK: &str = "rekey.lock";

/// A profile's folder, locked for as long as this lives.
#[derive(Debug)]
pub(super) struct Profile {
    folder: PathBuf,
    /// Made by this very process, for this run only.
    fresh: bool,
    _lock: File,
}

impl Profile {
    /// Takes the folder that is kept; made where it is missing, for this user only. One that is there stays as it is.
    ///
    /// # Errors
    /// [`DriverError::ProfileInUse`] while another Rekey uses it.
    pub(super) fn kept(folder: &Path) -> Result<Self, DriverError> {
        remove_left_over(beside(folder));
        private_folder().recursive(true).create(folder).map_err(DriverError::Start)?;
        let lock = File::create(folder.join(LOCK)).map_err(DriverError::Start)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { folder: folder.to_owned(), fresh: false, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(DriverError::ProfileInUse),
            Err(TryLockError::Error(error)) => Err(DriverError::Start(error)),
        }
    }

    /// Makes a folder for one run beside the one that is kept.
    pub(super) fn fresh(kept: &Path) -> Result<Self, DriverError> {
        let parent = beside(kept);
        private_folder().recursive(true).create(parent).map_err(DriverError::Start)?;
        remove_left_over(parent);
        let for_this_user = Permissions::from_mode(0o700);
        let mut fresh = tempfile::Builder::new();
        let folder = fresh.prefix(PREFIX).permissions(for_this_user).tempdir_in(parent).map_err(DriverError::Start)?;
        let lock = lock_from_the_start(folder.path()).map_err(DriverError::Start)?;
        Ok(Self { folder: folder.keep(), fresh: true, _lock: lock })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Removes the folder if it was made for this run.
    pub(super) fn end(self) -> io::Result<()> {
        if self.fresh { remove(&self.folder) } else { Ok(()) }
    }
}

/// Where the folders of single runs are.
fn beside(kept: &Path) -> &Path {
    let parent = kept.parent().unwrap_or(kept);
    if parent.as_os_str().is_empty() { Path::new(".") } else { parent }
}

fn private_folder() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

/// A lock file that nobody ever sees unlocked: whoever finds one that can be locked knows that its run is over.
fn lock_from_the_start(folder: &Path) -> io::Result<File> {
    let unseen = folder.join("rekey.lock.new");
    let lock = File::create_new(&unseen)?;
    lock.lock()?;
    std::fs::rename(unseen, folder.join(LOCK))?;
    Ok(lock)
}

/// Removes the folders of runs that ended without doing so. What cannot be removed now is tried again by the next run.
fn remove_left_over(parent: &Path) {
    let Ok(entries) = std::fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        // Not through a link, whose folder may be anybody's.
        if !ours || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let Ok(lock) = File::open(entry.path().join(LOCK)) else { continue };
        if lock.try_lock().is_ok()
            && let Err(error) = remove(&entry.path())
        {
            tracing::debug!(%error, "the profile of an earlier run could not be removed");
        }
    }
}

/// Removes a folder, its lock file last: until then it is known as one that may be removed.
fn remove(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)?.flatten() {
        if entry.file_name() == LOCK {
            continue;
        }
        if entry.file_type()?.is_dir() {
            std::fs::remove_dir_all(entry.path())?;
        } else {
            std::fs::remove_file(entry.path())?;
        }
    }
    std::fs::remove_file(folder.join(LOCK))?;
    std::fs::remove_dir(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn mode(folder: &Path) -> u32 {
        std::fs::metadata(folder).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_fresh_profile_leaves_all_but_itself() {
        let home = tempfile::tempdir().unwrap();
        let kept = home.path().join("state/browser");
        let first = Profile::fresh(&kept).unwrap();
        let second = Profile::fresh(&kept).unwrap();
        assert_ne!(first.folder(), second.folder());
        assert_eq!((mode(first.folder()), mode(&home.path().join("state"))), (0o700, 0o700));
        std::fs::create_dir_all(first.folder().join("Default/Cache")).unwrap();
        std::fs::write(first.folder().join("Default/Cookies"), "c").unwrap();
        first.end().unwrap();
        assert_eq!(names(&home.path().join("state")).len(), 1);
        second.end().unwrap();
        assert!(names(&home.path().join("state")).is_empty());
    }

    #[test]
    fn a_kept_profile_is_used_by_one_and_stays_as_it_was() {
        let home = tempfile::tempdir().unwrap();
        let kept = home.path().join("browser");
        std::fs::create_dir(&kept).unwrap();
        std::fs::set_permissions(&kept, Permissions::from_mode(0o750)).unwrap();
        std::fs::write(kept.join("passkeys"), "p").unwrap();
        let first = Profile::kept(&kept).unwrap();
        assert!(matches!(Profile::kept(&kept), Err(DriverError::ProfileInUse)));
        // A fresh one is made beside it and touches nothing of it.
        Profile::fresh(&kept).unwrap().end().unwrap();
        first.end().unwrap();
        assert_eq!(names(&kept), ["passkeys", "rekey.lock"]);
        assert_eq!(mode(&kept), 0o750);
        drop(Profile::kept(&kept).unwrap());
    }

    #[test]
    fn only_what_a_killed_run_left_is_removed() {
        let home = tempfile::tempdir().unwrap();
        let here = home.path();
        let running = Profile::fresh(&here.join("browser")).unwrap();
        let running_name = running.folder().file_name().unwrap().to_str().unwrap().to_owned();
        // Dropped without its end, as by a kill.
        let killed = Profile::fresh(&here.join("browser")).unwrap().folder().to_owned();
        std::fs::create_dir(killed.join("Default")).unwrap();
        // Folders that others made: one without Rekey's lock, one of another name, and a link to one that has it.
        std::fs::create_dir(here.join("rekey-browser-notes")).unwrap();
        for name in ["browser", "elsewhere"] {
            std::fs::create_dir(here.join(name)).unwrap();
            std::fs::write(here.join(name).join(LOCK), "").unwrap();
        }
        std::os::unix::fs::symlink(here.join("elsewhere"), here.join("rekey-browser-link")).unwrap();

        let next = Profile::fresh(&here.join("browser")).unwrap();
        assert!(!killed.exists());
        next.end().unwrap();
        let mut expect = ["browser", "elsewhere", "rekey-browser-link", "rekey-browser-notes", running_name.as_str()];
        expect.sort_unstable();
        assert_eq!(names(here), expect);
        assert!(here.join("elsewhere").join(LOCK).exists());
        running.end().unwrap();
    }
}
