//! What vaults hold goes into the ledger: which accounts, never their secrets.

use std::collections::{HashMap, HashSet};

use rekey_journey::{AccountId, Event};
use rekey_ledger::{AccountFilter, AccountView, Held, unix_now};
use rekey_vault::{Account, LeftOut, Problem, StoredPassword};
use serde::Serialize;

use crate::text::Texts;
use crate::{AppError, Placement, Placements, Session, SourceFile, Vaults, time_for_scripts};

/// What an import did, as scripts read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportSummary {
    /// The vault's format by name; none where several files were brought in.
    pub format: Option<&'static str>,
    /// The files.
    pub files: Vec<ImportedFile>,
    /// Entries in the vaults.
    pub entries: usize,
    /// Accounts made of them.
    pub accounts: usize,
    /// Of these, accounts that the ledger did not know.
    pub new: usize,
    /// Of these, accounts of which a vault says something else than last time.
    pub changed: usize,
    /// Accounts that one of these vaults held last time and holds no more. Nothing of their state is lost.
    pub gone: Vec<AccountName>,
    /// Accounts for which a vault holds a passkey, which Rekey has not proven.
    pub with_passkey: usize,
    /// Accounts of which the vaults hold different passwords.
    pub differing: Vec<DifferingPasswords>,
    /// Entries that no site is known for: the person can say which.
    pub unplaced: Vec<UnplacedEntry>,
    /// One-time password generators that belong to no account.
    pub tokens: usize,
    /// Whether the ledger was left as it was on request.
    pub dry_run: bool,
    /// What could not be taken over as it stands.
    pub problems: Vec<ImportProblem>,
}

/// A file that was brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportedFile {
    /// The file.
    pub file: String,
    /// Its format by name.
    pub format: &'static str,
    /// Its entries.
    pub entries: usize,
    /// Its one-time password generators without an entry.
    pub tokens: usize,
    /// What was left out on purpose: entries in the recycle bin or trash.
    pub recycled: usize,
    /// What was left out on purpose: templates.
    pub templates: usize,
    /// What was left out on purpose: items that are no sign-ins.
    pub not_logins: usize,
    /// Whether anybody who gets hold of the file can read the passwords in it.
    pub plain_text: bool,
}

/// An account by the names that it is known by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountName {
    /// The site.
    pub site: String,
    /// The user name, possibly empty.
    pub user: String,
}

/// An account of which the vaults hold different passwords, and where each stands; never the passwords themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferingPasswords {
    /// The account.
    #[serde(flatten)]
    pub account: AccountName,
    /// Where the password stands that is used.
    pub used: PasswordPlace,
    /// Where the others stand.
    pub others: Vec<PasswordPlace>,
}

/// Where a password stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PasswordPlace {
    /// The file.
    pub file: String,
    /// The group and title of the entry.
    pub entry: String,
    /// When the entry was modified (RFC 3339), where the file says so.
    pub modified: Option<String>,
}

/// An entry that no site is known for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnplacedEntry {
    /// The file.
    pub file: String,
    /// The title.
    pub title: String,
    /// The user name, possibly empty.
    pub user: String,
}

/// Something in the vault that was not taken over as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportProblem {
    /// The entry, or the place in the file.
    #[serde(rename = "where")]
    pub location: String,
    /// The file.
    pub file: String,
    /// The stable code.
    pub code: &'static str,
    /// What it means, in the person's language.
    pub message: String,
}

impl Session {
    /// The answers to *which site?* that the person gave before.
    ///
    /// # Errors
    /// Only where the ledger fails.
    pub fn placements(&self) -> Result<Placements, AppError> {
        let answers = self.ledger.placements()?;
        Ok(answers
            .into_iter()
            .filter_map(|event| match event {
                Event::EntryPlaced { title, user_name, site } => Some(Placement { title, user_name, site }),
                _ => None,
            })
            .collect())
    }

    /// Writes down which accounts the vaults hold, and what the person said of them; a fact that is known already is not
    /// written again. No secret is written. With `dry_run` only looks.
    ///
    /// # Errors
    /// Only where the ledger fails; then nothing is written.
    pub fn import(&mut self, vaults: &Vaults, dry_run: bool, texts: &Texts) -> Result<ImportSummary, AppError> {
        let known: HashMap<AccountId, AccountView> =
            self.ledger.accounts(&AccountFilter::default())?.into_iter().map(|view| (view.id, view)).collect();
        let mut facts: Vec<(AccountId, Vec<Event>)> = self.placed(vaults)?;
        let (mut new, mut changed) = (HashSet::new(), HashSet::new());
        let mut held_now: HashMap<&str, HashSet<AccountId>> = HashMap::new();
        for source in vaults.held() {
            held_now.entry(source.label.as_str()).or_default();
            for (account, held) in &source.accounts {
                let id = self.ledger.account_id(&account.site, &account.user);
                held_now.entry(source.label.as_str()).or_default().insert(id);
                match Difference::of(known.get(&id), held) {
                    Difference::None => continue,
                    Difference::New => new.insert(id),
                    Difference::Changed => changed.insert(id),
                    Difference::Unnoticed => false,
                };
                facts.push((id, vec![imported(account, held)]));
            }
        }
        let mut gone: Vec<AccountName> = Vec::new();
        let incomplete: HashSet<String> =
            vaults.sources.iter().filter(|source| !source.is_complete).map(SourceFile::label).collect();
        for (label, now) in &held_now {
            // What could not be read may stand in it all the same.
            if incomplete.contains(*label) {
                continue;
            }
            let before = known.values().filter(|view| view.held.iter().any(|h| h.source == *label && !h.is_gone));
            let before: Vec<&AccountView> = before.collect();
            // A vault that has nothing in common with what went by its name is another one of that name.
            if !before.iter().any(|view| now.contains(&view.id)) {
                continue;
            }
            for view in before.into_iter().filter(|view| !now.contains(&view.id)) {
                gone.push(AccountName { site: view.site.to_string(), user: view.user_name.clone() });
                facts.push((view.id, vec![Event::AccountGone { source: (*label).to_owned() }]));
            }
        }
        gone.sort_by(|a, b| (&a.site, &a.user).cmp(&(&b.site, &b.user)));
        gone.dedup();
        if !dry_run && !facts.is_empty() {
            self.ledger.append_all(&facts, unix_now())?;
        }
        Ok(summary(vaults, texts, Written { new: new.len(), changed: changed.len(), gone, dry_run }))
    }

    /// The person's answers that the ledger does not know yet, each with its account.
    fn placed(&self, vaults: &Vaults) -> Result<Vec<(AccountId, Vec<Event>)>, AppError> {
        let known = self.placements()?;
        let new = vaults.placements.iter().filter(|answer| !known.iter().any(|known| known == *answer));
        Ok(new
            .map(|Placement { title, user_name, site }| {
                let id = self.ledger.account_id(site, user_name);
                let (title, user_name) = (title.clone(), user_name.clone());
                (id, vec![Event::EntryPlaced { title, user_name, site: site.clone() }])
            })
            .collect())
    }
}

/// How what a vault holds of an account differs from what the ledger knows.
enum Difference {
    None,
    /// Only the ledger is better off for knowing it.
    Unnoticed,
    Changed,
    New,
}

impl Difference {
    fn of(view: Option<&AccountView>, held: &Held) -> Self {
        let Some(view) = view else { return Self::New };
        if view.held.contains(held) {
            return Self::None;
        }
        let is_old = |known: &&Held| known.source.is_empty() && known.format == held.format;
        let same_source = |known: &&Held| known.source == held.source;
        let Some(known) = view.held.iter().find(same_source).or_else(|| view.held.iter().find(is_old)) else {
            // The account is known from another vault: new is only what that one does not have.
            let adds = held.has_password && !view.has_password
                || held.has_totp && !view.has_totp
                || held.has_passkey && !view.has_passkey;
            return if adds { Self::Changed } else { Self::Unnoticed };
        };
        let is_same = known.title == held.title
            && known.has_password == held.has_password
            && known.has_totp == held.has_totp
            && (known.source.is_empty() || known.has_passkey == held.has_passkey)
            && !known.is_gone;
        if is_same { Self::Unnoticed } else { Self::Changed }
    }
}

fn imported(account: &crate::vaults::Name, held: &Held) -> Event {
    Event::AccountImported {
        site: account.site.clone(),
        user_name: account.user.clone(),
        title: held.title.clone(),
        format: held.format.clone(),
        has_password: held.has_password,
        has_totp: held.has_totp,
        source: held.source.clone(),
        has_passkey: held.has_passkey,
        is_archived: held.is_archived,
        expires_at: held.expires_at,
    }
}

/// What was or would be written.
struct Written {
    new: usize,
    changed: usize,
    gone: Vec<AccountName>,
    dry_run: bool,
}

fn summary(vaults: &Vaults, texts: &Texts, written: Written) -> ImportSummary {
    let file = |source: usize| vaults.sources.get(source).map(|file| file.path.display().to_string());
    let file = |source| file(source).unwrap_or_default();
    let place = |stored: &StoredPassword| PasswordPlace {
        file: file(stored.source),
        entry: stored.location(),
        modified: stored.modified_at.and_then(|at| u64::try_from(at).ok()).map(|at| time_for_scripts(at * 1000)),
    };
    let differing = |account: &Account| {
        let (used, others) = account.passwords.split_first()?;
        let account = AccountName { site: account.site.to_string(), user: account.user_name.clone() };
        let others: Vec<PasswordPlace> = others.iter().map(place).collect();
        (!others.is_empty()).then(|| DifferingPasswords { account, used: place(used), others })
    };
    let problem = |problem: &Problem| {
        let code = problem.code.name();
        let (location, file) = (problem.location.clone(), file(problem.source));
        ImportProblem { location, file, code, message: texts.of_code("problem", code) }
    };
    ImportSummary {
        format: match vaults.sources.as_slice() {
            [one] => Some(one.format.name()),
            _ => None,
        },
        files: vaults
            .sources
            .iter()
            .map(|source| {
                let LeftOut { recycled, templates, not_logins } = source.left_out;
                ImportedFile {
                    file: source.path.display().to_string(),
                    format: source.format.name(),
                    entries: source.entries,
                    tokens: source.tokens,
                    recycled,
                    templates,
                    not_logins,
                    plain_text: source.is_plain_text,
                }
            })
            .collect(),
        entries: vaults.sources.iter().map(|source| source.entries).sum(),
        accounts: vaults.accounts.len(),
        new: written.new,
        changed: written.changed,
        gone: written.gone,
        with_passkey: vaults.accounts.iter().filter(|account| !account.passkeys.is_empty()).count(),
        differing: vaults.accounts.iter().filter_map(differing).collect(),
        unplaced: vaults
            .unplaced
            .iter()
            .map(|(source, entry)| UnplacedEntry {
                file: file(*source),
                title: entry.title.to_string(),
                user: entry.user_name.trim().to_owned(),
            })
            .collect(),
        tokens: vaults.tokens.len(),
        dry_run: written.dry_run,
        problems: vaults.problems.iter().map(problem).collect(),
    }
}
