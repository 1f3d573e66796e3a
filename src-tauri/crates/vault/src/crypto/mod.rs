//! What encrypted exports are made of: keys from passwords, and ciphers whose content is authenticated.
//!
//! A key derivation is checked against [`crate::Limits`] before it runs, because nothing authenticates the numbers that
//! a file asks for. What is decrypted here was authenticated first.

pub(crate) mod cipher;
pub(crate) mod derive;
pub(crate) mod openpgp;

use zeroize::Zeroizing;

/// A key of 256 bits, wiped when dropped.
pub(crate) type Key = Zeroizing<[u8; 32]>;
