//! andOTP's backups, plain and encrypted: <https://github.com/andOTP/andOTP/wiki/Special-features#encrypted-backups>.

use secrecy::SecretString;
use serde::Deserialize;

use super::{Draft, Kind, password, rows};
use crate::container::{json, text};
use crate::crypto::cipher::open_gcm;
use crate::crypto::derive::{self, Hash};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::sample::Sample;
use crate::{Import, Part, ReadError};

const DAMAGED: ReadError = ReadError::damaged(Part::Structure);

/// An encrypted backup has no mark but the iterations in front, which andOTP draws from 140,000 to 160,000.
const ITERATIONS: std::ops::RangeInclusive<u32> = 100_000..=1_000_000;
/// Bytes of salt, nonce, tag and the shortest document.
const LEAST: usize = 12 + 12 + 16 + 2;

pub(crate) static SOURCE: Source = Source {
    name: "andotp",
    product: "andOTP",
    kind: "JSON",
    evidence: Evidence::Export("a plain backup among the test files of Aegis; an encrypted one was not at hand"),
    reader: Reader::Own {
        recognises: |sample| is_plain(sample) || is_encrypted(sample.bytes),
        lock: |sample| if is_plain(sample) { Lock::Open } else { Lock::Password },
        read,
    },
};

fn is_plain(sample: &Sample<'_>) -> bool {
    sample.is_json(true, &["secret", "label", "type"])
}

fn is_encrypted(bytes: &[u8]) -> bool {
    let Some((iterations, rest)) = bytes.split_first_chunk::<4>() else { return false };
    let rest = rest.get(..512).unwrap_or(rest);
    // What looks random has about as many different bytes as chance would have it.
    let mut seen = [false; 256];
    for byte in rest {
        if let Some(seen) = seen.get_mut(usize::from(*byte)) {
            *seen = true;
        }
    }
    let different = seen.iter().filter(|seen| **seen).count();
    ITERATIONS.contains(&u32::from_be_bytes(*iterations))
        && rest.len() >= LEAST
        && different >= rest.len().min(256) / 2
        && text::start(bytes, 512).is_none()
}

#[derive(Deserialize)]
struct Row {
    secret: Option<SecretString>,
    issuer: Option<String>,
    label: Option<String>,
    digits: Option<u64>,
    r#type: Option<String>,
    algorithm: Option<String>,
    period: Option<u64>,
}

impl From<Row> for Draft {
    fn from(row: Row) -> Self {
        // Before there was an issuer, the label was `Issuer - name`.
        let (issuer, name) = match (row.issuer, row.label) {
            (None, Some(label)) => match label.split_once(" - ") {
                Some((issuer, name)) => (Some(issuer.to_owned()), Some(name.to_owned())),
                None => (None, Some(label)),
            },
            both => both,
        };
        Self {
            issuer,
            name,
            kind: Kind::of(row.r#type.as_deref()),
            secret: row.secret.into(),
            algorithm: row.algorithm,
            digits: row.digits,
            period: row.period,
        }
    }
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let mut import = Import::new(input.format);
    if is_plain(input.sample) {
        let document = json::document(input.bytes());
        rows::<Row>(json::parse(&document, input.limits)?, "tokens", input.limits, &mut import)?;
        return Ok(import);
    }
    let (iterations, rest) = input.bytes().split_first_chunk::<4>().ok_or(DAMAGED)?;
    let (salt, rest) = rest.split_first_chunk::<12>().ok_or(DAMAGED)?;
    let (nonce, sealed) = rest.split_first_chunk::<12>().ok_or(DAMAGED)?;
    let iterations = u32::from_be_bytes(*iterations).into();
    let key = derive::pbkdf2(Hash::Sha1, password(input.unlock)?, salt, iterations, input.limits)?;
    // A wrong password and a changed file look alike.
    let document = open_gcm(&key, nonce, sealed, &[]).map_err(|_| ReadError::WrongKey)?;
    rows::<Row>(json::parse(&document, input.limits)?, "tokens", input.limits, &mut import)?;
    Ok(import)
}
