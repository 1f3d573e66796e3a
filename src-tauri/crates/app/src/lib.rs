//! The app's API: what the command line and the window call. Holds the only loop that closes the circle from what a
//! journey wants to what a browser saw.

mod run_line;

pub use run_line::{AccountRef, Outcome, RunLine, Summary};
