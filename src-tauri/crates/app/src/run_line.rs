use rekey_journey::{AccountId, Event, Stage, StopReason, Value};
use rekey_origin::Site;
use serde::Serialize;

use crate::ErrorArgs;

/// One account as people and scripts name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountRef {
    /// Its id in this ledger.
    pub account: AccountId,
    /// The site.
    pub site: Site,
    /// The user name.
    pub user: String,
}

/// What a running `migrate`, `prove` or `demo` says, as it happens. In JSON each is one line with `event` naming it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum RunLine {
    /// There was no store, and a new one was made. Worth a look: a passphrase that was not meant protects it from now on.
    StoreCreated {
        /// Its file.
        store: String,
        /// The file that its passphrase was read from.
        #[serde(skip_serializing_if = "Option::is_none")]
        passphrase_file: Option<String>,
    },
    /// The next account begins.
    AccountStarted {
        /// Which.
        #[serde(flatten)]
        account: AccountRef,
        /// Its place in this run, from 1.
        number: usize,
        /// How many accounts this run has.
        of: usize,
    },
    /// A fact was appended to the ledger.
    Ledger {
        /// Of which account.
        #[serde(flatten)]
        account: AccountRef,
        /// The fact.
        fact: Event,
    },
    /// The account's way got to another stage.
    Stage {
        /// Of which account.
        #[serde(flatten)]
        account: AccountRef,
        /// Which.
        stage: Stage,
    },
    /// A window holds the run.
    Paused {
        /// At which account.
        #[serde(flatten)]
        account: AccountRef,
    },
    /// It goes on.
    Resumed {
        /// With which account.
        #[serde(flatten)]
        account: AccountRef,
    },
    /// The next one-time code must be waited for, since one code is never given twice.
    WaitingForCode {
        /// Of which account.
        #[serde(flatten)]
        account: AccountRef,
        /// Seconds.
        seconds: u64,
    },
    /// A person is needed at the page; the run goes on when the page changes.
    WaitingForPerson {
        /// Of which account.
        #[serde(flatten)]
        account: AccountRef,
        /// What for.
        reason: StopReason,
    },
    /// In assist and watch: the control that the person should use next, in the page's own words.
    PleasePress {
        /// Of which account.
        #[serde(flatten)]
        account: AccountRef,
        /// The control's label.
        label: String,
    },
    /// In watch: the field that the person should fill next.
    PleaseFill {
        /// Of which account.
        #[serde(flatten)]
        account: AccountRef,
        /// With what.
        field: FieldName,
    },
    /// In watch: a box that the person should tick next.
    PleaseTick {
        /// Of which account.
        #[serde(flatten)]
        account: AccountRef,
    },
    /// The run broke off at this account: the store, the ledger or the browser failed. Those after it are skipped.
    Failed {
        /// At which account.
        #[serde(flatten)]
        account: AccountRef,
        /// The error's code.
        code: &'static str,
        /// The values of its messages.
        #[serde(skip)]
        args: ErrorArgs,
    },
    /// An account is finished for this run.
    AccountFinished {
        /// Which.
        #[serde(flatten)]
        account: AccountRef,
        /// How.
        outcome: Outcome,
        /// Why, where it stopped short.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<StopReason>,
    },
}

/// What a field takes, for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    /// The user name.
    UserName,
    /// The password.
    Password,
    /// The one-time code.
    Code,
    /// A name for the passkey.
    KeyName,
}

impl From<Value> for FieldName {
    fn from(value: Value) -> Self {
        match value {
            Value::UserName => Self::UserName,
            Value::Password => Self::Password,
            Value::Code(_) => Self::Code,
            Value::KeyName => Self::KeyName,
        }
    }
}

/// How an account ended in this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The passkey alone signs in (`PasswordlessProven`).
    Proven,
    /// The passkey works beside the password (`SecondFactorProven`).
    SecondFactor,
    /// A person must do something.
    NeedsPerson,
    /// Something must change first.
    Stuck,
    /// Not finished: the run was ended before or during its turn, or the person skipped it.
    Skipped,
}

/// The last line of a run. The five counts add up to `total`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Accounts asked for.
    pub total: usize,
    /// [`Outcome::Proven`], whether proven now or before.
    pub proven: usize,
    /// [`Outcome::SecondFactor`].
    pub second_factor: usize,
    /// [`Outcome::NeedsPerson`].
    pub needs_person: usize,
    /// [`Outcome::Stuck`].
    pub stuck: usize,
    /// [`Outcome::Skipped`].
    pub skipped: usize,
}

impl Summary {
    /// Counts one account.
    pub fn count(&mut self, outcome: Outcome) {
        self.total += 1;
        match outcome {
            Outcome::Proven => self.proven += 1,
            Outcome::SecondFactor => self.second_factor += 1,
            Outcome::NeedsPerson => self.needs_person += 1,
            Outcome::Stuck => self.stuck += 1,
            Outcome::Skipped => self.skipped += 1,
        }
    }

    /// Whether nothing is left to do: an account that was not tried is, too.
    pub fn is_complete(&self) -> bool {
        self.needs_person == 0 && self.stuck == 0 && self.skipped == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_complete_when_nothing_is_left_to_do() {
        for (outcome, complete) in [
            (Outcome::Proven, true),
            (Outcome::SecondFactor, true),
            (Outcome::NeedsPerson, false),
            (Outcome::Stuck, false),
            (Outcome::Skipped, false),
        ] {
            let mut summary = Summary::default();
            summary.count(Outcome::Proven);
            summary.count(outcome);
            assert_eq!((summary.total, summary.is_complete()), (2, complete), "{outcome:?}");
        }
    }
}
