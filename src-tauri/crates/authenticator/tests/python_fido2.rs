//! The software key that the tests stand on, used by python-fido2 and by Rekey in turn: what one does the other finds. By
//! `REKEY_PYTHON`, or by a `python3` that has the package `fido2`; where neither is there, the test says so and is skipped.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program")]

mod support;

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use rekey_authenticator::{Authenticator, UserVerification};
use rekey_webauthn::{PrfCreate, PrfGet, PrfSalts};
use serde_json::{Value, json};
use support::applet::link::SoftKey;
use support::applet::{Applet, Model};
use support::holder::Person;
use support::{RelyingParty, keys_of};
use webauthn_rs_core::proto::UserVerificationPolicy::Required;

const PIN: &str = "s3cret-pin";

/// A Python that has python-fido2.
fn python() -> Option<String> {
    let python = std::env::var("REKEY_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let found = Command::new(&python).args(["-c", "import fido2"]).stderr(Stdio::null()).status();
    found.is_ok_and(|status| status.success()).then_some(python)
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// What python-fido2 finds at this key.
fn used_by_python(python: &str, key: &SoftKey, protocol: u64) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/python_fido2.py");
    let mut command = Command::new(python);
    command.args([script, PIN, &protocol.to_string()]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut answers = child.stdin.take().unwrap();
    let mut found = Value::Null;
    for line in BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap) {
        if line.starts_with('{') {
            found = serde_json::from_str(&line).unwrap();
        } else {
            let answer = key.applet.lock().unwrap().answer(&bytes(&line));
            writeln!(answers, "{}", hex(&answer)).unwrap();
        }
    }
    assert!(child.wait().unwrap().success(), "{python} {script}");
    found
}

#[tokio::test]
async fn what_one_client_makes_the_other_finds() {
    let Some(python) = python() else {
        println!("skipped: no Python with the package `fido2` (set REKEY_PYTHON)");
        return;
    };
    let rp = RelyingParty::new("example.com", "https://example.com");
    for protocol in [1, 2] {
        let protocols: &'static [u64] = if protocol == 1 { &[1] } else { &[2] };
        let key = SoftKey::new(Applet::with_pin(Model { protocols, ..Model::ctap_2_1() }, PIN));
        let mut keys = keys_of(&[&key]);
        let not_verified = || UserVerification::NotVerified;
        let (mut request, _) = rp.start_registration("ann", Required, Vec::new());
        request.extensions.prf = Some(PrfCreate { eval: None });
        keys.make_credential(&request, not_verified(), &Person::with_pins(&[PIN])).await.unwrap();
        let (mut request, _) = rp.start_sign_in(Vec::new(), Required);
        let salts = PrfSalts { first: [1; 32], second: Some([2; 32]) };
        request.extensions.prf = Some(PrfGet { eval: Some(salts), by_credential: Vec::new() });
        let signed = keys.get_assertion(&request, None, not_verified(), &Person::with_pins(&[PIN])).await.unwrap();
        let secrets = signed.extensions.prf.unwrap();

        let mut found = used_by_python(&python, &key, protocol);
        let theirs = found["secrets"].take();
        let ours = [secrets.first.as_slice(), secrets.second.unwrap().as_slice()].concat();
        assert!(theirs == hex(&ours));
        let expect = json!({
            "wrong": "PIN_INVALID",
            "retries": 7,
            "secrets": null,
            "protected": 2,
            "users": ["ann", "bob"],
            "changed": 8,
        });
        assert_eq!(found, expect);

        let listed = keys.passkeys(&Person::with_pins(&["changed-pin"])).await.unwrap();
        assert_eq!(listed.iter().map(|held| held.user_name.as_str()).collect::<Vec<_>>(), ["ann", "bob"]);
    }
}
