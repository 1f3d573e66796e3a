//! Every request that leaves the computer: one strict client, one consent check.
//!
//! A look-up is off until the person switches it on ([`Consent`]), and says whom it asks and what it reveals
//! ([`LookUp`]). There are three: [`refresh`](refresh::refresh) fetches a signed list of the sites that take passkeys,
//! [`ask_all`](ask::ask_all) asks sites themselves, and [`breaches::check`] asks whether passwords are known to be out.
//! Each gets a [`Permit`] from the consent and makes its requests with the one [`Client`] of this crate, which takes
//! none without a permit. Nothing here decides what an answer means for an account.
#![forbid(unsafe_code)]

pub mod ask;
pub mod breaches;
mod client;
mod consent;
mod error;
#[cfg(test)]
mod fuzz;
pub mod refresh;

#[cfg(feature = "test-transport")]
pub use client::TestTransport;
pub use client::{Client, Limits};
pub use consent::{Consent, LookUp, NotSwitchedOn, Permit, Recipient, Revealed};
pub use error::{Error, TlsProblem};

/// How far a look-up with many requests is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many sites or passwords are done.
    pub done: usize,
    /// How many there are.
    pub total: usize,
}
