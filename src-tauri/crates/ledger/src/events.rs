//! Table `events`: append-only, the only truth.

use rekey_journey::{AccountId, Event};
use rusqlite::{Connection, Row, Transaction, params};
use uuid::{ContextV7, Timestamp, Uuid};

use crate::LedgerError;
use crate::identity::Identity;

pub(crate) const SCHEMA: &str = "
CREATE TABLE events (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  id      TEXT NOT NULL UNIQUE,  -- UUIDv7
  device  TEXT NOT NULL,
  person  TEXT NOT NULL,
  account TEXT,                  -- none where a fact concerns no single account
  time    INTEGER NOT NULL,      -- milliseconds since 1970
  kind    TEXT NOT NULL,
  body    TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX events_by_account ON events (account, number);
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
";

/// One fact with its envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRecord {
    /// Its place in the ledger.
    pub number: i64,
    /// UUIDv7.
    pub id: Uuid,
    /// The device that appended it.
    pub device: Uuid,
    /// The person it was appended for.
    pub person: Uuid,
    /// The account it is about.
    pub account: Option<AccountId>,
    /// Milliseconds since 1970.
    pub time: u64,
    /// The kind as filed.
    pub kind: String,
    /// The fact; empty where only a newer Rekey can read it. The stored form is kept untouched.
    pub event: Option<Event>,
}

pub(crate) fn insert(
    transaction: &Transaction<'_>,
    identity: &Identity,
    ids: &ContextV7,
    account: Option<AccountId>,
    event: &Event,
    now: u64,
) -> Result<(), LedgerError> {
    let nanos = u32::try_from(now % 1000 * 1_000_000).unwrap_or(0);
    let id = Uuid::new_v7(Timestamp::from_unix(ids, now / 1000, nanos));
    let body = serde_json::to_string(event).map_err(LedgerError::Encode)?;
    transaction
        .prepare_cached(
            "INSERT INTO events (id, device, person, account, time, kind, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            id.to_string(),
            identity.device.to_string(),
            identity.person.to_string(),
            account.map(|a| a.to_string()),
            i64::try_from(now).unwrap_or(i64::MAX),
            event.kind(),
            body,
        ])?;
    Ok(())
}

pub(crate) fn newest(connection: &Connection) -> Result<i64, LedgerError> {
    Ok(connection.query_row("SELECT coalesce(max(number), 0) FROM events", [], |row| row.get(0))?)
}

const COLUMNS: &str = "number, id, device, person, account, time, kind, body";

pub(crate) fn of_account(connection: &Connection, account: AccountId) -> Result<Vec<EventRecord>, LedgerError> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM events WHERE account = ?1 ORDER BY number"))?;
    let records = statement.query_map([account.to_string()], read)?.collect::<Result<_, _>>()?;
    Ok(records)
}

/// Every fact of one kind with its time, in the order in which they were appended; those that only a newer Rekey can read
/// are left out.
pub(crate) fn of_kind(connection: &Connection, kind: &str) -> Result<Vec<(u64, Event)>, LedgerError> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM events WHERE kind = ?1 ORDER BY number"))?;
    let records = statement.query_map([kind], read)?.collect::<Result<Vec<_>, _>>()?;
    Ok(records.into_iter().filter_map(|record| Some((record.time, record.event?))).collect())
}

/// Every fact about some account, in order.
pub(crate) fn for_each(
    connection: &Connection,
    mut visit: impl FnMut(EventRecord) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let mut statement = connection
        .prepare(&format!("SELECT {COLUMNS} FROM events WHERE account IS NOT NULL ORDER BY account, number"))?;
    for record in statement.query_map([], read)? {
        visit(record?)?;
    }
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<EventRecord> {
    let body: String = row.get(7)?;
    Ok(EventRecord {
        number: row.get(0)?,
        id: parse(row, 1, |t| Uuid::parse_str(t).ok())?,
        device: parse(row, 2, |t| Uuid::parse_str(t).ok())?,
        person: parse(row, 3, |t| Uuid::parse_str(t).ok())?,
        account: match row.get_ref(4)? {
            rusqlite::types::ValueRef::Null => None,
            _ => Some(parse(row, 4, AccountId::parse)?),
        },
        time: row.get::<_, i64>(5)?.try_into().unwrap_or(0),
        kind: row.get(6)?,
        event: serde_json::from_str(&body).ok(),
    })
}

/// Reads a column whose text must have a form.
pub(crate) fn parse<T>(row: &Row<'_>, column: usize, read: impl Fn(&str) -> Option<T>) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    read(&text).ok_or_else(|| rusqlite::Error::InvalidColumnType(column, "text".into(), rusqlite::types::Type::Text))
}
