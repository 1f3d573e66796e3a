//! The plan in a person's words.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rekey_journey::{Choice, StopReason};
use rekey_origin::Site;
use serde::Serialize;

use super::{Lack, Level, NextStep, Planned, Reason, Warning};
use crate::text::{Args, Texts, messages as m};

/// A planned account in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedWords {
    /// How it stands, in a few words.
    pub state: String,
    /// What to do next, as a sentence.
    pub step: String,
    /// What follows, as a sentence.
    pub then: Option<String>,
    /// The page that the next step is done on, where known.
    pub page: Option<String>,
    /// Why it has its place, as one sentence: "First, because 14 other accounts recover through it."
    pub why: String,
    /// Every reason as a sentence.
    pub reasons: Vec<String>,
    /// What to know before, each as a sentence.
    pub warnings: Vec<String>,
    /// How little work it is.
    pub ease: String,
    /// How much risk there is.
    pub risk: String,
    /// How much depends on it.
    pub value: String,
}

/// The account's place, state, step, reasons and warnings in words.
pub fn explain(planned: &Planned, texts: &Texts) -> PlannedWords {
    let page = match &planned.next_step {
        NextStep::OpenPasskeyPage { page } => Some(page.clone()),
        NextStep::Secure { page, .. } | NextStep::ReplacePassword { page, .. } => page.clone(),
        _ => None,
    };
    let level = |what: &str, level: Level| {
        let level = match level {
            Level::Low => "low",
            Level::Middling => "middling",
            Level::High => "high",
        };
        texts.of_code("plan", &format!("{what}-{level}"))
    };
    PlannedWords {
        state: texts.of_code("plan-state", planned.state.code()),
        step: step(&planned.next_step, texts),
        then: planned.then_step.as_ref().map(|then| step(then, texts)),
        page,
        why: why(planned, texts),
        reasons: planned.reasons.iter().map(|reason| sentence(&clause(reason, texts))).collect(),
        warnings: planned.warnings.iter().map(|warning| warn(warning, texts)).collect(),
        ease: level("ease", planned.ease.level()),
        risk: level("risk", planned.risk.level()),
        value: level("value", planned.value.level()),
    }
}

/// The place with what decided it, and with one more reason where there is one.
fn why(planned: &Planned, texts: &Texts) -> String {
    let clauses: Vec<String> = planned.reasons.iter().take(2).map(|reason| clause(reason, texts)).collect();
    let reason = match clauses.as_slice() {
        [first, second] => {
            texts.with(m::PLAN_AND, &[("first", first.as_str().into()), ("second", second.as_str().into())])
        }
        [one] => one.clone(),
        _ => return texts.with(m::PLAN_WHY_NO_REASON, &[("place", planned.place.into())]),
    };
    if planned.band.is_active() {
        texts.with(m::PLAN_WHY, &[("place", planned.place.into()), ("reason", reason.as_str().into())])
    } else {
        texts.with(m::PLAN_WHY_NOTHING, &[("reason", reason.as_str().into())])
    }
}

fn step(step: &NextStep, texts: &Texts) -> String {
    match step {
        NextStep::Answer { reason } | NextStep::Solve { reason } => with_stop("plan-step", step.code(), *reason, texts),
        NextStep::Secure { lacks, .. } => {
            let change =
                match (lacks.iter().any(|lack| *lack != Lack::SecondFactor), lacks.contains(&Lack::SecondFactor)) {
                    (true, true) => "both",
                    (true, false) => "password",
                    (false, _) => "second-factor",
                };
            of("plan-step", step.code(), &[("change", change.into()), ("lacks", list(lacks, texts).into())], texts)
        }
        NextStep::ReplacePassword { lacks, can_remove, .. } => {
            let how = if *can_remove { "remove" } else { "replace" };
            of("plan-step", step.code(), &[("how", how.into()), ("lacks", list(lacks, texts).into())], texts)
        }
        NextStep::FollowProvider { provider } => {
            of("plan-step", step.code(), &[("provider", provider.as_str().into())], texts)
        }
        _ => texts.of_code("plan-step", step.code()),
    }
}

fn clause(reason: &Reason, texts: &Texts) -> String {
    let with = |args: Args<'_>| of("plan-reason", reason.code(), args, texts);
    match reason {
        Reason::Recovers { count } | Reason::SignsIn { count } => with(&[("count", (*count).into())]),
        Reason::Reused { bucket, count } => {
            let bucket = match (bucket, count) {
                (_, Some(_)) => "counted",
                (rekey_journey::Reuse::Many, None) => "many",
                _ => "few",
            };
            with(&[("bucket", bucket.into()), ("count", count.unwrap_or_default().into())])
        }
        Reason::Announced { said_by } => {
            let said_by = match said_by {
                rekey_journey::SaidBy::Site => "site",
                rekey_journey::SaidBy::Directory => "directory",
                rekey_journey::SaidBy::Person => "person",
            };
            with(&[("by", said_by.into())])
        }
        Reason::Waits { reason: stop } | Reason::Stopped { reason: stop } => {
            with_stop("plan-reason", reason.code(), *stop, texts)
        }
        Reason::Follows { provider } => with(&[("provider", provider.as_str().into())]),
        Reason::Postponed { until_day } => with(&[("date", date_of_day(*until_day).into())]),
        _ => texts.of_code("plan-reason", reason.code()),
    }
}

fn warn(warning: &Warning, texts: &Texts) -> String {
    match warning {
        Warning::FactsOld { observed } => {
            of("plan-warning", warning.code(), &[("observed", observed.as_str().into())], texts)
        }
        _ => texts.of_code("plan-warning", warning.code()),
    }
}

fn with_stop(prefix: &str, code: &str, reason: StopReason, texts: &Texts) -> String {
    let words = texts.stop_in_window(reason);
    of(prefix, code, &[("reason", words.title.as_str().into()), ("next", words.next.as_str().into())], texts)
}

fn of(prefix: &str, code: &str, args: Args<'_>, texts: &Texts) -> String {
    let id = format!("{prefix}-{}", code.replace('_', "-"));
    texts.find(&id, None, args).unwrap_or_else(|| code.to_owned())
}

fn list(lacks: &[Lack], texts: &Texts) -> String {
    let words: Vec<String> = lacks.iter().map(|lack| texts.of_code("plan-lack", lack.code())).collect();
    words.join(", ")
}

/// A clause as a sentence of its own.
fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// What became of a site's account by the person's choice, as a sentence.
pub fn choice_words(site: &Site, choice: Option<Choice>, texts: &Texts) -> String {
    let site = ("site", site.as_str().into());
    match choice {
        Some(Choice::Pinned) => texts.with(m::GUIDE_UNDO_PIN, &[site]),
        Some(Choice::Postponed { until_day }) => {
            texts.with(m::GUIDE_UNDO_POSTPONE, &[site, ("date", date_of_day(until_day).into())])
        }
        Some(Choice::Ignored) => texts.with(m::GUIDE_UNDO_LEAVE_OUT, &[site]),
        None => texts.with(m::GUIDE_UNDO_BRING_BACK, &[site]),
    }
}

/// A day, in whole days since 1970-01-01 (UTC), as a date: `YYYY-MM-DD`.
pub fn date_of_day(day: u32) -> String {
    let timestamp = Timestamp::from_second(i64::from(day) * 86_400);
    timestamp.map_or_else(|_| day.to_string(), |at| at.to_zoned(TimeZone::UTC).date().to_string())
}
