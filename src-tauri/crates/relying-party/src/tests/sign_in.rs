//! Signing in with passwords and codes.

use axum::http::StatusCode;
use axum::http::header;
use serde_json::json;

use super::Stage;
use crate::Config;
use crate::records::SignInMethod;

#[tokio::test]
async fn one_page_with_a_code() {
    let stage = Stage::new();
    let mut browser = stage.browser();
    stage.sign_in(&mut browser, 0).await;
    assert!(browser.shows("You are signed in as <strong>alma</strong>"));
    assert_eq!(stage.record(0).last_sign_in, Some(SignInMethod::PasswordTotp));
    assert_eq!(stage.audit(0), ["signed in: password+totp"]);
    browser.post("/sign-out", &[]).await;
    browser.follow().await;
    assert!(browser.shows("You have signed out."));
    browser.get("/account").await;
    assert_eq!(browser.location(), Some("/login"));
}

#[tokio::test]
async fn two_steps_with_a_code() {
    let stage = Stage::new();
    let mut browser = stage.browser();
    browser.get("/signin/password").await;
    assert_eq!(browser.location(), Some("/signin"));
    browser.follow().await;
    browser.post("/signin", &[("identifier", " Bruno ")]).await;
    browser.follow().await;
    assert!(browser.shows("Hello, Bruno"));
    browser.post("/signin/password", &[("Passwd", stage.password(1))]).await;
    browser.follow().await;
    browser.post("/verify/code", &[("otp", &stage.code(1))]).await;
    browser.follow().await;
    assert!(browser.shows("<strong>bruno</strong>"));
}

#[tokio::test]
async fn a_form_that_a_script_sends() {
    let stage = Stage::with(Config { late_form_delay: std::time::Duration::ZERO, ..Config::default() });
    let mut browser = stage.browser();
    browser.get("/welcome").await;
    assert!(!browser.shows("<input type=\"password\""));
    browser.get("/welcome/form").await;
    assert!(browser.shows(r#""userName":"User name""#));
    let wrong = browser.script("/welcome/session", &json!({ "user": "carla", "secret": "wrong" })).await;
    assert_eq!((browser.status, wrong["location"].as_str()), (StatusCode::UNAUTHORIZED, None));
    let right = browser.script("/welcome/session", &json!({ "user": "carla", "secret": stage.password(2) })).await;
    assert_eq!(right, json!({ "location": "/account" }));
    assert_eq!(stage.record(2).last_sign_in, Some(SignInMethod::Password));
    assert_eq!(stage.record(2).failed_attempts, 1);
}

#[tokio::test]
async fn a_code_counts_once() {
    let stage = Stage::new();
    stage.sign_in(&mut stage.browser(), 0).await;
    let mut browser = stage.browser();
    stage.give_password(&mut browser, 0, stage.password(0)).await;
    browser.follow().await;
    browser.post("/verify/code", &[("otp", &stage.code(0))]).await;
    assert!(browser.shows("it was used before"));
    assert_eq!(stage.audit(0).last().unwrap(), "code refused: used before");
    stage.pass(30);
    browser.post("/verify/code", &[("otp", &stage.code(0))]).await;
    assert_eq!(browser.location(), Some("/account"));
}

#[tokio::test]
async fn five_wrong_codes_lock_for_a_while_even_for_the_right_one() {
    let stage = Stage::new();
    let mut browser = stage.browser();
    stage.give_password(&mut browser, 0, stage.password(0)).await;
    browser.follow().await;
    for _ in 0..5 {
        browser.post("/verify/code", &[("otp", "no code")]).await;
        assert_eq!(browser.status, StatusCode::OK);
    }
    browser.post("/verify/code", &[("otp", &stage.code(0))]).await;
    assert_eq!(browser.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(browser.headers[header::RETRY_AFTER], "60");
    assert!(browser.shows("Too many attempts"));
    assert_eq!(stage.audit(0).last().unwrap(), "locked");
    assert_eq!(stage.record(0).failed_attempts, 5);
    // Starting again does not help.
    stage.give_password(&mut browser, 0, stage.password(0)).await;
    browser.follow().await;
    browser.post("/verify/code", &[("otp", &stage.code(0))]).await;
    assert_eq!(browser.status, StatusCode::TOO_MANY_REQUESTS);
    stage.pass(60);
    browser.post("/verify/code", &[("otp", &stage.code(0))]).await;
    assert_eq!(browser.location(), Some("/account"));
}

#[tokio::test]
async fn an_unknown_name_is_refused_and_locked_like_a_known_one() {
    let stage = Stage::new();
    let mut answers = Vec::new();
    for name in ["carla", "nobody"] {
        let mut browser = stage.browser();
        browser.get("/login").await;
        let mut seen = Vec::new();
        for _ in 0..6 {
            browser.post("/login", &[("username", name), ("password", "wrong")]).await;
            let text = browser.body.replace(name, "NAME").replace(&browser.token, "TOKEN");
            seen.push((browser.status, browser.headers.len(), text));
        }
        answers.push(seen);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0][5].0, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_form_without_the_sessions_token_changes_nothing() {
    let stage = Stage::new();
    let mut browser = stage.browser();
    browser.get("/login").await;
    let mut other = stage.browser();
    other.get("/login").await;
    assert_ne!(browser.token, other.token);
    for token in ["", "x", &other.token] {
        browser.token = token.to_owned();
        browser.post("/login", &[("username", "carla"), ("password", stage.password(2))]).await;
        assert_eq!(browser.status, StatusCode::FORBIDDEN);
    }
    browser.token = String::new();
    browser.script("/passkeys/sign-in/options", &json!({})).await;
    assert_eq!(browser.status, StatusCode::FORBIDDEN);
    assert_eq!(stage.record(2).last_sign_in, None);
}

#[tokio::test]
async fn requests_from_other_origins_and_for_other_hosts_are_refused() {
    let stage = Stage::new();
    let mut browser = stage.browser();
    browser.get("/login").await;
    for origin in ["http://localhost:9999", "http://evil.example", "null"] {
        browser.origin = Some(origin);
        browser.post("/login", &[("username", "carla"), ("password", stage.password(2))]).await;
        assert_eq!(browser.status, StatusCode::FORBIDDEN, "{origin}");
    }
    browser.host = "evil.example:4321";
    browser.get("/login").await;
    assert_eq!(browser.status, StatusCode::MISDIRECTED_REQUEST);
    browser.host = "127.0.0.1:4321";
    browser.get("/login?x=1").await;
    assert_eq!(browser.location(), Some("http://localhost:4321/login?x=1"));
}

#[tokio::test]
async fn each_step_gives_another_session_and_the_old_one_is_worth_nothing() {
    let stage = Stage::new();
    let mut browser = stage.browser();
    browser.get("/login").await;
    let before = browser.cookie.clone().unwrap();
    stage.sign_in(&mut browser, 0).await;
    let after = browser.cookie.clone().unwrap();
    assert_ne!(before, after);
    browser.cookie = Some(before);
    browser.get("/account").await;
    assert_eq!(browser.location(), Some("/login"));
    browser.cookie = Some(after.clone());
    browser.get("/account").await;
    browser.post("/sign-out", &[]).await;
    browser.cookie = Some(after);
    browser.get("/account").await;
    assert_eq!(browser.location(), Some("/login"));
}

#[tokio::test]
async fn a_signed_in_session_ends_when_nobody_uses_it() {
    let stage = Stage::new();
    let mut browser = stage.browser();
    stage.sign_in(&mut browser, 0).await;
    stage.pass(1_801);
    browser.get("/account").await;
    assert_eq!(browser.location(), Some("/login"));
}

#[tokio::test]
async fn signing_out_takes_a_post_and_pages_carry_their_policy() {
    let stage = Stage::new();
    let mut browser = stage.browser();
    stage.sign_in(&mut browser, 0).await;
    browser.get("/sign-out").await;
    assert_eq!(browser.status, StatusCode::METHOD_NOT_ALLOWED);
    browser.get("/account").await;
    assert!(browser.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("script-src 'self'"));
    assert!(!browser.shows("<script>") && !browser.shows("onclick"));
    browser.post("/login", &[("username", &"x".repeat(70_000)), ("password", "x")]).await;
    assert_eq!(browser.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn what_a_visitor_typed_is_shown_as_text_and_pages_speak_spanish() {
    let stage = Stage::new();
    let mut browser = stage.browser();
    browser.language = "es-ES,es;q=0.9";
    browser.get("/login").await;
    assert!(browser.shows(r#"<html lang="es">"#) && browser.shows("Iniciar sesión con una llave de acceso"));
    browser.post("/login", &[("username", "\"><script>x</script>"), ("password", "x")]).await;
    assert!(browser.shows("&quot;&gt;&lt;script&gt;") && !browser.shows("<script>x"));
}
