//! Looking: waits until a page rests, reads it, and tells whether anything changed.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use rekey_journey::page::{DocumentId, FieldRole, Observation, Reading, Target};
use rekey_origin::Origin;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;
use tokio::time::{Instant, sleep_until, timeout_at};
use url::Url;

use super::OwnBrowser;
use super::state::{InFlight, State};
use super::wire::SessionId;
use crate::{ContextId, DriverError, Seen};

/// A document is quiet when it did not change for this long.
const QUIET: Duration = Duration::from_millis(120);
/// After this long, a page that loads or moves without end is read as it is.
const SETTLE_LIMIT: Duration = Duration::from_secs(3);
/// Changes that no event tells of (a value set by a script, a closed shadow root, a style) are seen after this long.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// What the driver remembers of its last look at a context.
#[derive(Default)]
pub(super) struct Sight {
    last: Option<(DocumentId, String, Reading)>,
    cookies: HashSet<u64>,
    hasher: RandomState,
    pub(super) user_name: Option<SecretString>,
    /// The document whose failure was told already.
    told_failure: Option<String>,
}

/// A page at one moment.
enum Moment {
    /// A ceremony or a report waits.
    Seen(Seen),
    /// The page is not to be read yet.
    Moving,
    /// The page shows the browser's own error page.
    Failed { loader: String, code: String },
    /// The page may rest: its document's own quiet decides.
    Still(Page),
}

#[derive(Clone)]
struct Page {
    session: SessionId,
    document: DocumentId,
    origin: Option<Origin>,
    url: String,
    status: Option<u16>,
    /// Loaded, and nothing under way.
    settled: bool,
}

impl State {
    /// What a context shows right now.
    fn moment(&mut self, id: ContextId) -> Result<Moment, DriverError> {
        if std::mem::take(&mut self.context_mut(id)?.crashed) {
            return Err(DriverError::Gone);
        }
        if let Some(native) = self.context_mut(id)?.native.pop_front() {
            return Ok(Moment::Seen(Seen::NativeCeremony(native)));
        }
        if let Some(request) = self.take_ceremony(id)? {
            return Ok(Moment::Seen(Seen::Ceremony(request)));
        }
        let Ok((name, session)) = self.page(id) else { return Ok(Moment::Moving) };
        let Some(frame) = self.frames.get(&session.main_frame).filter(|_| session.ready) else {
            return Ok(Moment::Moving);
        };
        if frame.pending.is_some() {
            return Ok(Moment::Moving);
        }
        if frame.unreachable {
            let code = frame.failure.clone().unwrap_or_else(|| "net::ERR_FAILED".to_owned());
            return Ok(Moment::Failed { loader: frame.loader.clone(), code });
        }
        let known = frame.document.as_ref().and_then(|id| self.documents.get_key_value(id));
        let Some((document, known)) = known.filter(|_| frame.content_loaded) else { return Ok(Moment::Moving) };
        Ok(Moment::Still(Page {
            session: name.clone(),
            document: document.clone(),
            origin: known.origin.clone(),
            url: frame.url.clone(),
            status: frame.status.as_ref().filter(|(loader, _)| *loader == frame.loader).map(|(_, status)| *status),
            settled: frame.loaded && !session.in_flight.values().any(InFlight::is_waited_for),
        }))
    }
}

impl State {
    /// The address that a document has now.
    fn address(&self, document: &DocumentId) -> Option<String> {
        let frame = &self.documents.get(document)?.frame;
        Some(self.frames.get(frame)?.url.clone())
    }
}

impl Sight {
    /// What a field takes, as the last look at its document read it.
    pub(super) fn role(&self, target: &Target) -> Option<FieldRole> {
        let (document, _, reading) = self.last.as_ref()?;
        let fields = reading.fields.iter().filter(|_| *document == target.document);
        fields.into_iter().find(|field| field.element == target.element).map(|field| field.role)
    }
}

impl OwnBrowser {
    /// See [`crate::Driver::next`].
    pub(super) async fn look(&mut self, context: ContextId, patience: Duration) -> Result<Seen, DriverError> {
        let deadline = Instant::now() + patience;
        let mut changes = self.shared.changes.subscribe();
        let mut moving_since = Instant::now();
        let mut document = None;
        loop {
            changes.borrow_and_update();
            let moment = self.shared.state().moment(context)?;
            let page = match moment {
                Moment::Seen(seen) => return Ok(seen),
                Moment::Failed { loader, code } => {
                    let sight = self.sights.entry(context).or_default();
                    if sight.told_failure.as_ref() != Some(&loader) {
                        sight.told_failure = Some(loader);
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
                    return self.last_look(context).await;
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
                () = self.quiet(&page, limit) => {}
                () = self.moved_on(&mut changes, context, &page.document) => continue,
            }
            match self.observe(context, &page).await {
                Ok(seen) if seen.changed || Instant::now() >= deadline => return Ok(Seen::Page(Box::new(seen))),
                Ok(_) => {}
                Err(DriverError::Stale) if Instant::now() < deadline => continue,
                Err(error) => return Err(error),
            }
            let again = deadline.min(Instant::now() + LOOK_AGAIN);
            tokio::select! {
                () = self.document_changed(&page, again) => {}
                _ = changes.changed() => {}
                () = sleep_until(again) => {}
            }
            moving_since = Instant::now();
        }
    }

    /// The page as it is, when patience has ended before it came to rest.
    async fn last_look(&mut self, context: ContextId) -> Result<Seen, DriverError> {
        let page = {
            let state = self.shared.state();
            let (name, session) = state.page(context).map_err(|_| DriverError::TimedOut)?;
            let frame = state.frames.get(&session.main_frame).ok_or(DriverError::TimedOut)?;
            let id = frame.document.as_ref().ok_or(DriverError::TimedOut)?;
            let document = state.documents.get(id).ok_or(DriverError::TimedOut)?;
            Page {
                session: name.clone(),
                document: id.clone(),
                origin: document.origin.clone(),
                url: frame.url.clone(),
                status: frame.status.as_ref().filter(|(l, _)| *l == frame.loader).map(|(_, status)| *status),
                settled: false,
            }
        };
        match self.observe(context, &page).await {
            Ok(observation) => Ok(Seen::Page(Box::new(observation))),
            Err(DriverError::Stale) => Err(DriverError::TimedOut),
            Err(error) => Err(error),
        }
    }

    /// Returns once the document has not changed for [`QUIET`], or it is gone, or the limit has passed.
    async fn quiet(&self, page: &Page, limit: Instant) {
        let milliseconds = u64::try_from(QUIET.as_millis()).unwrap_or(u64::MAX);
        self.promise(page, "function (ms) { return rekeyReader.quiet(ms); }", json!([{"value": milliseconds}]), limit)
            .await;
    }

    /// Returns once the document has changed, or it is gone, or the limit has passed.
    async fn document_changed(&self, page: &Page, limit: Instant) {
        self.promise(page, "function () { return rekeyBridge.changed(); }", json!([]), limit).await;
    }

    async fn promise(&self, page: &Page, function: &'static str, arguments: serde_json::Value, limit: Instant) {
        let params = json!({
            "functionDeclaration": function,
            "uniqueContextId": page.document.0,
            "arguments": arguments,
            "awaitPromise": true,
            "returnByValue": true,
            "silent": true,
        });
        let reply = self.connection.send(Some(&page.session), "Runtime.callFunctionOn", &params);
        // Whatever comes of it, the page is looked at again.
        drop(timeout_at(limit, reply.result::<serde::de::IgnoredAny>()).await);
    }

    /// Returns once a ceremony waits, or the context shows another document or is about to.
    async fn moved_on(
        &self,
        changes: &mut tokio::sync::watch::Receiver<()>,
        context: ContextId,
        document: &DocumentId,
    ) {
        while changes.changed().await.is_ok() {
            let state = self.shared.state();
            let Ok(known) = state.context(context) else { return };
            let waits = !known.native.is_empty() || known.ceremonies.iter().any(|c| c.request.is_some());
            let frame = state.page(context).ok().and_then(|(_, session)| state.frames.get(&session.main_frame));
            let same = frame.is_some_and(|f| f.pending.is_none() && f.document.as_ref() == Some(document));
            if waits || !same {
                return;
            }
        }
    }

    async fn observe(&mut self, context: ContextId, page: &Page) -> Result<Observation, DriverError> {
        let user_name = self.sights.get(&context).and_then(|sight| sight.user_name.as_ref());
        let hints = match user_name {
            Some(name) => json!({"userName": name.expose_secret()}),
            None => json!({}),
        };
        let value = self
            .evaluate(
                page.session.as_str(),
                &page.document,
                "function (hints) { return rekeyReader.read(hints); }",
                &hints,
            )
            .await?;
        let reading = Reading::deserialize(value).map_err(|_| DriverError::Malformed)?;
        let cookies = self.cookies(context).await?;
        let sight = self.sights.entry(context).or_default();
        let cookie_changed = cookies.iter().any(|cookie| !sight.cookies.contains(cookie));
        // The address as it was when the page was read, not when the wait for it began: an application in one document
        // changes both on the way.
        let url = self.shared.state().address(&page.document).unwrap_or_else(|| page.url.clone());
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

    /// Remembers the cookies as they are before something is done that may change them.
    pub(super) async fn mark_cookies(&mut self, context: ContextId) -> Result<(), DriverError> {
        let cookies = self.cookies(context).await?;
        self.sights.entry(context).or_default().cookies = cookies;
        Ok(())
    }

    /// The context's cookies, each as one number made of its name, place and value.
    async fn cookies(&mut self, context: ContextId) -> Result<HashSet<u64>, DriverError> {
        let browser_context = self.shared.state().context(context)?.browser_context.clone();
        let reply: Cookies =
            self.connection.call(None, "Storage.getCookies", &json!({"browserContextId": browser_context})).await?;
        let hasher = &self.sights.entry(context).or_default().hasher;
        Ok(reply.cookies.iter().map(|c| hasher.hash_one((&c.name, &c.domain, &c.path, &c.value))).collect())
    }
}

#[derive(Deserialize)]
struct Cookies {
    cookies: Vec<Cookie>,
}

#[derive(Deserialize)]
struct Cookie {
    name: String,
    domain: String,
    path: String,
    value: String,
}

impl Drop for Cookie {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.value);
    }
}

/// What Rekey filled in itself is no change of the page.
fn without_values(mut reading: Reading) -> Reading {
    for field in &mut reading.fields {
        field.filled = false;
        field.ticked = false;
    }
    reading
}
