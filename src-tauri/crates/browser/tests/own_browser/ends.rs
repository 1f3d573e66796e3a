//! Browsers that end, pages that do not come, and what is left behind.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rekey_browser::own_browser::launch;
use rekey_browser::{CeremonyReply, Driver, DriverError};
use tempfile::TempDir;

use crate::channel::REPORT;
use crate::server::Server;
use crate::support::{PATIENCE, bridged, is_root, options};

/// The processes whose command line names a profile folder.
fn processes_of(profile: &Path) -> Vec<u32> {
    let profile = profile.to_str().unwrap();
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        let command = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        if String::from_utf8_lossy(&command).contains(profile) && id != std::process::id() {
            found.push(id);
        }
    }
    found
}

fn wait_until(what: &str, condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn kill(id: u32) {
    assert!(Command::new("kill").args(["-9", &id.to_string()]).status().unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_is_killed_is_gone() {
    let server = Server::start().await;
    server.page("/", "<p>here");
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;
    browser.see_page(context).await;
    kill(browser.driver.process_id().unwrap());
    let error = browser.driver.next(context, PATIENCE).await.unwrap_err();
    assert!(matches!(error, DriverError::Gone), "{error:?}");
    let error = browser.driver.open().await.unwrap_err();
    assert!(matches!(error, DriverError::Gone), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_where_nobody_answers_is_unreachable() {
    let mut browser = bridged().await;
    let context = browser.driver.open().await.unwrap();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{closed}/").parse().unwrap();
    match browser.driver.navigate(context, &url).await {
        Err(DriverError::Unreachable { code }) => assert_eq!(code, "net::ERR_CONNECTION_REFUSED"),
        other => panic!("{other:?}"),
    }
    let file = "file:///etc/passwd".parse().unwrap();
    let error = browser.driver.navigate(context, &file).await.unwrap_err();
    assert!(matches!(error, DriverError::Refused { .. }), "{error:?}");

    // A page that leads there by itself.
    let server = Server::start().await;
    server.page("/", &format!("<p>leaving<script>onload = () => location = '{url}'</script>"));
    browser.driver.navigate(context, &server.url("/")).await.unwrap();
    let error = loop {
        match browser.driver.next(context, PATIENCE).await {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert!(matches!(&error, DriverError::Unreachable { code } if code == "net::ERR_CONNECTION_REFUSED"), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ceremony_does_not_outlive_its_document() {
    let server = Server::start().await;
    let get = "navigator.credentials.get({publicKey: {challenge: bytes(1)}, signal: window.signal})
        .then(() => report('get', 'answered'), (e) => report('get', e.name))";
    server.page("/", &format!("<script>{REPORT}{get}</script>"));
    server.page(
        "/abort",
        &format!(
            "<script>{REPORT} const c = new AbortController(); window.signal = c.signal; {get};
        setTimeout(() => c.abort(), 300)</script>"
        ),
    );
    server.page("/next", "<p>next");
    let mut browser = bridged().await;
    let context = browser.show(&server.url("/")).await;
    let ceremony = browser.see_ceremony(context).await;
    browser.driver.navigate(context, &server.url("/next")).await.unwrap();
    let late = browser.driver.answer(context, ceremony.id, CeremonyReply::Refusal("NotAllowedError")).await;
    assert!(matches!(late, Err(DriverError::Stale)), "{late:?}");
    assert_eq!(browser.see_page(context).await.url, server.url("/next"));

    browser.driver.navigate(context, &server.url("/abort")).await.unwrap();
    let ceremony = browser.see_ceremony(context).await;
    assert_eq!(server.report("get").await, "AbortError");
    // The page's report and the news of the abort come by different ways.
    wait_until("the abort arrives", || browser.driver.waiting(context) == 0);
    let late = browser.driver.answer(context, ceremony.id, CeremonyReply::Refusal("NotAllowedError")).await;
    assert!(matches!(late, Err(DriverError::Stale)), "{late:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_leaves_nothing_behind() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let options = options(&folder).await;
    let profile = options.profile_dir.clone();
    // Passkeys that a kept profile holds.
    std::fs::create_dir(&profile).unwrap();
    std::fs::write(profile.join("passkeys"), "p").unwrap();
    let here = || std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();

    let mut driver = Box::new(launch(options.clone()).await.unwrap());
    let own = here().into_iter().find(|path| *path != profile).unwrap();
    assert_eq!(std::fs::metadata(&own).unwrap().permissions().mode() & 0o777, 0o700);
    assert!(driver.facts().product.starts_with(['C', 'E', 'B']), "{:?}", driver.facts());
    driver.open().await.unwrap();

    // Two at once, each with a profile of its own.
    let mut second = Box::new(launch(options.clone()).await.unwrap());
    second.open().await.unwrap();
    assert_eq!(here().len(), 3);
    second.shut_down().await.unwrap();
    driver.open().await.unwrap();
    driver.shut_down().await.unwrap();
    assert_eq!(here(), std::slice::from_ref(&profile));
    assert_eq!(std::fs::read_dir(&profile).unwrap().count(), 1);
    wait_until("all its processes end", || processes_of(folder.path()).is_empty());

    let mut kept = options.clone();
    kept.keep_profile = true;
    let mut driver = Box::new(launch(kept.clone()).await.unwrap());
    driver.open().await.unwrap();
    assert!(!processes_of(&profile).is_empty());
    let again = launch(kept).await;
    assert!(matches!(again.err(), Some(DriverError::ProfileInUse)));
    drop(driver);
    wait_until("all its processes end when it is dropped", || processes_of(&profile).is_empty());
    assert!(profile.join("passkeys").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_started_says_so() {
    let folder = TempDir::new().unwrap();
    let mut options = options(&folder).await;
    if is_root() {
        options.no_sandbox = false;
        assert!(matches!(launch(options.clone()).await.err(), Some(DriverError::NoSandbox)));
        options.no_sandbox = true;
    }
    for program in ["/nonexistent/browser", "/bin/true"] {
        options.program = program.into();
        assert!(matches!(launch(options.clone()).await.err(), Some(DriverError::Start(_))), "{program}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{program} leaves nothing");
    }
}

const CHILD: &str = "REKEY_TEST_PROFILE";

/// Not a test of its own: the process that the next test kills.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "run by the test below"]
async fn a_process_that_drives_a_browser() {
    let profile = std::env::var(CHILD).unwrap();
    let folder = TempDir::new().unwrap();
    let mut options = options(&folder).await;
    options.profile_dir = profile.clone().into();
    let mut driver = launch(options).await.unwrap();
    driver.open().await.unwrap();
    std::fs::write(Path::new(&profile).with_extension("open"), "").unwrap();
    std::future::pending::<()>().await;
}

#[test]
fn a_browser_ends_when_the_process_that_drives_it_is_killed() {
    let folder = TempDir::new().unwrap();
    let profile = folder.path().join("profile");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "ends::a_process_that_drives_a_browser"])
        .env(CHILD, &profile)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_until("the browser runs", || profile.with_extension("open").exists());
    assert!(!processes_of(folder.path()).is_empty());
    child.kill().unwrap();
    child.wait().unwrap();
    wait_until("the browser has ended", || processes_of(folder.path()).is_empty());

    // What it left is removed by the next.
    let folders = || std::fs::read_dir(folder.path()).unwrap().filter(|e| e.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(folders(), 1);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut options = options(&folder).await;
        options.profile_dir = profile.clone();
        let driver = Box::new(launch(options).await.unwrap());
        assert_eq!(folders(), 1);
        driver.shut_down().await.unwrap();
    });
    assert_eq!(folders(), 0);
}
