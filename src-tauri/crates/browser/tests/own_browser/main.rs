//! The own-browser driver against a real browser, with pages served on this computer.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod channel;
mod ends;
mod logs;
mod look;
mod native;
mod page_side;
mod sending;
#[allow(unreachable_pub, dead_code, reason = "shared with the cross-crate tests")]
#[path = "../../../../../tests/src/pages.rs"]
mod server;
mod support;
mod windows;
