//! The one seam between a journey and whatever shows the site.

use std::time::Duration;

use async_trait::async_trait;
use rekey_journey::page::Target;
use rekey_origin::Site;
use secrecy::SecretString;
use url::Url;

use crate::{CeremonyId, CeremonyReply, DriverError, Seen};

/// One isolated set of cookies and storage with one page in it (and that page's popups).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContextId(pub u64);

/// Who answers `navigator.credentials`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Rekey does, through [`Driver::answer`].
    Bridged,
    /// The browser's own authenticators do; Rekey observes.
    Native,
}

/// What a driver is, for the ledger and `doctor`.
#[derive(Debug, Clone)]
pub struct DriverFacts {
    /// Product and version (`Chromium 156.0.8078.73`).
    pub product: String,
    /// Who answers ceremonies.
    pub mode: Mode,
    /// Whether a person can see and use the page.
    pub visible: bool,
    /// Whether the authenticators are a test's: what they show counts for nothing outside tests.
    pub simulated: bool,
}

/// Shows a site and acts on it. One driver serves a whole run; each account and each proof gets a context of its own.
///
/// Every method that acts takes a [`Target`] and fails with [`DriverError::Stale`] when the document is no longer the
/// one that was read.
#[async_trait]
pub trait Driver: Send + Sync {
    /// What this driver is.
    fn facts(&self) -> DriverFacts;

    /// Opens a fresh private context: no cookie, no storage, nothing shared with any other context.
    async fn open(&mut self) -> Result<ContextId, DriverError>;

    /// Tells whose account it is, so that a look can tell whether the page shows that name.
    async fn expect_user(&mut self, _context: ContextId, _user_name: &SecretString) -> Result<(), DriverError> {
        Ok(())
    }

    /// Goes to an address and returns when the navigation was committed or failed.
    async fn navigate(&mut self, context: ContextId, url: &Url) -> Result<(), DriverError>;

    /// Waits for a ceremony, or for the page to come to rest in a state that differs from the last one returned; after
    /// `patience`, returns the page as it is with `changed: false`.
    async fn next(&mut self, context: ContextId, patience: Duration) -> Result<Seen, DriverError>;

    /// Hands a secret (or a user name) to a field: the *fill* door. Only where the field's document and every ancestor
    /// frame are secure contexts of `site`, and its form (if it has one) sends to such addresses only, checked by the
    /// host at this moment.
    async fn fill(
        &mut self,
        context: ContextId,
        target: &Target,
        value: &SecretString,
        site: &Site,
    ) -> Result<(), DriverError>;

    /// Ticks or unticks a check box, on a page of `site` as [`Driver::fill`] means it.
    async fn tick(&mut self, context: ContextId, target: &Target, on: bool, site: &Site) -> Result<(), DriverError>;

    /// Presses a control, on a page of `site` as [`Driver::fill`] means it. One that sends what was filled in is pressed
    /// only where that goes to `site`.
    async fn press(&mut self, context: ContextId, target: &Target, site: &Site) -> Result<(), DriverError>;

    /// Resolves once a ceremony that was handed out cannot be answered any more: its page gave it up or went away.
    async fn withdrawn(&self, context: ContextId, ceremony: CeremonyId);

    /// Answers a ceremony. An answer to a document that is gone is dropped with [`DriverError::Stale`].
    async fn answer(
        &mut self,
        context: ContextId,
        ceremony: CeremonyId,
        reply: CeremonyReply,
    ) -> Result<(), DriverError>;

    /// Closes a context and forgets everything in it.
    async fn close(&mut self, context: ContextId) -> Result<(), DriverError>;

    /// Ends the browser and removes what it left on disk.
    async fn shut_down(self: Box<Self>) -> Result<(), DriverError>;
}
