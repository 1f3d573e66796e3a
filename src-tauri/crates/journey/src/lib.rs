//! The guided state machine of one account: a pure function from what was seen to what is done next.
//!
//! [`Journey::handle`] consumes a state and an [`Input`] and gives back a [`Step`]: the next state, the [`Event`]s to
//! append to the ledger first, the [`Effect`]s to run then, and what to wait for. No clock, network, file or secret.
#![forbid(unsafe_code)]

mod account;
mod event;
pub mod page;
mod progress;
mod stop;

pub use account::AccountId;
pub use event::{Credential, Event, EvidenceSource, Occasion, ProofKind, VerificationMethod};
pub use progress::{AccountState, Progress};
pub use stop::StopReason;
