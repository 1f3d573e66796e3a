//! Hostile pages in an installed browser.
#![allow(clippy::unwrap_used, reason = "a test program")]

use rekey_app::Assist;
use rekey_app::migrate::{Launch, Mode, own_browser};
use rekey_browser::own_browser::{Options, OwnBrowser, discover, launch};
use rekey_tests::hostile::{self, Subject};
use rekey_tests::rehearsal::is_root;
use tempfile::TempDir;

async fn subject() -> Subject<OwnBrowser> {
    let data = TempDir::new().unwrap();
    let program = discover().await.into_iter().next().unwrap().path;
    let mut options = Options::new(program, data.path().join("profile"));
    options.headless = true;
    options.no_sandbox = is_root();
    Subject { driver: Box::new(launch(options).await.unwrap()), documents: OwnBrowser::documents, data }
}

macro_rules! tests {
    ($($case:ident,)*) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $case() {
            hostile::$case(&mut subject().await).await;
        }
    )*};
}

rekey_tests::hostile_cases!(tests);

fn in_a_browser(data: &TempDir) -> Launch {
    own_browser(rekey_app::migrate::OwnBrowser {
        profile: data.path().join("profile"),
        headless: true,
        mode: Mode::Bridged,
        assist: Assist::Auto,
        no_sandbox: is_root(),
        capabilities: rekey_browser::Capabilities::default(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_asks_for_anothers_passkeys_in_a_loop() {
    let data = TempDir::new().unwrap();
    hostile::a_site_that_asks_for_anothers_passkeys_in_a_loop(in_a_browser(&data)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_asks_for_anothers_passkey_instead_of_its_own() {
    let data = TempDir::new().unwrap();
    hostile::a_site_that_asks_for_anothers_passkey_instead_of_its_own(in_a_browser(&data)).await;
}
