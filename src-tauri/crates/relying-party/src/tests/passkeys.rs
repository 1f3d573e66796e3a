//! Adding passkeys and signing in with them.

use axum::http::StatusCode;
use passkey_client::WebauthnError;
use passkey_types::ctap2::Ctap2Error;
use serde_json::json;

use super::Stage;
use super::browser::ORIGIN;
use super::key::Key;
use crate::Config;
use crate::records::SignInMethod;

#[tokio::test]
async fn a_passkey_is_added_and_signs_in_without_a_user_name() {
    let stage = Stage::new();
    let mut key = Key::new();
    let mut browser = stage.ready_to_add(0).await;
    assert_eq!(browser.add_passkey(&mut key).await, json!({ "location": "/account" }));
    browser.get("/account").await;
    assert!(browser.shows("Your passkey was added") && browser.shows("Test key"));
    let record = stage.record(0);
    assert_eq!(record.passkeys.len(), 1);
    assert!(record.passkeys[0].user_verified && record.passkeys[0].last_used_at.is_none());

    let mut elsewhere = stage.browser();
    elsewhere.get("/signin").await;
    assert_eq!(elsewhere.use_passkey(&mut key).await, json!({ "location": "/account" }));
    elsewhere.get("/account").await;
    assert!(elsewhere.shows("<strong>alma</strong>"));
    let record = stage.record(0);
    assert_eq!(record.last_sign_in, Some(SignInMethod::Passkey));
    assert!(record.passkeys[0].last_used_at.is_some());
    assert_eq!(stage.record(1).last_sign_in, None);
}

#[tokio::test]
async fn the_options_ask_for_what_a_sign_in_without_a_name_needs() {
    let stage = Stage::new();
    let mut browser = stage.ready_to_add(0).await;
    let options = browser.script("/passkeys/register/options", &json!({})).await["publicKey"].clone();
    let selection = &options["authenticatorSelection"];
    assert_eq!((&selection["residentKey"], &selection["userVerification"]), (&json!("required"), &json!("required")));
    assert_eq!(options["rp"], json!({ "id": "localhost", "name": "Practice site" }));
    assert_eq!(options["user"]["id"], json!(stage.record(0).user_handle));
    assert_eq!(options["pubKeyCredParams"][0]["alg"], json!(-7));
    assert_eq!(options["challenge"].as_str().unwrap().len(), 43, "32 bytes in base64url");
    let again = browser.script("/passkeys/register/options", &json!({})).await;
    assert_ne!(options["challenge"], again["publicKey"]["challenge"]);
    let request = browser.script("/passkeys/sign-in/options", &json!({})).await["publicKey"].clone();
    assert_eq!((&request["allowCredentials"], &request["userVerification"]), (&json!([]), &json!("required")));
}

#[tokio::test]
async fn adding_a_passkey_takes_the_password_within_five_minutes() {
    let stage = Stage::new();
    let mut browser = stage.browser();
    browser.get("/").await;
    browser.script("/passkeys/register/options", &json!({})).await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    browser.get("/account/passkeys/new").await;
    assert_eq!(browser.location(), Some("/login"));

    stage.sign_in(&mut browser, 0).await;
    browser.get("/account/passkeys/new").await;
    assert_eq!(browser.location(), Some("/account/confirm"));
    browser.script("/passkeys/register/options", &json!({})).await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    browser.get("/account/confirm").await;
    browser.post("/account/confirm", &[("password", "wrong")]).await;
    assert!(browser.shows("role=\"alert\""));
    assert_eq!(stage.audit(0).last().unwrap(), "re-authentication refused");

    stage.confirm(&mut browser, 0).await;
    stage.pass(299);
    let options = browser.script("/passkeys/register/options", &json!({})).await;
    assert_eq!(browser.status, StatusCode::OK);
    // The answer comes too late, even though the challenge itself is fresh.
    stage.pass(2);
    let credential = Key::new().create(ORIGIN, options).await.unwrap();
    browser.script("/passkeys/register", &credential).await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    browser.get("/account/passkeys/new").await;
    assert_eq!(browser.location(), Some("/account/confirm"));
    assert_eq!(stage.record(0).passkeys, []);
}

#[tokio::test]
async fn a_fresh_sign_in_is_enough_where_the_site_says_so() {
    let stage = Stage::with(Config { reauthenticate_always: false, ..Config::default() });
    let mut browser = stage.browser();
    stage.sign_in(&mut browser, 0).await;
    browser.get("/account/passkeys/new").await;
    assert_eq!(browser.status, StatusCode::OK);
    assert_eq!(browser.add_passkey(&mut Key::new()).await, json!({ "location": "/account" }));
    stage.pass(301);
    browser.get("/account/passkeys/new").await;
    assert_eq!(browser.location(), Some("/account/confirm"));
}

#[tokio::test]
async fn an_authenticator_that_has_a_passkey_is_excluded() {
    let stage = Stage::new();
    let mut key = Key::new();
    let mut browser = stage.ready_to_add(0).await;
    browser.add_passkey(&mut key).await;
    let options = browser.script("/passkeys/register/options", &json!({})).await;
    let excluded = &options["publicKey"]["excludeCredentials"];
    assert_eq!(excluded[0]["id"], json!(stage.record(0).passkeys[0].credential_id));
    let refusal = key.create(ORIGIN, options).await.unwrap_err();
    assert_eq!(refusal, WebauthnError::AuthenticatorError(Ctap2Error::CredentialExcluded.into()));
    assert_eq!(browser.add_passkey(&mut Key::new()).await, json!({ "location": "/account" }));
    assert_eq!(stage.record(0).passkeys.len(), 2);
}

#[tokio::test]
async fn a_challenge_is_answered_once() {
    let stage = Stage::new();
    let mut key = Key::new();
    let mut browser = stage.ready_to_add(0).await;
    let options = browser.script("/passkeys/register/options", &json!({})).await;
    let credential = key.create(ORIGIN, options).await.unwrap();
    browser.script("/passkeys/register", &credential).await;
    assert_eq!(browser.status, StatusCode::OK);
    browser.script("/passkeys/register", &credential).await;
    assert_eq!(browser.status, StatusCode::BAD_REQUEST);
    assert_eq!(stage.audit(0).last().unwrap(), "registration refused: no challenge is waiting");
    assert_eq!(stage.record(0).passkeys.len(), 1);

    let mut elsewhere = stage.browser();
    elsewhere.get("/login").await;
    let options = elsewhere.script("/passkeys/sign-in/options", &json!({})).await;
    let assertion = key.get(ORIGIN, options).await.unwrap();
    let mut thief = stage.browser();
    thief.get("/login").await;
    thief.script("/passkeys/sign-in", &assertion).await;
    assert_eq!(thief.status, StatusCode::BAD_REQUEST, "another session's challenge");
    thief.script("/passkeys/sign-in/options", &json!({})).await;
    let refusal = thief.script("/passkeys/sign-in", &assertion).await;
    assert_eq!((thief.status, &refusal["code"]), (StatusCode::BAD_REQUEST, &json!("challenge_foreign")));
    elsewhere.script("/passkeys/sign-in", &assertion).await;
    assert_eq!(elsewhere.status, StatusCode::OK);
    elsewhere.get("/account").await;
    elsewhere.script("/passkeys/sign-in", &assertion).await;
    assert_eq!(elsewhere.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_challenge_expires_after_five_minutes() {
    let stage = Stage::new();
    let mut key = Key::new();
    let mut browser = stage.ready_to_add(0).await;
    browser.add_passkey(&mut key).await;
    for (wait, expect) in [(299, StatusCode::OK), (300, StatusCode::BAD_REQUEST)] {
        let mut elsewhere = stage.browser();
        elsewhere.get("/login").await;
        let options = elsewhere.script("/passkeys/sign-in/options", &json!({})).await;
        stage.pass(wait);
        let assertion = key.get(ORIGIN, options).await.unwrap();
        elsewhere.script("/passkeys/sign-in", &assertion).await;
        assert_eq!(elsewhere.status, expect, "after {wait} s");
    }
    assert_eq!(stage.audit(0).last().unwrap(), "passkey sign-in refused: the challenge expired");
}

#[tokio::test]
async fn a_challenge_is_good_for_its_ceremony_only() {
    let stage = Stage::new();
    let mut key = Key::new();
    let mut browser = stage.ready_to_add(0).await;
    browser.add_passkey(&mut key).await;
    let options = browser.script("/passkeys/sign-in/options", &json!({})).await;
    let challenge = options["publicKey"]["challenge"].as_str().unwrap();
    let credential = Key::new().create(ORIGIN, registration_like(&stage, challenge)).await.unwrap();
    browser.script("/passkeys/register", &credential).await;
    assert_eq!(browser.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        stage.audit(0).last().unwrap(),
        "registration refused: the challenge is for another ceremony or account"
    );
}

/// Options as the site would send them, made up by somebody else.
fn registration_like(stage: &Stage, challenge: &str) -> serde_json::Value {
    json!({ "publicKey": {
        "rp": { "id": "localhost", "name": "Practice site" },
        "user": { "id": stage.record(0).user_handle, "name": "alma", "displayName": "alma" },
        "challenge": challenge,
        "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }],
        "authenticatorSelection": { "residentKey": "required", "requireResidentKey": true, "userVerification": "required" },
    }})
}

#[tokio::test]
async fn an_answer_from_another_origin_or_to_another_challenge_is_refused() {
    let stage = Stage::new();
    let mut browser = stage.ready_to_add(0).await;
    let options = browser.script("/passkeys/register/options", &json!({})).await;
    let credential = Key::new().create("http://localhost:9999", options).await.unwrap();
    let refusal = browser.script("/passkeys/register", &credential).await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    assert!(stage.audit(0).last().unwrap().contains("origin does not match"));
    assert_eq!(refusal["message"], "This passkey cannot be used on this site. Nothing was saved.");

    browser.script("/passkeys/register/options", &json!({})).await;
    let made_up = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let credential = Key::new().create(ORIGIN, registration_like(&stage, made_up)).await.unwrap();
    let refusal = browser.script("/passkeys/register", &credential).await;
    assert_eq!((browser.status, &refusal["code"]), (StatusCode::BAD_REQUEST, &json!("challenge_missing")));
    assert_eq!(stage.record(0).passkeys, []);
}

#[tokio::test]
async fn a_passkey_signs_in_its_own_account_only() {
    let stage = Stage::new();
    let (mut alma, mut bruno) = (Key::new(), Key::new());
    stage.ready_to_add(0).await.add_passkey(&mut alma).await;
    stage.ready_to_add(1).await.add_passkey(&mut bruno).await;
    let mut browser = stage.browser();
    browser.get("/login").await;
    let options = browser.script("/passkeys/sign-in/options", &json!({})).await;
    let mut assertion = alma.get(ORIGIN, options).await.unwrap();
    assertion["response"]["userHandle"] = json!(stage.record(1).user_handle);
    browser.script("/passkeys/sign-in", &assertion).await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    let options = browser.script("/passkeys/sign-in/options", &json!({})).await;
    let mut assertion = alma.get(ORIGIN, options).await.unwrap();
    assertion["response"]["userHandle"] = json!(null);
    browser.script("/passkeys/sign-in", &assertion).await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    browser.get("/account").await;
    assert_eq!(browser.location(), Some("/login"));
}

#[tokio::test]
async fn a_person_who_was_not_verified_is_refused() {
    let stage = Stage::new();
    let mut browser = stage.ready_to_add(0).await;
    let mut options = browser.script("/passkeys/register/options", &json!({})).await;
    options["publicKey"]["authenticatorSelection"]["userVerification"] = json!("discouraged");
    let credential = Key::unverified().create(ORIGIN, options).await.unwrap();
    browser.script("/passkeys/register", &credential).await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    assert!(stage.audit(0).last().unwrap().contains("user verified bit is not set"));
    assert_eq!(stage.record(0).passkeys, []);
}
