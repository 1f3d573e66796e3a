//! What only some profiles do.

use std::time::{Duration, Instant};

use axum::http::{StatusCode, header};
use scraper::{Html, Selector};
use serde_json::json;

use super::Stage;
use super::browser::Browser;
use super::key::Key;
use crate::records::SignInMethod;
use crate::{Config, Difficulty};

/// How many elements of the page a selector finds.
fn count(browser: &Browser, selector: &str) -> usize {
    Html::parse_document(&browser.body).select(&Selector::parse(selector).unwrap()).count()
}

#[tokio::test]
async fn a_code_is_given_in_six_boxes() {
    let stage = Stage::of(Difficulty::SegmentedCode);
    let mut browser = stage.browser();
    stage.give_password(&mut browser, 0, stage.password(0)).await;
    browser.follow().await;
    assert_eq!((count(&browser, "[data-segments] input"), count(&browser, "#code")), (6, 0));
    let code = stage.code(0);
    let digits: Vec<_> = (1..=6).map(|place| (format!("d{place}"), &code[place - 1..place])).collect();
    let fields: Vec<_> = digits.iter().map(|(name, digit)| (name.as_str(), *digit)).collect();
    browser.post("/verify/code", &fields).await;
    assert_eq!(browser.location(), Some("/account"));
}

#[tokio::test]
async fn the_new_passkey_page_differs() {
    for (difficulty, selector, expect) in [
        (Difficulty::CeremonyAtPageLoad, "script[src='/assets/at-load.js']", 1),
        (Difficulty::PasswordlessBox, "[name=passwordless]", 1),
        (Difficulty::NameAfterCreation, "[name=name]", 0),
        (Difficulty::SegmentedCode, "[name=passwordless], script[src='/assets/at-load.js']", 0),
    ] {
        let browser = Stage::of(difficulty).ready_to_add(2).await;
        assert_eq!(count(&browser, selector), expect, "{difficulty:?}");
    }
}

#[tokio::test]
async fn a_box_decides_what_the_passkey_is_good_for() {
    for (ticked, expect) in [(true, StatusCode::OK), (false, StatusCode::FORBIDDEN)] {
        let stage = Stage::of(Difficulty::PasswordlessBox);
        let mut browser = stage.ready_to_add(0).await;
        let mut key = Key::new();
        let wish = json!({ "name": "Key", "passwordless": ticked });
        let options = browser.script("/passkeys/register/options", &wish).await;
        let credential = key.create(super::browser::ORIGIN, options).await.unwrap();
        browser.script("/passkeys/register", &credential).await;
        let mut browser = stage.browser();
        browser.get("/login").await;
        browser.use_passkey(&mut key).await;
        assert_eq!(browser.status, expect, "ticked: {ticked}");
    }
}

#[tokio::test]
async fn the_name_is_asked_for_afterwards() {
    let stage = Stage::of(Difficulty::NameAfterCreation);
    let mut browser = stage.ready_to_add(0).await;
    let location = browser.add_passkey(&mut Key::new()).await["location"].as_str().unwrap().to_owned();
    browser.get(&location).await;
    assert!(browser.shows("Name your passkey"), "{location}");
    let id = stage.record(0).passkeys[0].credential_id.clone();
    browser.post("/account/passkeys/rename", &[("id", &id), ("name", "Desk")]).await;
    assert_eq!((browser.location(), stage.record(0).passkeys[0].name.as_str()), (Some("/account"), "Desk"));
    // Nobody else's passkey is named.
    let mut other = stage.browser();
    stage.sign_in(&mut other, 2).await;
    other.get(&location).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn recovery_codes_follow_the_first_passkey_once() {
    let stage = Stage::of(Difficulty::RecoveryCodesAfterFirst);
    let mut browser = stage.ready_to_add(0).await;
    assert_eq!(browser.add_passkey(&mut Key::new()).await, json!({ "location": "/account/recovery-codes" }));
    browser.get("/account/recovery-codes").await;
    assert_eq!((count(&browser, ".codes li") > 0, count(&browser, "#kept[required]")), (true, 1));
    let made = stage.record(0).recovery_codes;
    browser.get("/account/recovery-codes").await;
    assert_eq!((count(&browser, ".codes li"), stage.record(0).recovery_codes), (0, made), "not made anew");
}

#[tokio::test]
async fn fields_are_called_something_else() {
    let stage = Stage::of(Difficulty::MisleadingNames);
    let mut browser = stage.browser();
    browser.get("/login").await;
    assert_eq!(count(&browser, "[name=email], [name=access][type=password]"), 2);
    let name = stage.seeds[0].user_name.clone();
    browser.post("/login", &[("email", &name), ("access", stage.password(0))]).await;
    browser.follow().await;
    assert_eq!(count(&browser, "[name=token][autocomplete=off]"), 1);
    browser.post("/verify/code", &[("token", &stage.code(0))]).await;
    browser.get("/account/confirm").await;
    browser.post("/account/confirm", &[("access", stage.password(0))]).await;
    assert_eq!(browser.location(), Some("/account/passkeys/new"));
}

#[tokio::test]
async fn staying_signed_in_is_asked_after_either_sign_in() {
    let stage = Stage::of(Difficulty::StaySignedIn);
    let mut browser = stage.browser();
    stage.give_password(&mut browser, 2, stage.password(2)).await;
    assert_eq!(browser.location(), Some("/verify/stay"));
    browser.get("/account").await;
    assert_eq!(browser.location(), Some("/login"), "not signed in yet");
    browser.get("/verify/stay").await;
    browser.post("/verify/stay", &[("stay", "no")]).await;
    assert_eq!(browser.location(), Some("/account"));

    stage.confirm(&mut browser, 2).await;
    let mut key = Key::new();
    browser.add_passkey(&mut key).await;
    let mut browser = stage.browser();
    browser.get("/login").await;
    assert_eq!(browser.use_passkey(&mut key).await, json!({ "location": "/verify/stay" }));
    browser.get("/verify/stay").await;
    browser.post("/verify/stay", &[("stay", "yes")]).await;
    assert_eq!(stage.record(2).last_sign_in, Some(SignInMethod::Passkey));
}

#[tokio::test]
async fn the_cookie_banner_stays_until_it_is_answered() {
    let stage = Stage::of(Difficulty::CookieBanner);
    let mut browser = stage.browser();
    browser.get("/login").await;
    assert_eq!(count(&browser, "dialog#cookies button"), 3);
    browser.cookie = Some(format!("{}; cookies=necessary", browser.cookie.unwrap()));
    browser.get("/login").await;
    assert_eq!(count(&browser, "dialog, script[src='/assets/cookies.js']"), 0);
}

#[tokio::test]
async fn a_profile_and_its_account_speak_its_language() {
    for (id, language) in [("german", "de"), ("japanese", "ja"), ("arabic", "ar"), ("one-page", "en")] {
        let stage = Stage::new();
        let mut browser = stage.browser();
        browser.get(&format!("/p/{id}")).await;
        browser.follow().await;
        assert!(browser.shows(&format!("<html lang=\"{language}\"")), "{id}");
    }
    let stage = Stage::of(Difficulty::German);
    let mut browser = stage.browser();
    stage.sign_in(&mut browser, 2).await;
    assert!(browser.shows("<html lang=\"de\""));
}

#[tokio::test]
async fn a_slow_site_takes_its_time() {
    let stage = Stage::with(Config {
        difficulties: vec![Difficulty::Slow],
        slow_answer: Duration::from_millis(20),
        ..Config::default()
    });
    let since = Instant::now();
    stage.browser().get("/login").await;
    assert!(since.elapsed() >= Duration::from_millis(20));
}

#[tokio::test]
async fn every_third_request_of_a_script_is_put_off() {
    let stage = Stage::of(Difficulty::Flaky);
    let mut browser = stage.browser();
    browser.get("/login").await;
    let mut found = Vec::new();
    for _ in 0..7 {
        browser.script("/passkeys/sign-in/options", &json!({})).await;
        found.push(browser.status.as_u16());
    }
    assert_eq!(found, [200, 200, 503, 200, 200, 503, 200]);
    browser.script("/passkeys/sign-in/options", &json!({})).await;
    let answer = browser.script("/passkeys/sign-in/options", &json!({})).await;
    assert_eq!(browser.headers[header::RETRY_AFTER], "1");
    assert_eq!(answer["message"], "The site is very busy. Wait a moment, then try again.");
    // Pages and other sessions are none of it.
    browser.get("/login").await;
    assert_eq!(browser.status, StatusCode::OK);
    let mut other = stage.browser();
    other.get("/login").await;
    other.script("/passkeys/sign-in/options", &json!({})).await;
    assert_eq!(other.status, StatusCode::OK);
}
