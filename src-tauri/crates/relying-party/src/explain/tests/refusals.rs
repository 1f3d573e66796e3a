//! Each check fails in a real ceremony, and the explanation says so.

use passkey_types::ctap2::Flags;
use serde_json::json;

use super::ceremony::{Scene, Tricks, edit, edit_client_data, sha256};
use crate::explain::explanation::{Basis, Check, Outcome};
use crate::explain::{CeremonyKind, Explanation, Language, Trace, explain};

pub(super) const SIGN_IN: CeremonyKind = CeremonyKind::SignIn { conditional: false, named: false };

fn server_checks(explanation: &Explanation) -> &[Check] {
    let step = explanation.steps.iter().rfind(|step| !step.checks.is_empty()).unwrap();
    &step.checks
}

/// Refused at this check: nothing before it failed, nothing behind it was reached.
pub(super) fn check(trace: &Trace, expect: &str) {
    let reason = trace.refusal.as_ref().expect("a refusal").reason.as_str();
    let explanation = explain(trace, Language::English);
    assert!(!explanation.outcome.accepted);
    assert_eq!(explanation.outcome.failed, Some(expect), "{reason}");
    assert_eq!(explanation.outcome.reason.as_deref(), Some(reason));
    let checks = server_checks(&explanation);
    let at = checks.iter().position(|check| check.name == expect).unwrap();
    for (place, check) in checks.iter().enumerate() {
        match place.cmp(&at) {
            std::cmp::Ordering::Less => assert_ne!(check.outcome, Outcome::Failed, "{expect}: {}", check.name),
            std::cmp::Ordering::Equal => assert_eq!(check.outcome, Outcome::Failed, "{expect}"),
            std::cmp::Ordering::Greater => assert_eq!(check.outcome, Outcome::NotReached, "{expect}: {}", check.name),
        }
    }
}

async fn registration(tricks: Tricks, expect: &str) {
    check(&Scene::new().register(false, tricks).await, expect);
}

async fn sign_in(tricks: Tricks, expect: &str) {
    check(&Scene::registered().await.sign_in(SIGN_IN, tricks).await, expect);
}

/// Changes the flags, at a registration.
fn made_with(flags: fn(u8) -> u8) -> impl Fn(&mut serde_json::Value) {
    move |answer| {
        edit(answer, "attestationObject", |bytes| {
            let hash = sha256(b"localhost");
            let at = bytes.windows(32).position(|part| part == hash).unwrap();
            bytes[at + 32] = flags(bytes[at + 32]);
        });
    }
}

#[tokio::test]
async fn a_registration_is_refused_at_the_check_that_fails() {
    let other = |options: &mut serde_json::Value| options["publicKey"]["challenge"] = json!("AAAA");
    let unasked = |options: &mut serde_json::Value| {
        options["publicKey"]["authenticatorSelection"]["userVerification"] = json!("discouraged");
    };
    registration(Tricks { origin: "http://localhost:9999", ..Tricks::default() }, "origin").await;
    registration(Tricks { options: other, ..Tricks::default() }, "challenge").await;
    registration(Tricks { options: unasked, verified: false, ..Tricks::default() }, "user-verified").await;
    let wrong_type = |answer: &mut _| edit_client_data(answer, |data| data["type"] = json!("webauthn.get"));
    registration(Tricks { answer: wrong_type, ..Tricks::default() }, "type").await;
    let framed = |answer: &mut _| edit_client_data(answer, |data| data["crossOrigin"] = json!(true));
    registration(Tricks { answer: framed, ..Tricks::default() }, "cross-origin").await;
    let garbled = |answer: &mut _| edit_client_data(answer, |data| *data = json!("no object"));
    registration(Tricks { answer: garbled, ..Tricks::default() }, "readable").await;
    let absent = |answer: &mut _| made_with(|flags| flags & !0x01)(answer);
    registration(Tricks { answer: absent, ..Tricks::default() }, "user-present").await;
    let copied = |answer: &mut _| made_with(|flags| (flags | 0x10) & !0x08)(answer);
    registration(Tricks { answer: copied, ..Tricks::default() }, "backup-consistent").await;
    let elsewhere = |answer: &mut serde_json::Value| {
        edit(answer, "attestationObject", |bytes| {
            let hash = sha256(b"localhost");
            let at = bytes.windows(32).position(|part| part == hash).unwrap();
            bytes[at] ^= 1;
        });
    };
    registration(Tricks { answer: elsewhere, ..Tricks::default() }, "rp-id-hash").await;
    // kty EC2, alg ES256 becomes EdDSA, which was not offered.
    let other_key = |answer: &mut serde_json::Value| {
        edit(answer, "attestationObject", |bytes| {
            let at = bytes.windows(4).position(|part| part == [0x01, 0x02, 0x03, 0x26]).unwrap();
            bytes[at + 3] = 0x27;
        });
    };
    registration(Tricks { answer: other_key, ..Tricks::default() }, "algorithm").await;
    let boast = |answer: &mut serde_json::Value| {
        edit(answer, "attestationObject", |bytes| {
            let at = bytes.windows(5).position(|part| part == b"\x64none").unwrap();
            bytes[at + 1] = b'N';
        });
    };
    registration(Tricks { answer: boast, ..Tricks::default() }, "attestation").await;
}

#[tokio::test]
async fn a_sign_in_is_refused_at_the_check_that_fails() {
    let other = |options: &mut serde_json::Value| options["publicKey"]["challenge"] = json!("AAAA");
    let unasked = |options: &mut serde_json::Value| options["publicKey"]["userVerification"] = json!("discouraged");
    sign_in(Tricks { origin: "http://localhost:9999", ..Tricks::default() }, "origin").await;
    sign_in(Tricks { options: other, ..Tricks::default() }, "challenge").await;
    sign_in(Tricks { options: unasked, verified: false, ..Tricks::default() }, "user-verified").await;
    let wrong_type = |answer: &mut _| edit_client_data(answer, |data| data["type"] = json!("webauthn.create"));
    sign_in(Tricks { answer: wrong_type, ..Tricks::default() }, "type").await;
    let forged = |answer: &mut _| edit(answer, "signature", |bytes| *bytes.last_mut().unwrap() ^= 1);
    sign_in(Tricks { answer: forged, ..Tricks::default() }, "signature").await;
    let no_signature = |answer: &mut _| edit(answer, "signature", Vec::clear);
    sign_in(Tricks { answer: no_signature, ..Tricks::default() }, "signature").await;
    // Changed on the way, in a place that no check before looks at.
    let renamed = |answer: &mut _| edit_client_data(answer, |data| data["more"] = json!(1));
    sign_in(Tricks { answer: renamed, ..Tricks::default() }, "signature").await;
    sign_in(Tricks { record: |record| record.sign_count = 1_000, ..Tricks::default() }, "counter").await;
    let changed = |record: &mut crate::store::Passkey| {
        record.backup_eligible = !record.backup_eligible;
        record.backup_state = false;
    };
    sign_in(Tricks { record: changed, ..Tricks::default() }, "backup-unchanged").await;
    let absent = |answer: &mut _| edit(answer, "authenticatorData", |bytes| bytes[32] &= !u8::from(Flags::UP));
    sign_in(Tricks { answer: absent, ..Tricks::default() }, "user-present").await;
    let elsewhere = |answer: &mut _| edit(answer, "authenticatorData", |bytes| bytes[0] ^= 1);
    sign_in(Tricks { answer: elsewhere, ..Tricks::default() }, "rp-id-hash").await;
    let short = |answer: &mut _| edit(answer, "authenticatorData", |bytes| bytes.truncate(20));
    sign_in(Tricks { answer: short, ..Tricks::default() }, "readable").await;
}

#[tokio::test]
async fn an_accepted_ceremony_passes_every_check() {
    let mut scene = Scene::new();
    let made = scene.register(false, Tricks::default()).await;
    let used = scene.sign_in(SIGN_IN, Tricks::default()).await;
    let second = scene.sign_in(CeremonyKind::SecondFactor, Tricks::default()).await;
    let passed = |trace: &Trace| {
        let explanation = explain(trace, Language::English);
        assert!(explanation.outcome.accepted && explanation.outcome.failed.is_none());
        let checks: Vec<_> = explanation.steps.into_iter().flat_map(|step| step.checks).collect();
        for check in &checks {
            assert!([Outcome::Passed, Outcome::NotRequired].contains(&check.outcome), "{}", check.name);
        }
        let of_server = |c: &&Check| c.basis == Basis::Server;
        checks.iter().filter(of_server).map(|check| check.name).collect::<Vec<_>>()
    };
    // All else was done again.
    assert_eq!(passed(&made), ["waiting", "eligible", "new-to-site"]);
    assert_eq!(passed(&used), ["waiting", "known"]);
    assert_eq!(passed(&second), ["waiting", "known"]);
}

/// A key that makes itself in the background need not ask anybody.
#[tokio::test]
async fn a_conditional_registration_needs_nobody_present() {
    let mut trace = Scene::new().register(true, Tricks::default()).await;
    made_with(|flags| flags & !0x01)(&mut trace.answer);
    let outcome = |trace: &Trace| {
        let explanation = explain(trace, Language::English);
        server_checks(&explanation).iter().find(|check| check.name == "user-present").unwrap().outcome
    };
    assert_eq!(outcome(&trace), Outcome::NotRequired);
    trace.kind = CeremonyKind::Registration { conditional: false };
    assert_eq!(outcome(&trace), Outcome::Failed);
}

#[tokio::test]
async fn a_failed_comparison_shows_both_sides() {
    let tricks = Tricks { origin: "http://localhost:9999", ..Tricks::default() };
    let explanation = explain(&Scene::new().register(false, tricks).await, Language::English);
    let check = server_checks(&explanation).iter().find(|check| check.name == "origin").unwrap();
    assert_eq!(check.expected.as_deref(), Some("http://localhost:4321"));
    assert_eq!(check.found.as_deref(), Some("http://localhost:9999"));
    assert_eq!(check.basis, Basis::Recomputed);
    assert_eq!((check.spec.section, check.spec.step), ("7.1", Some(9)));
}

/// The person must not be told that a passkey is good which the site has just suspended.
#[tokio::test]
async fn a_suspended_passkey_is_not_called_good() {
    let tricks = Tricks { record: |record| record.sign_count = 1_000, ..Tricks::default() };
    let trace = Scene::registered().await.sign_in(SIGN_IN, tricks).await;
    check(&trace, "counter");
    let safe = serde_json::to_string(&explain(&trace, Language::English).outcome.safe).unwrap();
    assert!(safe.contains("takes this passkey no more") && !safe.contains("that the site has of you"), "{safe}");
}

#[tokio::test]
async fn an_ed25519_signature_is_verified_again() {
    let mut scene = Scene::new();
    let other = |options: &mut serde_json::Value| {
        options["publicKey"]["pubKeyCredParams"] = json!([{ "type": "public-key", "alg": -8 }]);
    };
    let made = scene.register(false, Tricks { options: other, ..Tricks::default() }).await;
    assert_eq!(made.refusal, None);
    let used = scene.sign_in(SIGN_IN, Tricks::default()).await;
    let explanation = explain(&used, Language::English);
    let signature = server_checks(&explanation).iter().find(|check| check.name == "signature").unwrap();
    assert_eq!((signature.outcome, signature.basis), (Outcome::Passed, Basis::Recomputed));
    let forged = |answer: &mut _| edit(answer, "signature", |bytes| bytes[0] ^= 1);
    check(&scene.sign_in(SIGN_IN, Tricks { answer: forged, ..Tricks::default() }).await, "signature");
}

#[tokio::test]
async fn an_origin_of_the_sites_is_fine_and_another_is_not() {
    let made = Scene::new().register(false, Tricks::default()).await;
    let check = |origin: &str, related: &[&str], expect: [Outcome; 2]| {
        let mut trace = made.clone();
        edit_client_data(&mut trace.answer, |data| data["origin"] = json!(origin));
        trace.expected.origins.extend(related.iter().map(ToString::to_string));
        let steps = explain(&trace, Language::English).steps;
        let outcome =
            |name| steps.iter().flat_map(|step| &step.checks).find(|check| check.name == name).unwrap().outcome;
        assert_eq!([outcome("address-fits"), outcome("secure-page")], expect, "{origin}");
    };
    use Outcome::{Failed, Passed};
    check("http://localhost:4321", &[], [Passed, Passed]);
    check("http://practice.localhost:4321", &[], [Passed, Passed]);
    check("https://example.org", &[], [Failed, Passed]);
    check("https://example.org", &["https://example.org"], [Passed, Passed]);
    check("http://example.org", &["http://example.org"], [Passed, Failed]);
    check("http://notlocalhost", &[], [Failed, Failed]);
    check("ftp://localhost", &[], [Passed, Failed]);
}
