//! Hostile pages: one suite for every driver that shows pages and answers their ceremonies.
//!
//! Each page under `tests/fixtures/hostile/` states what it tries, tries it, and reports what it got: nothing. Where a
//! case needs the host's part as well, it is a function here. All of them judge by what arrived at the server and by what
//! the host saw.

mod ceremonies;
mod history;
mod pages;
mod prompts;
mod runs;
mod secrets;

use std::time::Duration;

use rekey_browser::{CeremonyReply, CeremonyRequest, ContextId, Driver, DriverError, Seen};
use rekey_journey::page::{ActionRole, DocumentId, Observation};
use rekey_origin::Site;
use tempfile::TempDir;
use tokio::time::Instant;
use url::Url;

use crate::pages::Server;

pub use ceremonies::*;
pub use history::*;
pub use pages::*;
pub use prompts::*;
pub use runs::*;
pub use secrets::*;

/// The host name of hostile pages.
pub const HOSTILE: &str = "localhost";
/// The host name of the site that they are after.
pub const VICTIM: &str = "127.0.0.1";

/// How long anything may take.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What the host refuses with.
const REFUSAL: CeremonyReply = CeremonyReply::Refusal("NotAllowedError");

/// Calls a macro with the names of all cases that take a [`Subject`].
#[macro_export]
macro_rules! hostile_cases {
    ($each:ident) => {
        $each! {
            pages_at_the_top_get_nothing,
            pages_in_a_popup_get_nothing,
            pages_in_a_frame_get_nothing,
            pages_in_a_sandbox_get_nothing,
            the_page_that_is_being_left_is_never_taken_for_the_next,
            a_redirect_ends_a_ceremony,
            a_document_that_is_written_anew_gets_its_own_answers_only,
            a_popup_cannot_answer_its_opener,
            calls_in_a_loop_are_refused_and_the_driver_goes_on,
            a_popup_needs_a_persons_act,
            going_back_brings_back_the_page_and_its_own_origin,
            another_sites_secret_is_never_filled_in,
            a_secret_goes_into_no_hidden_field,
            a_field_that_is_swapped_gets_nothing,
            a_frame_of_another_site_gets_nothing,
            a_fake_prompt_is_not_answered,
            named_elements_hide_nothing,
            the_channel_works_where_a_site_forbids_everything,
        }
    };
}

/// A driver under test.
pub struct Subject<D> {
    /// The driver.
    pub driver: Box<D>,
    /// The documents of a context that the driver knows, each with its address.
    pub documents: fn(&D, ContextId) -> Vec<(DocumentId, String)>,
    /// The folder that the driver uses, removed at the end.
    pub data: TempDir,
}

impl<D: Driver> Subject<D> {
    /// A fresh context that shows an address.
    pub async fn show(&mut self, url: &Url) -> ContextId {
        let context = self.driver.open().await.unwrap();
        self.driver.navigate(context, url).await.unwrap();
        context
    }

    /// The page as it rests; whatever ceremony comes before it is refused.
    pub async fn see_page(&mut self, context: ContextId) -> Observation {
        self.see(context, |_| true).await
    }

    /// The page once it is at an address.
    pub async fn see_page_at(&mut self, context: ContextId, url: &Url) -> Observation {
        self.see(context, |page| page.url == *url).await
    }

    async fn see(&mut self, context: ContextId, is_it: impl Fn(&Observation) -> bool) -> Observation {
        let deadline = Instant::now() + PATIENCE;
        let mut last = None;
        while Instant::now() < deadline {
            match self.driver.next(context, PATIENCE / 4).await {
                Ok(Seen::Page(page)) if is_it(&page) => return *page,
                Ok(Seen::Ceremony(ceremony)) => self.refuse(context, &ceremony).await,
                other => last = Some(other),
            }
        }
        panic!("not the page that is waited for: {last:?}")
    }

    /// The next ceremony that a page asks for.
    pub async fn see_ceremony(&mut self, context: ContextId) -> CeremonyRequest {
        let deadline = Instant::now() + PATIENCE;
        let mut last = None;
        while Instant::now() < deadline {
            match self.driver.next(context, PATIENCE / 20).await {
                Ok(Seen::Ceremony(ceremony)) => return ceremony,
                other => last = Some(other),
            }
        }
        panic!("no ceremony but {last:?}; {:?}", (self.documents)(&self.driver, context))
    }

    /// Refuses a ceremony, which may be over.
    pub async fn refuse(&mut self, context: ContextId, ceremony: &CeremonyRequest) {
        let outcome = self.driver.answer(context, ceremony.id, REFUSAL).await;
        assert!(matches!(outcome, Ok(()) | Err(DriverError::Stale)), "{outcome:?}");
    }

    /// Presses the control that sends the page's form, as the site of the page.
    pub async fn submit(&mut self, context: ContextId, page: &Observation) -> Result<(), DriverError> {
        let submit = page.reading.action(ActionRole::Submit).expect("the page has a form to send").element;
        let site = Site::of(page.origin.as_ref().expect("a page with an origin"));
        self.driver.press(context, &page.target(submit), &site).await
    }
}

/// A form whose sending runs a script, as a person's act would.
fn form(script: &str) -> String {
    format!(
        "<form onsubmit=\"{}; return false\"><label>E-mail <input name=login autocomplete=username></label>
        <label>Password <input type=password name=password autocomplete=current-password></label>
        <button>Sign in</button></form>",
        script.replace('"', "&quot;")
    )
}

/// Asks for a passkey with a challenge of one byte and reports under a name what comes of it.
fn ask(challenge: u8, report: &str) -> String {
    format!(
        "navigator.credentials.get({{ publicKey: {{ challenge: new Uint8Array([{challenge}]) }} }})
        .then(() => 'answered', (error) => error.name)
        .then((outcome) => fetch('/report/{report}', {{ method: 'POST', body: outcome }}));"
    )
}

/// The challenge of [`ask`] in a ceremony.
fn challenge(ceremony: &CeremonyRequest) -> u8 {
    let options: serde_json::Value = serde_json::from_str(&ceremony.options).unwrap();
    match options.get("challenge").and_then(|challenge| challenge.as_str()) {
        Some("AQ") => 1,
        Some("Ag") => 2,
        other => panic!("{other:?}"),
    }
}

fn site(server: &Server, host: &str) -> Site {
    Site::parse(server.at(host, "/").as_str()).unwrap()
}

fn reported(server: &Server, name: &str) -> bool {
    server.reports().iter().any(|(reported, _)| reported == name)
}
