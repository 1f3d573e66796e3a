//! The ceremony that each session made last, for whoever wants to see what happened. In memory, and for that session
//! alone.

use std::collections::HashMap;

use crate::explain::Trace;
use crate::store::SessionId;

/// Sessions remembered, a bound on memory: an answer may have 64 KiB.
const CAPACITY: usize = 256;

/// The last ceremony of each session.
#[derive(Default)]
pub(crate) struct Traces {
    last: HashMap<SessionId, Trace>,
}

impl Traces {
    /// Keeps what a session's ceremony left behind, in place of the one before.
    pub(crate) fn keep(&mut self, session: SessionId, trace: Trace) {
        if self.last.len() >= CAPACITY && !self.last.contains_key(&session) {
            let oldest = self.last.iter().min_by_key(|(_, trace)| trace.at).map(|(id, _)| id.clone());
            oldest.and_then(|id| self.last.remove(&id));
        }
        self.last.insert(session, trace);
    }

    /// A session has another id now.
    pub(crate) fn moved(&mut self, from: &SessionId, to: SessionId) {
        if let Some(trace) = self.last.remove(from) {
            self.last.insert(to, trace);
        }
    }

    /// A session ended: what it saw is no concern of the next person at this browser.
    pub(crate) fn forget(&mut self, session: &SessionId) {
        self.last.remove(session);
    }

    /// What a session's last ceremony left behind.
    pub(crate) fn of(&self, session: &SessionId) -> Option<&Trace> {
        self.last.get(session)
    }
}
