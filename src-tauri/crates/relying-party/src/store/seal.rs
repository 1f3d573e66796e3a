//! Values that the file holds encrypted: AES-256-GCM with a random nonce, bound to what they are for and the account
//! they belong to.

use std::fmt;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const NONCE: usize = 12;

/// What a sealed value is for. One that was sealed for another purpose does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The secret of an account's authenticator app.
    Totp,
    /// The value that tells whether a key is the store's.
    KeyCheck,
}

impl Purpose {
    /// The associated data: the purpose, a byte that no purpose has, and the owner.
    fn of(self, owner: &[u8]) -> Vec<u8> {
        let name: &[u8] = match self {
            Self::Totp => b"totp",
            Self::KeyCheck => b"key check",
        };
        [name, &[0], owner].concat()
    }
}

/// The key of a store. It belongs beside the file's backups as little as a password does.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct StorageKey([u8; 32]);

impl StorageKey {
    /// A new one.
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// One that was kept.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// To keep it.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Nonce and ciphertext.
    pub(super) fn seal(&self, purpose: Purpose, owner: &[u8], secret: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload { msg: secret, aad: &purpose.of(owner) };
        let sealed = self.cipher().encrypt(&Nonce::from(nonce), payload).map_err(|_| Unsealable)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// The secret, if it was sealed with this key for this purpose and owner.
    pub(super) fn unseal(
        &self,
        purpose: Purpose,
        owner: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Unsealable> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>().ok_or(Unsealable)?;
        let payload = Payload { msg: ciphertext, aad: &purpose.of(owner) };
        self.cipher().decrypt(&Nonce::from(*nonce), payload).map(Zeroizing::new).map_err(|_| Unsealable)
    }

    /// A key of its own for another purpose.
    pub(super) fn derived(&self, purpose: &[u8]) -> [u8; 32] {
        Sha256::new_with_prefix(self.0).chain_update(purpose).finalize().into()
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&self.0.into())
    }
}

impl fmt::Debug for StorageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StorageKey(..)")
    }
}

/// It does not open: another key, purpose or owner, or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unsealable;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_with_its_key_for_its_purpose_and_owner_unchanged() {
        let key = StorageKey::random();
        let sealed = key.seal(Purpose::Totp, b"alma", b"secret").unwrap();
        assert_eq!(key.unseal(Purpose::Totp, b"alma", &sealed).unwrap().as_slice(), b"secret");
        assert!(!sealed.windows(6).any(|w| w == b"secret"));
        assert_ne!(sealed, key.seal(Purpose::Totp, b"alma", b"secret").unwrap());
        let mut changed = sealed.clone();
        changed[14] ^= 1;
        for (key, purpose, owner, sealed) in [
            (&key, Purpose::Totp, &b"bruno"[..], &sealed[..]),
            (&key, Purpose::KeyCheck, b"alma", &sealed),
            (&StorageKey::random(), Purpose::Totp, b"alma", &sealed),
            (&key, Purpose::Totp, b"alma", &changed),
            (&key, Purpose::Totp, b"alma", &sealed[..11]),
            (&key, Purpose::Totp, b"alma", &[]),
        ] {
            assert_eq!(key.unseal(purpose, owner, sealed), Err(Unsealable));
        }
        assert_eq!(format!("{key:?}"), "StorageKey(..)");
    }
}
