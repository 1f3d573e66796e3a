//! A site as the directory describes it: one fact a field, and with each where it comes from.
//!
//! What a field means for a contributor, and how it is written in `data/`, is in `data/README.md`. Unknown is a value: a
//! field that nobody observed is [`None`], never a guess.

use std::borrow::Cow;

/// Text that is compiled in, or was read from a file.
pub type Text = Cow<'static, str>;
/// A list that is compiled in, or was read from a file.
pub type List<T> = Cow<'static, [T]>;

/// One site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What people call it.
    pub name: Text,
    /// The domain that the record is about, as ASCII in lower case: a registrable domain, or a name under one where that
    /// part of a site has facts of its own (`cloud.google.com`).
    pub domain: Text,
    /// Other domains with the same accounts: country variants, former names.
    pub equivalent: Option<Fact<List<Text>>>,
    /// The relying party identifiers of its passkeys; not always the domain, nor under it.
    pub rp_ids: Option<Fact<List<Text>>>,
    /// Where signing in begins.
    pub sign_in: Option<Fact<Text>>,
    /// The page that adds a passkey.
    pub passkey_page: Option<Fact<Text>>,
    /// The page that lists and removes passkeys, where that is another one.
    pub manage_page: Option<Fact<Text>>,
    /// What its passkeys are good for.
    pub role: Option<Fact<Role>>,
    /// What it asks for before it adds a passkey, of somebody who just signed in.
    pub asks_first: Option<Fact<List<Check>>>,
    /// Which kind of authenticator it asks for.
    pub authenticator: Option<Fact<Attachment>>,
    /// How many passkeys an account may have.
    pub capacity: Option<Fact<Capacity>>,
    /// Whether it signs in with a passkey alone, without a user name.
    pub usernameless: Option<Fact<bool>>,
    /// What becomes of the password.
    pub password_after: Option<Fact<PasswordAfter>>,
    /// Where the password is changed.
    pub change_password: Option<Fact<Text>>,
    /// Where a person who is locked out begins.
    pub recovery_page: Option<Fact<Text>>,
    /// The site's own help on its passkeys.
    pub help: Option<Fact<Text>>,
    /// What kind of account it is, where that matters for the order in which accounts are moved.
    pub kind: Option<Fact<Kind>>,
    /// What else a person should know, one text for each language (`en`, `es`).
    pub notes: Option<Fact<List<(Text, Text)>>>,
}

impl Record {
    /// A record that says nothing yet.
    pub const fn about(domain: Text) -> Self {
        Self {
            name: Cow::Borrowed(""),
            domain,
            equivalent: None,
            rp_ids: None,
            sign_in: None,
            passkey_page: None,
            manage_page: None,
            role: None,
            asks_first: None,
            authenticator: None,
            capacity: None,
            usernameless: None,
            password_after: None,
            change_password: None,
            recovery_page: None,
            help: None,
            kind: None,
            notes: None,
        }
    }
}

/// A value, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T: Clone> {
    /// What is known.
    pub value: T,
    /// From where.
    pub provenance: Provenance,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Ids of [`Source`]s, at least one.
    pub sources: List<Text>,
    /// When it was observed: `2025`, `2026-08` or `2026-08-14`.
    pub observed: Option<Text>,
    /// How far it can be relied upon.
    pub confidence: Confidence,
}

impl Provenance {
    /// Whether the fact was observed more than so many years before `today` (`2026-08-14`); what has no date is not old.
    pub fn is_older_than(&self, years: u16, today: &str) -> bool {
        self.observed.as_deref().is_some_and(|observed| is_older_than(observed, years, today))
    }
}

/// Whether a date (`2025`, `2026-08` or `2026-08-14`) lies more than so many years before `today` (`2026-08-14`). Of a date
/// without a day or month the last day that it can mean counts.
pub fn is_older_than(observed: &str, years: u16, today: &str) -> bool {
    let Some((year, rest)) = observed.split_at_checked(4) else { return false };
    let Ok(year) = year.parse::<u16>() else { return false };
    let rest = if rest.is_empty() { "-12" } else { rest };
    let day = if rest.len() == "-12".len() { "-31" } else { "" };
    // Dates of this form are ordered like their texts.
    format!("{:04}{rest}{day}", year.saturating_add(years)).as_str() < today.get(..10).unwrap_or_default()
}

/// A publication that facts were taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its id in the records.
    pub id: Text,
    /// Its title, as its licence wants it to be named.
    pub title: Text,
    /// Where it is published; [`None`] for what was published nowhere else.
    pub url: Option<Text>,
    /// Its licence, as an SPDX expression.
    pub licence: Text,
    /// Whom its licence wants to be named.
    pub attribution: Text,
}

/// How far a fact can be relied upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Heard of; look before you rely on it.
    Low,
    /// Reported by one source that does not say how it was seen.
    Medium,
    /// Seen by somebody who tried it, or said by the site itself.
    High,
}

/// What a site's passkeys are good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// They sign in, without the password.
    SignIn,
    /// They stand beside the password.
    SecondFactor,
    /// Either, as the account is set up.
    Both,
    /// Somebody looked, and found none.
    NoneSeen,
}

/// Something a site asks for before it adds a passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Check {
    /// What.
    pub what: Asked,
    /// Whether it was asked for at some times only.
    pub is_optional: bool,
}

/// What a site asks for. An empty list of [`Check`]s says that nothing was asked for when somebody tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// The password once more.
    Password,
    /// A code or link sent by e-mail.
    Email,
    /// A code sent to a phone.
    Sms,
    /// A code of an authenticator app.
    Totp,
    /// A test of being human.
    Captcha,
    /// A document or a picture of the person.
    Identity,
    /// Something else.
    Other,
}

/// Which kind of authenticator a site asks for (<https://www.w3.org/TR/webauthn-3/#enum-attachment>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Attachment {
    /// Any.
    Any,
    /// The device's own.
    Platform,
    /// A security key or a phone.
    CrossPlatform,
}

/// How many passkeys an account may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Capacity {
    /// One.
    One,
    /// More than one; how many is not known.
    Several,
    /// At most so many.
    AtMost(u16),
}

/// What becomes of the password once an account has a passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PasswordAfter {
    /// The person can remove it.
    Removable,
    /// It stays.
    Stays,
    /// It stays and the person can have it left unused.
    Skippable,
    /// Accounts there have none.
    HasNone,
}

/// The kinds of accounts that matter for the order in which they are moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A mailbox: whoever has it can reset the others.
    Mail,
    /// Signs in to other sites ("Sign in with …"), or keeps the others' passwords.
    Identity,
    /// Moves money.
    Money,
    /// Shops that keep a means of payment.
    Shopping,
    /// Speaks in the person's name.
    Social,
    /// Work, code, servers, domains.
    Work,
    /// The state, health, insurance.
    Official,
    /// Anything else.
    Other,
}

#[cfg(test)]
mod tests {
    use super::is_older_than;

    #[test]
    fn what_was_seen_long_ago_is_old() {
        let check = |observed: &str, today: &str, expect: bool| {
            assert_eq!(is_older_than(observed, 2, today), expect, "{observed}, {today}");
        };
        check("2024-09-20", "2026-09-21", true);
        check("2024-09-21", "2026-09-21", false);
        check("2024-09-22", "2026-09-21T14:13:20Z", false);
        check("2024-08", "2026-08-31", false);
        check("2024-08", "2026-09-01", true);
        check("2024-02", "2026-03-01", true);
        check("2024-02-29", "2026-02-28", false);
        check("2024-02-29", "2026-03-01", true);
        check("2024", "2026-12-31", false);
        check("2024", "2027-01-01", true);
        check("2026", "2026-09-21", false);
        for no_date in ["", "24", "soon", "2\u{e9}4"] {
            check(no_date, "2026-09-21", false);
        }
    }
}
