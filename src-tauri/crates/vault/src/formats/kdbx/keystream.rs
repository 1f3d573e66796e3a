//! The inner stream: one key stream for all protected values, used up in document order.

use aes::cipher::{Array, KeyIvInit, StreamCipher};
use chacha20::ChaCha20;
use salsa20::Salsa20;
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

use crate::{Part, ReadError};

/// The nonce that KeePass uses for every Salsa20 stream; the key differs at every save.
const SALSA20_NONCE: [u8; 8] = [0xe8, 0x30, 0x09, 0x4b, 0x97, 0x20, 0x5d, 0x2a];

pub(super) enum KeyStream {
    Salsa20(Box<Salsa20>),
    ChaCha20(Box<ChaCha20>),
    /// Of a document that is not encrypted and has no protected values.
    None,
}

impl KeyStream {
    /// `id` as the file names the cipher: 2 is Salsa20, 3 is ChaCha20.
    pub(super) fn new(id: u32, key: &[u8]) -> Result<Self, ReadError> {
        match id {
            2 => {
                let key: Zeroizing<[u8; 32]> = Zeroizing::new(Sha256::digest(key).into());
                Ok(Self::Salsa20(Box::new(Salsa20::new(&Array::from(*key), &Array::from(SALSA20_NONCE)))))
            }
            3 => {
                let hash: Zeroizing<[u8; 64]> = Zeroizing::new(Sha512::digest(key).into());
                let (key, rest) = hash.split_at(32);
                let nonce = rest.split_at(12).0;
                ChaCha20::new_from_slices(key, nonce)
                    .map(|stream| Self::ChaCha20(Box::new(stream)))
                    .map_err(|_| ReadError::damaged(Part::InnerHeader))
            }
            1 => Err(ReadError::Unsupported { what: "protected values under ArcFour" }),
            _ => Err(ReadError::Unsupported { what: "this cipher of the protected values" }),
        }
    }

    /// Decrypts the next protected value in place.
    pub(super) fn apply(&mut self, value: &mut [u8]) -> Result<(), ReadError> {
        match self {
            Self::Salsa20(stream) => stream.try_apply_keystream(value),
            Self::ChaCha20(stream) => stream.try_apply_keystream(value),
            Self::None => return Err(ReadError::damaged(Part::ProtectedValues)),
        }
        .map_err(|_| ReadError::damaged(Part::ProtectedValues))
    }
}
