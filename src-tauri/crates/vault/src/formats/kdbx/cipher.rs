//! The outer encryption of the payload.

use aes::cipher::{Array, BlockModeDecrypt, BlockSizeUser, KeyIvInit, StreamCipher};
use chacha20::ChaCha20;

use crate::{Part, ReadError};

use super::Key;

const AES_256: [u8; 16] = *b"\x31\xc1\xf2\xe6\xbf\x71\x43\x50\xbe\x58\x05\x21\x6a\xfc\x5a\xff";
const TWOFISH: [u8; 16] = *b"\xad\x68\xf2\x9f\x57\x6f\x4b\xb9\xa3\x6a\xd4\x7a\xf9\x65\x34\x6c";
const CHACHA20: [u8; 16] = *b"\xd6\x03\x8a\x2b\x8b\x6f\x4c\xb5\xa5\x24\x33\x9a\x31\xdb\xb5\x9a";

const DAMAGED: ReadError = ReadError::damaged(Part::Ciphertext);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cipher {
    Aes256,
    Twofish,
    ChaCha20,
}

impl Cipher {
    pub(super) fn of(uuid: &[u8]) -> Result<Self, ReadError> {
        let uuid: [u8; 16] = uuid.try_into().map_err(|_| ReadError::damaged(Part::Header))?;
        match uuid {
            AES_256 => Ok(Self::Aes256),
            TWOFISH => Ok(Self::Twofish),
            CHACHA20 => Ok(Self::ChaCha20),
            _ => Err(ReadError::Unsupported { what: "this cipher" }),
        }
    }

    pub(super) fn iv_length(self) -> usize {
        match self {
            Self::Aes256 | Self::Twofish => 16,
            Self::ChaCha20 => 12,
        }
    }

    /// Decrypts in place and takes off the padding.
    pub(super) fn decrypt<'a>(self, key: &Key, iv: &[u8], data: &'a mut [u8]) -> Result<&'a [u8], ReadError> {
        let length = data.len();
        let plain = self.decrypt_blocks(key, iv, data)?;
        if self == Self::ChaCha20 {
            return Ok(plain);
        }
        // PKCS #7: n bytes of value n, 1 to 16.
        let padding = usize::from(*plain.last().ok_or(DAMAGED)?);
        let kept = plain.len().checked_sub(padding).ok_or(DAMAGED)?;
        let (plain, tail) = plain.split_at_checked(kept).ok_or(DAMAGED)?;
        let whole = plain.len() + tail.len() == length;
        if whole && (1..=16).contains(&padding) && tail.iter().all(|byte| usize::from(*byte) == padding) {
            Ok(plain)
        } else {
            Err(DAMAGED)
        }
    }

    /// Decrypts whole cipher blocks in place; padding stays, a part of a block at the end is left out.
    pub(super) fn decrypt_blocks<'a>(self, key: &Key, iv: &[u8], data: &'a mut [u8]) -> Result<&'a [u8], ReadError> {
        let bad_iv = ReadError::damaged(Part::Header);
        match self {
            Self::Aes256 => cbc(cbc::Decryptor::<aes::Aes256>::new_from_slices(key.as_slice(), iv), data),
            Self::Twofish => cbc(cbc::Decryptor::<twofish::Twofish>::new_from_slices(key.as_slice(), iv), data),
            Self::ChaCha20 => {
                let mut stream = ChaCha20::new_from_slices(key.as_slice(), iv).map_err(|_| bad_iv)?;
                stream.try_apply_keystream(data).map_err(|_| DAMAGED)?;
                Ok(data)
            }
        }
    }
}

fn cbc<D: BlockModeDecrypt + BlockSizeUser, E>(mode: Result<D, E>, data: &mut [u8]) -> Result<&[u8], ReadError> {
    let mut mode = mode.map_err(|_| ReadError::damaged(Part::Header))?;
    let whole = data.len() - data.len() % D::block_size();
    let data = data.get_mut(..whole).ok_or(DAMAGED)?;
    let (blocks, _) = Array::slice_as_chunks_mut(data);
    mode.decrypt_blocks(blocks);
    Ok(data)
}
