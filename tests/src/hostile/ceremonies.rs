//! Calls of pages that move while they wait.

use rekey_browser::{Driver, DriverError, Seen};
use rekey_journey::page::{ElementId, Target};
use secrecy::SecretString;
use tokio::time::Instant;

use super::{HOSTILE, PATIENCE, REFUSAL, Subject, VICTIM, ask, challenge, form, reported, site};
use crate::pages::{Page, Server};

/// A page that asks without end, and in every event of its own end, while the host goes from it to another site and back:
/// no call of one is ever taken for a call of the other, and nothing is filled into the one that is gone.
pub async fn the_page_that_is_being_left_is_never_taken_for_the_next<D: Driver>(subject: &mut Subject<D>) {
    let server = Server::start().await;
    let flood = |challenge: u8| {
        format!(
            "<title>{challenge}</title><form method=post><input type=password></form><script>
            const ask = () => navigator.credentials.get({{ publicKey: {{ challenge: new Uint8Array([{challenge}]) }} }}).catch(() => {{}});
            for (const event of ['beforeunload', 'pagehide', 'unload', 'visibilitychange']) addEventListener(event, ask);
            setInterval(() => {{ for (let i = 0; i < 4; i++) ask(); }}, 1);</script>"
        )
    };
    server.page("/hostile", &flood(1));
    server.page("/victim", &flood(2));
    // The page that is left has time to go on.
    for path in ["/hostile", "/victim"] {
        server.delay(path, PATIENCE / 80);
    }
    let sides = [(1, HOSTILE, server.at(HOSTILE, "/hostile")), (2, VICTIM, server.at(VICTIM, "/victim"))];
    let context = subject.driver.open().await.unwrap();
    let secret = SecretString::from("a secret");
    let mut left = None;
    for (number, host, address) in sides.iter().cycle().take(6) {
        subject.driver.navigate(context, address).await.unwrap();
        for _ in 0..12 {
            let ceremony = subject.see_ceremony(context).await;
            assert_eq!(challenge(&ceremony), *number);
            assert_eq!(ceremony.origin.to_string(), server.origin(host));
            subject.driver.answer(context, ceremony.id, REFUSAL).await.unwrap();
            let (document, victim) = (ceremony.document.clone(), site(&server, host));
            if let Some(left) = left.replace(document).filter(|left| *left != ceremony.document) {
                let target = Target { document: left, element: ElementId(0) };
                let outcome = subject.driver.fill(context, &target, &secret, &victim).await;
                assert!(matches!(outcome, Err(DriverError::Stale)), "{outcome:?}");
            }
        }
    }
}

/// A page that leads itself away, and one that the host leads away, while the host makes its answer.
pub async fn a_redirect_ends_a_ceremony<D: Driver>(subject: &mut Subject<D>) {
    let server = Server::start().await;
    server.page("/away", &format!("{}<script>{}</script>", form("location = '/after'"), ask(1, "own")));
    let to_victim = form(&format!("location = '{}'", server.at(VICTIM, "/after")));
    server.page("/away-to-victim", &format!("{to_victim}<script>{}</script>", ask(1, "foreign")));
    server.page("/led", &format!("<script>{}</script>", ask(1, "led")));
    server.page("/after", &format!("<p>after<script>{}</script>", ask(2, "after")));
    for (path, host) in [("/away", HOSTILE), ("/away-to-victim", VICTIM), ("/led", VICTIM)] {
        let context = subject.show(&server.at(HOSTILE, path)).await;
        let old = subject.see_ceremony(context).await;
        assert_eq!((old.origin.to_string(), challenge(&old)), (server.origin(HOSTILE), 1));
        if path == "/led" {
            subject.driver.navigate(context, &server.at(VICTIM, "/after")).await.unwrap();
        } else {
            let page = subject.see_page(context).await;
            subject.submit(context, &page).await.unwrap();
        }
        let new = subject.see_ceremony(context).await;
        assert_eq!((new.origin.to_string(), challenge(&new)), (server.origin(host), 2), "{path}");
        let outcome = subject.driver.answer(context, old.id, REFUSAL).await;
        assert!(matches!(outcome, Err(DriverError::Stale)), "{path}: {outcome:?}");
        assert!(!reported(&server, "after"), "{path}");
        subject.driver.answer(context, new.id, REFUSAL).await.unwrap();
        assert_eq!(server.report("after").await, "NotAllowedError");
        server.forget_reports();
        subject.driver.close(context).await.unwrap();
    }
}

/// A page that writes itself anew while its call waits, gives that one up and calls again: each answer goes to its own call
/// or to nobody.
pub async fn a_document_that_is_written_anew_gets_its_own_answers_only<D: Driver>(subject: &mut Subject<D>) {
    let server = Server::start().await;
    let again = format!("window.first.abort();{}", ask(2, "anew"));
    let anew = format!("<p>anew<script>{again}</script>").replace('\'', "\\'").replace('\n', " ");
    let write =
        format!("document.open(); document.write('{}'); document.close()", anew.replace("</script", "<\\/script"));
    let first = ask(1, "first").replace(" } })", " }, signal: window.first.signal })");
    let first = format!("window.first = new AbortController();{first}");
    server.page("/", &format!("{}<script>{first}</script>", form(&write)));
    let context = subject.show(&server.at(HOSTILE, "/")).await;
    let first = subject.see_ceremony(context).await;
    let page = subject.see_page(context).await;
    subject.submit(context, &page).await.unwrap();
    let anew = subject.see_ceremony(context).await;
    assert_eq!((challenge(&first), challenge(&anew)), (1, 2));
    assert_eq!(anew.origin.to_string(), server.origin(HOSTILE));
    subject.driver.answer(context, anew.id, REFUSAL).await.unwrap();
    assert_eq!(server.report("anew").await, "NotAllowedError");
    subject.refuse(context, &first).await;
    // It depends on the engine whether the script that asked first is still there.
    let ended = |(name, outcome): &(String, String)| name == "anew" || outcome == "AbortError";
    assert!(server.reports().iter().all(ended), "{:?}", server.reports());
}

/// A popup that posts answers, in every form it can think of, to the page that opened it and waits for its passkey.
pub async fn a_popup_cannot_answer_its_opener<D: Driver>(subject: &mut Subject<D>) {
    let server = Server::start().await;
    let popup = server.at(HOSTILE, "/popup");
    server.page("/", &form(&format!("window.open('{popup}'); {}", ask(2, "opener").replace('\n', " "))));
    server.page(
        "/popup",
        "<p>popup<script>
        const answer = JSON.stringify({ id: 1, credential: JSON.stringify({ id: 'AA', rawId: 'AA', response: {} }) });
        for (const data of [answer, JSON.parse(answer), { rekey: answer }, [0, answer]]) {
          const { port1, port2 } = new MessageChannel();
          port1.postMessage(data);
          opener.postMessage(data, '*');
          opener.postMessage(data, '*', [port2]);
        }
        try { opener.dispatchEvent(new MessageEvent('message', { data: answer })); } catch { /* another site */ }
        try { opener.rekeyBridge.answer(0, answer); } catch { /* another site */ }
        fetch('/report/posted', { method: 'POST', body: '' });</script>",
    );
    let context = subject.show(&server.at(VICTIM, "/")).await;
    let opener = subject.see_page(context).await;
    subject.submit(context, &opener).await.unwrap();
    let asked = subject.see_ceremony(context).await;
    assert_eq!(asked.origin.to_string(), server.origin(VICTIM));
    server.report("posted").await;
    let shown = subject.see_page(context).await;
    assert_eq!(shown.url, popup, "the newest window is the current page");
    assert!(!reported(&server, "opener"), "{:?}", server.reports());
    subject.driver.answer(context, asked.id, REFUSAL).await.unwrap();
    assert_eq!(server.report("opener").await, "NotAllowedError");
}

/// Fifty calls at once: one waits, the rest are refused at once. Then calls without end, and the driver still looks, and
/// goes elsewhere.
pub async fn calls_in_a_loop_are_refused_and_the_driver_goes_on<D: Driver>(subject: &mut Subject<D>) {
    let server = Server::start().await;
    server.page(
        "/",
        "<p>hostile<script>
        const create = () => navigator.credentials.create({ publicKey: {
          rp: { name: 'x' }, user: { id: new Uint8Array(1), name: 'x', displayName: 'x' },
          challenge: new Uint8Array(1), pubKeyCredParams: [],
        } }).then(() => 'answered', (error) => error.name);
        const report = (name, body) => fetch('/report/' + name, { method: 'POST', body });
        const outcomes = [];
        const told = (outcome) => {
          outcomes.push(outcome);
          if (outcomes.length === 49) report('at-once', [...new Set(outcomes)].join());
          if (outcomes.length === 50) report('all', [...new Set(outcomes)].join());
        };
        const rest = () => new Promise((resolve) => setTimeout(resolve));
        const endless = async () => { for (;;) { await create(); await rest(); } };
        const first = Array.from({ length: 50 }, () => create().then(told));
        Promise.all(first).then(() => { for (let i = 0; i < 20; i++) endless(); });</script>",
    );
    server.page("/quiet", "<p>victim");
    let context = subject.show(&server.at(HOSTILE, "/")).await;
    assert_eq!(server.report("at-once").await, "NotAllowedError");
    let ceremony = subject.see_ceremony(context).await;
    assert_eq!(ceremony.origin.to_string(), server.origin(HOSTILE));
    subject.driver.answer(context, ceremony.id, REFUSAL).await.unwrap();
    assert_eq!(server.report("all").await, "NotAllowedError");
    let quiet = server.at(VICTIM, "/quiet");
    for _ in 0..30 {
        let ceremony = subject.see_ceremony(context).await;
        subject.refuse(context, &ceremony).await;
    }
    let started = Instant::now();
    subject.driver.navigate(context, &quiet).await.unwrap();
    assert_eq!(subject.see_page(context).await.url, quiet);
    assert!(started.elapsed() < PATIENCE / 2, "{:?}", started.elapsed());
}

/// The channel under the strictest policy that a site can set, in a page whose own script comes first.
pub async fn the_channel_works_where_a_site_forbids_everything<D: Driver>(subject: &mut Subject<D>) {
    let server = Server::start().await;
    let policy = "default-src 'none'; script-src 'nonce-n'; connect-src 'self'; require-trusted-types-for 'script'; \
                  trusted-types 'none'";
    let headers = vec![
        ("content-security-policy", policy.to_owned()),
        ("cross-origin-opener-policy", "same-origin".to_owned()),
        ("cross-origin-embedder-policy", "require-corp".to_owned()),
    ];
    let body = format!("<script nonce=n>{}</script><p>strict", ask(1, "strict"));
    server.add("/", Page { body, headers, status: 0 });
    let context = subject.show(&server.at(HOSTILE, "/")).await;
    let ceremony = subject.see_ceremony(context).await;
    subject.driver.answer(context, ceremony.id, REFUSAL).await.unwrap();
    assert_eq!(server.report("strict").await, "NotAllowedError");
    match subject.driver.next(context, PATIENCE).await.unwrap() {
        Seen::Page(page) => assert_eq!(page.url, server.at(HOSTILE, "/")),
        other => panic!("{other:?}"),
    }
}
