//! Looking again: what may leave the computer is asked, and what came of it goes into the profile and the ledger.
//!
//! In three steps, so that nothing waits for the network while it holds the ledger: [`Check::of`] says what is to be asked,
//! [`Check::run`] asks, [`Session::take_in`] keeps what was found. Each look-up that is off is left out; the switches are
//! asked once more before each request, by the client itself.

mod check;
mod keep;

use rekey_journey::{AccountState, Choice, PasskeyRole, SaidBy};
use rekey_ledger::AccountView;
use rekey_lookup::{Consent, LookUp, Recipient};
use rekey_origin::Site;
use serde::Serialize;

pub use self::check::Check;
pub use self::keep::Found;
use crate::Settings;
use crate::text::Texts;

/// Sites are asked again after so many days at the soonest.
const ASK_AGAIN_AFTER: u64 = 7;
/// The watch looks by itself after so many days.
pub const WATCH_AFTER: u64 = 7;
const DAY: u64 = 86_400_000;

/// A look-up with what it does, as people and scripts see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookUpRow {
    /// Its name.
    pub name: &'static str,
    /// Whether it is switched on.
    pub on: bool,
    /// What it does.
    pub title: String,
    /// What it reveals, and to whom.
    pub reveals: String,
    /// The host that is asked, where it is one.
    pub host: Option<&'static str>,
}

/// Which part of a check is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckStage {
    /// The list is being fetched.
    Refresh,
    /// Sites are being asked.
    AskSites,
    /// Passwords are being looked up.
    Breaches,
}

/// What came of a check, as people and scripts see it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// What came of fetching the list; none where that is off.
    pub refresh: Option<Part>,
    /// What came of asking sites; none where that is off.
    pub sites: Option<Part>,
    /// What came of looking up passwords; none where that is off, or no vault was open.
    pub breaches: Option<Part>,
    /// Whether it was ended before all was asked.
    pub cancelled: bool,
    /// Sites that took no passkeys that were known of, and do now, as far as the person was not told of them.
    pub news: Vec<NewsRow>,
}

/// What came of one look-up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// How many were asked about.
    pub asked: usize,
    /// How many answers say something: sites of the list, sites that take passkeys, passwords in a breach.
    pub found: usize,
    /// How many could not be asked.
    pub failed: usize,
    /// Why, by code, the most frequent first.
    pub problems: Vec<PartProblem>,
}

/// Why something could not be looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartProblem {
    /// The stable code.
    pub code: &'static str,
    /// What it means, in the person's language.
    pub message: String,
    /// How often.
    pub count: usize,
}

/// A site that takes passkeys now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewsRow {
    /// The site.
    pub site: Site,
    /// What people call it.
    pub name: String,
    /// What the passkeys are good for.
    pub role: PasskeyRole,
    /// Who says so.
    pub said_by: SaidBy,
}

impl Settings {
    /// The switches as the client asks them.
    pub fn consent(&self) -> Consent {
        let consent = Consent::default();
        for look_up in LookUp::ALL {
            consent.switch(look_up, self.is_on(look_up));
        }
        consent
    }

    /// Whether a look-up is switched on.
    pub fn is_on(&self, look_up: LookUp) -> bool {
        self.look_ups.contains(look_up.name())
    }

    /// Switches a look-up on or off.
    pub fn switch(&mut self, look_up: LookUp, on: bool) {
        if on {
            self.look_ups.insert(look_up.name().to_owned());
        } else {
            self.look_ups.remove(look_up.name());
        }
    }

    /// Whether the watch is to look by itself now.
    pub fn is_watch_due(&self, now: u64) -> bool {
        self.watch
            && !self.look_ups.is_empty()
            && self
                .look_ups
                .iter()
                .any(|name| self.checked.get(name).is_none_or(|at| *at > now || now - at >= WATCH_AFTER * DAY))
    }

    /// Every look-up with what it does and reveals.
    pub fn look_up_rows(&self, texts: &Texts) -> Vec<LookUpRow> {
        let row = |look_up: LookUp| LookUpRow {
            name: look_up.name(),
            on: self.is_on(look_up),
            title: texts.of_code("look-up", look_up.name()),
            reveals: texts.of_code("look-up-reveals", look_up.name()),
            host: match look_up.asks() {
                Recipient::Host(host) => Some(host),
                Recipient::EachSite => None,
            },
        };
        LookUp::ALL.into_iter().map(row).collect()
    }
}

/// Whether something is left to be done with an account, as far as a look-up could help.
fn is_open(view: &AccountView) -> bool {
    let is_done = matches!(view.state, AccountState::Proven | AccountState::SecondFactor);
    let is_in_use = view.held.iter().any(|held| !held.is_gone && !held.is_archived);
    !is_done && is_in_use && view.choice != Some(Choice::Ignored)
}

#[cfg(test)]
mod tests {
    use rekey_lookup::Revealed;

    use super::*;
    use crate::text::Language;

    #[test]
    fn each_look_up_says_whom_it_asks_and_what_that_reveals() {
        for texts in Language::ALL.map(Texts::new) {
            for row in Settings::default().look_up_rows(&texts) {
                let look_up = LookUp::from_name(row.name).unwrap();
                assert!(!row.on && !row.title.is_empty());
                assert!(row.host.is_none_or(|host| row.reveals.contains(host)), "{}", row.reveals);
                // The words that stand for each thing that is revealed, in either language.
                for revealed in look_up.reveals() {
                    let words: &[&str] = match revealed {
                        Revealed::InternetAddress => &["internet address", "dirección de internet"],
                        Revealed::RekeyIsUsed => &["you use Rekey and in which version", "usas Rekey y en qué versión"],
                        Revealed::AccountAtTheSite => {
                            &["probably has an account", "probablemente tiene allí una cuenta"]
                        }
                        Revealed::SitesToNameServer => &["name server", "servidor de nombres"],
                        Revealed::HashPrefixes => &["first five", "cinco primeros"],
                        Revealed::NumberOfPasswords => &["how many passwords", "cuántas contraseñas"],
                    };
                    assert!(words.iter().any(|words| row.reveals.contains(words)), "{revealed:?}: {}", row.reveals);
                }
            }
        }
    }

    #[test]
    fn every_problem_has_words_in_every_language() {
        for texts in Language::ALL.map(Texts::new) {
            for code in [
                "switched_off",
                "no_such_name",
                "certificate_of_another_name",
                "too_large",
                "redirected_elsewhere",
                "web_page",
                "list_signature_wrong",
                "list_older",
                "cancelled",
                "status",
            ] {
                assert_ne!(texts.of_code("look-up-problem", code), code);
            }
        }
    }

    #[test]
    fn the_watch_is_due_a_week_after_each_look_up_that_is_on() {
        let mut settings = Settings { watch: true, ..Settings::default() };
        assert!(!settings.is_watch_due(100 * DAY), "nothing is on");
        settings.switch(LookUp::Refresh, true);
        settings.switch(LookUp::AskSites, true);
        assert!(settings.is_watch_due(100 * DAY));
        settings.checked = [("refresh".to_owned(), 95 * DAY), ("ask-sites".to_owned(), 92 * DAY)].into();
        assert!(!settings.is_watch_due(98 * DAY + DAY - 1));
        assert!(settings.is_watch_due(99 * DAY), "one of them is a week old");
        settings.checked.insert("ask-sites".to_owned(), 99 * DAY);
        assert!(!settings.is_watch_due(100 * DAY));
        settings.watch = false;
        assert!(!settings.is_watch_due(200 * DAY));
    }
}
