use serde::{Deserialize, Serialize};

use crate::event::{Credential, Event, ProofKind};
use crate::stop::StopReason;

/// How far an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Imported, nothing done.
    New,
    /// A journey is under way (or was interrupted).
    Started,
    /// A passkey was made; whether it works is not proven.
    Registered,
    /// The passkey alone signs in, seen by Rekey.
    Proven,
    /// The passkey works beside the password, seen by Rekey.
    SecondFactor,
    /// A person must do something.
    NeedsPerson,
    /// Something must change before it can go on.
    Stuck,
}

impl AccountState {
    /// Every state.
    pub const ALL: [Self; 7] =
        [Self::New, Self::Started, Self::Registered, Self::Proven, Self::SecondFactor, Self::NeedsPerson, Self::Stuck];

    /// The state as scripts read it.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Started => "started",
            Self::Registered => "registered",
            Self::Proven => "proven",
            Self::SecondFactor => "second_factor",
            Self::NeedsPerson => "needs_person",
            Self::Stuck => "stuck",
        }
    }
}

/// What an account's events add up to: all that a journey needs to go on after an interruption.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Whether a journey was started.
    pub started: bool,
    /// The last time step whose code may have been given to the site.
    pub last_code_step: Option<u64>,
    /// The newest passkey that was made and not refused by the site.
    pub credential: Option<Credential>,
    /// Whether the site took that passkey without objection.
    pub accepted: bool,
    /// What the newest proof of that passkey showed.
    pub proof: Option<ProofKind>,
    /// Why the newest journey stopped, if it did.
    pub stopped: Option<StopReason>,
}

impl Progress {
    /// Adds one event; events come in the ledger's order.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::JourneyStarted { .. } => {
                self.started = true;
                self.stopped = None;
            }
            Event::CodeGiven { step, .. } => self.last_code_step = self.last_code_step.max(Some(*step)),
            Event::PasskeyCreated { credential } => {
                self.credential = Some(credential.clone());
                self.accepted = false;
                self.proof = None;
            }
            Event::PasskeyAccepted { credential } if self.is(credential) => self.accepted = true,
            Event::PasskeyRefused { credential } if self.is(credential) => {
                self.credential = None;
                self.accepted = false;
                self.proof = None;
            }
            // All is to be done anew.
            Event::PasskeyLost { credential } if self.is(credential) => {
                *self = Self { last_code_step: self.last_code_step, ..Self::default() };
            }
            Event::Proven { credential, proof, .. } if self.is(credential) => {
                self.accepted = true;
                self.proof = Some(*proof);
                self.stopped = None;
            }
            Event::Stopped { reason } => {
                self.stopped = Some(*reason);
                // What was seen to work once and does not any more is not proven any more.
                if *reason == StopReason::ProofFailed {
                    self.proof = None;
                }
            }
            _ => {}
        }
    }

    /// Adds up events in the ledger's order.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut progress = Self::default();
        events.into_iter().for_each(|event| progress.apply(event));
        progress
    }

    /// The state to show.
    pub fn state(&self) -> AccountState {
        match (self.stopped, self.proof) {
            (Some(reason), None) if reason.needs_person() => AccountState::NeedsPerson,
            (Some(_), None) => AccountState::Stuck,
            (_, Some(ProofKind::Passwordless)) => AccountState::Proven,
            (_, Some(ProofKind::SecondFactor)) => AccountState::SecondFactor,
            (None, None) if self.credential.is_some() => AccountState::Registered,
            (None, None) if self.started => AccountState::Started,
            (None, None) => AccountState::New,
        }
    }

    fn is(&self, credential: &str) -> bool {
        self.credential.as_ref().is_some_and(|c| c.id == credential)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::EvidenceSource;

    fn check(events: &[Event], expect: AccountState) {
        assert_eq!(Progress::replay(events).state(), expect, "{events:?}");
    }

    #[test]
    fn the_state_follows_from_the_events() {
        let credential = Credential {
            id: "a".into(),
            rp_id: "example.com".into(),
            user_handle: "u".into(),
            home: "store".into(),
            source: EvidenceSource::MadeByRekey,
        };
        let started = Event::JourneyStarted { browser: "b".into(), home: "store".into(), assist: "auto".into() };
        let created = Event::PasskeyCreated { credential };
        let refused = Event::PasskeyRefused { credential: "a".into() };
        let stopped = |reason| Event::Stopped { reason };
        let proven = |id: &str, proof| Event::Proven {
            credential: id.into(),
            proof,
            signals: vec![],
            source: EvidenceSource::MadeByRekey,
        };
        let passwordless = || proven("a", ProofKind::Passwordless);

        check(&[], AccountState::New);
        check(std::slice::from_ref(&started), AccountState::Started);
        check(&[started.clone(), created.clone()], AccountState::Registered);
        check(&[started.clone(), created.clone(), refused.clone()], AccountState::Started);
        let lost = |id: &str| Event::PasskeyLost { credential: id.into() };
        check(&[started.clone(), created.clone(), passwordless(), lost("a")], AccountState::New);
        check(&[started.clone(), created.clone(), passwordless(), lost("another")], AccountState::Proven);
        check(&[created.clone(), lost("a"), created.clone(), passwordless()], AccountState::Proven);
        check(&[created.clone(), passwordless()], AccountState::Proven);
        check(&[created.clone(), proven("a", ProofKind::SecondFactor)], AccountState::SecondFactor);
        check(&[created.clone(), proven("another", ProofKind::Passwordless)], AccountState::Registered);
        check(&[started.clone(), stopped(StopReason::Captcha)], AccountState::NeedsPerson);
        check(&[started.clone(), stopped(StopReason::PasswordRefused)], AccountState::Stuck);
        check(&[stopped(StopReason::PasswordRefused), started], AccountState::Started);
        // A line that is down says nothing about the passkey; a proof that fails does.
        check(&[created.clone(), passwordless(), stopped(StopReason::Unreachable)], AccountState::Proven);
        check(&[created.clone(), passwordless(), stopped(StopReason::ProofFailed)], AccountState::Stuck);
        check(&[created, stopped(StopReason::ProofFailed), passwordless()], AccountState::Proven);
    }
}
