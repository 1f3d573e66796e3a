//! Each value shown is the one of the ceremony, decoded by others.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use passkey_types::ctap2::{AuthenticatorData, Flags};
use serde_json::{Value, json};
use webauthn_rs_core::proto::COSEKeyType;

use super::ceremony::{HANDLE, ORIGIN, Scene, Tricks, sha256};
use crate::explain::values::hexadecimal;
use crate::explain::{CeremonyKind, Language, explain};

/// Values by name, as the JSON has them: the first of each name.
struct Shown(Value);

impl Shown {
    fn value(&self, name: &str) -> &Value {
        let steps = self.0["steps"].as_array().unwrap();
        let mut values = steps.iter().flat_map(|step| step["values"].as_array().unwrap());
        values.find(|value| value["name"] == name).unwrap_or_else(|| panic!("no {name}"))
    }

    fn check(&self, name: &str, form: &str, expect: &str) {
        let value = self.value(name);
        assert_eq!((&value["as"], &value["shown"]), (&json!(form), &json!(expect)), "{name}");
    }

    fn bytes(&self, name: &str, expect: &[u8]) {
        self.check(name, "base64url", &URL_SAFE_NO_PAD.encode(expect));
        assert_eq!(self.value(name)["bytes"], expect.len(), "{name}");
    }

    fn flag(&self, name: &str, set: bool) {
        self.check(name, "words", if set { "1, yes" } else { "0, no" });
    }

    /// What both ceremonies report.
    fn authenticator_data(&self, data: &AuthenticatorData) {
        self.check("rp-id-hash", "hexadecimal", &hexadecimal(&sha256(b"localhost")));
        assert_eq!(data.rp_id_hash(), sha256(b"localhost"));
        self.check("flags", "text", &format!("{:08b}", u8::from(data.flags)));
        self.flag("up", data.flags.contains(Flags::UP));
        self.flag("uv", data.flags.contains(Flags::UV));
        self.flag("be", data.flags.contains(Flags::BE));
        self.flag("bs", data.flags.contains(Flags::BS));
        self.flag("at", data.flags.contains(Flags::AT));
        self.flag("ed", data.flags.contains(Flags::ED));
        self.check("sign-count", "text", &data.counter.unwrap().to_string());
        let private = self.value("private-key");
        assert_eq!((&private["as"], &private["shown"]), (&json!("never-here"), &Value::Null));
    }

    fn client_data(&self, answer: &Value, kind: &str) {
        let raw = decoded(&answer["response"]["clientDataJSON"]);
        let data: Value = serde_json::from_slice(&raw).unwrap();
        self.check("client-data", "text", std::str::from_utf8(&raw).unwrap());
        self.check("client-data-type", "text", kind);
        self.check("client-data-challenge", "text", data["challenge"].as_str().unwrap());
        self.check("origin", "text", ORIGIN);
        self.check("client-data-hash", "hexadecimal", &hexadecimal(&sha256(&raw)));
    }
}

fn decoded(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn a_registration_is_shown_as_it_was() {
    let mut scene = Scene::new();
    let trace = scene.register(false, Tricks::default()).await;
    let shown = Shown(serde_json::to_value(explain(&trace, Language::English)).unwrap());
    assert_eq!((&shown.0["ceremony"], &shown.0["at"]), (&json!("registration"), &json!(1_800_000_000)));
    let options = &trace.options["publicKey"];
    shown.check("challenge", "base64url", options["challenge"].as_str().unwrap());
    shown.check("rp-id", "text", "localhost");
    shown.check("account-name", "text", "alma");
    shown.bytes("user-handle", HANDLE);
    shown.check("user-verification", "text", "required");
    shown.check("resident-key", "text", "required");
    shown.check("attestation-wish", "text", "none");
    shown.check("algorithms", "text", "ES256 (-7), EdDSA (-8), RS256 (-257)");
    shown.check("exclude-credentials", "words", "none");
    shown.client_data(&trace.answer, "webauthn.create");

    let credential = scene.credential.unwrap();
    let bytes = decoded(&trace.answer["response"]["authenticatorData"]);
    let data = AuthenticatorData::from_slice(&bytes).unwrap();
    shown.bytes("authenticator-data", &bytes);
    shown.authenticator_data(&data);
    shown.bytes("credential-id", &credential.credential_id);
    shown.check("aaguid", "text", "07070707-0707-0707-0707-070707070707");
    let COSEKeyType::EC_EC2(key) = crate::ceremonies::cose_key(&credential.public_key).unwrap().key else { panic!() };
    shown.check("key-algorithm", "text", "ES256 (-7)");
    shown.check("key-curve", "text", "P-256 (1)");
    shown.check("key-x", "hexadecimal", &hexadecimal(&key.x));
    shown.check("key-y", "hexadecimal", &hexadecimal(&key.y));
    let public_key = &bytes[bytes.len() - 77..];
    shown.bytes("public-key", public_key);
    shown.bytes("stored-public-key", public_key);
    shown.check("stored-sign-count", "text", &credential.sign_count.to_string());
    shown.check("attestation-format", "text", "none");
}

#[tokio::test]
async fn a_sign_in_is_shown_as_it_was() {
    let mut scene = Scene::registered().await;
    let trace = scene.sign_in(CeremonyKind::SignIn { conditional: false, named: false }, Tricks::default()).await;
    let shown = Shown(serde_json::to_value(explain(&trace, Language::English)).unwrap());
    shown.check("challenge", "base64url", trace.options["publicKey"]["challenge"].as_str().unwrap());
    shown.check("rp-id", "text", "localhost");
    shown.check("allow-credentials", "words", "none");
    shown.client_data(&trace.answer, "webauthn.get");
    let response = &trace.answer["response"];
    let bytes = decoded(&response["authenticatorData"]);
    shown.bytes("authenticator-data", &bytes);
    shown.authenticator_data(&AuthenticatorData::from_slice(&bytes).unwrap());
    shown.bytes("credential-id", &decoded(&trace.answer["rawId"]));
    shown.bytes("returned-user-handle", HANDLE);
    shown.bytes("signature", &decoded(&response["signature"]));
    let stored = trace.stored.as_ref().unwrap();
    shown.bytes("stored-public-key", &stored.public_key);
    shown.check("stored-name", "text", "My passkey");
    let backup = format!("BE {}, BS {}", u8::from(stored.backup_eligible), u8::from(stored.backup_state));
    shown.check("stored-backup", "text", &backup);
    let second = scene.sign_in(CeremonyKind::SecondFactor, Tricks::default()).await;
    let shown = Shown(serde_json::to_value(explain(&second, Language::English)).unwrap());
    shown.check("allow-credentials", "text", "1");
}

/// The texts differ, the facts do not.
#[tokio::test]
async fn both_languages_have_the_same_facts() {
    let trace = Scene::new().register(false, Tricks::default()).await;
    let facts = |language| {
        let explanation = explain(&trace, language);
        let steps = explanation.steps.iter().map(|step| {
            let values: Vec<_> = step.values.iter().map(|v| (v.name, v.bytes, v.form)).collect();
            let checks: Vec<_> = step.checks.iter().map(|c| (c.name, c.outcome, c.basis, c.spec)).collect();
            (step.part, values, checks)
        });
        (steps.collect::<Vec<_>>(), explanation.terms.len())
    };
    assert_eq!(facts(Language::English), facts(Language::Spanish));
}
