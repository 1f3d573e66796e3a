use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use crate::container::text;
use crate::problem::Problems;
use crate::timestamp::Time;
use crate::{Few, Format, Problem, ProblemCode, Short, Totp, TotpError};

/// What was read from a vault file.
#[derive(Debug)]
pub struct Import {
    /// The format that was read.
    pub format: Format,
    /// The entries in file order, without what [`Import::left_out`] counts and without former versions.
    pub entries: Vec<Entry>,
    /// One-time password generators that belong to no entry yet: what authenticator apps export.
    pub tokens: Vec<Token>,
    /// What was left out on purpose.
    pub left_out: LeftOut,
    /// What could not be taken over as it stands.
    pub problems: Problems,
}

impl Import {
    pub(crate) fn new(format: Format) -> Self {
        Self {
            format,
            entries: Vec::new(),
            tokens: Vec::new(),
            left_out: LeftOut::default(),
            problems: Problems::default(),
        }
    }

    /// Takes an entry, unless there is nothing to sign in with in it.
    pub(crate) fn take(&mut self, entry: Entry) {
        if entry.is_login() {
            self.entries.push(entry);
        } else {
            self.left_out.not_logins += 1;
        }
    }

    /// Bounds what is kept of each entry, and says where something was left out for it.
    pub(crate) fn bound(&mut self) {
        let mut last: (Arc<str>, Arc<str>) = Default::default();
        let mut overfull = Vec::new();
        for entry in &mut self.entries {
            if !Arc::ptr_eq(&entry.group, &last.0) {
                last = (entry.group.clone(), end_of(&entry.group).into());
            }
            if entry.group.len() != last.1.len() {
                entry.group = last.1.clone();
            }
            if entry.more.as_ref().is_some_and(|more| more.is_overfull) {
                overfull.push(entry.location());
            }
        }
        for place in overfull {
            self.report(place, ProblemCode::TooManyValues);
        }
    }

    pub(crate) fn report(&mut self, location: impl Into<String>, code: ProblemCode) {
        self.problems.push(Problem::new(location, code));
    }
}

/// How much of a file was left out on purpose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Entries in the recycle bin or trash.
    pub recycled: usize,
    /// Templates, which only look like entries.
    pub templates: usize,
    /// Items that are no sign-ins: cards, identities, documents, keys, and notes without a user name or password.
    pub not_logins: usize,
}

/// One sign-in of a vault.
#[derive(Clone, Default)]
pub struct Entry {
    /// The title.
    pub title: Short,
    /// The names of the groups it is in, outermost first, joined by `/`; the file's root group is not named.
    pub group: Arc<str>,
    /// The web addresses as they stand in the file, the main one first. Not checked to be addresses.
    pub urls: Few<Box<str>>,
    /// The user name; empty where there is none.
    pub user_name: Box<str>,
    /// The password; `None` where it is empty, missing or could not be read.
    pub password: Option<SecretString>,
    /// The one-time password generator.
    pub totp: Option<Box<Totp>>,
    /// See [`Entry::modified_at`].
    pub(crate) modified_at: Time,
    /// See [`Entry::password_changed_at`].
    pub(crate) password_changed_at: Time,
    /// What few entries have; boxed, because a vault may have a hundred thousand.
    pub(crate) more: Option<Box<More>>,
}

/// What few entries have.
#[derive(Clone, Default)]
pub(crate) struct More {
    pub other_names: Vec<Box<str>>,
    pub expires_at: Option<i64>,
    pub archived: bool,
    pub passkeys: Vec<Passkey>,
    pub extras: Few<Extra>,
    /// Whether addresses or names were left out because there were too many.
    pub is_overfull: bool,
}

/// A passkey that a vault holds already. Its private key is not read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passkey {
    /// The relying party identifier; empty where the file does not say.
    pub rp_id: Box<str>,
    /// The user name it was made for; empty where the file does not say.
    pub user_name: Box<str>,
}

/// A custom field or the notes: what a person may need to read during a journey, security answers for one.
#[derive(Clone)]
pub struct Extra {
    /// The field's name as the file has it; empty for the notes.
    pub label: Box<str>,
    /// Its text.
    pub value: SecretString,
}

/// A one-time password generator by itself.
#[derive(Debug, Clone)]
pub struct Token {
    /// The site or service as the app names it; may be empty.
    pub issuer: Box<str>,
    /// The account's name as the app has it; may be empty.
    pub name: Box<str>,
    /// The generator.
    pub totp: Totp,
}

impl Entry {
    /// How many addresses an entry may have. Each is compared with those before it.
    const MOST_URLS: usize = 1000;
    /// How many further names.
    const MOST_NAMES: usize = 100;

    /// When the entry was last modified, in seconds since 1970 UTC.
    pub fn modified_at(&self) -> Option<i64> {
        self.modified_at.seconds()
    }

    /// When the password was last changed, in seconds since 1970 UTC; `None` where the file does not say it for certain.
    pub fn password_changed_at(&self) -> Option<i64> {
        self.password_changed_at.seconds()
    }

    /// Further names of the account, such as an e-mail address beside the user name.
    pub fn other_names(&self) -> &[Box<str>] {
        self.more.as_ref().map_or(&[], |more| &more.other_names)
    }

    /// When the entry expires, in seconds since 1970 UTC, if it was told to.
    pub fn expires_at(&self) -> Option<i64> {
        self.more.as_ref()?.expires_at
    }

    /// Whether the entry has expired at `now` (seconds since 1970 UTC). Expired entries are read like all others.
    pub fn is_expired(&self, now: i64) -> bool {
        self.expires_at().is_some_and(|at| at <= now)
    }

    /// Whether the person put it into the archive.
    pub fn is_archived(&self) -> bool {
        self.more.as_ref().is_some_and(|more| more.archived)
    }

    /// The passkeys the entry holds.
    pub fn passkeys(&self) -> &[Passkey] {
        self.more.as_ref().map_or(&[], |more| &more.passkeys)
    }

    /// Custom fields and notes.
    pub fn extras(&self) -> &[Extra] {
        self.more.as_ref().map_or(&[], |more| &more.extras)
    }

    /// The entry's place in the vault: group and title.
    pub fn location(&self) -> String {
        location(&self.group, &self.title)
    }

    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    /// Adds an address unless it is empty or there already.
    pub(crate) fn add_url(&mut self, url: &str) {
        let url = text::trim(url);
        if url.is_empty() || self.urls.iter().any(|known| **known == *url) {
        } else if self.urls.len() >= Self::MOST_URLS {
            self.more().is_overfull = true;
        } else {
            self.urls.push(url.into());
        }
    }

    /// Adds the package name of an Android app, as an address of the scheme that password managers use.
    pub(crate) fn add_app(&mut self, package: &str) {
        let package = package.trim();
        if !package.is_empty() {
            self.add_url(&format!("androidapp://{package}"));
        }
    }

    /// Takes a name of the account: the first one is the user name, what follows are other names.
    pub(crate) fn add_name(&mut self, name: &str) {
        let name = text::trim(name);
        if name.is_empty() || *self.user_name == *name {
        } else if self.user_name.is_empty() {
            self.user_name = name.into();
        } else if self.other_names().iter().any(|known| **known == *name) {
        } else if self.other_names().len() >= Self::MOST_NAMES {
            self.more().is_overfull = true;
        } else {
            self.more().other_names.push(name.into());
        }
    }

    /// Takes a password; an empty one is none.
    pub(crate) fn set_password(&mut self, password: &str) {
        self.password = (!password.is_empty()).then(|| SecretString::from(password));
    }

    /// Takes the text of a TOTP setting in whatever shape; an empty one is none.
    pub(crate) fn set_totp(&mut self, text: &str) -> Result<(), TotpError> {
        if !text::trim(text).is_empty() {
            self.totp = Some(Box::new(Totp::parse(text)?));
        }
        Ok(())
    }

    /// Takes a TOTP setting whose parts stand apart. An empty part has its default; without a secret there is none. A
    /// secret that is a whole setting by itself is taken as that.
    pub(crate) fn set_totp_parts(
        &mut self,
        secret: &str,
        algorithm: &str,
        digits: &str,
        period: &str,
    ) -> Result<(), TotpError> {
        if secret.trim().is_empty() || secret.contains("://") {
            return self.set_totp(secret);
        }
        self.totp = Some(Box::new(Totp::parse_parts(secret, algorithm, digits, period)?));
        Ok(())
    }

    /// Adds a custom field, or the notes where `label` is empty; an empty value is none.
    pub(crate) fn add_extra(&mut self, label: &str, value: &str) {
        if !text::trim(value).is_empty() {
            self.more().extras.push(Extra { label: label.trim().into(), value: value.into() });
        }
    }

    pub(crate) fn set_expires_at(&mut self, at: Option<i64>) {
        if at.is_some() {
            self.more().expires_at = at;
        }
    }

    pub(crate) fn set_archived(&mut self, archived: bool) {
        if archived {
            self.more().archived = true;
        }
    }

    pub(crate) fn add_passkey(&mut self, passkey: Passkey) {
        self.more().passkeys.push(passkey);
    }

    /// Whether there is anything to sign in with or to find the account by.
    pub(crate) fn is_login(&self) -> bool {
        !self.user_name.is_empty()
            || self.password.is_some()
            || self.totp.is_some()
            || !self.urls.is_empty()
            || !self.passkeys().is_empty()
    }
}

/// The place of an entry, as problems name it: of a long group the end, of a long title the beginning.
pub(crate) fn location(group: &str, title: &str) -> String {
    let title = if title.is_empty() { "(no title)" } else { title };
    let title = match title.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", title.get(..end).unwrap_or_default()),
        None => title.to_owned(),
    };
    if group.is_empty() { title } else { format!("{}/{title}", end_of(group)) }
}

/// The longest group path that is kept, of longer ones the end, and the longest title that is shown; in characters. Groups
/// within one another would otherwise take memory that grows with the square of their number.
const LONGEST_NAME: usize = 200;

/// The end of a text that is too long to be shown.
fn end_of(text: &str) -> Cow<'_, str> {
    ending(text, LONGEST_NAME).map_or(Cow::Borrowed(text), |end| Cow::Owned(format!("…{end}")))
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
            .field("modified_at", &self.modified_at())
            .field("password_changed_at", &self.password_changed_at())
            .field("expires_at", &self.expires_at())
            .field("archived", &self.is_archived())
            .field("passkeys", &self.passkeys())
            .field("extras", &self.extras())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extra").field("label", &self.label).field("value", &"[REDACTED]").finish()
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.label == other.label && self.value.expose_secret() == other.value.expose_secret()
    }
}

/// The path of a group within another one, which has none where it is the root.
pub(crate) fn path(parent: &str, name: &str) -> String {
    // Not more is copied than may be kept, and one character that shows that it was cut.
    let name = ending(name, LONGEST_NAME + 1).unwrap_or(name);
    let path = match (parent, name) {
        ("", name) => name.to_owned(),
        (parent, "") => parent.to_owned(),
        (parent, name) => format!("{parent}/{name}"),
    };
    end_of(&path).into_owned()
}

/// The last `count` characters of a text; `None` where it has not more.
fn ending(text: &str, count: usize) -> Option<&str> {
    let at = text.char_indices().rev().nth(count.checked_sub(1)?)?.0;
    (at > 0).then(|| text.get(at..)).flatten()
}

#[cfg(test)]
mod path_tests {
    use super::*;

    #[test]
    fn paths_are_joined_and_their_ends_kept() {
        let check = |parent: &str, name: &str, expect: &str| assert_eq!(path(parent, name), expect);
        check("", "", "");
        check("", "a", "a");
        check("a", "", "a");
        check("a/b", "c", "a/b/c");
        let long = "ä".repeat(LONGEST_NAME);
        check("", &long, &long);
        check("", &format!("{long}ö"), &format!("…{}ö", "ä".repeat(LONGEST_NAME - 1)));
        check("a", &long, &format!("…{long}"));
        let deep = (0..10_000).fold(String::new(), |parent, at| path(&parent, &at.to_string()));
        assert!(deep.ends_with("/9998/9999") && deep.chars().count() == LONGEST_NAME + 1);
    }
}
