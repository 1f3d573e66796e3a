//! What a host with a window has over a run: it is asked before each ceremony, and it can rest, skip and end the run.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use tokio::sync::watch;

pub use rekey_browser::CeremonyKind;

use crate::AccountRef;

/// A window over a run. Without it nobody is asked: whoever gave the command agreed to what it does.
#[derive(Clone)]
pub struct Controls {
    /// Who is asked.
    pub person: Arc<dyn Person>,
    /// What holds and ends the run.
    pub steering: Steering,
}

/// Somebody in front of the window.
#[async_trait]
pub trait Person: Send + Sync {
    /// Asks before a ceremony. Dropped unanswered where the account is skipped or the run ended.
    async fn consents(&self, to: ConsentRequest) -> Consent;
}

/// One ceremony that Rekey is about to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentRequest {
    /// For which account.
    pub account: AccountRef,
    /// A new passkey, or a sign-in with one.
    pub kind: CeremonyKind,
    /// The relying party identifier.
    pub relying_party: String,
    /// Where the passkey lives, by its code.
    pub home: &'static str,
    /// Whether the person must be verified by the store's passphrase.
    pub needs_passphrase: bool,
    /// Whether the passphrase just given was wrong.
    pub was_wrong: bool,
}

/// The person's answer.
#[derive(Debug)]
pub enum Consent {
    /// Yes. Where a passphrase was needed, nobody is verified.
    Approve,
    /// Yes, with the store's passphrase.
    ApproveWith(SecretString),
    /// No.
    Decline,
}

/// Holds a run, skips an account, or ends the run, at the next moment where nothing is half done: never within an effect,
/// and never between making a passkey and handing it to the page. Clones steer the same run.
#[derive(Debug, Clone, Default)]
pub struct Steering(Arc<watch::Sender<Course>>);

#[derive(Debug, Clone, Copy, Default)]
struct Course {
    paused: bool,
    skipping: bool,
    stopped: bool,
}

impl Steering {
    /// Lets the run rest.
    pub fn pause(&self) {
        self.0.send_modify(|course| course.paused = true);
    }

    /// Lets it go on.
    pub fn resume(&self) {
        self.0.send_modify(|course| course.paused = false);
    }

    /// Ends the current account, and goes on with the next.
    pub fn skip(&self) {
        self.0.send_modify(|course| course.skipping = true);
    }

    /// Ends the run; what was done stays.
    pub fn stop(&self) {
        self.0.send_modify(|course| course.stopped = true);
    }

    /// Whether it is to rest.
    pub fn is_paused(&self) -> bool {
        self.0.borrow().paused
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.0.borrow().stopped
    }

    /// Whether the current account is to end.
    pub(crate) fn leaves_account(&self) -> bool {
        let course = *self.0.borrow();
        course.skipping || course.stopped
    }

    /// A skip is for one account.
    pub(crate) fn next_account(&self) {
        self.0.send_modify(|course| course.skipping = false);
    }

    /// Resolves when the run may go on, or the account is to end.
    pub(crate) async fn resumed(&self) {
        self.until(|course| !course.paused || course.skipping || course.stopped).await;
    }

    /// Resolves when the run is to rest.
    pub(crate) async fn paused(&self) {
        self.until(|course| course.paused).await;
    }

    /// Resolves when the current account is to end.
    pub(crate) async fn left(&self) {
        self.until(|course| course.skipping || course.stopped).await;
    }

    async fn until(&self, holds: impl FnMut(&Course) -> bool) {
        // Fails only where the sender is gone, and that is `self`.
        let _ = self.0.subscribe().wait_for(holds).await;
    }
}
