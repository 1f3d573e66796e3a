//! Values that the file holds encrypted: AES-256-GCM with a random nonce, bound to the account they belong to.

use std::fmt;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const NONCE: usize = 12;

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
    pub(super) fn seal(&self, owner: &[u8], secret: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload { msg: secret, aad: owner };
        let sealed = self.cipher().encrypt(&Nonce::from(nonce), payload).map_err(|_| Unsealable)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// The secret, if it was sealed with this key for this owner.
    pub(super) fn unseal(&self, owner: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unsealable> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>().ok_or(Unsealable)?;
        let payload = Payload { msg: ciphertext, aad: owner };
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

/// It does not open: another key, another owner, or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unsealable;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_with_its_key_for_its_owner_unchanged() {
        let key = StorageKey::random();
        let sealed = key.seal(b"alma", b"secret").unwrap();
        assert_eq!(key.unseal(b"alma", &sealed).unwrap().as_slice(), b"secret");
        assert!(!sealed.windows(6).any(|w| w == b"secret"));
        assert_ne!(sealed, key.seal(b"alma", b"secret").unwrap());
        let mut changed = sealed.clone();
        changed[14] ^= 1;
        for (key, owner, sealed) in [
            (&key, &b"bruno"[..], &sealed[..]),
            (&StorageKey::random(), b"alma", &sealed),
            (&key, b"alma", &changed),
            (&key, b"alma", &sealed[..11]),
            (&key, b"alma", &[]),
        ] {
            assert_eq!(key.unseal(owner, sealed), Err(Unsealable));
        }
        assert_eq!(format!("{key:?}"), "StorageKey(..)");
    }
}
