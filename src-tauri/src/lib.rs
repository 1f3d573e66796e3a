//! Rekey's desktop shell: a window over the app's own API, and the windows of sites. Thin: what it does itself is opening
//! windows, passing on what is dropped on them, and asking for files.

mod commands;
#[cfg(target_os = "linux")]
pub mod site_window;
mod start;
mod window;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use rekey_cli::SiteWindows;

use start::WindowStart;

/// Opens the window, or runs a command line, and returns when that is over. `arguments` begin with the program's name.
pub fn main(arguments: Vec<OsString>) -> ExitCode {
    let words = arguments.get(1..).unwrap_or_default();
    match WindowStart::read(words, |word| Path::new(word).is_file()) {
        Some(start) => window::open(start),
        None => command_line(arguments),
    }
}

#[cfg(target_os = "linux")]
fn command_line(arguments: Vec<OsString>) -> ExitCode {
    let run = |arguments: Vec<OsString>| rekey_cli::run(arguments, &SiteWindows::Here(Box::new(site_window::for_cli)));
    if rekey_cli::wants_site_window(&arguments) {
        site_window::beside_main_loop(move || run(arguments))
    } else {
        run(arguments)
    }
}

#[cfg(not(target_os = "linux"))]
fn command_line(arguments: Vec<OsString>) -> ExitCode {
    rekey_cli::run(arguments, &SiteWindows::Nowhere)
}
