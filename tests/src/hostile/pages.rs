//! The pages under `tests/fixtures/hostile/`, at every place where a page can be.

use std::path::PathBuf;

use rekey_browser::{CeremonyKind, CeremonyRequest, Driver, FrameKind, Seen};
use rekey_journey::page::ActionRole;
use rekey_webauthn::{Caller, CreateRequest, GetRequest};

use super::{ContextId, HOSTILE, Subject, VICTIM, form};
use crate::pages::{Page, Server};

/// Where a hostile page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It is the page.
    Top,
    /// It is a window that a page of another site opened.
    Popup,
    /// It is a frame in a page of another site.
    Frame,
    /// It is the page, in a sandbox: its origin is opaque, though its address looks genuine.
    Sandbox,
}

/// See [`Place::Top`].
pub async fn pages_at_the_top_get_nothing<D: Driver>(subject: &mut Subject<D>) {
    get_nothing(subject, Place::Top).await;
}

/// See [`Place::Popup`].
pub async fn pages_in_a_popup_get_nothing<D: Driver>(subject: &mut Subject<D>) {
    get_nothing(subject, Place::Popup).await;
}

/// See [`Place::Frame`].
pub async fn pages_in_a_frame_get_nothing<D: Driver>(subject: &mut Subject<D>) {
    get_nothing(subject, Place::Frame).await;
}

/// See [`Place::Sandbox`].
pub async fn pages_in_a_sandbox_get_nothing<D: Driver>(subject: &mut Subject<D>) {
    get_nothing(subject, Place::Sandbox).await;
}

async fn get_nothing<D: Driver>(subject: &mut Subject<D>, place: Place) {
    let (server, pages) = server(place).await;
    assert!(pages.len() >= 11, "{pages:?}");
    for page in &pages {
        let (context, name) = show_at(subject, &server, page, place).await;
        assert_eq!(report(subject, &server, context, place, page, &name).await, "[]", "{name}");
        subject.driver.close(context).await.unwrap();
    }
    // The driver goes on as if nothing had been.
    let context = subject.show(&server.at(VICTIM, "/victim-quiet")).await;
    assert_eq!(subject.see_page(context).await.url, server.at(VICTIM, "/victim-quiet"));
}

/// What a page reports, while the host goes on looking at it.
async fn report<D: Driver>(
    subject: &mut Subject<D>,
    server: &Server,
    context: ContextId,
    place: Place,
    page: &str,
    name: &str,
) -> String {
    let body = std::fs::read_to_string(folder().join(page).with_extension("html")).unwrap();
    let mut to_press = body.contains("gesture: true");
    let report = server.report(name);
    tokio::pin!(report);
    loop {
        let seen = tokio::select! {
            biased;
            report = &mut report => return report,
            seen = subject.driver.next(context, super::PATIENCE / 40) => seen,
        };
        match seen {
            Ok(Seen::Ceremony(ceremony)) => {
                // Whatever a page asks for in its own name may reach the host, and is its own business.
                assert_eq!(ceremony.origin.to_string(), server.origin(HOSTILE), "{name}");
                assert_stands_where_it_is(&ceremony, server, place, name);
                assert_asks_for_itself_or_is_refused(&ceremony, name);
                subject.refuse(context, &ceremony).await;
            }
            Ok(Seen::Page(page)) if to_press => {
                let own = page.origin.as_ref().is_some_and(|origin| origin.to_string() == server.origin(HOSTILE));
                if own && page.reading.action(ActionRole::Submit).is_some() {
                    to_press = false;
                    subject.submit(context, &page).await.unwrap();
                }
            }
            _ => {}
        }
    }
}

/// A page in a frame is never taken for the page around it, nor that for its own.
fn assert_stands_where_it_is(ceremony: &CeremonyRequest, server: &Server, place: Place, name: &str) {
    let cross = FrameKind::CrossOrigin { top: server.origin(VICTIM).parse().unwrap() };
    match place {
        Place::Top | Place::Popup => assert_ne!(ceremony.standing.frame, cross, "{name}"),
        Place::Frame => assert_eq!(ceremony.standing.frame, cross, "{name}"),
        Place::Sandbox => panic!("{name} asks"),
    }
}

/// The client's rules accept a call only for a relying party of the caller's own host.
fn assert_asks_for_itself_or_is_refused(ceremony: &CeremonyRequest, name: &str) {
    let caller = Caller::top(ceremony.origin.clone());
    let accepted = match ceremony.kind {
        CeremonyKind::Create => CreateRequest::parse(&caller, &ceremony.options).map(|request| request.rp_id),
        CeremonyKind::Get => GetRequest::parse(&caller, &ceremony.options).map(|request| request.rp_id),
    };
    if let Ok(rp_id) = accepted {
        assert_eq!(rp_id.to_string(), HOSTILE, "{name}: {}", ceremony.options);
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile")
}

/// A server with all hostile pages, and their names.
pub(super) async fn server(place: Place) -> (Server, Vec<String>) {
    let server = Server::start().await;
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let body = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if let Some(page) = name.strip_suffix(".html") {
            assert!(body.starts_with("<!-- "), "{name} says what it tries");
            names.push(page.to_owned());
            let mut headers = Vec::new();
            if place == Place::Sandbox {
                headers.push(("content-security-policy", "sandbox allow-scripts allow-forms allow-popups".to_owned()));
            }
            // The server shows a page under its path without the query.
            let body = format!("<!doctype html><body>{body}");
            server.add(&format!("/{page}"), Page { body, headers, status: 0 });
        } else {
            let headers = vec![("content-type", "text/javascript".to_owned())];
            server.add(&format!("/{name}"), Page { body, headers, status: 0 });
        }
    }
    server.page("/victim-quiet", "<title>victim</title><p>victim");
    names.sort();
    (server, names)
}

/// Shows a hostile page at a place; returns its report's name.
pub(super) async fn show_at<D: Driver>(
    subject: &mut Subject<D>,
    server: &Server,
    page: &str,
    place: Place,
) -> (ContextId, String) {
    let name = format!("{page}-{place:?}");
    let mut address = server.at(HOSTILE, &format!("/{page}"));
    address.query_pairs_mut().append_pair("name", &name).append_pair("other", &server.origin(VICTIM));
    let context = match place {
        Place::Top | Place::Sandbox => subject.show(&address).await,
        Place::Popup => {
            server.page("/opener", &form(&format!("window.open('{address}')")));
            let context = subject.show(&server.at(VICTIM, "/opener")).await;
            let opener = subject.see_page(context).await;
            subject.submit(context, &opener).await.unwrap();
            context
        }
        Place::Frame => {
            let allow = "publickey-credentials-get *; publickey-credentials-create *";
            let source = address.as_str().replace('&', "&amp;");
            server.page("/around", &format!("<p>victim<iframe allow='{allow}' src='{source}'></iframe>"));
            subject.show(&server.at(VICTIM, "/around")).await
        }
    };
    (context, name)
}
