//! Look-ups against servers of this computer that do what servers of the internet do, and worse.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails may end"
)]

mod ask;
mod breaches;
mod consent;
mod logs;
mod refresh;
mod strictness;
mod support;
