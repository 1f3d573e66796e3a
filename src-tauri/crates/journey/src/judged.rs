//! What the plan needs to remember of an account between two openings of the vault.
//!
//! A ledger is read by whoever reads the person's files, and kept for years. So what it says of a password is coarse on
//! purpose: no length, no score, no hash, no number of guesses, and no count that would tell which accounts share one. Each
//! of these would make a search for the password shorter; the buckets below do not, beyond saying that it is worth trying.

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
    /// The day on which this was first found to be so, in days since 1970-01-01 (UTC).
    #[serde(default)]
    pub judged_day: u32,
}

impl Judgement {
    /// Whether both say the same, whenever they were made.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        Self { judged_day: 0, ..*self } == Self { judged_day: 0, ..*other }
    }

    /// This, with what was found of breaches before, where nobody looked this time and nothing else has changed: a password
    /// that was changed looks different in some way, and then nothing is known of the new one.
    #[must_use]
    pub fn after(self, before: &Self) -> Self {
        let kept = Self { breached: self.breached.or(before.breached), ..self };
        if kept.says_the_same_as(before) { kept } else { self }
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
        let not_looked = Judgement { breached: None, ..read };
        assert_eq!(not_looked.after(&read).breached, Some(false));
        assert_eq!(Judgement { is_old: true, ..not_looked }.after(&read).breached, None);
    }

    #[test]
    fn a_bucket_does_not_tell_the_count() {
        let buckets: Vec<Reuse> = [0, 1, 4, 5, 500].map(Reuse::of).to_vec();
        assert_eq!(buckets, [Reuse::None, Reuse::Few, Reuse::Few, Reuse::Many, Reuse::Many]);
    }
}
