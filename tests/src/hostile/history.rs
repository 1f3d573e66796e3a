//! Windows and their histories.

use rekey_browser::{Driver, DriverError};
use rekey_journey::page::{ElementId, Target};
use secrecy::SecretString;

use super::{HOSTILE, REFUSAL, Subject, VICTIM, ask, challenge, form, reported, site};
use crate::pages::Server;

/// A page that opens windows by itself, in every way, gets none; the press of a control opens one.
pub async fn a_popup_needs_a_persons_act<D: Driver>(subject: &mut Subject<D>) {
    let server = Server::start().await;
    let open = "window.open('/popup')";
    server.page(
        "/",
        &format!(
            "{}<a id=a href=/popup target=_blank rel=opener></a><form id=f action=/popup target=_blank></form><script>
            const opened = [];
            const tries = [() => {open}, () => window.open('/popup', 'named'), () => a.click(), () => f.submit()];
            const all = () => {{ for (const each of tries) try {{ if (each()) opened.push(1); }} catch {{}} }};
            all();
            setTimeout(() => {{ all(); fetch('/report/opened', {{ method: 'POST', body: String(opened.length) }}); }}, 50);
            </script>",
            form(open)
        ),
    );
    server.page("/popup", "<p>popup<script>fetch('/report/popup', { method: 'POST', body: '' })</script>");
    let context = subject.show(&server.at(HOSTILE, "/")).await;
    assert_eq!(server.report("opened").await, "0");
    let page = subject.see_page(context).await;
    assert_eq!(page.url, server.at(HOSTILE, "/"));
    assert!(!reported(&server, "popup"));
    subject.submit(context, &page).await.unwrap();
    assert_eq!(subject.see_page_at(context, &server.at(HOSTILE, "/popup")).await.url.path(), "/popup");
    server.report("popup").await;
}

/// A page that asks whenever it is shown, is left, and comes back from the engine's memory or from the network: it speaks
/// in its own name, and what was known of the page in between is gone.
pub async fn going_back_brings_back_the_page_and_its_own_origin<D: Driver>(subject: &mut Subject<D>) {
    let server = Server::start().await;
    server
        .page("/", &format!("<p>hostile<script>addEventListener('pageshow', () => {{ {} }})</script>", ask(1, "own")));
    let back = "history.pushState(null, '', '/hostile?'); history.replaceState(null, '', '/between'); history.go(-2)";
    server.page("/between", &format!("{}<script>{}</script>", form(back), ask(2, "between")));
    let (own, between) = (server.at(HOSTILE, "/"), server.at(VICTIM, "/between"));
    let context = subject.show(&own).await;
    let first = subject.see_ceremony(context).await;
    subject.driver.navigate(context, &between).await.unwrap();
    let second = subject.see_ceremony(context).await;
    assert_eq!((challenge(&second), second.origin.to_string()), (2, server.origin(VICTIM)));
    let outcome = subject.driver.answer(context, first.id, REFUSAL).await;
    assert!(matches!(outcome, Err(DriverError::Stale)), "{outcome:?}");
    let page = subject.see_page(context).await;
    subject.submit(context, &page).await.unwrap();
    let third = subject.see_ceremony(context).await;
    assert_eq!((challenge(&third), third.origin.to_string()), (1, server.origin(HOSTILE)));
    let outcome = subject.driver.answer(context, second.id, REFUSAL).await;
    assert!(matches!(outcome, Err(DriverError::Stale)), "{outcome:?}");
    let target = Target { document: page.document, element: ElementId(0) };
    let secret = SecretString::from("a secret");
    for host in [VICTIM, HOSTILE] {
        let outcome = subject.driver.fill(context, &target, &secret, &site(&server, host)).await;
        assert!(matches!(outcome, Err(DriverError::Stale)), "{outcome:?}");
    }
    assert!(!reported(&server, "between") && !reported(&server, "own"), "{:?}", server.reports());
    subject.driver.answer(context, third.id, REFUSAL).await.unwrap();
    assert_eq!(server.report("own").await, "NotAllowedError");
    assert_eq!(subject.see_page(context).await.url, own);
}
