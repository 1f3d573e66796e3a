//! Ceremonies that wait for their answer: each challenge good once, for five minutes, for the session it was issued to.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use webauthn_rs_core::proto::{AuthenticationState, RegistrationState};

use crate::store::{AccountId, SessionId};

/// How long a challenge is good for: the recommended default timeout of
/// <https://www.w3.org/TR/webauthn-3/#sctn-timeout-recommended-range>.
pub(crate) const LIFETIME: Duration = Duration::from_secs(300);

/// Outstanding challenges at once, a bound on memory: some kilobytes each.
const CAPACITY: usize = 4_096;

/// Outstanding challenges of one session: a page that offers autofill holds one, and its button takes another.
const PER_SESSION: usize = 4;

/// Adding a passkey to an account.
pub(crate) struct Registration {
    /// The account that was signed in when the challenge was issued.
    pub(crate) account: AccountId,
    /// What the new passkey shall be called.
    pub(crate) name: String,
    /// Whether the browser makes it on its own, after a sign-in with the password.
    pub(crate) conditional: bool,
    /// Whether it shall sign in by itself.
    pub(crate) passwordless: bool,
    /// Holds the challenge.
    pub(crate) state: RegistrationState,
}

/// What a challenge was issued for, with the state that its answer is checked against.
pub(crate) enum Ceremony {
    /// Adding a passkey.
    Registration(Box<Registration>),
    /// Signing in, without a user name or with one that was given.
    SignIn {
        /// The account of the name that was given, if one was; `Some(None)` is a name that nobody has.
        named: Option<Option<AccountId>>,
        /// Whether the page asked for it with autofill.
        conditional: bool,
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
    /// Somebody signed in shows once more who they are.
    Confirmation {
        /// Who is signed in.
        account: AccountId,
        /// Holds the challenge.
        state: Box<AuthenticationState>,
    },
}

impl Ceremony {
    /// Whether anybody can begin one. Those give way to the others.
    fn is_anonymous(&self) -> bool {
        matches!(self, Self::SignIn { .. })
    }
}

/// Why there is no challenge to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ChallengeError {
    /// None such was issued, or it was answered before.
    #[error("no challenge is waiting")]
    Missing,
    /// It was issued to another session.
    #[error("the challenge was issued to another session")]
    Foreign,
    /// It was issued too long ago.
    #[error("the challenge expired")]
    Expired,
}

/// A challenge in base64url, as client data has it.
pub(crate) type Challenge = String;

/// The challenge that client data claims to answer; `None` where it cannot be read.
pub(crate) fn claimed(client_data_json: &[u8]) -> Option<Challenge> {
    #[derive(Deserialize)]
    struct ClientData {
        challenge: Challenge,
    }
    serde_json::from_slice::<ClientData>(client_data_json).ok().map(|data| data.challenge)
}

struct Pending {
    session: SessionId,
    ceremony: Ceremony,
    options: serde_json::Value,
    issued: SystemTime,
}

/// The waiting ceremonies.
#[derive(Default)]
pub(crate) struct Challenges {
    pending: HashMap<Challenge, Pending>,
}

impl Challenges {
    /// Issues the challenge that stands in the options to a session. The oldest of too many is void.
    pub(crate) fn issue(
        &mut self,
        session: SessionId,
        ceremony: Ceremony,
        options: serde_json::Value,
        now: SystemTime,
    ) {
        let challenge = options.pointer("/publicKey/challenge").and_then(|c| c.as_str()).unwrap_or_default().to_owned();
        if self.pending.len() >= CAPACITY {
            self.pending.retain(|_, p| !expired(p.issued, now));
        }
        if self.pending.len() >= CAPACITY && !self.void_oldest(|pending| pending.ceremony.is_anonymous()) {
            self.void_oldest(|_| true);
        }
        if self.pending.values().filter(|p| p.session == session).count() >= PER_SESSION {
            self.void_oldest(|pending| pending.session == session);
        }
        self.pending.insert(challenge, Pending { session, ceremony, options, issued: now });
    }

    /// Takes the ceremony of a challenge, with the options that were sent for it. Whatever comes of it, it cannot be
    /// taken again. Another session's stays where it is.
    pub(crate) fn take(
        &mut self,
        session: &SessionId,
        challenge: &str,
        now: SystemTime,
    ) -> Result<(Ceremony, serde_json::Value), ChallengeError> {
        let pending = self.pending.get(challenge).ok_or(ChallengeError::Missing)?;
        if pending.session != *session {
            return Err(ChallengeError::Foreign);
        }
        let pending = self.pending.remove(challenge).ok_or(ChallengeError::Missing)?;
        if expired(pending.issued, now) {
            return Err(ChallengeError::Expired);
        }
        Ok((pending.ceremony, pending.options))
    }

    /// How many wait.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.pending.len()
    }

    /// Says whether there was one.
    fn void_oldest(&mut self, among: impl Fn(&Pending) -> bool) -> bool {
        let oldest = self.pending.iter().filter(|(_, p)| among(p)).min_by_key(|(_, p)| p.issued);
        let oldest = oldest.map(|(challenge, _)| challenge.clone());
        oldest.and_then(|challenge| self.pending.remove(&challenge)).is_some()
    }
}

/// A clock that went backwards expires a challenge too.
fn expired(issued: SystemTime, now: SystemTime) -> bool {
    now.duration_since(issued).map_or(true, |age| age >= LIFETIME)
}
