//! What the person said the columns of tables are, for the next table of the same heading. The headings themselves are
//! not kept.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rekey_vault::{Mapping, Preview};

use super::sheet::key;
use crate::{AppError, Profile};

pub(super) struct ColumnMemory {
    file: PathBuf,
    known: BTreeMap<String, Mapping>,
}

impl ColumnMemory {
    /// What is remembered in a profile. A file that cannot be understood counts as empty.
    pub(super) fn of(profile: Option<&Path>) -> Result<Self, AppError> {
        let file = Profile::open(profile)?.folder().join("columns.json");
        let known = match fs::read(&file) {
            Ok(text) => serde_json::from_slice(&text).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(AppError::read(&file, error)),
        };
        Ok(Self { file, known })
    }

    pub(super) fn recall(&self, preview: &Preview) -> Option<Mapping> {
        let known = self.known.get(&heading(preview))?;
        (known.columns.len() == preview.guess.columns.len()).then(|| known.clone())
    }

    pub(super) fn keep(mut self, preview: &Preview, mapping: &Mapping) -> Result<(), AppError> {
        self.known.insert(heading(preview), mapping.clone());
        let text = serde_json::to_vec_pretty(&self.known).map_err(AppError::unexpected)?;
        fs::write(&self.file, text).map_err(|error| AppError::write(&self.file, error))
    }
}

/// Tells one heading from others; tables without one are told by their number of columns.
fn heading(preview: &Preview) -> String {
    let count = preview.guess.columns.len().to_string();
    key(preview.names.iter().map(String::as_str).chain([count.as_str()]))
}
