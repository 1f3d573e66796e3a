//! The passkeys: what a relying party keeps of each credential record
//! (<https://www.w3.org/TR/webauthn-3/#credential-record>). The private key is not among it, and never was here.

use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::{OptionalExtension, Row, params};
use serde::de::DeserializeOwned;
use uuid::Uuid;
use webauthn_rs_core::proto::{AttestationFormat, AuthenticatorTransport, UserVerificationPolicy};

use super::{AccountId, Result, Store, from_json, json, maybe_json, micros, time};
use crate::records::{PasskeyRecord, Suspicion};

/// One registered passkey.
#[derive(Debug, Clone)]
pub(crate) struct Passkey {
    pub(crate) credential_id: Vec<u8>,
    pub(crate) account: AccountId,
    pub(crate) name: String,
    /// `COSE_Key` in CBOR (<https://www.w3.org/TR/webauthn-3/#sctn-encoded-credPubKey-examples>).
    pub(crate) public_key: Vec<u8>,
    /// <https://www.iana.org/assignments/cose/cose.xhtml#algorithms>
    pub(crate) algorithm: i64,
    pub(crate) sign_count: u32,
    pub(crate) transports: Option<Vec<AuthenticatorTransport>>,
    /// Whether the person was verified at registration.
    pub(crate) user_verified: bool,
    /// What was asked for at registration.
    pub(crate) verification: UserVerificationPolicy,
    pub(crate) backup_eligible: bool,
    pub(crate) backup_state: bool,
    pub(crate) aaguid: Uuid,
    pub(crate) attestation_format: AttestationFormat,
    /// As it came, for audit.
    pub(crate) attestation_object: Vec<u8>,
    pub(crate) created_at: SystemTime,
    pub(crate) last_used_at: Option<SystemTime>,
    /// Why it signs nobody in any more.
    pub(crate) suspended: Option<Suspicion>,
    /// Whether it signs in by itself; otherwise it is good only after the password.
    pub(crate) passwordless: bool,
}

/// A credential id as JSON and pages have it: base64url, without padding.
pub(crate) fn id_text(credential_id: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(credential_id)
}

impl Passkey {
    /// Whether it lets its owner in by itself.
    pub(crate) fn lets_in(&self) -> bool {
        self.passwordless && self.suspended.is_none()
    }

    /// Its credential id in base64url.
    pub(crate) fn id_text(&self) -> String {
        id_text(&self.credential_id)
    }
}

impl From<&Passkey> for PasskeyRecord {
    fn from(passkey: &Passkey) -> Self {
        Self {
            credential_id: passkey.id_text(),
            name: passkey.name.clone(),
            created_at: passkey.created_at,
            last_used_at: passkey.last_used_at,
            user_verified: passkey.user_verified,
            algorithm: passkey.algorithm,
            sign_count: passkey.sign_count,
            backup_eligible: passkey.backup_eligible,
            backup_state: passkey.backup_state,
            aaguid: passkey.aaguid,
            attestation: format!("{:?}", passkey.attestation_format).to_lowercase(),
            suspended: passkey.suspended,
        }
    }
}

/// One that is not registered yet: the same without the history.
pub(crate) type NewPasskey = Passkey;

const COLUMNS: &str = "credential_id, account, name, public_key, algorithm, sign_count, transports, user_verified, \
                       verification, backup_eligible, backup_state, aaguid, attestation_format, attestation_object, \
                       created_at, last_used_at, suspended, passwordless";

impl Store {
    /// Keeps a passkey; `false` where some account has one with this credential id.
    pub(crate) fn add_passkey(&self, passkey: &NewPasskey) -> Result<bool> {
        let sql = format!(
            "INSERT INTO passkeys ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, \
             ?15, NULL, NULL, ?16) ON CONFLICT (credential_id) DO NOTHING"
        );
        let added = self.connection.prepare_cached(&sql)?.execute(params![
            passkey.credential_id,
            passkey.account.as_bytes(),
            passkey.name,
            passkey.public_key,
            passkey.algorithm,
            passkey.sign_count,
            json(&passkey.transports)?,
            passkey.user_verified,
            json(&passkey.verification)?,
            passkey.backup_eligible,
            passkey.backup_state,
            passkey.aaguid.as_bytes(),
            json(&passkey.attestation_format)?,
            passkey.attestation_object,
            micros(passkey.created_at),
            passkey.passwordless,
        ])?;
        Ok(added == 1)
    }

    /// The passkeys of an account, oldest first.
    pub(crate) fn passkeys(&self, account: AccountId) -> Result<Vec<Passkey>> {
        let sql = format!("SELECT {COLUMNS} FROM passkeys WHERE account = ?1 ORDER BY created_at, rowid");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([account.as_bytes()], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The passkey with this credential id, whoever has it.
    pub(crate) fn passkey(&self, credential_id: &[u8]) -> Result<Option<Passkey>> {
        let sql = format!("SELECT {COLUMNS} FROM passkeys WHERE credential_id = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([credential_id], read).optional()?)
    }

    /// Takes over what an assertion told of its credential.
    pub(crate) fn update_passkey(&self, credential_id: &[u8], sign_count: u32, backup_state: bool) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE passkeys SET sign_count = ?2, backup_state = ?3 WHERE credential_id = ?1")?
            .execute(params![credential_id, sign_count, backup_state])?;
        Ok(())
    }

    /// It signed somebody in.
    pub(crate) fn passkey_used(&self, credential_id: &[u8], at: SystemTime) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE passkeys SET last_used_at = ?2 WHERE credential_id = ?1")?
            .execute(params![credential_id, micros(at)])?;
        Ok(())
    }

    /// From now on it signs nobody in.
    pub(crate) fn suspend_passkey(&self, credential_id: &[u8], why: Suspicion) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE passkeys SET suspended = ?2 WHERE credential_id = ?1")?
            .execute(params![credential_id, json(&why)?])?;
        Ok(())
    }

    /// Gives a passkey of this account another name; `false` where it has no such.
    pub(crate) fn rename_passkey(&self, account: AccountId, credential_id: &[u8], name: &str) -> Result<bool> {
        let changed = self
            .connection
            .prepare_cached("UPDATE passkeys SET name = ?3 WHERE credential_id = ?2 AND account = ?1")?
            .execute(params![account.as_bytes(), credential_id, name])?;
        Ok(changed == 1)
    }

    /// Forgets a passkey of this account; `false` where it has no such.
    pub(crate) fn remove_passkey(&self, account: AccountId, credential_id: &[u8]) -> Result<bool> {
        let removed = self
            .connection
            .prepare_cached("DELETE FROM passkeys WHERE credential_id = ?2 AND account = ?1")?
            .execute(params![account.as_bytes(), credential_id])?;
        Ok(removed == 1)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Passkey> {
    fn column<T: DeserializeOwned>(row: &Row<'_>, index: usize) -> rusqlite::Result<T> {
        from_json(index, &row.get::<_, String>(index)?)
    }
    let account: Vec<u8> = row.get(1)?;
    Ok(Passkey {
        credential_id: row.get(0)?,
        account: AccountId::from_handle(&account)
            .ok_or_else(|| rusqlite::Error::InvalidColumnType(1, "account".into(), rusqlite::types::Type::Blob))?,
        name: row.get(2)?,
        public_key: row.get(3)?,
        algorithm: row.get(4)?,
        sign_count: row.get(5)?,
        transports: column(row, 6)?,
        user_verified: row.get(7)?,
        verification: column(row, 8)?,
        backup_eligible: row.get(9)?,
        backup_state: row.get(10)?,
        aaguid: Uuid::from_slice(&row.get::<_, Vec<u8>>(11)?).unwrap_or_default(),
        attestation_format: column(row, 12)?,
        attestation_object: row.get(13)?,
        created_at: time(row.get(14)?),
        last_used_at: row.get::<_, Option<i64>>(15)?.map(time),
        suspended: maybe_json(16, row.get(16)?)?,
        passwordless: row.get(17)?,
    })
}
