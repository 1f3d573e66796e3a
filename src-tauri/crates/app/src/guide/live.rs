//! A run as it goes on: what its lines add up to.

use std::time::Instant;

use rekey_authenticator::{Home, Notice};
use rekey_journey::page::SignedInSignal;
use rekey_journey::{AccountId, Credential, Event, EvidenceSource, Stage, StopReason};
use rekey_ledger::{AccountView, unix_now};

use super::state::Said;
use super::view_run::{Pause, RunStatus, StepStatus};
use crate::migrate::Steering;
use crate::{FieldName, Outcome, RunLine, Summary};

/// A run, from its first line to its summary.
pub(super) struct Live {
    pub(super) accounts: Vec<LiveAccount>,
    pub(super) current: Option<AccountId>,
    pub(super) steering: Steering,
    pub(super) summary: Option<Summary>,
    /// What an authenticator waits for, while it answers a ceremony of the current account.
    pub(super) waits: Option<(Home, Notice)>,
    rests: bool,
    last_fact: u32,
}

/// One account of it.
pub(super) struct LiveAccount {
    pub(super) id: AccountId,
    pub(super) site: String,
    pub(super) title: String,
    pub(super) user: String,
    pub(super) status: RunStatus,
    /// In the order of [`Stage::ALL`].
    pub(super) steps: [StepStatus; 4],
    pub(super) doing: Doing,
    pub(super) facts: Vec<Fact>,
    pub(super) result: Option<(Outcome, Option<StopReason>)>,
    /// Why the run broke off here.
    pub(super) failure: Option<Said>,
    pub(super) proof: Proof,
    /// The names of the vault's custom fields; an empty one is the notes'.
    pub(super) fields: Vec<String>,
}

/// What happens at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Doing {
    Opening,
    At(Stage),
    /// Waits for a new code until then.
    Code(Instant),
    Person(StopReason),
    Press(String),
    Fill(FieldName),
    Tick,
}

/// A fact, as it was written into the ledger.
pub(super) struct Fact {
    pub(super) id: u32,
    pub(super) time: u64,
    pub(super) event: Event,
}

/// What is known of an account's proof, from this run or from before.
#[derive(Debug, Clone, Default)]
pub(super) struct Proof {
    pub(super) credential: Option<Credential>,
    pub(super) at: Option<u64>,
    pub(super) source: Option<EvidenceSource>,
    pub(super) signals: Vec<SignedInSignal>,
}

impl Live {
    /// `fields` knows the names of an account's custom fields.
    pub(super) fn new(
        accounts: impl Iterator<Item = AccountView>,
        fields: impl Fn(AccountId) -> Vec<String>,
        steering: Steering,
    ) -> Self {
        let accounts = accounts.map(|view| LiveAccount::new(fields(view.id), view)).collect();
        Self { accounts, current: None, steering, summary: None, waits: None, rests: false, last_fact: 0 }
    }

    /// The account that is worked on.
    pub(super) fn current(&self) -> Option<&LiveAccount> {
        self.accounts.iter().find(|account| Some(account.id) == self.current)
    }

    pub(super) fn is_over(&self) -> bool {
        self.summary.is_some()
    }

    pub(super) fn pause(&self) -> Pause {
        match (self.steering.is_paused(), self.rests) {
            (false, _) => Pause::Running,
            (true, false) => Pause::Pausing,
            (true, true) => Pause::Paused,
        }
    }

    /// Adds one line. A run writes nothing more once it is over.
    pub(super) fn tell(&mut self, line: RunLine) {
        match line {
            RunLine::AccountStarted { account, .. } => {
                self.current = Some(account.account);
                self.with(account.account, |account| account.status = RunStatus::Running);
            }
            RunLine::Stage { account, stage } => self.with(account.account, |account| account.reach(stage)),
            RunLine::Ledger { account, fact } => {
                self.last_fact += 1;
                let fact = Fact { id: self.last_fact, time: unix_now(), event: fact };
                self.with(account.account, |account| account.note(fact));
            }
            RunLine::Paused { .. } => self.rests = true,
            RunLine::Resumed { .. } => self.rests = false,
            RunLine::WaitingForCode { account, seconds } => {
                let until = Instant::now() + std::time::Duration::from_secs(seconds);
                self.with(account.account, |account| account.doing = Doing::Code(until));
            }
            RunLine::WaitingForPerson { account, reason } => {
                self.with(account.account, |account| account.doing = Doing::Person(reason));
            }
            RunLine::PleasePress { account, label } => {
                self.with(account.account, |account| account.doing = Doing::Press(label));
            }
            RunLine::PleaseFill { account, field } => {
                self.with(account.account, |account| account.doing = Doing::Fill(field));
            }
            RunLine::PleaseTick { account } => self.with(account.account, |account| account.doing = Doing::Tick),
            RunLine::Failed { account, code, args } => {
                self.with(account.account, |account| account.failure = Some(Said::new(code, args)));
            }
            RunLine::AccountFinished { account, outcome, reason } => {
                self.current = self.current.filter(|current| *current != account.account);
                self.with(account.account, |account| account.finish(outcome, reason));
            }
            // Said before any account.
            RunLine::StoreCreated { .. } => {}
        }
    }

    pub(super) fn end(&mut self, summary: Summary) {
        (self.current, self.waits, self.rests, self.summary) = (None, None, false, Some(summary));
    }

    fn with(&mut self, id: AccountId, change: impl FnOnce(&mut LiveAccount)) {
        if let Some(account) = self.accounts.iter_mut().find(|account| account.id == id) {
            change(account);
        }
    }
}

impl LiveAccount {
    fn new(fields: Vec<String>, view: AccountView) -> Self {
        let proof =
            Proof { credential: view.credential, at: view.proven_at, source: view.proof_source, signals: Vec::new() };
        Self {
            id: view.id,
            site: view.site.to_string(),
            title: view.title,
            user: view.user_name,
            status: RunStatus::Waiting,
            steps: [StepStatus::Ahead; 4],
            doing: Doing::Opening,
            facts: Vec::new(),
            result: None,
            failure: None,
            proof,
            fields,
        }
    }

    /// Those before are done, or were not needed; a way that begins again has them ahead once more.
    fn reach(&mut self, stage: Stage) {
        self.doing = Doing::At(stage);
        for (step, status) in Stage::ALL.into_iter().zip(&mut self.steps) {
            *status = match (step.cmp(&stage), *status) {
                (std::cmp::Ordering::Equal, _) => StepStatus::Now,
                (std::cmp::Ordering::Greater, _) => StepStatus::Ahead,
                (std::cmp::Ordering::Less, StepStatus::Now | StepStatus::Done) => StepStatus::Done,
                (std::cmp::Ordering::Less, _) => StepStatus::Skipped,
            };
        }
    }

    fn note(&mut self, fact: Fact) {
        match &fact.event {
            Event::PasskeyCreated { credential } => {
                self.proof = Proof { credential: Some(credential.clone()), ..Proof::default() };
            }
            Event::Proven { signals, source, .. } => {
                (self.proof.at, self.proof.source) = (Some(fact.time), Some(*source));
                self.proof.signals = signals.clone();
                // What the page shows is often seen twice.
                self.proof.signals.sort_unstable_by_key(|signal| format!("{signal:?}"));
                self.proof.signals.dedup();
            }
            _ => {}
        }
        // What was asked of the person is done where the journey goes on.
        if let Some(stage) = self.stage() {
            self.doing = Doing::At(stage);
        }
        self.facts.push(fact);
    }

    fn stage(&self) -> Option<Stage> {
        Stage::ALL.into_iter().zip(self.steps).find(|(_, status)| *status == StepStatus::Now).map(|(stage, _)| stage)
    }

    fn finish(&mut self, outcome: Outcome, reason: Option<StopReason>) {
        self.status = RunStatus::Finished;
        self.result = Some((outcome, reason));
        let (now, ahead) = match outcome {
            Outcome::Proven | Outcome::SecondFactor => (StepStatus::Done, StepStatus::Skipped),
            Outcome::NeedsPerson | Outcome::Stuck => (StepStatus::Stopped, StepStatus::Ahead),
            Outcome::Skipped => (StepStatus::Skipped, StepStatus::Skipped),
        };
        for status in &mut self.steps {
            *status = match *status {
                StepStatus::Now => now,
                StepStatus::Ahead => ahead,
                other => other,
            };
        }
    }
}
