//! Walks through the real window: the program behind `cargo xtask demo --window` and `cargo xtask bench window`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program of the project's developers")]

use std::process::ExitCode;

#[cfg(target_os = "linux")]
mod linux;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    linux::main()
}

/// The main window of other systems has no driver that could be installed here, and sites have no window there.
#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    eprintln!("the window is walked through on Linux only");
    ExitCode::from(2)
}
