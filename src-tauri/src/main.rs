//! Rekey as a desktop app. With a command of the command line it is that; otherwise it opens its window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    rekey_desktop::main(std::env::args_os().collect())
}
