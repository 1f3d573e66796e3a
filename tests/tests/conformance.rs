//! The conformance host with real browsers: the shim, the bridge and the client that ship, and checks of our own.
//! `tests/README.md` says how suites that other people wrote are run against the same host.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout, reason = "a test program")]

use std::path::Path;

use rekey_tests::conformance::{ConformanceHost, Results, in_chromium};
use rekey_tests::pages::Server;
use serde_json::{Value, json};

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A host, and a server with a page of scripts after the host's own.
async fn page(scripts: &[&str]) -> (ConformanceHost, String) {
    let host = ConformanceHost::start(0, None).await.unwrap();
    let server = Server::start().await;
    let scripts: String = scripts.iter().map(|name| format!("<script>{}</script>", fixture(name))).collect();
    let url = host.url();
    let page = |scripts: String| {
        format!(
            "<!doctype html><title>conformance</title><body><script src=\"{url}/script.js\"></script>\
         <script>const HOST = {url:?}; addEventListener(\"results\", () => window.__done = window.__results);</script>\
         {scripts}"
        )
    };
    server.page("/", &page(scripts));
    server.page("/frame", &page(format!("<script>{}</script><script>{}</script>", fixture(HARNESS), fixture(FRAME))));
    (host, server.url("/").to_string())
}

/// Every check passed, and there were at least so many. A page leaves a list, or an object of names.
fn check(results: Results, least: usize) {
    let (page, results) = results.into_iter().next().unwrap();
    let results: Vec<(String, Value)> = match results {
        Value::Array(list) => list
            .into_iter()
            .map(|one| {
                (one["name"].to_string(), if one["ok"] == true { "passed".into() } else { one["detail"].clone() })
            })
            .collect(),
        Value::Object(names) => names.into_iter().collect(),
        other => panic!("{page}: {other}"),
    };
    let failed: Vec<String> = results
        .iter()
        .filter(|(_, outcome)| *outcome != "passed")
        .map(|(name, outcome)| format!("{name}: {outcome}"))
        .collect();
    println!("{} of {} checks passed", results.len() - failed.len(), results.len());
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(results.len() >= least, "{}", results.len());
}

const HARNESS: &str = "conformance/harness.js";
const FRAME: &str = "conformance/frame.js";
const CEREMONIES: [&str; 2] = [HARNESS, "conformance/ceremonies.js"];

#[tokio::test(flavor = "multi_thread")]
async fn ceremonies_in_chromium() {
    let (host, page) = page(&CEREMONIES).await;
    check(in_chromium(&host, &[page]).await.unwrap(), 19);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn ceremonies_in_webkit() {
    let (_host, page) = page(&CEREMONIES).await;
    check(rekey_tests::conformance::in_webkit(&[page]).await.unwrap(), 19);
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_in_chromium() {
    let (host, page) = page(&[HARNESS, "conformance/frames.js"]).await;
    check(in_chromium(&host, &[page]).await.unwrap(), 4);
}

/// The suite of interfaces and arguments that the drivers run as well, in a page of this host.
async fn suite() -> (ConformanceHost, String) {
    let (host, page) = page(&["webidl/suite.js"]).await;
    // Nothing is found without a list, so that a conditional `get` waits, as the suite wants it.
    let authenticator =
        r#"{"protocol":"ctap2","transport":"internal","hasUserVerification":true,"isUserVerified":true}"#;
    let url = format!("{}/webauthn/authenticator", host.url());
    tokio::task::spawn_blocking(move || ureq::post(url).send(authenticator)).await.unwrap().unwrap();
    (host, page)
}

#[tokio::test(flavor = "multi_thread")]
async fn interfaces_and_arguments_in_chromium() {
    let (host, page) = suite().await;
    check(in_chromium(&host, &[page]).await.unwrap(), 500);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn interfaces_and_arguments_in_webkit() {
    let (_host, page) = suite().await;
    check(rekey_tests::conformance::in_webkit(&[page]).await.unwrap(), 500);
}

/// A suite talks to one address: its authenticators are the host's, all else is the driver's.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn the_rest_of_webdriver_is_the_drivers() {
    let free = || std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let (port, other) = (free(), free());
    let display = rekey_tests::window::Display::start(800, 600).unwrap();
    let mut command = std::process::Command::new("WebKitWebDriver");
    display.apply(command.arg(format!("--port={port}")));
    let mut driver = command.spawn().unwrap();
    let host = ConformanceHost::start(0, Some(format!("http://127.0.0.1:{port}"))).await.unwrap();
    host.listen(other).await.unwrap();
    let outcome = tokio::task::spawn_blocking(move || {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            std::thread::yield_now();
        }
        let base = format!("http://127.0.0.1:{other}/session");
        let read = |mut answer: axum::http::Response<ureq::Body>| {
            let status = answer.status().as_u16();
            (status, serde_json::from_str::<Value>(&answer.body_mut().read_to_string().unwrap()).unwrap())
        };
        let post = |url: &str, body: Value| read(agent.post(url).send(body.to_string()).unwrap());
        let browser = json!({ "binary": rekey_tests::conformance::mini_browser().unwrap(), "args": ["--automation"] });
        let made = post(&base, json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": browser } } }));
        let session = format!("{base}/{}", made.1["value"]["sessionId"].as_str().unwrap());
        let authenticators = format!("{session}/webauthn/authenticator");
        let added = post(&authenticators, json!({ "protocol": "ctap2", "transport": "usb" }));
        let credentials = format!("{authenticators}/{}/credentials", added.1["value"].as_str().unwrap());
        let there = read(agent.get(&credentials).call().unwrap());
        let sum = post(&format!("{session}/execute/sync"), json!({ "script": "return 6 * 7", "args": [] }));
        let ended = read(agent.delete(&session).call().unwrap());
        let gone = read(agent.get(&credentials).call().unwrap());
        (there, sum.1["value"].clone(), ended.0, gone.0)
    })
    .await;
    driver.kill().unwrap();
    driver.wait().unwrap();
    assert_eq!(outcome.unwrap(), ((200, json!({ "value": [] })), json!(42), 200, 400));
}
