//! The e-mails that the site would have sent. They go to the local inbox page and nowhere else.

use std::time::SystemTime;

use rusqlite::params;

use super::{AccountId, Result, Store, from_json, json, micros, time};
use crate::records::{Letter, Mail};

impl Store {
    /// Puts an e-mail into the account's inbox.
    pub(crate) fn send_mail(&self, account: AccountId, at: SystemTime, letter: &Letter) -> Result<()> {
        self.connection
            .prepare_cached("INSERT INTO mail (account, at, content) VALUES (?1, ?2, ?3)")?
            .execute(params![account.as_bytes(), micros(at), json(letter)?])?;
        Ok(())
    }

    /// The inbox of an account, oldest first.
    pub(crate) fn mail(&self, account: AccountId) -> Result<Vec<Mail>> {
        let mut statement =
            self.connection.prepare_cached("SELECT at, content FROM mail WHERE account = ?1 ORDER BY line")?;
        let rows = statement.query_map([account.as_bytes()], |row| {
            Ok(Mail { at: time(row.get(0)?), letter: from_json(1, &row.get::<_, String>(1)?)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
