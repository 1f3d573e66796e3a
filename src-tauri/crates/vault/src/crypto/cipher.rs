//! Authenticated encryption: AES-256-GCM, and AES-256-CBC with HMAC-SHA256 over what it encrypts.

use aes::Aes256;
use aes::cipher::{Array, BlockModeDecrypt as _, KeyInit as _, KeyIvInit as _, consts};
use aes_gcm::aead::AeadInOut;
use aes_gcm::{AesGcm, Nonce, Tag};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{Part, ReadError};

use super::Key;

/// The content is not what was encrypted with this key: the key is wrong, or the content was changed. Which of the two
/// only the format can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotAuthentic;

impl NotAuthentic {
    /// For content whose key is known to be right.
    pub(crate) fn damaged(self) -> ReadError {
        ReadError::damaged(Part::Ciphertext)
    }
}

const TAG: usize = 16;

/// Decrypts AES-256-GCM content with its tag of 16 bytes at the end. The nonce has 12 or 16 bytes.
pub(crate) fn open_gcm(key: &Key, nonce: &[u8], data: &[u8], associated: &[u8]) -> Result<Plain, NotAuthentic> {
    let (data, tag) = data.split_at_checked(data.len().checked_sub(TAG).ok_or(NotAuthentic)?).ok_or(NotAuthentic)?;
    match nonce.len() {
        12 => gcm::<consts::U12>(key, nonce, data, tag, associated),
        16 => gcm::<consts::U16>(key, nonce, data, tag, associated),
        _ => Err(NotAuthentic),
    }
}

/// Decrypted content, wiped when dropped.
pub(crate) type Plain = Zeroizing<Vec<u8>>;

fn gcm<N: aes::cipher::array::ArraySize>(
    key: &Key,
    nonce: &[u8],
    data: &[u8],
    tag: &[u8],
    associated: &[u8],
) -> Result<Plain, NotAuthentic>
where
    AesGcm<Aes256, N>: AeadInOut<NonceSize = N, TagSize = consts::U16>,
{
    let cipher = AesGcm::<Aes256, N>::new(&Array::from(**key));
    let nonce = Nonce::<N>::try_from(nonce).map_err(|_| NotAuthentic)?;
    let tag = Tag::<consts::U16>::try_from(tag).map_err(|_| NotAuthentic)?;
    let mut plain = Zeroizing::new(data.to_vec());
    cipher.decrypt_inout_detached(&nonce, associated, plain.as_mut_slice().into(), &tag).map_err(|_| NotAuthentic)?;
    Ok(plain)
}

/// Decrypts AES-256-CBC content with PKCS #7 padding, after checking the HMAC-SHA256 over its initialisation vector and
/// itself. `data` is decrypted in place.
pub(crate) fn open_cbc(key: &Key, mac_key: &Key, iv: &[u8], data: Plain, mac: &[u8]) -> Result<Plain, NotAuthentic> {
    let check = Hmac::<Sha256>::new_from_slice(mac_key.as_slice()).map_err(|_| NotAuthentic)?;
    check.chain_update(iv).chain_update(data.as_slice()).verify_slice(mac).map_err(|_| NotAuthentic)?;
    decrypt_cbc(key, iv, data)
}

/// Decrypts AES-256-CBC content with PKCS #7 padding, in place. The caller has authenticated it.
pub(crate) fn decrypt_cbc(key: &Key, iv: &[u8], mut data: Plain) -> Result<Plain, NotAuthentic> {
    let mut mode = cbc::Decryptor::<Aes256>::new_from_slices(key.as_slice(), iv).map_err(|_| NotAuthentic)?;
    let (blocks, rest) = Array::slice_as_chunks_mut(data.as_mut_slice());
    if !rest.is_empty() {
        return Err(NotAuthentic);
    }
    mode.decrypt_blocks(blocks);
    let padding = *data.last().ok_or(NotAuthentic)?;
    let kept = data.len().checked_sub(padding.into()).ok_or(NotAuthentic)?;
    if !(1..=16).contains(&padding) || !data.iter().skip(kept).all(|byte| *byte == padding) {
        return Err(NotAuthentic);
    }
    data.truncate(kept);
    Ok(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GCM: [u8; 21] = [
        0x1e, 0x84, 0xe5, 0xdb, 0xff, 0x3b, 0x72, 0x26, 0xb4, 0x4b, 0x61, 0xe0, 0x15, 0xd5, 0x67, 0x50, 0xb8, 0x46,
        0x34, 0x99, 0x6e,
    ];
    const GCM_16: [u8; 21] = [
        0xf5, 0xc5, 0xa8, 0x2b, 0x82, 0xe1, 0x85, 0x5d, 0x2d, 0x1b, 0x10, 0x94, 0x70, 0xb7, 0x1f, 0xa8, 0x5d, 0x09,
        0xf0, 0xd9, 0x69,
    ];
    const CBC: [u8; 16] =
        [0xd1, 0x6e, 0x82, 0x1c, 0x42, 0xc7, 0xfa, 0x8e, 0x5f, 0xfe, 0x0e, 0xa7, 0xad, 0xa5, 0x19, 0x10];
    const CBC_MAC: [u8; 32] = [
        0x9c, 0x77, 0xee, 0xb3, 0x9b, 0xe2, 0xd7, 0x2e, 0x4d, 0x71, 0x44, 0x24, 0x44, 0x8e, 0xdd, 0x7c, 0xf8, 0xdf,
        0x43, 0x33, 0x4b, 0xba, 0x8f, 0xc8, 0x0c, 0x17, 0xdc, 0x71, 0x1c, 0x7c, 0x2d, 0x93,
    ];
    const ODD: [(&[u8], &[u8]); 4] = [
        (
            &[],
            &[
                0xba, 0x5d, 0xff, 0x6d, 0x1e, 0x74, 0x10, 0x86, 0xcc, 0xc7, 0xa2, 0x4f, 0x40, 0x19, 0x19, 0x30, 0x4c,
                0x52, 0xc5, 0x77, 0x66, 0x9c, 0x19, 0x18, 0xca, 0xb1, 0x0e, 0x3f, 0x5d, 0x43, 0xcd, 0x47,
            ],
        ),
        (
            &[0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38],
            &[
                0x48, 0xda, 0xf3, 0x26, 0x41, 0x21, 0x1e, 0x5b, 0xc4, 0x8e, 0x96, 0xc4, 0x44, 0x51, 0x4a, 0xca, 0x4a,
                0xc8, 0x00, 0x4e, 0xda, 0x37, 0x5e, 0x34, 0xd0, 0x61, 0xd7, 0xbc, 0xb8, 0xef, 0x7f, 0xa2,
            ],
        ),
        (
            &[0x3b, 0xac, 0x81, 0xe0, 0x90, 0x1c, 0x77, 0xf1, 0x24, 0x03, 0x85, 0xbb, 0xc1, 0xea, 0xb4, 0x06],
            &[
                0x46, 0x78, 0xfd, 0x3f, 0x5f, 0x3c, 0xe6, 0x2e, 0xbf, 0x11, 0x74, 0x59, 0x73, 0x98, 0xe4, 0xf0, 0x92,
                0xd3, 0xdf, 0x20, 0x63, 0x9b, 0x7a, 0x89, 0x7e, 0x54, 0x1e, 0x99, 0x21, 0xd0, 0xa9, 0xe5,
            ],
        ),
        (
            &[0x94, 0xf5, 0x51, 0xac, 0x1f, 0xc2, 0x73, 0xd7, 0x4d, 0x84, 0xfc, 0x63, 0x8b, 0x2a, 0x9e, 0xf8],
            &[
                0xd0, 0x3d, 0x1f, 0x77, 0xb8, 0x90, 0x13, 0x74, 0xd5, 0x1e, 0x26, 0x4b, 0xc7, 0x9d, 0x62, 0x0e, 0x48,
                0x9e, 0x54, 0xa6, 0x7b, 0xcc, 0x67, 0x86, 0x77, 0xe8, 0x74, 0x19, 0x06, 0x5d, 0xca, 0x4f,
            ],
        ),
    ];

    #[test]
    fn gcm_content_is_read_and_nothing_else() {
        let key = Zeroizing::new([7; 32]);
        let check = |nonce: &[u8], data: &[u8], associated: &[u8], expect: Option<&[u8]>| {
            let plain = open_gcm(&key, nonce, data, associated).ok();
            assert!(plain.as_ref().map(|plain| plain.as_slice()) == expect);
        };
        // Made with the Python package `cryptography`.
        let sealed = GCM;
        check(&[1; 12], &sealed, b"aad", Some(b"hello"));
        check(&[1; 12], &sealed, b"", None);
        check(&[2; 12], &sealed, b"aad", None);
        check(&[1; 13], &sealed, b"aad", None);
        check(&[1; 12], &sealed[..15], b"aad", None);
        check(&[1; 12], b"", b"aad", None);
        check(&[1; 16], &GCM_16, b"", Some(b"hello"));
        for at in 0..sealed.len() {
            let mut changed = sealed;
            changed[at] ^= 1;
            check(&[1; 12], &changed, b"aad", None);
        }
    }

    #[test]
    fn cbc_content_is_read_and_nothing_else() {
        let (key, mac_key) = (Zeroizing::new([7; 32]), Zeroizing::new([8; 32]));
        let check = |iv: &[u8], data: &[u8], mac: &[u8], expect: Option<&[u8]>| {
            let plain = open_cbc(&key, &mac_key, iv, Zeroizing::new(data.to_vec()), mac).ok();
            assert!(plain.as_ref().map(|plain| plain.as_slice()) == expect);
        };
        check(&[1; 16], &CBC, &CBC_MAC, Some(b"hello"));
        check(&[2; 16], &CBC, &CBC_MAC, None);
        check(&[1; 16], &CBC[..15], &CBC_MAC, None);
        check(&[1; 16], &CBC, &CBC_MAC[..31], None);
        check(&[1; 16], &CBC, b"", None);
        for at in 0..CBC_MAC.len() {
            let mut changed = CBC_MAC;
            changed[at] ^= 1;
            check(&[1; 16], &CBC, &changed, None);
        }
        // Authentic, and no writer's: no block at all, half a block, padding of none.
        for (data, mac) in ODD {
            check(&[1; 16], data, mac, None);
        }
    }
}
