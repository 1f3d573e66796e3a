//! The e-mails that the site would have sent. They go to the local inbox page and nowhere else.

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::{OptionalExtension, params};

use super::{AccountId, Result, Store, from_json, json, micros, time};
use crate::records::{Letter, Mail};

/// E-mails kept for each account.
const LETTERS: i64 = 100;

/// How long a confirmation link is good for.
const CONFIRMATION: Duration = Duration::from_secs(24 * 60 * 60);

/// What became of a confirmation link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Confirmation {
    /// The address of this account is confirmed now.
    Confirmed(AccountId),
    /// The link came too late for this account.
    Expired(AccountId),
    /// There is no such link, or it was used.
    Unknown,
}

impl Store {
    /// Puts an e-mail into the account's inbox.
    pub(crate) fn send_mail(&self, account: AccountId, at: SystemTime, letter: &Letter) -> Result<()> {
        self.connection
            .prepare_cached("INSERT INTO mail (account, at, content) VALUES (?1, ?2, ?3)")?
            .execute(params![account.as_bytes(), micros(at), json(letter)?])?;
        self.connection
            .prepare_cached(
                "DELETE FROM mail WHERE account = ?1 AND line <= \
                 (SELECT line FROM mail WHERE account = ?1 ORDER BY line DESC LIMIT 1 OFFSET ?2)",
            )?
            .execute(params![account.as_bytes(), LETTERS])?;
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

    /// The newest e-mails of all accounts with the names they are addressed to, newest first.
    pub(crate) fn all_mail(&self, limit: usize) -> Result<Vec<(String, Mail)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT user_name, at, content FROM mail JOIN accounts ON accounts.id = mail.account \
             ORDER BY line DESC LIMIT ?1",
        )?;
        let rows = statement.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
            Ok((row.get(0)?, Mail { at: time(row.get(1)?), letter: from_json(2, &row.get::<_, String>(2)?)? }))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Sends a link that confirms the account's address.
    pub(crate) fn send_confirmation(&self, account: AccountId, at: SystemTime) -> Result<()> {
        let token = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        self.send_mail(account, at, &Letter::Confirmation(token))
    }

    /// Confirms the address that a link was sent to. A link is good once, and for a day.
    pub(crate) fn confirm_email(&self, token: &str, now: SystemTime) -> Result<Confirmation> {
        let letter = json(&Letter::Confirmation(token.to_owned()))?;
        let sent = self
            .connection
            .prepare_cached(
                "SELECT account, at FROM mail JOIN accounts ON accounts.id = mail.account \
                 WHERE content = ?1 AND NOT email_confirmed",
            )?
            .query_row([letter], |row| Ok((row.get::<_, Vec<u8>>(0)?, time(row.get(1)?))))
            .optional()?;
        let Some((id, sent)) = sent else { return Ok(Confirmation::Unknown) };
        let Some(account) = AccountId::from_handle(&id) else { return Ok(Confirmation::Unknown) };
        // A clock that went backwards makes a link too old, too.
        if now.duration_since(sent).map_or(true, |age| age >= CONFIRMATION) {
            return Ok(Confirmation::Expired(account));
        }
        self.connection.prepare_cached("UPDATE accounts SET email_confirmed = 1 WHERE id = ?1")?.execute([id])?;
        Ok(Confirmation::Confirmed(account))
    }
}
