//! A browser for each test, and steps that many tests take.

use std::path::PathBuf;
use std::time::Duration;

use rekey_browser::own_browser::{Options, OwnBrowser, discover, launch};
use rekey_browser::{CeremonyRequest, ContextId, Driver, DriverError, Seen};
use rekey_journey::page::Observation;
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Browsers are heavy; two at a time.
static BROWSERS: Semaphore = Semaphore::const_new(2);

pub(crate) struct Browser {
    pub(crate) driver: Box<OwnBrowser>,
    _profile: TempDir,
    _permit: SemaphorePermit<'static>,
}

pub(crate) async fn program() -> PathBuf {
    discover().await.into_iter().next().expect("these tests need a browser of the Chromium family").path
}

pub(crate) async fn options(profile: &TempDir) -> Options {
    let mut options = Options::new(program().await, profile.path().join("profile"));
    options.headless = true;
    // The sandbox does not start as root; elsewhere the tests run with it.
    options.no_sandbox = is_root();
    options
}

pub(crate) fn is_root() -> bool {
    std::env::var("HOME").is_ok_and(|home| home == "/root")
        || std::fs::metadata("/proc/self").is_ok_and(|m| {
            use std::os::unix::fs::MetadataExt;
            m.uid() == 0
        })
}

pub(crate) async fn browser(change: impl FnOnce(&mut Options)) -> Browser {
    let permit = BROWSERS.acquire().await.unwrap();
    let profile = TempDir::new().unwrap();
    let mut options = options(&profile).await;
    change(&mut options);
    let driver = Box::new(launch(options).await.unwrap());
    Browser { driver, _profile: profile, _permit: permit }
}

pub(crate) async fn bridged() -> Browser {
    browser(|_| {}).await
}

impl Browser {
    /// A fresh context that shows an address.
    pub(crate) async fn show(&mut self, url: &url::Url) -> ContextId {
        let context = self.driver.open().await.unwrap();
        self.driver.navigate(context, url).await.unwrap();
        context
    }

    pub(crate) async fn see_page(&mut self, context: ContextId) -> Observation {
        match self.driver.next(context, PATIENCE).await.unwrap() {
            Seen::Page(observation) => *observation,
            other => panic!("not a page: {other:?}"),
        }
    }

    pub(crate) async fn see_ceremony(&mut self, context: ContextId) -> CeremonyRequest {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while tokio::time::Instant::now() < deadline {
            match self.driver.next(context, PATIENCE / 20).await {
                Ok(Seen::Ceremony(ceremony)) => return ceremony,
                Ok(_) | Err(DriverError::TimedOut) => {}
                Err(error) => panic!("{error}"),
            }
        }
        panic!("no ceremony; {:?}", self.driver.documents(context))
    }
}
