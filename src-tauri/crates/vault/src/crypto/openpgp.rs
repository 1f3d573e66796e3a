//! OpenPGP messages that are encrypted with a passphrase (RFC 4880, RFC 9580): AES, and content whose integrity is
//! protected. Public keys, signatures and older encryption are not read.

use aes::cipher::{Array, BlockCipherEncrypt, KeyInit, consts::U16};
use aes::{Aes128, Aes192, Aes256};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

use crate::{Cost, Limits, Part, ReadError};

use super::cipher::Plain;
use crate::container::wiped;

const DAMAGED: ReadError = ReadError::damaged(Part::Structure);
const BEGIN: &str = "-----BEGIN PGP MESSAGE-----";

/// The packets that a message is made of.
const SESSION_KEY: u8 = 3;
const COMPRESSED: u8 = 8;
const LITERAL: u8 = 11;
const PROTECTED: u8 = 18;

/// So many passphrases may open a message; programs write one. Each is hashed for as long as its packet asks.
const MOST_SESSION_KEYS: usize = 4;

/// The binary message within its armour; `None` where there is no armour, or a broken one.
pub(crate) fn dearmored(text: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(text).ok()?.trim_start().strip_prefix(BEGIN)?;
    // Behind the rest of the first line there may be headers (`Version: …`), which end with an empty line; no line of
    // base64 has a colon. The checksum is optional and says nothing that the encryption does not.
    let lines = text.lines().skip(1).map(str::trim).skip_while(|line| line.contains(':'));
    let body: String = lines.take_while(|line| !line.starts_with(['=', '-'])).collect();
    BASE64_STANDARD.decode(body).ok()
}

/// Whether a binary message begins with a key that a passphrase opens.
pub(crate) fn has_passphrase(message: &[u8]) -> bool {
    matches!(message, [head, ..] if tag(*head) == Some(SESSION_KEY))
}

/// The content of a message.
pub(crate) fn open(message: &[u8], passphrase: &[u8], limits: &Limits) -> Result<Plain, ReadError> {
    let (mut sealed, mut rest) = (Vec::new(), message);
    while let Some((tag, body, after)) = packet(rest)? {
        match tag {
            SESSION_KEY if sealed.len() == MOST_SESSION_KEYS => {
                return Err(ReadError::Unsupported { what: "an OpenPGP message for more than four passphrases" });
            }
            SESSION_KEY => sealed.push(body),
            PROTECTED => return literal(unprotected(&body, &keys(&sealed, passphrase, limits)?)?, limits),
            _ => {}
        }
        rest = after;
    }
    Err(DAMAGED)
}

/// The keys that the passphrase may be right for; none where it is right for none.
fn keys(sealed: &[Plain], passphrase: &[u8], limits: &Limits) -> Result<Vec<SessionKey>, ReadError> {
    let sealed: Vec<_> = sealed.iter().filter_map(|packet| SealedKey::parse(packet)).collect();
    if sealed.is_empty() {
        return Err(ReadError::Unsupported { what: "this kind of OpenPGP encryption" });
    }
    let asked = sealed.iter().map(|key| key.work(passphrase)).fold(0, u64::saturating_add);
    if asked > limits.kdf_work {
        return Err(ReadError::TooCostly { cost: Cost::KdfWork, asked, limit: limits.kdf_work });
    }
    Ok(sealed.iter().filter_map(|key| key.open(passphrase)).collect())
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
        wiped::append(&mut body, take(&mut rest, size)?);
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

/// A session key under a passphrase, or what makes one of a passphrase.
struct SealedKey<'a> {
    cipher: Cipher,
    hash: Hash,
    salt: &'a [u8],
    /// Bytes to be hashed.
    count: usize,
    /// The session key, encrypted; empty where the passphrase makes it.
    sealed: &'a [u8],
}

#[derive(Clone, Copy)]
enum Hash {
    Sha1,
    Sha256,
    Sha512,
}

impl Hash {
    fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }
}

impl<'a> SealedKey<'a> {
    /// `None` where the packet is of a kind that is not read.
    fn parse(mut packet: &'a [u8]) -> Option<Self> {
        let rest = &mut packet;
        let mut byte = || number(rest, 1).ok().and_then(|byte| u8::try_from(byte).ok());
        let (4, cipher, kind, hash) = (byte()?, Cipher::of(byte()?)?, byte()?, byte()?) else { return None };
        let hash = match hash {
            2 => Hash::Sha1,
            8 => Hash::Sha256,
            10 => Hash::Sha512,
            _ => return None,
        };
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
        Some(Self { cipher, hash, salt, count, sealed: packet })
    }

    /// Bytes that are hashed to open it.
    fn work(&self, passphrase: &[u8]) -> u64 {
        let once = self.count.max(self.salt.len().saturating_add(passphrase.len()));
        let hashes = self.cipher.key_length().div_ceil(self.hash.length());
        u64::try_from(once.saturating_mul(hashes)).unwrap_or(u64::MAX)
    }

    /// The key; `None` where the passphrase is not the one.
    fn open(&self, passphrase: &[u8]) -> Option<SessionKey> {
        let (salt, count, length) = (self.salt, self.count, self.cipher.key_length());
        let key = match self.hash {
            Hash::Sha1 => stretched::<Sha1>(salt, passphrase, count, length),
            Hash::Sha256 => stretched::<Sha256>(salt, passphrase, count, length),
            Hash::Sha512 => stretched::<Sha512>(salt, passphrase, count, length),
        };
        if self.sealed.is_empty() {
            return Some(SessionKey { cipher: self.cipher, key });
        }
        let mut inner = Zeroizing::new(self.sealed.to_vec());
        self.cipher.decrypt(&key, &mut inner)?;
        let (number, session) = inner.split_first()?;
        let cipher = Cipher::of(*number)?;
        (session.len() == cipher.key_length()).then(|| SessionKey { cipher, key: Zeroizing::new(session.to_vec()) })
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

/// What stands before the hash at the end.
const HASH_HEAD: [u8; 2] = [0xd3, 0x14];

/// A prefix of a block and its last two bytes again, and at the end a packet with the SHA-1 of everything before.
///
/// One wrong key in 65,536 passes for right by the repeated bytes; the head of the hash shows it. Where both are there and
/// the hash is another, the key is right and the content was changed.
fn unprotected(packet: &[u8], keys: &[SessionKey]) -> Result<Plain, ReadError> {
    let Some((1, content)) = packet.split_first().map(|(version, content)| (*version, content)) else {
        return Err(ReadError::Unsupported { what: "this kind of OpenPGP encryption" });
    };
    let mut error = ReadError::WrongKey;
    for key in keys {
        let mut plain = Zeroizing::new(content.to_vec());
        key.cipher.decrypt(&key.key, &mut plain).ok_or(DAMAGED)?;
        let repeated =
            matches!(plain.as_slice(), [_, _, _, _, _, _, _, _, _, _, _, _, _, _, a, b, c, d, ..] if (a, b) == (c, d));
        let Some((covered, hash)) = plain.len().checked_sub(20).and_then(|end| plain.split_at_checked(end)) else {
            return Err(DAMAGED);
        };
        let Some(inner) = covered.strip_suffix(&HASH_HEAD).and_then(|inner| inner.get(18..)).filter(|_| repeated)
        else {
            continue;
        };
        if Sha1::digest(covered).as_slice() == hash {
            return Ok(Zeroizing::new(inner.to_vec()));
        }
        error = ReadError::damaged(Part::Ciphertext);
    }
    Err(error)
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
    let plain =
        wiped::read(stream.take(limit.saturating_add(1)), size).map_err(|_| ReadError::damaged(Part::Compression))?;
    let length = u64::try_from(plain.len()).unwrap_or(u64::MAX);
    if length > limit {
        return Err(ReadError::TooCostly { cost: Cost::Inflated, asked: length, limit });
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSPHRASE: &[u8] = b"correct horse";

    /// A packet with a salted key, iterated `code` times as the format counts, without a session key of its own.
    fn session_key(salt: u8, code: u8) -> Vec<u8> {
        [&[0xc3, 13, 4, 7, 3, 2][..], &[salt; 8], &[code]].concat()
    }

    /// The protected packet with `data` in it, encrypted with the key that a packet makes.
    fn protected(key_packet: &[u8], data: &[u8], change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
        let key = SealedKey::parse(key_packet.get(2..).unwrap()).unwrap().open(PASSPHRASE).unwrap();
        let mut plain = [&[7; 18][..], data, &HASH_HEAD].concat();
        plain.extend_from_slice(&Sha1::digest(&plain));
        change(&mut plain);
        let cipher = Aes128::new_from_slice(&key.key).unwrap();
        let mut previous = Array::from([0u8; 16]);
        for block in plain.chunks_mut(16) {
            cipher.encrypt_block(&mut previous);
            for (byte, stream) in block.iter_mut().zip(previous.iter_mut()) {
                *byte ^= *stream;
                *stream = *byte;
            }
        }
        [&[0xd2, u8::try_from(plain.len() + 1).unwrap(), 1][..], &plain].concat()
    }

    const LITERAL_A: &[u8] = b"\xcb\x07b\0\0\0\0\0a";

    fn check(message: &[u8], limits: &Limits, expect: Result<&[u8], &str>) {
        let got = open(message, PASSPHRASE, limits);
        assert!(got.as_ref().map(|plain| plain.as_slice()).map_err(|error| error.code()) == expect, "{:?}", got.err());
    }

    #[test]
    fn session_keys_are_few_and_their_work_is_bounded() {
        let limits = Limits::default();
        let key = session_key(1, 0);
        let content = protected(&key, LITERAL_A, |_| {});
        let others = |count: usize| (0..count).flat_map(|_| session_key(2, 0)).collect::<Vec<_>>();
        check(&[key.clone(), content.clone()].concat(), &limits, Ok(b"a"));
        check(&[others(3), key.clone(), content.clone()].concat(), &limits, Ok(b"a"));
        check(&[others(4), content.clone()].concat(), &limits, Err("wrong_key"));
        check(&[others(4), key, content.clone()].concat(), &limits, Err("unsupported"));
        let costly = Limits { kdf_work: 1 << 20, ..limits };
        check(&[session_key(1, 0xff), content.clone()].concat(), &costly, Err("too_costly"));
        let half = (session_key(1, 0x90), session_key(2, 0x90));
        check(&[half.0.clone(), content.clone()].concat(), &costly, Err("wrong_key"));
        check(
            &[half.0.repeat(2), half.1.repeat(2), content].concat(),
            &Limits { kdf_work: 1 << 16, ..limits },
            Err("too_costly"),
        );
    }

    /// A key that passes by the repeated bytes alone, as one wrong key of 65,536 does.
    #[test]
    fn a_wrong_key_that_looks_right_is_a_wrong_key() {
        let (limits, key) = (Limits::default(), session_key(1, 0));
        let message = |change: fn(&mut Vec<u8>)| [key.clone(), protected(&key, LITERAL_A, change)].concat();
        check(&message(|plain| plain.iter_mut().skip(18).for_each(|byte| *byte ^= 0x55)), &limits, Err("wrong_key"));
        check(&message(|plain| plain[20] ^= 1), &limits, Err("damaged"));
        check(&message(|plain| plain[0] ^= 1), &limits, Err("damaged"));
        // Another key that makes the same start look right, before the one that is right.
        let content = protected(&key, LITERAL_A, |_| {});
        let body = content.get(2..).unwrap();
        let repeats = |salt: &u32| {
            let mut packet = session_key(0, 0);
            packet[6..10].copy_from_slice(&salt.to_be_bytes());
            let wrong = SealedKey::parse(&packet[2..]).unwrap().open(PASSPHRASE).unwrap();
            let mut plain = body[1..].to_vec();
            wrong.cipher.decrypt(&wrong.key, &mut plain).unwrap();
            plain[14..16] == plain[16..18]
        };
        let salt = (0u32..).find(repeats).unwrap();
        let mut packet = session_key(0, 0);
        packet[6..10].copy_from_slice(&salt.to_be_bytes());
        check(&[packet.clone(), key, content.clone()].concat(), &limits, Ok(b"a"));
        check(&[packet, content].concat(), &limits, Err("wrong_key"));
    }

    #[test]
    fn armour_with_headers_and_without() {
        for between in
            ["\n\n", "\r\n\r\n", "\n", "\nVersion: A 1.0\nComment: https://b.example\n\n", " \nVersion: A\n \n"]
        {
            let text = format!("\n{BEGIN}{between}AAEC\nAwQF\n=abcd\n-----END PGP MESSAGE-----\n");
            assert_eq!(dearmored(text.as_bytes()).as_deref(), Some(&[0, 1, 2, 3, 4, 5][..]), "{between:?}");
        }
    }
}
