//! The block streams around the payload.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{Part, ReadError};

use super::{block_key, verify};

const DAMAGED: ReadError = ReadError::damaged(Part::Blocks);

/// KDBX 4: each block with its own HMAC, an empty block at the end. What follows it is ignored, as KeePass does.
pub(super) fn authenticated(mut rest: &[u8], hmac_key: &[u8; 64]) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let mut payload = Zeroizing::new(Vec::with_capacity(rest.len()));
    for index in 0u64.. {
        let (tag, after) = rest.split_first_chunk::<32>().ok_or(DAMAGED)?;
        let (length, after) = after.split_first_chunk::<4>().ok_or(DAMAGED)?;
        let size = usize::try_from(i32::from_le_bytes(*length)).map_err(|_| DAMAGED)?;
        let (data, after) = after.split_at_checked(size).ok_or(DAMAGED)?;
        if !verify(&block_key(hmac_key, index), &[&index.to_le_bytes(), length, data], tag) {
            return Err(DAMAGED);
        }
        if data.is_empty() {
            return Ok(payload);
        }
        payload.extend_from_slice(data);
        rest = after;
    }
    Err(DAMAGED)
}

/// KDBX 3: each block with its number and hash, an empty block with a hash of zeros at the end. What follows it is
/// the cipher's padding.
pub(super) fn hashed(mut rest: &[u8]) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let mut payload = Zeroizing::new(Vec::with_capacity(rest.len()));
    for expected in 0u32.. {
        let (index, after) = rest.split_first_chunk::<4>().ok_or(DAMAGED)?;
        let (hash, after) = after.split_first_chunk::<32>().ok_or(DAMAGED)?;
        let (length, after) = after.split_first_chunk::<4>().ok_or(DAMAGED)?;
        let size = usize::try_from(i32::from_le_bytes(*length)).map_err(|_| DAMAGED)?;
        let (data, after) = after.split_at_checked(size).ok_or(DAMAGED)?;
        if u32::from_le_bytes(*index) != expected {
            return Err(DAMAGED);
        }
        if data.is_empty() {
            return if *hash == [0; 32] { Ok(payload) } else { Err(DAMAGED) };
        }
        if hash.as_slice() != Sha256::digest(data).as_slice() {
            return Err(DAMAGED);
        }
        payload.extend_from_slice(data);
        rest = after;
    }
    Err(DAMAGED)
}
