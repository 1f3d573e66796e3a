//! What the plan needs to remember of an account between two openings of the vault.
//!
//! A ledger is read by whoever reads the person's files, and kept for years. So what it says of a password is coarse on
//! purpose: no length, no score, no hash, no number of guesses, no exact count. Each of these would make a search for the
//! password shorter; the buckets below do not, beyond saying where it is worth trying.
//!
//! Nothing says which accounts share a password. It can be guessed all the same, where few accounts share one or where
//! what is said of several changes at one time.

use serde::{Deserialize, Serialize};

/// What was found of an account's password when the vault was open, in buckets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Judgement {
    /// How strong it is; none where there is no password, or nobody looked.
    #[serde(default)]
    pub strength: Option<Strength>,
    /// On how many other sites the same password is used.
    #[serde(default)]
    pub reused: Reuse,
    /// Whether it was not changed for years.
    #[serde(default)]
    pub is_old: bool,
    /// Whether the vault's address for it is an open line (`http`).
    #[serde(default)]
    pub open_line: bool,
    /// Whether the vault holds the same account twice.
    #[serde(default)]
    pub is_duplicate: bool,
    /// Whether it is in a published breach; none where that was not looked up.
    #[serde(default)]
    pub breached: Option<bool>,
    /// The day on which a look-up first said so, in days since 1970-01-01 (UTC); none where nobody looked, or in an old
    /// ledger.
    #[serde(default)]
    pub breached_day: Option<u32>,
    /// The day on which this was first found to be so, in days since 1970-01-01 (UTC).
    #[serde(default)]
    pub judged_day: u32,
}

impl Judgement {
    /// Whether both say the same, whenever they were made.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        Self { judged_day: 0, ..*self } == Self { judged_day: 0, ..*other }
    }

    /// This, with what a look-up on that day said of breaches.
    #[must_use]
    pub fn looked_up(self, is_breached: bool, day: u32) -> Self {
        Self { breached: Some(is_breached), breached_day: Some(day), ..self }
    }

    /// This, with what was known before and nobody looked at this time: everything where no password was there to be
    /// judged, otherwise what look-ups said of breaches.
    ///
    /// `changed_day` is the day on which the password is known to have become the password. Where that is after the
    /// look-up, the look-up was about another one, and nothing is known. Nothing else tells: a changed password may be in
    /// the same buckets, and an unchanged one moves to another where it comes to be used elsewhere.
    #[must_use]
    pub fn after(self, before: &Self, changed_day: Option<u32>) -> Self {
        if self.strength.is_none() {
            return *before;
        }
        // Before look-ups had a day of their own they were written down on the day itself.
        let looked_up = before.breached_day.unwrap_or(before.judged_day);
        let is_another = changed_day.is_some_and(|changed| changed > looked_up);
        let says_news = self.breached.is_some_and(|found| before.breached != Some(found));
        if is_another || says_news {
            return self;
        }
        Self { breached: before.breached, breached_day: before.breached_day, ..self }
    }
}

/// How strong a password is: three buckets, coarser than any estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Somebody who tries will find it.
    Weak,
    /// It holds where the site allows few attempts.
    Fair,
    /// It holds.
    Strong,
}

/// On how many other sites a password is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reuse {
    /// On none that is known.
    #[default]
    None,
    /// On one to four others.
    Few,
    /// On five or more.
    Many,
}

impl Reuse {
    /// The bucket of a count of other sites.
    pub fn of(others: usize) -> Self {
        match others {
            0 => Self::None,
            1..=4 => Self::Few,
            _ => Self::Many,
        }
    }
}

/// What a person wants of an account, other than what the plan would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "choice", rename_all = "snake_case")]
pub enum Choice {
    /// Before all others.
    Pinned,
    /// Not before this day.
    Postponed {
        /// The first day on which it is due again, in days since 1970-01-01 (UTC).
        until_day: u32,
    },
    /// Not at all.
    Ignored,
}

/// What the passkeys of a site are good for, as it was learnt after the directory was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasskeyRole {
    /// They sign in, without the password.
    SignIn,
    /// They stand beside the password.
    SecondFactor,
    /// Either.
    Both,
    /// Nobody says.
    Unknown,
}

/// Who says that a site takes passkeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidBy {
    /// The site itself, at its well-known address.
    Site,
    /// A newer directory.
    Directory,
    /// The person.
    Person,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_or_shorter_judgement_is_read() {
        assert_eq!(serde_json::from_str::<Judgement>("{}").unwrap(), Judgement::default());
        let newer = r#"{"strength":"weak","reused":"many","breached":false,"judged_day":3,"phase_of_moon":"full"}"#;
        let read: Judgement = serde_json::from_str(newer).unwrap();
        assert_eq!((read.strength, read.reused, read.breached), (Some(Strength::Weak), Reuse::Many, Some(false)));
        assert!(read.says_the_same_as(&Judgement { judged_day: 9, ..read }));
        assert!(!read.says_the_same_as(&Judgement { breached: None, ..read }));
    }

    #[test]
    fn what_was_looked_up_stays_until_the_password_is_known_to_be_another() {
        let weak = Judgement { strength: Some(Strength::Weak), ..Judgement::default() };
        let moved = Judgement { strength: Some(Strength::Strong), reused: Reuse::Few, is_old: true, ..weak };
        for found in [true, false] {
            let check = |now: Judgement, changed_day, expect: Judgement| {
                let before = weak.looked_up(found, 100);
                assert_eq!(now.after(&before, changed_day), expect, "{now:?} {changed_day:?}");
            };
            for now in [weak, moved] {
                check(now, None, now.looked_up(found, 100));
                check(now, Some(99), now.looked_up(found, 100));
                check(now, Some(100), now.looked_up(found, 100));
                check(now, Some(101), now);
                // The same said once more is no news, unless it is said of another password.
                check(now.looked_up(found, 107), None, now.looked_up(found, 100));
                check(now.looked_up(found, 107), Some(101), now.looked_up(found, 107));
                check(now.looked_up(!found, 107), None, now.looked_up(!found, 107));
            }
        }
    }

    #[test]
    fn a_look_up_without_a_day_was_made_when_it_was_written_down() {
        let weak = Judgement { strength: Some(Strength::Weak), ..Judgement::default() };
        let before = Judgement { breached: Some(true), judged_day: 100, ..weak };
        assert_eq!(weak.after(&before, Some(100)).breached, Some(true));
        assert_eq!(weak.after(&before, Some(101)).breached, None);
    }

    #[test]
    fn where_no_password_was_there_everything_stays() {
        let before = Judgement { reused: Reuse::Many, is_old: true, judged_day: 7, ..Judgement::default() };
        let before = Judgement { strength: Some(Strength::Fair), ..before }.looked_up(true, 7);
        assert_eq!(Judgement { open_line: true, ..Judgement::default() }.after(&before, None), before);
    }

    #[test]
    fn a_bucket_does_not_tell_the_count() {
        let buckets: Vec<Reuse> = [0, 1, 4, 5, 500].map(Reuse::of).to_vec();
        assert_eq!(buckets, [Reuse::None, Reuse::Few, Reuse::Few, Reuse::Many, Reuse::Many]);
    }
}
