//! The keys and the cipher that the apps encrypt with.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use argon2::{Argon2, Params, Version};
use hmac::EagerHash;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::{Cost, Limits, Part, ReadError, Unlock};

const DAMAGED: ReadError = ReadError::damaged(Part::Structure);

/// A key for AES-256.
pub(super) type Key = Zeroizing<[u8; 32]>;

/// The password that was given.
pub(super) fn password(unlock: &Unlock) -> Result<&SecretString, ReadError> {
    unlock.password.as_ref().ok_or(ReadError::NeedsKey)
}

fn bound(cost: Cost, asked: u64, limit: u64) -> Result<(), ReadError> {
    if asked > limit { Err(ReadError::TooCostly { cost, asked, limit }) } else { Ok(()) }
}

/// PBKDF2 (RFC 8018) with the hash `H`.
pub(super) fn pbkdf2<H: EagerHash<Core: Sync>>(
    password: &SecretString,
    salt: &[u8],
    iterations: u32,
    limits: &Limits,
) -> Result<Key, ReadError> {
    bound(Cost::Pbkdf2Iterations, iterations.into(), limits.pbkdf2_iterations)?;
    if iterations == 0 {
        return Err(DAMAGED);
    }
    let mut key = Key::default();
    pbkdf2::pbkdf2_hmac::<H>(password.expose_secret().as_bytes(), salt, iterations, key.as_mut_slice());
    Ok(key)
}

/// Argon2id (RFC 9106), version 1.3.
pub(super) fn argon2id(
    password: &SecretString,
    salt: &[u8],
    memory_kib: u64,
    iterations: u64,
    lanes: u32,
    limits: &Limits,
) -> Result<Key, ReadError> {
    let memory = memory_kib.saturating_mul(1024);
    bound(Cost::KdfMemory, memory, limits.kdf_memory)?;
    bound(Cost::KdfWork, memory.saturating_mul(iterations), limits.kdf_work)?;
    bound(Cost::KdfLanes, lanes.into(), limits.kdf_lanes.into())?;
    let narrow = |number: u64| u32::try_from(number).map_err(|_| DAMAGED);
    let parameters = Params::new(narrow(memory_kib)?, narrow(iterations)?, lanes, Some(32)).map_err(|_| DAMAGED)?;
    let mut key = Key::default();
    Argon2::new(argon2::Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(password.expose_secret().as_bytes(), salt, key.as_mut_slice())
        .map_err(|error| match error {
            argon2::Error::OutOfMemory => ReadError::TooCostly { cost: Cost::KdfMemory, asked: memory, limit: 0 },
            _ => DAMAGED,
        })?;
    Ok(key)
}

/// The costs of scrypt (RFC 7914), as a file states them.
#[derive(Clone, Copy)]
pub(super) struct Scrypt {
    n: u64,
    r: u32,
    p: u32,
}

impl Scrypt {
    /// Refuses what no writer writes: N is a power of two above one, r and p are not zero.
    pub(super) fn new(n: u64, r: u64, p: u64) -> Result<Self, ReadError> {
        let narrow = |number: u64| u32::try_from(number).ok().filter(|number| *number > 0).ok_or(DAMAGED);
        if n < 2 || !n.is_power_of_two() { Err(DAMAGED) } else { Ok(Self { n, r: narrow(r)?, p: narrow(p)? }) }
    }

    /// The bytes that are written to memory, all in all.
    pub(super) fn work(self) -> u64 {
        self.n.saturating_mul(self.r.into()).saturating_mul(self.p.into()).saturating_mul(128)
    }

    /// Refuses what asks for too much memory. What the work may be is for those to say who know how often it is done.
    pub(super) fn check_memory(self, limits: &Limits) -> Result<(), ReadError> {
        let memory = self.n.saturating_add(self.p.into()).saturating_mul(self.r.into()).saturating_mul(128);
        bound(Cost::KdfMemory, memory, limits.kdf_memory)
    }

    /// Derives the key. Takes long; the checks come first.
    pub(super) fn derive(self, password: &SecretString, salt: &[u8]) -> Result<Key, ReadError> {
        let log = u8::try_from(self.n.trailing_zeros()).map_err(|_| DAMAGED)?;
        let parameters = scrypt::Params::new(log, self.r, self.p).map_err(|_| DAMAGED)?;
        let mut key = Key::default();
        scrypt::scrypt(password.expose_secret().as_bytes(), salt, &parameters, key.as_mut_slice())
            .map_err(|_| DAMAGED)?;
        Ok(key)
    }
}

/// Decrypts AES-256-GCM; `sealed` ends with the tag. `None` where the key is wrong or something was changed.
pub(super) fn open(key: &Key, nonce: &[u8; 12], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let cipher = Aes256Gcm::new_from_slice(key.as_slice()).ok()?;
    cipher.decrypt(&Nonce::from(*nonce), sealed).ok().map(Zeroizing::new)
}

/// Decodes hexadecimal digits.
pub(super) fn hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    pairs.iter().map(|[high, low]| u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_asks_for_too_much_is_refused_before_it_is_derived() {
        let limits = Limits::default();
        let scrypt = |n, r, p| {
            let scrypt = Scrypt::new(n, r, p)?;
            scrypt.check_memory(&limits)?;
            Ok::<_, ReadError>(scrypt.work())
        };
        assert_eq!(scrypt(1 << 15, 8, 1), Ok(32 << 20));
        assert_eq!(scrypt(1 << 15, 8, 4), Ok(128 << 20));
        for (n, r, p) in [(0, 8, 1), (1, 8, 1), (3, 8, 1), (2, 0, 1), (2, 1, 0), (2, 1 << 40, 1)] {
            assert_eq!(scrypt(n, r, p), Err(DAMAGED));
        }
        for (n, r, p) in [(1 << 63, 8, 1), (1 << 20, 16, 1), (2, 1, u64::from(u32::MAX))] {
            assert_eq!(scrypt(n, r, p).map_err(|error| error.code()), Err("too_costly"), "{n} {r} {p}");
        }
        let password = SecretString::from("x");
        let slow = pbkdf2::<sha2::Sha256>(&password, b"salt", u32::MAX, &limits);
        assert_eq!(slow.err().map(|error| error.code()), Some("too_costly"));
        let big = argon2id(&password, b"salt-salt", u64::MAX, 1, 1, &limits);
        assert_eq!(big.err().map(|error| error.code()), Some("too_costly"));
    }

    /// RFC 7914, section 12, cut to 32 bytes.
    #[test]
    fn scrypt_as_the_rfc_has_it() {
        let key = Scrypt::new(1024, 8, 16).unwrap().derive(&"password".into(), b"NaCl").unwrap();
        assert_eq!(hex("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162").as_deref(), Some(&key[..]));
    }
}
