//! Each difficulty does what it says, and only that.

use axum::http::StatusCode;
use serde_json::json;

use super::Stage;
use super::browser::Browser;
use super::key::Key;
use crate::records::SignInMethod;
use crate::store::{self, Hurdle, SessionId};
use crate::{Config, Difficulty};

#[tokio::test]
async fn the_right_password_is_refused() {
    let stage = Stage::of(Difficulty::RefusePassword);
    let mut browser = stage.browser();
    stage.give_password(&mut browser, 2, stage.password(2)).await;
    assert!(browser.shows("The user name or password is not right"));
    assert_eq!(stage.audit(2), ["password refused"]);
}

#[tokio::test]
async fn the_right_code_is_refused() {
    let stage = Stage::of(Difficulty::RefuseTotp);
    let mut browser = stage.browser();
    stage.give_password(&mut browser, 0, stage.password(0)).await;
    browser.follow().await;
    browser.post("/verify/code", &[("otp", &stage.code(0))]).await;
    assert!(browser.shows("That code is not right"));
    assert_eq!(stage.audit(0), ["code refused"]);
}

#[tokio::test]
async fn a_created_credential_is_refused() {
    let stage = Stage::of(Difficulty::RefuseCredential);
    let mut browser = stage.ready_to_add(0).await;
    let answer = browser.add_passkey(&mut Key::new()).await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    assert_eq!(answer["message"], "This passkey cannot be used on this site. Nothing was saved.");
    assert_eq!(stage.record(0).passkeys, []);
    assert_eq!(stage.audit(0).last().unwrap(), "registration refused: the site does not take this passkey");
}

#[tokio::test]
async fn an_assertion_is_refused() {
    let stage = Stage::of(Difficulty::RefuseAssertion);
    let mut key = Key::new();
    stage.ready_to_add(0).await.add_passkey(&mut key).await;
    let mut browser = stage.browser();
    browser.get("/login").await;
    let answer = browser.use_passkey(&mut key).await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    assert_eq!(answer["message"], "We could not sign you in with this passkey.");
    browser.get("/account").await;
    assert_eq!(browser.location(), Some("/login"));
}

#[tokio::test]
async fn an_assertion_leads_to_an_ordinary_page() {
    let stage = Stage::of(Difficulty::OrdinaryPageAfterAssertion);
    let mut key = Key::new();
    stage.ready_to_add(0).await.add_passkey(&mut key).await;
    let mut browser = stage.browser();
    browser.get("/login").await;
    assert_eq!(browser.use_passkey(&mut key).await, json!({ "location": "/" }));
    browser.get("/").await;
    assert!(browser.status == StatusCode::OK && !browser.shows("sign-out"));
    assert_ne!(stage.record(0).last_sign_in, Some(SignInMethod::Passkey));
    assert_eq!(stage.record(0).passkeys[0].last_used_at, None);
}

#[tokio::test]
async fn a_passkey_only_follows_the_password() {
    let stage = Stage::of(Difficulty::PasskeySecondFactorOnly);
    let mut key = Key::new();
    stage.ready_to_add(0).await.add_passkey(&mut key).await;
    let mut browser = stage.browser();
    browser.get("/login").await;
    assert!(!browser.shows("Sign in with a passkey"));
    let answer = browser.use_passkey(&mut key).await;
    assert!(answer["message"].as_str().unwrap().contains("only a second step"), "{answer}");

    stage.give_password(&mut browser, 0, stage.password(0)).await;
    assert_eq!(browser.location(), Some("/verify/passkey"));
    browser.follow().await;
    assert!(browser.shows("Use your passkey") && browser.shows("/verify/code"));
    assert_eq!(browser.use_passkey(&mut key).await, json!({ "location": "/account" }));
    assert_eq!(stage.record(0).last_sign_in, Some(SignInMethod::PasswordPasskey));

    stage.pass(30);
    let mut browser = stage.browser();
    stage.give_password(&mut browser, 0, stage.password(0)).await;
    browser.get("/verify/code").await;
    browser.post("/verify/code", &[("otp", &stage.code(0))]).await;
    assert_eq!(stage.record(0).last_sign_in, Some(SignInMethod::PasswordTotp));
}

#[tokio::test]
async fn the_passkey_of_another_account_is_no_second_factor() {
    let stage = Stage::of(Difficulty::PasskeySecondFactorOnly);
    let (mut alma, mut bruno) = (Key::new(), Key::new());
    stage.ready_to_add(0).await.add_passkey(&mut alma).await;
    stage.ready_to_add(1).await.add_passkey(&mut bruno).await;
    let mut browser = stage.browser();
    stage.give_password(&mut browser, 0, stage.password(0)).await;
    browser.follow().await;
    let mut options = browser.script("/passkeys/sign-in/options", &json!({})).await;
    options["publicKey"]["allowCredentials"] = json!([]);
    let assertion = bruno.get(super::browser::ORIGIN, options).await.unwrap();
    browser.script("/passkeys/sign-in", &assertion).await;
    assert_eq!(browser.status, StatusCode::BAD_REQUEST);
    browser.get("/account").await;
    assert_eq!(browser.location(), Some("/login"));
}

#[tokio::test]
async fn there_is_no_passkey_page() {
    let stage = Stage::of(Difficulty::NoPasskeyPage);
    let mut browser = stage.browser();
    browser.get("/login").await;
    assert!(!browser.shows("passkey\" data-ceremony"));
    stage.sign_in(&mut browser, 0).await;
    assert!(!browser.shows("Passkeys"));
    browser.get("/account/passkeys/new").await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_code_comes_by_e_mail() {
    let stage = Stage::of(Difficulty::OneTimeCodeByEmail);
    let mut browser = stage.browser();
    stage.give_password(&mut browser, 0, stage.password(0)).await;
    assert_eq!(browser.location(), Some("/verify/email"));
    browser.follow().await;
    assert!(browser.shows("sent a six-digit code to your e-mail address"));
    browser.post("/verify/email", &[("email_code", "wrong")]).await;
    assert!(browser.shows("role=\"alert\""));
    let mail = stage.record(0).mail;
    assert!(!browser.shows(mail[0].code().unwrap()));
    browser.post("/verify/email", &[("email_code", mail[0].code().unwrap())]).await;
    assert_eq!(browser.location(), Some("/account"));
    assert_eq!(stage.record(0).last_sign_in, Some(SignInMethod::PasswordEmailCode));
}

#[tokio::test]
async fn no_other_page_and_no_picture_makes_the_site_forget_wrong_codes() {
    let stage = Stage::of(Difficulty::Captcha);
    let mut browser = stage.browser();
    for n in 0..5 {
        stage.give_password(&mut browser, 0, stage.password(0)).await;
        browser.follow().await;
        browser.post("/verify/human", &[("captcha", &picture_letters(&stage, &browser))]).await;
        browser.follow().await;
        browser.post("/verify/email", &[("email_code", "wrong")]).await;
        browser.get("/verify/code").await;
        browser.post("/verify/code", &[("otp", "wrong")]).await;
        assert_eq!(browser.status, StatusCode::OK, "{n}");
    }
    browser.post("/verify/code", &[("otp", &stage.code(0))]).await;
    assert_eq!(browser.status, StatusCode::TOO_MANY_REQUESTS);
}

/// What the picture shows that the session has to read.
fn picture_letters(stage: &Stage, browser: &Browser) -> String {
    let (_, id) = browser.cookie.as_ref().unwrap().split_once('=').unwrap();
    let session = stage.site.state().store.stage(&SessionId::claimed(id)).unwrap();
    let store::Stage::Pending { hurdles, .. } = session else { panic!("{session:?}") };
    let Some(Hurdle::Captcha { answer }) = hurdles.front() else { panic!("{hurdles:?}") };
    answer.clone()
}

#[tokio::test]
async fn a_picture_stands_before_the_code() {
    let stage = Stage::of(Difficulty::Captcha);
    let mut browser = stage.browser();
    stage.give_password(&mut browser, 0, stage.password(0)).await;
    browser.follow().await;
    assert!(browser.shows("not a robot"));
    browser.get("/verify/code").await;
    assert_eq!(browser.location(), Some("/verify/human"), "no way around it");
    browser.post("/verify/human", &[("captcha", "12345")]).await;
    assert!(browser.shows("role=\"alert\""));
    let answer = picture_letters(&stage, &browser);
    browser.post("/verify/human", &[("captcha", &answer.to_lowercase())]).await;
    assert_eq!(browser.location(), Some("/verify/code"));
    browser.follow().await;
    browser.post("/verify/code", &[("otp", &stage.code(0))]).await;
    assert_eq!(browser.location(), Some("/account"));
    assert_eq!(stage.record(0).last_sign_in, Some(SignInMethod::PasswordTotp));
}

#[tokio::test]
async fn a_difficulty_of_one_account_leaves_the_others_alone() {
    let mut stage = Stage::new();
    stage.seeds[0].difficulties = vec![Difficulty::RefusePassword];
    let config = Config { accounts: stage.seeds.clone(), ..Config::default() };
    let url = url::Url::parse("http://localhost:4321/").unwrap();
    stage.site = std::sync::Arc::new(crate::site::Site::new(&config, &url).unwrap());
    let mut browser = stage.browser();
    stage.give_password(&mut browser, 0, stage.password(0)).await;
    assert_eq!(browser.location(), None);
    stage.give_password(&mut browser, 2, stage.password(2)).await;
    assert_eq!(browser.location(), Some("/account"));
}
