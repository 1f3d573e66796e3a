//! The parts of an attestation object that a relying party keeps and that `webauthn-rs-core` does not hand out.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_cbor_2::{Deserializer, Value};
use uuid::Uuid;
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{COSEAlgorithm, COSEKey, COSEKeyType, COSEOKPKey, ECDSACurve, EDDSACurve};

/// Where the flags stand in authenticator data, after the hash of the RP ID.
const FLAGS: usize = 32;

// <https://www.w3.org/TR/webauthn-3/#authdata-flags>
const UP: u8 = 0x01;
const UV: u8 = 0x04;
const BE: u8 = 0x08;
const BS: u8 = 0x10;
const ED: u8 = 0x80;

/// What all authenticator data begins with (<https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) rp_id_hash: [u8; 32],
    pub(super) flags: u8,
    pub(super) sign_count: u32,
}

impl Head {
    /// Reads it; `None` where the data ends too early.
    pub(super) fn read(data: &[u8]) -> Option<Self> {
        let (rp_id_hash, rest) = data.split_first_chunk()?;
        let (flags, rest) = rest.split_first()?;
        let sign_count = u32::from_be_bytes(*rest.first_chunk()?);
        Some(Self { rp_id_hash: *rp_id_hash, flags: *flags, sign_count })
    }

    pub(super) fn user_present(&self) -> bool {
        self.flags & UP != 0
    }

    pub(super) fn user_verified(&self) -> bool {
        self.flags & UV != 0
    }

    pub(super) fn backup_eligible(&self) -> bool {
        self.flags & BE != 0
    }

    pub(super) fn backup_state(&self) -> bool {
        self.flags & BS != 0
    }
}

/// What stands in the authenticator data of a registration
/// (<https://www.w3.org/TR/webauthn-3/#sctn-attested-credential-data>).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attested {
    pub(super) head: Head,
    pub(super) aaguid: Uuid,
    pub(super) credential_id: Vec<u8>,
    /// `COSE_Key` in CBOR, as the authenticator wrote it.
    pub(super) public_key: Vec<u8>,
    /// The whole of it, which an attestation signs.
    pub(super) authenticator_data: Vec<u8>,
    pub(super) statement: Statement,
}

/// What vouches for the authenticator data.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Statement {
    /// Nothing.
    None,
    /// The passkey's own key (<https://www.w3.org/TR/webauthn-3/#self-attestation>, in the packed format).
    Itself {
        /// COSE algorithm identifier.
        algorithm: i128,
        signature: Vec<u8>,
    },
    /// Somebody else, in whatever format.
    Other,
}

impl Statement {
    /// Reads it; `None` where it is not one of its format (<https://www.w3.org/TR/webauthn-3/#sctn-none-attestation>:
    /// a statement called `none` is empty).
    fn read(map: &BTreeMap<Value, Value>) -> Option<Self> {
        let Some(Value::Map(statement)) = map.get(&text("attStmt")) else { return None };
        match map.get(&text("fmt"))? {
            Value::Text(format) if format == "none" => statement.is_empty().then_some(Self::None),
            Value::Text(format) if format == "packed" && statement.len() == 2 => {
                match (statement.get(&text("alg")), statement.get(&text("sig"))) {
                    (Some(Value::Integer(algorithm)), Some(Value::Bytes(signature))) => {
                        Some(Self::Itself { algorithm: *algorithm, signature: signature.clone() })
                    }
                    _ => Some(Self::Other),
                }
            }
            _ => Some(Self::Other),
        }
    }
}

impl Attested {
    /// Reads it from an attestation object; `None` where there is none.
    pub(super) fn read(attestation_object: &[u8]) -> Option<Self> {
        let map = map(attestation_object)?;
        let data = authenticator_data(&map)?;
        let head = Head::read(data)?;
        let (aaguid, rest) = data.get(FLAGS + 5..)?.split_first_chunk::<16>()?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let (credential_id, key) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        let mut reader = Deserializer::from_slice(key);
        IgnoredAny::deserialize(&mut reader).ok()?;
        let end = reader.byte_offset();
        // Behind the key only extensions may stand, and only where the flags say so.
        if head.flags & ED != 0 {
            IgnoredAny::deserialize(&mut reader).ok()?;
        }
        if reader.byte_offset() != key.len() {
            return None;
        }
        Some(Self {
            head,
            aaguid: Uuid::from_bytes(*aaguid),
            credential_id: credential_id.to_vec(),
            public_key: key.get(..end)?.to_vec(),
            authenticator_data: data.to_vec(),
            statement: Statement::read(&map)?,
        })
    }
}

fn is_unattested(map: &BTreeMap<Value, Value>) -> bool {
    map.get(&text("fmt")) == Some(&text("none"))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn map(attestation_object: &[u8]) -> Option<BTreeMap<Value, Value>> {
    match serde_cbor_2::from_slice(attestation_object).ok()? {
        Value::Map(map) => Some(map),
        _ => None,
    }
}

fn authenticator_data(map: &BTreeMap<Value, Value>) -> Option<&[u8]> {
    match map.get(&text("authData"))? {
        Value::Bytes(data) => Some(data),
        _ => None,
    }
}

/// The key of a `COSE_Key`. The core refuses Ed25519 when it reads one, so that is read here
/// (<https://www.rfc-editor.org/rfc/rfc9053#section-7.2>); and it takes ES256 with any curve, where WebAuthn knows it
/// with P-256 alone (<https://www.w3.org/TR/webauthn-3/#sctn-alg-identifier>).
pub(crate) fn cose_key(public_key: &[u8]) -> Result<COSEKey, WebauthnError> {
    let value: Value = serde_cbor_2::from_slice(public_key).map_err(|_| WebauthnError::COSEKeyInvalidCBORValue)?;
    match ed25519(&value) {
        Some(x) => Ok(COSEKey {
            type_: COSEAlgorithm::EDDSA,
            key: COSEKeyType::EC_OKP(COSEOKPKey { curve: EDDSACurve::ED25519, x }),
        }),
        None => match COSEKey::try_from(&value)? {
            COSEKey { type_: COSEAlgorithm::ES256, key: COSEKeyType::EC_EC2(key) }
                if key.curve != ECDSACurve::SECP256R1 =>
            {
                Err(WebauthnError::COSEKeyInvalidType)
            }
            key => Ok(key),
        },
    }
}

/// The public key of an Ed25519 `COSE_Key`.
fn ed25519(value: &Value) -> Option<Vec<u8>> {
    let Value::Map(map) = value else { return None };
    let is = |label, expected| map.get(&Value::Integer(label)) == Some(&Value::Integer(expected));
    match map.get(&Value::Integer(-2)) {
        Some(Value::Bytes(x)) if is(1, 1) && is(3, -8) && is(-1, 6) && x.len() == 32 => Some(x.clone()),
        _ => None,
    }
}

/// The attestation object with "user present" set, where nothing vouches for the flags (`fmt` is `none`). A passkey that
/// a browser made on its own after a sign-in says truthfully that nobody was asked, and
/// <https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential> (step "If options.mediation is not set to
/// conditional, verify that the UP bit…") lets it; the core has no such case.
pub(super) fn with_user_present(attestation_object: &[u8]) -> Option<Vec<u8>> {
    let mut map = map(attestation_object)?;
    if !is_unattested(&map) {
        return None;
    }
    match map.get_mut(&text("authData"))? {
        Value::Bytes(data) => *data.get_mut(FLAGS)? |= UP,
        _ => return None,
    }
    serde_cbor_2::to_vec(&Value::Map(map)).ok()
}
