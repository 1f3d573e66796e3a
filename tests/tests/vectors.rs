//! The specification's test vectors, replayed: what the client writes, what is read, what is signed, and what relying
//! parties of other people say of it. `tests/fixtures/vectors/` has them as data; `extraData` in some client data is the
//! specification's way to say that members may follow those that it prescribes.
//!
//! <https://www.w3.org/TR/webauthn-3/#sctn-test-vectors>
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test program")]

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use passkey_crypto::coset::CborSerializable as _;
use passkey_crypto::rust_crypto::{RustCryptoPublicKey, RustCryptoSecretKey};
use passkey_crypto::{Pkcs8 as _, PublicKeyT as _, SecretKeyT as _};
use passkey_types::ctap2::{AuthenticatorData, Flags};
use rekey_authenticator::{Authenticator as _, Nobody, UserVerification};
use rekey_tests::conformance::{Kept, Options, SoftwareAuthenticator};
use rekey_tests::verifiers::{Case, Verifier};
use rekey_webauthn::{Caller, CreateRequest, CredentialId, Frame, GetRequest, Protection};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// One registration and one sign-in of the specification.
struct Vector(Value);

impl Vector {
    fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/vectors");
        let mut vectors = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let vector: Value = serde_json::from_slice(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap();
            if vector["registration"].is_object() {
                vectors.push(Self(vector));
            }
        }
        vectors.sort_by_key(|vector| vector.name().to_owned());
        vectors
    }

    fn name(&self) -> &str {
        self.0["name"].as_str().unwrap()
    }

    fn algorithm(&self) -> i64 {
        self.0["algorithm"].as_i64().unwrap()
    }

    fn bytes(&self, pointer: &str) -> Vec<u8> {
        let text = self.0.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer}"));
        (0..text.len() / 2).map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).unwrap()).collect()
    }

    fn base64url(&self, pointer: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes(pointer))
    }

    fn caller(&self) -> Caller {
        let frame = match (self.0["topOrigin"].as_str(), self.0["crossOrigin"].as_bool().unwrap()) {
            (Some(top), _) => Frame::CrossOrigin { top: top.parse().unwrap() },
            // Level 2's form, which has no `topOrigin`.
            (None, true) => Frame::CrossOrigin { top: "https://example.com".parse().unwrap() },
            (None, false) => Frame::Top,
        };
        Caller { frame, ..Caller::top(self.0["origin"].as_str().unwrap().parse().unwrap()) }
    }

    fn create_request(&self) -> CreateRequest {
        let options = json!({
            "rp": { "id": self.0["rpId"], "name": "Practice" },
            "user": { "id": "YW5u", "name": "ann", "displayName": "Ann" },
            "challenge": self.base64url("/registration/challenge"),
            "pubKeyCredParams": [{ "type": "public-key", "alg": self.algorithm() }],
        });
        CreateRequest::parse(&self.caller(), &options.to_string()).unwrap()
    }

    fn get_request(&self) -> GetRequest {
        let challenge = self.base64url("/authentication/challenge");
        let flags = self.bytes("/authentication/authenticatorData")[32];
        let verification = if flags & 0x04 == 0 { "discouraged" } else { "required" };
        let allow = json!([{ "type": "public-key", "id": self.base64url("/credentialId") }]);
        let options = json!({
            "challenge": challenge,
            "rpId": self.0["rpId"],
            "userVerification": verification,
            "allowCredentials": allow,
        });
        GetRequest::parse(&self.caller(), &options.to_string()).unwrap()
    }

    /// The parts of the attestation object: format, statement, authenticator data.
    fn attestation(&self) -> (String, ciborium::Value, Vec<u8>) {
        let object: ciborium::Value =
            ciborium::from_reader(self.bytes("/registration/attestationObject").as_slice()).unwrap();
        let map = object.into_map().unwrap();
        let part = |name: &str| map.iter().find(|(key, _)| key.as_text() == Some(name)).unwrap().1.clone();
        (part("fmt").into_text().unwrap(), part("attStmt"), part("authData").into_bytes().unwrap())
    }

    /// The private key in PKCS#8, where it is of a kind that authenticators of Rekey's have.
    fn private_key(&self) -> Option<Zeroizing<Vec<u8>>> {
        // <https://www.rfc-editor.org/rfc/rfc5208>: what stands before the 32 bytes.
        let before: &[u8] = match self.algorithm() {
            -7 => b"\x30\x41\x02\x01\x00\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\
                    \x04\x27\x30\x25\x02\x01\x01\x04\x20",
            -8 => b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20",
            _ => return None,
        };
        Some(Zeroizing::new([before, &self.bytes("/credentialPrivateKey")].concat()))
    }
}

#[test]
fn all_pairs_are_here() {
    let names: Vec<String> = Vector::all().iter().map(|vector| vector.name().to_owned()).collect();
    assert_eq!(names.len(), 15, "{names:?}");
}

#[test]
fn client_data_is_the_specifications_to_the_byte() {
    let mut whole = 0;
    for vector in Vector::all() {
        for (ceremony, written) in [
            ("registration", vector.create_request().client_data),
            ("authentication", vector.get_request().client_data),
        ] {
            let mut expect = vector.bytes(&format!("/{ceremony}/clientDataJSON"));
            let said: Value = serde_json::from_slice(&expect).unwrap();
            // A member after the prescribed ones: the specification's own serialisation ends before it.
            if said["extraData"].is_string() {
                let extra = format!(",\"extraData\":{}}}", said["extraData"]);
                assert!(expect.ends_with(extra.as_bytes()), "{}", vector.name());
                expect.truncate(expect.len() - extra.len());
                expect.push(b'}');
            } else {
                whole += 1;
            }
            let mut written = String::from_utf8(written.json().to_vec()).unwrap();
            // The pair without `topOrigin` is of Level 2; the client always knows it.
            if vector.0["topOrigin"].is_null() {
                written = written.replace(",\"topOrigin\":\"https://example.com\"", "");
            }
            assert_eq!(written, String::from_utf8(expect).unwrap(), "{} {ceremony}", vector.name());
        }
    }
    assert!(whole >= 10, "{whole}");
}

#[test]
fn attestation_objects_and_authenticator_data_are_read() {
    for vector in Vector::all() {
        let (format, _, data) = vector.attestation();
        assert_eq!(format, vector.0["format"], "{}", vector.name());
        let rp_id_hash = Sha256::digest("example.org");
        for bytes in [&data, &vector.bytes("/authentication/authenticatorData")] {
            assert_eq!(bytes[..32], rp_id_hash[..], "{}", vector.name());
        }
        assert_eq!(data[37..53], vector.bytes("/aaguid"), "{}", vector.name());
        let id = vector.bytes("/credentialId");
        assert_eq!(usize::from(u16::from_be_bytes([data[53], data[54]])), id.len(), "{}", vector.name());
        assert_eq!(data[55..55 + id.len()], id, "{}", vector.name());
        assert!(CredentialId::new(id.clone()).is_ok());
        // The reader of the store's library; it reads keys that it cannot use as well.
        let read = AuthenticatorData::from_slice(&data).unwrap_or_else(|error| panic!("{}: {error}", vector.name()));
        assert!(read.flags.contains(Flags::AT | Flags::UP));
        assert_eq!(read.attested_credential_data.unwrap().credential_id(), id);
    }
}

/// What our own authenticators sign with: the key, the flags and the deterministic signature are the specification's.
#[tokio::test]
async fn what_is_signed_is_the_specifications() {
    let mut same = Vec::new();
    for vector in Vector::all() {
        let Some(private_key) = vector.private_key() else { continue };
        let key = RustCryptoSecretKey::from_pkcs8(&private_key).unwrap();
        let public_key = key.public_key().to_cose_key();
        let (_, _, registered) = vector.attestation();
        assert!(registered.ends_with(&public_key.clone().to_vec().unwrap()), "{}", vector.name());
        RustCryptoPublicKey::der_from_cose_key(&public_key).unwrap();

        let expect = vector.bytes("/authentication/authenticatorData");
        let flags = expect[32];
        let mut options = Options::platform();
        options.is_user_verified = flags & 0x04 != 0;
        let mut authenticator = SoftwareAuthenticator::new(options);
        authenticator.kept.push(Kept {
            id: CredentialId::new(vector.bytes("/credentialId")).unwrap(),
            rp_id: "example.org".into(),
            user_handle: Some(b"ann".to_vec()),
            user_name: "ann".into(),
            discoverable: true,
            private_key,
            sign_count: 0,
            large_blob: None,
            backup_eligible: flags & 0x08 != 0,
            backed_up: flags & 0x10 != 0,
            protection: Protection::Optional,
            prf_key: Zeroizing::new([0; 32]),
        });
        let request = vector.get_request();
        let signed =
            authenticator.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await.unwrap();
        assert_eq!(signed.authenticator_data, expect, "{}", vector.name());
        if request.client_data.json() == vector.bytes("/authentication/clientDataJSON") {
            assert_eq!(signed.signature, vector.bytes("/authentication/signature"), "{}", vector.name());
            same.push(vector.name().to_owned());
        }
    }
    assert!(same.len() >= 4, "{same:?}");
}

/// What a verifier does not take of the specification's own vectors.
fn limit(verifier: Verifier, case: &Case) -> Option<&'static str> {
    let none = |_: &Case| None;
    match verifier {
        _ => none(case),
    }
}

#[test]
fn relying_parties_of_other_people_take_them() {
    let case = |vector: &Vector| {
        let id = vector.base64url("/credentialId");
        let (_, _, registered) = vector.attestation();
        let signed = vector.bytes("/authentication/authenticatorData");
        let both = |response: Value| {
            json!({ "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {}, "response": response })
        };
        Case {
            name: vector.name().to_owned(),
            rp_id: "example.org".into(),
            origin: "https://example.org".into(),
            verified: registered[32] & signed[32] & 0x04 != 0,
            algorithm: vector.algorithm(),
            registration_challenge: vector.base64url("/registration/challenge"),
            authentication_challenge: vector.base64url("/authentication/challenge"),
            registration: both(json!({
                "clientDataJSON": vector.base64url("/registration/clientDataJSON"),
                "attestationObject": vector.base64url("/registration/attestationObject"),
            })),
            authentication: both(json!({
                "clientDataJSON": vector.base64url("/authentication/clientDataJSON"),
                "authenticatorData": vector.base64url("/authentication/authenticatorData"),
                "signature": vector.base64url("/authentication/signature"),
            })),
            cross_origin: vector.0["crossOrigin"] == true,
            format: vector.0["format"].as_str().unwrap().to_owned(),
        }
    };
    let cases: Vec<Case> = Vector::all().iter().map(case).collect();
    let mut problems = Vec::new();
    let mut by_somebody = std::collections::BTreeSet::new();
    for verifier in Verifier::ALL {
        for (case, verdict) in cases.iter().zip(verifier.judge(&cases).unwrap()) {
            if verdict.accepted {
                by_somebody.insert(case.name.clone());
            }
            if verdict.accepted == limit(verifier, case).is_some() {
                problems.push(format!("{verifier:?} {}: {}", case.name, verdict.reason));
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
    assert_eq!(by_somebody.len(), cases.len(), "{by_somebody:?}");
}
