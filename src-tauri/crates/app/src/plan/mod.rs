//! In which order to go, and what to do next at each account.
//!
//! [`plan`] is pure: from what is known of each account ([`Candidate`]) it makes a [`Planned`] with a state, a next step and
//! reasons, as codes, and puts them in order. [`weights`] is the one table that the order comes from; [`explain`] puts a
//! planned account into words. `Session::plan` gathers the candidates from the ledger, the directory and an open vault.

mod candidate;
mod decide;
mod gather;
mod mailbox;
mod planned;
mod rank;
mod reasons;
mod site_facts;
mod weights;
mod words;

pub use candidate::{Announced, Candidate, HealthFacts};
pub use gather::{LiveFacts, SiteNews, candidates};
pub use planned::{Lack, Level, NextStep, PlanState, Planned, Reason, Score, Warning};
pub use rekey_journey::{Choice, Judgement, PasskeyRole, Reuse, SaidBy, Strength};
pub use site_facts::SiteFacts;
pub use weights::Band;
pub use words::{PlannedWords, choice_words, date_of_day, explain};

/// A moment of the ledger as a day: whole days since 1970-01-01 (UTC).
pub fn day_of(unix_ms: u64) -> u32 {
    u32::try_from(unix_ms / 86_400_000).unwrap_or(u32::MAX)
}

/// A date as `YYYY-MM-DD`, as whole days since 1970-01-01; none where it is no date, or an earlier one.
pub fn day_of_date(text: &str) -> Option<u32> {
    let date: jiff::civil::Date = text.trim().parse().ok()?;
    let first = jiff::civil::date(1970, 1, 1);
    u32::try_from(date.since((jiff::Unit::Day, first)).ok()?.get_days()).ok()
}

/// What to do next at each account, in the order in which to do it; `now` is in milliseconds since 1970.
///
/// Each account is looked at by itself and the whole is sorted once, so ten thousand cost milliseconds.
pub fn plan(candidates: Vec<Candidate>, now: u64) -> Vec<Planned> {
    let today = day_of(now);
    let mut ranked: Vec<(rank::Key, Planned)> =
        candidates.into_iter().map(|candidate| rank::planned(candidate, today)).collect();
    ranked.sort_by(|(a_key, a), (b_key, b)| {
        a_key.cmp(b_key).then_with(|| (a.site.as_str(), &a.user_name).cmp(&(b.site.as_str(), &b.user_name)))
    });
    let mut plan: Vec<Planned> = ranked.into_iter().map(|(_, planned)| planned).collect();
    for (place, planned) in (1..).zip(&mut plan) {
        planned.place = place;
    }
    plan
}

#[cfg(test)]
mod tests;
