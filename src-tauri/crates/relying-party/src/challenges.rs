//! Ceremonies that wait for their answer: one for each browser session, good once and for five minutes.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use webauthn_rs_core::proto::{AuthenticationState, RegistrationState};

use crate::accounts::AccountId;
use crate::sessions::SessionId;

/// How long a challenge is good for: the recommended default timeout of
/// <https://www.w3.org/TR/webauthn-3/#sctn-timeout-recommended-range>.
pub(crate) const LIFETIME: Duration = Duration::from_secs(300);

/// Outstanding challenges at once, a bound on memory.
const CAPACITY: usize = 4_096;

/// What a challenge was issued for, with the state that its answer is checked against.
pub(crate) enum Ceremony {
    /// Adding a passkey to an account.
    Registration {
        /// The account that was signed in when the challenge was issued.
        account: AccountId,
        /// What the new passkey shall be called.
        name: String,
        /// Holds the challenge.
        state: Box<RegistrationState>,
    },
    /// Signing in without a user name.
    SignIn {
        /// Holds the challenge.
        state: Box<AuthenticationState>,
    },
    /// Confirming a password with a passkey of the same account.
    SecondFactor {
        /// The account whose password was given.
        account: AccountId,
        /// Holds the challenge.
        state: Box<AuthenticationState>,
    },
}

/// Why there is no challenge to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ChallengeError {
    /// None was issued to this session, or it was answered before.
    #[error("no challenge is waiting")]
    Missing,
    /// It was issued too long ago.
    #[error("the challenge expired")]
    Expired,
}

struct Pending {
    ceremony: Ceremony,
    issued: SystemTime,
}

/// The waiting ceremonies.
#[derive(Default)]
pub(crate) struct Challenges {
    pending: HashMap<SessionId, Pending>,
}

impl Challenges {
    /// Issues a challenge to a session; an earlier one of the same session is void.
    pub(crate) fn issue(&mut self, session: SessionId, ceremony: Ceremony, now: SystemTime) {
        if self.pending.len() >= CAPACITY {
            self.pending.retain(|_, p| !expired(p.issued, now));
        }
        if self.pending.len() >= CAPACITY {
            let oldest = self.pending.iter().min_by_key(|(_, p)| p.issued).map(|(id, _)| id.clone());
            oldest.and_then(|id| self.pending.remove(&id));
        }
        self.pending.insert(session, Pending { ceremony, issued: now });
    }

    /// Takes the challenge of a session. Whatever comes of it, it cannot be taken again.
    pub(crate) fn take(&mut self, session: &SessionId, now: SystemTime) -> Result<Ceremony, ChallengeError> {
        let pending = self.pending.remove(session).ok_or(ChallengeError::Missing)?;
        if expired(pending.issued, now) { Err(ChallengeError::Expired) } else { Ok(pending.ceremony) }
    }
}

/// A clock that went backwards expires a challenge too.
fn expired(issued: SystemTime, now: SystemTime) -> bool {
    now.duration_since(issued).map_or(true, |age| age >= LIFETIME)
}
