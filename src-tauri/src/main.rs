//! Rekey as a desktop app.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

#[allow(clippy::print_stderr, reason = "there is no window yet to say it in")]
fn main() -> ExitCode {
    match rekey_desktop::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Rekey could not start: {error}");
            ExitCode::FAILURE
        }
    }
}
