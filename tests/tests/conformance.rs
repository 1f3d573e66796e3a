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
    server.page(
        "/",
        &format!(
            "<!doctype html><title>conformance</title><script src=\"{url}/script.js\"></script>\
             <script>const HOST = {url:?};</script>{scripts}\
             <script>window.__results ??= run(); window.__results.then((results) => window.__done = results);</script>"
        ),
    );
    (host, server.url("/").to_string())
}

/// Every check passed, and there were at least so many.
fn check(results: Results, least: usize) {
    let (page, results) = results.into_iter().next().unwrap();
    let results = results.as_object().unwrap_or_else(|| panic!("{page}: {results}"));
    let failed: Vec<String> = results
        .iter()
        .filter(|(_, outcome)| **outcome != Value::from("passed"))
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
