//! Every check of the two ceremonies, one by one, with a key whose every byte the test sets.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Stage;
use super::browser::Browser;
use super::soft_key::{BE, BS, Claims, SoftKey, UP, UV};
use crate::ceremonies::is_allowed;
use crate::records::Suspicion;
use crate::{Attestation, Config, Difficulty, Requirement};

async fn create(browser: &mut Browser, key: &mut SoftKey, wish: Value, claims: &Claims) -> Value {
    let options = browser.script("/passkeys/register/options", &wish).await;
    assert_eq!(browser.status, StatusCode::OK, "{options}");
    let credential = key.create(&options, claims);
    browser.script("/passkeys/register", &credential).await
}

async fn get(browser: &mut Browser, key: &SoftKey, wish: Value, claims: &Claims) -> Value {
    browser.get("/login").await;
    let options = browser.script("/passkeys/sign-in/options", &wish).await;
    assert_eq!(browser.status, StatusCode::OK, "{options}");
    let assertion = key.get(&options, claims);
    browser.script("/passkeys/sign-in", &assertion).await
}

fn lies() -> Vec<(&'static str, Claims)> {
    let honest = Claims::default();
    let elsewhere = "http://localhost:9999";
    vec![
        ("challenge_missing", Claims { challenge: Some("AAAA".into()), ..honest.clone() }),
        ("origin_mismatch", Claims { origin: elsewhere, ..honest.clone() }),
        ("origin_mismatch", Claims { origin: "https://localhost:4321", ..honest.clone() }),
        ("origin_mismatch", Claims { origin: "http://evil.localhost:4321", ..honest.clone() }),
        // An address whose origin it is, and is none; also where the browser leaves open whether it was a frame.
        ("origin_mismatch", Claims { origin: "http://localhost:4321/login", ..honest.clone() }),
        (
            "origin_mismatch",
            Claims { origin: "http://localhost:4321/login", cross_origin: Value::Null, ..honest.clone() },
        ),
        ("cross_origin", Claims { cross_origin: json!(true), ..honest.clone() }),
        ("cross_origin", Claims { cross_origin: Value::Null, top_origin: json!(elsewhere), ..honest.clone() }),
        // Client data that is none.
        ("invalid", Claims { cross_origin: json!("no"), ..honest.clone() }),
        ("rp_id_mismatch", Claims { rp_id: "localhost.example", ..honest.clone() }),
        ("user_not_present", Claims { flags: UV, ..honest.clone() }),
        ("user_not_verified", Claims { flags: UP, ..honest.clone() }),
        // Backed up, and not able to be.
        ("invalid", Claims { flags: UP | UV | BS, ..honest }),
    ]
}

#[tokio::test]
async fn every_lie_at_registration_is_refused_and_nothing_is_kept() {
    let stage = Stage::new();
    let mut browser = stage.ready_to_add(0).await;
    let swapped = Claims { kind: Some("webauthn.get"), ..Claims::default() };
    let renamed = Claims { raw_id: Some("AAAA".into()), ..Claims::default() };
    // With the algorithm that this crate verifies, and with one that the core does.
    let keys = [SoftKey::new, SoftKey::es256];
    let lies = lies().into_iter().chain([("type_mismatch", swapped), ("credential_id_mismatch", renamed)]);
    for ((code, claims), new) in lies.flat_map(|lie| keys.map(|new| (lie.clone(), new))) {
        let before = stage.audit(0).len();
        let answer = create(&mut browser, &mut new(), json!({}), &claims).await;
        assert_eq!((&answer["code"], browser.status.is_client_error()), (&json!(code), true), "{answer}");
        assert_eq!(stage.record(0).passkeys, [], "{code}");
        assert_eq!(stage.audit(0).len(), before + 1, "{code}: one line of audit");
    }
    let answer = create(&mut browser, &mut SoftKey::new(), json!({}), &Claims::default()).await;
    assert_eq!(answer, json!({ "location": "/account" }));
    assert_eq!(stage.record(0).passkeys[0].algorithm, -8);
}

#[tokio::test]
async fn every_lie_at_sign_in_is_refused() {
    let stage = Stage::new();
    let mut key = SoftKey::new();
    let mut browser = stage.ready_to_add(0).await;
    create(&mut browser, &mut key, json!({}), &Claims::default()).await;
    let honest = Claims::default();
    let more = [
        ("type_mismatch", Claims { kind: Some("webauthn.create"), ..honest.clone() }),
        ("signature_wrong", Claims { tampered: true, ..honest.clone() }),
    ];
    for (code, claims) in lies().into_iter().chain(more) {
        let mut browser = stage.browser();
        let before = stage.audit(0).len();
        let answer = get(&mut browser, &key, json!({}), &claims).await;
        assert_eq!((&answer["code"], browser.status.is_client_error()), (&json!(code), true), "{answer}");
        assert_eq!(stage.audit(0).len(), before + 1, "{code}: one line of audit");
        browser.get("/account").await;
        assert_eq!(browser.location(), Some("/login"), "{code}");
    }
    assert_eq!(get(&mut stage.browser(), &key, json!({}), &honest).await, json!({ "location": "/account" }));
    let unknown = get(&mut stage.browser(), &SoftKey::new(), json!({}), &honest).await;
    assert_eq!((&unknown["code"], &unknown["unknownCredential"]), (&json!("unknown_credential"), &json!(true)));
    assert_eq!(stage.site.state().store.audit(None).unwrap().len(), 1, "of nobody");
}

#[tokio::test]
async fn a_counter_that_does_not_go_up_suspends_the_passkey() {
    let stage = Stage::new();
    let mut key = SoftKey::new();
    let mut browser = stage.ready_to_add(0).await;
    let count = |sign_count| Claims { sign_count, ..Claims::default() };
    create(&mut browser, &mut key, json!({}), &count(5)).await;
    assert_eq!(get(&mut stage.browser(), &key, json!({}), &count(6)).await["location"], "/account");
    assert_eq!(stage.record(0).passkeys[0].sign_count, 6);
    assert_eq!(get(&mut stage.browser(), &key, json!({}), &count(6)).await["code"], "counter_regressed");
    // Not even with a higher one: which of the two is the copy, nobody knows.
    assert_eq!(get(&mut stage.browser(), &key, json!({}), &count(9)).await["code"], "counter_regressed");
    let record = stage.record(0);
    assert_eq!(record.passkeys[0].suspended, Some(Suspicion::CounterRegressed));
    assert!(stage.audit(0).iter().any(|line| line.contains("suspended") && line.contains("did not go up")));
    // The other ways in work, and the page says what happened.
    stage.sign_in(&mut browser, 0).await;
    assert!(browser.shows("Its counter went backwards"));
}

#[tokio::test]
async fn backup_flags_are_kept_and_acted_on() {
    let stage = Stage::new();
    let mut key = SoftKey::new();
    let mut browser = stage.ready_to_add(0).await;
    let flags = |more: u8| Claims { flags: UP | UV | more, ..Claims::default() };
    create(&mut browser, &mut key, json!({}), &flags(BE)).await;
    assert!(!stage.record(0).passkeys[0].backup_state);
    assert_eq!(get(&mut stage.browser(), &key, json!({}), &flags(BE | BS)).await["location"], "/account");
    assert!(stage.record(0).passkeys[0].backup_state);
    assert!(stage.audit(0).iter().any(|line| line.contains("backup state changed") && line.ends_with(": backed up")));
    let answer = get(&mut stage.browser(), &key, json!({}), &flags(0)).await;
    assert_eq!(answer["code"], "backup_eligibility_changed");
    assert_eq!(stage.record(0).passkeys[0].suspended, Some(Suspicion::BackupEligibilityChanged));
}

#[tokio::test]
async fn without_a_valid_signature_nobody_gets_a_passkey_suspended() {
    for new in [SoftKey::new, SoftKey::es256] {
        let stage = Stage::new();
        let mut key = new();
        let honest = Claims { sign_count: 5, ..Claims::default() };
        create(&mut stage.ready_to_add(0).await, &mut key, json!({}), &honest).await;
        let lies = [Claims { flags: UP | UV | BE, sign_count: 6, ..honest.clone() }, honest.clone()];
        for claims in lies.clone() {
            let forged = Claims { tampered: true, ..claims };
            let answer = get(&mut stage.browser(), &key, json!({}), &forged).await;
            assert_eq!(answer["code"], "signature_wrong");
            assert_eq!(stage.record(0).passkeys[0].suspended, None);
        }
        let [changed, _] = lies;
        let answer = get(&mut stage.browser(), &key, json!({}), &changed).await;
        assert_eq!(answer["code"], "backup_eligibility_changed", "with one it is");
    }
}

#[tokio::test]
async fn a_credential_id_has_at_most_1023_bytes() {
    let stage = Stage::new();
    let mut browser = stage.ready_to_add(0).await;
    let mut check = async |length: usize, expect: Value| {
        let answer = create(&mut browser, &mut SoftKey::with_id(vec![7; length]), json!({}), &Claims::default()).await;
        assert_eq!(answer["code"], expect, "{length}");
    };
    check(1024, json!("credential_id_too_long")).await;
    check(1023, Value::Null).await;
}

/// A `COSE_Key` of another curve than its algorithm's: ES256 with the generator of P-384.
fn es256_with_p384() -> Vec<u8> {
    let x = "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7";
    let y = "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f";
    let coordinate = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap();
    let head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x02];
    [&head[..], &[0x21, 0x58, 48], &coordinate(x), &[0x22, 0x58, 48], &coordinate(y)].concat()
}

#[tokio::test]
async fn es256_means_p256() {
    let stage = Stage::new();
    let mut browser = stage.ready_to_add(0).await;
    let claims = Claims { public_key: Some(es256_with_p384()), ..Claims::default() };
    let answer = create(&mut browser, &mut SoftKey::new(), json!({}), &claims).await;
    assert_eq!((&answer["code"], stage.record(0).passkeys.len()), (&json!("key_not_taken"), 0));
    assert!(stage.audit(0).last().unwrap().contains("COSEKey type"), "{:?}", stage.audit(0).last());
}

#[tokio::test]
async fn who_asks_for_a_makers_word_does_not_offer_eddsa() {
    let check = async |attestation: Attestation, expect: Value| {
        let stage = Stage::with(Config { attestation, ..Config::default() });
        let mut browser = stage.ready_to_add(0).await;
        let options = browser.script("/passkeys/register/options", &json!({})).await;
        let offered = options["publicKey"]["pubKeyCredParams"].as_array().unwrap();
        assert_eq!(offered.iter().map(|entry| entry["alg"].clone()).collect::<Value>(), expect);
    };
    check(Attestation::None, json!([-7, -8, -257])).await;
    check(Attestation::Direct { roots: Vec::new() }, json!([-7, -257])).await;
}

#[test]
fn who_may_answer_is_who_was_named() {
    let check = |list: Value, expect: bool| {
        let options = json!({ "publicKey": { "allowCredentials": list } });
        assert_eq!(is_allowed(&options, "AAAA"), expect, "{options}");
    };
    check(json!([]), true);
    check(Value::Null, true);
    check(json!([{ "id": "BBBB" }, { "id": "AAAA" }]), true);
    check(json!([{ "id": "BBBB" }]), false);
    check(json!("AAAA"), false);
    assert!(is_allowed(&json!({ "publicKey": {} }), "AAAA"));
}

#[tokio::test]
async fn a_named_sign_in_lists_passkeys_and_tells_nobody_who_exists() {
    let stage = Stage::new();
    // The transports of either algorithm's are kept.
    let mut key = SoftKey::es256();
    create(&mut stage.ready_to_add(0).await, &mut key, json!({}), &Claims::default()).await;
    let mut browser = stage.browser();
    browser.get("/login").await;
    let mut listed = async |name: &str| {
        let options = browser.script("/passkeys/sign-in/options", &json!({ "userName": name })).await;
        options["publicKey"]["allowCredentials"].clone()
    };
    let alma = listed("Alma").await;
    assert_eq!(alma[0]["id"], key.id());
    let (bruno, nobody) = (listed("bruno").await, listed("nobody").await);
    for list in [&alma, &bruno, &nobody] {
        assert_eq!((list.as_array().unwrap().len(), list[0].as_object().unwrap().len()), (1, 2), "{list}");
        assert_eq!(list[0]["id"].as_str().unwrap().len(), 43);
    }
    assert_eq!(listed("NOBODY ").await, nobody, "always the same");
    assert_ne!(bruno, nobody);
    // Whoever has no key gets the same answers for a passkey that there is and for one that there is not.
    for claims in
        [Claims::default(), Claims { flags: UP, ..Claims::default() }, Claims { rp_id: "a.b", ..Claims::default() }]
    {
        let mut codes = Vec::new();
        for (name, id) in [("alma", alma[0]["id"].clone()), ("nobody", nobody[0]["id"].clone())] {
            let mut browser = stage.browser();
            browser.get("/login").await;
            let options = browser.script("/passkeys/sign-in/options", &json!({ "userName": name })).await;
            let mut forged = SoftKey::new().get(&options, &claims);
            (forged["id"], forged["rawId"]) = (id.clone(), id);
            codes.push((browser.script("/passkeys/sign-in", &forged).await, browser.status));
        }
        assert_eq!(codes[0], codes[1]);
    }
    // Alma's passkey does not sign in as Bruno.
    let answer = get(&mut stage.browser(), &key, json!({ "userName": "bruno" }), &Claims::default()).await;
    assert_eq!(answer["code"], "unknown_credential");
    let answer = get(&mut stage.browser(), &key, json!({ "userName": "alma" }), &Claims::default()).await;
    assert_eq!(answer["location"], "/account");
}

#[tokio::test]
async fn a_browser_may_make_one_on_its_own_where_the_site_asked_for_that() {
    let unasked = Claims { flags: 0, ..Claims::default() };
    let stage = Stage::of(Difficulty::ConditionalCreate);
    let mut browser = stage.browser();
    stage.sign_in(&mut browser, 0).await;
    let mut key = SoftKey::new();
    let answer = create(&mut browser, &mut key, json!({ "conditional": true }), &unasked).await;
    assert_eq!(answer["location"], "/account", "{answer}");
    // At the sign-in the person is verified as ever.
    assert_eq!(get(&mut stage.browser(), &key, json!({}), &unasked).await["code"], "user_not_present");
    let answer = get(&mut stage.browser(), &key, json!({}), &Claims { flags: UP, ..Claims::default() }).await;
    assert_eq!(answer["code"], "user_not_verified");
    assert_eq!(get(&mut stage.browser(), &key, json!({}), &Claims::default()).await["location"], "/account");

    let stage = Stage::new();
    let mut browser = stage.ready_to_add(0).await;
    let answer = create(&mut browser, &mut SoftKey::new(), json!({ "conditional": true }), &unasked).await;
    assert_eq!(answer["code"], "user_not_present", "only where the site wants that");
}

#[tokio::test]
async fn what_is_preferred_is_taken_as_it_comes() {
    let stage = Stage::with(Config {
        user_verification: Requirement::Preferred,
        discoverable: Requirement::Preferred,
        ..Config::default()
    });
    let mut browser = stage.ready_to_add(0).await;
    let options = browser.script("/passkeys/register/options", &json!({})).await;
    let selection = &options["publicKey"]["authenticatorSelection"];
    assert_eq!((&selection["residentKey"], &selection["userVerification"]), (&json!("preferred"), &json!("preferred")));
    let (mut key, unverified) = (SoftKey::new(), Claims { flags: UP, ..Claims::default() });
    create(&mut browser, &mut key, json!({}), &unverified).await;
    // One factor only: the code is asked for as well.
    let mut browser = stage.browser();
    assert_eq!(get(&mut browser, &key, json!({}), &unverified).await["location"], "/verify/code");
    browser.get("/verify/code").await;
    stage.pass(30);
    browser.post("/verify/code", &[("otp", &stage.code(0))]).await;
    assert_eq!(browser.location(), Some("/account"));
}

#[tokio::test]
async fn the_second_host_is_a_related_origin_and_no_other_is() {
    let stage = Stage::new();
    let mut browser = stage.ready_to_add(0).await;
    browser.get("/.well-known/webauthn").await;
    let document: Value = serde_json::from_str(&browser.body).unwrap();
    assert_eq!(document, json!({ "origins": ["http://localhost:4321", "http://practice.localhost:4321"] }));
    let mut key = SoftKey::new();
    create(&mut browser, &mut key, json!({}), &Claims::default()).await;
    let mut second = stage.browser();
    (second.host, second.origin) = ("practice.localhost:4321", Some("http://practice.localhost:4321"));
    let claims = Claims { origin: "http://practice.localhost:4321", ..Claims::default() };
    assert_eq!(get(&mut second, &key, json!({}), &claims).await["location"], "/account");
    second.origin = Some("http://localhost:4321");
    second.post("/login", &[("username", "alma"), ("password", "x")]).await;
    assert_eq!(second.status, StatusCode::FORBIDDEN, "a form of the first host at the second");
}

#[tokio::test]
async fn half_open_ceremonies_are_bounded() {
    let stage = Stage::new();
    let mut first = stage.browser();
    first.get("/login").await;
    let options = first.script("/passkeys/sign-in/options", &json!({})).await;
    let mut browser = stage.browser();
    browser.get("/login").await;
    for _ in 0..6 {
        browser.script("/passkeys/sign-in/options", &json!({})).await;
    }
    assert_eq!(stage.site.state().challenges.len(), 5, "four of one session");
    // Another session's many do not void the first one's until the site has thousands.
    let answer = first.script("/passkeys/sign-in", &SoftKey::new().get(&options, &Claims::default())).await;
    assert_eq!(answer["code"], "unknown_credential");
}

#[tokio::test]
async fn each_session_sees_its_own_last_ceremony() {
    let stage = Stage::new();
    let mut key = SoftKey::new();
    let mut browser = stage.ready_to_add(0).await;
    browser.get("/explain").await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND, "none yet");
    create(&mut browser, &mut key, json!({}), &Claims::default()).await;
    let seen = async |browser: &mut Browser| {
        browser.get("/explain").await;
        let explanation: Value = serde_json::from_str(&browser.body).unwrap();
        (explanation["ceremony"].clone(), explanation["outcome"]["accepted"].clone())
    };
    assert_eq!(seen(&mut browser).await, (json!("registration"), json!(true)));
    let mut elsewhere = stage.browser();
    get(&mut elsewhere, &key, json!({}), &Claims { tampered: true, ..Claims::default() }).await;
    assert_eq!(seen(&mut elsewhere).await, (json!("sign-in"), json!(false)));
    // The session that is signed in now has another id, and still its explanation.
    get(&mut elsewhere, &key, json!({}), &Claims::default()).await;
    assert_eq!(seen(&mut elsewhere).await, (json!("sign-in"), json!(true)));
    elsewhere.get("/account").await;
    assert!(elsewhere.shows("explain-steps"), "beside the account");
    assert_eq!(seen(&mut browser).await, (json!("registration"), json!(true)));
}
