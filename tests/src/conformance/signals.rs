//! What relying parties let an authenticator know.
//!
//! <https://www.w3.org/TR/webauthn-3/#sctn-signal-methods>

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rekey_browser::{SignalKind, SignalRequest};
use serde::Deserialize;

use super::software::Kept;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    credential_id: Option<String>,
    user_id: Option<String>,
    all_accepted_credential_ids: Option<Vec<String>>,
    name: Option<String>,
}

/// Forgets what the site does not know any more, and calls users what it calls them.
pub(super) fn take(kept: &mut Vec<Kept>, signal: &SignalRequest) {
    let Ok(said) = serde_json::from_str::<Said>(&signal.options) else { return };
    let is_users = |kept: &Kept| {
        let handle = kept.user_handle.as_ref().map(|handle| URL_SAFE_NO_PAD.encode(handle));
        kept.rp_id == signal.rp_id && handle.is_some() && handle == said.user_id
    };
    match signal.kind {
        SignalKind::UnknownCredential => {
            kept.retain(|kept| kept.rp_id != signal.rp_id || said.credential_id != Some(kept.id.to_string()));
        }
        SignalKind::AllAcceptedCredentials => {
            let accepted = said.all_accepted_credential_ids.clone().unwrap_or_default();
            kept.retain(|kept| !is_users(kept) || accepted.contains(&kept.id.to_string()));
        }
        SignalKind::CurrentUserDetails => {
            for kept in kept.iter_mut().filter(|kept| is_users(kept)) {
                kept.user_name = said.name.clone().unwrap_or_default();
            }
        }
    }
}
