//! What open vaults come to, as it is shown: made once for each change, without a secret in it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use rekey_journey::AccountId;
use rekey_ledger::{AccountFilter, AccountView, unix_now};
use rekey_vault::{Account, Entry, LeftOut, Token};
use secrecy::ExposeSecret as _;

use crate::{AccountName, AppError, ImportSummary, Session, Vaults};

/// How many accounts a one-time code is offered to.
const MOST_CANDIDATES: usize = 5;
/// How many places of one kind of problem are listed.
const MOST_PLACES: usize = 2000;

#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) sources: Vec<Source>,
    pub(super) new: usize,
    pub(super) changed: usize,
    pub(super) gone: Vec<AccountName>,
    /// What the vaults say of each account.
    pub(super) accounts: HashMap<AccountId, Noted>,
    /// By code, the most frequent first: how many there are, and where.
    pub(super) problems: Vec<(&'static str, usize, Vec<Place>)>,
    pub(super) sites: Vec<SiteAsk>,
    pub(super) passwords: Vec<PasswordAsk>,
    pub(super) codes: Vec<CodeAsk>,
}

#[derive(Debug)]
pub(super) struct Source {
    pub(super) id: String,
    pub(super) path: PathBuf,
    pub(super) format: rekey_vault::Format,
    pub(super) entries: usize,
    pub(super) accounts: usize,
    pub(super) tokens: usize,
    pub(super) left_out: LeftOut,
}

/// Where something stands: the entry or place, and the source's number.
pub(super) type Place = (String, usize);

#[derive(Debug)]
pub(super) struct Noted {
    /// Its number among the vaults' accounts.
    pub(super) number: usize,
    pub(super) has_passkey: bool,
    pub(super) is_archived: bool,
    pub(super) is_expired: bool,
    /// The numbers of its sources.
    pub(super) sources: Vec<usize>,
    /// The names of its custom fields; an empty one is the notes'.
    pub(super) fields: Vec<String>,
}

#[derive(Debug)]
pub(super) struct SiteAsk {
    pub(super) id: String,
    pub(super) entry: String,
    pub(super) user: String,
    pub(super) source: usize,
    pub(super) suggestion: Option<String>,
}

#[derive(Debug)]
pub(super) struct PasswordAsk {
    pub(super) id: String,
    pub(super) site: String,
    pub(super) user: String,
    /// The one in use first.
    pub(super) options: Vec<PasswordAt>,
}

#[derive(Debug)]
pub(super) struct PasswordAt {
    pub(super) id: String,
    pub(super) entry: String,
    pub(super) source: usize,
    pub(super) modified_at: Option<i64>,
}

#[derive(Debug)]
pub(super) struct CodeAsk {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) source: usize,
    pub(super) candidates: Vec<(AccountId, String, String)>,
}

impl Sheet {
    /// The ids of the vaults' accounts, in their order.
    pub(super) fn ids(&self) -> Vec<AccountId> {
        let mut ids: Vec<_> = self.accounts.iter().map(|(id, noted)| (noted.number, *id)).collect();
        ids.sort_unstable_by_key(|(number, _)| *number);
        ids.into_iter().map(|(_, id)| id).collect()
    }

    /// What the vaults come to now. What an import before this one found to be new stays new for the sitting.
    pub(super) fn of(vaults: &Vaults, session: &Session, before: Option<&Self>, import: &ImportSummary) -> Self {
        let now = i64::try_from(unix_now() / 1000).unwrap_or(i64::MAX);
        let ids: Vec<AccountId> = vaults.accounts.iter().map(|account| id_of(session, account)).collect();
        let held: HashSet<(String, &str)> =
            vaults.accounts.iter().map(|account| (account.site.to_string(), account.user_name.as_str())).collect();
        let mut gone: Vec<AccountName> = before.map(|sheet| sheet.gone.clone()).unwrap_or_default();
        gone.extend(import.gone.iter().cloned());
        gone.retain(|name| !held.contains(&(name.site.clone(), name.user.as_str())));
        gone.sort_by(|a, b| (&a.site, &a.user).cmp(&(&b.site, &b.user)));
        gone.dedup();
        let mut accounts = HashMap::with_capacity(ids.len());
        let mut in_source = vec![0; vaults.sources.len()];
        for (number, (id, account)) in ids.iter().zip(&vaults.accounts).enumerate() {
            for source in &account.sources {
                if let Some(count) = in_source.get_mut(*source) {
                    *count += 1;
                }
            }
            accounts.insert(*id, noted(number, account, now));
        }
        let sources = vaults.sources.iter().zip(in_source).map(|(file, accounts)| Source {
            id: source_id(&file.path),
            path: file.path.clone(),
            format: file.format,
            entries: file.entries,
            accounts,
            tokens: file.tokens,
            left_out: file.left_out,
        });
        let (codes, homeless) = codes(vaults, &ids);
        Self {
            sources: sources.collect(),
            new: before.map_or(0, |sheet| sheet.new) + import.new,
            changed: before.map_or(0, |sheet| sheet.changed) + import.changed,
            gone,
            accounts,
            problems: problems(vaults, homeless),
            sites: sites(vaults),
            passwords: passwords(vaults, &ids),
            codes,
        }
    }
}

/// The vaults' accounts as the ledger knows them.
pub(super) fn rows(session: &Session, vaults: &Vaults) -> Result<Vec<AccountView>, AppError> {
    let known = session.accounts(&AccountFilter::default())?;
    let mut known: HashMap<AccountId, AccountView> = known.into_iter().map(|view| (view.id, view)).collect();
    Ok(vaults.accounts.iter().filter_map(|account| known.remove(&id_of(session, account))).collect())
}

fn id_of(session: &Session, account: &Account) -> AccountId {
    session.ledger.account_id(&account.site, &account.user_name)
}

/// What tells a file from others in answers.
pub(super) fn source_id(path: &std::path::Path) -> String {
    key([path.to_string_lossy().as_ref()])
}

/// What tells an entry that has no site from others in answers. Those of one title and user name get one answer.
pub(super) fn entry_key(entry: &Entry) -> String {
    key(["entry", &entry.title, entry.user_name.trim()])
}

/// What tells each one-time code generator from the others in answers.
pub(super) fn token_keys(vaults: &Vaults) -> Vec<String> {
    let mut twins: HashMap<(usize, &str, &str), usize> = HashMap::new();
    let keys = vaults.tokens.iter().map(|(source, token)| {
        let twin = twins.entry((*source, &token.issuer, &token.name)).or_default();
        *twin += 1;
        key(["code", &path_of(*source, vaults), &token.issuer, &token.name, &twin.to_string()])
    });
    keys.collect()
}

/// What tells each password of an account from its others in answers, whichever is in use.
pub(super) fn password_keys(account: &Account, vaults: &Vaults) -> Vec<String> {
    let places: Vec<_> = account.passwords.iter().map(|at| (at.source, at.location(), at.modified_at)).collect();
    let mut order: Vec<_> =
        account.passwords.iter().map(|at| at.password.expose_secret()).zip(&places).enumerate().collect();
    // Those that look alike are told apart by an order that does not hang on which one is in use.
    order.sort_unstable_by_key(|(_, (password, place))| (*place, *password));
    let mut keys = vec![String::new(); places.len()];
    let mut before = None;
    let mut twin = 0;
    for (number, (_, place)) in order {
        twin = if before == Some(place) { twin + 1 } else { 0 };
        before = Some(place);
        let (source, location, modified) = place;
        let modified = modified.unwrap_or_default().to_string();
        if let Some(made) = keys.get_mut(number) {
            *made = key([path_of(*source, vaults).as_ref(), location, &modified, &twin.to_string()]);
        }
    }
    keys
}

fn path_of(source: usize, vaults: &Vaults) -> std::borrow::Cow<'_, str> {
    vaults.sources.get(source).map(|file| file.path.to_string_lossy()).unwrap_or_default()
}

/// A short name for a few texts, the same whenever it is made (FNV-1a, 64 bits). Against chance, not against malice.
pub(super) fn key<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for text in texts {
        for byte in text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("k{hash:016x}")
}

fn noted(number: usize, account: &Account, now: i64) -> Noted {
    Noted {
        number,
        has_passkey: !account.passkeys.is_empty(),
        is_archived: account.is_archived,
        is_expired: account.expires_at.is_some_and(|at| at <= now),
        sources: account.sources.clone(),
        fields: account.extras.iter().map(|extra| extra.label.to_string()).collect(),
    }
}

fn problems(vaults: &Vaults, homeless: Vec<Place>) -> Vec<(&'static str, usize, Vec<Place>)> {
    let mut groups: BTreeMap<&'static str, (usize, Vec<Place>)> = BTreeMap::new();
    let places =
        vaults.problems.iter().map(|problem| (problem.code.name(), (problem.location.clone(), problem.source)));
    for (code, place) in places.chain(homeless.into_iter().map(|place| ("code_unplaced", place))) {
        let (count, places) = groups.entry(code).or_default();
        *count += 1;
        if places.len() < MOST_PLACES {
            places.push(place);
        }
    }
    let mut groups: Vec<_> = groups.into_iter().map(|(code, (count, places))| (code, count, places)).collect();
    groups.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
    groups
}

fn sites(vaults: &Vaults) -> Vec<SiteAsk> {
    let mut asked = HashSet::new();
    let mut by_title: HashMap<String, &Account> = HashMap::new();
    for account in &vaults.accounts {
        by_title.entry(account.title.to_lowercase()).or_insert(account);
    }
    let unplaced = vaults.unplaced.iter().filter(|(_, entry)| asked.insert(entry_key(entry)));
    unplaced
        .map(|(source, entry)| SiteAsk {
            id: entry_key(entry),
            entry: entry.location(),
            user: entry.user_name.trim().to_owned(),
            source: *source,
            suggestion: domain_in(&entry.title)
                .or_else(|| by_title.get(&entry.title.to_lowercase()).map(|account| account.site.to_string())),
        })
        .collect()
}

/// A title that is a domain itself.
fn domain_in(title: &str) -> Option<String> {
    let title = title.trim().to_lowercase();
    let like_one = title.contains('.')
        && !title.starts_with('.')
        && !title.ends_with('.')
        && title.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-');
    like_one.then(|| rekey_origin::Site::parse(&title)).flatten().map(|site| site.to_string())
}

fn passwords(vaults: &Vaults, ids: &[AccountId]) -> Vec<PasswordAsk> {
    let doubtful = ids.iter().zip(&vaults.accounts).filter(|(_, account)| account.is_password_doubtful());
    doubtful
        .map(|(id, account)| PasswordAsk {
            id: id.to_string(),
            site: account.site.to_string(),
            user: account.user_name.clone(),
            options: account
                .passwords
                .iter()
                .zip(password_keys(account, vaults))
                .map(|(stored, id)| PasswordAt {
                    id,
                    entry: stored.location(),
                    source: stored.source,
                    modified_at: stored.modified_at,
                })
                .collect(),
        })
        .collect()
}

/// The codes that may belong to an account, and the places of those that fit none.
fn codes(vaults: &Vaults, ids: &[AccountId]) -> (Vec<CodeAsk>, Vec<Place>) {
    let candidate = |number: &usize| {
        let account = vaults.accounts.get(*number)?;
        Some((*ids.get(*number)?, account.site.to_string(), account.user_name.clone()))
    };
    let (mut asks, mut homeless) = (Vec::new(), Vec::new());
    for (((source, token), id), candidates) in vaults.tokens.iter().zip(token_keys(vaults)).zip(&vaults.candidates) {
        if candidates.is_empty() {
            homeless.push((name_of(token), *source));
            continue;
        }
        asks.push(CodeAsk {
            id,
            name: name_of(token),
            source: *source,
            candidates: candidates.iter().take(MOST_CANDIDATES).filter_map(candidate).collect(),
        });
    }
    (asks, homeless)
}

/// A generator as its app names it.
fn name_of(token: &Token) -> String {
    match (&*token.issuer, &*token.name) {
        ("", name) => name.to_owned(),
        (issuer, "") => issuer.to_owned(),
        (issuer, name) => format!("{issuer}: {name}"),
    }
}
