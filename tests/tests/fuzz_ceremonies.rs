//! Whatever options a page sends, a ceremony through the client and an authenticator ends in an answer that a page can
//! read, or in an exception that the specification has.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test program")]

use rekey_tests::conformance::{Options, SoftwareAuthenticator, assert as get, create};
use rekey_tests::fuzzing;
use rekey_webauthn::{Caller, Frame};
use serde_json::{Value, json};

/// What the specification lets these two methods throw.
const EXCEPTIONS: [&str; 6] =
    ["TypeError", "NotSupportedError", "SyntaxError", "NotAllowedError", "SecurityError", "InvalidStateError"];

/// Members and values that options are made of; the fuzzer chooses.
const MEMBERS: [(&str, &[&str]); 9] = [
    ("/rp/id", &["\"example.org\"", "\"org\"", "\"\"", "null", "3", "\"login.example.org\""]),
    ("/user/id", &["\"YW5u\"", "\"\"", "[]", "\"not base64!\""]),
    (
        "/pubKeyCredParams",
        &["[]", "[{\"type\":\"public-key\",\"alg\":-8}]", "[{\"type\":\"public-key\",\"alg\":-257}]", "3"],
    ),
    (
        "/authenticatorSelection",
        &[
            "{}",
            "{\"residentKey\":\"required\",\"userVerification\":\"required\"}",
            "{\"residentKey\":\"discouraged\",\"userVerification\":\"discouraged\"}",
            "{\"authenticatorAttachment\":\"cross-platform\"}",
            "\"required\"",
        ],
    ),
    (
        "/extensions",
        &[
            "{\"prf\":{\"eval\":{\"first\":\"AQID\"}},\"credProps\":true,\"minPinLength\":true}",
            "{\"prf\":{\"evalByCredential\":{\"AQID\":{\"first\":\"AQ\"}}}}",
            "{\"largeBlob\":{\"support\":\"required\"}}",
            "{\"largeBlob\":{\"read\":true}}",
            "{\"largeBlob\":{\"write\":\"AQID\"}}",
            "{\"credentialProtectionPolicy\":\"userVerificationRequired\",\"enforceCredentialProtectionPolicy\":true}",
            "{\"prf\":3,\"largeBlob\":[]}",
        ],
    ),
    ("/attestation", &["\"direct\"", "\"enterprise\"", "\"later\"", "7"]),
    (
        "/excludeCredentials",
        &["[]", "[{\"type\":\"public-key\",\"id\":\"AQID\"}]", "[{\"type\":\"later\",\"id\":\"AQID\"}]", "{}"],
    ),
    (
        "/allowCredentials",
        &["[]", "[{\"type\":\"later\",\"id\":\"AQID\"}]", "[{\"type\":\"public-key\",\"id\":\"AQID\"}]"],
    ),
    ("/challenge", &["\"AQID\"", "\"\"", "null", "{}"]),
];

fn put(options: &mut Value, pointer: &str, value: Value) {
    let mut place = options;
    for name in pointer.split('/').skip(1) {
        place = &mut place[name];
    }
    *place = value;
}

/// The answer of a ceremony, if it is one.
fn read(answer: Result<String, &'static str>, response: &str) -> Option<Value> {
    match answer {
        Ok(json) => {
            let json: Value = serde_json::from_str(&json).unwrap();
            assert_eq!(json["type"], "public-key");
            assert_eq!(json["id"], json["rawId"]);
            assert!(json["response"][response].is_string() && json["clientExtensionResults"].is_object());
            Some(json)
        }
        Err(name) => {
            assert!(EXCEPTIONS.contains(&name), "{name}");
            None
        }
    }
}

#[test]
fn any_options_lead_to_an_answer_or_an_exception() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let origin = "https://login.example.org";
    bolero::check!().with_test_time(fuzzing::time()).for_each(|bytes: &[u8]| {
        let mut options = json!({
            "rp": { "name": "x" },
            "user": { "id": "YW5u", "name": "x", "displayName": "x" },
            "challenge": "AQID",
            "pubKeyCredParams": [],
        });
        let mut choices = bytes.iter().copied().map(usize::from);
        let mut next = || choices.next().unwrap_or_default();
        let mut caller = Caller::top(origin.parse().unwrap());
        if next() % 4 == 3 {
            caller.frame = Frame::CrossOrigin { top: "https://shop.example.com".parse().unwrap() };
        }
        caller.activated = next() % 4 != 3;
        for _ in 0..next() % 6 {
            let (pointer, values) = MEMBERS[next() % MEMBERS.len()];
            put(&mut options, pointer, serde_json::from_str(values[next() % values.len()]).unwrap());
        }
        if let Some(id) = options["rp"].get("id").cloned() {
            options["rpId"] = id;
        }
        runtime.block_on(async {
            let mut authenticators = [SoftwareAuthenticator::new(Options::platform())];
            let made =
                read(create(authenticators.iter_mut(), &caller, &options.to_string()).await, "attestationObject");
            if made.is_some() {
                assert_eq!(authenticators[0].kept.len(), 1);
            }
            // A sign-in with it, whatever else the options ask for.
            let mut asked = options.clone();
            if let Some(made) = &made {
                asked["allowCredentials"] = json!([{ "type": "public-key", "id": made["id"] }]);
                asked["extensions"] = Value::Null;
                asked["userVerification"] = json!("preferred");
            }
            let signed = read(get(authenticators.iter_mut(), &caller, &asked.to_string()).await, "signature");
            if let (Some(made), Some(signed)) = (made, signed) {
                assert_eq!(made["id"], signed["id"]);
            }
            let again = read(get(authenticators.iter_mut(), &caller, &options.to_string()).await, "signature");
            assert!(again.is_none() || !authenticators[0].kept.is_empty());
        });
    });
}
