//! An authenticator whose every byte a test can set: Ed25519 or ES256, attestation `none`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use passkey_crypto::coset::CborSerializable;
use passkey_crypto::{AvailableBackend, AvailableSecretKey, CoseKey, CryptoBackend, SecretKeyT, iana};
use serde_cbor_2::Value as Cbor;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::browser::ORIGIN;

pub(super) const UP: u8 = 0x01;
pub(super) const UV: u8 = 0x04;
pub(super) const BE: u8 = 0x08;
pub(super) const BS: u8 = 0x10;
const AT: u8 = 0x40;

/// What a hostile or broken client would say. `default()` is an honest one.
#[derive(Clone)]
pub(super) struct Claims {
    pub(super) kind: Option<&'static str>,
    pub(super) challenge: Option<String>,
    pub(super) origin: &'static str,
    pub(super) cross_origin: Value,
    pub(super) top_origin: Value,
    pub(super) rp_id: &'static str,
    pub(super) flags: u8,
    pub(super) sign_count: u32,
    pub(super) tampered: bool,
    /// The credential id beside the data, where it is not the one in it.
    pub(super) raw_id: Option<String>,
    /// The `COSE_Key` that stands for the public key, where it is another.
    pub(super) public_key: Option<Vec<u8>>,
}

impl Default for Claims {
    fn default() -> Self {
        Self {
            kind: None,
            challenge: None,
            origin: ORIGIN,
            cross_origin: json!(false),
            top_origin: Value::Null,
            rp_id: "localhost",
            flags: UP | UV,
            sign_count: 0,
            tampered: false,
            raw_id: None,
            public_key: None,
        }
    }
}

enum Pair {
    Ed25519(SigningKey),
    P256(CoseKey),
}

impl Pair {
    /// As `COSE_Key`.
    fn public_key(&self) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => serde_cbor_2::to_vec(&Cbor::Map(
                [
                    (Cbor::Integer(1), Cbor::Integer(1)),
                    (Cbor::Integer(3), Cbor::Integer(-8)),
                    (Cbor::Integer(-1), Cbor::Integer(6)),
                    (Cbor::Integer(-2), Cbor::Bytes(key.verifying_key().to_bytes().to_vec())),
                ]
                .into(),
            ))
            .unwrap(),
            Self::P256(key) => {
                use passkey_crypto::PublicKeyT;
                AvailableSecretKey::from_cose_key(key).unwrap().public_key().to_cose_key().to_vec().unwrap()
            }
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => key.sign(message).to_bytes().to_vec(),
            Self::P256(key) => AvailableSecretKey::from_cose_key(key).unwrap().sign(message),
        }
    }
}

pub(super) struct SoftKey {
    id: Vec<u8>,
    pair: Pair,
    handle: Value,
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl SoftKey {
    pub(super) fn new() -> Self {
        Self::with_id(rand::random::<[u8; 32]>().to_vec())
    }

    pub(super) fn with_id(id: Vec<u8>) -> Self {
        Self { id, pair: Pair::Ed25519(SigningKey::from_bytes(&rand::random())), handle: Value::Null }
    }

    /// One that signs with ES256.
    pub(super) fn es256() -> Self {
        let key = AvailableBackend.generate_key(iana::Algorithm::ES256).unwrap();
        Self { pair: Pair::P256(key.to_cose_key()), ..Self::new() }
    }

    pub(super) fn id(&self) -> String {
        text(&self.id)
    }

    fn client_data(kind: &str, options: &Value, claims: &Claims) -> Vec<u8> {
        let challenge = claims.challenge.clone().map_or_else(|| options["publicKey"]["challenge"].clone(), Value::from);
        let kind = claims.kind.unwrap_or(kind);
        json!({
            "type": kind, "challenge": challenge, "origin": claims.origin,
            "crossOrigin": claims.cross_origin, "topOrigin": claims.top_origin,
        })
        .to_string()
        .into_bytes()
    }

    fn head(claims: &Claims, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(claims.rp_id).to_vec();
        data.push(claims.flags | more);
        data.extend(claims.sign_count.to_be_bytes());
        data
    }

    pub(super) fn create(&mut self, options: &Value, claims: &Claims) -> Value {
        self.handle = options["publicKey"]["user"]["id"].clone();
        let mut data = Self::head(claims, AT);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(claims.public_key.clone().unwrap_or_else(|| self.pair.public_key()));
        let object = Cbor::Map(
            [
                (Cbor::Text("fmt".into()), Cbor::Text("none".into())),
                (Cbor::Text("attStmt".into()), Cbor::Map([].into())),
                (Cbor::Text("authData".into()), Cbor::Bytes(data)),
            ]
            .into(),
        );
        let id = claims.raw_id.clone().unwrap_or_else(|| self.id());
        json!({
            "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": text(&Self::client_data("webauthn.create", options, claims)),
                "attestationObject": text(&serde_cbor_2::to_vec(&object).unwrap()),
                "transports": ["internal"],
            },
        })
    }

    pub(super) fn get(&self, options: &Value, claims: &Claims) -> Value {
        let client_data = Self::client_data("webauthn.get", options, claims);
        let data = Self::head(claims, 0);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(&client_data));
        let mut signature = self.pair.sign(&signed);
        signature[5] ^= u8::from(claims.tampered);
        json!({
            "id": self.id(), "rawId": self.id(), "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": text(&client_data),
                "authenticatorData": text(&data),
                "signature": text(&signature),
                "userHandle": self.handle,
            },
        })
    }
}
