//! Key derivation: <https://keepass.info/help/kb/kdbx.html#kdf>. Limits are checked before anything is derived.

use aes::Aes256;
use aes::cipher::{Array, BlockCipherEncrypt, KeyInit};
use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::progress::{Stage, Watch};
use crate::{Cost, Limits, Part, ReadError};

use super::Key;
use super::variant::Dictionary;

const DAMAGED: ReadError = ReadError::damaged(Part::Header);

const AES_3: [u8; 16] = *b"\xc9\xd9\xf3\x9a\x62\x8a\x44\x60\xbf\x74\x0d\x08\xc1\x8a\x4f\xea";
const AES_4: [u8; 16] = *b"\x7c\x02\xbb\x82\x79\xa7\x4a\xc0\x92\x7d\x11\x4a\x00\x64\x82\x38";
const ARGON2D: [u8; 16] = *b"\xef\x63\x6d\xdf\x8c\x29\x44\x4b\x91\xf7\xa9\xa4\x03\xe3\x0a\x0c";
const ARGON2ID: [u8; 16] = *b"\x9e\x29\x8b\x19\x56\xdb\x47\x73\xb2\x3d\xfc\x3e\xc6\xf0\xa1\xe6";

/// Rounds of AES between two words on how far it is; some milliseconds' worth.
const ROUNDS_AT_ONCE: u64 = 1 << 18;

/// A key derivation with its parameters.
#[derive(Debug)]
pub(super) enum Kdf<'a> {
    Aes { seed: [u8; 32], rounds: u64 },
    Argon2(Argon<'a>),
}

/// Argon2 (RFC 9106) as the header asks for it.
#[derive(Debug)]
pub(super) struct Argon<'a> {
    algorithm: Algorithm,
    version: Version,
    salt: &'a [u8],
    /// Bytes.
    memory: u64,
    iterations: u64,
    lanes: u32,
    secret: &'a [u8],
    associated_data: &'a [u8],
}

impl<'a> Kdf<'a> {
    pub(super) fn aes(seed: &[u8], rounds: u64) -> Result<Self, ReadError> {
        Ok(Self::Aes { seed: seed.try_into().map_err(|_| DAMAGED)?, rounds })
    }

    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let parameters = Dictionary::parse(bytes)?;
        let uuid: [u8; 16] = parameters.bytes("$UUID").and_then(|uuid| uuid.try_into().ok()).ok_or(DAMAGED)?;
        let salt = parameters.bytes("S").ok_or(DAMAGED)?;
        let algorithm = match uuid {
            AES_3 | AES_4 => return Self::aes(salt, parameters.u64("R").ok_or(DAMAGED)?),
            ARGON2D => Algorithm::Argon2d,
            ARGON2ID => Algorithm::Argon2id,
            _ => return Err(ReadError::Unsupported { what: "this key derivation function" }),
        };
        Ok(Self::Argon2(Argon {
            algorithm,
            version: Version::try_from(parameters.u32("V").ok_or(DAMAGED)?)
                .map_err(|_| ReadError::Unsupported { what: "this version of Argon2" })?,
            salt,
            memory: parameters.u64("M").ok_or(DAMAGED)?,
            iterations: parameters.u64("I").ok_or(DAMAGED)?,
            lanes: parameters.u32("P").ok_or(DAMAGED)?,
            secret: parameters.bytes("K").unwrap_or_default(),
            associated_data: parameters.bytes("A").unwrap_or_default(),
        }))
    }

    /// Refuses what asks for too much, and what no writer writes.
    pub(super) fn check(&self, limits: &Limits) -> Result<(), ReadError> {
        let bound = |cost, asked, limit| {
            if asked > limit { Err(ReadError::TooCostly { cost, asked, limit }) } else { Ok(()) }
        };
        match self {
            Self::Aes { rounds, .. } => bound(Cost::AesRounds, *rounds, limits.aes_rounds),
            Self::Argon2(argon) => {
                bound(Cost::KdfMemory, argon.memory, limits.kdf_memory)?;
                bound(Cost::KdfLanes, argon.lanes.into(), limits.kdf_lanes.into())?;
                bound(Cost::KdfWork, argon.memory.saturating_mul(argon.iterations), limits.kdf_work)?;
                argon.hasher().map(|_| ())
            }
        }
    }

    /// The transformed key. Takes long; [`Self::check`] comes first.
    pub(super) fn derive(&self, composite: &Key, watch: Watch<'_>) -> Result<Key, ReadError> {
        match self {
            Self::Aes { seed, rounds } => Ok(aes_rounds(seed, *rounds, composite, watch)),
            Self::Argon2(argon) => {
                watch.tell(Stage::Key, 0, 0);
                let mut key = Key::default();
                argon
                    .hasher()?
                    .hash_password_into(composite.as_slice(), argon.salt, key.as_mut_slice())
                    .map_err(|error| argon.refused(error))?;
                Ok(key)
            }
        }
    }
}

impl Argon<'_> {
    fn hasher(&self) -> Result<Argon2<'_>, ReadError> {
        let kib = u32::try_from(self.memory / 1024).map_err(|_| DAMAGED)?;
        let iterations = u32::try_from(self.iterations).map_err(|_| DAMAGED)?;
        let mut parameters = ParamsBuilder::new();
        parameters.m_cost(kib).t_cost(iterations).p_cost(self.lanes).output_len(32);
        if !self.associated_data.is_empty() {
            let data = AssociatedData::new(self.associated_data)
                .map_err(|_| ReadError::Unsupported { what: "associated data of the key derivation" })?;
            parameters.data(data);
        }
        if self.salt.len() < argon2::MIN_SALT_LEN {
            return Err(DAMAGED);
        }
        let parameters = parameters.build().map_err(|_| DAMAGED)?;
        if self.secret.is_empty() {
            return Ok(Argon2::new(self.algorithm, self.version, parameters));
        }
        Argon2::new_with_secret(self.secret, self.algorithm, self.version, parameters).map_err(|_| DAMAGED)
    }

    /// The allocation is the one thing that can fail after the checks.
    fn refused(&self, error: argon2::Error) -> ReadError {
        match error {
            argon2::Error::OutOfMemory => ReadError::TooCostly { cost: Cost::KdfMemory, asked: self.memory, limit: 0 },
            _ => DAMAGED,
        }
    }
}

/// Encrypts both halves of the key again and again and hashes the result.
fn aes_rounds(seed: &[u8; 32], rounds: u64, composite: &Key, watch: Watch<'_>) -> Key {
    let cipher = Aes256::new(&Array::from(*seed));
    let mut halves = [Array::from([0u8; 16]); 2];
    let (chunks, _) = composite.as_chunks::<16>();
    for (half, chunk) in halves.iter_mut().zip(chunks) {
        half.copy_from_slice(chunk);
    }
    let mut done = 0;
    while done < rounds {
        watch.tell(Stage::Key, done, rounds);
        let next = rounds.min(done + ROUNDS_AT_ONCE);
        for _ in done..next {
            cipher.encrypt_blocks(&mut halves);
        }
        done = next;
    }
    let mut hash = Sha256::new();
    for half in &mut halves {
        hash.update(half.as_slice());
        half.as_mut_slice().zeroize();
    }
    Zeroizing::new(hash.finalize().into())
}
