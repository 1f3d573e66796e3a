//! "See what happens": one ceremony, step by step, as data and as a panel beside the page.
//!
//! [`explain`] takes what a ceremony left behind, decodes it, does every check once more that can be done with it, and
//! says which part did what. [`panel`] draws that. Both are pure, and both take hostile bytes: what cannot be read is
//! called "not readable". Checks and steps are those of <https://www.w3.org/TR/webauthn-3/#sctn-rp-operations>.

mod bytes;
mod checks;
mod explanation;
mod panel;
mod pictures;
mod reading;
mod refusal;
mod signature;
mod steps;
mod trace;
mod values;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use checks::CheckKind;
pub(crate) use explanation::Explanation;
pub(crate) use panel::panel;
pub(crate) use refusal::{Cause, Refused};
pub(crate) use trace::{CeremonyKind, Expected, StoredKey, Trace};
pub(crate) use words::Language;

use std::time::UNIX_EPOCH;

use explanation::Verdict;
use reading::Reading;
use words::{OutcomeKey, Said};

/// Explains a ceremony in a language.
pub(crate) fn explain(trace: &Trace, language: Language) -> Explanation {
    let reading = Reading::of(trace);
    let stopped_at = trace.refusal.as_ref().map(|refused| refusal::failed_check(&reading, refused.cause));
    let outcome = verdict(trace, stopped_at, language);
    let steps = steps::steps(&reading, stopped_at, language);
    let mut explanation = Explanation {
        ceremony: match trace.kind {
            CeremonyKind::Registration { .. } => "registration",
            CeremonyKind::SignIn { .. } => "sign-in",
            CeremonyKind::SecondFactor => "second-factor",
        },
        at: trace.at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs(),
        account: trace.account.clone(),
        outcome,
        steps,
        terms: Vec::new(),
    };
    explanation.terms = words::terms(explanation.texts());
    explanation
}

fn verdict(trace: &Trace, stopped_at: Option<CheckKind>, language: Language) -> Verdict {
    let registration = matches!(trace.kind, CeremonyKind::Registration { .. });
    let text = match (trace.kind, stopped_at) {
        (CeremonyKind::Registration { .. }, None) => OutcomeKey::Saved,
        (CeremonyKind::SignIn { .. }, None) => OutcomeKey::SignedIn,
        (CeremonyKind::SecondFactor, None) => OutcomeKey::Confirmed,
        (CeremonyKind::Registration { .. }, Some(_)) => OutcomeKey::RefusedRegistration,
        (CeremonyKind::SignIn { .. } | CeremonyKind::SecondFactor, Some(_)) => OutcomeKey::RefusedSignIn,
    };
    let safe: &[OutcomeKey] = match (registration, stopped_at) {
        (_, None) => &[OutcomeKey::SecretStayed],
        (true, Some(_)) => {
            &[OutcomeKey::NothingStored, OutcomeKey::OthersAsBefore, OutcomeKey::SecretStayed, OutcomeKey::LeftOver]
        }
        (false, Some(_)) if trace.refusal.as_ref().is_some_and(|refused| refused.cause == Cause::Suspended) => {
            &[OutcomeKey::NobodySignedIn, OutcomeKey::Suspended]
        }
        (false, Some(_)) => &[OutcomeKey::NobodySignedIn, OutcomeKey::OthersAsBefore, OutcomeKey::SecretStayed],
    };
    Verdict {
        accepted: stopped_at.is_none(),
        text: language.outcome(text),
        failed: stopped_at.map(CheckKind::name),
        because: stopped_at.map(|kind| language.said(language.check(kind).failed)),
        reason: trace.refusal.as_ref().map(|refused| refused.reason.clone()),
        safe: safe.iter().map(|key| language.outcome(*key)).collect(),
    }
}

impl Explanation {
    /// Its texts, in the order in which they are read.
    fn texts(&self) -> impl Iterator<Item = Said> {
        let steps = self.steps.iter().flat_map(|step| {
            let values = step.values.iter().flat_map(|value| [value.label, value.meaning]);
            let checks = step.checks.iter().flat_map(|check| [check.what, check.why]);
            std::iter::once(step.title).chain(step.text.iter().copied()).chain(values).chain(checks)
        });
        std::iter::once(self.outcome.text)
            .chain(self.outcome.because)
            .chain(self.outcome.safe.iter().copied())
            .chain(steps)
    }
}
