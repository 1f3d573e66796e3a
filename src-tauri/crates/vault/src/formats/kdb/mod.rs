//! KDB, the file format of KeePass 1 and KeePassX. Layout: `DbFormat.txt` in KeePass 1's source package,
//! <https://keepass.info/download.html>.
//!
//! A header of fixed length in the clear, then one encrypted content: groups and entries as lists of fields
//! ([`content`]). A hash of the decrypted content, in the header, is all that checks the key.

mod content;

use encoding_rs as code_pages;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::formats::kdbx::foreign;
use crate::{Import, Limits, Part, ReadError, Unlock};

const SIGNATURE: [u8; 8] = *b"\x03\xd9\xa2\x9a\x65\xfb\x4b\xb5";
const DAMAGED: ReadError = ReadError::damaged(Part::Header);

const FLAG_AES: u32 = 2;
const FLAG_TWOFISH: u32 = 8;
/// The upper bytes of the version, which a reader has to know.
const VERSION: u32 = 0x0003_0000;

type Key = Zeroizing<[u8; 32]>;

pub(crate) static SOURCE: Source = Source {
    name: "kdb",
    product: "KeePass 1, KeePassX",
    kind: "KDB",
    evidence: Evidence::Program("File::KeePass"),
    reader: Reader::Own {
        recognises: |sample| sample.bytes.starts_with(&SIGNATURE),
        lock: |_| Lock::PasswordOrKeyFile,
        read,
    },
};

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let header = Header::parse(input.bytes())?;
    let content = header.decrypt(input.unlock, input.limits)?;
    let mut import = Import::new(input.format);
    content::read(&content, header.groups, header.entries, input.limits)?.convert(&mut import);
    Ok(import)
}

struct Header<'a> {
    twofish: bool,
    master_seed: &'a [u8; 16],
    iv: &'a [u8; 16],
    groups: u32,
    entries: u32,
    content_hash: &'a [u8; 32],
    transform_seed: &'a [u8; 32],
    rounds: u32,
    encrypted: &'a [u8],
}

/// The next bytes of a file.
fn next<'a, const N: usize>(rest: &mut &'a [u8]) -> Result<&'a [u8; N], ReadError> {
    let (chunk, after) = rest.split_first_chunk::<N>().ok_or(DAMAGED)?;
    *rest = after;
    Ok(chunk)
}

fn next_number(rest: &mut &[u8]) -> Result<u32, ReadError> {
    next(rest).map(|bytes| u32::from_le_bytes(*bytes))
}

impl<'a> Header<'a> {
    fn parse(file: &'a [u8]) -> Result<Self, ReadError> {
        let mut rest = file;
        if next(&mut rest)? != &SIGNATURE {
            return Err(ReadError::UnknownFormat);
        }
        let flags = next_number(&mut rest)?;
        if flags & (FLAG_AES | FLAG_TWOFISH) == 0 {
            return Err(ReadError::Unsupported { what: "this cipher" });
        }
        if next_number(&mut rest)? & 0xffff_ff00 != VERSION {
            return Err(ReadError::Unsupported { what: "this version of KDB" });
        }
        Ok(Self {
            twofish: flags & FLAG_AES == 0,
            master_seed: next(&mut rest)?,
            iv: next(&mut rest)?,
            groups: next_number(&mut rest)?,
            entries: next_number(&mut rest)?,
            content_hash: next(&mut rest)?,
            transform_seed: next(&mut rest)?,
            rounds: next_number(&mut rest)?,
            encrypted: rest,
        })
    }

    /// The content under the first key that fits.
    fn decrypt(&self, unlock: &Unlock, limits: &Limits) -> Result<Zeroizing<Vec<u8>>, ReadError> {
        if self.encrypted.is_empty() || !self.encrypted.len().is_multiple_of(16) {
            return Err(ReadError::damaged(Part::Ciphertext));
        }
        let keys = composite_keys(unlock)?;
        let mut failure = ReadError::WrongKey;
        let affordable = limits.aes_rounds.checked_div(u64::from(self.rounds)).unwrap_or(u64::MAX);
        for composite in keys.iter().take(usize::try_from(affordable).unwrap_or(usize::MAX).max(1)) {
            let transformed = foreign::aes_key(self.transform_seed, self.rounds.into(), composite, limits)?;
            let key = Sha256::new().chain_update(self.master_seed).chain_update(transformed.as_slice()).finalize();
            let mut data = Zeroizing::new(self.encrypted.to_vec());
            let plain = foreign::decrypt(self.twofish, &Zeroizing::new(key.into()), self.iv, &mut data);
            if let Ok(plain) = plain
                && Sha256::digest(plain).as_slice() == self.content_hash
            {
                let length = plain.len();
                data.truncate(length);
                return Ok(data);
            }
            if content::begins(&data) {
                // The right key, and something behind the first block is not as it was written.
                failure = ReadError::damaged(Part::Ciphertext);
            }
        }
        Err(failure)
    }
}

/// The keys to try, the likeliest first: the password was hashed in the code page of the computer it was made on, by
/// KeePassX also in UTF-8. For a password in ASCII these are all one.
fn composite_keys(unlock: &Unlock) -> Result<Vec<Key>, ReadError> {
    let key_file = unlock.key_file.as_ref().map(crate::KeyFile::keepass_1_key);
    let password = unlock.password.as_ref().map(ExposeSecret::expose_secret);
    let hash = |password: &[u8]| Key::new(Sha256::digest(password).into());
    Ok(match (password, key_file) {
        (None, None) => return Err(ReadError::NeedsKey),
        // No password and an empty one are the same here.
        (None | Some(""), Some(key_file)) => vec![key_file],
        (Some(password), None) => encodings(password).iter().map(|bytes| hash(bytes)).collect(),
        (Some(password), Some(key_file)) => encodings(password)
            .iter()
            .map(|bytes| {
                Key::new(
                    Sha256::new()
                        .chain_update(hash(bytes).as_slice())
                        .chain_update(key_file.as_slice())
                        .finalize()
                        .into(),
                )
            })
            .collect(),
    })
}

/// The bytes that a password may have been.
fn encodings(password: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let mut all: Vec<Zeroizing<Vec<u8>>> = Vec::new();
    let mut add = |bytes: Zeroizing<Vec<u8>>| {
        if !all.contains(&bytes) {
            all.push(bytes);
        }
    };
    let mut encode = |page: &'static code_pages::Encoding| {
        let (bytes, _, lossy) = page.encode(password);
        let bytes = Zeroizing::new(bytes.into_owned());
        if !lossy {
            add(bytes);
        }
    };
    encode(code_pages::WINDOWS_1252);
    encode(code_pages::UTF_8);
    for page in [
        code_pages::WINDOWS_1250,
        code_pages::WINDOWS_1251,
        code_pages::WINDOWS_1253,
        code_pages::WINDOWS_1254,
        code_pages::WINDOWS_1255,
        code_pages::WINDOWS_1256,
        code_pages::WINDOWS_1257,
        code_pages::WINDOWS_1258,
        code_pages::WINDOWS_874,
        code_pages::SHIFT_JIS,
        code_pages::GBK,
        code_pages::BIG5,
        code_pages::EUC_KR,
    ] {
        encode(page);
    }
    all
}

#[cfg(test)]
pub(crate) mod fuzz {
    use super::*;

    /// Two groups and two entries, decrypted.
    pub(crate) fn content() -> Vec<u8> {
        let field = |kind: u16, value: &[u8]| {
            let length = u32::try_from(value.len()).unwrap_or_default();
            [&kind.to_le_bytes()[..], &length.to_le_bytes(), value].concat()
        };
        let group =
            |id: u8, depth: u8| [field(1, &[id, 0, 0, 0]), field(2, b"g\0"), field(8, &[depth, 0]), field(0xffff, b"")];
        let entry = |id: u8| {
            let texts = [field(4, b"t\0"), field(5, b"https://a.example\0"), field(7, b"p\0"), field(8, b"n\0")];
            [field(1, &[id; 16]), field(2, &[id, 0, 0, 0]), texts.concat(), field(10, &[0x1f; 5]), field(0xffff, b"")]
        };
        [group(1, 0).concat(), group(2, 1).concat(), entry(1).concat(), entry(2).concat()].concat()
    }

    /// Reads decrypted content; the answer does not matter.
    pub(crate) fn read_content(bytes: &[u8], limits: &Limits) {
        if let Ok(tree) = content::read(bytes, 2, 2, limits) {
            tree.convert(&mut Import::new(crate::Format::of(&SOURCE)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_bounded() {
        let limits = |field| Limits { field, ..Limits::default() };
        assert!(content::read(&fuzz::content(), 2, 2, &limits(100)).is_ok());
        let refused = content::read(&fuzz::content(), 2, 2, &limits(10)).err();
        assert!(matches!(refused, Some(ReadError::TooCostly { cost: crate::Cost::Field, .. })), "{refused:?}");
    }

    #[test]
    fn a_password_is_tried_in_every_code_page_that_has_its_characters() {
        let check = |password: &str, expect: &[&[u8]]| {
            let all = encodings(password);
            let found: Vec<_> = all.iter().map(|bytes| bytes.as_slice()).take(expect.len()).collect();
            assert!(found == expect && all.len() <= 8, "{} ways", all.len());
        };
        check("correct horse", &[b"correct horse"]);
        assert_eq!((encodings("correct horse").len(), encodings("").len()), (1, 1));
        check("\u{201e}\u{20ac}\u{201d}", &[b"\x84\x80\x94", "\u{201e}\u{20ac}\u{201d}".as_bytes()]);
        check("ключ", &["ключ".as_bytes(), b"\xea\xeb\xfe\xf7"]);
        check("🔑", &["🔑".as_bytes()]);
    }
}
