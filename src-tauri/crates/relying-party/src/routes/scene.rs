//! What a ceremony leaves behind for the explanation.

use serde_json::Value;

use super::refusal::Refusal;
use crate::explain::{CeremonyKind, Expected, StoredKey, Trace};
use crate::store::{Passkey, SessionId};
use crate::visit::Visit;

/// A ceremony whose challenge was ours, as it came.
pub(super) struct Scene {
    pub(super) kind: CeremonyKind,
    pub(super) options: Value,
    pub(super) answer: Value,
    /// The passkey that was looked up, as it was before.
    pub(super) passkey: Option<Passkey>,
}

/// Keeps it for its session. An answer without a challenge of the session is none of its ceremonies.
pub(super) fn keep_trace(visit: &Visit, session: &SessionId, scene: Option<Scene>, refusal: Option<&Refusal>) {
    let Some(scene) = scene else { return };
    let trace = Trace {
        kind: scene.kind,
        at: visit.site.now(),
        options: scene.options,
        answer: scene.answer,
        expected: Expected { origins: visit.site.origins.clone(), rp_id: visit.site.rp_id.clone() },
        stored: scene.passkey.map(|passkey| StoredKey {
            public_key: passkey.public_key,
            sign_count: passkey.sign_count,
            backup_eligible: passkey.backup_eligible,
            backup_state: passkey.backup_state,
            name: passkey.name,
        }),
        account: visit.account.as_ref().map(|account| account.user_name.clone()),
        refusal: refusal.map(ToString::to_string),
    };
    visit.site.state().traces.keep(session.clone(), trace);
}
