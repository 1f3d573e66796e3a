//! Security keys end to end: through the system's card service, with a key in software in a virtual reader.
//!
//! Each test starts itself once more, as a program that finds the reader's own `pcscd` and no other.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test program")]

mod support;

use std::process::Command;
use std::time::Duration;

use rekey_authenticator::security_key::SecurityKeys;
use rekey_authenticator::{Authenticator, AuthenticatorError, Notice};
use rekey_webauthn::AuthenticatorTransport;
use support::applet::link::SoftKey;
use support::applet::reader::Reader;
use support::applet::{Applet, Model};
use support::holder::Person;
use support::{RelyingParty, register, sign_in};
use webauthn_rs_core::proto::UserVerificationPolicy::Required;

const PIN: &str = "s3cret-pin";
/// Says to the inner program that it is one.
const INSIDE: &str = "PCSCLITE_CSOCK_NAME";

/// Runs this test of this program with the reader.
fn with_reader(test: &str, applet: Applet) -> SoftKey {
    let key = SoftKey::new(applet);
    let reader = Reader::start(&key);
    let inner = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env(INSIDE, reader.socket())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&inner.stdout);
    assert!(inner.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&inner.stderr));
    key
}

fn rp() -> RelyingParty {
    RelyingParty::new("example.com", "https://login.example.com")
}

#[test]
fn a_passkey_lives_on_a_card() {
    let key = with_reader("inside_a_passkey_lives_on_a_card", Applet::with_pin(Model::ctap_2_1(), PIN));
    // Listed and deleted: nothing is left.
    assert_eq!(key.applet.lock().unwrap().resident_count(), 0);
    assert_eq!(key.applet.lock().unwrap().pin_retries(), 8);
}

#[test]
fn a_passkey_lives_on_an_old_card() {
    with_reader("inside_a_passkey_lives_on_a_card", Applet::with_pin(Model::ctap_2_0(), PIN));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by a_passkey_lives_on_a_card, with a reader"]
async fn inside_a_passkey_lives_on_a_card() {
    assert!(std::env::var_os(INSIDE).is_some(), "this is the inner half of another test");
    tokio::time::timeout(Duration::from_secs(150), ceremonies_at_a_reader()).await.expect("the reader answers");
}

async fn ceremonies_at_a_reader() {
    let (rp, mut keys) = (rp(), SecurityKeys::connected());
    let person = Person::with_pins(&["wrong-pin", PIN, PIN, PIN, PIN]);
    let credential = register(&rp, &mut keys, "ann", Required, &person).await.unwrap();
    assert!(credential.user_verified);
    assert_eq!(person.asked(), [(false, Some(8)), (true, Some(7))]);
    // Held to the reader is touched enough.
    assert!(!person.notices().contains(&Notice::Touch) && !person.notices().contains(&Notice::TouchToChoose));

    assert!(sign_in(&rp, &mut keys, std::slice::from_ref(&credential), Required, &person).await.unwrap());
    let (request, state) = rp.start_sign_in(Vec::new(), Required);
    let not_verified = rekey_authenticator::UserVerification::NotVerified;
    let signed = keys.get_assertion(&request, None, not_verified, &person).await.unwrap();
    assert!(rp.finish_sign_in(&request.response(&signed), state, vec![credential]));
    assert_eq!(keys.may_answer(&request, None).await, None);
    assert!(keys.info().transports.contains(&AuthenticatorTransport::Nfc));

    let listed = keys.passkeys(&person).await.unwrap();
    assert_eq!(listed.iter().map(|held| held.user_name.as_str()).collect::<Vec<_>>(), ["ann"]);
    let gone = keys.forget(&listed[0].credential_id, &Person::default()).await.unwrap_err();
    assert!(matches!(gone, AuthenticatorError::Declined), "{gone:?}");
    keys.forget(&listed[0].credential_id, &Person::with_pins(&[PIN])).await.unwrap();
    assert!(keys.passkeys(&Person::with_pins(&[PIN])).await.unwrap().is_empty());
}
