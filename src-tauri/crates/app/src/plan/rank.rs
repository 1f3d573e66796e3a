//! The place of an account: its band, its scores, and the key that the whole is sorted by.

use std::cmp::Reverse;

use rekey_journey::{Choice, Reuse, Strength};
use rekey_sites::record::{Asked, Attachment, Capacity, Kind};

use super::decide::{Decision, Takes, decide, takes};
use super::reasons::{reasons, warnings};
use super::weights::{WEIGHTS, value_of, value_of_unlocking};
use super::{Band, Candidate, Lack, Level, NextStep, PlanState, Planned, Score};

/// What an account is sorted by, before its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    band: Band,
    /// Of what is put off, the nearest first.
    due: u32,
    value: Reverse<Score>,
    unlocks: Reverse<u32>,
    /// Its level, which a person sees, then in steps.
    risk: Reverse<(Level, u8)>,
    ease: Reverse<Score>,
}

pub(super) fn planned(candidate: Candidate, today: u32) -> (Key, Planned) {
    let takes = takes(&candidate);
    let decision = decide(&candidate, takes, today);
    let (value, risk) = (value(&candidate), risk(&candidate));
    let ease = ease(&candidate, takes, &decision.next, today);
    let band = band(&candidate, takes, &decision, ease);
    let due = match candidate.choice {
        Some(Choice::Postponed { until_day }) if band == Band::Postponed => until_day,
        _ => 0,
    };
    let unlocks = if band == Band::Unlocks { candidate.unlocks() } else { 0 };
    let key = Key {
        band,
        due,
        value: Reverse(value),
        unlocks: Reverse(unlocks),
        risk: Reverse((risk.level(), risk.points() / WEIGHTS.risk_step)),
        ease: Reverse(ease),
    };
    let reasons = reasons(&candidate, takes, &decision, band);
    let warnings = warnings(&candidate, &decision, today);
    let Decision { state, next, then } = decision;
    let Candidate { account, site, user_name, .. } = candidate;
    let (next_step, then_step) = (next, then);
    let planned = Planned {
        account,
        site,
        user_name,
        place: 0,
        band,
        state,
        next_step,
        then_step,
        ease,
        risk,
        value,
        reasons,
        warnings,
    };
    (key, planned)
}

pub(super) fn kind(candidate: &Candidate) -> Option<Kind> {
    candidate.facts.as_ref().and_then(|facts| facts.kind)
}

fn band(candidate: &Candidate, takes: Takes, decision: &Decision, ease: Score) -> Band {
    match decision.state {
        PlanState::Follows => return Band::Follows,
        PlanState::Postponed => return Band::Postponed,
        PlanState::Watched | PlanState::Settled => return Band::Watched,
        PlanState::Ignored | PlanState::Archived | PlanState::Gone => return Band::Left,
        PlanState::Proven | PlanState::ProvenSecondFactor if decision.next == NextStep::Nothing => return Band::Done,
        _ => {}
    }
    let is_easy = i32::from(ease.points()) >= WEIGHTS.easy_from;
    let lines = [
        (candidate.choice == Some(Choice::Pinned), Band::Pinned),
        (unlocks_others(candidate), Band::Unlocks),
        (decision.state == PlanState::InProgress, Band::Begun),
        (kind(candidate) == Some(Kind::Money), Band::Money),
        (candidate.is_breached(), Band::Breached),
        (candidate.is_reused(), Band::Reused),
        (decision.state == PlanState::Stuck, Band::Blocked),
        (decision.state == PlanState::Unclear, Band::Unclear),
        (decision.state == PlanState::InVault, Band::Easy),
        (decision.state == PlanState::NeedsYou, Band::Easy),
        (decision.state == PlanState::Ready && is_easy && takes == Takes::SignIn, Band::Easy),
        (decision.state == PlanState::Ready, Band::Passkeys),
        (candidate.is_weak(), Band::Weak),
        (decision.state == PlanState::ToStrengthen, Band::Strengthen),
    ];
    lines.into_iter().find(|(is_true, _)| *is_true).map_or(Band::Explore, |(_, band)| band)
}

/// Whether whoever has the account can take over others.
pub(super) fn unlocks_others(candidate: &Candidate) -> bool {
    candidate.unlocks() > 0 || matches!(kind(candidate), Some(Kind::Mail | Kind::Identity))
}

fn value(candidate: &Candidate) -> Score {
    let kind = match kind(candidate) {
        // Other accounts have addresses there, so it is a mailbox whatever else it is.
        None | Some(Kind::Other) if candidate.recovers > 0 => Some(Kind::Mail),
        kind => kind,
    };
    let base = if kind.is_none() && candidate.is_local() { WEIGHTS.local } else { value_of(kind) };
    Score::of(base + value_of_unlocking(candidate.unlocks()))
}

fn risk(candidate: &Candidate) -> Score {
    let Some(judged) = candidate.judged() else { return Score::default() };
    let parts = [
        (candidate.is_breached(), WEIGHTS.breached),
        (judged.reused == Reuse::Many, WEIGHTS.reused_on_many),
        (judged.reused == Reuse::Few, WEIGHTS.reused_on_few),
        (judged.strength == Some(Strength::Weak), WEIGHTS.weak),
        (judged.strength == Some(Strength::Fair), WEIGHTS.fair),
        (!candidate.has_second_factor(), WEIGHTS.no_second_factor),
        (judged.open_line, WEIGHTS.open_line),
        (judged.is_old, WEIGHTS.old),
    ];
    Score::of(sum(parts))
}

fn ease(candidate: &Candidate, takes: Takes, next: &NextStep, today: u32) -> Score {
    let base = match next {
        NextStep::OpenPasskeyPage { .. } => WEIGHTS.page_known,
        NextStep::SignInAndFind => WEIGHTS.page_to_find,
        NextStep::Prove | NextStep::ProveFromVault => WEIGHTS.proof,
        NextStep::GoOn | NextStep::Answer { .. } => WEIGHTS.going_on,
        NextStep::Secure { page, lacks } if lacks.as_slice() != [Lack::SecondFactor] && page.is_some() => {
            WEIGHTS.change_known
        }
        NextStep::ReplacePassword { page: Some(_), .. } => WEIGHTS.change_known,
        NextStep::Secure { .. } | NextStep::ReplacePassword { .. } => WEIGHTS.change_to_find,
        NextStep::SignInAndLook => WEIGHTS.exploring,
        NextStep::Solve { .. } | NextStep::SayHow => WEIGHTS.thinking,
        NextStep::OpenVault | NextStep::FollowProvider { .. } | NextStep::Watch | NextStep::Nothing => 100,
    };
    let adds = matches!(next, NextStep::OpenPasskeyPage { .. } | NextStep::SignInAndFind);
    let Some(facts) = candidate.facts.as_ref().filter(|_| adds) else { return Score::of(base) };
    let taken_off = [
        (facts.asks(Asked::Email), WEIGHTS.asks_email),
        (facts.asks(Asked::Sms), WEIGHTS.asks_sms),
        (facts.asks(Asked::Captcha), WEIGHTS.asks_captcha),
        (facts.asks(Asked::Identity), WEIGHTS.asks_identity),
        (facts.authenticator.is_some_and(|kind| kind != Attachment::Any), WEIGHTS.one_kind_of_authenticator),
        (matches!(facts.capacity, Some(Capacity::One | Capacity::AtMost(1))), WEIGHTS.one_passkey),
        (takes == Takes::SecondFactor, WEIGHTS.second_factor_only),
        (facts.is_unsure() || facts.is_old(today), WEIGHTS.unsure),
    ];
    Score::of(base - sum(taken_off))
}

fn sum<const N: usize>(parts: [(bool, i32); N]) -> i32 {
    parts.into_iter().filter(|(counts, _)| *counts).map(|(_, points)| points).sum()
}
