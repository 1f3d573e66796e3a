//! Aegis Authenticator: <https://github.com/beemdevelopment/Aegis/blob/master/docs/vault.md>.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::{Draft, Kind, password, rows};
use crate::container::json;
use crate::crypto::cipher::{Plain, open_gcm};
use crate::crypto::{Key, derive};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::progress::Stage;
use crate::sample::Sample;
use crate::{Cost, Import, Limits, Part, ReadError};

const DAMAGED: ReadError = ReadError::damaged(Part::Json);

/// `type` of a slot that a password opens; the others are a raw key and a finger.
const PASSWORD: u64 = 1;

pub(crate) static SOURCE: Source = Source {
    name: "aegis",
    product: "Aegis Authenticator",
    kind: "JSON",
    evidence: Evidence::Export("an encrypted export among the test files of Aegis"),
    reader: Reader::Own { recognises: |sample| sample.is_json(false, &["version", "header", "db"]), lock, read },
};

#[derive(Deserialize)]
struct Export<'a> {
    header: Header,
    #[serde(borrow)]
    db: &'a RawValue,
}

#[derive(Deserialize)]
struct Header {
    slots: Option<Vec<Slot>>,
    params: Option<Params>,
}

/// A way to the master key.
#[derive(Deserialize)]
struct Slot {
    r#type: u64,
    key: String,
    key_params: Params,
    n: Option<u64>,
    r: Option<u32>,
    p: Option<u32>,
    salt: Option<String>,
}

#[derive(Deserialize)]
struct Params {
    nonce: String,
    tag: String,
}

#[derive(Deserialize)]
struct Database<'a> {
    #[serde(borrow)]
    entries: json::Items<json::Raw<'a>>,
}

#[derive(Deserialize)]
struct Entry {
    r#type: String,
    name: Option<String>,
    issuer: Option<String>,
    info: Info,
}

#[derive(Deserialize)]
struct Info {
    secret: Option<SecretString>,
    algo: Option<String>,
    digits: Option<u64>,
    period: Option<u64>,
}

impl From<Entry> for Draft {
    fn from(entry: Entry) -> Self {
        Self {
            issuer: entry.issuer,
            name: entry.name,
            kind: Kind::of(Some(&entry.r#type)),
            secret: entry.info.secret.into(),
            algorithm: entry.info.algo,
            digits: entry.info.digits,
            period: entry.info.period,
        }
    }
}

fn lock(sample: &Sample<'_>) -> Lock {
    let document = json::document(sample.bytes);
    let sealed =
        json::parse::<Export<'_>>(&document, &Limits::default()).is_ok_and(|export| export.db.get().starts_with('"'));
    if sealed { Lock::Password } else { Lock::Open }
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let document = json::document(input.bytes());
    let export: Export<'_> = json::parse(&document, input.limits)?;
    let opened;
    let database: Database<'_> = match export.header.slots {
        Some(slots) => {
            let params = export.header.params.ok_or(DAMAGED)?;
            opened = open(&slots, &params, export.db, input)?;
            json::parse(&opened, input.limits)?
        }
        None => json::parse(export.db.get().as_bytes(), input.limits)?,
    };
    let mut import = Import::new(input.format);
    rows::<Entry>(database.entries, "entries", input.limits, &mut import)?;
    Ok(import)
}

/// Decrypts the database with the first slot that the password opens.
fn open(slots: &[Slot], params: &Params, db: &RawValue, input: &Input<'_>) -> Result<Plain, ReadError> {
    let sealed: String = json::parse(db.get().as_bytes(), input.limits)?;
    let sealed = STANDARD.decode(sealed).map_err(|_| DAMAGED)?;
    let slots: Vec<&Slot> = slots.iter().filter(|slot| slot.r#type == PASSWORD).collect();
    if slots.is_empty() {
        return Err(ReadError::Unsupported { what: "an Aegis vault without a password" });
    }
    check(&slots, input.limits)?;
    let password = password(input.unlock)?;
    let total = u64::try_from(slots.len()).unwrap_or(u64::MAX);
    for (done, slot) in (0u64..).zip(&slots) {
        input.watch.tell(Stage::Key, done, total);
        if let Some(master) = slot.key_params.open(&slot.derive(password, input.limits)?, &bytes(&slot.key)?)? {
            let master: Key = Zeroizing::new(master.as_slice().try_into().map_err(|_| DAMAGED)?);
            return params.open(&master, &sealed)?.ok_or(ReadError::damaged(Part::Ciphertext));
        }
    }
    Err(ReadError::WrongKey)
}

/// Refuses slots that ask for too much together, because a wrong password tries them all.
fn check(slots: &[&Slot], limits: &Limits) -> Result<(), ReadError> {
    let work = |slot: &&Slot| {
        let (n, r, p) = (slot.n.unwrap_or(0), slot.r.unwrap_or(0), slot.p.unwrap_or(0));
        n.saturating_mul(r.into()).saturating_mul(p.into()).saturating_mul(128)
    };
    let asked = slots.iter().map(work).fold(0u64, u64::saturating_add);
    if slots.len() > 1 && asked > limits.kdf_work {
        return Err(ReadError::TooCostly { cost: Cost::KdfWork, asked, limit: limits.kdf_work });
    }
    Ok(())
}

impl Slot {
    fn derive(&self, password: &[u8], limits: &Limits) -> Result<Key, ReadError> {
        let (Some(n), Some(r), Some(p), Some(salt)) = (self.n, self.r, self.p, &self.salt) else {
            return Err(DAMAGED);
        };
        derive::scrypt(password, &bytes(salt)?, n, r, p, limits)
    }
}

impl Params {
    fn open(&self, key: &Key, sealed: &[u8]) -> Result<Option<Plain>, ReadError> {
        let nonce: [u8; 12] = bytes(&self.nonce)?.try_into().map_err(|_| DAMAGED)?;
        let sealed = [sealed, &bytes(&self.tag)?].concat();
        Ok(open_gcm(key, &nonce, &sealed, &[]).ok())
    }
}

/// Decodes hexadecimal digits.
fn bytes(hex: &str) -> Result<Vec<u8>, ReadError> {
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let byte = |[high, low]: &[u8; 2]| u8::try_from(digit(*high)? * 16 + digit(*low)?).ok();
    if rest.is_empty() { pairs.iter().map(byte).collect::<Option<_>>().ok_or(DAMAGED) } else { Err(DAMAGED) }
}
