use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use rekey_origin::{Origin, Site};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::address::web_address;
use crate::entry::location;
use crate::{Entry, Extra, Few, Passkey, Problem, ProblemCode, Problems, Short, Totp};

/// One account: what one or several vaults know of one user name at one site.
#[derive(Clone)]
pub struct Account {
    /// The site.
    pub site: Site,
    /// The user name, without surrounding white space; empty where the vault has none.
    pub user_name: String,
    /// Further names of the account, such as an e-mail address beside the user name.
    pub other_names: Vec<Box<str>>,
    /// The title of the entry it came from.
    pub title: String,
    /// Where to begin signing in: the entry's main address at this site, without user information.
    pub sign_in: Option<Url>,
    /// Every web address of the account, of other sites too, without user information.
    pub urls: Few<Url>,
    /// Its passwords, each once, the one modified last first: that is the one in use. More than one is a doubt that the
    /// person can settle with [`Account::prefer`].
    pub passwords: Vec<StoredPassword>,
    /// The one-time password generator.
    pub totp: Option<Box<Totp>>,
    /// When the entry expires, in seconds since 1970 UTC.
    pub expires_at: Option<i64>,
    /// Whether the person put every entry of it into an archive.
    pub is_archived: bool,
    /// The passkeys that the vaults hold for it: made, and not proven by anybody yet.
    pub passkeys: Vec<Passkey>,
    /// Custom fields and notes, for the person alone.
    pub extras: Few<Extra>,
    /// The vaults it stands in, by their place in what [`accounts`] was given; each once, in order.
    pub sources: Vec<usize>,
    /// When the newest entry was modified.
    modified_at: Option<i64>,
}

/// A password of an account, and where it stands.
#[derive(Clone)]
pub struct StoredPassword {
    /// The password.
    pub password: SecretString,
    /// The vault it stands in, by its place in what [`accounts`] was given.
    pub source: usize,
    /// Further vaults with the same password for the account.
    also_in: Few<usize>,
    /// When its entry was modified, in seconds since 1970 UTC.
    pub modified_at: Option<i64>,
    /// When it became the password, in seconds since 1970 UTC; `None` where no vault says it for certain.
    pub changed_at: Option<i64>,
    /// The earliest of the times at which an entry is known to have had it.
    known_since: Option<i64>,
    group: Arc<str>,
    title: Short,
}

impl StoredPassword {
    /// Whether it stands in that vault.
    pub fn stands_in(&self, source: usize) -> bool {
        self.source == source || self.also_in.contains(&source)
    }

    /// A time at which it was the password already, in seconds since 1970 UTC: it is at least as old as that, and may be
    /// older. `None` where no vault has any time.
    pub fn known_since(&self) -> Option<i64> {
        self.known_since
    }

    /// Notes where else it stands. Of several vaults the first one is named. Of two times the earlier one counts: a copy
    /// of an entry begins a new life where it was imported, its password does not.
    fn take_place(&mut self, other: &Self) {
        let earlier = |one: Option<i64>, other: Option<i64>| one.into_iter().chain(other).min();
        self.changed_at = earlier(self.changed_at, other.changed_at);
        self.known_since = earlier(self.known_since, other.known_since);
        if !self.stands_in(other.source) {
            let (first, also) = (self.source.min(other.source), self.source.max(other.source));
            self.source = first;
            self.also_in.push(also);
        }
    }

    /// The group and title of its entry.
    pub fn location(&self) -> String {
        location(&self.group, &self.title)
    }
}

impl fmt::Debug for StoredPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredPassword")
            .field("password", &"[REDACTED]")
            .field("source", &self.source)
            .field("modified_at", &self.modified_at)
            .field("changed_at", &self.changed_at)
            .field("location", &self.location())
            .finish()
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("site", &self.site)
            .field("user_name", &self.user_name)
            .field("other_names", &self.other_names)
            .field("title", &self.title)
            .field("urls", &self.urls.len())
            .field("passwords", &self.passwords)
            .field("totp", &self.totp)
            .field("expires_at", &self.expires_at)
            .field("is_archived", &self.is_archived)
            .field("passkeys", &self.passkeys)
            .field("extras", &self.extras)
            .field("sources", &self.sources)
            .finish_non_exhaustive()
    }
}

/// What entries add up to.
#[derive(Debug, Default)]
pub struct Grouped {
    /// The accounts, in the order in which each is first met.
    pub accounts: Vec<Account>,
    /// Entries that no site is known for, with the vault they stand in.
    pub unplaced: Vec<(usize, Entry)>,
    /// What was decided or is missing.
    pub problems: Problems,
}

/// Groups the entries of one or several vaults by site and user name.
///
/// An entry belongs to the site of its first usable address, or, where it has none, to what `place` says the person
/// answered for it. Where entries of one account disagree, the one modified last decides (of two without a time: the
/// later one), and a problem says so.
pub fn accounts(sources: Vec<Vec<Entry>>, place: &dyn Fn(&Entry) -> Option<Url>) -> Grouped {
    let mut grouped = Grouped::default();
    let mut groups: Vec<Few<Account>> = Vec::new();
    let mut places: HashMap<(Site, String), usize> = HashMap::new();
    for (source, entries) in sources.into_iter().enumerate() {
        for entry in entries {
            match Account::of(entry, source, place) {
                Ok(account) => {
                    let key = (account.site.clone(), account.user_name.clone());
                    let at = *places.entry(key).or_insert(groups.len());
                    match groups.get_mut(at) {
                        Some(group) => group.push(account),
                        None => groups.push(std::iter::once(account).collect()),
                    }
                }
                Err(entry) => {
                    grouped.problems.push(Problem::new(entry.location(), ProblemCode::NoUrl).in_source(source));
                    grouped.unplaced.push((source, *entry));
                }
            }
        }
    }
    drop(places);
    grouped.accounts = groups.into_iter().filter_map(|group| merged(group, &mut grouped.problems)).collect();
    for account in &grouped.accounts {
        account.report(&mut grouped.problems);
    }
    grouped
}

/// One account of all that the entries of a group say, in one pass over each kind of value; `None` of no entry.
fn merged(group: Few<Account>, problems: &mut Problems) -> Option<Account> {
    let mut group: Vec<Account> = group.into_iter().collect();
    if group.len() > 1 {
        // Stable, so that of two without a time the later one counts as newer.
        group.reverse();
        group.sort_by_key(|account| std::cmp::Reverse(account.modified_at));
    }
    let mut newest_first = group.into_iter();
    let mut account = newest_first.next()?;
    let older: Vec<Account> = newest_first.collect();
    if older.is_empty() {
        return Some(account);
    }
    let mut passwords = Unique::new(std::mem::take(&mut account.passwords));
    let mut urls = Unique::new(std::mem::take(&mut account.urls));
    let mut names = Unique::new(std::mem::take(&mut account.other_names));
    let mut extras = Unique::new(std::mem::take(&mut account.extras));
    let mut sources = account.sources.clone();
    for other in older {
        match (&account.totp, other.totp) {
            (_, None) => {}
            (None, found) => account.totp = found,
            (Some(kept), Some(found)) if *kept == found => {}
            _ => {
                let source = other.sources.first().copied().unwrap_or(0);
                problems.push(Problem::new(other.title.as_str(), ProblemCode::TotpsDiffer).in_source(source));
            }
        }
        account.is_archived &= other.is_archived;
        account.passkeys.extend(other.passkeys);
        passwords.extend(other.passwords);
        urls.extend(other.urls);
        names.extend(other.other_names);
        extras.extend(other.extras);
        sources.extend(other.sources);
    }
    account.passwords = each_once(passwords.0);
    account.urls = urls.by(|url| ("", url.as_str())).collect();
    account.other_names = names.by(|name| ("", name)).filter(|name| **name != *account.user_name).collect();
    account.extras = extras.by(|extra| (&*extra.label, extra.value.expose_secret())).collect();
    sources.sort_unstable();
    sources.dedup();
    account.sources = sources;
    Some(account)
}

/// Each password once, with all vaults it stands in.
fn each_once(all: Vec<StoredPassword>) -> Vec<StoredPassword> {
    let mut first_of: HashMap<&str, usize> = HashMap::new();
    let firsts: Vec<usize> = all
        .iter()
        .enumerate()
        .map(|(at, stored)| *first_of.entry(stored.password.expose_secret()).or_insert(at))
        .collect();
    let mut kept: Vec<StoredPassword> = Vec::new();
    // Where the password of that number was kept.
    let mut place: HashMap<usize, usize> = HashMap::new();
    for (at, (stored, first)) in all.into_iter().zip(firsts).enumerate() {
        if let Some(known) = place.get(&first).and_then(|place| kept.get_mut(*place)) {
            known.take_place(&stored);
        } else {
            place.insert(at, kept.len());
            kept.push(stored);
        }
    }
    kept
}

/// Values of which each is to be kept once, in the order they came.
struct Unique<T>(Vec<T>);

impl<T> Unique<T> {
    fn new(values: impl IntoIterator<Item = T>) -> Self {
        Self(values.into_iter().collect())
    }

    fn extend(&mut self, values: impl IntoIterator<Item = T>) {
        self.0.extend(values);
    }

    /// The first value of each key. The keys are borrowed, so that no secret is copied.
    fn by(self, key: impl Fn(&T) -> (&str, &str)) -> impl Iterator<Item = T> {
        let mut seen = HashSet::new();
        let first: Vec<bool> = self.0.iter().map(|value| seen.insert(key(value))).collect();
        self.0.into_iter().zip(first).filter_map(|(value, first)| first.then_some(value))
    }
}

impl Account {
    /// The account of one entry; gives the entry back where no site is known for it.
    fn of(entry: Entry, source: usize, place: &dyn Fn(&Entry) -> Option<Url>) -> Result<Self, Box<Entry>> {
        let mut urls: Few<Url> = entry.urls.iter().filter_map(|text| web_address(text)).collect();
        // Where it has no address: the relying party of its passkey, or what the person said.
        if urls.is_empty() {
            let rp_id = entry.passkeys().iter().find_map(|passkey| web_address(&passkey.rp_id));
            rp_id.or_else(|| place(&entry)).into_iter().for_each(|url| urls.push(url));
        }
        let Some(sign_in) = urls.first().cloned() else { return Err(entry.into()) };
        let Ok(origin) = Origin::of(&sign_in) else { return Err(entry.into()) };
        let (modified_at, changed_at) = (entry.modified_at(), entry.password_changed_at());
        let more = entry.more.map(|more| *more).unwrap_or_default();
        let passwords = entry.password.map(|password| StoredPassword {
            password,
            source,
            also_in: Few::default(),
            modified_at,
            changed_at,
            known_since: modified_at.into_iter().chain(changed_at).min(),
            group: entry.group,
            title: entry.title.clone(),
        });
        Ok(Self {
            site: Site::of(&origin),
            user_name: entry.user_name.trim().to_owned(),
            other_names: more.other_names,
            title: entry.title.to_string(),
            sign_in: Some(sign_in),
            urls,
            passwords: passwords.into_iter().collect(),
            totp: entry.totp,
            expires_at: more.expires_at,
            is_archived: more.archived,
            passkeys: more.passkeys,
            extras: more.extras,
            sources: vec![source],
            modified_at,
        })
    }

    /// The password in use.
    pub fn password(&self) -> Option<&SecretString> {
        self.passwords.first().map(|stored| &stored.password)
    }

    /// Whether vaults disagree about the password.
    pub fn is_password_doubtful(&self) -> bool {
        self.passwords.len() > 1
    }

    /// Puts the password with that number in use, as the person chose; an unknown number changes nothing.
    pub fn prefer(&mut self, number: usize) {
        if let Some(chosen) = self.passwords.get_mut(..=number) {
            chosen.rotate_right(1);
        }
    }

    fn report(&self, problems: &mut Problems) {
        let source = self.sources.first().copied().unwrap_or(0);
        for stored in self.passwords.iter().skip(1) {
            problems.push(Problem::new(stored.location(), ProblemCode::PasswordsDiffer).in_source(stored.source));
        }
        let location = if self.title.is_empty() { self.site.to_string() } else { self.title.clone() };
        if self.user_name.is_empty() {
            problems.push(Problem::new(location.as_str(), ProblemCode::NoUserName).in_source(source));
        }
        if self.passwords.is_empty() {
            problems.push(Problem::new(location.as_str(), ProblemCode::NoPassword).in_source(source));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(url: &str, user: &str, password: &str, modified_at: Option<i64>) -> Entry {
        Entry {
            title: format!("{user} {password}").into(),
            urls: vec![url.into()].into(),
            user_name: user.into(),
            password: (!password.is_empty()).then(|| password.into()),
            modified_at: modified_at.into(),
            ..Entry::default()
        }
    }

    fn group(entries: &[Entry]) -> Grouped {
        accounts(vec![entries.to_vec()], &|_| None)
    }

    fn check(entries: &[Entry], expect: &[(&str, &str, &str)], codes: &[ProblemCode]) {
        let Grouped { accounts, problems, .. } = group(entries);
        let got: Vec<_> = accounts
            .iter()
            .map(|a| (a.site.as_str(), a.user_name.as_str(), a.password().map_or("", |p| p.expose_secret())))
            .collect();
        assert_eq!(got, expect);
        assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), codes);
    }

    #[test]
    fn entries_are_grouped_by_site_and_user_name() {
        check(
            &[
                entry("https://login.example.com/a", "ann", "p1", None),
                entry("https://example.org", "ann", "p2", None),
                entry("www.example.com", " ann ", "p1", None),
                entry("https://example.com", "bob", "p3", None),
            ],
            &[("example.com", "ann", "p1"), ("example.org", "ann", "p2"), ("example.com", "bob", "p3")],
            &[],
        );
    }

    #[test]
    fn the_newest_of_two_passwords_wins_and_is_told() {
        let newer = entry("https://example.com", "ann", "new", Some(200));
        let older = entry("https://example.com", "ann", "old", Some(100));
        let expect = [("example.com", "ann", "new")];
        check(&[newer.clone(), older.clone()], &expect, &[ProblemCode::PasswordsDiffer]);
        check(&[older.clone(), newer.clone()], &expect, &[ProblemCode::PasswordsDiffer]);
        let timeless = entry("https://example.com", "ann", "later", None);
        check(&[newer, timeless], &expect, &[ProblemCode::PasswordsDiffer]);
        let first = entry("https://example.com", "ann", "first", None);
        let second = entry("https://example.com", "ann", "second", None);
        check(&[first, second], &[("example.com", "ann", "second")], &[ProblemCode::PasswordsDiffer]);
    }

    #[test]
    fn one_account_in_two_vaults_has_two_sources_and_the_person_settles_a_doubt() {
        let one = entry("https://example.com", "ann", "one", Some(100));
        let other = entry("https://www.example.com", "ann", "other", Some(200));
        let Grouped { mut accounts, problems, .. } = accounts(vec![vec![one.clone()], vec![other, one]], &|_| None);
        let [account] = accounts.as_mut_slice() else { panic!("{accounts:?}") };
        assert_eq!((account.sources.as_slice(), account.passwords.len()), ([0, 1].as_slice(), 2));
        assert_eq!(
            problems.iter().map(|p| (p.source, p.code)).collect::<Vec<_>>(),
            [(0, ProblemCode::PasswordsDiffer)]
        );
        assert!(account.is_password_doubtful());
        let used = |account: &Account| account.password().map(|p| p.expose_secret().to_owned());
        assert_eq!(used(account).as_deref(), Some("other"));
        account.prefer(1);
        assert_eq!(used(account).as_deref(), Some("one"));
        account.prefer(7);
        assert_eq!(used(account).as_deref(), Some("one"));
    }

    #[test]
    fn what_is_missing_is_told() {
        check(&[entry("", "ann", "p", None)], &[], &[ProblemCode::NoUrl]);
        check(&[entry("n/a", "ann", "p", None)], &[], &[ProblemCode::NoUrl]);
        check(
            &[entry("https://example.com", "", "", None)],
            &[("example.com", "", "")],
            &[ProblemCode::NoUserName, ProblemCode::NoPassword],
        );
    }

    #[test]
    fn an_entry_without_an_address_goes_where_its_passkey_or_the_person_says() {
        let mut with_passkey = entry("", "ann", "p", None);
        with_passkey.add_passkey(Passkey { rp_id: "login.example.com".into(), user_name: "ann".into() });
        check(&[with_passkey], &[("example.com", "ann", "p")], &[]);
        let place = |entry: &Entry| (*entry.user_name == *"bob").then(|| Url::parse("https://example.org").ok())?;
        let Grouped { accounts, unplaced, .. } =
            accounts(vec![vec![entry("", "bob", "p", None), entry("", "ann", "p", None)]], &place);
        assert_eq!(accounts.iter().map(|a| a.site.as_str()).collect::<Vec<_>>(), ["example.org"]);
        assert_eq!(unplaced.iter().map(|(_, e)| &*e.user_name).collect::<Vec<_>>(), ["ann"]);
    }

    #[test]
    fn debug_output_has_no_secret() {
        let mut entry = Entry { title: "t".into(), ..entry("https://example.com", "ann", "hush", None) };
        entry.add_extra("answer", "hush");
        let grouped = group(std::slice::from_ref(&entry));
        assert!(!format!("{grouped:?}{entry:?}").contains("hush"));
    }
}
