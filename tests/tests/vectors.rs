//! The specification's test vectors, replayed: what the client writes, what is read, what is signed, and what relying
//! parties of other people say of it. `tests/fixtures/vectors/` has them as data; `extraData` in some client data is the
//! specification's way to say that members may follow those that it prescribes.
//!
//! <https://www.w3.org/TR/webauthn-3/#sctn-test-vectors>
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test program")]

use std::collections::BTreeSet;
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
            key: key.to_cose_key(),
            sign_count: 0,
            large_blob: None,
            backup_eligible: flags & 0x08 != 0,
            backed_up: flags & 0x10 != 0,
            protection: Protection::Optional,
            prf_key: Zeroizing::new([0; 32]),
        });
        let request = vector.get_request();
        let signed = authenticator.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await.unwrap();
        assert_eq!(signed.authenticator_data, expect, "{}", vector.name());
        if request.client_data.json() == vector.bytes("/authentication/clientDataJSON") {
            assert_eq!(signed.signature, vector.bytes("/authentication/signature"), "{}", vector.name());
            same.push(vector.name().to_owned());
        }
    }
    assert!(same.len() >= 4, "{same:?}");
}

/// The specification's vectors that a relying party does not take, and what it misses: in the attestation's statement
/// alone, or in the rest as well. Everything else it must take.
const LIMITS: [(Verifier, &str, In, &str); 19] = [
    (
        Verifier::WebauthnRs,
        "none.ES256.crossOrigin",
        In::Rest,
        "it takes no registration out of another origin's frame",
    ),
    (Verifier::WebauthnRs, "none.ES256.topOrigin", In::Rest, "it takes no registration out of another origin's frame"),
    (Verifier::WebauthnRs, "packed.ES512", In::Rest, "it does not verify ES512"),
    (Verifier::WebauthnRs, "packed.Ed448", In::Rest, "it does not know Ed448"),
    (Verifier::WebauthnRs, "packed.EdDSA", In::Rest, "it does not verify Ed25519"),
    (Verifier::WebauthnRs, "packed.RS256", In::Rest, "it takes RSA keys of 2048 bits only"),
    (Verifier::WebauthnRs, "android-key.ES256", In::Statement, "it wants a certificate chain of Google's length"),
    (Verifier::WebauthnRs, "tpm.ES256", In::Statement, "it takes RSA keys only in a TPM"),
    (Verifier::PyWebauthn, "packed.ES384", In::Rest, "it does not know ES384"),
    (Verifier::PyWebauthn, "packed.Ed448", In::Rest, "it does not know Ed448"),
    (Verifier::PyWebauthn, "android-key.ES256", In::Statement, "it wants the root in the chain"),
    (Verifier::PyWebauthn, "fido-u2f.ES256", In::Statement, "it wants an AAGUID of zeros, as CTAP does"),
    (Verifier::PyWebauthn, "tpm.ES256", In::Statement, "it takes makers of TPMs only"),
    (Verifier::PythonFido2, "android-key.ES256", In::Statement, "it does not know the format"),
    (Verifier::PythonFido2, "tpm.ES256", In::Statement, "it wants a truth value in the clock's last byte"),
    (Verifier::SimpleWebauthn, "packed.Ed448", In::Rest, "it does not know Ed448"),
    (Verifier::SimpleWebauthn, "android-key.ES256", In::Statement, "it wants the root in the chain"),
    (Verifier::SimpleWebauthn, "fido-u2f.ES256", In::Statement, "it wants an AAGUID of zeros, as CTAP does"),
    (Verifier::SimpleWebauthn, "tpm.ES256", In::Statement, "it takes makers of TPMs only"),
];

/// Where a relying party's limit lies.
#[derive(Clone, Copy, PartialEq)]
enum In {
    Statement,
    Rest,
}

/// What stands in an attestation object of the format "none" before its authenticator data.
const NONE: &[u8] = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData";

impl Vector {
    /// As a relying party gets it; without the attestation's statement, if it is taken away.
    fn case(&self, root: &str, stripped: bool) -> Case {
        let id = self.base64url("/credentialId");
        let (_, _, registered) = self.attestation();
        let signed = self.bytes("/authentication/authenticatorData");
        let object = if stripped {
            let length = u16::try_from(registered.len()).unwrap().to_be_bytes();
            URL_SAFE_NO_PAD.encode([NONE, &[0x59], &length, &registered].concat())
        } else {
            self.base64url("/registration/attestationObject")
        };
        let credential = |response: Value| json!({ "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {}, "response": response });
        Case {
            name: if stripped { format!("{} stripped", self.name()) } else { self.name().to_owned() },
            rp_id: "example.org".into(),
            origin: "https://example.org".into(),
            verified: registered[32] & signed[32] & 0x04 != 0,
            algorithm: self.algorithm(),
            registration_challenge: self.base64url("/registration/challenge"),
            authentication_challenge: self.base64url("/authentication/challenge"),
            registration: credential(json!({
                "clientDataJSON": self.base64url("/registration/clientDataJSON"),
                "attestationObject": object,
            })),
            authentication: credential(json!({
                "clientDataJSON": self.base64url("/authentication/clientDataJSON"),
                "authenticatorData": self.base64url("/authentication/authenticatorData"),
                "signature": self.base64url("/authentication/signature"),
            })),
            cross_origin: self.0["crossOrigin"] == true,
            top_origin: self.0["topOrigin"].as_str().map(str::to_owned),
            root: Some(root.to_owned()),
        }
    }
}

/// The certificate that the specification's attestations lead to, as PEM.
fn root() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/vectors/attestation-root.json");
    let root = Vector(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap());
    let text = base64::engine::general_purpose::STANDARD.encode(root.bytes("/certificate"));
    let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

#[test]
fn relying_parties_of_other_people_take_them() {
    let root = root();
    let vectors = Vector::all();
    let cases: Vec<Case> =
        [false, true].iter().flat_map(|stripped| vectors.iter().map(|v| v.case(&root, *stripped))).collect();
    let mut problems = Vec::new();
    let mut taken = BTreeSet::new();
    for verifier in Verifier::ALL {
        let verdicts = verifier.judge(&cases).unwrap();
        for (case, verdict) in cases.iter().zip(verdicts) {
            let limit = LIMITS.iter().find(|(who, name, part, _)| {
                let stripped = case.name.strip_suffix(" stripped");
                *who == verifier && (case.name == *name || (*part == In::Rest && stripped == Some(name)))
            });
            if verdict.accepted {
                taken.insert(case.name.clone());
            }
            if verdict.accepted == limit.is_some() {
                problems.push(format!("({verifier:?}, \"{}\", \"{}\")", case.name, verdict.reason));
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
    // Whatever the statement, somebody verified the credential's key and its signature.
    assert_eq!(taken.iter().filter(|name| name.ends_with("stripped")).count(), vectors.len(), "{taken:?}");
    // Statements that no relying party here takes are looked at by the test below.
    let statements = cases.iter().filter(|case| !case.name.ends_with("stripped") && !taken.contains(&case.name));
    assert_eq!(statements.map(|case| case.name.as_str()).collect::<Vec<_>>(), ["android-key.ES256", "tpm.ES256"]);
}

/// <https://www.w3.org/TR/webauthn-3/#sctn-android-key-attestation>, <https://www.w3.org/TR/webauthn-3/#sctn-tpm-attestation>
#[test]
fn statements_that_no_relying_party_takes_hold() {
    for vector in Vector::all() {
        let (format, statement, data) = vector.attestation();
        let statement = statement.into_map().unwrap();
        let bytes = |name: &str| {
            let found = statement.iter().find(|(key, _)| key.as_text() == Some(name)).unwrap();
            found.1.as_bytes().unwrap().clone()
        };
        let hash = Sha256::digest(vector.bytes("/registration/clientDataJSON"));
        let signed = [data.as_slice(), &hash].concat();
        match format.as_str() {
            // "Verify that sig is a valid signature over … using the public key in the first certificate", which is the
            // credential's.
            "android-key" => {
                let key = RustCryptoSecretKey::from_pkcs8(&vector.private_key().unwrap()).unwrap();
                assert!(key.public_key().verify(&signed, &bytes("sig")).is_ok());
            }
            // "Verify that extraData is set to the hash of attToBeSigned", and that the name is the public area's.
            "tpm" => {
                let (info, area) = (bytes("certInfo"), bytes("pubArea"));
                assert_eq!(info[..8], *b"\xffTCG\x80\x17\0\0");
                assert_eq!(info[10..42], Sha256::digest(&signed)[..]);
                assert!(info.windows(34).any(|name| name[..2] == *b"\0\x0b" && name[2..] == Sha256::digest(&area)[..]));
            }
            _ => {}
        }
    }
}
