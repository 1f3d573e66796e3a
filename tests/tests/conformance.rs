//! The conformance host with real browsers: the shim, the bridge and the client that ship, and checks of our own.
//! `tests/README.md` says how suites that other people wrote are run against the same host.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test program")]

use std::path::Path;

use rekey_tests::conformance::{ConformanceHost, Results, in_chromium};
use rekey_tests::pages::Server;
use serde_json::Value;

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
    let page = format!(
        "<!doctype html><title>conformance</title><script src=\"{url}/script.js\"></script>\
         <script>const HOST = {url:?}; addEventListener(\"results\", () => window.__done = window.__results);</script>\
         {scripts}"
    );
    server.page("/", &page);
    (host, server.url("/").to_string())
}

/// Every check passed, and there were at least so many. A page leaves a list, or an object of names.
fn check(results: Results, least: usize) {
    let (page, results) = results.into_iter().next().unwrap();
    let results: Vec<(String, Value)> = match results {
        Value::Array(list) => list
            .into_iter()
            .map(|one| (one["name"].to_string(), if one["ok"] == true { "passed".into() } else { one["detail"].clone() }))
            .collect(),
        Value::Object(names) => names.into_iter().collect(),
        other => panic!("{page}: {other}"),
    };
    let failed: Vec<String> = results
        .iter()
        .filter(|(_, outcome)| *outcome != Value::from("passed"))
        .map(|(name, outcome)| format!("{name}: {outcome}"))
        .collect();
    println!("{} of {} checks passed", results.len() - failed.len(), results.len());
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(results.len() >= least, "{}", results.len());
}

const CEREMONIES: [&str; 2] = ["conformance/harness.js", "conformance/ceremonies.js"];

#[tokio::test(flavor = "multi_thread")]
async fn ceremonies_in_chromium() {
    let (host, page) = page(&CEREMONIES).await;
    check(in_chromium(host, &[page]).await.unwrap(), 17);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn ceremonies_in_webkit() {
    let (_host, page) = page(&CEREMONIES).await;
    check(rekey_tests::conformance::in_webkit(&[page]).await.unwrap(), 17);
}

/// The suite of interfaces and arguments that the drivers run as well, in a page of this host.
async fn suite() -> (ConformanceHost, String) {
    let (host, page) = page(&["webidl/suite.js"]).await;
    // Nothing is found without a list, so that a conditional `get` waits, as the suite wants it.
    let authenticator = r#"{"protocol":"ctap2","transport":"internal","hasUserVerification":true,"isUserVerified":true}"#;
    let url = format!("{}/webauthn/authenticator", host.url());
    tokio::task::spawn_blocking(move || ureq::post(url).send(authenticator)).await.unwrap().unwrap();
    (host, page)
}

#[tokio::test(flavor = "multi_thread")]
async fn interfaces_and_arguments_in_chromium() {
    let (host, page) = suite().await;
    check(in_chromium(host, &[page]).await.unwrap(), 500);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn interfaces_and_arguments_in_webkit() {
    let (_host, page) = suite().await;
    check(rekey_tests::conformance::in_webkit(&[page]).await.unwrap(), 500);
}
