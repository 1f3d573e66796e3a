use libtest_mimic::Trial;
use rekey_browser::{CeremonyReply, Driver as _, DriverError};
use rekey_journey::page::{FieldRole, PageKind};
use rekey_origin::Site;
use rekey_tests::pages::Server;
use secrecy::SecretString;

use super::support::Windows;
use super::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("a_page_is_read_filled_and_sent", a_page_is_read_filled_and_sent),
        trial(
            "a_ceremony_reaches_the_host_and_its_answer_the_page",
            a_ceremony_reaches_the_host_and_its_answer_the_page,
        ),
        trial("an_address_that_leads_nowhere_is_told", an_address_that_leads_nowhere_is_told),
    ]
}

async fn a_page_is_read_filled_and_sent() {
    let server = Server::start().await;
    server.page(
        "/in",
        "<title>Sign in</title><form action='/report/sent' method=post><label>User name <input name=user autocomplete=username></label>\
         <label>Password <input name=password type=password autocomplete=current-password></label><button>Sign in</button></form>",
    );
    let mut windows = Windows::open().await;
    let context = windows.show(&server.url("/in")).await;
    let page = windows.see_page(context).await;
    assert_eq!(page.reading.kind, PageKind::SignIn);
    assert_eq!(page.status, Some(200));
    assert_eq!(page.origin.as_ref().unwrap().to_string(), server.origin("localhost"));
    let site = Site::parse(server.url("/").as_str()).unwrap();
    for (role, value) in [(FieldRole::UserName, "ann"), (FieldRole::CurrentPassword, "a secret")] {
        let field = page.reading.fields.iter().find(|field| field.role == role).unwrap();
        let value = SecretString::from(value);
        windows.driver.fill(context, &page.target(field.element), &value, &site).await.unwrap();
        let other = Site::parse("example.com").unwrap();
        let refused = windows.driver.fill(context, &page.target(field.element), &value, &other).await;
        assert!(matches!(refused, Err(DriverError::ForeignPage)), "{refused:?}");
    }
    let submit = page.reading.actions.first().unwrap();
    windows.driver.press(context, &page.target(submit.element), &site).await.unwrap();
    assert_eq!(server.report("sent").await, "user=ann&password=a+secret");
    let gone = windows.driver.press(context, &page.target(submit.element), &site).await;
    assert!(matches!(gone, Err(DriverError::Stale)), "{gone:?}");
    windows.driver.close(context).await.unwrap();
}

async fn a_ceremony_reaches_the_host_and_its_answer_the_page() {
    let server = Server::start().await;
    server.page(
        "/ask",
        "<script>navigator.credentials.get({publicKey: {challenge: new Uint8Array(3)}})\
         .catch((error) => fetch('/report/refused', {method: 'POST', body: error.name}))</script>",
    );
    let mut windows = Windows::open().await;
    let context = windows.show(&server.url("/ask")).await;
    let asked = windows.see_ceremony(context).await;
    assert_eq!(asked.origin.to_string(), server.origin("localhost"));
    assert_eq!(asked.options, r#"{"challenge":"AAAA"}"#);
    windows.driver.answer(context, asked.id, CeremonyReply::Refusal("SecurityError")).await.unwrap();
    assert_eq!(server.report("refused").await, "SecurityError");
    let again = windows.driver.answer(context, asked.id, CeremonyReply::Refusal("SecurityError")).await;
    assert!(matches!(again, Err(DriverError::Stale)), "{again:?}");
}

async fn an_address_that_leads_nowhere_is_told() {
    let mut windows = Windows::open().await;
    let context = windows.driver.open().await.unwrap();
    let failed = windows.driver.navigate(context, &"http://localhost:1/".parse().unwrap()).await;
    assert!(matches!(failed, Err(DriverError::Unreachable { .. })), "{failed:?}");
}
