//! The guided state machine of one account: a pure function from what was seen to what is done next.
//!
//! [`Journey::handle`] consumes a state and an [`Input`] and gives back a [`Step`]: the next state, the [`Event`]s to
//! append to the ledger first, the [`Effect`]s to run then, and what to wait for. No clock, network, file or secret.
#![forbid(unsafe_code)]

mod acceptance;
mod account;
mod credentials;
mod enrol;
mod event;
mod evidence;
mod guard;
mod journey;
mod judged;
mod moves;
pub mod page;
mod progress;
mod proof;
mod sign_in;
mod signals;
mod step;
mod stop;

pub use account::AccountId;
pub use event::{Credential, Event, EvidenceSource, Occasion, ProofKind, VerificationMethod};
pub use evidence::{Evidence, PasswordlessProven, SecondFactorProven};
pub use journey::{Goal, Journey, Stage, Task};
pub use judged::{Choice, Judgement, PasskeyRole, Reuse, SaidBy, Strength};
pub use progress::{AccountState, Progress};
pub use step::{
    ActFailure, CeremonyFailure, CeremonyRef, Effect, Input, Outcome, Patience, Purpose, Step, Value, Wait,
};
pub use stop::StopReason;
