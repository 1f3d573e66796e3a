//! Looking: waits until a page rests, reads it, and tells whether anything changed.

use std::collections::HashSet;
use std::hash::RandomState;
use std::time::Duration;

use async_trait::async_trait;
use rekey_journey::page::{DocumentId, FieldRole, Observation, Reading, Target};
use rekey_origin::Origin;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout_at};
use url::Url;

use super::Holds;
use crate::{ContextId, DriverError, Seen};

/// A document is quiet when it did not change for this long.
const QUIET: Duration = Duration::from_millis(120);
/// After this long, a page that loads or moves without end is read as it is.
const SETTLE_LIMIT: Duration = Duration::from_secs(3);
/// Changes that no event tells of (a value set by a script, a closed shadow root, a style) are seen after this long.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// A page at one moment.
#[derive(Debug)]
pub enum Moment {
    /// A ceremony or a report waits.
    Seen(Seen),
    /// The page is not to be read yet.
    Moving,
    /// The address could not be loaded.
    Failed {
        /// Which attempt; each is told once.
        load: String,
        /// The engine's code for it.
        code: String,
    },
    /// The page may rest: its document's own quiet decides.
    Still(Page),
}

/// The top document of a context's current page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The document.
    pub document: DocumentId,
    /// Its origin as the host knows it; `None` for an opaque one.
    pub origin: Option<Origin>,
    /// Its address.
    pub url: String,
    /// The HTTP status it came with, where known.
    pub status: Option<u16>,
    /// Loaded, and nothing under way.
    pub settled: bool,
}

/// What a driver remembers of its last look at a context.
#[derive(Debug, Default)]
pub struct Sight {
    last: Option<(DocumentId, String, Reading)>,
    cookies: HashSet<u64>,
    hasher: RandomState,
    /// Whose account it is.
    pub user_name: Option<SecretString>,
    /// The load whose failure was told already.
    told_failure: Option<String>,
}

impl Sight {
    /// What a field is about to hold, by what the last look at its document read it as. What is not known to be a name
    /// is a secret.
    pub fn holds(&self, target: &Target) -> Holds {
        match self.role(target) {
            Some(FieldRole::UserName | FieldRole::KeyName) => Holds::Name,
            _ => Holds::Secret,
        }
    }

    fn role(&self, target: &Target) -> Option<FieldRole> {
        let (document, _, reading) = self.last.as_ref()?;
        let fields = reading.fields.iter().filter(|_| *document == target.document);
        fields.into_iter().find(|field| field.element == target.element).map(|field| field.role)
    }
}

/// What a look asks of whatever shows the page.
#[async_trait]
pub trait Showing: Send + Sync {
    /// Wakes at every change of what the host knows.
    fn changes(&self) -> watch::Receiver<()>;
    /// What a context shows right now. A ceremony is handed out once.
    fn moment(&self, context: ContextId) -> Result<Moment, DriverError>;
    /// The page as it is, though it did not come to rest.
    fn page(&self, context: ContextId) -> Option<Page>;
    /// Whether a ceremony waits, or the context shows another document or is about to.
    fn has_moved_on(&self, context: ContextId, document: &DocumentId) -> bool;
    /// The address that a document has now.
    fn address(&self, document: &DocumentId) -> Option<String>;
    /// Returns once the document has not changed for `quiet`, or it is gone, or the limit has passed.
    async fn rest(&self, page: &Page, quiet: Duration, limit: Instant);
    /// Returns once the document has changed, or it is gone, or the limit has passed.
    async fn change(&self, page: &Page, limit: Instant);
    /// The content script's reading of the document.
    async fn read(&self, page: &Page, hints: serde_json::Value) -> Result<serde_json::Value, DriverError>;
    /// The context's cookies, each as one number made of its name, place and value.
    async fn cookies(&self, context: ContextId, hasher: RandomState) -> Result<HashSet<u64>, DriverError>;
    /// What is remembered of a context.
    fn sight(&mut self, context: ContextId) -> &mut Sight;
}

/// See [`crate::Driver::next`].
///
/// # Errors
/// As there.
pub async fn look<S: Showing>(shown: &mut S, context: ContextId, patience: Duration) -> Result<Seen, DriverError> {
    let deadline = Instant::now() + patience;
    let mut changes = shown.changes();
    let mut moving_since = Instant::now();
    let mut document = None;
    loop {
        changes.borrow_and_update();
        let page = match shown.moment(context)? {
            Moment::Seen(seen) => return Ok(seen),
            Moment::Failed { load, code } => {
                let sight = shown.sight(context);
                if sight.told_failure.as_ref() != Some(&load) {
                    sight.told_failure = Some(load);
                    return Err(DriverError::Unreachable { code });
                }
                None
            }
            Moment::Moving => None,
            Moment::Still(page) => Some(page),
        };
        let Some(page) = page else {
            moving_since = Instant::now();
            if timeout_at(deadline, changes.changed()).await.is_err() {
                return last_look(shown, context).await;
            }
            continue;
        };
        if document.as_ref() != Some(&page.document) {
            document = Some(page.document.clone());
            moving_since = Instant::now();
        }
        let limit = deadline.min(moving_since + SETTLE_LIMIT);
        if !page.settled && Instant::now() < limit {
            // Either something happens, or the limit passes and the page is read as it is.
            drop(timeout_at(limit, changes.changed()).await);
            continue;
        }
        // A ceremony or a navigation interrupts the wait for quiet.
        tokio::select! {
            biased;
            () = shown.rest(&page, QUIET, limit) => {}
            () = moved_on(shown, &mut changes, context, &page.document) => continue,
        }
        match observe(shown, context, &page).await {
            Ok(seen) if seen.changed || Instant::now() >= deadline => return Ok(Seen::Page(Box::new(seen))),
            Ok(_) => {}
            Err(DriverError::Stale) if Instant::now() < deadline => continue,
            Err(error) => return Err(error),
        }
        let again = deadline.min(Instant::now() + LOOK_AGAIN);
        tokio::select! {
            () = shown.change(&page, again) => {}
            _ = changes.changed() => {}
            () = sleep_until(again) => {}
        }
        moving_since = Instant::now();
    }
}

/// Remembers the cookies as they are before something is done that may change them.
///
/// # Errors
/// Where the driver fails.
pub async fn mark_cookies<S: Showing>(shown: &mut S, context: ContextId) -> Result<(), DriverError> {
    let hasher = shown.sight(context).hasher.clone();
    let cookies = shown.cookies(context, hasher).await?;
    shown.sight(context).cookies = cookies;
    Ok(())
}

/// The page as it is, when patience has ended before it came to rest.
async fn last_look<S: Showing>(shown: &mut S, context: ContextId) -> Result<Seen, DriverError> {
    let page = shown.page(context).ok_or(DriverError::TimedOut)?;
    match observe(shown, context, &Page { settled: false, ..page }).await {
        Ok(observation) => Ok(Seen::Page(Box::new(observation))),
        Err(DriverError::Stale) => Err(DriverError::TimedOut),
        Err(error) => Err(error),
    }
}

async fn moved_on<S: Showing>(shown: &S, changes: &mut watch::Receiver<()>, context: ContextId, document: &DocumentId) {
    while changes.changed().await.is_ok() {
        if shown.has_moved_on(context, document) {
            return;
        }
    }
}

async fn observe<S: Showing>(shown: &mut S, context: ContextId, page: &Page) -> Result<Observation, DriverError> {
    let hints = match shown.sight(context).user_name.as_ref() {
        Some(name) => json!({"userName": name.expose_secret()}),
        None => json!({}),
    };
    let value = shown.read(page, hints).await?;
    let reading = Reading::deserialize(value).map_err(|_| DriverError::Malformed)?;
    let hasher = shown.sight(context).hasher.clone();
    let cookies = shown.cookies(context, hasher).await?;
    // The address as it was when the page was read, not when the wait for it began: an application in one document
    // changes both on the way.
    let url = shown.address(&page.document).unwrap_or_else(|| page.url.clone());
    let sight = shown.sight(context);
    let cookie_changed = cookies.iter().any(|cookie| !sight.cookies.contains(cookie));
    let now = (page.document.clone(), url.clone(), without_values(reading.clone()));
    let changed = sight.last.as_ref() != Some(&now);
    sight.last = Some(now);
    Ok(Observation {
        url: Url::parse(&url).map_err(|_| DriverError::Malformed)?,
        origin: page.origin.clone(),
        document: page.document.clone(),
        reading,
        changed,
        cookie_changed,
        busy: !page.settled,
        status: page.status,
    })
}

/// What Rekey filled in itself is no change of the page.
fn without_values(mut reading: Reading) -> Reading {
    for field in &mut reading.fields {
        field.filled = false;
        field.ticked = false;
    }
    reading
}
