//! Hostile pages: each file under the workspace's `tests/fixtures/hostile/` states what it tries, tries it, and reports
//! what it got. From the top page, a popup and a frame on another site's page, it must get nothing.

use std::path::PathBuf;

use rekey_browser::{CeremonyReply, Driver, DriverError, Seen};
use rekey_journey::page::{ElementId, Target};
use rekey_origin::Site;
use secrecy::SecretString;

use crate::server::{Page, Server};
use crate::support::{Browser, PATIENCE, browser};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/hostile")
}

/// The server with all hostile pages, and their names.
async fn server() -> (Server, Vec<String>) {
    let server = Server::start().await;
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let body = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        match name.strip_suffix(".html") {
            Some(page) => {
                assert!(body.starts_with("<!-- "), "{name} says what it tries");
                names.push(page.to_owned());
                // The server shows a page under its path without the query.
                server.page(&format!("/{page}"), &format!("<!doctype html><body>{body}"));
            }
            None => {
                let headers = vec![("content-type", "text/javascript".to_owned())];
                server.add(&format!("/{name}"), Page { body, headers, status: 0 });
            }
        }
    }
    server.page("/victim-quiet", "<title>victim</title>");
    names.sort();
    (server, names)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    Popup,
    Frame,
}

const PLACES: [Place; 3] = [Place::Top, Place::Popup, Place::Frame];

const HOSTILE: &str = "localhost";
const VICTIM: &str = "127.0.0.1";

/// Shows a hostile page at a place; returns its report's name.
async fn show(browser: &mut Browser, server: &Server, page: &str, place: Place) -> (rekey_browser::ContextId, String) {
    let name = format!("{page}-{place:?}");
    let mut address = server.at(HOSTILE, &format!("/{page}"));
    address.query_pairs_mut().append_pair("name", &name).append_pair("other", &server.origin(VICTIM));
    let start = match place {
        Place::Top => address,
        Place::Popup => {
            server.page("/opener", &format!("<p>victim<script>open({:?})</script>", address.as_str()));
            server.at(VICTIM, "/opener")
        }
        Place::Frame => {
            let allow = "publickey-credentials-get *; publickey-credentials-create *";
            let frame =
                format!("<p>victim<iframe allow='{allow}' src='{}'></iframe>", address.as_str().replace('&', "&amp;"));
            server.page("/around", &frame);
            server.at(VICTIM, "/around")
        }
    };
    (browser.show(&start).await, name)
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_pages_get_nothing() {
    let (server, pages) = server().await;
    assert!(pages.len() >= 7, "{pages:?}");
    let mut browser = browser(|options| options.extra_args.push("--disable-popup-blocking".to_owned())).await;
    for page in &pages {
        for place in PLACES {
            let (context, name) = show(&mut browser, &server, page, place).await;
            let started = std::time::Instant::now();
            while !server.reports().iter().any(|(reported, _)| *reported == name) {
                assert!(started.elapsed() < PATIENCE, "{name} did not report");
                // Whatever a page asks for in its own name may reach the host, and is its own business.
                if let Ok(Seen::Ceremony(ceremony)) = browser.driver.next(context, PATIENCE / 40).await {
                    assert_eq!(ceremony.origin.to_string(), server.origin(HOSTILE), "{name}");
                    assert_ne!(place, Place::Frame, "{name}");
                    let refusal = CeremonyReply::Refusal("NotAllowedError");
                    drop(browser.driver.answer(context, ceremony.id, refusal).await);
                }
            }
            assert_eq!(server.report(&name).await, "[]", "{name}");
            browser.driver.close(context).await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_page_never_receives_another_sites_secret() {
    let (server, _) = server().await;
    let mut browser = browser(|options| options.extra_args.push("--disable-popup-blocking".to_owned())).await;
    let secret = SecretString::from("a secret of the victim's");
    let victim = Site::parse(server.at(VICTIM, "/").as_str()).unwrap();
    for place in PLACES {
        let (context, name) = show(&mut browser, &server, "take-a-secret", place).await;
        server.report(&name).await;
        let mut tried = 0;
        for (document, address) in browser.driver.documents(context) {
            if !address.contains("take-a-secret") {
                continue;
            }
            for element in 0..6 {
                let target = Target { document: document.clone(), element: ElementId(element) };
                let outcome = browser.driver.fill(context, &target, &secret, &victim).await;
                assert!(matches!(outcome, Err(DriverError::ForeignPage)), "{name}: {outcome:?}");
                tried += 1;
            }
        }
        assert_eq!(tried, 6, "{name}");
        // The elements that a look finds, where there are any.
        if let Ok(Seen::Page(page)) = browser.driver.next(context, PATIENCE / 10).await {
            for field in &page.reading.fields {
                let outcome = browser.driver.fill(context, &page.target(field.element), &secret, &victim).await;
                assert!(matches!(outcome, Err(DriverError::ForeignPage)), "{name}: {outcome:?}");
            }
        }
        browser.driver.close(context).await.unwrap();
    }
    assert!(!server.reports().iter().any(|(name, _)| name == "taken"), "{:?}", server.reports());
}
