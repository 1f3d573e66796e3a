//! What is known of the browser: a pure function of its events. Commands that follow from an event are returned.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use rekey_journey::page::DocumentId;
use rekey_origin::{Origin, Site};

use super::wire::SessionId;
use crate::channel::Number;
use crate::{CeremonyId, ContextId, DriverError, Mode, NativeCeremony, Seen};

mod ceremonies;
mod transitions;

/// What an event asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Todo {
    /// Put the scripts into a target, then let it run.
    Install(SessionId),
    /// Let a target run that needs no scripts.
    Resume(SessionId),
    /// Close a page.
    CloseTarget(String),
    /// Answer a dialog; only leaving a page is agreed to.
    AnswerDialog { session: SessionId, accept: bool },
    /// Open the channel once more in a document that took over the window of the one before.
    Attend { session: SessionId, document: DocumentId },
    /// Tell a page that its ceremony is not allowed.
    Refuse { session: SessionId, document: DocumentId, number: Number },
}

/// One private set of cookies and storage.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) browser_context: String,
    /// The newest page last: it is the current one.
    pub(super) pages: Vec<SessionId>,
    pub(super) ceremonies: Vec<Ceremony>,
    pub(super) native: VecDeque<NativeCeremony>,
    pub(super) crashed: bool,
}

/// A ceremony that waits.
#[derive(Debug)]
pub(super) struct Ceremony {
    pub(super) id: CeremonyId,
    pub(super) document: DocumentId,
    /// The page's number for it.
    pub(super) number: Number,
    /// Until it is handed over.
    pub(super) request: Option<Seen>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Page,
    Frame,
}

/// One attached target.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) context: ContextId,
    pub(super) target: String,
    pub(super) kind: Kind,
    pub(super) main_frame: String,
    /// Whether the scripts are in.
    pub(super) ready: bool,
    /// Requests under way that a page waits for.
    pub(super) in_flight: HashMap<String, InFlight>,
}

/// One request under way.
#[derive(Debug)]
pub(super) struct InFlight {
    /// The document it belongs to.
    pub(super) loader: String,
    pub(super) since: Instant,
}

impl InFlight {
    /// An answer that takes longer is one that a page leaves open, to be told of news.
    const LONGEST: Duration = Duration::from_secs(10);

    /// Whether the page can be expected to change when it is answered.
    pub(super) fn is_waited_for(&self) -> bool {
        self.since.elapsed() < Self::LONGEST
    }
}

/// One frame, wherever it lives.
#[derive(Debug, Default)]
pub(super) struct Frame {
    pub(super) session: SessionId,
    /// `None` for a page's main frame, and for a frame whose parent is not known: such a frame is trusted with nothing.
    pub(super) parent: Option<String>,
    pub(super) loader: String,
    pub(super) url: String,
    /// An address whose document is not here yet.
    pub(super) pending: Option<String>,
    pub(super) content_loaded: bool,
    pub(super) loaded: bool,
    pub(super) status: Option<(String, u16)>,
    /// The network error code, where the frame shows the browser's error page.
    pub(super) failure: Option<String>,
    pub(super) unreachable: bool,
    pub(super) document: Option<DocumentId>,
}

/// One document, known by its isolated world.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) session: SessionId,
    pub(super) frame: String,
    number: i64,
    /// As the browser says; `None` for an opaque origin.
    pub(super) origin: Option<Origin>,
}

/// Everything known.
#[derive(Debug)]
pub(super) struct State {
    world: String,
    binding: String,
    mode: Mode,
    pub(super) contexts: HashMap<ContextId, Context>,
    pub(super) sessions: HashMap<SessionId, Session>,
    pub(super) frames: HashMap<String, Frame>,
    pub(super) documents: HashMap<DocumentId, Document>,
    pub(super) gone: bool,
    last_id: u64,
}

impl State {
    pub(super) fn new(world: String, binding: String, mode: Mode) -> Self {
        Self {
            world,
            binding,
            mode,
            contexts: HashMap::new(),
            sessions: HashMap::new(),
            frames: HashMap::new(),
            documents: HashMap::new(),
            gone: false,
            last_id: 0,
        }
    }

    pub(super) fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Notes a context that the browser has just made.
    pub(super) fn add_context(&mut self, browser_context: String) -> ContextId {
        let id = ContextId(self.next_id());
        let context = Context {
            browser_context,
            pages: Vec::new(),
            ceremonies: Vec::new(),
            native: VecDeque::new(),
            crashed: false,
        };
        self.contexts.insert(id, context);
        id
    }

    /// Forgets a context and all in it.
    pub(super) fn remove_context(&mut self, id: ContextId) -> Option<Context> {
        let sessions: Vec<_> =
            self.sessions.iter().filter(|(_, s)| s.context == id).map(|(name, _)| name.clone()).collect();
        for session in sessions {
            self.remove_session(&session);
        }
        self.contexts.remove(&id)
    }

    pub(super) fn context(&self, id: ContextId) -> Result<&Context, DriverError> {
        if self.gone {
            return Err(DriverError::Gone);
        }
        self.contexts.get(&id).ok_or(DriverError::Stale)
    }

    pub(super) fn context_mut(&mut self, id: ContextId) -> Result<&mut Context, DriverError> {
        if self.gone {
            return Err(DriverError::Gone);
        }
        self.contexts.get_mut(&id).ok_or(DriverError::Stale)
    }

    pub(super) fn mode(&self) -> Mode {
        self.mode
    }

    /// The current page of a context.
    pub(super) fn page(&self, id: ContextId) -> Result<(&SessionId, &Session), DriverError> {
        let name = self.context(id)?.pages.last().ok_or(DriverError::Stale)?;
        self.sessions.get_key_value(name).ok_or(DriverError::Stale)
    }

    /// The session of a document that is still there and belongs to a context.
    pub(super) fn route(&self, context: ContextId, document: &DocumentId) -> Result<&SessionId, DriverError> {
        self.context(context)?;
        let known = self.documents.get(document).ok_or(DriverError::Stale)?;
        let session = self.sessions.get(&known.session).ok_or(DriverError::Stale)?;
        let frame = self.frames.get(&known.frame).ok_or(DriverError::Stale)?;
        if session.context != context || frame.document.as_ref() != Some(document) {
            return Err(DriverError::Stale);
        }
        Ok(&known.session)
    }

    /// As [`State::route`], and only where the document and every document around it are secure contexts of a site.
    ///
    /// <https://w3c.github.io/webappsec-secure-contexts/#settings-object>
    pub(super) fn route_secret(
        &self,
        context: ContextId,
        document: &DocumentId,
        site: &Site,
    ) -> Result<&SessionId, DriverError> {
        let session = self.route(context, document)?;
        let mut at = document;
        // A frame deeper than this is no sign-in form.
        for _ in 0..32 {
            let here = self.documents.get(at).ok_or(DriverError::ForeignPage)?;
            let origin = here.origin.as_ref().ok_or(DriverError::ForeignPage)?;
            if !origin.is_potentially_trustworthy() || !site.contains(origin) {
                return Err(DriverError::ForeignPage);
            }
            if self.is_top(&here.session, &here.frame) {
                return Ok(session);
            }
            at = self
                .frames
                .get(&here.frame)
                .and_then(|frame| frame.parent.as_ref())
                .and_then(|parent| self.frames.get(parent))
                .and_then(|parent| parent.document.as_ref())
                .ok_or(DriverError::ForeignPage)?;
        }
        Err(DriverError::ForeignPage)
    }

    /// Whether a frame is the main frame of a page.
    pub(super) fn is_top(&self, session: &SessionId, frame: &str) -> bool {
        self.sessions.get(session).is_some_and(|s| s.kind == Kind::Page && s.main_frame == frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::own_browser::event::Event;
    use crate::{CeremonyKind, FrameKind, Mediation, SignalKind, Standing};

    /// A state after events, each as `session method params` (`-` for no session).
    fn after(events: &[(&str, &str, serde_json::Value)]) -> (State, Vec<Todo>) {
        after_in(Mode::Bridged, events)
    }

    fn after_in(mode: Mode, events: &[(&str, &str, serde_json::Value)]) -> (State, Vec<Todo>) {
        let mut state = State::new("world".to_owned(), "binding".to_owned(), mode);
        let context = state.add_context("B".to_owned());
        assert_eq!(context, ContextId(1));
        let mut todos = Vec::new();
        for (session, method, params) in events {
            let params = serde_json::value::to_raw_value(params).unwrap();
            let event = Event::parse(method, Some(&params)).unwrap_or_else(|| panic!("{method}"));
            let session = (*session != "-").then(|| (*session).to_owned());
            todos.extend(state.apply(session.as_ref(), event));
        }
        (state, todos)
    }

    fn attached(session: &str, target: &str, kind: &str) -> (&'static str, &'static str, serde_json::Value) {
        let info = serde_json::json!({"targetId": target, "type": kind, "browserContextId": "B"});
        ("-", "Target.attachedToTarget", serde_json::json!({"sessionId": session, "targetInfo": info}))
    }

    fn document<'a>(session: &'a str, frame: &str, id: &str, origin: &str) -> (&'a str, &'a str, serde_json::Value) {
        let aux = serde_json::json!({"type": "isolated", "frameId": frame});
        // The number of the page's document, then of those in frames.
        let number = match id {
            "page" => 5,
            "middle" => 6,
            "d" if frame == "g" => 9,
            "d" => 8,
            _ => 7,
        };
        let context =
            serde_json::json!({"id": number, "uniqueId": id, "origin": origin, "name": "world", "auxData": aux});
        (session, "Runtime.executionContextCreated", serde_json::json!({"context": context}))
    }

    fn child<'a>(session: &'a str, frame: &str, parent: &str) -> (&'a str, &'a str, serde_json::Value) {
        (session, "Page.frameAttached", serde_json::json!({"frameId": frame, "parentFrameId": parent}))
    }

    fn check(events: &[(&str, &str, serde_json::Value)], document: &str, site: &str, expect: Result<&str, &str>) {
        let (state, _) = after(events);
        let site = Site::parse(site).unwrap();
        let got = state.route_secret(ContextId(1), &DocumentId(document.to_owned()), &site);
        let got = got.map(String::as_str).map_err(|error| error.to_string());
        let expect = expect.map_err(|kind| match kind {
            "stale" => DriverError::Stale.to_string(),
            _ => DriverError::ForeignPage.to_string(),
        });
        assert_eq!(got.as_ref().map(|s| &**s), expect.as_ref().map(|s| &**s), "{document} {site}");
    }

    #[test]
    fn a_secret_needs_its_site_all_the_way_up() {
        let page = || attached("P", "top", "page");
        let top = |origin| document("P", "top", "d", origin);
        check(&[page(), top("https://login.a.example")], "d", "a.example", Err("foreign"));
        check(&[page(), top("https://login.a.com")], "d", "a.com", Ok("P"));
        check(&[page(), top("http://login.a.com")], "d", "a.com", Err("foreign"));
        check(&[page(), top("://")], "d", "a.com", Err("foreign"));
        check(&[page(), top("https://a.com")], "d", "b.com", Err("foreign"));
        check(&[page(), top("https://a.com")], "other", "a.com", Err("stale"));
        check(&[page()], "d", "a.com", Err("stale"));

        // In a frame, and under one.
        let frame = |origin| document("P", "f", "fd", origin);
        let own = [page(), top("https://a.com"), child("P", "f", "top"), frame("https://login.a.com")];
        check(&own, "fd", "a.com", Ok("P"));
        let foreign = [page(), top("https://b.com"), child("P", "f", "top"), frame("https://a.com")];
        check(&foreign, "fd", "a.com", Err("foreign"));
        let under = |middle| {
            let inner = document("P", "g", "gd", "https://a.com");
            [page(), top("https://a.com"), child("P", "f", "top"), frame(middle), child("P", "g", "f"), inner]
        };
        check(&under("https://a.com"), "gd", "a.com", Ok("P"));
        check(&under("https://b.com"), "gd", "a.com", Err("foreign"));
        check(&under("http://a.com"), "gd", "a.com", Err("foreign"));
        // A frame whose parent or whose parent's document nobody announced.
        check(&[page(), top("https://a.com"), frame("https://a.com")], "fd", "a.com", Err("foreign"));
        check(&[page(), child("P", "f", "top"), frame("https://a.com")], "fd", "a.com", Err("foreign"));
        // A frame in a process of its own.
        let elsewhere = [
            page(),
            top("https://a.com"),
            child("P", "f", "top"),
            attached("F", "f", "iframe"),
            document("F", "f", "fd", "https://x.a.com"),
        ];
        check(&elsewhere, "fd", "a.com", Ok("F"));
    }

    #[test]
    fn documents_are_forgotten_with_their_process() {
        let cleared = ("P", "Runtime.executionContextsCleared", serde_json::json!({}));
        let events = [attached("P", "top", "page"), document("P", "top", "d", "https://a.com"), cleared];
        check(&events, "d", "a.com", Err("stale"));
        // Another session cannot end it.
        let destroyed = serde_json::json!({"executionContextUniqueId": "d"});
        let other = ("Q", "Runtime.executionContextDestroyed", destroyed);
        let events = [
            attached("P", "top", "page"),
            attached("Q", "other", "page"),
            document("P", "top", "d", "https://a.com"),
            other,
        ];
        check(&events, "d", "a.com", Ok("P"));
    }

    /// What a document's bridge says, as an event.
    fn says(
        claimed: &str,
        top: bool,
        number: i64,
        message: &serde_json::Value,
    ) -> (&'static str, &'static str, serde_json::Value) {
        let standing = serde_json::json!({"create": true, "get": false, "activated": true, "focused": false});
        let payload = serde_json::json!({"origin": claimed, "top": top, "channel": 0, "message": message.to_string(),
            "standing": standing});
        let call = serde_json::json!({"name": "binding", "payload": payload.to_string(), "executionContextId": number});
        ("P", "Runtime.bindingCalled", call)
    }

    fn get() -> serde_json::Value {
        serde_json::json!({"id": 1, "kind": "get", "options": "{}"})
    }

    #[test]
    fn a_ceremony_is_taken_from_a_document_that_is_what_it_says() {
        let check = |origin: &str, claimed: &str, frame: &str, top: bool, number: i64, taken: bool| {
            let events = |message: serde_json::Value| {
                let page = document("P", "top", "page", "https://top.com");
                let mut events = vec![attached("P", "top", "page"), page, child("P", "f", "top")];
                events.extend([document("P", frame, "d", origin), says(claimed, top, number, &message)]);
                events
            };
            // What the browser's own authenticators did counts in a top document only.
            let report = events(serde_json::json!({"id": 1, "kind": "native", "ceremony": "get", "credential": "{}"}));
            let (native, _) = after_in(Mode::Native, &report);
            let reported = native.context(ContextId(1)).unwrap().native.len();
            assert_eq!(reported, usize::from(taken && frame == "top"), "{origin} {claimed} {frame} {top} {number}");

            let (mut state, todos) = after(&events(get()));
            let request = state.take_ceremony(ContextId(1)).unwrap();
            assert_eq!(request.is_some(), taken, "{origin} {claimed} {frame} {top} {number}");
            let refused = todos.iter().any(|todo| matches!(todo, Todo::Refuse { .. }));
            assert_eq!(refused, !taken && number == 8, "{todos:?}");
        };
        check("https://a.com", "https://a.com", "top", true, 8, true);
        check("http://localhost:1", "http://localhost:1", "top", true, 8, true);
        check("https://a.com", "https://b.com", "top", true, 8, false);
        check("https://a.com", "null", "top", true, 8, false);
        check("://", "null", "top", true, 8, false);
        check("http://a.com", "http://a.com", "top", true, 8, false);
        check("https://a.com", "https://a.com", "f", false, 8, true);
        check("https://a.com", "https://b.com", "f", false, 8, false);
        check("://", "null", "f", false, 8, false);
        check("https://a.com", "https://a.com", "f", true, 8, false);
        check("https://a.com", "https://a.com", "top", false, 8, false);
        check("https://a.com", "https://a.com", "top", true, 9, false);
    }

    #[test]
    fn where_a_document_stands_is_told_by_all_above_it() {
        let check = |top: &str, middle: Option<&str>, own: &str, expect: Option<FrameKind>| {
            let mut events = vec![attached("P", "top", "page"), document("P", "top", "page", top)];
            events.push(child("P", "f", "top"));
            if let Some(middle) = middle {
                events.push(document("P", "f", "middle", middle));
            }
            events.extend([child("P", "g", "f"), document("P", "g", "d", own), says(own, false, 9, &get())]);
            let (mut state, _) = after(&events);
            let request = state.take_ceremony(ContextId(1)).unwrap();
            let got = request.map(|seen| match seen {
                Seen::Ceremony(request) => request.standing.frame,
                other => panic!("{other:?}"),
            });
            assert_eq!(got, expect, "{top} {middle:?} {own}");
        };
        let a = "https://a.com";
        let b = "https://b.com";
        let cross = |top: &str| Some(FrameKind::CrossOrigin { top: top.parse().unwrap() });
        check(a, Some(a), a, Some(FrameKind::SameOrigin));
        check(b, Some(a), a, cross(b));
        check(b, Some(b), a, cross(b));
        // A top of its own origin does not help where another stands between.
        check(a, Some(b), a, cross(a));
        check(a, Some("https://login.a.com"), a, cross(a));
        check(a, Some("://"), a, None);
        check("://", Some(a), a, None);
        check("http://a.com", Some(a), a, None);
        check(a, None, a, None);
    }

    #[test]
    fn what_is_asked_comes_with_what_the_bridge_saw() {
        let at = |message: &serde_json::Value| {
            let page = document("P", "top", "d", "https://a.com");
            let (mut state, _) = after(&[attached("P", "top", "page"), page, says("https://a.com", true, 8, message)]);
            state.take_ceremony(ContextId(1)).unwrap().unwrap()
        };
        let conditional = serde_json::json!({"id": 1, "kind": "create", "options": "{}", "mediation": "conditional"});
        for (message, kind, mediation, allowed) in [
            (get(), CeremonyKind::Get, Mediation::Optional, false),
            (conditional, CeremonyKind::Create, Mediation::Conditional, true),
        ] {
            let Seen::Ceremony(asked) = at(&message) else { panic!("{message}") };
            assert_eq!((asked.kind, asked.mediation), (kind, mediation));
            let standing =
                Standing { frame: FrameKind::Top, allowed_by_policy: allowed, activated: true, focused: false };
            assert_eq!(asked.standing, standing);
        }
        let options = r#"{"rpId":"a.com","credentialId":"AQ"}"#;
        let signal = serde_json::json!({"id": 1, "kind": "signal", "signal": "unknownCredential", "options": options});
        let Seen::Signal(signal) = at(&signal) else { panic!("no signal") };
        assert_eq!((signal.kind, signal.rp_id.as_str()), (SignalKind::UnknownCredential, "a.com"));
    }
}
