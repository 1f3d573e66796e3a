//! What a page finds at `navigator.credentials` in an engine that has no WebAuthn.

use libtest_mimic::Trial;
use rekey_browser::{CeremonyKind, CeremonyReply, ContextId, Driver as _, DriverError, Mediation, Seen};
use rekey_origin::RpId;
use rekey_tests::pages::Server;

use super::support::{PATIENCE, Windows};
use super::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("a_page_finds_what_the_specifications_describe", a_page_finds_what_the_specifications_describe),
        trial("quiet_calls_hold_no_window_up", quiet_calls_hold_no_window_up),
    ]
}

const CREATED: &str = r#"{"id":"AQID","rawId":"AQID","type":"public-key","authenticatorAttachment":"platform",
    "response":{"clientDataJSON":"e30","attestationObject":"oA","transports":["internal"],"publicKey":"BAUG",
    "publicKeyAlgorithm":-7,"authenticatorData":"BwgJ"},"clientExtensionResults":{"credProps":{"rk":true}}}"#;
const GOT: &str = r#"{"id":"AQID","rawId":"AQID","type":"public-key","authenticatorAttachment":"platform",
    "response":{"clientDataJSON":"e30","authenticatorData":"BwgJ","signature":"CgsM","userHandle":"AQ"},
    "clientExtensionResults":{}}"#;

/// A host that answers as `tests/fixtures/webidl/suite.js` wants it.
async fn serve(windows: &mut Windows, context: ContextId) {
    loop {
        let (id, reply) = match windows.driver.next(context, PATIENCE).await {
            Ok(Seen::Ceremony(asked)) if asked.mediation == Mediation::Conditional => continue,
            Ok(Seen::Ceremony(asked)) => {
                let json = if asked.kind == CeremonyKind::Create { CREATED } else { GOT };
                (asked.id, CeremonyReply::Credential(json.to_owned()))
            }
            Ok(Seen::Signal(signal)) => match RpId::for_origin(&signal.origin, Some(&signal.rp_id)) {
                Ok(_) => (signal.id, CeremonyReply::Taken),
                Err(_) => (signal.id, CeremonyReply::Refusal("SecurityError")),
            },
            Ok(_) | Err(DriverError::TimedOut) => continue,
            Err(error) => panic!("{error}"),
        };
        windows.driver.answer(context, id, reply).await.unwrap();
    }
}

async fn a_page_finds_what_the_specifications_describe() {
    let suite = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/webidl/suite.js");
    let suite = std::fs::read_to_string(suite).unwrap();
    let server = Server::start().await;
    let report = "addEventListener('results', () => {
        fetch('/report/results', { method: 'POST', body: JSON.stringify(window.__results) });
    });";
    server.page("/", &format!("<script>{report}</script><script>{suite}</script>"));
    let mut windows = Windows::open().await;
    let context = windows.show(&server.url("/")).await;
    let results = tokio::select! {
        results = server.report("results") => results,
        () = serve(&mut windows, context) => unreachable!(),
    };
    let results: Vec<serde_json::Value> = serde_json::from_str(&results).unwrap();
    let failed: Vec<_> = results.iter().filter(|result| result["ok"] != true).map(ToString::to_string).collect();
    assert!(results.len() > 500, "{}", results.len());
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), results.len(), failed.join("\n"));
}

/// A conditional `get` waits from the beginning of a page to its end; the person's act still opens a window.
async fn quiet_calls_hold_no_window_up() {
    let server = Server::start().await;
    server.page("/small", "<title>small</title>");
    server.page(
        "/",
        "<form><label>E-mail <input name=login autocomplete=username></label><label>Password <input type=password></label>
        <button>Sign in</button></form><script>
        navigator.credentials.get({ publicKey: { challenge: new Uint8Array(1) }, mediation: 'conditional' });
        document.forms[0].onsubmit = (event) => {
          event.preventDefault();
          fetch('/report/opened', { method: 'POST', body: Boolean(open('/small')) });
        };</script>",
    );
    let mut windows = Windows::open().await;
    let context = windows.show(&server.url("/")).await;
    let asked = windows.see_ceremony(context).await;
    assert_eq!((asked.kind, asked.mediation), (CeremonyKind::Get, Mediation::Conditional));
    let page = windows.see_page(context).await;
    let submit = page.reading.action(rekey_journey::page::ActionRole::Submit).unwrap().element;
    let site = rekey_origin::Site::of(page.origin.as_ref().unwrap());
    windows.driver.press(context, &page.target(submit), &site).await.unwrap();
    assert_eq!(server.report("opened").await, "true");
}
