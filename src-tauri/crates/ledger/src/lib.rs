//! What happened, for good: an append-only table of facts in SQLite, and views that can be rebuilt from it at any time.
//!
//! One file per table: [`events`](EventRecord) is the truth, `accounts` is a view of it, `ledger` holds what is made
//! once (namespace, device, person). Facts only: no table has a place for a secret.

mod accounts;
mod error;
mod events;
mod find;
mod identity;
mod schema;

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub use accounts::{AccountFilter, AccountView, Held};
pub use error::LedgerError;
pub use events::EventRecord;
pub use find::Match;
use rekey_journey::{AccountId, Event, Progress};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use uuid::{ContextV7, Uuid};

use crate::identity::Identity;

/// How long one process waits for another's transaction before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// An open ledger. Several processes may hold the same one; each append is one transaction.
#[derive(Debug)]
pub struct Ledger {
    connection: Connection,
    identity: Identity,
    ids: ContextV7,
}

/// A finished append.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Commit {
    /// The place of the newest event in the ledger; grows with every append, also across processes.
    pub number: i64,
}

/// The present moment as the ledger writes it: milliseconds since 1970, UTC. A clock before 1970 reads as 0.
pub fn unix_now() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}

impl Ledger {
    /// Opens the ledger in this file, or makes a new one that only its owner may read.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] or [`LedgerError::NotALedger`] where the file holds something else,
    /// [`LedgerError::Newer`] where a newer Rekey made it, [`LedgerError::File`] where it cannot be made.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        let _opening = schema::wait_to_open(path)?;
        schema::make_private(path)?;
        Self::prepare(Connection::open(path)?)
    }

    /// A ledger that ends with this value.
    ///
    /// # Errors
    /// Only where SQLite itself fails.
    pub fn in_memory() -> Result<Self, LedgerError> {
        Self::prepare(Connection::open_in_memory()?)
    }

    fn prepare(mut connection: Connection) -> Result<Self, LedgerError> {
        schema::configure(&connection, BUSY_TIMEOUT)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        schema::migrate(&transaction)?;
        let identity = Identity::read_or_make(&transaction)?;
        transaction.commit()?;
        Ok(Self { connection, identity, ids: ContextV7::new() })
    }

    /// The namespace of this ledger's account ids (RFC 9562, section 6.5).
    pub fn namespace(&self) -> Uuid {
        self.identity.namespace
    }

    /// The device that appends.
    pub fn device(&self) -> Uuid {
        self.identity.device
    }

    /// The id of an account in this ledger.
    pub fn account_id(&self, site: &rekey_origin::Site, user_name: &str) -> AccountId {
        AccountId::new(self.identity.namespace, site, user_name)
    }

    /// Appends facts, all or none, and brings the views up to date in the same transaction. `now` is in milliseconds
    /// since 1970; see [`unix_now`].
    ///
    /// # Errors
    /// [`LedgerError::WrongAccount`] where an imported account's id does not follow from its site and user name.
    pub fn append(&mut self, account: Option<AccountId>, events: &[Event], now: u64) -> Result<Commit, LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        append(&transaction, &self.identity, &self.ids, account, events, now)?;
        let number = events::newest(&transaction)?;
        transaction.commit()?;
        Ok(Commit { number })
    }

    /// Appends facts about several accounts, all or none, in one transaction; see [`Self::append`].
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn append_all(&mut self, facts: &[(AccountId, Vec<Event>)], now: u64) -> Result<Commit, LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (account, events) in facts {
            append(&transaction, &self.identity, &self.ids, Some(*account), events, now)?;
        }
        let number = events::newest(&transaction)?;
        transaction.commit()?;
        Ok(Commit { number })
    }

    /// Makes every view anew from the events.
    ///
    /// # Errors
    /// Only where the database fails.
    pub fn rebuild(&mut self) -> Result<(), LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        accounts::rebuild(&transaction)?;
        Ok(transaction.commit()?)
    }

    /// An account's facts in the order they were appended. Facts of kinds that only a newer Rekey knows are among them,
    /// with [`EventRecord::event`] empty.
    ///
    /// # Errors
    /// Only where the database fails.
    pub fn events(&self, account: AccountId) -> Result<Vec<EventRecord>, LedgerError> {
        events::of_account(&self.connection, account)
    }

    /// The person's answers to *which site does this entry belong to?*: every [`Event::EntryPlaced`], oldest first.
    ///
    /// # Errors
    /// Only where the database fails.
    pub fn placements(&self) -> Result<Vec<Event>, LedgerError> {
        Ok(events::of_kind(&self.connection, "entry_placed")?.into_iter().map(|(_, event)| event).collect())
    }

    /// Which sites take passkeys although the directory does not say so: every [`Event::SiteTakesPasskeys`], oldest first,
    /// each after the time at which it was learnt, in milliseconds since 1970.
    ///
    /// # Errors
    /// Only where the database fails.
    pub fn sites_with_passkeys(&self) -> Result<Vec<(u64, Event)>, LedgerError> {
        events::of_kind(&self.connection, "site_takes_passkeys")
    }

    /// What an account's facts add up to.
    ///
    /// # Errors
    /// Only where the database fails.
    pub fn progress(&self, account: AccountId) -> Result<Progress, LedgerError> {
        let records = self.events(account)?;
        Ok(Progress::replay(records.iter().filter_map(|r| r.event.as_ref())))
    }

    /// The imported accounts that pass the filter, by site and user name.
    ///
    /// # Errors
    /// Only where the database fails.
    pub fn accounts(&self, filter: &AccountFilter) -> Result<Vec<AccountView>, LedgerError> {
        accounts::list(&self.connection, filter)
    }

    /// One imported account.
    ///
    /// # Errors
    /// Only where the database fails.
    pub fn account(&self, id: AccountId) -> Result<Option<AccountView>, LedgerError> {
        accounts::get(&self.connection, id)
    }

    /// The account that a person means by an id, `site`, or `user@site`; user names may contain `@`, so the last one
    /// counts.
    ///
    /// # Errors
    /// Only where the database fails.
    pub fn find(&self, text: &str) -> Result<Match, LedgerError> {
        find::find(&self.connection, text)
    }
}

fn append(
    transaction: &Transaction<'_>,
    identity: &Identity,
    ids: &ContextV7,
    account: Option<AccountId>,
    events: &[Event],
    now: u64,
) -> Result<(), LedgerError> {
    let mut view = account.map(|id| accounts::load(transaction, id)).transpose()?;
    for event in events {
        if let Event::AccountImported { site, user_name, .. } = event
            && account != Some(AccountId::new(identity.namespace, site, user_name))
        {
            return Err(LedgerError::WrongAccount);
        }
        events::insert(transaction, identity, ids, account, event, now)?;
        if let Some(view) = &mut view {
            view.apply(event, now);
        }
    }
    match view.filter(|_| !events.is_empty()) {
        Some(view) => accounts::save(transaction, &view),
        None => Ok(()),
    }
}
