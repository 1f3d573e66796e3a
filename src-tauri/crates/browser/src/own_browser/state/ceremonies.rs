//! Ceremonies: who asked, and whether the one may ask.

use std::collections::HashSet;

use rekey_journey::page::DocumentId;
use rekey_origin::Origin;

use super::{Ceremony, Document, State, Todo};
use crate::channel::{self, Message, Number};
use crate::own_browser::wire::SessionId;
use crate::{CeremonyId, CeremonyRequest, ContextId, DriverError, NativeCeremony};

/// More ceremonies of one document than this do not wait at once.
const MOST_CEREMONIES: usize = 8;
/// More reports than this are not kept for a driver that does not look.
const MOST_REPORTS: usize = 32;

impl State {
    /// The oldest ceremony that was not handed over yet. One of a document about to be replaced waits: either the other
    /// document never comes, or the ceremony goes with its own.
    pub(in super::super) fn take_ceremony(&mut self, id: ContextId) -> Result<Option<CeremonyRequest>, DriverError> {
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
            Some(Message::Request { number, kind, options, origin: claimed, top: claimed_top }) => {
                let refuse = || vec![Todo::Refuse { session: session.clone(), document: id.clone(), number }];
                let Some(origin) = genuine(origin, &claimed).filter(|_| top && claimed_top) else { return refuse() };
                if context.ceremonies.iter().filter(|c| c.document == id).count() >= MOST_CEREMONIES {
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

/// The document's origin as the browser says, where its bridge says the same and it is a secure one.
fn genuine(origin: Option<Origin>, claimed: &str) -> Option<Origin> {
    origin.filter(|origin| origin.to_string() == claimed && origin.is_potentially_trustworthy())
}
