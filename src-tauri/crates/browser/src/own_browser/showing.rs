//! What the common look asks of this browser.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use async_trait::async_trait;
use rekey_journey::page::DocumentId;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

use super::OwnBrowser;
use super::state::{Frame, InFlight, Session, State};
use crate::channel::{Moment, Page, Showing, Sight};
use crate::{ContextId, DriverError, Seen};

impl State {
    fn moment(&mut self, id: ContextId) -> Result<Moment, DriverError> {
        if std::mem::take(&mut self.context_mut(id)?.crashed) {
            return Err(DriverError::Gone);
        }
        if let Some(native) = self.context_mut(id)?.native.pop_front() {
            return Ok(Moment::Seen(Seen::NativeCeremony(native)));
        }
        if let Some(seen) = self.take_ceremony(id)? {
            return Ok(Moment::Seen(seen));
        }
        let Ok((_, session)) = self.page(id) else { return Ok(Moment::Moving) };
        let Some(frame) = self.frames.get(&session.main_frame).filter(|_| session.ready) else {
            return Ok(Moment::Moving);
        };
        if frame.pending.is_some() {
            return Ok(Moment::Moving);
        }
        if frame.unreachable {
            let code = frame.failure.clone().unwrap_or_else(|| "net::ERR_FAILED".to_owned());
            return Ok(Moment::Failed { load: frame.loader.clone(), code });
        }
        Ok(self.shown(session, frame).filter(|_| frame.content_loaded).map_or(Moment::Moving, Moment::Still))
    }

    fn shown(&self, session: &Session, frame: &Frame) -> Option<Page> {
        let document = frame.document.as_ref()?;
        let known = self.documents.get(document)?;
        Some(Page {
            document: document.clone(),
            origin: known.origin.clone(),
            url: frame.url.clone(),
            status: frame.status.as_ref().filter(|(loader, _)| *loader == frame.loader).map(|(_, status)| *status),
            settled: frame.loaded && !session.in_flight.values().any(InFlight::is_waited_for),
        })
    }
}

#[async_trait]
impl Showing for OwnBrowser {
    fn changes(&self) -> watch::Receiver<()> {
        self.shared.changes.subscribe()
    }

    fn moment(&self, context: ContextId) -> Result<Moment, DriverError> {
        self.shared.state().moment(context)
    }

    fn page(&self, context: ContextId) -> Option<Page> {
        let state = self.shared.state();
        let (_, session) = state.page(context).ok()?;
        state.shown(session, state.frames.get(&session.main_frame)?)
    }

    fn has_moved_on(&self, context: ContextId, document: &DocumentId) -> bool {
        let state = self.shared.state();
        let Ok(known) = state.context(context) else { return true };
        let waits = !known.native.is_empty() || known.ceremonies.iter().any(|c| c.request.is_some());
        let frame = state.page(context).ok().and_then(|(_, session)| state.frames.get(&session.main_frame));
        waits || !frame.is_some_and(|f| f.pending.is_none() && f.document.as_ref() == Some(document))
    }

    fn address(&self, document: &DocumentId) -> Option<String> {
        let state = self.shared.state();
        let frame = &state.documents.get(document)?.frame;
        Some(state.frames.get(frame)?.url.clone())
    }

    async fn rest(&self, page: &Page, quiet: Duration, limit: Instant) {
        let milliseconds = u64::try_from(quiet.as_millis()).unwrap_or(u64::MAX);
        self.promise(page, "function (ms) { return rekeyReader.quiet(ms); }", json!([{"value": milliseconds}]), limit)
            .await;
    }

    async fn change(&self, page: &Page, limit: Instant) {
        self.promise(page, "function () { return rekeyBridge.changed(); }", json!([]), limit).await;
    }

    async fn read(&self, page: &Page, hints: serde_json::Value) -> Result<serde_json::Value, DriverError> {
        let session = self.session_of(&page.document)?;
        self.evaluate(&session, &page.document, "function (hints) { return rekeyReader.read(hints); }", &hints).await
    }

    async fn cookies(&self, context: ContextId, hasher: RandomState) -> Result<HashSet<u64>, DriverError> {
        let browser_context = self.shared.state().context(context)?.browser_context.clone();
        let reply: Cookies =
            self.connection.call(None, "Storage.getCookies", &json!({"browserContextId": browser_context})).await?;
        Ok(reply.cookies.iter().map(|c| hasher.hash_one((&c.name, &c.domain, &c.path, &c.value))).collect())
    }

    fn sight(&mut self, context: ContextId) -> &mut Sight {
        self.sights.entry(context).or_default()
    }
}

impl OwnBrowser {
    fn session_of(&self, document: &DocumentId) -> Result<String, DriverError> {
        let state = self.shared.state();
        state.documents.get(document).map(|known| known.session.clone()).ok_or(DriverError::Stale)
    }

    async fn promise(&self, page: &Page, function: &'static str, arguments: serde_json::Value, limit: Instant) {
        let Ok(session) = self.session_of(&page.document) else { return };
        let params = json!({
            "functionDeclaration": function,
            "uniqueContextId": page.document.0,
            "arguments": arguments,
            "awaitPromise": true,
            "returnByValue": true,
            "silent": true,
        });
        let reply = self.connection.send(Some(&session), "Runtime.callFunctionOn", &params);
        // Whatever comes of it, the page is looked at again.
        drop(timeout_at(limit, reply.result::<serde::de::IgnoredAny>()).await);
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
