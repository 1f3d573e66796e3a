//! Waiting for pages and reading them.

use std::time::{Duration, Instant};

use rekey_browser::{Driver, DriverError, Seen};
use rekey_journey::page::{ActionRole, FieldRole, Notice, PageKind};
use rekey_origin::Site;
use secrecy::SecretString;

use crate::server::{Page, Server};
use crate::support::{PATIENCE, bridged, browser};

const FORM: &str = "<h1>Sign in</h1><form action=/in><label>E-mail <input type=email name=login autocomplete=username></label>
    <label>Password <input type=password name=password autocomplete=current-password></label><button>Sign in</button></form>";

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_read_once_it_rests_and_again_once_it_changed() {
    let server = Server::start().await;
    server.page("/", &format!("<p>Loading…<script>setTimeout(() => document.body.innerHTML = `{FORM}`, 400)</script>"));
    let headers = vec![("set-cookie", "session=1; Path=/; HttpOnly".to_owned())];
    let body = "<p>Welcome <a href=/out>Sign out</a>".to_owned();
    server.add("/in", Page { body, headers, status: 201 });
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;

    let mut page = browser.see_page(context).await;
    if page.reading.fields.is_empty() {
        page = browser.see_page(context).await;
    }
    assert_eq!(page.reading.kind, PageKind::SignIn);
    assert_eq!((page.status, page.cookie_changed, page.changed), (Some(200), false, true));
    assert_eq!(page.origin.as_ref().unwrap().to_string(), server.origin("localhost"));

    // Nothing changes: patience is waited for, and the page is told as it is.
    let start = Instant::now();
    let same = match browser.driver.next(context, Duration::from_secs(1)).await.unwrap() {
        Seen::Page(page) => *page,
        other => panic!("{other:?}"),
    };
    assert!(!same.changed && start.elapsed() >= Duration::from_secs(1) && start.elapsed() < Duration::from_secs(5));
    assert_eq!(same.reading, page.reading);

    // What Rekey fills in is no change; what pressing leads to is.
    let site = Site::of(page.origin.as_ref().unwrap());
    for role in [FieldRole::UserName, FieldRole::CurrentPassword] {
        let target = page.target(page.reading.field(role).unwrap().element);
        browser.driver.fill(context, &target, &SecretString::from("v@example.com"), &site).await.unwrap();
    }
    let submit = page.target(page.reading.action(ActionRole::Submit).unwrap().element);
    browser.driver.press(context, &submit, &site).await.unwrap();
    let next = browser.see_page(context).await;
    assert_eq!(next.url.path(), "/in");
    assert_eq!((next.status, next.cookie_changed, next.changed), (Some(201), true, true));
    assert!(next.reading.action(ActionRole::SignOut).is_some());
    let error = browser.driver.press(context, &submit, &site).await.unwrap_err();
    assert!(matches!(error, DriverError::Stale), "{error:?}");
    browser.driver.close(context).await.unwrap();
    assert!(matches!(browser.driver.next(context, PATIENCE).await, Err(DriverError::Stale)));
}

#[tokio::test(flavor = "multi_thread")]
async fn contexts_share_nothing() {
    let server = Server::start().await;
    let headers = vec![("set-cookie", "a=1; Path=/; Max-Age=9999".to_owned())];
    server.add("/", Page { body: "<script>localStorage.a = 1</script>".to_owned(), headers, status: 200 });
    server.page(
        "/report-it",
        "<script>fetch('/report/storage', {method: 'POST', body: document.cookie + (localStorage.a ?? '')})</script>",
    );
    let mut browser = bridged().await;
    let first = browser.show(&server.url("/")).await;
    assert!(browser.see_page(first).await.cookie_changed);
    let second = browser.show(&server.url("/report-it")).await;
    assert_eq!(server.report("storage").await, "");
    assert_ne!(first, second);
    assert!(!browser.see_page(second).await.cookie_changed);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_does_by_itself_does_not_hold_up_a_look() {
    let server = Server::start().await;
    // Never at rest: moves at every frame, and a request that is never answered in time.
    let moving = "<script>const tick = () => { document.body.className = Math.random(); requestAnimationFrame(tick) };
        onload = () => { tick(); alert('hello'); confirm('?'); onbeforeunload = (e) => e.preventDefault(); }</script>";
    server.page("/", &format!("{FORM}{moving}"));
    server.add("/gone", Page { body: "<h1>Not found</h1>".to_owned(), status: 404, headers: Vec::new() });
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;
    let start = Instant::now();
    let page = browser.see_page(context).await;
    assert_eq!(page.reading.kind, PageKind::SignIn);
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    browser.driver.navigate(context, &server.url("/gone")).await.unwrap();
    assert_eq!(browser.see_page(context).await.status, Some(404));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_a_script_fetches_is_waited_for() {
    let server = Server::start().await;
    let script = "<script>document.forms[0].onsubmit = async (e) => { e.preventDefault();
        await fetch('/slow'); const p = document.createElement('p'); p.setAttribute('role', 'alert');
        p.textContent = 'Wrong password'; document.forms[0].prepend(p) }</script>";
    server.page("/", &format!("{FORM}{script}"));
    server.add("/slow", Page { body: String::new(), status: 401, headers: Vec::new() });
    server.delay("/slow", Duration::from_millis(700));
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;
    let page = browser.see_page(context).await;
    let site = Site::of(page.origin.as_ref().unwrap());
    for role in [FieldRole::UserName, FieldRole::CurrentPassword] {
        let target = page.target(page.reading.field(role).unwrap().element);
        browser.driver.fill(context, &target, &SecretString::from("v@example.com"), &site).await.unwrap();
    }
    let submit = page.target(page.reading.action(ActionRole::Submit).unwrap().element);
    browser.driver.press(context, &submit, &site).await.unwrap();
    let next = browser.see_page(context).await;
    assert!(next.reading.says(Notice::Refused), "{next:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_acts_decides_whether_the_browser_says_automated() {
    let server = Server::start().await;
    server.page("/", "<script>fetch('/report/' + location.hash.slice(1), {method: 'POST', body: String(navigator.webdriver)})</script>");
    for (person_acts, expect) in [(false, "true"), (true, "false")] {
        let mut browser = browser(|options| options.person_acts = person_acts).await;
        browser.show(&server.url(&format!("/#{person_acts}"))).await;
        assert_eq!(server.report(&person_acts.to_string()).await, expect);
    }
}
