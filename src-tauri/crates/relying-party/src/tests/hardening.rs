//! What strangers and stalled requests cannot do.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode, header};
use futures_util::stream;
use tower::ServiceExt;
use url::Url;

use super::{Stage, site};
use crate::routes::router;
use crate::{Config, Difficulty, Error, Reach};

fn network(origin: &str, related: &[&str]) -> Config {
    let url = |text: &str| Url::parse(text).unwrap();
    let related = related.iter().map(|text| url(text)).collect();
    Config {
        reach: Reach::Network { address: [127, 0, 0, 1].into(), origin: url(origin), related },
        ..Config::default()
    }
}

/// The cookie of a first visit under this host name.
async fn cookie(config: &Config, host: &str) -> String {
    let request = Request::get("/").header(header::HOST, host).body(Body::empty()).unwrap();
    let response = router(site(config).into()).oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
    let (name, rest) = cookie.split_once('=').unwrap();
    format!("{name}{}", if rest.ends_with("; Secure") { " secure" } else { "" })
}

#[tokio::test]
async fn the_cookie_follows_the_origin() {
    let mixed = network("https://training.example", &["http://localhost:8000"]);
    for (config, host, expect) in [
        (&Config::default(), "localhost:4321", "sid-4321"),
        (&Config::default(), "practice.localhost:4321", "sid-4321"),
        (&mixed, "training.example", "__Host-sid secure"),
        (&mixed, "localhost:8000", "sid-8000"),
    ] {
        assert_eq!(cookie(config, host).await, expect, "{host}");
    }
}

#[test]
fn every_origin_is_one_that_passkeys_work_on() {
    let local = Url::parse("http://localhost:4321/").unwrap();
    for wrong in ["http://training.example", "https://10.0.0.5"] {
        let config = network("https://training.example", &["https://other.example", wrong]);
        let error = crate::site::Site::new(&config, &local).err();
        assert!(matches!(error, Some(Error::Origin { origin }) if origin.as_str().starts_with(wrong)), "{wrong}");
    }
}

#[tokio::test]
async fn beyond_this_computer_each_inbox_is_its_owners() {
    let stage = Stage::with(network("http://localhost:4321", &[]));
    let mut browser = stage.browser();
    browser.get("/inbox").await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
    for account in [0, 2] {
        let id = stage.site.state().store.accounts(3).unwrap()[account].id;
        stage.site.state().store.send_confirmation(id, stage.site.now()).unwrap();
    }
    stage.sign_in(&mut browser, 2).await;
    browser.get("/inbox").await;
    assert_eq!(browser.status, StatusCode::OK);
    assert!(browser.shows("carla") && !browser.shows("alma"), "{}", browser.body);
}

#[tokio::test]
async fn strangers_do_not_lock_somebody_signed_in() {
    let stage = Stage::new();
    let mut owner = stage.browser();
    stage.sign_in(&mut owner, 0).await;
    let mut stranger = stage.browser();
    for _ in 0..6 {
        stage.give_password(&mut stranger, 0, "wrong").await;
    }
    assert_eq!(stranger.status, StatusCode::TOO_MANY_REQUESTS);
    stage.confirm(&mut owner, 0).await;
    owner.get("/inbox").await;
    assert!(owner.shows("Your account is locked for a while"));
}

#[tokio::test]
async fn a_code_by_email_is_void_after_five_failures() {
    let config =
        Config { difficulties: vec![Difficulty::OneTimeCodeByEmail], failures_before_lock: 100, ..Config::default() };
    for (failures, expect) in [(4, "/account"), (5, "/login")] {
        let stage = Stage::with(config.clone());
        let mut browser = stage.browser();
        stage.give_password(&mut browser, 0, stage.password(0)).await;
        browser.follow().await;
        for _ in 0..failures {
            browser.post("/verify/email", &[("email_code", "wrong")]).await;
        }
        let record = stage.record(0);
        browser.post("/verify/email", &[("email_code", record.mail[0].code().unwrap())]).await;
        assert_eq!(browser.location(), Some(expect));
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_arrives_holds_no_request() {
    let stage = Stage::new();
    let body = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
    let request = Request::post("/login")
        .header(header::HOST, "localhost:4321")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body)
        .unwrap();
    let response = router(stage.site.clone()).oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::REQUEST_TIMEOUT);
}
