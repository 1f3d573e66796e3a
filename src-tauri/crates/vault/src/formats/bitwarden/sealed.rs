//! Exports with a password of their own.
//!
//! The password and the *text* of the salt make a key, by PBKDF2 or by Argon2id; that key is expanded to one for
//! AES-256-CBC and one for HMAC-SHA256. A random text that is encrypted beside the data tells a wrong password from a
//! changed file.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use secrecy::ExposeSecret;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::container::json::{self, Text};
use crate::crypto::Key;
use crate::crypto::cipher::{self, Plain};
use crate::crypto::derive::{self, ArgonCost, Hash};
use crate::formats::Input;
use crate::progress::Stage;
use crate::{Part, ReadError};

/// The member that tells whether the password is right.
pub(super) const VALIDATION: &str = "encKeyValidation_DO_NOT_EDIT";

const DAMAGED: ReadError = ReadError::damaged(Part::Json);

/// What stands beside the encrypted data.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seal<'a> {
    #[serde(borrow)]
    salt: Text<'a>,
    kdf_type: u64,
    kdf_iterations: u64,
    /// Mebibytes.
    kdf_memory: Option<u64>,
    kdf_parallelism: Option<u64>,
    #[serde(borrow, rename = "encKeyValidation_DO_NOT_EDIT")]
    validation: Text<'a>,
    #[serde(borrow)]
    data: Text<'a>,
}

/// The export within, decrypted.
pub(super) fn open(document: &[u8], input: &Input<'_>) -> Result<Plain, ReadError> {
    let password = input.unlock.password.as_ref().ok_or(ReadError::NeedsKey)?;
    let seal: Seal<'_> = json::parse(document, input.limits)?;
    let (validation, data) = (Sealed::parse(&seal.validation)?, Sealed::parse(&seal.data)?);
    input.watch.tell(Stage::Key, 0, 0);
    let key = seal.key(password.expose_secret().as_bytes(), input)?;
    let (key, mac_key) = (derive::hkdf_expand(&key, b"enc")?, derive::hkdf_expand(&key, b"mac")?);
    validation.open(&key, &mac_key).map_err(|_| ReadError::WrongKey)?;
    data.open(&key, &mac_key).map_err(cipher::NotAuthentic::damaged)
}

impl Seal<'_> {
    fn key(&self, password: &[u8], input: &Input<'_>) -> Result<Key, ReadError> {
        match self.kdf_type {
            0 => derive::pbkdf2(Hash::Sha256, password, self.salt.as_bytes(), self.kdf_iterations, input.limits),
            1 => {
                let cost = ArgonCost {
                    memory: self.kdf_memory.ok_or(DAMAGED)?.saturating_mul(1 << 20),
                    iterations: self.kdf_iterations,
                    lanes: self.kdf_parallelism.ok_or(DAMAGED)?,
                };
                derive::argon2id(password, &Sha256::digest(self.salt.as_bytes()), cost, input.limits)
            }
            _ => Err(ReadError::Unsupported { what: "this key derivation function" }),
        }
    }
}

/// An encrypted text: `2.` for AES-256-CBC with HMAC-SHA256, then initialisation vector, content and MAC in base64.
struct Sealed {
    iv: Vec<u8>,
    content: Plain,
    mac: Vec<u8>,
}

impl Sealed {
    fn parse(text: &str) -> Result<Self, ReadError> {
        let (kind, parts) = text.split_once('.').ok_or(DAMAGED)?;
        if kind != "2" {
            return Err(ReadError::Unsupported { what: "this kind of encryption" });
        }
        let mut parts = parts.splitn(3, '|').map(|part| BASE64_STANDARD.decode(part).map_err(|_| DAMAGED));
        let mut next = || parts.next().ok_or(DAMAGED).flatten();
        Ok(Self { iv: next()?, content: Zeroizing::new(next()?), mac: next()? })
    }

    fn open(self, key: &Key, mac_key: &Key) -> Result<Plain, cipher::NotAuthentic> {
        cipher::open_cbc(key, mac_key, &self.iv, self.content, &self.mac)
    }
}
