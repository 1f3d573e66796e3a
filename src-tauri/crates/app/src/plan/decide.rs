//! How an account stands, and what is to be done next.

use rekey_journey::{AccountState, Choice, PasskeyRole, StopReason, Strength};
use rekey_sites::record::{PasswordAfter, Role};

use super::{Candidate, Lack, NextStep, PlanState};

/// What a site does with passkeys, from the directory and what was learnt since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// They sign in.
    SignIn,
    /// They stand beside the password.
    SecondFactor,
    /// Somebody looked and found none.
    None,
    /// None can be bound to it.
    NoneByNature,
    /// Nobody knows.
    Unknown,
}

impl Takes {
    pub(super) fn any(self) -> bool {
        matches!(self, Self::SignIn | Self::SecondFactor)
    }
}

/// State, next step, and what follows.
#[derive(Debug)]
pub(super) struct Decision {
    pub(super) state: PlanState,
    pub(super) next: NextStep,
    pub(super) then: Option<NextStep>,
}

impl Decision {
    fn new(state: PlanState, next: NextStep) -> Self {
        Self { state, next, then: None }
    }
}

pub(super) fn takes(candidate: &Candidate) -> Takes {
    if candidate.takes_none_by_nature() {
        return Takes::NoneByNature;
    }
    match candidate.facts.as_ref().and_then(|facts| facts.role) {
        Some(Role::SignIn | Role::Both) => return Takes::SignIn,
        Some(Role::SecondFactor) => return Takes::SecondFactor,
        Some(Role::NoneSeen) | None => {}
    }
    let facts = candidate.facts.as_ref();
    let announced = candidate.announced.filter(|announced| !facts.is_some_and(|facts| facts.outdoes(announced.day)));
    match announced.map(|announced| announced.role) {
        Some(PasskeyRole::SecondFactor) => return Takes::SecondFactor,
        Some(PasskeyRole::SignIn | PasskeyRole::Both | PasskeyRole::Unknown) => return Takes::SignIn,
        None => {}
    }
    if facts.is_some_and(|facts| facts.role.is_some()) || found_none(candidate) {
        return Takes::None;
    }
    if facts.is_some_and(|facts| facts.passkey_page.is_some()) { Takes::SignIn } else { Takes::Unknown }
}

/// Whether a journey looked where nobody knew, and found no place for a passkey.
pub(super) fn found_none(candidate: &Candidate) -> bool {
    matches!(candidate.stopped, Some(StopReason::NoPasskeyPage | StopReason::Barred))
}

/// What the password lacks. Nothing is said of a password that nobody judged.
pub(super) fn lacks(candidate: &Candidate) -> Vec<Lack> {
    let not_strong = candidate.judged().and_then(|judged| judged.strength).is_some_and(|s| s < Strength::Strong);
    let may_lack = [
        (candidate.is_breached(), Lack::Unpublished),
        (candidate.is_reused(), Lack::Unique),
        (not_strong, Lack::Strong),
        (candidate.judged().is_some() && !candidate.has_second_factor(), Lack::SecondFactor),
    ];
    may_lack.into_iter().filter(|(is_lacking, _)| *is_lacking).map(|(_, lack)| lack).collect()
}

pub(super) fn decide(candidate: &Candidate, takes: Takes, today: u32) -> Decision {
    use NextStep::Nothing;
    if candidate.is_gone {
        return Decision::new(PlanState::Gone, Nothing);
    }
    if candidate.is_archived {
        return Decision::new(PlanState::Archived, Nothing);
    }
    match candidate.choice {
        Some(Choice::Ignored) => return Decision::new(PlanState::Ignored, Nothing),
        Some(Choice::Postponed { until_day }) if until_day > today => {
            return Decision::new(PlanState::Postponed, Nothing);
        }
        _ => {}
    }
    match (candidate.state, candidate.stopped) {
        (AccountState::Proven, _) => Decision::new(PlanState::Proven, beside_a_passkey(candidate)),
        (AccountState::SecondFactor, _) => Decision::new(PlanState::ProvenSecondFactor, beside_a_passkey(candidate)),
        (AccountState::Registered, _) => Decision::new(PlanState::InProgress, NextStep::Prove),
        (AccountState::Started, _) => Decision::new(PlanState::InProgress, NextStep::GoOn),
        (AccountState::Stuck, _) if takes == Takes::None && found_none(candidate) => begin(candidate, takes),
        (AccountState::NeedsPerson, Some(reason)) => Decision::new(PlanState::NeedsYou, NextStep::Answer { reason }),
        (AccountState::Stuck, Some(reason)) => Decision::new(PlanState::Stuck, NextStep::Solve { reason }),
        (AccountState::NeedsPerson | AccountState::Stuck, None) => Decision::new(PlanState::InProgress, NextStep::GoOn),
        (AccountState::New, _) => begin(candidate, takes),
    }
}

/// The password of an account whose passkey works still opens it: it must not be the weaker door.
fn beside_a_passkey(candidate: &Candidate) -> NextStep {
    if !candidate.is_at_risk() {
        return NextStep::Nothing;
    }
    let facts = candidate.facts.as_ref();
    let can_remove = facts.is_some_and(|facts| facts.password_after == Some(PasswordAfter::Removable));
    NextStep::ReplacePassword { lacks: risks(candidate), can_remove, page: change_page(candidate) }
}

fn begin(candidate: &Candidate, takes: Takes) -> Decision {
    if let Some(provider) = candidate.signs_in_with.clone().filter(|_| !candidate.has_password) {
        return Decision::new(PlanState::Follows, NextStep::FollowProvider { provider });
    }
    if candidate.has_passkey {
        return Decision::new(PlanState::InVault, NextStep::ProveFromVault);
    }
    let facts = candidate.facts.as_ref();
    let has_none = facts.is_some_and(|facts| facts.password_after == Some(PasswordAfter::HasNone));
    if !candidate.has_password && !has_none {
        return Decision::new(PlanState::Unclear, NextStep::SayHow);
    }
    match takes {
        // Somebody may be in already, and a passkey shuts nobody out.
        Takes::SignIn if candidate.is_breached() => secure_first(candidate, add(candidate)),
        Takes::SignIn => {
            let then = candidate.is_at_risk().then(|| beside_a_passkey(candidate));
            Decision { state: PlanState::Ready, next: add(candidate), then }
        }
        // A second factor does not mend the first.
        Takes::SecondFactor if candidate.is_at_risk() => secure_first(candidate, add(candidate)),
        Takes::SecondFactor => Decision::new(PlanState::Ready, add(candidate)),
        Takes::Unknown if candidate.is_at_risk() => secure_first(candidate, NextStep::SignInAndLook),
        Takes::Unknown => Decision::new(PlanState::Unexplored, NextStep::SignInAndLook),
        Takes::None | Takes::NoneByNature => without_passkeys(candidate, takes),
    }
}

fn secure_first(candidate: &Candidate, then: NextStep) -> Decision {
    let next = NextStep::Secure { lacks: risks(candidate), page: change_page(candidate) };
    Decision { state: PlanState::ToStrengthen, next, then: Some(then) }
}

fn without_passkeys(candidate: &Candidate, takes: Takes) -> Decision {
    if candidate.has_password && candidate.judged().is_none() {
        return Decision::new(PlanState::ToStrengthen, NextStep::OpenVault);
    }
    let mut lacks = lacks(candidate);
    if takes == Takes::NoneByNature {
        // A device at home rarely has one to offer.
        lacks.retain(|lack| *lack != Lack::SecondFactor);
    }
    match (lacks.is_empty(), takes) {
        (false, _) => {
            let next = NextStep::Secure { lacks, page: change_page(candidate) };
            Decision::new(PlanState::ToStrengthen, next)
        }
        (true, Takes::NoneByNature) => Decision::new(PlanState::Settled, NextStep::Nothing),
        (true, _) => Decision::new(PlanState::Watched, NextStep::Watch),
    }
}

/// What somebody who tries could use.
fn risks(candidate: &Candidate) -> Vec<Lack> {
    let mut lacks = lacks(candidate);
    lacks.retain(|lack| *lack != Lack::SecondFactor);
    lacks
}

fn add(candidate: &Candidate) -> NextStep {
    match candidate.facts.as_ref().and_then(|facts| facts.passkey_page.as_deref()) {
        Some(page) => NextStep::OpenPasskeyPage { page: page.to_owned() },
        None => NextStep::SignInAndFind,
    }
}

fn change_page(candidate: &Candidate) -> Option<String> {
    candidate.facts.as_ref()?.change_password.as_deref().map(str::to_owned)
}
