//! What the store does of the extensions: `prf`, `credProtect` and `largeBlob`.
//!
//! `prf`: a secret of 32 bytes in KeePassDX's attribute `KPEX_PASSKEY_PRF`, base64; what is derived is its HMAC-SHA-256
//! over the salt. It is the one of a verified person, which the `prf` extension always wants; the other one of CTAP's two
//! is kept beside it, so that a passkey that moves elsewhere is whole. What has no secret derives nothing.
//!
//! <https://www.w3.org/TR/webauthn-3/#prf-extension>,
//! <https://fidoalliance.org/specs/fido-v2.2-ps-20250714/fido-client-to-authenticator-protocol-v2.2-ps-20250714.html#sctn-hmac-secret-extension>

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use keepass::db::{Entry, EntryMut};
use passkey_crypto::CryptoBackend;
use passkey_crypto::coset::cbor::value::Value;
use passkey_crypto::hash::Sha256Backend as _;
use passkey_crypto::rng::RngBackend as _;
use passkey_crypto::rust_crypto::RustCryptoBackend;
use passkey_types::ctap2::{AuthenticatorData, Flags};
use rekey_webauthn::{CreateRequest, MadeExtensions, PrfMade, PrfResults, PrfSalts, Protection};
use zeroize::Zeroizing;

use crate::transfer::PrfSecrets;

/// The secret of a verified person.
const PRF: &str = "KPEX_PASSKEY_PRF";
/// CTAP's other one.
const PRF_UNVERIFIED: &str = "REKEY_PASSKEY_PRF_WITHOUT_UV";
/// The attributes that are secrets which nobody can make again.
pub(super) const SECRETS: [&str; 2] = [PRF, PRF_UNVERIFIED];
const PROTECTION: &str = "REKEY_PASSKEY_PROTECTION";
const LARGE_BLOB: &str = "REKEY_PASSKEY_LARGE_BLOB";
/// The length of a secret in bytes.
const SECRET: usize = 32;
/// The longest blob that is kept, in bytes; security keys have about as much.
const MAX_BLOB: usize = 2048;

/// What a new passkey is made with.
pub(super) struct Extras {
    prf: Option<[Zeroizing<Vec<u8>>; 2]>,
    protection: Protection,
}

impl Extras {
    /// What the site asks for.
    pub(super) fn of(request: &CreateRequest) -> Self {
        let random = || Zeroizing::new(<RustCryptoBackend as CryptoBackend>::Rng::random_vec(SECRET));
        let prf = request.extensions.prf.as_ref().map(|_| [random(), random()]);
        let protection = request.extensions.cred_protect.map_or(Protection::Optional, |asked| asked.policy);
        Self { prf, protection }
    }

    /// What a passkey from another program has.
    pub(super) fn copied(prf: Option<&PrfSecrets>) -> Self {
        let prf = prf.map(|prf| [prf.verified.clone(), prf.unverified.clone()]);
        Self { prf, protection: Protection::Optional }
    }

    /// Writes it into the passkey's entry.
    pub(super) fn write(&self, entry: &mut EntryMut<'_>) {
        if let Some([verified, unverified]) = &self.prf {
            entry.set_protected(PRF, STANDARD.encode(verified.as_slice()));
            entry.set_protected(PRF_UNVERIFIED, STANDARD.encode(unverified.as_slice()));
        }
        if self.protection != Protection::Optional {
            entry.set_unprotected(PROTECTION, self.protection.number().to_string());
        }
    }

    /// Says in the signed data what was done.
    pub(super) fn sign_into(&self, data: &mut AuthenticatorData, asked: bool) {
        if asked {
            let protection = (Value::from("credProtect"), Value::from(self.protection.number()));
            data.extensions = Some(Value::Map(vec![protection]));
            data.flags.set(Flags::ED, true);
        }
    }

    /// What the page is told.
    pub(super) fn made(&self, request: &CreateRequest, verified: bool) -> MadeExtensions {
        let results = |secret: &[u8]| {
            let salts = request.extensions.prf.as_ref().and_then(|prf| prf.eval.as_ref());
            salts.filter(|_| verified).map(|salts| derive(secret, salts))
        };
        let prf = self.prf.as_ref().map(|[secret, _]| PrfMade { enabled: true, results: results(secret) });
        MadeExtensions { prf, large_blob: request.extensions.large_blob.is_some() }
    }
}

/// When an entry's passkey may be used without verifying the person.
pub(super) fn protection(entry: &Entry) -> Protection {
    match entry.get(PROTECTION) {
        None | Some("1") => Protection::Optional,
        Some("2") => Protection::OptionalWithList,
        // What cannot be read is not made weaker.
        Some(_) => Protection::Required,
    }
}

/// The secret from which an entry's passkey derives others for a verified person.
pub(super) fn prf_secret(entry: &Entry) -> Option<Zeroizing<Vec<u8>>> {
    secret(entry, PRF)
}

/// Both secrets. Other programs keep one; the second is made from it then, always the same, and used by nobody yet.
pub(super) fn prf_secrets(entry: &Entry) -> Option<PrfSecrets> {
    let verified = prf_secret(entry)?;
    let other = || <RustCryptoBackend as CryptoBackend>::Sha256::hmac_sha256(&verified, PRF_UNVERIFIED.as_bytes());
    let unverified = secret(entry, PRF_UNVERIFIED).unwrap_or_else(|| Zeroizing::new(other().to_vec()));
    Some(PrfSecrets { verified, unverified })
}

/// Whether an entry has no secret at all, not even one that cannot be read.
pub(super) fn may_get_secrets(entry: &Entry) -> bool {
    SECRETS.iter().all(|name| entry.get(name).is_none_or(str::is_empty))
}

/// Writes secrets into an entry that has none; whether it had none.
pub(super) fn write_secrets(entry: &mut EntryMut<'_>, secrets: &PrfSecrets) -> bool {
    let may = may_get_secrets(entry);
    if may {
        Extras::copied(Some(secrets)).write(entry);
        entry.times.last_modification = Some(keepass::db::Times::now());
    }
    may
}

fn secret(entry: &Entry, name: &str) -> Option<Zeroizing<Vec<u8>>> {
    let text = entry.get(name)?.trim();
    let secret = STANDARD.decode(text).or_else(|_| URL_SAFE_NO_PAD.decode(text)).ok().map(Zeroizing::new)?;
    (secret.len() >= SECRET).then_some(secret)
}

/// What a secret gives for salts.
pub(super) fn derive(secret: &[u8], salts: &PrfSalts) -> PrfResults {
    let one = |salt: &[u8; 32]| Zeroizing::new(<RustCryptoBackend as CryptoBackend>::Sha256::hmac_sha256(secret, salt));
    PrfResults { first: one(&salts.first), second: salts.second.as_ref().map(one) }
}

/// An entry's blob.
pub(super) fn blob(entry: &Entry) -> Option<Vec<u8>> {
    STANDARD.decode(entry.get(LARGE_BLOB)?).ok()
}

/// Whether there is room for this blob.
pub(super) fn has_room(blob: &[u8]) -> bool {
    blob.len() <= MAX_BLOB
}

/// Writes an entry's blob in place of the one before.
pub(super) fn write_blob(entry: &mut EntryMut<'_>, blob: &[u8]) {
    entry.set_protected(LARGE_BLOB, STANDARD.encode(blob));
    entry.times.last_modification = Some(keepass::db::Times::now());
}
