//! What goes to the content script and the bridge, and what comes back.

use serde_json::json;

use crate::{CeremonyReply, DriverError};

/// Reads what the content script says of an action.
///
/// # Errors
/// Where the action was not carried out.
pub fn outcome(value: &serde_json::Value) -> Result<(), DriverError> {
    match value.as_str() {
        Some("ok") => Ok(()),
        Some("gone") => Err(DriverError::Stale),
        Some("hidden") => Err(DriverError::Unusable("hidden")),
        Some("covered") => Err(DriverError::Unusable("covered")),
        Some("disabled") => Err(DriverError::Unusable("disabled")),
        // The form changed where it sends since it was looked at: the next try looks again.
        Some("moved") => Err(DriverError::Stale),
        Some("harmful") => Err(DriverError::Unusable("it would remove, switch off or pay for something")),
        Some("readonly") => Err(DriverError::Unusable("read-only")),
        Some(_) => Err(DriverError::Unusable("refused")),
        None => Err(DriverError::Malformed),
    }
}

/// The answer to a ceremony as the script in the page's world reads it; `id` is the number that it gave.
pub fn answer(id: u64, reply: &CeremonyReply) -> String {
    let reply = match reply {
        CeremonyReply::Credential(credential) => json!({"id": id, "credential": credential}),
        CeremonyReply::Taken => json!({"id": id, "done": true}),
        CeremonyReply::Refusal(name) => json!({"id": id, "error": name}),
    };
    reply.to_string()
}
