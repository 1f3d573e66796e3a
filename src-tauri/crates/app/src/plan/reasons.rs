//! Why an account has its place, and what to know before the next step.

use rekey_journey::{Choice, Strength};
use rekey_sites::record::{Asked, Attachment, Capacity, Kind, PasswordAfter};

use super::decide::{Decision, Takes, found_none};
use super::rank::kind;
use super::{Band, Candidate, NextStep, PlanState, Reason, Warning};

/// The reasons, what decided the place before what else speaks for it.
pub(super) fn reasons(candidate: &Candidate, takes: Takes, decision: &Decision, band: Band) -> Vec<Reason> {
    match band {
        Band::Left => return of_left(candidate, &decision.state),
        Band::Postponed => {
            return match candidate.choice {
                Some(Choice::Postponed { until_day }) => vec![Reason::Postponed { until_day }],
                _ => Vec::new(),
            };
        }
        Band::Follows => {
            return match &decision.next {
                NextStep::FollowProvider { provider } => vec![Reason::Follows { provider: provider.clone() }],
                _ => Vec::new(),
            };
        }
        Band::Done => return vec![Reason::Proven],
        Band::Watched => {
            let strong = candidate.judged().map(|_| Reason::Strong);
            return why_none(candidate, takes).into_iter().chain(strong).collect();
        }
        _ => {}
    }
    let kind = kind(candidate);
    let judged = candidate.judged();
    let is = |expected: Kind| kind == Some(expected);
    let waits = || match (&decision.state, candidate.stopped) {
        (PlanState::NeedsYou, Some(reason)) => Some(Reason::Waits { reason }),
        (PlanState::Stuck, Some(reason)) => Some(Reason::Stopped { reason }),
        _ => None,
    };
    let mut reasons = Vec::new();
    let mut add = |is_true: bool, reason: Reason| {
        if is_true {
            reasons.push(reason);
        }
    };
    add(candidate.choice == Some(Choice::Pinned), Reason::Pinned);
    add(candidate.recovers > 0, Reason::Recovers { count: candidate.recovers });
    add(candidate.signs_in_others > 0, Reason::SignsIn { count: candidate.signs_in_others });
    add(is(Kind::Mail) && candidate.recovers == 0, Reason::Mailbox);
    add(is(Kind::Identity) && candidate.unlocks() == 0, Reason::Identity);
    add(decision.next == NextStep::Prove, Reason::Unproven);
    add(decision.next == NextStep::GoOn, Reason::Begun);
    add(is(Kind::Money), Reason::Money);
    add(candidate.is_breached(), Reason::Breached);
    if let Some(judged) = judged.filter(|_| candidate.is_reused()) {
        let count = candidate.health.and_then(|health| health.reused_on);
        add(true, Reason::Reused { bucket: judged.reused, count });
    }
    add(candidate.is_weak(), Reason::Weak);
    if let Some(reason) = waits() {
        add(true, reason);
    }
    if let (Some(announced), true) = (candidate.announced, takes.any()) {
        add(true, Reason::Announced { said_by: announced.said_by });
    }
    add(decision.next == NextStep::ProveFromVault, Reason::InVault);
    add(band == Band::Easy && decision.state == PlanState::Ready, Reason::Easy);
    add(band != Band::Easy && decision.state == PlanState::Ready && takes == Takes::SignIn, Reason::TakesPasskeys);
    add(decision.state == PlanState::Ready && takes == Takes::SecondFactor, Reason::TakesBesidePassword);
    add(decision.state == PlanState::Unclear, Reason::NoPassword);
    add(is(Kind::Official), Reason::Official);
    add(is(Kind::Work), Reason::Work);
    add(is(Kind::Social), Reason::Social);
    add(is(Kind::Shopping), Reason::Shopping);
    let concerns_password = matches!(decision.state, PlanState::ToStrengthen);
    if let Some(reason) = why_none(candidate, takes).filter(|_| concerns_password) {
        add(true, reason);
    }
    add(decision.next == NextStep::OpenVault, Reason::NotJudged);
    // A passkey in the vault shows that the site takes them.
    let says_nothing = matches!(decision.state, PlanState::Unclear | PlanState::InVault);
    add(takes == Takes::Unknown && !says_nothing, Reason::SiteUnknown);
    add(candidate.is_local(), Reason::Local);
    add(judged.is_some_and(|judged| judged.strength == Some(Strength::Fair)), Reason::Fair);
    let wants_second = concerns_password && judged.is_some() && takes != Takes::NoneByNature;
    add(wants_second && !candidate.has_second_factor(), Reason::NoSecondFactor);
    add(judged.is_some_and(|judged| judged.open_line), Reason::OpenLine);
    add(judged.is_some_and(|judged| judged.is_old), Reason::Old);
    add(judged.is_some_and(|judged| judged.is_duplicate), Reason::Duplicate);
    reasons
}

fn of_left(candidate: &Candidate, state: &PlanState) -> Vec<Reason> {
    vec![match state {
        PlanState::Gone => Reason::Gone,
        PlanState::Archived => Reason::Archived,
        _ if candidate.is_gone => Reason::Gone,
        _ => Reason::Ignored,
    }]
}

/// Why there is no passkey to be had.
fn why_none(candidate: &Candidate, takes: Takes) -> Option<Reason> {
    match takes {
        Takes::NoneByNature => Some(Reason::TakesNoneByNature),
        Takes::None if found_none(candidate) => Some(Reason::FoundNone),
        Takes::None => Some(Reason::TakesNone),
        Takes::SignIn | Takes::SecondFactor | Takes::Unknown => None,
    }
}

/// What to know before a passkey is added; nothing where none is.
pub(super) fn warnings(candidate: &Candidate, decision: &Decision, today: u32) -> Vec<Warning> {
    let adds = |step: &NextStep| matches!(step, NextStep::OpenPasskeyPage { .. } | NextStep::SignInAndFind);
    if !adds(&decision.next) && !decision.then.as_ref().is_some_and(adds) {
        return Vec::new();
    }
    let takes = super::decide::takes(candidate);
    let Some(facts) = candidate.facts.as_ref() else { return Vec::new() };
    let one_kind = |kind: Attachment| facts.authenticator == Some(kind);
    let may_warn = [
        (takes == Takes::SecondFactor, Warning::SecondFactorOnly),
        (matches!(facts.capacity, Some(Capacity::One | Capacity::AtMost(1))), Warning::OnePasskeyOnly),
        (one_kind(Attachment::Platform), Warning::PlatformOnly),
        (one_kind(Attachment::CrossPlatform), Warning::CrossPlatformOnly),
        (facts.asks(Asked::Identity), Warning::AsksIdentity),
        (facts.asks(Asked::Email), Warning::AsksEmail),
        (facts.asks(Asked::Sms), Warning::AsksSms),
        (facts.asks(Asked::Captcha), Warning::AsksCaptcha),
        (takes == Takes::SignIn && facts.usernameless == Some(false), Warning::NeedsUserName),
        (takes == Takes::SignIn && facts.password_after == Some(PasswordAfter::Stays), Warning::PasswordStays),
        (facts.is_unsure(), Warning::FactsUnsure),
    ];
    let mut warnings: Vec<Warning> =
        may_warn.into_iter().filter(|(is_true, _)| *is_true).map(|(_, warning)| warning).collect();
    if let Some(observed) = facts.observed.as_ref().filter(|_| facts.is_old(today)) {
        warnings.push(Warning::FactsOld { observed: observed.to_string() });
    }
    warnings
}
