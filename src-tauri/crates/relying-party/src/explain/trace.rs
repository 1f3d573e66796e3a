//! What one ceremony left behind.

use std::time::SystemTime;

use super::refusal::Refused;

/// Which ceremony it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CeremonyKind {
    /// A passkey was asked for.
    Registration {
        /// Asked for quietly, after a sign-in with a password (`mediation: "conditional"`).
        conditional: bool,
    },
    /// A sign-in with nothing but a passkey.
    SignIn {
        /// Offered among the browser's suggestions (`mediation: "conditional"`).
        conditional: bool,
        /// The person had given a user name before, so the request named that account's passkeys.
        named: bool,
    },
    /// A passkey asked for after the password.
    SecondFactor,
}

/// What one ceremony left behind, kept for the session that made it. Holds no secret: a challenge that was answered is
/// spent, and a private key never gets here.
#[derive(Debug, Clone)]
pub(crate) struct Trace {
    pub(crate) kind: CeremonyKind,
    /// When the answer came, by the site's clock.
    pub(crate) at: SystemTime,
    /// `{"publicKey": {…}}` as it was sent to the page.
    pub(crate) options: serde_json::Value,
    /// The credential's JSON as the page sent it. Anybody may have written it.
    pub(crate) answer: serde_json::Value,
    pub(crate) expected: Expected,
    /// The key that was looked up at a sign-in, as it was *before* it. `None` at a registration, and where the site
    /// found none.
    pub(crate) stored: Option<StoredKey>,
    /// The user name of the account, where the site knew it.
    pub(crate) account: Option<String>,
    /// `None` means that the answer was accepted.
    pub(crate) refusal: Option<Refused>,
}

/// What an answer has to name.
#[derive(Debug, Clone)]
pub(crate) struct Expected {
    /// Origins as a browser writes them, such as `http://localhost:4321`.
    pub(crate) origins: Vec<String>,
    pub(crate) rp_id: String,
}

/// A passkey's record at the site.
#[derive(Debug, Clone)]
pub(crate) struct StoredKey {
    /// A COSE_Key in CBOR.
    pub(crate) public_key: Vec<u8>,
    pub(crate) sign_count: u32,
    pub(crate) backup_eligible: bool,
    pub(crate) backup_state: bool,
    /// The name that the person gave it.
    pub(crate) name: String,
}
