//! A run in the person's words.

use std::time::Instant;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rekey_authenticator::{Home, Notice};
use rekey_journey::{EvidenceSource, Stage};

use super::live::{Doing, Fact, Live, LiveAccount, Proof};
use super::render::count;
use super::render_passkeys::waiting;
use super::view_run::{
    FactLine, FieldLabel, Now, ProofFact, RunAccount, RunResult, RunStatus, RunStep, RunSummary, RunView, Who,
};
use crate::text::{Texts, messages as m};
use crate::{Outcome, Summary, time_for_people};

/// A run; `asked` where a ceremony waits for the person's answer.
pub(super) fn run(live: &Live, asked: bool, texts: &Texts) -> RunView {
    RunView {
        accounts: live.accounts.iter().map(|one| account(one, asked, live.waits, texts)).collect(),
        current: live.current.map(|id| id.to_string()),
        pause: live.pause(),
        summary: live.summary.map(summary),
    }
}

fn summary(summary: Summary) -> RunSummary {
    RunSummary {
        total: count(summary.total),
        proven: count(summary.proven),
        second_factor: count(summary.second_factor),
        needs_person: count(summary.needs_person),
        stuck: count(summary.stuck),
        skipped: count(summary.skipped),
    }
}

fn account(live: &LiveAccount, asked: bool, waits: Option<(Home, Notice)>, texts: &Texts) -> RunAccount {
    let steps = Stage::ALL.into_iter().zip(live.steps);
    let step = |(stage, status): (Stage, _)| RunStep { stage, text: texts.of_code("guide-step", stage.code()), status };
    RunAccount {
        id: live.id.to_string(),
        site: live.site.clone(),
        title: live.title.clone(),
        user: live.user.clone(),
        status: live.status,
        steps: steps.map(step).collect(),
        now: (live.status == RunStatus::Running).then(|| now(&live.doing, asked, waits, texts)),
        facts: live.facts.iter().map(|one| fact(one, texts)).collect(),
        result: result(live, texts),
        fields: (0..).zip(&live.fields).map(|(id, label)| FieldLabel { id, label: label.clone() }).collect(),
    }
}

fn now(doing: &Doing, asked: bool, waits: Option<(Home, Notice)>, texts: &Texts) -> Now {
    let by = |who, text| Now { who, text, detail: None, seconds: None, device: None };
    let person = |text: String| by(Who::Person, text);
    if asked {
        return person(texts.get(m::GUIDE_NOW_CONSENT));
    }
    if let Some((home, notice)) = waits {
        return waiting(home, notice, texts);
    }
    match doing {
        Doing::Opening => by(Who::Rekey, texts.get(m::GUIDE_NOW_OPENING)),
        Doing::At(stage) => {
            let who = if *stage == Stage::Accept { Who::Site } else { Who::Rekey };
            by(who, texts.of_code("guide-now", stage.code()))
        }
        Doing::Code(until) => {
            let left = until.saturating_duration_since(Instant::now()).as_secs();
            Now {
                detail: Some(texts.get(m::GUIDE_NOW_CODE_WHY)),
                seconds: u32::try_from(left).ok(),
                ..by(Who::Rekey, texts.get(m::GUIDE_NOW_CODE))
            }
        }
        Doing::Person(reason) => {
            let words = texts.stop_in_window(*reason);
            let text = texts.with(m::LIVE_WAITING_FOR_PERSON, &[("reason", words.title.as_str().into())]);
            Now { detail: Some(words.next), ..person(text) }
        }
        Doing::Press(label) => person(texts.with(m::LIVE_PLEASE_PRESS, &[("label", label.as_str().into())])),
        Doing::Fill(field) => person(texts.please_fill(*field)),
        Doing::Tick => person(texts.get(m::LIVE_PLEASE_TICK)),
    }
}

fn fact(fact: &Fact, texts: &Texts) -> FactLine {
    FactLine { id: fact.id, time: clock(fact.time), kind: fact.event.kind().to_owned(), text: texts.fact(&fact.event) }
}

fn result(live: &LiveAccount, texts: &Texts) -> Option<RunResult> {
    let (outcome, reason) = live.result?;
    let proven = matches!(outcome, Outcome::Proven | Outcome::SecondFactor);
    let failure = live.failure.as_ref().map(|said| said.explain(texts));
    let [title, happened, safe, next] = match (failure, reason) {
        (Some(failure), _) => [texts.outcome(outcome), failure.message, failure.safe, failure.next],
        (None, Some(reason)) => {
            let words = texts.stop_in_window(reason);
            [words.title, words.happened, words.safe, words.next]
        }
        (None, None) => {
            let id = match outcome {
                Outcome::Proven => "guide-result-proven",
                Outcome::SecondFactor => "guide-result-second-factor",
                Outcome::NeedsPerson | Outcome::Stuck => "guide-result-stuck",
                Outcome::Skipped => "guide-result-skipped",
            };
            [None, Some("happened"), Some("safe"), Some("next")]
                .map(|part| texts.find(id, part, &[]).unwrap_or_default())
        }
    };
    let proof = if proven { proof(&live.proof, texts) } else { Vec::new() };
    Some(RunResult { outcome, title, happened, safe, next, proof })
}

fn proof(proof: &Proof, texts: &Texts) -> Vec<ProofFact> {
    let mut facts = Vec::new();
    let mut fact = |label, value: String| facts.push(ProofFact { label: texts.get(label), value });
    if let Some(credential) = &proof.credential {
        let start: String = credential.id.chars().take(8).collect();
        fact(m::GUIDE_PROOF_PASSKEY, format!("{} · {start}…", credential.rp_id));
        fact(m::GUIDE_PROOF_HOME, texts.of_code("home", &credential.home));
    }
    if let Some(at) = proof.at {
        fact(m::GUIDE_PROOF_TIME, time_for_people(at));
    }
    if !proof.signals.is_empty() {
        fact(m::GUIDE_PROOF_SIGNALS, texts.signals(&proof.signals));
    }
    if let Some(source) = proof.source {
        fact(
            m::GUIDE_PROOF_SOURCE,
            texts.get(match source {
                EvidenceSource::MadeByRekey => m::GUIDE_PROOF_SOURCE_REKEY,
                EvidenceSource::ReportedByPage => m::GUIDE_PROOF_SOURCE_PAGE,
                EvidenceSource::Simulated => m::GUIDE_PROOF_SOURCE_SIMULATED,
            }),
        );
    }
    facts
}

/// A moment of today on the person's clock.
fn clock(unix_ms: u64) -> String {
    let moment = i64::try_from(unix_ms).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok());
    moment.map_or_else(String::new, |moment| moment.to_zoned(TimeZone::system()).strftime("%H:%M:%S").to_string())
}
