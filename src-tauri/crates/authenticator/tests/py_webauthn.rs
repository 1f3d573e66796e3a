//! Ceremonies of the store, verified by py_webauthn: by `REKEY_PYTHON`, or by a `python3` that has the package
//! `webauthn`. Where neither is there, the test says so and is skipped.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program")]

mod support;

use std::io::Write as _;
use std::process::{Command, Stdio};

use rekey_authenticator::{AAGUID, Authenticator, Nobody, UserVerification};
use serde_json::{Value, json};
use support::{create, create_options, get, store, verified};

/// A Python that has py_webauthn.
fn python() -> Option<String> {
    if let Ok(python) = std::env::var("REKEY_PYTHON") {
        return Some(python);
    }
    let found = Command::new("python3").args(["-c", "import webauthn"]).stderr(Stdio::null()).status();
    found.is_ok_and(|status| status.success()).then(|| "python3".to_owned())
}

/// What py_webauthn says of each case: its findings, or the name of its exception.
fn verify(python: &str, cases: &[Value]) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/py_webauthn.py");
    let mut child = Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(Value::from(cases).to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{python} {script}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test]
async fn py_webauthn_accepts_both_ceremonies() {
    let Some(python) = python() else {
        println!("skipped: no Python with the package `webauthn` (set REKEY_PYTHON)");
        return;
    };
    let (mut cases, mut expect) = (Vec::new(), Vec::new());
    let (_folder, mut store) = store();
    for (rp_id, origin, algorithm, require) in [
        ("localhost", "http://localhost:8090", -7, true),
        ("localhost", "http://localhost:8090", -7, false),
        ("example.com", "https://example.com", -7, true),
        ("example.com", "https://login.example.com", -8, false),
    ] {
        let verification = |store: &_| if require { verified(store) } else { UserVerification::NotVerified };
        let mut options = create_options(Some(rp_id), "ann", &[]);
        options["pubKeyCredParams"] = json!([{ "type": "public-key", "alg": algorithm }]);
        let request = create(origin, &options);
        let proof = verification(&store);
        let made = store.make_credential(&request, proof, &Nobody).await.unwrap();
        assert_eq!(made.algorithm, algorithm);
        let registration = request.response(&made);

        let mut request = get(origin, &[made.credential_id.to_string()], "preferred");
        request.rp_id = create(origin, &options).rp_id;
        let proof = verification(&store);
        let signed = store.get_assertion(&request, Some(&made.credential_id), proof, &Nobody).await.unwrap();
        let case = json!({
            "rp_id": rp_id,
            "origin": origin,
            "challenge": "AAECAwQFBgcICQoLDA0ODw",
            "require_user_verification": require,
            "registration": registration,
            "authentication": request.response(&signed),
        });
        cases.push(case.clone());
        expect.push(json!({
            "aaguid": AAGUID.to_string(),
            "format": "none",
            "registered_verified": require,
            "signed_in_verified": require,
            "sign_count": 0,
            "device_type": "multi_device",
            "backed_up": false,
        }));
        // It does look: another origin, and a verification that did not happen, are refused.
        let mut elsewhere = case.clone();
        elsewhere["origin"] = json!("https://example.net");
        cases.push(elsewhere);
        expect.push(json!("InvalidRegistrationResponse"));
        if !require {
            let mut unverified = case;
            unverified["require_user_verification"] = json!(true);
            cases.push(unverified);
            expect.push(json!("InvalidRegistrationResponse"));
        }
    }
    assert_eq!(verify(&python, &cases), Value::from(expect));
}
