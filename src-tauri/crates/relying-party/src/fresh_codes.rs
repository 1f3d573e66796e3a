//! Recovery codes that were made along with a first passkey, until the next page shows them. In memory only.

use std::collections::HashMap;

use zeroize::Zeroizing;

use crate::store::SessionId;

/// Sets of codes that wait, a bound on memory. Whoever's were dropped makes new ones.
const CAPACITY: usize = 256;

/// Codes that wait for their page.
#[derive(Default)]
pub(crate) struct FreshCodes {
    waiting: HashMap<SessionId, Vec<Zeroizing<String>>>,
}

impl FreshCodes {
    /// Keeps codes for a session's next page.
    pub(crate) fn keep(&mut self, session: SessionId, codes: Vec<Zeroizing<String>>) {
        if self.waiting.len() >= CAPACITY {
            self.waiting.clear();
        }
        self.waiting.insert(session, codes);
    }

    /// Takes them: they are shown once.
    pub(crate) fn take(&mut self, session: &SessionId) -> Option<Vec<Zeroizing<String>>> {
        self.waiting.remove(session)
    }
}
