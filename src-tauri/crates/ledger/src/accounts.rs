//! Table `accounts`: a view, one row per account, kept in step with the events and rebuildable from them.

use rekey_journey::{
    AccountId, AccountState, Choice, Credential, Event, EvidenceSource, Judgement, Progress, ProofKind, StopReason,
};
use rekey_origin::Site;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};

use crate::LedgerError;
use crate::events::{self, parse};

pub(crate) const SCHEMA: &str = "
CREATE TABLE accounts (
  id             TEXT PRIMARY KEY,
  site           TEXT,               -- none until the account is imported
  user_name      TEXT,
  title          TEXT,
  format         TEXT,
  has_password   INTEGER NOT NULL,
  has_totp       INTEGER NOT NULL,
  state          TEXT NOT NULL,
  started        INTEGER NOT NULL,
  last_code_step INTEGER,
  credential     TEXT,               -- JSON
  accepted       INTEGER NOT NULL,
  proof          TEXT,
  proof_source   TEXT,
  proven_at      INTEGER,
  stopped        TEXT,
  browser        TEXT,
  changed_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX accounts_by_site ON accounts (site, user_name);
";

/// What each vault holds of an account, in the order in which they were first brought in: JSON of [`Held`].
pub(crate) const HELD: &str = "ALTER TABLE accounts ADD COLUMN held TEXT NOT NULL DEFAULT '[]'";

/// What the plan needs of an account: JSON of [`Judgement`] and of [`Choice`].
pub(crate) const PLANNED: &str = "
ALTER TABLE accounts ADD COLUMN judged TEXT;
ALTER TABLE accounts ADD COLUMN choice TEXT;
";

/// Where else the passkey can be used: JSON of a list of codes.
pub(crate) const COPIED: &str = "ALTER TABLE accounts ADD COLUMN usable_in TEXT NOT NULL DEFAULT '[]'";

/// What the ledger knows of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    /// Its id.
    pub id: AccountId,
    /// Whose account it is.
    pub site: Site,
    /// The user name, possibly empty.
    pub user_name: String,
    /// The vault entry's title.
    pub title: String,
    /// The format of the vault it came from.
    pub format: String,
    /// Whether some vault held a password when it was last imported.
    pub has_password: bool,
    /// Whether some vault held a one-time-code secret when it was last imported.
    pub has_totp: bool,
    /// Whether some vault held a passkey when it was last imported: one that Rekey has not seen at work.
    pub has_passkey: bool,
    /// What each vault held of it.
    pub held: Vec<Held>,
    /// How far it is.
    pub state: AccountState,
    /// The last time step whose code may have been given to the site.
    pub last_code_step: Option<u64>,
    /// The passkey.
    pub credential: Option<Credential>,
    /// What that passkey was written for besides, by code: it can be used there too, if it was brought in there.
    pub usable_in: Vec<String>,
    /// What the newest proof of that passkey showed.
    pub proof: Option<ProofKind>,
    /// Who says so.
    pub proof_source: Option<EvidenceSource>,
    /// When, in milliseconds since 1970.
    pub proven_at: Option<u64>,
    /// Why the newest journey stopped.
    pub stopped: Option<StopReason>,
    /// What showed the site last.
    pub browser: Option<String>,
    /// What an open vault last showed of the password, in buckets.
    pub judged: Option<Judgement>,
    /// What the person wants of it, other than what the plan would do.
    pub choice: Option<Choice>,
    /// When the newest fact was appended, in milliseconds since 1970.
    pub changed_at: u64,
}

/// What one vault held of an account when it was last imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The vault, by its label; empty where an old ledger does not say.
    pub source: String,
    /// The vault's format.
    pub format: String,
    /// The entry's title.
    pub title: String,
    /// Whether it holds a password.
    pub has_password: bool,
    /// Whether it holds a one-time-code secret.
    pub has_totp: bool,
    /// Whether it holds a passkey.
    pub has_passkey: bool,
    /// Whether the person put it into the vault's archive.
    pub is_archived: bool,
    /// When the entry expires, in seconds since 1970.
    pub expires_at: Option<i64>,
    /// Whether the vault holds it no more.
    pub is_gone: bool,
}

/// Which accounts to list; an empty filter lists all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// Only in this state.
    pub state: Option<AccountState>,
    /// Only at this site.
    pub site: Option<Site>,
}

/// A row as stored: also for an account whose import only a newer Rekey can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    id: AccountId,
    imported: Option<Imported>,
    progress: Progress,
    usable_in: Vec<String>,
    proof_source: Option<EvidenceSource>,
    proven_at: Option<u64>,
    browser: Option<String>,
    judged: Option<Judgement>,
    choice: Option<Choice>,
    changed_at: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Imported {
    site: Site,
    user_name: String,
    held: Vec<Held>,
}

impl Imported {
    /// Takes in what a vault holds now.
    fn hold(&mut self, held: Held) {
        // What an old ledger knows of a vault without its label is taken to be of the first vault of that format.
        let is_it =
            |known: &&mut Held| known.source == held.source || known.source.is_empty() && known.format == held.format;
        match self.held.iter_mut().find(is_it) {
            Some(known) => *known = held,
            None => self.held.push(held),
        }
    }

    /// What the vaults hold now; where none holds it any more, what they held.
    fn now(&self) -> impl Iterator<Item = &Held> {
        let all_gone = self.held.iter().all(|held| held.is_gone);
        self.held.iter().filter(move |held| all_gone || !held.is_gone)
    }

    fn has(&self, what: impl Fn(&Held) -> bool) -> bool {
        self.now().any(what)
    }

    fn title(&self) -> &str {
        self.now().map(|held| held.title.as_str()).find(|title| !title.is_empty()).unwrap_or_default()
    }

    fn format(&self) -> &str {
        self.now().next().map(|held| held.format.as_str()).unwrap_or_default()
    }
}

impl Stored {
    fn new(id: AccountId) -> Self {
        Self {
            id,
            imported: None,
            progress: Progress::default(),
            usable_in: Vec::new(),
            proof_source: None,
            proven_at: None,
            browser: None,
            judged: None,
            choice: None,
            changed_at: 0,
        }
    }

    pub(crate) fn apply(&mut self, event: &Event, time: u64) {
        self.changed_at = time;
        self.progress.apply(event);
        match event {
            Event::AccountImported {
                site,
                user_name,
                title,
                format,
                has_password,
                has_totp,
                source,
                has_passkey,
                is_archived,
                expires_at,
            } => {
                let new = || Imported { site: site.clone(), user_name: user_name.clone(), held: Vec::new() };
                self.imported.get_or_insert_with(new).hold(Held {
                    source: source.clone(),
                    format: format.clone(),
                    title: title.clone(),
                    has_password: *has_password,
                    has_totp: *has_totp,
                    has_passkey: *has_passkey,
                    is_archived: *is_archived,
                    expires_at: *expires_at,
                    is_gone: false,
                });
            }
            Event::AccountGone { source } => {
                let held = self.imported.iter_mut().flat_map(|imported| &mut imported.held);
                held.filter(|held| held.source == *source).for_each(|held| held.is_gone = true);
            }
            Event::AccountJudged { judged } => self.judged = Some(*judged),
            Event::PlanChosen { choice } => self.choice = *choice,
            Event::PasskeyCreated { .. } => self.usable_in.clear(),
            Event::PasskeyCopied { credential, to }
                if self.progress.credential.as_ref().is_some_and(|c| c.id == *credential)
                    && !self.usable_in.contains(to) =>
            {
                self.usable_in.push(to.clone());
            }
            Event::JourneyStarted { browser, .. } => self.browser = Some(browser.clone()),
            Event::Proven { credential, source, .. }
                if self.progress.credential.as_ref().is_some_and(|c| c.id == *credential) =>
            {
                self.proven_at = Some(time);
                self.proof_source = Some(*source);
            }
            _ => {}
        }
        if self.progress.proof.is_none() {
            self.proven_at = None;
            self.proof_source = None;
        }
    }

    fn view(self) -> Option<AccountView> {
        let imported = self.imported?;
        Some(AccountView {
            id: self.id,
            title: imported.title().to_owned(),
            format: imported.format().to_owned(),
            has_password: imported.has(|held| held.has_password),
            has_totp: imported.has(|held| held.has_totp),
            has_passkey: imported.has(|held| held.has_passkey),
            site: imported.site,
            user_name: imported.user_name,
            held: imported.held,
            state: self.progress.state(),
            last_code_step: self.progress.last_code_step,
            credential: self.progress.credential,
            usable_in: self.usable_in,
            proof: self.progress.proof,
            proof_source: self.proof_source,
            proven_at: self.proven_at,
            stopped: self.progress.stopped,
            browser: self.browser,
            judged: self.judged,
            choice: self.choice,
            changed_at: self.changed_at,
        })
    }
}

const COLUMNS: &str = "id, site, user_name, title, format, has_password, has_totp, started, last_code_step, \
                       credential, accepted, proof, proof_source, proven_at, stopped, browser, changed_at, held, \
                       judged, choice, usable_in";

pub(crate) fn load(transaction: &Transaction<'_>, id: AccountId) -> Result<Stored, LedgerError> {
    Ok(select(transaction, id)?.unwrap_or_else(|| Stored::new(id)))
}

pub(crate) fn get(connection: &Connection, id: AccountId) -> Result<Option<AccountView>, LedgerError> {
    Ok(select(connection, id)?.and_then(Stored::view))
}

fn select(connection: &Connection, id: AccountId) -> Result<Option<Stored>, LedgerError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM accounts WHERE id = ?1"))?;
    Ok(statement.query_row([id.to_string()], read).optional()?)
}

pub(crate) fn list(connection: &Connection, filter: &AccountFilter) -> Result<Vec<AccountView>, LedgerError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM accounts
         WHERE site IS NOT NULL AND (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR site = ?2)
         ORDER BY site, user_name"
    ))?;
    let rows = statement
        .query_map(params![filter.state.map(AccountState::code), filter.site.as_ref().map(Site::as_str)], read)?;
    let mut views = Vec::new();
    for row in rows {
        views.extend(row?.view());
    }
    Ok(views)
}

pub(crate) fn save(transaction: &Transaction<'_>, row: &Stored) -> Result<(), LedgerError> {
    let imported = row.imported.as_ref();
    let progress = &row.progress;
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO accounts (id, site, user_name, title, format, has_password, has_totp, started,
               last_code_step, credential, accepted, proof, proof_source, proven_at, stopped, browser, changed_at, state,
               held, judged, choice, usable_in)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
               ?21, ?22)",
        )?
        .execute(params![
            row.id.to_string(),
            imported.map(|i| i.site.as_str()),
            imported.map(|i| &i.user_name),
            imported.map(Imported::title),
            imported.map(Imported::format),
            imported.is_some_and(|i| i.has(|held| held.has_password)),
            imported.is_some_and(|i| i.has(|held| held.has_totp)),
            progress.started,
            progress.last_code_step.map(integer),
            progress.credential.as_ref().map(json).transpose()?,
            progress.accepted,
            progress.proof.as_ref().map(json).transpose()?,
            row.proof_source.as_ref().map(json).transpose()?,
            row.proven_at.map(integer),
            progress.stopped.as_ref().map(json).transpose()?,
            row.browser,
            integer(row.changed_at),
            progress.state().code(),
            json(&imported.map(|i| i.held.as_slice()).unwrap_or_default())?,
            row.judged.as_ref().map(json).transpose()?,
            row.choice.as_ref().map(json).transpose()?,
            json(&row.usable_in)?,
        ])?;
    Ok(())
}

pub(crate) fn rebuild(transaction: &Transaction<'_>) -> Result<(), LedgerError> {
    transaction.execute("DELETE FROM accounts", [])?;
    // The events come account by account, so one row at a time is enough.
    let mut current: Option<Stored> = None;
    events::for_each(transaction, |record| {
        let (Some(id), Some(event)) = (record.account, record.event) else { return Ok(()) };
        if current.as_ref().is_some_and(|row| row.id != id)
            && let Some(done) = current.take()
        {
            save(transaction, &done)?;
        }
        current.get_or_insert_with(|| Stored::new(id)).apply(&event, record.time);
        Ok(())
    })?;
    current.map_or(Ok(()), |last| save(transaction, &last))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let imported = match row.get::<_, Option<String>>(1)? {
        None => None,
        Some(_) => Some(Imported {
            site: parse(row, 1, stored_site)?,
            user_name: row.get(2)?,
            held: from_json(row, 17)?.unwrap_or_default(),
        }),
    };
    Ok(Stored {
        id: parse(row, 0, AccountId::parse)?,
        imported,
        progress: Progress {
            started: row.get(7)?,
            last_code_step: unsigned(row, 8)?,
            credential: from_json(row, 9)?,
            accepted: row.get(10)?,
            proof: from_json(row, 11)?,
            stopped: from_json(row, 14)?,
        },
        proof_source: from_json(row, 12)?,
        proven_at: unsigned(row, 13)?,
        browser: row.get(15)?,
        judged: from_json(row, 18)?,
        choice: from_json(row, 19)?,
        usable_in: from_json(row, 20)?.unwrap_or_default(),
        changed_at: unsigned(row, 16)?.unwrap_or(0),
    })
}

/// Not [`Site::parse`], which reads what a person wrote: a site that was stored is taken as it stands.
fn stored_site(text: &str) -> Option<Site> {
    Site::deserialize(IntoDeserializer::<serde::de::value::Error>::into_deserializer(text)).ok()
}

/// Every value written is below 2^63: milliseconds of this age and 30-second steps of it.
fn integer(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<u64>> {
    Ok(row.get::<_, Option<i64>>(column)?.and_then(|n| u64::try_from(n).ok()))
}

fn json<T: Serialize>(value: &T) -> Result<String, LedgerError> {
    serde_json::to_string(value).map_err(LedgerError::Encode)
}

fn from_json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    let Some(text) = row.get::<_, Option<String>>(column)? else { return Ok(None) };
    serde_json::from_str(&text)
        .map(Some)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(e)))
}
