//! What a page finds and gets at `navigator.credentials`, besides the answers themselves.

use rekey_browser::own_browser::OwnBrowser;
use rekey_browser::{CeremonyKind, CeremonyReply, CeremonyRequest, ContextId, Driver, Mediation, Seen, SignalKind};
use rekey_origin::RpId;

use crate::channel::{CREATED, GOT, REPORT};
use crate::server::Server;
use crate::support::{PATIENCE, bridged};

/// A host that answers as `tests/fixtures/webidl/suite.js` wants it.
async fn serve(driver: &mut OwnBrowser, context: ContextId) {
    loop {
        let (id, reply) = match driver.next(context, PATIENCE).await.unwrap() {
            Seen::Ceremony(CeremonyRequest { mediation: Mediation::Conditional, .. }) => continue,
            Seen::Ceremony(asked) => {
                let json = if asked.kind == CeremonyKind::Create { CREATED } else { GOT };
                (asked.id, CeremonyReply::Credential(json.to_owned()))
            }
            Seen::Signal(signal) => match RpId::for_origin(&signal.origin, Some(&signal.rp_id)) {
                Ok(_) => (signal.id, CeremonyReply::Taken),
                Err(_) => (signal.id, CeremonyReply::Refusal("SecurityError")),
            },
            _ => continue,
        };
        driver.answer(context, id, reply).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_finds_what_the_specifications_describe() {
    let suite = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/fixtures/webidl/suite.js");
    let suite = std::fs::read_to_string(suite).unwrap();
    let server = Server::start().await;
    let report = "addEventListener('results', () => report('results', JSON.stringify(window.__results)));";
    server.page("/", &format!("<script>{REPORT}{report}</script><script>{suite}</script>"));
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;
    let results = tokio::select! {
        results = server.report("results") => results,
        () = serve(&mut browser.driver, context) => unreachable!(),
    };
    let results: Vec<serde_json::Value> = serde_json::from_str(&results).unwrap();
    let failed: Vec<_> = results.iter().filter(|result| result["ok"] != true).map(ToString::to_string).collect();
    assert!(results.len() > 500, "{}", results.len());
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), results.len(), failed.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_insecure_page_finds_nothing() {
    let server = Server::start().await;
    let look = "report('found', [typeof PublicKeyCredential, typeof CredentialsContainer, typeof Credential,
        'credentials' in navigator].join())";
    server.page("/", &format!("<script>{REPORT}{look}</script>"));
    let mut browser = crate::support::browser(|options| {
        options.extra_args.push("--host-resolver-rules=MAP insecure.example 127.0.0.1".to_owned());
    })
    .await;
    browser.show(&server.at("insecure.example", "/")).await;
    assert_eq!(server.report("found").await, "undefined,undefined,undefined,false");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ceremony_that_the_page_gives_up_is_over() {
    let server = Server::start().await;
    let ask = "const stop = new AbortController();
        navigator.credentials.get({publicKey: {challenge: bytes(1)}, signal: stop.signal})
            .catch((why) => report('given-up', why));
        fetch('/report/asked', {method: 'POST', body: ''});
        addEventListener('message', () => stop.abort('no more'));
        const again = () => navigator.credentials.get({publicKey: {challenge: bytes(2)}})
            .catch((error) => report('again', error.name));";
    server.page(
        "/",
        &format!(
            "<script>{REPORT}{ask}</script><button onclick=\"postMessage(0); setTimeout(again, 50)\">Sign in</button>"
        ),
    );
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;
    let first = browser.see_ceremony(context).await;
    let page = browser.see_page(context).await;
    let button = page.reading.actions.first().unwrap().element;
    let site = rekey_origin::Site::of(page.origin.as_ref().unwrap());
    browser.driver.press(context, &page.target(button), &site).await.unwrap();
    assert_eq!(server.report("given-up").await, "no more");
    tokio::time::timeout(PATIENCE, browser.driver.withdrawn(context, first.id)).await.unwrap();
    // The next one goes through, with the person's act.
    let second = browser.see_ceremony(context).await;
    assert!(second.standing.activated);
    browser.driver.answer(context, second.id, CeremonyReply::Refusal("NotAllowedError")).await.unwrap();
    assert_eq!(server.report("again").await, "NotAllowedError");
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_calls_reach_the_host_as_such() {
    let server = Server::start().await;
    let ask = "navigator.credentials.get({publicKey: {challenge: bytes(1)}, mediation: 'conditional'})
            .then((made) => report('got', made.id), (error) => report('got', error.name));
        PublicKeyCredential.signalCurrentUserDetails({rpId: 'localhost', userId: 'AQ', name: 'a', displayName: 'b'})
            .then(() => report('signal', 'taken'), (error) => report('signal', error.name));";
    server.page("/", &format!("<script>{REPORT}{ask}</script>"));
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;
    let conditional = browser.see_ceremony(context).await;
    assert_eq!((conditional.kind, conditional.mediation), (CeremonyKind::Get, Mediation::Conditional));
    let signal = match browser.driver.next(context, PATIENCE).await.unwrap() {
        Seen::Signal(signal) => signal,
        other => panic!("{other:?}"),
    };
    assert_eq!((signal.kind, signal.rp_id.as_str()), (SignalKind::CurrentUserDetails, "localhost"));
    let options: serde_json::Value = serde_json::from_str(&signal.options).unwrap();
    assert_eq!(options, serde_json::json!({"rpId": "localhost", "userId": "AQ", "name": "a", "displayName": "b"}));
    browser.driver.answer(context, signal.id, CeremonyReply::Taken).await.unwrap();
    assert_eq!(server.report("signal").await, "taken");
    assert!(server.reports().iter().all(|(name, _)| name != "got"));
    browser.driver.answer(context, conditional.id, CeremonyReply::Credential(GOT.to_owned())).await.unwrap();
    assert_eq!(server.report("got").await, "AQID");
}
