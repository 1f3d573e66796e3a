//! How well accounts are kept: from [`Account`]s to one [`Health`] each.
//!
//! What comes out are coarse facts that may be kept and shown. No password, digest or length of one is among them, and
//! nothing that makes it easier to find a password.
//!
//! # What counts
//!
//! - Of an account whose vaults disagree about the password the one in use counts ([`Account::password`]).
//! - *Services*: sites that are one to the person, such as `amazon.com` and `amazon.de`. The caller says which are,
//!   with a function from a site to whatever stands for its service; `Site::clone` makes each site its own.
//! - One entry in several vaults is one account already, see [`Account::sources`].
//!
//! # Secrets
//!
//! Equal passwords are found by a keyed digest (HMAC-SHA-256, the first 128 bits) that never leaves this module and is
//! wiped once it is known which are equal. `zxcvbn` makes copies of what it judges and does not wipe them; they are
//! freed at once, but their bytes may stay in memory until it is used again.

mod alike;
mod line;
mod mail;
mod provider;
mod strength;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::ops::ControlFlow;

use rekey_origin::Site;
use zeroize::Zeroizing;

use crate::Account;
use alike::Alike;
pub use mail::mail_domain;
pub use provider::signs_in_with;
use strength::Judge;
pub use strength::Strength;

/// After so many seconds a password is old: five years.
pub const OLD_AFTER: i64 = 5 * 365 * 86_400;

/// What is known of how well one account is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    /// How hard its password is to guess; `None` where it has none.
    pub strength: Option<Strength>,
    /// How many accounts of *other* services have the same password: a leak there opens this one.
    pub reused: usize,
    /// How many other accounts of the *same* service have the same password. Counted apart, because it adds no place
    /// where the password could leak; accounts of a family or a duplicate are behind it more often than carelessness.
    pub shared_within: usize,
    /// The first account in the list that this one most likely is: same service, same password, and names that may mean
    /// one person. `None` where there is none, or where this one is the first itself.
    ///
    /// Names may mean one person where one of them is the same but for case, where one is the local part of the other's
    /// only e-mail address (`anna` and `anna@example.com`), or where an account has no name and just one other is
    /// there.
    pub duplicate_of: Option<usize>,
    /// Whether the password was last changed more than [`OLD_AFTER`] ago; `None` where the vault does not say. That an
    /// entry was last modified long ago is proof; that it was modified lately is none of the opposite.
    pub is_old: Option<bool>,
    /// Whether every web address of it is `http` on the open network, where anybody on the way reads the password.
    /// Addresses of the own computer and network do not count.
    pub open_line: bool,
    /// Whether a vault holds a one-time password generator for it. What the site has is not known here.
    pub second_factor: bool,
    /// How many accounts of other services have this account's e-mail address for a name, so that whoever reads its
    /// mail can take them over. Only where the address is of the account's own service (`anna@gmail.com`, or `anna`, at
    /// a site that is one service with `gmail.com`).
    pub recoveries: usize,
}

impl Health {
    /// Whether another account before it is most likely the same.
    pub fn is_duplicate(&self) -> bool {
        self.duplicate_of.is_some()
    }
}

/// The key under which passwords are compared: 32 random bytes, new ones for each run.
pub struct HealthKey(Zeroizing<[u8; 32]>);

impl HealthKey {
    /// A key of random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self(Zeroizing::new(random))
    }
}

impl fmt::Debug for HealthKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HealthKey([REDACTED])")
    }
}

/// Judges accounts: one [`Health`] for each, in their order. `now` is in seconds since 1970 UTC.
///
/// A password takes 0.1 to 1 ms, in the worst case some tenths of a second, so that this is nothing for the thread that
/// shows windows; [`judge_with`] can be watched and stopped.
pub fn judge<S: Eq + Hash>(
    accounts: &[Account],
    key: &HealthKey,
    now: i64,
    service: impl Fn(&Site) -> S,
) -> Vec<Health> {
    judge_with(accounts, key, now, service, |_, _| ControlFlow::Continue(())).unwrap_or_default()
}

/// Like [`judge`]; `progress` is told after each account how many are done and how many there are. `None` as soon as it
/// breaks.
pub fn judge_with<S: Eq + Hash>(
    accounts: &[Account],
    key: &HealthKey,
    now: i64,
    service: impl Fn(&Site) -> S,
    mut progress: impl FnMut(usize, usize) -> ControlFlow<()>,
) -> Option<Vec<Health>> {
    let services = Services::new(accounts, service);
    let alike = Alike::new(accounts, key, &services.of_account);
    let recoveries = mail::recoveries(accounts, &services);
    let mut strengths = Judge::default();
    let mut judged = Vec::with_capacity(accounts.len());
    for (at, account) in accounts.iter().enumerate() {
        let password = alike.password(at).zip(account.password());
        judged.push(Health {
            strength: password.map(|(class, password)| strengths.strength(class, password, account)),
            reused: alike.reused(at),
            shared_within: alike.shared_within(at),
            duplicate_of: alike.duplicate_of(at),
            is_old: is_old(account, now),
            open_line: line::is_open(account),
            second_factor: account.totp.is_some(),
            recoveries: recoveries.get(at).copied().unwrap_or_default(),
        });
        if progress(judged.len(), accounts.len()).is_break() {
            return None;
        }
    }
    Some(judged)
}

/// See [`Health::is_old`].
fn is_old(account: &Account, now: i64) -> Option<bool> {
    let stored = account.passwords.first()?;
    let before = now.saturating_sub(OLD_AFTER);
    match (stored.changed_at, stored.known_since()) {
        (_, Some(since)) if since < before => Some(true),
        (Some(_), _) => Some(false),
        (None, _) => None,
    }
}

/// The services of accounts, as numbers.
struct Services<S, F> {
    service: F,
    numbers: HashMap<S, u32>,
    /// The service of each account.
    of_account: Vec<u32>,
}

impl<S: Eq + Hash, F: Fn(&Site) -> S> Services<S, F> {
    fn new(accounts: &[Account], service: F) -> Self {
        let mut numbers = HashMap::new();
        let mut of_account = Vec::with_capacity(accounts.len());
        for account in accounts {
            let next = number(numbers.len());
            of_account.push(*numbers.entry(service(&account.site)).or_insert(next));
        }
        Self { service, numbers, of_account }
    }

    /// The service of any site; `None` where no account is at it.
    fn of(&self, site: &Site) -> Option<u32> {
        self.numbers.get(&(self.service)(site)).copied()
    }
}

/// A small number for a place in a list; no list of accounts comes near its end.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
