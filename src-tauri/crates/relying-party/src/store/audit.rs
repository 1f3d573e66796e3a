//! The audit trail: what happened to each account, and what was refused to people who gave no name.

use std::time::SystemTime;

use rusqlite::{Row, params};

use super::{AccountId, Result, Store, from_json, json, micros, time};
use crate::records::{AuditEvent, AuditLine};

/// Lines kept for each account, and as many of nobody's; of refusals, which anybody can bring about, and of what really
/// happened each, so that no number of the first displaces the second.
const LINES: i64 = 1_000;

impl Store {
    /// Writes a line that belongs to no account.
    pub(crate) fn note_of_nobody(&self, at: SystemTime, event: &AuditEvent) -> Result<()> {
        self.write_audit(None, at, event)
    }

    pub(super) fn write_audit(&self, account: Option<AccountId>, at: SystemTime, event: &AuditEvent) -> Result<()> {
        let id = account.as_ref().map(AccountId::as_bytes);
        self.connection
            .prepare_cached("INSERT INTO audit (account, at, event, refusal) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id, micros(at), json(event)?, event.is_refusal()])?;
        self.connection
            .prepare_cached(
                "DELETE FROM audit WHERE account IS ?1 AND refusal = ?3 AND line <= (SELECT line FROM audit \
                 WHERE account IS ?1 AND refusal = ?3 ORDER BY line DESC LIMIT 1 OFFSET ?2)",
            )?
            .execute(params![id, LINES, event.is_refusal()])?;
        Ok(())
    }

    /// The newest lines of an account's trail, newest first, of them at most so many refusals.
    pub(crate) fn newest_audit(&self, account: AccountId, lines: u32, refusals: u32) -> Result<Vec<AuditLine>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT at, event FROM ( \
             SELECT * FROM (SELECT * FROM audit WHERE account = ?1 AND NOT refusal ORDER BY line DESC LIMIT ?2) \
             UNION ALL \
             SELECT * FROM (SELECT * FROM audit WHERE account = ?1 AND refusal ORDER BY line DESC LIMIT ?3) \
             ) ORDER BY line DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![account.as_bytes(), lines, refusals], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The trail of an account, or of nobody, oldest first.
    pub(crate) fn audit(&self, account: Option<AccountId>) -> Result<Vec<AuditLine>> {
        let mut statement =
            self.connection.prepare_cached("SELECT at, event FROM audit WHERE account IS ?1 ORDER BY line")?;
        let rows = statement.query_map([account.as_ref().map(AccountId::as_bytes)], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<AuditLine> {
    Ok(AuditLine { at: time(row.get(0)?), event: from_json(1, &row.get::<_, String>(1)?)? })
}
