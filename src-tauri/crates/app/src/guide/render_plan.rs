//! The plan in the person's words: each account's place and why, and what the passwords come to.

use std::collections::HashMap;

use rekey_journey::{AccountId, AccountState};
use rekey_ledger::AccountView;

use super::planning::Undo;
use super::render::count;
use super::state::Desk;
use super::view::{AccountLine, Counts, RowAction, RowState};
use super::view_plan::{HealthView, MarkWeight, PlanGroup, PlanLine, PlanMark, PlanSaid, UndoView};
use crate::plan::{Band, Choice, HealthFacts, NextStep, Planned, Reuse, Strength, Warning, choice_words, explain};
use crate::text::{Args, Texts};

/// The accounts in the plan's order.
pub(super) fn lines(desk: &Desk, texts: &Texts) -> Vec<AccountLine> {
    let rows: HashMap<AccountId, &AccountView> = desk.rows.iter().map(|row| (row.id, row)).collect();
    let planned = desk.planned.iter().filter_map(|planned| Some((*rows.get(&planned.account)?, planned)));
    planned.map(|(row, planned)| line(row, planned, desk, texts)).collect()
}

fn line(row: &AccountView, planned: &Planned, desk: &Desk, texts: &Texts) -> AccountLine {
    let noted = desk.sheet.accounts.get(&row.id);
    let several = noted.filter(|noted| noted.sources.len() > 1);
    let source = |number: &usize| desk.sheet.sources.get(*number).map(|source| source.id.clone());
    let words = explain(planned, texts);
    let group = group_of(planned.band);
    let said = match row.choice {
        Some(Choice::Pinned) => Some(PlanSaid::Pinned),
        Some(Choice::Postponed { .. }) if group == PlanGroup::Postponed => Some(PlanSaid::Postponed),
        Some(Choice::Ignored) => Some(PlanSaid::LeftOut),
        _ => None,
    };
    let plan = PlanLine {
        place: Some(planned.place).filter(|_| group == PlanGroup::Next),
        group,
        said,
        taken: group == PlanGroup::Next && is_for_a_run(planned),
        why: words.why,
        marks: marks(health_of(desk, row), &planned.warnings, texts),
    };
    AccountLine {
        id: row.id.to_string(),
        site: row.site.to_string(),
        title: row.title.clone(),
        user: row.user_name.clone(),
        state: if group == PlanGroup::Watched { RowState::Watched } else { state_of(row.state) },
        state_text: words.state,
        next: words.step,
        action: Some(action_of(row.state)),
        has_password: row.has_password,
        has_totp: row.has_totp,
        has_passkey: noted.is_some_and(|noted| noted.has_passkey),
        is_archived: noted.is_some_and(|noted| noted.is_archived),
        is_expired: noted.is_some_and(|noted| noted.is_expired),
        sources: several.map(|noted| noted.sources.iter().filter_map(source).collect()).unwrap_or_default(),
        plan,
    }
}

fn group_of(band: Band) -> PlanGroup {
    match band {
        Band::Follows => PlanGroup::Follows,
        Band::Postponed => PlanGroup::Postponed,
        Band::Watched => PlanGroup::Watched,
        Band::Done => PlanGroup::Done,
        Band::Left => PlanGroup::LeftOut,
        _ => PlanGroup::Next,
    }
}

fn state_of(state: AccountState) -> RowState {
    match state {
        AccountState::New => RowState::New,
        AccountState::Started => RowState::Started,
        AccountState::Registered => RowState::Registered,
        AccountState::Proven => RowState::Proven,
        AccountState::SecondFactor => RowState::SecondFactor,
        AccountState::NeedsPerson => RowState::NeedsPerson,
        AccountState::Stuck => RowState::Stuck,
    }
}

fn action_of(state: AccountState) -> RowAction {
    match state {
        AccountState::New => RowAction::Start,
        AccountState::Proven | AccountState::SecondFactor => RowAction::Prove,
        _ => RowAction::GoOn,
    }
}

/// Whether a run gets anywhere with it by itself: it is signed in to, and something of a passkey comes of it.
fn is_for_a_run(planned: &Planned) -> bool {
    let adds = |step: &NextStep| {
        matches!(
            step,
            NextStep::OpenPasskeyPage { .. }
                | NextStep::SignInAndFind
                | NextStep::SignInAndLook
                | NextStep::GoOn
                | NextStep::Prove
        )
    };
    adds(&planned.next_step) || planned.then_step.as_ref().is_some_and(adds)
}

/// How many are how far, as the rows say it.
pub(super) fn counts(rows: &[AccountLine]) -> Counts {
    let mut counts = Counts { accounts: count(rows.len()), ..Counts::default() };
    for row in rows {
        *match (row.state, row.plan.group) {
            (RowState::Proven | RowState::SecondFactor, _) => &mut counts.done,
            (_, PlanGroup::Watched | PlanGroup::Follows) => &mut counts.watched,
            (_, PlanGroup::Postponed | PlanGroup::LeftOut) => &mut counts.aside,
            (RowState::NeedsPerson | RowState::Stuck, _) => &mut counts.needs_you,
            _ => &mut counts.left,
        } += 1;
    }
    counts
}

fn health_of(desk: &Desk, row: &AccountView) -> Option<HealthFacts> {
    let kept = || row.judged.map(|judged| HealthFacts { judged, ..HealthFacts::default() });
    desk.live.get(&row.id).and_then(|live| live.health).or_else(kept).filter(|_| row.has_password)
}

/// The gravest first.
fn marks(health: Option<HealthFacts>, warnings: &[Warning], texts: &Texts) -> Vec<PlanMark> {
    use MarkWeight::{Caution, Note};
    let mut marks = Vec::new();
    let mut add = |weight, code: &str, args: Args<'_>| {
        let id = format!("guide-mark-{}", code.replace('_', "-"));
        let text = texts.find(&id, None, args).unwrap_or_else(|| code.to_owned());
        marks.push(PlanMark { weight, text });
    };
    for found in health.iter().flat_map(found_in) {
        let reused_on = health.and_then(|health| health.reused_on).unwrap_or_default();
        add(found.weight(), found.code(), &[("count", reused_on.into())]);
    }
    for warning in warnings {
        let weight = match warning {
            Warning::SecondFactorOnly
            | Warning::OnePasskeyOnly
            | Warning::PlatformOnly
            | Warning::CrossPlatformOnly
            | Warning::AsksIdentity => Caution,
            _ => Note,
        };
        add(weight, warning.code(), &[]);
    }
    marks.sort_by_key(|mark| mark.weight);
    marks
}

/// What a judgement finds fault with, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Breached,
    Reused,
    Weak,
    OpenLine,
    Old,
    Duplicate,
}

impl Found {
    const ALL: [Self; 6] = [Self::Breached, Self::Reused, Self::Weak, Self::OpenLine, Self::Old, Self::Duplicate];

    fn code(self) -> &'static str {
        match self {
            Self::Breached => "breached",
            Self::Reused => "reused",
            Self::Weak => "weak",
            Self::OpenLine => "open-line",
            Self::Old => "old",
            Self::Duplicate => "duplicate",
        }
    }

    fn weight(self) -> MarkWeight {
        match self {
            Self::Breached | Self::Reused | Self::Weak => MarkWeight::Risk,
            Self::OpenLine => MarkWeight::Caution,
            Self::Old | Self::Duplicate => MarkWeight::Note,
        }
    }
}

fn found_in(health: &HealthFacts) -> impl Iterator<Item = Found> {
    let judged = health.judged;
    Found::ALL.into_iter().filter(move |found| match found {
        Found::Breached => judged.breached == Some(true),
        Found::Reused => judged.reused != Reuse::None,
        Found::Weak => judged.strength == Some(Strength::Weak),
        Found::OpenLine => judged.open_line,
        Found::Old => judged.is_old,
        Found::Duplicate => judged.is_duplicate,
    })
}

/// What the judged passwords come to.
pub(super) fn health(desk: &Desk, texts: &Texts) -> HealthView {
    let all: Vec<Found> = desk
        .rows
        .iter()
        .filter_map(|row| health_of(desk, row))
        .flat_map(|h| found_in(&h).collect::<Vec<_>>())
        .collect();
    let sentence = |found: Found| {
        let number = all.iter().filter(|each| **each == found).count();
        let id = format!("guide-health-{}", found.code());
        let text = texts.find(&id, None, &[("count", number.into())]).filter(|_| number > 0)?;
        Some(PlanMark { weight: found.weight(), text })
    };
    HealthView { judging: desk.judging.is_some(), found: Found::ALL.into_iter().filter_map(sentence).collect() }
}

/// The person's last word about the plan.
pub(super) fn undo(desk: &Desk, texts: &Texts) -> Option<UndoView> {
    let Undo { id, account, said, .. } = desk.undo.as_ref()?;
    let text = choice_words(&desk.row(*account)?.site, *said, texts);
    Some(UndoView { id: *id, text })
}
