//! Ceremonies that wait for their answer: each challenge good once, for five minutes, for the session it was issued to.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::{Duration, SystemTime};

use serde::Deserialize;
use webauthn_rs_core::proto::{AuthenticationState, RegistrationState};

use crate::store::{AccountId, Passkey, SessionId};

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

/// Whom a user name that was given stands for.
pub(crate) enum Named {
    /// An account whose passkeys were listed.
    Account(AccountId),
    /// Nobody who could sign in with a passkey: this one was listed, which does not exist.
    Nobody(Box<Passkey>),
}

/// What a challenge was issued for, with the state that its answer is checked against.
pub(crate) enum Ceremony {
    /// Adding a passkey.
    Registration(Box<Registration>),
    /// Signing in, without a user name or with one that was given.
    SignIn {
        /// The name that was given, if one was.
        named: Option<Named>,
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
    challenge: Challenge,
    session: SessionId,
    ceremony: Ceremony,
    options: serde_json::Value,
    issued: SystemTime,
}

/// The waiting ceremonies. Whatever their number, no request looks at more than a few of them.
#[derive(Default)]
pub(crate) struct Challenges {
    /// By number: the oldest first.
    pending: BTreeMap<u64, Pending>,
    numbers: HashMap<Challenge, u64>,
    /// Of each session that has any, the oldest first.
    of_session: HashMap<SessionId, VecDeque<u64>>,
    next: u64,
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
        let own = self.of_session.get(&session).filter(|own| own.len() >= PER_SESSION);
        if let Some(oldest) = own.and_then(VecDeque::front).copied() {
            self.remove(oldest);
        }
        if self.pending.len() >= CAPACITY {
            // Those that anybody can begin give way first.
            let anonymous = self.pending.iter().find(|(_, pending)| pending.ceremony.is_anonymous());
            let oldest = anonymous.or_else(|| self.pending.first_key_value()).map(|(number, _)| *number);
            oldest.and_then(|number| self.remove(number));
        }
        let number = self.next;
        self.next += 1;
        self.numbers.insert(challenge.clone(), number);
        self.of_session.entry(session.clone()).or_default().push_back(number);
        self.pending.insert(number, Pending { challenge, session, ceremony, options, issued: now });
    }

    /// Takes the ceremony of a challenge, with the options that were sent for it. Whatever comes of it, it cannot be
    /// taken again. Another session's stays where it is.
    pub(crate) fn take(
        &mut self,
        session: &SessionId,
        challenge: &str,
        now: SystemTime,
    ) -> Result<(Ceremony, serde_json::Value), ChallengeError> {
        let number = *self.numbers.get(challenge).ok_or(ChallengeError::Missing)?;
        if self.pending.get(&number).is_some_and(|pending| pending.session != *session) {
            return Err(ChallengeError::Foreign);
        }
        let pending = self.remove(number).ok_or(ChallengeError::Missing)?;
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

    fn remove(&mut self, number: u64) -> Option<Pending> {
        let pending = self.pending.remove(&number)?;
        self.numbers.remove(&pending.challenge);
        if let Entry::Occupied(mut own) = self.of_session.entry(pending.session.clone()) {
            own.get_mut().retain(|other| *other != number);
            if own.get().is_empty() {
                own.remove();
            }
        }
        Some(pending)
    }
}

/// A clock that went backwards expires a challenge too.
fn expired(issued: SystemTime, now: SystemTime) -> bool {
    now.duration_since(issued).map_or(true, |age| age >= LIFETIME)
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use serde_json::json;
    use url::Url;

    use super::*;
    use crate::Config;
    use crate::ceremonies::Ceremonies;

    #[test]
    fn the_oldest_of_too_many_is_void() {
        let origin = Url::parse("http://localhost/").unwrap();
        let ceremonies = Ceremonies::new("", "localhost", vec![origin], &Config::default()).unwrap();
        let (_, state) = ceremonies.start_assertion().unwrap();
        let mut challenges = Challenges::default();
        let session = |number: usize| SessionId::claimed(&(number / PER_SESSION).to_string());
        for number in 0..10_000 {
            let ceremony = Ceremony::SignIn { named: None, conditional: false, state: Box::new(state.clone()) };
            let options = json!({ "publicKey": { "challenge": number.to_string() } });
            challenges.issue(session(number), ceremony, options, UNIX_EPOCH);
        }
        let mut check = |number: usize, expect: Option<ChallengeError>| {
            assert_eq!(challenges.take(&session(number), &number.to_string(), UNIX_EPOCH).err(), expect, "{number}");
        };
        check(10_000 - CAPACITY - 1, Some(ChallengeError::Missing));
        check(10_000 - CAPACITY, None);
        check(9_999, None);
        check(9_999, Some(ChallengeError::Missing));
        assert_eq!(challenges.len(), CAPACITY - 2);
        assert_eq!(challenges.numbers.len(), CAPACITY - 2);
        assert_eq!(challenges.of_session.values().map(VecDeque::len).sum::<usize>(), CAPACITY - 2);
    }
}
