//! 2FAS Authenticator's backups, schema 1 to 4: <https://github.com/twofas/2fas-android>.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::SecretString;
use serde::Deserialize;

use super::{Draft, Kind, password, rows};
use crate::container::json;
use crate::crypto::cipher::{Plain, open_gcm};
use crate::crypto::derive::{self, Hash};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::sample::Sample;
use crate::{Import, Part, ReadError};

const DAMAGED: ReadError = ReadError::damaged(Part::Json);

/// Iterations of PBKDF2; the file does not state them.
const ITERATIONS: u64 = 10_000;

pub(crate) static SOURCE: Source = Source {
    name: "2fas",
    product: "2FAS Authenticator",
    kind: "2FAS",
    evidence: Evidence::Export("backups of 2FAS 5.1, plain and encrypted, among the test files of Aegis"),
    reader: Reader::Own { recognises: |sample| sample.is_json(false, &["services", "schemaVersion"]), lock, read },
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Export<'a> {
    #[serde(borrow)]
    services: json::Items<json::Raw<'a>>,
    services_encrypted: Option<String>,
}

#[derive(Deserialize)]
struct Service {
    name: Option<String>,
    secret: Option<SecretString>,
    otp: Option<Otp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Otp {
    account: Option<String>,
    issuer: Option<String>,
    digits: Option<u64>,
    period: Option<u64>,
    algorithm: Option<String>,
    token_type: Option<String>,
}

impl From<Service> for Draft {
    fn from(service: Service) -> Self {
        let otp = service.otp.unwrap_or_default();
        Self {
            issuer: service.name.filter(|name| !name.trim().is_empty()).or(otp.issuer),
            name: otp.account,
            kind: Kind::of(otp.token_type.as_deref()),
            secret: service.secret.into(),
            algorithm: otp.algorithm,
            digits: otp.digits,
            period: otp.period,
        }
    }
}

fn lock(sample: &Sample<'_>) -> Lock {
    let document = json::document(sample.bytes);
    let sealed = json::parse::<Export<'_>>(&document, &crate::Limits::default())
        .is_ok_and(|export| export.services_encrypted.is_some());
    if sealed { Lock::Password } else { Lock::Open }
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let document = json::document(input.bytes());
    let export: Export<'_> = json::parse(&document, input.limits)?;
    let opened;
    let services = match &export.services_encrypted {
        Some(sealed) => {
            opened = open(sealed, input)?;
            json::parse(&opened, input.limits)?
        }
        None => export.services,
    };
    let mut import = Import::new(input.format);
    rows::<Service>(services, "services", input.limits, &mut import)?;
    Ok(import)
}

/// Decrypts `CIPHERTEXT:SALT:NONCE`, each in base64.
fn open(text: &str, input: &Input<'_>) -> Result<Plain, ReadError> {
    let parts = text.split(':').map(|part| STANDARD.decode(part).map_err(|_| DAMAGED));
    let parts: Vec<Vec<u8>> = parts.collect::<Result<_, _>>()?;
    let [sealed, salt, nonce] = parts.as_slice() else { return Err(DAMAGED) };
    let nonce: [u8; 12] = nonce.as_slice().try_into().map_err(|_| DAMAGED)?;
    let key = derive::pbkdf2(Hash::Sha256, password(input.unlock)?, salt, ITERATIONS, input.limits)?;
    // A wrong password and a changed file look alike.
    open_gcm(&key, &nonce, sealed, &[]).map_err(|_| ReadError::WrongKey)
}
