//! Reads the bytes of an answer. Whoever sent them may have made them up, so sizes and nesting are bounded and nothing
//! is believed but the layout.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use ciborium::Value as Cbor;

/// The longest field that is read, in bytes. Answers are a few hundred bytes, with certificates a few thousand.
pub(super) const MAX_BYTES: usize = 64 * 1024;

/// How deep CBOR may be nested.
const MAX_DEPTH: usize = 16;

const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Why a field has no value to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// It is not there.
    Missing,
    /// It is there and is not what it should be, or is longer than [`MAX_BYTES`].
    Malformed,
}

pub(super) type Read<T> = Result<T, Unreadable>;

/// The bytes of a base64url string, with or without padding.
pub(super) fn base64url(value: Option<&serde_json::Value>) -> Read<Vec<u8>> {
    match value {
        None | Some(serde_json::Value::Null) => Err(Unreadable::Missing),
        Some(serde_json::Value::String(text)) if text.len() <= MAX_BYTES / 3 * 4 => {
            BASE64URL.decode(text).map_err(|_| Unreadable::Malformed)
        }
        Some(_) => Err(Unreadable::Malformed),
    }
}

/// `CollectedClientData`, <https://www.w3.org/TR/webauthn-3/#dictionary-client-data>.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClientData {
    /// `webauthn.create` or `webauthn.get`.
    pub(super) kind: Option<String>,
    /// base64url.
    pub(super) challenge: Option<String>,
    pub(super) origin: Option<String>,
    pub(super) cross_origin: Option<bool>,
    pub(super) top_origin: Option<String>,
}

impl ClientData {
    pub(super) fn parse(bytes: &[u8]) -> Read<Self> {
        // "UTF-8 decode" takes a byte order mark away.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let data: serde_json::Value = serde_json::from_slice(bytes).map_err(|_| Unreadable::Malformed)?;
        let data = data.as_object().ok_or(Unreadable::Malformed)?;
        let text = |name: &str| data.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
        Ok(Self {
            kind: text("type"),
            challenge: text("challenge"),
            origin: text("origin"),
            cross_origin: data.get("crossOrigin").and_then(serde_json::Value::as_bool),
            top_origin: text("topOrigin"),
        })
    }
}

/// The byte of flags, <https://www.w3.org/TR/webauthn-3/#authdata-flags>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flags(pub(super) u8);

impl Flags {
    pub(super) fn user_present(self) -> bool {
        self.0 & 0x01 != 0
    }

    pub(super) fn user_verified(self) -> bool {
        self.0 & 0x04 != 0
    }

    pub(super) fn backup_eligible(self) -> bool {
        self.0 & 0x08 != 0
    }

    pub(super) fn backup_state(self) -> bool {
        self.0 & 0x10 != 0
    }

    pub(super) fn attested_data(self) -> bool {
        self.0 & 0x40 != 0
    }

    pub(super) fn extension_data(self) -> bool {
        self.0 & 0x80 != 0
    }
}

/// <https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data>
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AuthenticatorData {
    pub(super) rp_id_hash: [u8; 32],
    pub(super) flags: Flags,
    pub(super) sign_count: u32,
    /// Where the flag AT says so.
    pub(super) attested: Option<AttestedData>,
    /// The CBOR bytes, where the flag ED says so.
    pub(super) extensions: Option<Vec<u8>>,
}

/// <https://www.w3.org/TR/webauthn-3/#sctn-attested-credential-data>
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AttestedData {
    pub(super) aaguid: [u8; 16],
    pub(super) credential_id: Vec<u8>,
    /// The COSE_Key as it stands.
    pub(super) public_key_bytes: Vec<u8>,
    pub(super) public_key: Read<CoseKey>,
}

impl AuthenticatorData {
    pub(super) fn parse(bytes: &[u8]) -> Read<Self> {
        let mut rest = bytes;
        let rp_id_hash = *take::<32>(&mut rest)?;
        let [flags] = *take::<1>(&mut rest)?;
        let flags = Flags(flags);
        let sign_count = u32::from_be_bytes(*take::<4>(&mut rest)?);
        let attested = flags.attested_data().then(|| AttestedData::parse(&mut rest)).transpose()?;
        let extensions = flags.extension_data().then(|| take_cbor(&mut rest).map(|(_, b)| b.to_vec())).transpose()?;
        if rest.is_empty() {
            Ok(Self { rp_id_hash, flags, sign_count, attested, extensions })
        } else {
            Err(Unreadable::Malformed)
        }
    }
}

impl AttestedData {
    fn parse(rest: &mut &[u8]) -> Read<Self> {
        let aaguid = *take::<16>(rest)?;
        let length = usize::from(u16::from_be_bytes(*take::<2>(rest)?));
        let (credential_id, after) = rest.split_at_checked(length).ok_or(Unreadable::Malformed)?;
        *rest = after;
        let (key, bytes) = take_cbor(rest)?;
        let (public_key_bytes, public_key) = (bytes.to_vec(), CoseKey::from_cbor(&key));
        Ok(Self { aaguid, credential_id: credential_id.to_vec(), public_key_bytes, public_key })
    }
}

/// <https://www.w3.org/TR/webauthn-3/#sctn-generating-an-attestation-object>
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AttestationObject {
    pub(super) format: String,
    /// Whether the statement is the empty map, as it must be in the format `none`.
    pub(super) statement_is_empty: bool,
    /// The authenticator data.
    pub(super) authenticator_data: Vec<u8>,
}

impl AttestationObject {
    pub(super) fn parse(bytes: &[u8]) -> Read<Self> {
        let mut rest = bytes;
        let (object, _) = take_cbor(&mut rest)?;
        let field = |name: &str| entry(&object, |key| key.as_text() == Some(name)).ok_or(Unreadable::Malformed);
        Ok(Self {
            format: field("fmt")?.as_text().ok_or(Unreadable::Malformed)?.to_owned(),
            statement_is_empty: field("attStmt")?.as_map().ok_or(Unreadable::Malformed)?.is_empty(),
            authenticator_data: field("authData")?.as_bytes().ok_or(Unreadable::Malformed)?.clone(),
        })
    }
}

/// A public key, <https://www.rfc-editor.org/rfc/rfc9053#name-key-object-parameters> and, for RSA,
/// <https://www.rfc-editor.org/rfc/rfc8230#section-4>.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CoseKey {
    /// `kty`: 1 is OKP, 2 EC2, 3 RSA.
    pub(super) key_type: i64,
    pub(super) algorithm: i64,
    pub(super) numbers: Numbers,
}

/// The numbers that are the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Numbers {
    /// A point on a curve. `y` is missing where the key type has none (OKP).
    Point { curve: i64, x: Vec<u8>, y: Option<Vec<u8>> },
    /// RSA.
    Modulus { n: Vec<u8>, e: Vec<u8> },
    /// Of a type that is not known here.
    Other,
}

impl CoseKey {
    pub(super) fn parse(bytes: &[u8]) -> Read<Self> {
        let mut rest = bytes;
        let (key, _) = take_cbor(&mut rest)?;
        if rest.is_empty() { Self::from_cbor(&key) } else { Err(Unreadable::Malformed) }
    }

    fn from_cbor(key: &Cbor) -> Read<Self> {
        let field = |label: i64| entry(key, |key| integer(key) == Some(label));
        let number = |label| field(label).and_then(integer).ok_or(Unreadable::Malformed);
        let bytes = |label| field(label).and_then(Cbor::as_bytes).cloned();
        let key_type = number(1)?;
        let numbers = match key_type {
            1 | 2 => Numbers::Point { curve: number(-1)?, x: bytes(-2).ok_or(Unreadable::Malformed)?, y: bytes(-3) },
            3 => Numbers::Modulus {
                n: bytes(-1).ok_or(Unreadable::Malformed)?,
                e: bytes(-2).ok_or(Unreadable::Malformed)?,
            },
            _ => Numbers::Other,
        };
        Ok(Self { key_type, algorithm: number(3)?, numbers })
    }
}

fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Read<&'a [u8; N]> {
    let (part, after) = rest.split_first_chunk::<N>().ok_or(Unreadable::Malformed)?;
    *rest = after;
    Ok(part)
}

/// The CBOR item at the beginning, and its bytes.
fn take_cbor<'a>(rest: &mut &'a [u8]) -> Read<(Cbor, &'a [u8])> {
    let whole = *rest;
    if whole.len() > MAX_BYTES {
        return Err(Unreadable::Malformed);
    }
    let item =
        ciborium::de::from_reader_with_recursion_limit(&mut *rest, MAX_DEPTH).map_err(|_| Unreadable::Malformed)?;
    let bytes = whole.get(..whole.len() - rest.len()).ok_or(Unreadable::Malformed)?;
    Ok((item, bytes))
}

fn entry(map: &Cbor, is_key: impl Fn(&Cbor) -> bool) -> Option<&Cbor> {
    map.as_map()?.iter().find(|(key, _)| is_key(key)).map(|(_, value)| value)
}

fn integer(value: &Cbor) -> Option<i64> {
    i128::from(value.as_integer()?).try_into().ok()
}
