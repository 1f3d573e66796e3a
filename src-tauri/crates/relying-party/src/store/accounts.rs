//! The accounts: who may sign in with what.

use std::time::SystemTime;

use argon2::password_hash::phc::PasswordHash;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::seal::Purpose;
use super::{Result, Store, from_json, json, maybe_json};
use crate::records::{AuditEvent, Letter, SignInMethod};
use crate::totp::Totp;
use crate::{Difficulty, StoreError};

/// An account's user handle: random, and says nothing of the person
/// (<https://www.w3.org/TR/webauthn-3/#sctn-user-handle-privacy>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct AccountId(Uuid);

impl AccountId {
    /// A new one.
    pub(crate) fn random() -> Self {
        Self(Uuid::new_v4())
    }

    /// The bytes of `user.id`.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The same in base64url, without padding.
    pub(crate) fn to_base64url(self) -> String {
        URL_SAFE_NO_PAD.encode(self.as_bytes())
    }

    /// Reads a `userHandle`.
    pub(crate) fn from_handle(handle: &[u8]) -> Option<Self> {
        Uuid::from_slice(handle).ok().map(Self)
    }
}

/// One account, as it was when it was read.
pub(crate) struct Account {
    pub(crate) id: AccountId,
    pub(crate) user_name: String,
    /// `None` where the person removed it.
    pub(crate) password: Option<PasswordHash>,
    pub(crate) totp: Option<Totp>,
    pub(crate) email_confirmed: bool,
    pub(crate) difficulties: Vec<Difficulty>,
    /// The path of its usual sign-in page.
    pub(crate) sign_in: String,
    pub(crate) failed_attempts: u32,
    pub(crate) last_sign_in: Option<SignInMethod>,
}

impl Account {
    /// Whether the account has this difficulty, by itself or with the whole site.
    pub(crate) fn has(&self, difficulty: Difficulty) -> bool {
        self.difficulties.contains(&difficulty)
    }
}

/// Characters of a user name, at most.
pub(crate) const NAME_LENGTH: usize = 200;

/// The form of a user name that names are compared in.
pub(crate) fn comparable(user_name: &str) -> String {
    user_name.trim().to_lowercase()
}

const COLUMNS: &str = "id, user_name, password, totp, totp_step, email_confirmed, difficulties, failed_attempts, \
                       last_sign_in, sign_in";

impl Store {
    /// Adds an account after those there are.
    ///
    /// # Errors
    /// Also where another account has the name; [`Store::account_by_name`] says so beforehand.
    pub(crate) fn add_account(&self, account: &Account) -> Result<()> {
        let id = account.id.as_bytes();
        let totp = account.totp.as_ref().map(|totp| self.key.seal(Purpose::Totp, id, totp.key())).transpose()?;
        self.connection
            .prepare_cached(
                "INSERT INTO accounts (id, place, user_name, comparable_name, password, totp, email_confirmed, \
                 difficulties, sign_in) VALUES (?1, (SELECT count(*) FROM accounts), ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                id,
                account.user_name,
                comparable(&account.user_name),
                account.password.as_ref().map(ToString::to_string),
                totp,
                account.email_confirmed,
                json(&account.difficulties)?,
                account.sign_in,
            ])?;
        Ok(())
    }

    /// The account of a user name, without regard to case. A name that is too long for one is nobody's.
    pub(crate) fn account_by_name(&self, user_name: &str) -> Result<Option<Account>> {
        if user_name.chars().nth(NAME_LENGTH).is_some() {
            return Ok(None);
        }
        self.one_account("comparable_name = ?1", comparable(user_name))
    }

    /// The account of an id.
    pub(crate) fn account(&self, id: AccountId) -> Result<Option<Account>> {
        self.one_account("id = ?1", id.as_bytes())
    }

    fn one_account(&self, condition: &str, value: impl rusqlite::ToSql) -> Result<Option<Account>> {
        let sql = format!("SELECT {COLUMNS} FROM accounts WHERE {condition}");
        let found =
            self.connection.prepare_cached(&sql)?.query_row([value], |row| Ok(self.read_account(row))).optional()?;
        found.transpose()
    }

    /// The first accounts, in the order of the seeds.
    pub(crate) fn accounts(&self, limit: usize) -> Result<Vec<Account>> {
        let sql = format!("SELECT {COLUMNS} FROM accounts ORDER BY place LIMIT ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = statement.query_map([limit], |row| Ok(self.read_account(row)))?;
        rows.map(|row| row?).collect()
    }

    fn read_account(&self, row: &Row<'_>) -> Result<Account> {
        let id =
            AccountId(Uuid::from_slice(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?).unwrap_or_default());
        let password: Option<String> = row.get(2)?;
        let sealed: Option<Vec<u8>> = row.get(3)?;
        let used: Option<i64> = row.get(4)?;
        let totp = match sealed {
            None => None,
            Some(sealed) => {
                let key = self.key.unseal(Purpose::Totp, id.as_bytes(), &sealed)?;
                Some(Totp::from_key(key, used.and_then(|step| u64::try_from(step).ok())))
            }
        };
        let own: Vec<Difficulty> = from_json(6, &row.get::<_, String>(6)?)?;
        Ok(Account {
            id,
            user_name: row.get(1)?,
            password: password.map(|phc| PasswordHash::new(&phc).map_err(|_| StoreError::Sealed)).transpose()?,
            totp,
            email_confirmed: row.get(5)?,
            difficulties: self.difficulties.iter().copied().chain(own).collect(),
            failed_attempts: row.get(7)?,
            last_sign_in: maybe_json(8, row.get(8)?)?,
            sign_in: row.get(9)?,
        })
    }

    /// Uses a time step of an account's codes up.
    pub(crate) fn use_totp_step(&self, id: AccountId, step: u64) -> Result<()> {
        let step = i64::try_from(step).unwrap_or(i64::MAX);
        self.connection
            .prepare_cached("UPDATE accounts SET totp_step = ?2 WHERE id = ?1")?
            .execute(params![id.as_bytes(), step])?;
        Ok(())
    }

    /// Sets the password, or removes it.
    pub(crate) fn set_password(&self, id: AccountId, password: Option<&PasswordHash>) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE accounts SET password = ?2 WHERE id = ?1")?
            .execute(params![id.as_bytes(), password.map(ToString::to_string)])?;
        Ok(())
    }

    /// Writes a line of an account's audit trail, counts what it says, and tells the owner what should be known.
    pub(crate) fn note(&self, id: AccountId, at: SystemTime, event: &AuditEvent) -> Result<()> {
        self.write_audit(Some(id), at, event)?;
        if event.is_failed_attempt() {
            self.connection
                .prepare_cached("UPDATE accounts SET failed_attempts = failed_attempts + 1 WHERE id = ?1")?
                .execute([id.as_bytes()])?;
        }
        if let Some(change) = event.change() {
            self.send_mail(id, at, &Letter::Change(change))?;
        }
        if let AuditEvent::SignedIn(method) = event {
            self.connection
                .prepare_cached("UPDATE accounts SET last_sign_in = ?2 WHERE id = ?1")?
                .execute(params![id.as_bytes(), json(method)?])?;
        }
        Ok(())
    }
}
