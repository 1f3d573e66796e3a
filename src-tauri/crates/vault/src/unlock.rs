use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{ReadError, key_file};

/// What opens a locked vault. No password and an empty password are two different keys.
#[derive(Default)]
pub struct Unlock {
    /// The password.
    pub password: Option<SecretString>,
    /// The key file's content.
    pub key_file: Option<KeyFile>,
}

impl Unlock {
    /// Nothing to unlock with: for files that are not encrypted.
    pub fn none() -> Self {
        Self::default()
    }

    /// With a password alone.
    pub fn password(password: impl Into<SecretString>) -> Self {
        Self { password: Some(password.into()), key_file: None }
    }

    /// Adds a key file's content.
    #[must_use]
    pub fn with_key_file(mut self, bytes: impl Into<KeyFile>) -> Self {
        self.key_file = Some(bytes.into());
        self
    }

    /// KeePass's composite key: the hash of the hashed password and the key file's key, of those that are there.
    pub(crate) fn composite_key(&self) -> Result<Zeroizing<[u8; 32]>, ReadError> {
        if self.password.is_none() && self.key_file.is_none() {
            return Err(ReadError::NeedsKey);
        }
        let mut hash = Sha256::new();
        if let Some(password) = &self.password {
            let password: Zeroizing<[u8; 32]> = Zeroizing::new(Sha256::digest(password.expose_secret()).into());
            hash.update(password.as_slice());
        }
        if let Some(key_file) = &self.key_file {
            hash.update(key_file::key(&key_file.0)?.as_slice());
        }
        Ok(Zeroizing::new(hash.finalize().into()))
    }
}

impl fmt::Debug for Unlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unlock")
            .field("password", &self.password.is_some())
            .field("key_file", &self.key_file.is_some())
            .finish()
    }
}

/// A key file's content, wiped when dropped.
pub struct KeyFile(Zeroizing<Vec<u8>>);

impl KeyFile {
    /// What the file contributes to the key of a KeePass 1 database.
    pub(crate) fn keepass_1_key(&self) -> Zeroizing<[u8; 32]> {
        key_file::plain_key(&self.0)
    }
}

impl From<Vec<u8>> for KeyFile {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl From<Zeroizing<Vec<u8>>> for KeyFile {
    fn from(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyFile([REDACTED])")
    }
}
