//! The practice site: a real relying party on `http://localhost:PORT`, for trying Rekey out and for testing it.
//!
//! Its accounts have a password and often a second factor, and take passkeys the way careful sites do: argon2id password
//! hashes, one-time codes that count once, single-use challenges, a fresh password check before a passkey is added, and
//! a sign-in that asks for no user name. What it knows is kept in memory and forgotten when the site stops, or in a file
//! ([`Storage`]).
//!
//! The ceremonies follow <https://www.w3.org/TR/webauthn-3/#sctn-rp-operations>; the checks are `webauthn-rs-core`'s.

mod ceremonies;
mod challenges;
mod config;
mod connection;
mod decoy;
mod difficulty;
mod eligibility;
mod error;
mod explain;
mod fresh_codes;
mod pages;
mod passwords;
mod records;
mod routes;
mod seed;
mod server;
mod sign_in;
mod site;
mod store;
mod texts;
mod throttle;
mod totp;
mod traces;
mod visit;

#[cfg(test)]
mod tests;

pub use config::{Attestation, Clock, Config, Reach, Requirement, Storage};
pub use difficulty::{Difficulty, Profile};
pub use error::Error;
pub use records::{AccountRecord, AuditEvent, AuditLine, Change, Letter, Mail, PasskeyRecord, SignInMethod, Suspicion};
pub use seed::{FormStyle, Seed};
pub use server::PracticeSite;
pub use store::{StorageKey, StoreError};
