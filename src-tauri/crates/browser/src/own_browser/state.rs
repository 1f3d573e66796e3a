//! What is known of the browser: a pure function of its events. Commands that follow from an event are returned.

use std::collections::{HashMap, HashSet, VecDeque};

use rekey_journey::page::DocumentId;
use rekey_origin::{Origin, Site};

use super::event::{Attached, Event, ExecutionContext, FrameInfo};
use super::message::{Message, Number};
use super::wire::SessionId;
use crate::{CeremonyId, CeremonyRequest, ContextId, DriverError, Mode, NativeCeremony};

/// A context with more pages than this is a page gone wild; further ones are closed.
const MOST_PAGES: usize = 16;

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
    pub(super) request: Option<CeremonyRequest>,
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
    /// Requests under way that a page waits for, with the document they belong to.
    pub(super) in_flight: HashMap<String, String>,
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

    /// The oldest ceremony that was not handed over yet. One of a document about to be replaced waits: either the other
    /// document never comes, or the ceremony goes with its own.
    pub(super) fn take_ceremony(&mut self, id: ContextId) -> Result<Option<CeremonyRequest>, DriverError> {
        let moving: HashSet<_> =
            self.frames.values().filter(|frame| frame.pending.is_some()).filter_map(|f| f.document.clone()).collect();
        let ceremonies = &mut self.context_mut(id)?.ceremonies;
        let next = ceremonies.iter_mut().find(|c| c.request.is_some() && !moving.contains(&c.document));
        Ok(next.and_then(|ceremony| ceremony.request.take()))
    }

    /// Ends a ceremony: the document to answer, and the page's number for it.
    pub(super) fn settle_ceremony(
        &mut self,
        context: ContextId,
        id: CeremonyId,
    ) -> Result<(DocumentId, Number), DriverError> {
        let ceremonies = &mut self.context_mut(context)?.ceremonies;
        let at = ceremonies.iter().position(|ceremony| ceremony.id == id).ok_or(DriverError::Stale)?;
        let ceremony = ceremonies.remove(at);
        Ok((ceremony.document, ceremony.number))
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

    /// Takes in one event.
    pub(super) fn apply(&mut self, session: Option<&SessionId>, event: Event) -> Vec<Todo> {
        match event {
            Event::Attached(attached) => return self.attached(session, attached),
            Event::Detached(detached) => self.remove_session(&detached.session_id),
            other => {
                if let Some(session) = session.filter(|s| self.sessions.contains_key(*s)) {
                    return self.apply_in(&session.clone(), other);
                }
            }
        }
        Vec::new()
    }

    fn apply_in(&mut self, session: &SessionId, event: Event) -> Vec<Todo> {
        match event {
            Event::Attached(_) | Event::Detached(_) => {}
            Event::Crashed(_) => {
                let page = self.sessions.get(session).filter(|s| s.kind == Kind::Page).map(|s| s.context);
                if let Some(context) = page.and_then(|id| self.contexts.get_mut(&id)) {
                    context.crashed = true;
                }
                self.forget_documents(|document| document.session == *session);
            }
            Event::ContextCreated(created) => self.context_created(session, created.context),
            Event::ContextDestroyed(destroyed) => {
                let id = DocumentId(destroyed.execution_context_unique_id);
                if self.documents.get(&id).is_some_and(|document| document.session == *session) {
                    self.forget_document(&id);
                }
            }
            Event::ContextsCleared(_) => self.forget_documents(|document| document.session == *session),
            Event::BindingCalled(call) => {
                if call.name == self.binding {
                    return self.message(session, call.execution_context_id, &call.payload);
                }
            }
            Event::FrameAttached(attached) => {
                let frame = self.frames.entry(attached.frame_id).or_default();
                frame.session.clone_from(session);
                frame.parent = Some(attached.parent_frame_id);
            }
            Event::FrameDetached(detached) => {
                if self.frames.get(&detached.frame_id).is_some_and(|frame| frame.session == *session) {
                    if detached.reason == "swap" {
                        self.forget_documents(|document| document.frame == detached.frame_id);
                    } else {
                        self.remove_frame(&detached.frame_id);
                    }
                }
            }
            Event::FrameNavigated(navigated) => {
                // A document that gets a window of its own announces it only after this.
                let taken_over = self.frames.get(&navigated.frame.id).and_then(|frame| frame.document.clone());
                self.navigated(session, navigated.frame);
                let document = taken_over.filter(|id| self.documents.get(id).is_some_and(|d| d.session == *session));
                return document
                    .map(|document| Todo::Attend { session: session.clone(), document })
                    .into_iter()
                    .collect();
            }
            Event::WithinDocument(within) => {
                if let Some(frame) = self.frame_in(session, &within.frame_id) {
                    frame.url = within.url;
                }
            }
            Event::StartedNavigating(started) => {
                let same_document = matches!(started.navigation_type.as_str(), "sameDocument" | "historySameDocument");
                if let Some(frame) = self.frame_in(session, &started.frame_id).filter(|_| !same_document) {
                    frame.pending = Some(started.loader_id);
                }
            }
            Event::StoppedLoading(stopped) => {
                if let Some(frame) = self.frame_in(session, &stopped.frame_id) {
                    frame.pending = None;
                }
            }
            Event::Lifecycle(lifecycle) => {
                let frame = self.frame_in(session, &lifecycle.frame_id);
                if let Some(frame) = frame.filter(|frame| frame.loader == lifecycle.loader_id) {
                    match lifecycle.name.as_str() {
                        "DOMContentLoaded" => frame.content_loaded = true,
                        "load" => frame.loaded = true,
                        _ => {}
                    }
                }
            }
            Event::Dialog(dialog) => {
                let accept = dialog.kind == "beforeunload";
                return vec![Todo::AnswerDialog { session: session.clone(), accept }];
            }
            Event::RequestSent(request) => {
                // What a page's look hangs on; the rest is covered by `load` or may go on for ever.
                if matches!(request.kind.as_str(), "XHR" | "Fetch" | "Script" | "Stylesheet") {
                    if let Some(session) = self.sessions.get_mut(session).filter(|s| s.in_flight.len() < 4096) {
                        session.in_flight.insert(request.request_id, request.loader_id);
                    }
                }
            }
            Event::Response(response) => {
                if response.kind == "Document" && response.request_id == response.loader_id {
                    let frame = response.frame_id.and_then(|id| self.frame_in(session, &id));
                    if let Some(frame) = frame {
                        frame.status = Some((response.loader_id, response.response.status));
                    }
                }
            }
            Event::LoadingFinished(finished) => self.request_ended(session, &finished.request_id),
            Event::LoadingFailed(failed) => {
                self.request_ended(session, &failed.request_id);
                for frame in self.frames.values_mut().filter(|frame| frame.session == *session) {
                    if frame.pending.as_ref() == Some(&failed.request_id) || frame.loader == failed.request_id {
                        frame.failure = Some(failed.error_text.clone());
                    }
                }
            }
        }
        Vec::new()
    }

    fn attached(&mut self, parent: Option<&SessionId>, attached: Attached) -> Vec<Todo> {
        let Attached { session_id, target_info, .. } = attached;
        let by_name = target_info.browser_context_id.as_ref().and_then(|name| {
            self.contexts.iter().find(|(_, context)| context.browser_context == *name).map(|(id, _)| *id)
        });
        let by_parent = || parent.and_then(|parent| self.sessions.get(parent)).map(|session| session.context);
        let kind = match target_info.kind.as_str() {
            "page" => Kind::Page,
            "iframe" => Kind::Frame,
            _ => return vec![Todo::Resume(session_id)],
        };
        let Some(context_id) = by_name.or_else(by_parent) else { return vec![Todo::Resume(session_id)] };
        let known = self.sessions.values().any(|session| session.target == target_info.target_id);
        let Some(context) = self.contexts.get_mut(&context_id).filter(|_| !known) else {
            return vec![Todo::Resume(session_id)];
        };
        if kind == Kind::Page {
            if context.pages.len() >= MOST_PAGES {
                return vec![Todo::CloseTarget(target_info.target_id)];
            }
            context.pages.push(session_id.clone());
        }
        let frame = self.frames.entry(target_info.target_id.clone()).or_default();
        frame.session.clone_from(&session_id);
        if kind == Kind::Frame && frame.parent.is_none() {
            frame.parent = target_info.parent_frame_id;
        }
        let session = Session {
            context: context_id,
            main_frame: target_info.target_id.clone(),
            target: target_info.target_id,
            kind,
            ready: false,
            in_flight: HashMap::new(),
        };
        self.sessions.insert(session_id.clone(), session);
        vec![Todo::Install(session_id)]
    }

    fn remove_session(&mut self, name: &SessionId) {
        let Some(session) = self.sessions.remove(name) else { return };
        self.forget_documents(|document| document.session == *name);
        // A frame that goes back into its parent's process is announced there again.
        self.frames.retain(|_, frame| frame.session != *name);
        if let Some(context) = self.contexts.get_mut(&session.context) {
            context.pages.retain(|page| page != name);
        }
    }

    fn remove_frame(&mut self, id: &str) {
        let mut removed = HashSet::from([id.to_owned()]);
        loop {
            let children: Vec<_> = self
                .frames
                .iter()
                .filter(|(name, frame)| {
                    !removed.contains(*name) && frame.parent.as_ref().is_some_and(|p| removed.contains(p))
                })
                .map(|(name, _)| name.clone())
                .collect();
            if children.is_empty() {
                break;
            }
            removed.extend(children);
        }
        self.forget_documents(|document| removed.contains(&document.frame));
        self.frames.retain(|name, _| !removed.contains(name));
    }

    fn frame_in(&mut self, session: &SessionId, id: &str) -> Option<&mut Frame> {
        self.frames.get_mut(id).filter(|frame| frame.session == *session)
    }

    /// Takes in a frame as it was when its target was attached.
    pub(super) fn seed(&mut self, session: &SessionId, info: FrameInfo) {
        if self.frames.get(&info.id).is_none_or(|frame| frame.loader.is_empty()) {
            self.navigated(session, info);
        }
    }

    fn navigated(&mut self, session: &SessionId, info: FrameInfo) {
        let FrameInfo { id, parent_id, loader_id, url, unreachable_url } = info;
        if let Some(known) = self.sessions.get_mut(session) {
            if known.kind == Kind::Page && parent_id.is_none() {
                known.main_frame.clone_from(&id);
                known.in_flight.retain(|_, loader| *loader == loader_id);
            }
        }
        let frame = self.frames.entry(id).or_default();
        frame.session.clone_from(session);
        if parent_id.is_some() {
            frame.parent = parent_id;
        }
        frame.unreachable = unreachable_url.is_some();
        if !frame.unreachable {
            frame.failure = None;
        }
        if frame.loader != loader_id {
            frame.content_loaded = false;
            frame.loaded = false;
        }
        frame.loader = loader_id;
        frame.url = url;
        frame.pending = None;
    }

    fn request_ended(&mut self, session: &SessionId, request: &str) {
        if let Some(session) = self.sessions.get_mut(session) {
            session.in_flight.remove(request);
        }
    }

    fn context_created(&mut self, session: &SessionId, context: ExecutionContext) {
        if context.aux_data.kind != "isolated" || context.name != self.world {
            return;
        }
        let id = DocumentId(context.unique_id);
        let frame = self.frames.entry(context.aux_data.frame_id.clone()).or_default();
        frame.session.clone_from(session);
        let before = frame.document.replace(id.clone());
        let document = Document {
            session: session.clone(),
            frame: context.aux_data.frame_id,
            number: context.id,
            origin: context.origin.parse().ok(),
        };
        self.documents.insert(id, document);
        if let Some(before) = before {
            self.forget_document(&before);
        }
    }

    fn forget_documents(&mut self, which: impl Fn(&Document) -> bool) {
        let forgotten: Vec<_> =
            self.documents.iter().filter(|(_, document)| which(document)).map(|(id, _)| id.clone()).collect();
        for id in forgotten {
            self.forget_document(&id);
        }
    }

    /// Forgets a document and the ceremonies it waited for.
    fn forget_document(&mut self, id: &DocumentId) {
        let Some(document) = self.documents.remove(id) else { return };
        if let Some(frame) = self.frames.get_mut(&document.frame) {
            if frame.document.as_ref() == Some(id) {
                frame.document = None;
            }
        }
        for context in self.contexts.values_mut() {
            context.ceremonies.retain(|ceremony| ceremony.document != *id);
        }
    }

    fn document_numbered(&self, session: &SessionId, number: i64) -> Option<(&DocumentId, &Document)> {
        self.documents.iter().find(|(_, document)| document.session == *session && document.number == number)
    }

    fn message(&mut self, session: &SessionId, number: i64, payload: &str) -> Vec<Todo> {
        let Some((id, document)) = self.document_numbered(session, number) else { return Vec::new() };
        let (id, frame, origin) = (id.clone(), document.frame.clone(), document.origin.clone());
        let top = self.is_top(session, &frame);
        let Some(context) = self.sessions.get(session).map(|s| s.context) else { return Vec::new() };
        let mode = self.mode;
        let next = self.next_id();
        let Some(context) = self.contexts.get_mut(&context) else { return Vec::new() };
        match super::message::read(payload, mode) {
            None => tracing::debug!("a page sent something unreadable"),
            Some(Message::Abort { number }) => {
                context.ceremonies.retain(|c| c.document != id || c.number != number);
            }
            Some(Message::Native { kind, outcome, origin: claimed }) => {
                if let Some(origin) = origin.filter(|origin| origin.to_string() == claimed) {
                    if context.native.len() < 32 {
                        context.native.push_back(NativeCeremony { kind, origin, outcome });
                    }
                }
            }
            Some(Message::Request { number, kind, options, origin: claimed, top: claimed_top }) => {
                let refuse = || vec![Todo::Refuse { session: session.clone(), document: id.clone(), number }];
                let genuine =
                    origin.filter(|origin| origin.to_string() == claimed && origin.is_potentially_trustworthy());
                let Some(origin) = genuine.filter(|_| top && claimed_top) else { return refuse() };
                if context.ceremonies.iter().filter(|c| c.document == id).count() >= 8 {
                    return refuse();
                }
                let document = id.clone();
                let request =
                    CeremonyRequest { id: CeremonyId(next), kind, origin, document, top_level: true, options };
                context.ceremonies.push(Ceremony {
                    id: CeremonyId(next),
                    document: id,
                    number,
                    request: Some(request),
                });
            }
        }
        Vec::new()
    }
}
