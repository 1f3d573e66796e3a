//! Accounts, facts and outcomes in a person's words: one place for the command line, the report and the window.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rekey_journey::page::SignedInSignal;
use rekey_journey::{AccountState, Event, Occasion, ProofKind, StopReason};
use rekey_ledger::AccountView;

use crate::text::{Texts, messages as m};
use crate::{FieldName, Outcome};

/// Why an account stopped, in three sentences and a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopWords {
    /// A few words.
    pub title: String,
    /// What happened.
    pub happened: String,
    /// What is safe.
    pub safe: String,
    /// What to do next.
    pub next: String,
}

impl Texts {
    /// A stop reason in words.
    pub fn stop(&self, reason: StopReason) -> StopWords {
        let id = format!("stop-{}", reason.code().replace('_', "-"));
        let part = |attribute| self.find(&id, attribute, &[]).unwrap_or_else(|| reason.code().to_owned());
        StopWords {
            title: part(None),
            happened: part(Some("happened")),
            safe: part(Some("safe")),
            next: part(Some("next")),
        }
    }

    /// The same in the window, where no command line is.
    pub fn stop_in_window(&self, reason: StopReason) -> StopWords {
        let id = format!("stop-{}", reason.code().replace('_', "-"));
        let words = self.stop(reason);
        StopWords { next: self.find(&id, Some("window"), &[]).unwrap_or(words.next), ..words }
    }

    /// A state in a word or two.
    pub fn state(&self, state: AccountState) -> String {
        self.of_code("state", state.code())
    }

    /// An outcome in a word or two.
    pub fn outcome(&self, outcome: Outcome) -> String {
        self.get(match outcome {
            Outcome::Proven => m::OUTCOME_PROVEN,
            Outcome::SecondFactor => m::OUTCOME_SECOND_FACTOR,
            Outcome::NeedsPerson => m::OUTCOME_NEEDS_PERSON,
            Outcome::Stuck => m::OUTCOME_STUCK,
            Outcome::Skipped => m::OUTCOME_SKIPPED,
        })
    }

    /// What was done for an account, in one line.
    pub fn done(&self, view: &AccountView) -> String {
        let reason = view.stopped.map(|reason| self.stop(reason).title).unwrap_or_default();
        let done = self.find(
            &format!("done-{}", view.state.code().replace('_', "-")),
            None,
            &[("reason", reason.as_str().into())],
        );
        let done = done.unwrap_or_else(|| view.state.code().to_owned());
        // A proof stays true when a later run stopped short.
        if view.stopped.is_some() && matches!(view.state, AccountState::Proven | AccountState::SecondFactor) {
            return self.with(m::DONE_KEPT, &[("done", done.as_str().into()), ("reason", reason.as_str().into())]);
        }
        done
    }

    /// Where an account's passkey lives.
    pub fn home(&self, view: &AccountView) -> String {
        view.credential.as_ref().map_or_else(|| self.get(m::HOME_NONE), |c| self.of_code("home", &c.home))
    }

    /// One fact of the ledger.
    pub fn fact(&self, event: &Event) -> String {
        match event {
            Event::JourneyStarted { browser, .. } => {
                self.with(m::FACT_JOURNEY_STARTED, &[("browser", browser.as_str().into())])
            }
            Event::PasswordGiven { occasion } => {
                let occasion = match occasion {
                    Occasion::SignIn => "sign-in",
                    Occasion::Reauthentication => "reauthentication",
                    Occasion::Proof => "proof",
                };
                self.with(m::FACT_PASSWORD_GIVEN, &[("occasion", occasion.into())])
            }
            Event::SignedIn { signals } => {
                self.with(m::FACT_SIGNED_IN, &[("signals", self.signals(signals).as_str().into())])
            }
            Event::PasskeyCreated { credential } => {
                let home = self.of_code("home", &credential.home);
                self.with(m::FACT_PASSKEY_CREATED, &[("home", home.as_str().into())])
            }
            Event::PasskeyCopied { to, .. } => {
                let to = self.of_code("passkeys-format", to);
                self.with(m::FACT_PASSKEY_COPIED, &[("to", to.as_str().into())])
            }
            Event::Asserted { user_verified, .. } => {
                self.with(m::FACT_ASSERTED, &[("verified", if *user_verified { "yes" } else { "no" }.into())])
            }
            Event::Proven { proof, signals, .. } => {
                let proof = match proof {
                    ProofKind::Passwordless => "passwordless",
                    ProofKind::SecondFactor => "second-factor",
                };
                let signals = self.signals(signals);
                self.with(m::FACT_PROVEN, &[("proof", proof.into()), ("signals", signals.as_str().into())])
            }
            Event::Stopped { reason } => {
                self.with(m::FACT_STOPPED, &[("reason", self.stop(*reason).title.as_str().into())])
            }
            other => self.of_code("fact", other.kind()),
        }
    }

    /// What the person is asked to fill in.
    pub fn please_fill(&self, field: FieldName) -> String {
        self.get(match field {
            FieldName::UserName => m::LIVE_PLEASE_FILL_USER_NAME,
            FieldName::Password => m::LIVE_PLEASE_FILL_PASSWORD,
            FieldName::Code => m::LIVE_PLEASE_FILL_CODE,
            FieldName::KeyName => m::LIVE_PLEASE_FILL_KEY_NAME,
        })
    }

    /// What spoke for being signed in.
    pub(crate) fn signals(&self, signals: &[SignedInSignal]) -> String {
        let words: Vec<_> = signals.iter().map(|signal| self.get(signal_message(*signal))).collect();
        if words.is_empty() { self.get(m::SIGNAL_NONE) } else { words.join(", ") }
    }
}

fn signal_message(signal: SignedInSignal) -> crate::text::Message {
    match signal {
        SignedInSignal::SignOutControl => m::SIGNAL_SIGN_OUT_CONTROL,
        SignedInSignal::AccountSettings => m::SIGNAL_ACCOUNT_SETTINGS,
        SignedInSignal::UserNameShown => m::SIGNAL_USER_NAME_SHOWN,
        SignedInSignal::SignInFieldsGone => m::SIGNAL_SIGN_IN_FIELDS_GONE,
        SignedInSignal::CookieChanged => m::SIGNAL_COOKIE_CHANGED,
        SignedInSignal::ProtectedPageOpened => m::SIGNAL_PROTECTED_PAGE_OPENED,
    }
}

/// A moment of the ledger as scripts read it: RFC 3339 in UTC, to the second.
pub fn time_for_scripts(unix_ms: u64) -> String {
    let seconds = i64::try_from(unix_ms / 1000).ok().and_then(|s| Timestamp::from_second(s).ok());
    seconds.map_or_else(String::new, |timestamp| timestamp.to_string())
}

/// A moment of the ledger on the person's clock.
pub fn time_for_people(unix_ms: u64) -> String {
    let seconds = i64::try_from(unix_ms / 1000).ok().and_then(|s| Timestamp::from_second(s).ok());
    seconds.map_or_else(String::new, |timestamp| {
        timestamp.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
    })
}

#[cfg(test)]
mod tests {
    use rekey_authenticator::Home;

    use super::*;
    use crate::text::Language;

    #[test]
    fn every_stop_reason_state_and_home_has_words_in_every_language() {
        for texts in Language::ALL.map(Texts::new) {
            let whole = |id: &str, parts: &[Option<&str>]| {
                for part in parts {
                    let text = texts.find(id, *part, &[]).unwrap_or_default();
                    assert!(!text.is_empty(), "{} {id} {part:?}", texts.language());
                }
            };
            for reason in StopReason::ALL {
                let id = format!("stop-{}", reason.code().replace('_', "-"));
                whole(&id, &[None, Some("happened"), Some("safe"), Some("next")]);
            }
            for state in AccountState::ALL {
                whole(&format!("state-{}", state.code().replace('_', "-")), &[None]);
                assert_ne!(texts.state(state), state.code());
            }
            for home in Home::ALL {
                whole(&format!("home-{}", home.code()), &[None]);
            }
        }
    }

    #[test]
    fn the_window_sends_nobody_to_a_command_line() {
        for texts in Language::ALL.map(Texts::new) {
            for reason in StopReason::ALL {
                let next = texts.stop_in_window(reason).next;
                assert!(!next.contains("--") && !next.contains("rekey "), "{reason:?}: {next}");
            }
            for code in ["proven", "second-factor", "skipped", "stuck"] {
                for part in [None, Some("happened"), Some("safe"), Some("next")] {
                    assert!(texts.find(&format!("guide-result-{code}"), part, &[]).is_some(), "{code} {part:?}");
                }
            }
            for stage in rekey_journey::Stage::ALL {
                assert_ne!(texts.of_code("guide-step", stage.code()), stage.code());
                assert_ne!(texts.of_code("guide-now", stage.code()), stage.code());
            }
        }
    }

    #[test]
    fn moments_are_told_in_utc_to_scripts() {
        assert_eq!(time_for_scripts(1_700_000_000_123), "2023-11-14T22:13:20Z");
        assert_eq!(time_for_scripts(u64::MAX), "");
    }
}
