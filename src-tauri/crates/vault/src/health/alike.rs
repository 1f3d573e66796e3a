//! Accounts with the same password.

use std::collections::HashMap;

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::ExposeSecret as _;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::mail::{names, split};
use super::{HealthKey, number};
use crate::Account;

/// Which accounts have the same password. Passwords are numbers here, equal ones the same.
pub(super) struct Alike<'a> {
    passwords: Vec<Option<u32>>,
    services: &'a [u32],
    /// How many accounts have a password.
    everywhere: Vec<usize>,
    /// How many accounts of one service.
    within: HashMap<(u32, u32), usize>,
    duplicates: Vec<Option<u32>>,
}

impl<'a> Alike<'a> {
    pub(super) fn new(accounts: &[Account], key: &HealthKey, services: &'a [u32]) -> Self {
        let passwords = classes(accounts, key);
        let mut everywhere = Vec::new();
        let mut within: HashMap<(u32, u32), usize> = HashMap::new();
        for (password, service) in passwords.iter().zip(services) {
            let Some(password) = password else { continue };
            let at = *password as usize;
            if everywhere.len() <= at {
                everywhere.resize(at + 1, 0);
            }
            if let Some(count) = everywhere.get_mut(at) {
                *count += 1;
            }
            *within.entry((*password, *service)).or_default() += 1;
        }
        let duplicates = duplicates(accounts, &passwords, services, &within);
        Self { passwords, services, everywhere, within, duplicates }
    }

    /// The number of an account's password.
    pub(super) fn password(&self, at: usize) -> Option<u32> {
        self.passwords.get(at).copied().flatten()
    }

    pub(super) fn reused(&self, at: usize) -> usize {
        let all = self.password(at).and_then(|password| self.everywhere.get(password as usize));
        all.copied().unwrap_or_default().saturating_sub(self.of_its_service(at))
    }

    pub(super) fn shared_within(&self, at: usize) -> usize {
        self.of_its_service(at).saturating_sub(1)
    }

    pub(super) fn duplicate_of(&self, at: usize) -> Option<usize> {
        self.duplicates.get(at).copied().flatten().map(|first| first as usize)
    }

    /// How many accounts of its service have its password, itself among them.
    fn of_its_service(&self, at: usize) -> usize {
        let pair = self.password(at).zip(self.services.get(at).copied());
        pair.and_then(|pair| self.within.get(&pair)).copied().unwrap_or_default()
    }
}

/// The number of each account's password.
fn classes(accounts: &[Account], key: &HealthKey) -> Vec<Option<u32>> {
    let mut classes = vec![None; accounts.len()];
    // HMAC takes keys of every length.
    let Ok(keyed) = Hmac::<Sha256>::new_from_slice(&*key.0) else { return classes };
    // With room for all, so that growing leaves no copy behind.
    let mut digests: Zeroizing<Vec<([u8; 16], u32)>> = Zeroizing::new(Vec::with_capacity(accounts.len()));
    for (at, account) in accounts.iter().enumerate() {
        let Some(password) = account.password() else { continue };
        let mac = keyed.clone().chain_update(password.expose_secret().as_bytes());
        let digest: Zeroizing<[u8; 32]> = Zeroizing::new(mac.finalize().into_bytes().into());
        if let Some(first) = digest.first_chunk() {
            digests.push((*first, number(at)));
        }
    }
    digests.sort_unstable();
    let mut class = 0;
    let mut last: Option<&[u8; 16]> = None;
    for (digest, at) in digests.iter() {
        if last.is_some_and(|last| last != digest) {
            class += 1;
        }
        last = Some(digest);
        if let Some(of) = classes.get_mut(*at as usize) {
            *of = Some(class);
        }
    }
    classes
}

/// The first of the accounts that each one most likely is; see [`super::Health::duplicate_of`].
fn duplicates(
    accounts: &[Account],
    passwords: &[Option<u32>],
    services: &[u32],
    within: &HashMap<(u32, u32), usize>,
) -> Vec<Option<u32>> {
    // By password and service, where there are several accounts.
    let mut groups: HashMap<(u32, u32), Vec<u32>> = HashMap::new();
    for (at, pair) in passwords.iter().zip(services).enumerate() {
        let (Some(password), service) = pair else { continue };
        if within.get(&(*password, *service)).is_some_and(|count| *count > 1) {
            groups.entry((*password, *service)).or_default().push(number(at));
        }
    }
    let mut same = Same((0..number(accounts.len())).collect());
    for group in groups.values() {
        join_by_name(accounts, group, &mut same);
    }
    (0..number(accounts.len())).map(|at| Some(same.first(at)).filter(|first| *first != at)).collect()
}

/// Joins the accounts of one service and password whose names may mean one person.
fn join_by_name(accounts: &[Account], group: &[u32], same: &mut Same) {
    let members = || group.iter().filter_map(|at| Some((*at, accounts.get(*at as usize)?)));
    let mut by_name: HashMap<String, u32> = HashMap::new();
    // The one address that has a local part; `None` where there are several.
    let mut addresses: HashMap<String, Option<String>> = HashMap::new();
    for (at, account) in members() {
        for name in names(account).map(str::to_lowercase) {
            if let Some((local, _)) = split(&name) {
                let known = addresses.entry(local.to_owned()).or_insert_with(|| Some(name.clone()));
                if known.as_ref() != Some(&name) {
                    *known = None;
                }
            }
            same.join(at, *by_name.entry(name).or_insert(at));
        }
    }
    for (name, at) in &by_name {
        let address = addresses.get(name).and_then(Option::as_ref);
        if let Some(of_address) = address.and_then(|address| by_name.get(address)) {
            same.join(*at, *of_address);
        }
    }
    let (named, nameless): (Vec<_>, Vec<_>) = members().partition(|(_, account)| names(account).next().is_some());
    let first = named.first().or(nameless.first()).map(|(at, _)| same.first(*at));
    if let Some(first) = first.filter(|first| named.iter().all(|(at, _)| same.first(*at) == *first)) {
        nameless.iter().for_each(|(at, _)| same.join(*at, first));
    }
}

/// Sets of accounts, each known by its first one.
struct Same(Vec<u32>);

impl Same {
    fn first(&mut self, mut at: u32) -> u32 {
        while let Some(before) = self.0.get(at as usize).copied().filter(|before| *before != at) {
            // Halves the way for the next time.
            let further = self.0.get(before as usize).copied().unwrap_or(before);
            if let Some(entry) = self.0.get_mut(at as usize) {
                *entry = further;
            }
            at = further;
        }
        at
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.first(one), self.first(other));
        if let Some(entry) = self.0.get_mut(one.max(other) as usize) {
            *entry = one.min(other);
        }
    }
}
