//! Popups and frames: the scripts are in before the first script of the page, and where a caller stands is known.

use rekey_browser::{CeremonyReply, Driver, FrameKind};
use rekey_journey::page::{ActionRole, ElementId, FieldRole, Target};
use rekey_origin::Site;
use secrecy::SecretString;

use crate::channel::REPORT;
use crate::server::{Page, Server};
use crate::support::{Browser, PATIENCE, bridged, browser};

/// Asks for a sign-in as its very first act and reports under a name.
fn get(name: &str) -> String {
    format!(
        "<script>{REPORT} const own = String(navigator.credentials.get).startsWith(`function get`);
        navigator.credentials.get({{publicKey: {{challenge: bytes(1)}}}})
            .then(() => report('{name}', 'answered'), (e) => report('{name}', e.name + ' ' + own));</script>"
    )
}

async fn with_popups() -> Browser {
    browser(|options| options.extra_args.push("--disable-popup-blocking".to_owned())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_popup_is_ready_before_its_first_script_and_becomes_the_current_page() {
    let server = Server::start().await;
    server.page("/", "<title>opener</title><p>opener<script>popup = open('/popup')</script>");
    server.page("/popup", &get("popup"));
    let mut browser = with_popups().await;
    let context = browser.show(&server.url("/")).await;
    let ceremony = browser.see_ceremony(context).await;
    assert_eq!(ceremony.origin.to_string(), server.origin("localhost"));
    browser.driver.answer(context, ceremony.id, CeremonyReply::Refusal("NotAllowedError")).await.unwrap();
    assert_eq!(server.report("popup").await, "NotAllowedError false");
    assert_eq!(browser.see_page(context).await.url, server.url("/popup"));

    server.page("/popup", "<script>close()</script>");
    browser.driver.navigate(context, &server.url("/popup")).await.unwrap();
    assert_eq!(browser.see_page(context).await.url, server.url("/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_popup_of_another_site_is_ready_too() {
    let server = Server::start().await;
    let address = server.at("127.0.0.1", "/popup");
    server.page("/", &format!("<script>open('{address}', '_blank', 'noopener')</script>"));
    server.page("/popup", &get("popup"));
    let mut browser = with_popups().await;
    let context = browser.show(&server.url("/")).await;
    let ceremony = browser.see_ceremony(context).await;
    assert_eq!(ceremony.origin.to_string(), server.origin("127.0.0.1"));
    browser.driver.answer(context, ceremony.id, CeremonyReply::Refusal("NotAllowedError")).await.unwrap();
    assert_eq!(server.report("popup").await, "NotAllowedError false");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_from_a_frame_comes_with_where_the_frame_stands() {
    let server = Server::start().await;
    let (allow, top) = ("publickey-credentials-get", server.origin("localhost"));
    let foreign = server.at("127.0.0.1", "/foreign");
    let frames = [
        ("/same", "", FrameKind::SameOrigin, true),
        // The page may forbid it to its own frames as well.
        ("/same", "publickey-credentials-get 'none'", FrameKind::SameOrigin, false),
        (foreign.as_str(), "", FrameKind::CrossOrigin { top: top.parse().unwrap() }, false),
        (foreign.as_str(), allow, FrameKind::CrossOrigin { top: top.parse().unwrap() }, true),
        // A page of the foreign frame's own origin within it, and one of the top's within that.
        ("/around", "", FrameKind::CrossOrigin { top: top.parse().unwrap() }, true),
    ];
    server.page("/same", &get("same"));
    server.page("/foreign", &get("foreign"));
    server.page("/between", &format!("<iframe src='{}' allow='{allow} *'></iframe>", server.at("localhost", "/same")));
    server
        .page("/around", &format!("<iframe src='{}' allow='{allow} *'></iframe>", server.at("127.0.0.1", "/between")));
    let mut browser = bridged().await;
    for (source, allow, frame, allowed) in frames {
        server.page("/", &format!("<iframe src='{source}' allow=\"{allow}\"></iframe>"));
        let context = browser.show(&server.url("/")).await;
        let ceremony = browser.see_ceremony(context).await;
        assert_eq!(ceremony.standing.frame, frame, "{source} {allow}");
        assert_eq!(ceremony.standing.allowed_by_policy, allowed, "{source} {allow}");
        let (host, name) = if source == foreign.as_str() { ("127.0.0.1", "foreign") } else { ("localhost", "same") };
        assert_eq!(ceremony.origin.to_string(), server.origin(host));
        browser.driver.answer(context, ceremony.id, CeremonyReply::Refusal("NotAllowedError")).await.unwrap();
        assert_eq!(server.report(name).await, "NotAllowedError false");
        server.forget_reports();
        browser.driver.close(context).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_in_a_sandbox_is_refused_and_never_reaches_the_browsers_own_authenticators() {
    let server = Server::start().await;
    server.page("/", "<iframe sandbox='allow-scripts' allow='publickey-credentials-get *' src=/frame></iframe>");
    server.page("/frame", &get("frame"));
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;
    browser.see_page(context).await;
    assert_eq!(server.report("frame").await, "NotAllowedError false");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandboxed_page_is_refused() {
    let server = Server::start().await;
    let headers = vec![("content-security-policy", "sandbox allow-scripts".to_owned())];
    server.add("/", Page { body: get("sandboxed"), headers, status: 0 });
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;
    let page = browser.see_page(context).await;
    assert_eq!(page.origin, None);
    assert_eq!(server.report("sandboxed").await, "NotAllowedError false");
}

const FORM: &str = "<form action=/signed-in method=post><label>E-mail <input name=login type=email autocomplete=username></label>
    <label>Password <input type=password name=password autocomplete=current-password></label><button>Sign in</button></form>
    <script>addEventListener('input', (e) => fetch('/report/input', {method: 'POST', body: e.target.value}))</script>";

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_goes_to_its_own_site_only() {
    let server = Server::start().await;
    server.page("/", FORM);
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;
    let page = browser.see_page(context).await;
    let password = page.target(page.reading.field(FieldRole::CurrentPassword).unwrap().element);
    let secret = SecretString::from("a \"secret\" \u{1F511}");
    for foreign in ["example.com", "localhost", "127.0.0.1"] {
        let site = Site::parse(foreign).unwrap();
        let error = browser.driver.fill(context, &password, &secret, &site).await.unwrap_err();
        assert!(matches!(error, rekey_browser::DriverError::ForeignPage), "{error:?}");
    }
    assert!(server.reports().is_empty());
    let site = Site::of(page.origin.as_ref().unwrap());
    browser.driver.fill(context, &password, &secret, &site).await.unwrap();
    assert_eq!(server.report("input").await, "a \"secret\" \u{1F511}");

    // The same element after a navigation is no element.
    browser.driver.navigate(context, &server.url("/")).await.unwrap();
    let error = browser.driver.fill(context, &password, &secret, &site).await.unwrap_err();
    assert!(matches!(error, rekey_browser::DriverError::Stale), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_goes_neither_into_nor_under_a_foreign_frame() {
    let server = Server::start().await;
    let (foreign, same) = (server.at("127.0.0.1", "/frame"), server.at("localhost", "/frame"));
    server.page("/", &format!("<iframe src='{foreign}'></iframe><iframe src='{same}'></iframe>"));
    server.page("/frame", FORM);
    let mut browser = bridged().await;
    let own = Site::parse(server.url("/").as_str()).unwrap();
    let other = Site::parse(server.at("127.0.0.1", "/").as_str()).unwrap();
    let secret = SecretString::from("secret");

    let context = browser.show(&server.url("/")).await;
    let top = browser.see_page(context).await.document;
    let documents = browser.driver.documents(context);
    assert_eq!(documents.len(), 3, "{documents:?}");
    for (document, address) in documents {
        let at = |site: &Site| (address.clone(), site.to_string());
        let target = Target { document: document.clone(), element: ElementId(9999) };
        for site in [&own, &other] {
            let outcome = browser.driver.fill(context, &target, &secret, site).await;
            // In the frame of its own site the door is open, and there is no such element.
            let open = *site == own && (document == top || address == same.as_str());
            match outcome {
                Err(rekey_browser::DriverError::ForeignPage) => assert!(!open, "{:?}", at(site)),
                Err(rekey_browser::DriverError::Stale) => assert!(open, "{:?}", at(site)),
                other => panic!("{other:?} {:?}", at(site)),
            }
        }
    }
    assert!(server.reports().is_empty());
    drop(browser.driver.next(context, PATIENCE / 20).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_may_open_a_window_as_a_persons_click_may() {
    let server = Server::start().await;
    server.page(
        "/",
        "<form onsubmit=\"window.open('/popup'); return false\"><label>E-mail <input name=login autocomplete=username></label>
        <label>Password <input type=password autocomplete=current-password></label><button>Sign in</button></form>",
    );
    server.page("/popup", "<h1>Choose an account</h1>");
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;
    let page = browser.see_page(context).await;
    let submit = page.reading.action(ActionRole::Submit).unwrap().element;
    let site = Site::of(page.origin.as_ref().unwrap());
    browser.driver.press(context, &page.target(submit), &site).await.unwrap();
    let popup = browser.see_page(context).await;
    assert_eq!(popup.url, server.url("/popup"));
}
