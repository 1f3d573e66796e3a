//! OpenPGP messages that are encrypted with a passphrase (RFC 4880, RFC 9580): AES, and content whose integrity is
//! protected. Public keys, signatures and older encryption are not read.

use std::io::Read as _;

use aes::cipher::{Array, BlockCipherEncrypt, KeyInit, consts::U16};
use aes::{Aes128, Aes192, Aes256};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

use crate::{Cost, Limits, Part, ReadError};

use super::cipher::Plain;

const DAMAGED: ReadError = ReadError::damaged(Part::Structure);
const BEGIN: &str = "-----BEGIN PGP MESSAGE-----";

/// Keys that are derived for one message, which takes up to a fifth of a second each.
const MOST_KEYS: usize = 4;

/// The packets that a message is made of.
const SESSION_KEY: u8 = 3;
const COMPRESSED: u8 = 8;
const LITERAL: u8 = 11;
const PROTECTED: u8 = 18;

/// The binary message within its armour; `None` where there is no armour, or a broken one.
pub(crate) fn dearmored(text: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(text).ok()?.trim_start().strip_prefix(BEGIN)?;
    // Headers end with an empty line; the checksum is optional and says nothing that the encryption does not.
    let mut lines = text.lines().map(str::trim).skip_while(|line| !line.is_empty()).peekable();
    let body: String = lines.by_ref().take_while(|line| !line.starts_with(['=', '-'])).collect();
    BASE64_STANDARD.decode(body).ok()
}

/// Whether a binary message begins with a key that a passphrase opens.
pub(crate) fn has_passphrase(message: &[u8]) -> bool {
    matches!(message, [head, ..] if tag(*head) == Some(SESSION_KEY))
}

/// The content of a message.
pub(crate) fn open(message: &[u8], passphrase: &[u8], limits: &Limits) -> Result<Plain, ReadError> {
    let (mut keys, mut tried, mut rest) = (Vec::new(), 0, message);
    while let Some((tag, body, after)) = packet(rest)? {
        match tag {
            SESSION_KEY if tried >= MOST_KEYS => {
                return Err(ReadError::Unsupported { what: "an OpenPGP message for so many passphrases" });
            }
            SESSION_KEY => {
                tried += 1;
                keys.extend(SessionKey::derive(&body, passphrase));
            }
            PROTECTED => {
                if keys.is_empty() {
                    return Err(ReadError::Unsupported { what: "this kind of OpenPGP encryption" });
                }
                return literal(unprotected(&body, &keys)?, limits);
            }
            _ => {}
        }
        rest = after;
    }
    Err(DAMAGED)
}

fn tag(head: u8) -> Option<u8> {
    match head {
        0xc0.. => Some(head & 0x3f),
        0x80..0xc0 => Some((head >> 2) & 0x0f),
        _ => None,
    }
}

/// The tag and body of the packet in front, and what follows it.
type Packet<'a> = (u8, Plain, &'a [u8]);

fn packet(bytes: &[u8]) -> Result<Option<Packet<'_>>, ReadError> {
    let Some((head, mut rest)) = bytes.split_first() else { return Ok(None) };
    let tag = tag(*head).ok_or(DAMAGED)?;
    let mut body = Plain::default();
    if *head < 0xc0 {
        let size = match head & 3 {
            0 => number(&mut rest, 1)?,
            1 => number(&mut rest, 2)?,
            2 => number(&mut rest, 4)?,
            _ => rest.len(),
        };
        body.extend_from_slice(take(&mut rest, size)?);
        return Ok(Some((tag, body, rest)));
    }
    loop {
        let (size, last) = match number(&mut rest, 1)? {
            size @ ..192 => (size, true),
            high @ 192..224 => (((high - 192) << 8) + number(&mut rest, 1)? + 192, true),
            255 => (number(&mut rest, 4)?, true),
            partial => (1 << (partial & 0x1f), false),
        };
        body.extend_from_slice(take(&mut rest, size)?);
        if last {
            return Ok(Some((tag, body, rest)));
        }
    }
}

fn take<'a>(rest: &mut &'a [u8], size: usize) -> Result<&'a [u8], ReadError> {
    let (taken, after) = rest.split_at_checked(size).ok_or(DAMAGED)?;
    *rest = after;
    Ok(taken)
}

fn number(rest: &mut &[u8], size: usize) -> Result<usize, ReadError> {
    Ok(take(rest, size)?.iter().fold(0, |number, byte| (number << 8) | usize::from(*byte)))
}

/// A key and the cipher it is for.
struct SessionKey {
    cipher: Cipher,
    key: Plain,
}

#[derive(Clone, Copy)]
enum Cipher {
    Aes128,
    Aes192,
    Aes256,
}

impl Cipher {
    fn of(number: u8) -> Option<Self> {
        Some(match number {
            7 => Self::Aes128,
            8 => Self::Aes192,
            9 => Self::Aes256,
            _ => return None,
        })
    }

    fn key_length(self) -> usize {
        match self {
            Self::Aes128 => 16,
            Self::Aes192 => 24,
            Self::Aes256 => 32,
        }
    }

    fn decrypt(self, key: &[u8], data: &mut [u8]) -> Option<()> {
        match self {
            Self::Aes128 => cfb(&Aes128::new_from_slice(key).ok()?, data),
            Self::Aes192 => cfb(&Aes192::new_from_slice(key).ok()?, data),
            Self::Aes256 => cfb(&Aes256::new_from_slice(key).ok()?, data),
        }
        Some(())
    }
}

/// Cipher feedback from an initialisation vector of zeros.
fn cfb(cipher: &impl BlockCipherEncrypt<BlockSize = U16>, data: &mut [u8]) {
    let mut previous = Array::from([0u8; 16]);
    for block in data.chunks_mut(16) {
        cipher.encrypt_block(&mut previous);
        for (byte, stream) in block.iter_mut().zip(previous.iter_mut()) {
            let encrypted = *byte;
            *byte ^= *stream;
            *stream = encrypted;
        }
    }
}

impl SessionKey {
    /// The key that a packet and the passphrase make; `None` where the packet is of a kind that is not read.
    fn derive(mut packet: &[u8], passphrase: &[u8]) -> Option<Self> {
        let rest = &mut packet;
        let mut byte = || number(rest, 1).ok().and_then(|byte| u8::try_from(byte).ok());
        let (version, cipher, kind, hash) = (byte()?, Cipher::of(byte()?)?, byte()?, byte()?);
        let salt = match kind {
            0 => &[][..],
            1 | 3 => take(rest, 8).ok()?,
            _ => return None,
        };
        // At most 65 million bytes, which takes a fraction of a second.
        let count = if kind == 3 {
            let code = number(rest, 1).ok()?;
            (16 + (code & 15)) << ((code >> 4) + 6)
        } else {
            0
        };
        let mut key = match hash {
            2 => stretched::<Sha1>(salt, passphrase, count, cipher.key_length()),
            8 => stretched::<Sha256>(salt, passphrase, count, cipher.key_length()),
            10 => stretched::<Sha512>(salt, passphrase, count, cipher.key_length()),
            _ => return None,
        };
        if version != 4 {
            return None;
        }
        if packet.is_empty() {
            return Some(Self { cipher, key });
        }
        let mut inner = Zeroizing::new(packet.to_vec());
        cipher.decrypt(&key, &mut inner)?;
        let (number, session) = inner.split_first()?;
        let cipher = Cipher::of(*number)?;
        key.clear();
        key.extend_from_slice(session);
        (session.len() == cipher.key_length()).then_some(Self { cipher, key })
    }
}

/// Salt and passphrase, hashed again and again until `count` bytes went in; each further hash begins with one zero more.
fn stretched<D: Digest>(salt: &[u8], passphrase: &[u8], count: usize, length: usize) -> Plain {
    let once = Zeroizing::new([salt, passphrase].concat());
    let (mut key, mut zeros) = (Plain::default(), 0);
    while key.len() < length {
        let mut hash = D::new();
        hash.update(vec![0; zeros]);
        let mut left = count.max(once.len());
        while left > 0 && !once.is_empty() {
            let part = once.get(..left).unwrap_or(&once);
            hash.update(part);
            left -= part.len();
        }
        key.extend_from_slice(&hash.finalize());
        zeros += 1;
    }
    key.truncate(length);
    key
}

/// A prefix of a block and its last two bytes again, and at the end a packet with the SHA-1 of everything before.
fn unprotected(packet: &[u8], keys: &[SessionKey]) -> Result<Plain, ReadError> {
    let Some((1, content)) = packet.split_first().map(|(version, content)| (*version, content)) else {
        return Err(ReadError::Unsupported { what: "this kind of OpenPGP encryption" });
    };
    for key in keys {
        let mut plain = Zeroizing::new(content.to_vec());
        key.cipher.decrypt(&key.key, &mut plain).ok_or(DAMAGED)?;
        let repeated =
            matches!(plain.as_slice(), [_, _, _, _, _, _, _, _, _, _, _, _, _, _, a, b, c, d, ..] if (a, b) == (c, d));
        if !repeated {
            continue;
        }
        let end = plain.len().checked_sub(20).ok_or(DAMAGED)?;
        let (covered, hash) = plain.split_at_checked(end).ok_or(DAMAGED)?;
        let inner = covered.strip_suffix(b"\xd3\x14").and_then(|inner| inner.get(18..));
        return match inner {
            Some(inner) if Sha1::digest(covered).as_slice() == hash => Ok(Zeroizing::new(inner.to_vec())),
            _ => Err(ReadError::damaged(Part::Ciphertext)),
        };
    }
    Err(ReadError::WrongKey)
}

/// The data of the literal packet, which may be compressed.
pub(crate) fn literal(mut packets: Plain, limits: &Limits) -> Result<Plain, ReadError> {
    // Within one another more often than any program puts them.
    for _ in 0..4 {
        let (tag, body, _) = packet(&packets)?.ok_or(DAMAGED)?;
        packets = match (tag, body.split_first()) {
            (COMPRESSED, Some((1, data))) => inflated(flate2::read::DeflateDecoder::new(data), data.len(), limits)?,
            (COMPRESSED, Some((2, data))) => inflated(flate2::read::ZlibDecoder::new(data), data.len(), limits)?,
            (COMPRESSED, Some((0, data))) => Zeroizing::new(data.to_vec()),
            (COMPRESSED, _) => return Err(ReadError::Unsupported { what: "this kind of OpenPGP compression" }),
            (LITERAL, Some((_, mut rest))) => {
                let name = number(&mut rest, 1)?;
                take(&mut rest, name)?;
                take(&mut rest, 4)?;
                return Ok(Zeroizing::new(rest.to_vec()));
            }
            _ => return Err(DAMAGED),
        };
    }
    Err(DAMAGED)
}

/// What is compressed to `size` bytes, within the limits.
fn inflated(stream: impl std::io::Read, size: usize, limits: &Limits) -> Result<Plain, ReadError> {
    let ratio = u64::try_from(size).unwrap_or(u64::MAX).saturating_mul(limits.inflation_ratio);
    let limit = limits.inflated.min(ratio.max(Limits::RATIO_FROM));
    let mut plain = Plain::default();
    stream.take(limit.saturating_add(1)).read_to_end(&mut plain).map_err(|_| ReadError::damaged(Part::Compression))?;
    let length = u64::try_from(plain.len()).unwrap_or(u64::MAX);
    if length > limit {
        return Err(ReadError::TooCostly { cost: Cost::Inflated, asked: length, limit });
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_for_many_passphrases_is_refused_before_their_keys_are_derived() {
        // Version 4, AES-256, iterated and salted SHA-256 with the longest count.
        let key = b"\xc3\x0d\x04\x09\x03\x08saltsalt\xff";
        let check = |message: &[u8], expect: &str| {
            assert_eq!(open(message, b"x", &Limits::default()).map(|_| ()).map_err(|error| error.code()), Err(expect));
        };
        check(&key.repeat(10_000), "unsupported");
        // With a session key behind it that does not decrypt to one.
        check(&b"\xc3\x0e\x04\x09\x03\x08saltsalt\xff\x00".repeat(10_000), "unsupported");
        check(key, "damaged");
        check(b"", "damaged");
    }
}
