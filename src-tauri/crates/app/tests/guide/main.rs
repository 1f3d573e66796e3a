//! The window without a window: what it shows, what it takes, and what it never holds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod desk;
mod import;
mod key;
mod looking;
mod opening;
mod passkeys;
mod plan;
mod prompts;
mod runs;
mod site;
