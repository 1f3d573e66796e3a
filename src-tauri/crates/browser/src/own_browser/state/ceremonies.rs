//! Ceremonies: who asked, and whether the one may ask.

use std::collections::HashSet;

use rekey_journey::page::DocumentId;
use rekey_origin::Origin;

use super::{Ceremony, Document, State, Todo};
use crate::channel::{self, Message, Number};
use crate::own_browser::wire::SessionId;
use crate::{CeremonyId, ContextId, DriverError, FrameKind, NativeCeremony, Seen};

/// More ceremonies of one document than this do not wait at once.
const MOST_CEREMONIES: usize = 8;
/// More of all documents of a context do not, where a frame is the one who asks: a page makes as many as it likes.
const MOST_IN_A_CONTEXT: usize = 64;
/// More reports than this are not kept for a driver that does not look.
const MOST_REPORTS: usize = 32;

impl State {
    /// The oldest call that was not handed over yet. One of a document about to be replaced waits: either the other
    /// document never comes, or the ceremony goes with its own.
    pub(in super::super) fn take_ceremony(&mut self, id: ContextId) -> Result<Option<Seen>, DriverError> {
        let moving: HashSet<_> =
            self.frames.values().filter(|frame| frame.pending.is_some()).filter_map(|f| f.document.clone()).collect();
        let ceremonies = &mut self.context_mut(id)?.ceremonies;
        let next = ceremonies.iter_mut().find(|c| c.request.is_some() && !moving.contains(&c.document));
        Ok(next.and_then(|ceremony| ceremony.request.take()))
    }

    /// Whether a ceremony still waits for its answer.
    pub(in super::super) fn awaits(&self, context: ContextId, id: CeremonyId) -> bool {
        self.context(context)
            .is_ok_and(|known| !known.crashed && known.ceremonies.iter().any(|ceremony| ceremony.id == id))
    }

    /// Ends a ceremony: the document to answer, and the page's number for it.
    pub(in super::super) fn settle_ceremony(
        &mut self,
        context: ContextId,
        id: CeremonyId,
    ) -> Result<(DocumentId, Number), DriverError> {
        let ceremonies = &mut self.context_mut(context)?.ceremonies;
        let at = ceremonies.iter().position(|ceremony| ceremony.id == id).ok_or(DriverError::Stale)?;
        let ceremony = ceremonies.remove(at);
        Ok((ceremony.document, ceremony.number))
    }

    fn document_numbered(&self, session: &SessionId, number: i64) -> Option<(&DocumentId, &Document)> {
        self.documents.iter().find(|(_, document)| document.session == *session && document.number == number)
    }

    /// Takes in a message of a document's bridge.
    pub(super) fn message(&mut self, session: &SessionId, number: i64, payload: &str) -> Vec<Todo> {
        let Some((id, document)) = self.document_numbered(session, number) else { return Vec::new() };
        let (id, frame, origin) = (id.clone(), document.frame.clone(), document.origin.clone());
        let top = self.is_top(session, &frame);
        let stands = self.stands(&id);
        let Some(context) = self.sessions.get(session).map(|s| s.context) else { return Vec::new() };
        let mode = self.mode;
        let next = self.next_id();
        let Some(context) = self.contexts.get_mut(&context) else { return Vec::new() };
        match channel::read(payload, mode) {
            None => tracing::debug!("a page sent something unreadable"),
            Some(Message::Abort { number }) => {
                context.ceremonies.retain(|c| c.document != id || c.number != number);
            }
            Some(Message::Native { kind, outcome, origin: claimed, top: claimed_top }) => {
                // What a frame or an insecure page got counts for nothing: Rekey would not have answered it either.
                if let Some(origin) = genuine(origin, &claimed).filter(|_| top && claimed_top)
                    && context.native.len() < MOST_REPORTS
                {
                    context.native.push_back(NativeCeremony { kind, origin, outcome });
                }
            }
            Some(Message::Request(request)) => {
                let number = request.number;
                let refuse = || vec![Todo::Refuse { session: session.clone(), document: id.clone(), number }];
                let Some(origin) = genuine(origin, &request.origin).filter(|_| top == request.top) else {
                    return refuse();
                };
                let Some(stands) = stands else { return refuse() };
                let own = context.ceremonies.iter().filter(|c| c.document == id).count();
                // Frames do not keep the page itself from calling.
                if own >= MOST_CEREMONIES || (!top && context.ceremonies.len() >= MOST_IN_A_CONTEXT) {
                    return refuse();
                }
                let (ceremony, document) = (CeremonyId(next), id.clone());
                let request = Some(request.seen(ceremony, document, origin, stands));
                context.ceremonies.push(Ceremony { id: ceremony, document: id, number, request });
            }
        }
        Vec::new()
    }

    /// Where a document stands in its page, by what the browser said of each document above it. `None` where one of them
    /// is not known, opaque or insecure: such a call is refused.
    ///
    /// <https://w3c.github.io/webappsec-credential-management/#same-origin-with-its-ancestors>
    fn stands(&self, document: &DocumentId) -> Option<FrameKind> {
        let own = self.documents.get(document)?.origin.as_ref()?;
        let mut same = true;
        let mut at = document;
        // A frame deeper than this asks for nothing.
        for depth in 0..32 {
            let here = self.documents.get(at)?;
            let origin = here.origin.as_ref().filter(|origin| origin.is_potentially_trustworthy())?;
            same &= origin == own;
            if self.is_top(&here.session, &here.frame) {
                return Some(match (depth, same) {
                    (0, _) => FrameKind::Top,
                    (_, true) => FrameKind::SameOrigin,
                    (_, false) => FrameKind::CrossOrigin { top: origin.clone() },
                });
            }
            let parent = self.frames.get(&here.frame)?.parent.as_ref()?;
            at = self.frames.get(parent)?.document.as_ref()?;
        }
        None
    }
}

/// The document's origin as the browser says, where its bridge says the same and it is a secure one.
fn genuine(origin: Option<Origin>, claimed: &str) -> Option<Origin> {
    origin.filter(|origin| origin.to_string() == claimed && origin.is_potentially_trustworthy())
}
