use std::time::Duration;

use rekey_app::text::Language;
use rekey_browser::{Capabilities, CeremonyRequest, ContextId, Driver, Seen};
use rekey_desktop::site_window::{Embedded, Options, Place, start};
use rekey_journey::page::Observation;
use tempfile::TempDir;
use url::Url;

pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A driver with a folder of its own.
pub(crate) struct Windows {
    pub(crate) driver: Box<Embedded>,
    _data: TempDir,
}

pub(crate) fn options(data: &TempDir) -> Options {
    Options {
        data: data.path().to_owned(),
        language: Language::English,
        no_sandbox: false,
        place: Place::default(),
        asks_elsewhere: false,
        capabilities: Capabilities::default(),
    }
}

impl Windows {
    pub(crate) async fn open() -> Self {
        let data = TempDir::new().unwrap();
        let driver = Box::new(start(options(&data)).await.unwrap());
        Self { driver, _data: data }
    }

    /// A fresh context that shows an address.
    pub(crate) async fn show(&mut self, url: &Url) -> ContextId {
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
            if let Seen::Ceremony(ceremony) = self.driver.next(context, PATIENCE / 20).await.unwrap() {
                return ceremony;
            }
        }
        panic!("no ceremony")
    }
}
