//! The list on the disk: one file, replaced as a whole or not at all.
//!
//! A line of JSON says when it came; the signed message follows as it was fetched. The dates in that line decide when to
//! ask again and nothing else: what the list says, and of when it is, stands in the signed part.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::list::{self, List, Listing};
use super::signature::{self, PublisherKey};
use super::{MOST_SIGNED, RefreshError};

/// The most bytes of the line before the message.
const MOST_HEAD: usize = 4096;

/// The most bytes of an entity tag that is kept.
const MOST_ETAG: usize = 64;

/// Where a list is kept, and whose signature it must have.
#[derive(Debug, Clone)]
pub struct Kept {
    folder: PathBuf,
    list: List,
    key: PublisherKey,
}

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    version: u32,
    etag: Option<String>,
    fetched: Timestamp,
    checked: Timestamp,
}

/// A list whose signature was checked, with the message that it stands in.
pub(super) struct Checked {
    message: Vec<u8>,
    pub(super) etag: Option<String>,
    pub(super) listing: Listing,
}

impl Kept {
    /// A list in a folder of the app's own cache, which is made when it is needed.
    pub fn new(folder: impl Into<PathBuf>, list: List, key: PublisherKey) -> Self {
        Self { folder: folder.into(), list, key }
    }

    /// What is kept, after its signature was checked again; `None` where nothing was fetched yet.
    ///
    /// # Errors
    /// Where it cannot be read, or is not what the publisher signed.
    pub fn read(&self) -> Result<Option<Listing>, RefreshError> {
        Ok(self.load()?.map(|checked| checked.listing))
    }

    /// Removes what is kept, as switching the look-up off may ask for.
    ///
    /// # Errors
    /// Where the file cannot be removed.
    pub fn forget(&self) -> Result<(), RefreshError> {
        match fs::remove_file(self.path()) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(of_folder(&error)),
            _ => Ok(()),
        }
    }

    pub(super) fn list(&self) -> List {
        self.list
    }

    pub(super) fn load(&self) -> Result<Option<Checked>, RefreshError> {
        let file = match File::open(self.path()) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(of_folder(&error)),
        };
        let most = MOST_HEAD + MOST_SIGNED;
        let mut bytes = Vec::new();
        file.take(u64::try_from(most + 1).unwrap_or(u64::MAX)).read_to_end(&mut bytes).map_err(|e| of_folder(&e))?;
        if bytes.len() > most {
            return Err(RefreshError::Malformed);
        }
        let end = bytes.iter().take(MOST_HEAD).position(|&byte| byte == b'\n').ok_or(RefreshError::Malformed)?;
        let message = bytes.split_off(end + 1);
        let head: Head = serde_json::from_slice(&bytes).map_err(|_| RefreshError::Malformed)?;
        if head.version != 1 {
            return Err(RefreshError::Malformed);
        }
        let mut checked = self.check(message, head.etag.as_deref(), head.fetched)?;
        checked.listing.checked = head.checked;
        Ok(Some(checked))
    }

    /// Checks who signed a message, and reads it.
    pub(super) fn check(&self, message: Vec<u8>, etag: Option<&str>, now: Timestamp) -> Result<Checked, RefreshError> {
        let opened = signature::open(&message, &self.key)?;
        let reading = list::read(&opened.content, self.list).ok_or(RefreshError::Malformed)?;
        if reading.sites.is_empty() {
            return Err(RefreshError::Empty);
        }
        let signed = Timestamp::from_second(opened.signed.into()).map_err(|_| RefreshError::Malformed)?;
        let listing = Listing {
            signed,
            fetched: now,
            checked: now,
            sites: reading.sites,
            problems: reading.problems,
            problem_count: reading.problem_count,
        };
        Ok(Checked { message, etag: etag.filter(|etag| is_plain(etag)).map(str::to_owned), listing })
    }

    /// Notes that what is kept is still the newest.
    pub(super) fn confirm(&self, mut checked: Checked, now: Timestamp) -> Result<Checked, RefreshError> {
        checked.listing.checked = now;
        self.store(&checked)?;
        Ok(checked)
    }

    pub(super) fn store(&self, checked: &Checked) -> Result<(), RefreshError> {
        let Listing { fetched, checked: last, .. } = checked.listing;
        let head = Head { version: 1, etag: checked.etag.clone(), fetched, checked: last };
        let mut bytes = serde_json::to_vec(&head).map_err(|_| RefreshError::Malformed)?;
        bytes.push(b'\n');
        let write = || -> io::Result<()> {
            fs::create_dir_all(&self.folder)?;
            let mut file = NamedTempFile::new_in(&self.folder)?;
            file.write_all(&bytes)?;
            file.write_all(&checked.message)?;
            file.as_file().sync_all()?;
            file.persist(self.path())?;
            Ok(())
        };
        write().map_err(|error| of_folder(&error))
    }

    fn path(&self) -> PathBuf {
        self.folder.join(format!("passkeys-{}.list", self.list.name()))
    }
}

/// Whether an entity tag is sent back. The publisher chooses it and gets it again with the next request, as with a cookie; a
/// short word tells versions of the list apart, and has no room for much else. Without it the whole list is fetched.
fn is_plain(etag: &str) -> bool {
    etag.len() <= MOST_ETAG && etag.bytes().all(|byte| byte.is_ascii_graphic())
}

fn of_folder(error: &io::Error) -> RefreshError {
    RefreshError::Folder(error.kind())
}
