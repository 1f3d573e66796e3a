//! What the driver writes to the log, at its most talkative: methods, never params.

use std::io;
use std::sync::Mutex;

use rekey_browser::Driver;
use rekey_journey::page::FieldRole;
use rekey_origin::Site;
use secrecy::SecretString;
use tracing_subscriber::fmt::MakeWriter;

use crate::server::Server;
use crate::support::bridged;

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Self
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_in_no_log_line_and_no_error() {
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(Log).with_ansi(false).init();
    let server = Server::start().await;
    server.page("/", "<form><input name=u autocomplete=username><input type=password autocomplete=current-password><button>Sign in</button></form>");
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;
    let page = browser.see_page(context).await;
    let target = page.target(page.reading.field(FieldRole::CurrentPassword).unwrap().element);
    let own = Site::of(page.origin.as_ref().unwrap());
    let secret = SecretString::from("correct-horse-battery");
    browser.driver.expect_user(context, &SecretString::from("staple-user")).await.unwrap();
    browser.driver.fill(context, &target, &secret, &own).await.unwrap();
    let mut errors = Vec::new();
    errors.push(browser.driver.fill(context, &target, &secret, &Site::parse("b.com").unwrap()).await.unwrap_err());
    let nowhere = page.target(rekey_journey::page::ElementId(9999));
    errors.push(browser.driver.fill(context, &nowhere, &secret, &own).await.unwrap_err());
    browser.driver.navigate(context, &server.url("/")).await.unwrap();
    errors.push(browser.driver.fill(context, &target, &secret, &own).await.unwrap_err());
    browser.see_page(context).await;

    let said = format!("{errors:?} {}", String::from_utf8_lossy(&LOG.lock().unwrap()));
    assert!(said.contains("Runtime.callFunctionOn"));
    for secret in ["correct-horse", "staple-user"] {
        assert!(!said.contains(secret), "{secret}");
    }
}
