//! Keys from passwords: PBKDF2 (RFC 8018), scrypt (RFC 7914), Argon2id (RFC 9106).

use argon2::{Algorithm, Argon2, Params, Version};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

use crate::{Cost, Limits, Part, ReadError};

use super::Key;

/// Parameters that no writer writes.
const DAMAGED: ReadError = ReadError::damaged(Part::Header);

/// The hash function inside PBKDF2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "not every one is some format's yet")]
pub(crate) enum Hash {
    Sha1,
    Sha256,
    Sha512,
}

/// PBKDF2 with HMAC; `N` is the length of the key.
pub(crate) fn pbkdf2<const N: usize>(
    hash: Hash,
    password: &[u8],
    salt: &[u8],
    iterations: u64,
    limits: &Limits,
) -> Result<Zeroizing<[u8; N]>, ReadError> {
    bound(Cost::Pbkdf2Iterations, iterations, limits.pbkdf2_iterations)?;
    let rounds = u32::try_from(iterations).ok().filter(|rounds| *rounds > 0).ok_or(DAMAGED)?;
    let mut key = Zeroizing::new([0; N]);
    match hash {
        Hash::Sha1 => pbkdf2::pbkdf2_hmac::<Sha1>(password, salt, rounds, key.as_mut_slice()),
        Hash::Sha256 => pbkdf2::pbkdf2_hmac::<Sha256>(password, salt, rounds, key.as_mut_slice()),
        Hash::Sha512 => pbkdf2::pbkdf2_hmac::<Sha512>(password, salt, rounds, key.as_mut_slice()),
    }
    Ok(key)
}

/// What an Argon2id derivation asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArgonCost {
    /// Bytes.
    pub memory: u64,
    pub iterations: u64,
    pub lanes: u64,
}

/// Argon2id, version 1.3.
pub(crate) fn argon2id(password: &[u8], salt: &[u8], cost: ArgonCost, limits: &Limits) -> Result<Key, ReadError> {
    bound(Cost::KdfMemory, cost.memory, limits.kdf_memory)?;
    bound(Cost::KdfLanes, cost.lanes, limits.kdf_lanes.into())?;
    bound(Cost::KdfWork, cost.memory.saturating_mul(cost.iterations), limits.kdf_work)?;
    let number = |number: u64| u32::try_from(number).map_err(|_| DAMAGED);
    let parameters = Params::new(number(cost.memory / 1024)?, number(cost.iterations)?, number(cost.lanes)?, Some(32))
        .map_err(|_| DAMAGED)?;
    let mut key = Key::default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(password, salt, key.as_mut_slice())
        .map_err(|error| match error {
            // The allocation is the one thing that can fail for another reason than the parameters.
            argon2::Error::OutOfMemory => ReadError::TooCostly { cost: Cost::KdfMemory, asked: cost.memory, limit: 0 },
            _ => DAMAGED,
        })?;
    Ok(key)
}

/// scrypt: `n` blocks of `128 * r` bytes, filled `p` times.
pub(crate) fn scrypt(password: &[u8], salt: &[u8], n: u64, r: u32, p: u32, limits: &Limits) -> Result<Key, ReadError> {
    if n < 2 || !n.is_power_of_two() {
        return Err(DAMAGED);
    }
    let block = u64::from(r).saturating_mul(128);
    let memory = block.saturating_mul(n);
    bound(Cost::KdfMemory, memory.max(block.saturating_mul(p.into())), limits.kdf_memory)?;
    bound(Cost::KdfWork, memory.saturating_mul(p.into()), limits.kdf_work)?;
    let log_n = u8::try_from(n.ilog2()).map_err(|_| DAMAGED)?;
    let parameters = scrypt::Params::new(log_n, r, p).map_err(|_| DAMAGED)?;
    let mut key = Key::default();
    scrypt::scrypt(password, salt, &parameters, key.as_mut_slice()).map_err(|_| DAMAGED)?;
    Ok(key)
}

/// HKDF-Expand (RFC 5869) with SHA-256 of a key that is random already, to one block.
pub(crate) fn hkdf_expand(key: &Key, info: &[u8]) -> Result<Key, ReadError> {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_slice()).map_err(|_| DAMAGED)?;
    Ok(Zeroizing::new(mac.chain_update(info).chain_update([1]).finalize().into_bytes().into()))
}

fn bound(cost: Cost, asked: u64, limit: u64) -> Result<(), ReadError> {
    if asked > limit { Err(ReadError::TooCostly { cost, asked, limit }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What came out, as hexadecimal digits or the code of the error.
    fn check<const N: usize>(result: Result<Zeroizing<[u8; N]>, ReadError>, expect: &str) {
        assert_eq!(result.map_or_else(|error| error.code().to_owned(), |key| hex(key.as_slice())), expect);
    }

    #[test]
    fn pbkdf2_is_that_of_the_standards() {
        let limits = Limits::default();
        // RFC 6070.
        check(
            pbkdf2::<20>(Hash::Sha1, b"password", b"salt", 4096, &limits),
            "4b007901b765489abead49d926f721d065a429c1",
        );
        // RFC 7914, section 11.
        check(
            pbkdf2::<32>(Hash::Sha256, b"passwd", b"salt", 1, &limits),
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
        );
        check(
            pbkdf2::<32>(Hash::Sha512, b"password", b"salt", 1, &limits),
            "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252",
        );
        check(pbkdf2::<32>(Hash::Sha256, b"", b"", 0, &limits), "damaged");
        check(pbkdf2::<32>(Hash::Sha256, b"", b"", 1 << 31, &limits), "too_costly");
        check(pbkdf2::<32>(Hash::Sha256, b"", b"", u64::MAX, &limits.with_patience()), "too_costly");
    }

    #[test]
    fn scrypt_is_that_of_the_standard() {
        let limits = Limits::default();
        // RFC 7914, section 12, the first half of its 64 bytes.
        check(
            scrypt(b"password", b"NaCl", 1024, 8, 16, &limits),
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162",
        );
        for (n, r, p, code) in [
            (0, 8, 1, "damaged"),
            (1, 8, 1, "damaged"),
            (1000, 8, 1, "damaged"),
            (1024, 0, 1, "damaged"),
            (1024, 8, 0, "damaged"),
            (1 << 40, 8, 1, "too_costly"),
            (1 << 63, u32::MAX, u32::MAX, "too_costly"),
            (2, 1, u32::MAX, "too_costly"),
            (1 << 15, 8, 1 << 20, "too_costly"),
        ] {
            check(scrypt(b"", b"", n, r, p, &limits), code);
        }
    }

    #[test]
    fn argon2id_is_bounded() {
        let limits = Limits::default();
        let cost = |memory, iterations, lanes| ArgonCost { memory, iterations, lanes };
        // Made with argon2-cffi.
        check(argon2id(b"password", b"somesalt", cost(1 << 16, 2, 1), &limits), ARGON2ID);
        for (cost, code) in [
            (cost(0, 1, 1), "damaged"),
            (cost(1 << 16, 0, 1), "damaged"),
            (cost(1 << 16, 1, 0), "damaged"),
            (cost(64 << 40, 1, 1), "too_costly"),
            (cost(1 << 16, u64::MAX, 1), "too_costly"),
            (cost(1 << 16, 1, 1 << 40), "too_costly"),
        ] {
            check(argon2id(b"password", b"somesalt", cost, &limits), code);
        }
        check(argon2id(b"password", b"short", cost(1 << 16, 1, 1), &limits), "damaged");
    }

    const ARGON2ID: &str = "16a1a498734609dd01456da406de9f3d9da93e6c86c300a12fc1465214ce4922";

    #[test]
    fn hkdf_expand_is_that_of_the_standard() {
        // RFC 5869, case 1: the first 32 of its 42 bytes.
        let key = Zeroizing::new([
            0x07, 0x77, 0x09, 0x36, 0x2c, 0x2e, 0x32, 0xdf, 0x0d, 0xdc, 0x3f, 0x0d, 0xc4, 0x7b, 0xba, 0x63, 0x90, 0xb6,
            0xc7, 0x3b, 0xb5, 0x0f, 0x9c, 0x31, 0x22, 0xec, 0x84, 0x4a, 0xd7, 0xc2, 0xb3, 0xe5,
        ]);
        let info = [0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9];
        check(hkdf_expand(&key, &info), "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
    }
}
