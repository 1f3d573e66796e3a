//! ZIP archives: only what is asked for is inflated, and never more than the limits allow.

use std::borrow::Cow;
use std::io::{Cursor, Read as _};

use zeroize::Zeroizing;
use zip::ZipArchive;

use super::wiped;
use crate::{Cost, Limits, Part, ReadError};

const DAMAGED: ReadError = ReadError::damaged(Part::Archive);
/// Names that are looked at to tell formats apart.
const MOST_NAMES: usize = 1000;

/// Whether the bytes begin as an archive does.
pub(crate) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The first names of the files in an archive; `None` where there is no readable directory.
pub(crate) fn names(bytes: &[u8]) -> Option<Vec<String>> {
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    Some(archive.file_names().flatten().take(MOST_NAMES).map(Cow::into_owned).collect())
}

/// An open archive.
pub(crate) struct Archive<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    size: u64,
    limits: Limits,
    inflated: u64,
}

impl<'a> Archive<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED)?;
        let entries = u64::try_from(archive.len()).unwrap_or(u64::MAX);
        if entries > limits.archive_entries {
            return Err(ReadError::TooCostly {
                cost: Cost::ArchiveEntries,
                asked: entries,
                limit: limits.archive_entries,
            });
        }
        Ok(Self { archive, size: u64::try_from(bytes.len()).unwrap_or(u64::MAX), limits: *limits, inflated: 0 })
    }

    /// The names of its files, folders included, that pass.
    pub(crate) fn names(&self, passes: impl Fn(&str) -> bool) -> Vec<String> {
        self.archive.file_names().flatten().filter(|name| passes(name)).map(Cow::into_owned).collect()
    }

    /// One file's content. What all files of an archive inflate to together counts against the limits.
    pub(crate) fn file(&mut self, name: &str) -> Result<Zeroizing<Vec<u8>>, ReadError> {
        let file = self.archive.by_name(name).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => ReadError::Unsupported { what: "an encrypted archive" },
            _ => DAMAGED,
        })?;
        let ratio = self.size.saturating_mul(self.limits.inflation_ratio).max(Limits::RATIO_FROM);
        let most = self.limits.inflated.min(ratio).saturating_sub(self.inflated);
        // What the directory says of the size is not believed, only used to reserve no more than needed.
        let reserve = usize::try_from(file.size().min(most).min(16 << 20)).unwrap_or(0);
        let content = wiped::read(file.take(most.saturating_add(1)), reserve)
            .map_err(|_| ReadError::damaged(Part::Compression))?;
        let length = u64::try_from(content.len()).unwrap_or(u64::MAX);
        if length > most {
            let limit = self.limits.inflated.min(ratio);
            return Err(ReadError::TooCostly { cost: Cost::Inflated, asked: limit.saturating_add(1), limit });
        }
        self.inflated = self.inflated.saturating_add(length);
        Ok(content)
    }
}
