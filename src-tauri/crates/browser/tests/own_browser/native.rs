//! Native mode: the browser's own authenticators answer (a virtual one here), and the driver tells what the page got.

use rekey_browser::{CeremonyKind, Driver, DriverError, Mode, NativeCeremony, Seen};

use crate::channel::REPORT;
use crate::server::Server;
use crate::support::{Browser, PATIENCE, browser};

async fn see_native(browser: &mut Browser, context: rekey_browser::ContextId) -> Result<NativeCeremony, DriverError> {
    for _ in 0..10 {
        if let Seen::NativeCeremony(native) = browser.driver.next(context, PATIENCE / 4).await? {
            return Ok(native);
        }
    }
    panic!("no native ceremony")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_browsers_own_authenticator_did_is_reported_and_known_in_the_next_context() {
    let server = Server::start().await;
    let create = "navigator.credentials.create({publicKey: {rp: {name: 'Site'}, challenge: bytes(1),
        user: {id: bytes(1, 2, 3), name: 'a', displayName: 'A'}, pubKeyCredParams: [{type: 'public-key', alg: -7}],
        authenticatorSelection: {residentKey: 'required', userVerification: 'required'}}})
        .then((c) => report('created', c.id), (e) => report('created', e))";
    let get = "navigator.credentials.get({publicKey: {challenge: bytes(2)}})
        .then((c) => report('got', c.id), (e) => report('got', e))";
    server.page("/create", &format!("<script>{REPORT}{create}</script>"));
    server.page("/get", &format!("<script>{REPORT}{get}</script>"));
    server.page("/refused", &format!("<script>{REPORT}navigator.credentials.get({{publicKey: {{challenge: bytes(1), rpId: 'other.example'}}}}).catch(() => {{}})</script>"));
    let mut browser = browser(|options| {
        options.mode = Mode::Native;
        options.virtual_authenticator = true;
    })
    .await;

    let context = browser.show(&server.url("/create")).await;
    let made = see_native(&mut browser, context).await.unwrap();
    assert_eq!((made.kind, made.origin.to_string()), (CeremonyKind::Create, server.origin("localhost")));
    let id = server.report("created").await;
    let credential: serde_json::Value = serde_json::from_str(&made.outcome.unwrap()).unwrap();
    assert_eq!(credential["id"], id.as_str());
    assert!(credential["response"]["attestationObject"].is_string());

    browser.driver.navigate(context, &server.url("/refused")).await.unwrap();
    let refused = see_native(&mut browser, context).await.unwrap();
    assert_eq!((refused.kind, refused.outcome), (CeremonyKind::Get, Err("SecurityError".to_owned())));
    browser.driver.close(context).await.unwrap();

    let proof = browser.show(&server.url("/get")).await;
    let used = see_native(&mut browser, proof).await.unwrap();
    assert_eq!(used.kind, CeremonyKind::Get);
    assert_eq!(server.report("got").await, id);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_frame_got_is_not_reported() {
    let server = Server::start().await;
    let get = "navigator.credentials.get({publicKey: {challenge: bytes(2), rpId: 'other.example'}})
        .then(() => report('frame', 'got'), (e) => report('frame', e.name))";
    server.page("/frame", &format!("<script>{REPORT}{get}</script>"));
    server.page("/", "<iframe src=/frame allow='publickey-credentials-get'></iframe>");
    server.page("/top", &format!("<script>{REPORT}{}</script>", get.replace("'frame'", "'top'")));
    let mut browser = browser(|options| {
        options.mode = Mode::Native;
        options.virtual_authenticator = true;
    })
    .await;
    let context = browser.show(&server.url("/")).await;
    assert_eq!(server.report("frame").await, "SecurityError");
    browser.driver.navigate(context, &server.url("/top")).await.unwrap();
    // The first report is the top page's: the frame's came earlier and was dropped.
    let seen = see_native(&mut browser, context).await.unwrap();
    assert_eq!(server.report("top").await, "SecurityError");
    assert_eq!(seen.outcome, Err("SecurityError".to_owned()));
    let page = browser.driver.next(context, PATIENCE / 10).await.unwrap();
    assert!(matches!(page, Seen::Page(_)), "{page:?}");
}
