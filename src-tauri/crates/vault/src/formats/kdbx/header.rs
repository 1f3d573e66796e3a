//! The outer header: type, length, value.

use crate::{Part, ReadError};

use super::cipher::Cipher;
use super::kdf::Kdf;

pub(super) const SIGNATURE: [u8; 4] = [0x03, 0xd9, 0xa2, 0x9a];
pub(super) const KEEPASS_1: [u8; 4] = [0x65, 0xfb, 0x4b, 0xb5];
const KEEPASS_2_BETA: [u8; 4] = [0x66, 0xfb, 0x4b, 0xb5];
const KEEPASS_2: [u8; 4] = [0x67, 0xfb, 0x4b, 0xb5];

/// What the outer header says. Nothing of it is authenticated before the key is known.
pub(super) struct Header<'a> {
    /// The header's own bytes, which checksum and HMAC cover.
    pub bytes: &'a [u8],
    pub generation: Generation<'a>,
    pub cipher: Cipher,
    pub compressed: bool,
    pub master_seed: &'a [u8],
    pub iv: &'a [u8],
    pub kdf: Kdf<'a>,
}

/// What differs between the two major versions.
pub(super) enum Generation<'a> {
    Three(Three<'a>),
    Four,
}

/// What KDBX 3 has in the outer header and KDBX 4 behind the encryption.
pub(super) struct Three<'a> {
    pub start_bytes: &'a [u8],
    pub stream_key: &'a [u8],
    pub stream_id: u32,
}

/// The values as they stand in the file.
#[derive(Default)]
struct Fields<'a> {
    cipher: Option<&'a [u8]>,
    compression: Option<&'a [u8]>,
    master_seed: Option<&'a [u8]>,
    transform_seed: Option<&'a [u8]>,
    transform_rounds: Option<&'a [u8]>,
    iv: Option<&'a [u8]>,
    stream_key: Option<&'a [u8]>,
    start_bytes: Option<&'a [u8]>,
    stream_id: Option<&'a [u8]>,
    kdf: Option<&'a [u8]>,
}

const DAMAGED: ReadError = ReadError::damaged(Part::Header);

impl<'a> Header<'a> {
    /// The header and what follows it.
    pub(super) fn parse(file: &'a [u8]) -> Result<(Self, &'a [u8]), ReadError> {
        let (signature, rest) = file.split_first_chunk::<4>().ok_or(ReadError::UnknownFormat)?;
        if *signature != SIGNATURE {
            return Err(ReadError::UnknownFormat);
        }
        let (kind, rest) = rest.split_first_chunk::<4>().ok_or(DAMAGED)?;
        match *kind {
            KEEPASS_2 => {}
            KEEPASS_2_BETA => return Err(ReadError::Unsupported { what: "files of KeePass 2 test releases" }),
            _ => return Err(DAMAGED),
        }
        let (version, mut rest) = rest.split_first_chunk::<4>().ok_or(DAMAGED)?;
        let [_, _, major @ ..] = *version;
        let major = u16::from_le_bytes(major);
        if !matches!(major, 3 | 4) {
            return Err(ReadError::Unsupported { what: "a KDBX version other than 3 and 4" });
        }
        let mut fields = Fields::default();
        loop {
            let (id, value, after) = field(rest, major)?;
            rest = after;
            let slot = match id {
                0 => break,
                2 => &mut fields.cipher,
                3 => &mut fields.compression,
                4 => &mut fields.master_seed,
                5 => &mut fields.transform_seed,
                6 => &mut fields.transform_rounds,
                7 => &mut fields.iv,
                8 => &mut fields.stream_key,
                9 => &mut fields.start_bytes,
                10 => &mut fields.stream_id,
                11 => &mut fields.kdf,
                // Comments (1), public custom data (12) and what later minor versions may add.
                _ => continue,
            };
            *slot = Some(value);
        }
        let length = file.len().saturating_sub(rest.len());
        let bytes = file.get(..length).ok_or(DAMAGED)?;
        Ok((fields.header(bytes, major)?, rest))
    }
}

fn field(rest: &[u8], major: u16) -> Result<(u8, &[u8], &[u8]), ReadError> {
    let (&id, rest) = rest.split_first().ok_or(DAMAGED)?;
    let (length, rest) = if major == 3 {
        let (length, rest) = rest.split_first_chunk::<2>().ok_or(DAMAGED)?;
        (u32::from(u16::from_le_bytes(*length)), rest)
    } else {
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(DAMAGED)?;
        (u32::from_le_bytes(*length), rest)
    };
    let length = usize::try_from(length).map_err(|_| DAMAGED)?;
    let (value, rest) = rest.split_at_checked(length).ok_or(DAMAGED)?;
    Ok((id, value, rest))
}

impl<'a> Fields<'a> {
    fn header(self, bytes: &'a [u8], major: u16) -> Result<Header<'a>, ReadError> {
        let cipher = Cipher::of(self.cipher.ok_or(DAMAGED)?)?;
        let compressed = match number(self.compression)? {
            0 => false,
            1 => true,
            _ => return Err(ReadError::Unsupported { what: "a compression other than gzip" }),
        };
        let master_seed = self.master_seed.filter(|seed| seed.len() == 32).ok_or(DAMAGED)?;
        let iv = self.iv.filter(|iv| iv.len() == cipher.iv_length()).ok_or(DAMAGED)?;
        let (generation, kdf) = if major == 3 {
            let rounds = self.transform_rounds.and_then(|value| value.try_into().ok()).ok_or(DAMAGED)?;
            let kdf = Kdf::aes(self.transform_seed.ok_or(DAMAGED)?, u64::from_le_bytes(rounds))?;
            let three = Three {
                start_bytes: self.start_bytes.filter(|start| start.len() == 32).ok_or(DAMAGED)?,
                stream_key: self.stream_key.ok_or(DAMAGED)?,
                stream_id: number(self.stream_id)?,
            };
            (Generation::Three(three), kdf)
        } else {
            (Generation::Four, Kdf::parse(self.kdf.ok_or(DAMAGED)?)?)
        };
        Ok(Header { bytes, generation, cipher, compressed, master_seed, iv, kdf })
    }
}

fn number(value: Option<&[u8]>) -> Result<u32, ReadError> {
    value.and_then(|value| value.try_into().ok()).map(u32::from_le_bytes).ok_or(DAMAGED)
}
