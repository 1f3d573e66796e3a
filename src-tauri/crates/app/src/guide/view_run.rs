//! Accounts on their way, as the window draws them.

use rekey_journey::Stage;
use serde::Serialize;
use ts_rs::TS;

use super::view_passkeys::DeviceMoment;
use crate::Outcome;

/// Accounts on their way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Run")]
pub struct RunView {
    /// In their order.
    pub accounts: Vec<RunAccount>,
    /// The id of the one that is worked on.
    pub current: Option<String>,
    /// Whether the run rests.
    pub pause: Pause,
    /// Once the run is over.
    pub summary: Option<RunSummary>,
}

/// Whether a run rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Pause {
    /// It goes on.
    Running,
    /// It rests as soon as it can.
    Pausing,
    /// It rests.
    Paused,
}

/// How the accounts of a run ended. The five counts add up to `total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "described at `Outcome`")]
pub struct RunSummary {
    pub total: u32,
    pub proven: u32,
    pub second_factor: u32,
    pub needs_person: u32,
    pub stuck: u32,
    pub skipped: u32,
}

/// One account of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RunAccount {
    /// Its id in the ledger.
    pub id: String,
    /// The site.
    pub site: String,
    /// The vault entry's title.
    pub title: String,
    /// The user name, possibly empty.
    pub user: String,
    /// Whether its turn has come.
    pub status: RunStatus,
    /// Always the four.
    pub steps: Vec<RunStep>,
    /// What happens at this moment.
    pub now: Option<Now>,
    /// What was written into the ledger, the oldest first.
    pub facts: Vec<FactLine>,
    /// How it ended.
    pub result: Option<RunResult>,
    /// The names of the vault's custom fields and notes; what is in one is revealed alone and on request.
    pub fields: Vec<FieldLabel>,
}

/// A custom field of the vault, or the notes, by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldLabel {
    /// For [`super::Guide::reveal`].
    pub id: u32,
    /// What the vault calls it.
    pub label: String,
}

/// Whether an account's turn has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "they say it")]
pub enum RunStatus {
    Waiting,
    Running,
    Finished,
}

/// One of the four steps of an account's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RunStep {
    /// Which.
    #[ts(type = "\"sign_in\" | \"enrol\" | \"accept\" | \"prove\"")]
    pub stage: Stage,
    /// In words.
    pub text: String,
    /// How far it is.
    pub status: StepStatus,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "they say it")]
pub enum StepStatus {
    Ahead,
    Now,
    Done,
    Stopped,
    Skipped,
}

/// What happens at this moment, and who does it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Now {
    /// Who.
    pub who: Who,
    /// In one sentence.
    pub text: String,
    /// More of it.
    pub detail: Option<String>,
    /// How long it takes, where that is known.
    pub seconds: Option<u32>,
    /// Where an authenticator is what it is about.
    pub device: Option<DeviceMoment>,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "they say it")]
pub enum Who {
    Rekey,
    Person,
    Site,
}

/// A fact of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FactLine {
    /// Its number in this run.
    pub id: u32,
    /// When, on the person's clock (`14:03:22`).
    pub time: String,
    /// The ledger's name for its kind.
    pub kind: String,
    /// In words.
    pub text: String,
}

/// How an account ended in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RunResult {
    /// How.
    #[ts(type = "\"proven\" | \"second_factor\" | \"needs_person\" | \"stuck\" | \"skipped\"")]
    pub outcome: Outcome,
    /// In a few words.
    pub title: String,
    /// What happened.
    pub happened: String,
    /// What is safe.
    pub safe: String,
    /// What to do next.
    pub next: String,
    /// The facts of the proof: which passkey, where it lives, when, seen by what.
    pub proof: Vec<ProofFact>,
}

/// One fact of a proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ProofFact {
    /// What it is.
    pub label: String,
    /// Its value.
    pub value: String,
}
