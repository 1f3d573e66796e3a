//! Stratum, formerly Authenticator Pro: <https://github.com/stratumauth/app/blob/master/doc/BACKUP_FORMAT.md>.

use secrecy::SecretString;
use serde::Deserialize;

use super::{Draft, Kind, password, rows};
use crate::container::json;
use crate::crypto::cipher::open_gcm;
use crate::crypto::derive::{self, ArgonCost};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Import, Part, ReadError};

const DAMAGED: ReadError = ReadError::damaged(Part::Structure);

/// What an encrypted backup begins with.
const MAGIC: &[u8] = b"AUTHENTICATORPRO";
/// What one of an old version begins with; another key derivation and cipher.
const OLD_MAGIC: &[u8] = b"AuthenticatorPro";
/// The file does not state them.
const COST: ArgonCost = ArgonCost { memory: 64 << 20, iterations: 3, lanes: 4 };

pub(crate) static SOURCE: Source = Source {
    name: "stratum",
    product: "Stratum, Authenticator Pro",
    kind: "Backup",
    evidence: Evidence::Export("a plain backup among the test files of Aegis; an encrypted one was not at hand"),
    reader: Reader::Own {
        recognises: |sample| is_encrypted(sample.bytes) || sample.is_json(false, &["Authenticators"]),
        lock: |sample| if is_encrypted(sample.bytes) { Lock::Password } else { Lock::Open },
        read,
    },
};

fn is_encrypted(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC) || bytes.starts_with(OLD_MAGIC)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Export<'a> {
    #[serde(borrow)]
    authenticators: json::Items<json::Raw<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    r#type: u64,
    issuer: Option<String>,
    username: Option<String>,
    secret: Option<SecretString>,
    algorithm: Option<u64>,
    digits: Option<u64>,
    period: Option<u64>,
}

impl From<Row> for Draft {
    fn from(row: Row) -> Self {
        let algorithm = match row.algorithm {
            None | Some(0) => "SHA1",
            Some(1) => "SHA256",
            Some(2) => "SHA512",
            Some(_) => "unknown",
        };
        Self {
            issuer: row.issuer,
            name: row.username,
            kind: match row.r#type {
                2 => Kind::Totp,
                4 => Kind::Steam,
                _ => Kind::Other,
            },
            secret: row.secret.into(),
            algorithm: Some(algorithm.to_owned()),
            digits: row.digits,
            period: row.period,
        }
    }
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    if input.bytes().starts_with(OLD_MAGIC) {
        return Err(ReadError::Unsupported { what: "a backup of Authenticator Pro before its second encryption" });
    }
    let opened;
    let plain;
    let document: &[u8] = match input.bytes().strip_prefix(MAGIC) {
        Some(rest) => {
            let (salt, rest) = rest.split_first_chunk::<16>().ok_or(DAMAGED)?;
            let (nonce, sealed) = rest.split_first_chunk::<12>().ok_or(DAMAGED)?;
            let key = derive::argon2id(password(input.unlock)?, salt, COST, input.limits)?;
            // A wrong password and a changed file look alike.
            opened = open_gcm(&key, nonce, sealed, &[]).map_err(|_| ReadError::WrongKey)?;
            &opened
        }
        None => {
            plain = json::document(input.bytes());
            &plain
        }
    };
    let export: Export<'_> = json::parse(document, input.limits)?;
    let mut import = Import::new(input.format);
    rows::<Row>(export.authenticators, "Authenticators", input.limits, &mut import)?;
    Ok(import)
}
