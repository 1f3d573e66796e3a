use std::fmt;

use secrecy::SecretString;

use crate::{Format, Problem, Totp};

/// What was read from a vault file.
#[derive(Debug)]
pub struct Import {
    /// The format that was read.
    pub format: Format,
    /// The entries in file order, without those in the recycle bin and without former versions.
    pub entries: Vec<Entry>,
    /// How many entries were left out because they are in the recycle bin.
    pub recycled: usize,
    /// What could not be taken over as it stands.
    pub problems: Vec<Problem>,
}

/// One entry of a vault.
#[derive(Clone, Default)]
pub struct Entry {
    /// The title.
    pub title: String,
    /// The names of the groups it is in, outermost first, joined by `/`; the file's root group is not named.
    pub group: String,
    /// The web addresses as they stand in the file, the main one first. Not checked to be addresses.
    pub urls: Vec<String>,
    /// The user name; empty where there is none.
    pub user_name: String,
    /// The password; `None` where it is empty, missing or could not be read.
    pub password: Option<SecretString>,
    /// The one-time password generator.
    pub totp: Option<Totp>,
    /// When the entry expires, in seconds since 1970 UTC, if it was told to.
    pub expires_at: Option<i64>,
    /// When the entry was last modified, in seconds since 1970 UTC.
    pub modified_at: Option<i64>,
    /// Whether the entry holds a passkey already.
    pub has_passkey: bool,
}

impl Entry {
    /// Whether the entry has expired at `now` (seconds since 1970 UTC). Expired entries are read like all others.
    pub fn is_expired(&self, now: i64) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }

    /// The entry's place in the vault: group and title.
    pub fn location(&self) -> String {
        location(&self.group, &self.title)
    }
}

/// The place of an entry, as problems name it.
pub(crate) fn location(group: &str, title: &str) -> String {
    let title = if title.is_empty() { "(no title)" } else { title };
    if group.is_empty() { title.to_owned() } else { format!("{group}/{title}") }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Addresses are left out: some carry tokens or passwords.
        f.debug_struct("Entry")
            .field("title", &self.title)
            .field("group", &self.group)
            .field("urls", &self.urls.len())
            .field("user_name", &self.user_name)
            .field("password", &self.password.as_ref().map(|_| "[REDACTED]"))
            .field("totp", &self.totp)
            .field("expires_at", &self.expires_at)
            .field("modified_at", &self.modified_at)
            .field("has_passkey", &self.has_passkey)
            .finish()
    }
}
