use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use rekey_vault::Mapping;
use serde::{Deserialize, Serialize};

use crate::AppError;

/// The folder that holds everything Rekey keeps: the ledger, the store and the browser's own profile. Only its owner
/// may enter it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    folder: PathBuf,
}

impl Profile {
    /// This folder, or the person's own on this system, made where it is missing.
    ///
    /// # Errors
    /// [`AppError::NoProfileFolder`] where the system names none, [`AppError::Folder`] where it cannot be made.
    pub fn open(folder: Option<&Path>) -> Result<Self, AppError> {
        let folder = match folder {
            Some(folder) => std::path::absolute(folder).map_err(|e| AppError::folder(folder, e))?,
            None => Self::default_folder().ok_or(AppError::NoProfileFolder)?,
        };
        make_private(&folder).map_err(|e| AppError::folder(&folder, e))?;
        Ok(Self { folder })
    }

    /// Where a person's profile is unless they say otherwise: not the folder that roams between computers.
    pub fn default_folder() -> Option<PathBuf> {
        Some(ProjectDirs::from("", "", "rekey")?.data_local_dir().to_path_buf())
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The ledger.
    pub fn ledger(&self) -> PathBuf {
        self.folder.join("ledger.sqlite3")
    }

    /// The store, unless another file is named.
    pub fn store(&self) -> PathBuf {
        self.folder.join("Passkeys.kdbx")
    }

    /// The keys that this computer's TPM made, wrapped by it.
    pub(crate) fn tpm_passkeys(&self) -> PathBuf {
        self.folder.join("Tpm-passkeys.json")
    }

    /// The own browser's profile.
    pub fn browser(&self) -> PathBuf {
        self.folder.join("browser")
    }

    /// For whatever the site windows may want to write.
    pub fn site_windows(&self) -> PathBuf {
        self.folder.join("site-windows")
    }

    /// What the columns of a table with this heading are, as the person said before; see
    /// [`Preview::heading_key`](rekey_vault::Preview::heading_key).
    pub fn columns(&self, mark: &str) -> Option<Mapping> {
        self.tables().into_iter().find(|table| table.mark == mark).map(|table| table.mapping)
    }

    /// Remembers what the columns of a table with this heading are. Of the heading only its mark is kept, and nothing of
    /// a table whose first row is none.
    ///
    /// # Errors
    /// [`AppError::Write`] where it cannot be written.
    pub fn remember_columns(&self, mark: &str, mapping: &Mapping) -> Result<(), AppError> {
        if !mapping.heading {
            return Ok(());
        }
        let mut tables = self.tables();
        tables.retain(|table| table.mark != mark);
        tables.push(KnownTable { mark: mark.to_owned(), mapping: mapping.clone() });
        self.write(TABLES, &serde_json::to_vec_pretty(&tables).map_err(AppError::unexpected)?)
    }

    /// Writes one of the profile's small files, whole or not at all.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), AppError> {
        let path = self.folder.join(name);
        let folder = path.parent().unwrap_or(&self.folder);
        let write = || {
            let mut new = tempfile::NamedTempFile::new_in(folder)?;
            new.write_all(bytes)?;
            new.as_file().sync_all()?;
            new.persist(&path).map_err(|error| error.error)
        };
        write().map(|_| ()).map_err(|error| AppError::write(&path, error))
    }

    /// What cannot be read counts as not there: the person is asked once more.
    fn tables(&self) -> Vec<KnownTable> {
        let text = fs::read(self.folder.join(TABLES)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// The report that `demo` writes.
    pub fn report(&self) -> PathBuf {
        self.folder.join("report.html")
    }
}

/// The tables whose columns the person named.
const TABLES: &str = "tables.json";

/// A table whose columns the person named.
#[derive(Debug, Serialize, Deserialize)]
struct KnownTable {
    mark: String,
    mapping: Mapping,
}

/// Makes a folder for its owner alone. One that is there keeps its permissions: the person may have chosen them.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_made_where_it_is_asked_for() {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::open(Some(&dir.path().join("a/b"))).unwrap();
        assert!(profile.folder().is_dir());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(profile.folder()).unwrap().permissions().mode() & 0o777, 0o700);
        }
        assert_eq!(profile, Profile::open(Some(profile.folder())).unwrap());
        assert!(profile.ledger().starts_with(profile.folder()));
    }

    #[test]
    fn columns_are_remembered_by_their_heading() {
        use rekey_vault::Column;
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::open(Some(dir.path())).unwrap();
        let mapping = |columns: &[Column]| Mapping { heading: true, columns: columns.to_vec() };
        assert_eq!(profile.columns("one"), None);
        for columns in [[Column::Url, Column::Note], [Column::Url, Column::UserName]] {
            profile.remember_columns("one", &mapping(&columns)).unwrap();
        }
        assert_eq!(profile.columns("one"), Some(mapping(&[Column::Url, Column::UserName])));
        profile.remember_columns("two", &Mapping { heading: false, columns: vec![Column::Url] }).unwrap();
        assert_eq!(profile.columns("two"), None);
        fs::write(dir.path().join(TABLES), "rubbish").unwrap();
        assert_eq!(profile.columns("one"), None);
    }

    #[test]
    fn a_file_in_its_place_is_an_error_with_a_code() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("taken");
        fs::write(&file, "x").unwrap();
        assert_eq!(Profile::open(Some(&file)).unwrap_err().code(), "profile_unusable");
    }
}
