//! Recovery codes: the way back for somebody who has no passkey at hand and no password. Each is good once.

use std::time::SystemTime;

use data_encoding::BASE32_NOPAD;
use rusqlite::params;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{AccountId, Result, Store, micros};

/// Codes made at a time.
pub(crate) const CODES: usize = 8;

impl Store {
    /// Makes new codes, and voids the ones before. They are shown once: the store has their hashes only.
    pub(crate) fn new_recovery_codes(&self, account: AccountId) -> Result<Vec<Zeroizing<String>>> {
        let codes: Vec<_> = (0..CODES).map(|_| random_code()).collect();
        self.together(|| {
            self.connection
                .prepare_cached("DELETE FROM recovery_codes WHERE account = ?1")?
                .execute([account.as_bytes()])?;
            for code in &codes {
                self.connection
                    .prepare_cached("INSERT INTO recovery_codes (account, hash) VALUES (?1, ?2)")?
                    .execute(params![account.as_bytes(), hash(account, code)])?;
            }
            Ok(())
        })?;
        Ok(codes)
    }

    /// How many are left.
    pub(crate) fn recovery_codes_left(&self, account: AccountId) -> Result<u32> {
        Ok(self
            .connection
            .prepare_cached("SELECT count(*) FROM recovery_codes WHERE account = ?1 AND used_at IS NULL")?
            .query_row([account.as_bytes()], |row| row.get(0))?)
    }

    /// Uses a code up; `false` where it is none or was used.
    pub(crate) fn use_recovery_code(&self, account: AccountId, code: &str, at: SystemTime) -> Result<bool> {
        let used = self
            .connection
            .prepare_cached(
                "UPDATE recovery_codes SET used_at = ?3 WHERE account = ?1 AND hash = ?2 AND used_at IS NULL",
            )?
            .execute(params![account.as_bytes(), hash(account, code), micros(at)])?;
        Ok(used == 1)
    }
}

/// Four groups of four: `ABCD-EFGH-IJKL-MNOP`, 80 random bits.
fn random_code() -> Zeroizing<String> {
    let bytes = Zeroizing::new(rand::random::<[u8; 10]>());
    let text = Zeroizing::new(BASE32_NOPAD.encode(bytes.as_slice()));
    let mut code = Zeroizing::new(String::with_capacity(19));
    for (place, letter) in text.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            code.push('-');
        }
        code.push(letter);
    }
    code
}

/// A slow hash is for passwords that people choose; 80 random bits cannot be tried through. Case, spaces and hyphens do
/// not count.
fn hash(account: AccountId, code: &str) -> [u8; 32] {
    let mut digest = Sha256::new_with_prefix(account.as_bytes());
    for letter in code.chars().filter(char::is_ascii_alphanumeric) {
        digest.update([u8::try_from(letter.to_ascii_uppercase()).unwrap_or_default()]);
    }
    digest.finalize().into()
}
