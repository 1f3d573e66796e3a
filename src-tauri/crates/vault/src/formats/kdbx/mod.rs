//! KDBX, the file format of KeePass 2: <https://keepass.info/help/kb/kdbx.html>.
//!
//! One file a layer, from the outside in: [`header`] (and [`variant`] dictionaries), [`kdf`], [`blocks`], [`cipher`],
//! [`payload`] (inflate, inner header), [`keystream`], [`document`] (the XML), [`entries`].

mod blocks;
mod cipher;
mod document;
mod entries;
mod fields;
pub(super) mod foreign;
mod former;
#[cfg(test)]
pub(crate) mod fuzz;
mod header;
mod kdf;
mod keystream;
mod lookup;
mod payload;
mod reference;
mod variant;

use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Import, Part, ProblemCode, ReadError};
use document::Document;
use header::{Generation, Header};

/// Base64 as the programs that write these files read it: padding may be missing.
pub(crate) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A 32-byte key, wiped when dropped.
type Key = Zeroizing<[u8; 32]>;

pub(crate) static SOURCE: Source = Source {
    name: "kdbx",
    product: "KeePass, KeePassXC, KeePassDX, Strongbox and others",
    kind: "KDBX",
    evidence: Evidence::Program("KeePassXC"),
    reader: Reader::Own {
        // The second word differs between KeePass 1, whose files are another format's, KeePass 2's test releases and
        // KeePass 2; the reader tells the latter apart.
        recognises: |sample| {
            let second = sample.bytes.strip_prefix(&header::SIGNATURE);
            second.is_some_and(|second| !second.starts_with(&header::KEEPASS_1))
        },
        lock: |_| Lock::PasswordOrKeyFile,
        read,
    },
};

/// Reads a KDBX file.
fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let limits = input.limits;
    let (header, rest) = Header::parse(input.bytes())?;
    header.kdf.check(limits)?;
    let composite = input.unlock.composite_key()?;
    let mut import = Import::new(input.format);
    let document = match &header.generation {
        Generation::Four => read_four(&header, rest, &composite, input)?,
        Generation::Three(three) => {
            let document = read_three(&header, three, rest, &composite, input)?;
            if !document.header_verified {
                // Nothing else protects the key stream's key, which is in the header.
                import.report("the file's header", ProblemCode::HeaderUnverified);
            }
            document
        }
    };
    entries::convert(document, &mut import);
    Ok(import)
}

/// KDBX 4: checksum of the header, HMAC of the header, HMAC of each block.
fn read_four(header: &Header<'_>, rest: &[u8], composite: &Key, input: &Input<'_>) -> Result<Document, ReadError> {
    let cut = ReadError::damaged(Part::Header);
    let (checksum, rest) = rest.split_first_chunk::<32>().ok_or_else(|| cut.clone())?;
    let (tag, rest) = rest.split_first_chunk::<32>().ok_or(cut)?;
    // Before the key is derived: a header changed by accident must not look like a wrong password.
    if checksum.as_slice() != Sha256::digest(header.bytes).as_slice() {
        return Err(ReadError::damaged(Part::HeaderChecksum));
    }
    let transformed = header.kdf.derive(composite, input.watch)?;
    let hmac_key = Zeroizing::new(<[u8; 64]>::from(
        Sha512::new()
            .chain_update(header.master_seed)
            .chain_update(transformed.as_slice())
            .chain_update([1])
            .finalize(),
    ));
    if !verify(&block_key(&hmac_key, u64::MAX), &[header.bytes], tag) {
        return Err(ReadError::WrongKey);
    }
    let mut payload = blocks::authenticated(rest, &hmac_key)?;
    let plain = header.cipher.decrypt(&master_key(header, &transformed), header.iv, &mut payload)?;
    let mut payload = payload::open(plain, header.compressed, input.limits, input.watch);
    let keystream = payload::inner_header(&mut payload, input.limits)?;
    document::parse(payload, keystream, None, input.limits)
}

/// KDBX 3: thirty-two known bytes in front of the payload, a plain hash of each block.
fn read_three(
    header: &Header<'_>,
    three: &header::Three<'_>,
    rest: &[u8],
    composite: &Key,
    input: &Input<'_>,
) -> Result<Document, ReadError> {
    let transformed = header.kdf.derive(composite, input.watch)?;
    let mut payload = Zeroizing::new(rest.to_vec());
    let decrypted = header.cipher.decrypt_blocks(&master_key(header, &transformed), header.iv, &mut payload)?;
    let (start, hashed) = decrypted.split_at_checked(32).ok_or(ReadError::damaged(Part::Ciphertext))?;
    if start != three.start_bytes {
        // The known bytes are the only check of the key. Damage to just them still leaves signs of the right key:
        // one intact cipher block of the two, or blocks behind them that match their hashes.
        let (one, two) = start.split_at(16);
        let right_key = one == three.start_bytes.split_at(16).0
            || two == three.start_bytes.split_at(16).1
            || blocks::hashed(hashed).is_ok();
        return Err(if right_key { ReadError::damaged(Part::Ciphertext) } else { ReadError::WrongKey });
    }
    let plain = blocks::hashed(hashed)?;
    let payload = payload::open(&plain, header.compressed, input.limits, input.watch);
    let keystream = keystream::KeyStream::new(three.stream_id, three.stream_key)?;
    document::parse(payload, keystream, Some(Sha256::digest(header.bytes).into()), input.limits)
}

fn master_key(header: &Header<'_>, transformed: &Key) -> Key {
    Zeroizing::new(
        Sha256::new().chain_update(header.master_seed).chain_update(transformed.as_slice()).finalize().into(),
    )
}

/// The key of one HMAC; the header counts as block 2⁶⁴ − 1.
fn block_key(hmac_key: &[u8; 64], index: u64) -> Zeroizing<[u8; 64]> {
    Zeroizing::new(Sha512::new().chain_update(index.to_le_bytes()).chain_update(hmac_key).finalize().into())
}

/// Whether `tag` is the HMAC-SHA-256 of the parts, compared in constant time.
fn verify(key: &[u8; 64], parts: &[&[u8]], tag: &[u8; 32]) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return false };
    for part in parts {
        mac.update(part);
    }
    mac.verify_slice(tag).is_ok()
}
