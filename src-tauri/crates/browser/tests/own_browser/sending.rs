//! Forms that would send a secret elsewhere: nothing is put into them, and nothing in them is sent.

use rekey_browser::{ContextId, Driver, DriverError};
use rekey_journey::page::{ActionRole, FieldRole, Observation, Target};
use rekey_origin::Site;
use secrecy::SecretString;

use crate::server::Server;
use crate::support::{Browser, PATIENCE, bridged};

/// Has the form of an address, so that the browser lets the e-mail field send it.
const SECRET: &str = "secret@example.com";

/// A sign-in form, and a script that reports what comes into its fields.
fn form(attributes: &str, button: &str, script: &str) -> String {
    format!(
        "<form id=f {attributes}><label>E-mail <input name=login type=email autocomplete=username></label>
        <label>Password <input id=p type=password name=password autocomplete=current-password></label>
        <button {button}>Sign in</button></form>
        <script>addEventListener('input', (e) => fetch('/report/' + e.target.type, {{method: 'POST', body: e.target.value}}));
        {script}</script>"
    )
}

struct Shown {
    server: Server,
    browser: Browser,
    context: ContextId,
    page: Observation,
    site: Site,
}

impl Shown {
    async fn new(body: impl Fn(&Server) -> String) -> Self {
        let server = Server::start().await;
        server.page("/", &body(&server));
        server.page("/in", "<p>Welcome <a href=/out>Sign out</a>");
        let mut browser = bridged().await;
        let context = browser.show(&server.url("/")).await;
        let page = browser.see_page(context).await;
        let site = Site::of(page.origin.as_ref().unwrap());
        Self { server, browser, context, page, site }
    }

    async fn show(&mut self, body: &str) {
        self.server.page("/", body);
        self.browser.driver.navigate(self.context, &self.server.url("/")).await.unwrap();
        self.page = self.browser.see_page(self.context).await;
    }

    fn field(&self, role: FieldRole) -> Target {
        self.page.target(self.page.reading.field(role).unwrap().element)
    }

    fn submit(&self) -> Target {
        self.page.target(self.page.reading.action(ActionRole::Submit).unwrap().element)
    }

    async fn fill(&mut self, role: FieldRole) -> Result<(), DriverError> {
        let target = self.field(role);
        self.browser.driver.fill(self.context, &target, &SecretString::from(SECRET), &self.site).await
    }

    async fn press(&mut self) -> Result<(), DriverError> {
        let target = self.submit();
        self.browser.driver.press(self.context, &target, &self.site).await
    }
}

fn foreign(outcome: &Result<(), DriverError>) -> bool {
    matches!(outcome, Err(DriverError::ForeignPage))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_sends_elsewhere_gets_neither_name_nor_password() {
    let mut shown = Shown::new(|_| form("", "", "")).await;
    let elsewhere = shown.server.at("127.0.0.1", "/in");
    for (attributes, button) in [
        (format!("method=post action='{elsewhere}'"), String::new()),
        ("method=post action='https://other.example/in'".to_owned(), String::new()),
        ("method=post action='http://other.example/in'".to_owned(), String::new()),
        ("method=post action='mailto:a@other.example'".to_owned(), String::new()),
        ("method=post action='/in'".to_owned(), format!("formaction='{elsewhere}'")),
        ("method=post action='/in'".to_owned(), "formaction='//other.example'".to_owned()),
        // The form's own property is hidden behind an element of its name.
        (format!("method=post action='{elsewhere}'><input type=hidden name=action value='/in'"), String::new()),
        // What is relative is so to the base that the page states.
        ("method=post action='in'><base href='https://other.example/'".to_owned(), String::new()),
    ] {
        shown.show(&form(&attributes, &button, "")).await;
        for role in [FieldRole::UserName, FieldRole::CurrentPassword] {
            let outcome = shown.fill(role).await;
            assert!(foreign(&outcome), "{attributes} {button} {role:?}: {outcome:?}");
        }
    }
    assert!(shown.server.reports().is_empty(), "{:?}", shown.server.reports());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_never_becomes_a_part_of_an_address() {
    let mut shown = Shown::new(|_| form("method=get action=/in", "", "")).await;
    assert!(foreign(&shown.fill(FieldRole::CurrentPassword).await));
    // A user name may: two-step forms are often sent so.
    shown.fill(FieldRole::UserName).await.unwrap();
    assert_eq!(shown.server.report("email").await, SECRET);
    shown.show(&form("method=post action=/in", "formmethod=get", "")).await;
    assert!(foreign(&shown.fill(FieldRole::CurrentPassword).await));
    assert_eq!(shown.server.reports().len(), 1, "{:?}", shown.server.reports());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_led_elsewhere_in_the_meantime_gets_nothing_and_sends_nothing() {
    let swap = |event: &str, server: &Server| {
        let elsewhere = server.at("127.0.0.1", "/stolen");
        // The window itself gets the focus too, at a time of the browser's choice.
        let swaps = format!("e.target === window || f.setAttribute('action', '{elsewhere}')");
        format!("addEventListener('{event}', (e) => {swaps}, true)")
    };
    // While it is filled in.
    let mut shown = Shown::new(|server| form("method=post action=/in", "", &swap("focus", server))).await;
    // The form changed under our hands; the next look finds where it leads now.
    assert!(matches!(shown.fill(FieldRole::CurrentPassword).await, Err(DriverError::Stale)));
    assert!(foreign(&shown.fill(FieldRole::CurrentPassword).await));
    assert!(shown.server.reports().is_empty(), "{:?}", shown.server.reports());
    // After it was filled in, before it is sent, and while it is sent.
    for (event, found_out_while_pressing) in [("change", false), ("mousedown", true)] {
        let body = form("method=post action=/in", "", &swap(event, &shown.server));
        shown.show(&body).await;
        shown.fill(FieldRole::CurrentPassword).await.unwrap();
        if found_out_while_pressing {
            let outcome = shown.press().await;
            assert!(matches!(outcome, Err(DriverError::Stale)), "{event}: {outcome:?}");
        }
        let outcome = shown.press().await;
        assert!(foreign(&outcome), "{event}: {outcome:?}");
        drop(shown.browser.driver.next(shown.context, PATIENCE / 20).await.unwrap());
        let documents = shown.browser.driver.documents(shown.context);
        assert_eq!(documents.len(), 1);
        assert_eq!(documents[0].1, shown.server.url("/").as_str(), "{event}");
    }
    // An empty form may lead where it will: that is how a site passes people on to another that vouches for them.
    let elsewhere = shown.server.at("127.0.0.1", "/in");
    shown.show(&form(&format!("action='{elsewhere}'"), "", "")).await;
    shown.press().await.unwrap();
    let next = shown.browser.see_page(shown.context).await.url;
    assert_eq!((next.host(), next.path()), (elsewhere.host(), "/in"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ordinary_forms_go_on_working() {
    let handled = "f.onsubmit = (e) => { e.preventDefault(); fetch('/report/sent', {method: 'POST', body: p.value}); }";
    for attributes in
        ["", "action", "action='#'", "action=/in", "action='javascript:void(0)'", "action=/in method=post"]
    {
        let mut shown = Shown::new(|_| form(attributes, "", handled)).await;
        for role in [FieldRole::UserName, FieldRole::CurrentPassword] {
            shown.fill(role).await.unwrap();
        }
        shown.press().await.unwrap();
        assert_eq!(shown.server.report("sent").await, SECRET, "{attributes}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_page_is_neither_pressed_nor_ticked() {
    let body =
        form("action=/in", "", "").replace("<button", "<label><input type=checkbox name=r> Remember me</label><button");
    let mut shown = Shown::new(|_| body.clone()).await;
    shown.site = Site::parse(shown.server.at("127.0.0.1", "/").as_str()).unwrap();
    assert!(foreign(&shown.press().await));
    let tick = shown.field(FieldRole::RememberMe);
    let outcome = shown.browser.driver.tick(shown.context, &tick, true, &shown.site).await;
    assert!(foreign(&outcome));
    let own = Site::of(shown.page.origin.as_ref().unwrap());
    shown.browser.driver.tick(shown.context, &tick, true, &own).await.unwrap();
    assert_eq!(shown.server.report("checkbox").await, "on");
    assert_eq!(shown.browser.driver.documents(shown.context)[0].1, shown.server.url("/").as_str());
}
