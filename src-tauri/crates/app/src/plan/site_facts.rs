//! What the plan asks of the directory, apart from how the directory keeps it.

use rekey_sites::Known;
use rekey_sites::record::is_older_than;
use rekey_sites::record::{Asked, Attachment, Capacity, Check, Confidence, Fact, Kind, PasswordAfter, Role, Text};

use super::date_of_day;
use crate::about_site::OLD_AFTER;

/// The facts of a site that the plan uses. Unknown is a value: [`None`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteFacts {
    /// What people call it; empty where only the person named it.
    pub name: Text,
    /// What its passkeys are good for.
    pub role: Option<Role>,
    /// Whether the person said so.
    pub role_is_own: bool,
    /// The page that adds one.
    pub passkey_page: Option<Text>,
    /// What it asks for before.
    pub asks_first: Option<Vec<Check>>,
    /// Which kind of authenticator it asks for.
    pub authenticator: Option<Attachment>,
    /// How many passkeys an account may have.
    pub capacity: Option<Capacity>,
    /// Whether a passkey alone signs in, without a user name.
    pub usernameless: Option<bool>,
    /// What becomes of the password.
    pub password_after: Option<PasswordAfter>,
    /// Where the password is changed.
    pub change_password: Option<Text>,
    /// What kind of account it is.
    pub kind: Option<Kind>,
    /// When what is said of its passkeys was observed: `2025`, `2026-08` or `2026-08-14`.
    pub observed: Option<Text>,
    /// How far what is said of its passkeys can be relied upon; the least of the facts that the next step stands on.
    pub confidence: Option<Confidence>,
}

impl SiteFacts {
    /// What the directory knows.
    pub fn of(known: Known<'_>) -> Self {
        let (role, page) = (known.role(), known.passkey_page());
        let stands_on = [role.map(|fact| &fact.provenance), page.map(|fact| &fact.provenance)];
        Self {
            name: Text::Owned(known.name().to_owned()),
            role: value(role),
            role_is_own: known.correction().is_some_and(|own| own.role.is_some()),
            passkey_page: value(page),
            asks_first: known.asks_first().map(|fact| fact.value.to_vec()),
            authenticator: value(known.authenticator()),
            capacity: value(known.capacity()),
            usernameless: value(known.usernameless()),
            password_after: value(known.password_after()),
            change_password: value(known.change_password()),
            kind: value(known.kind()),
            observed: role.and_then(|fact| fact.provenance.observed.clone()),
            confidence: stands_on.into_iter().flatten().map(|provenance| provenance.confidence).min(),
        }
    }

    /// Whether what is said of its passkeys outdoes what was learnt on that day: it is the person who says it, or it was
    /// observed later. Of a year or month alone that is certain only of a later one.
    pub(super) fn outdoes(&self, day: u32) -> bool {
        let day = date_of_day(day);
        let observed = self.observed.as_deref().unwrap_or_default();
        let common = observed.len().min(day.len());
        self.role.is_some() && (self.role_is_own || observed.get(..common) > day.get(..common))
    }

    /// Whether it asks for this before it adds a passkey, always or at times.
    pub(super) fn asks(&self, what: Asked) -> bool {
        self.asks_first.as_ref().is_some_and(|checks| checks.iter().any(|check| check.what == what))
    }

    /// Whether what is said of its passkeys was heard rather than seen.
    pub(super) fn is_unsure(&self) -> bool {
        self.confidence == Some(Confidence::Low)
    }

    /// Whether what is said of its passkeys was observed so long ago that it is worth another look.
    pub(super) fn is_old(&self, today: u32) -> bool {
        let today = crate::known_sites::today(u64::from(today) * 86_400_000);
        self.observed.as_deref().is_some_and(|observed| is_older_than(observed, OLD_AFTER, &today))
    }
}

fn value<T: Clone>(fact: Option<&Fact<T>>) -> Option<T> {
    fact.map(|fact| fact.value.clone())
}
