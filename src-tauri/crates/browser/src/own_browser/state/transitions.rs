//! What each event changes.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use rekey_journey::page::DocumentId;

use super::{Document, Frame, InFlight, Kind, Session, State, Todo};
use crate::own_browser::event::{Attached, Event, ExecutionContext, FrameInfo};
use crate::own_browser::wire::SessionId;

/// A context with more pages than this is a page gone wild; further ones are closed.
const MOST_PAGES: usize = 16;

impl State {
    /// Takes in one event.
    pub(in super::super) fn apply(&mut self, session: Option<&SessionId>, event: Event) -> Vec<Todo> {
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
                if matches!(request.kind.as_str(), "XHR" | "Fetch" | "Script" | "Stylesheet")
                    && let Some(session) = self.sessions.get_mut(session).filter(|s| s.in_flight.len() < 4096)
                {
                    let request_under_way = InFlight { loader: request.loader_id, since: Instant::now() };
                    session.in_flight.insert(request.request_id, request_under_way);
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

    pub(super) fn remove_session(&mut self, name: &SessionId) {
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
    pub(in super::super) fn seed(&mut self, session: &SessionId, info: FrameInfo) {
        if self.frames.get(&info.id).is_none_or(|frame| frame.loader.is_empty()) {
            self.navigated(session, info);
        }
    }

    fn navigated(&mut self, session: &SessionId, info: FrameInfo) {
        let FrameInfo { id, parent_id, loader_id, url, unreachable_url } = info;
        if let Some(known) = self.sessions.get_mut(session)
            && known.kind == Kind::Page
            && parent_id.is_none()
        {
            known.main_frame.clone_from(&id);
            known.in_flight.retain(|_, request| request.loader == loader_id);
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
        if let Some(frame) = self.frames.get_mut(&document.frame)
            && frame.document.as_ref() == Some(id)
        {
            frame.document = None;
        }
        for context in self.contexts.values_mut() {
            context.ceremonies.retain(|ceremony| ceremony.document != *id);
        }
    }
}
