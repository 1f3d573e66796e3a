//! `rekey`: the app's API as text for people and JSON for scripts.
//!
//! Results go to stdout, everything else to stderr. With `--json` each command prints one JSON document, except those
//! that run over accounts, which print one JSON object a line.

mod arguments;
mod commands;
mod help;
mod host;
mod live;
mod output;
mod person;
pub mod practice;
mod practice_vault;
mod secrets;
mod table;
mod vaults;

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};
use rekey_app::text::{Language, Texts};
use rekey_app::{AppError, BrowserChoice, READ_VAULT, read_vault};
use tracing_subscriber::EnvFilter;

use crate::arguments::Arguments;
pub use crate::host::{SiteWindow, SiteWindows};
use crate::output::Output;

/// Whether this is the name of one of the commands.
pub fn is_command(name: &str) -> bool {
    name == READ_VAULT || Arguments::command().find_subcommand(name).is_some()
}

/// Whether a command line asks for a site window; one that cannot be read does not.
pub fn wants_site_window(arguments: &[OsString]) -> bool {
    let parsed = help::command(&Texts::new(Language::default())).try_get_matches_from(arguments);
    let parsed = parsed.and_then(|matches| Arguments::from_arg_matches(&matches));
    parsed.is_ok_and(|arguments| arguments.browser() == Some(BrowserChoice::Embedded))
}

/// Runs one command line, the program's name first, and says how the process ends: 0 all that was asked is done,
/// 1 unexpected failure, 2 usage, 3 input unreadable, 4 stopped.
pub fn run(arguments: impl IntoIterator<Item = OsString>, windows: &SiteWindows) -> ExitCode {
    let words: Vec<OsString> = arguments.into_iter().collect();
    // Before anything else: no log, no language, nothing that a file could make use of.
    if words.get(1).is_some_and(|word| word == READ_VAULT) {
        return read_vault();
    }
    let arguments = words.clone();
    let texts = Texts::new(help::wanted_language(&arguments).unwrap_or_else(Language::of_system));
    let json = help::wants_json(&arguments);
    let parsed =
        help::command(&texts).try_get_matches_from(arguments).and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are results; everything else is an error of usage. Clap knows which stream is whose.
            let _ = error.print();
            if json && error.use_stderr() {
                let said = error.render().to_string();
                Output::new(json, texts).document_of(&AppError::Usage { said: help::first_sentence(&said) });
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    if matches!(windows, SiteWindows::Beside)
        && arguments.browser() == Some(BrowserChoice::Embedded)
        && let Some(exit) = host::relay(&words)
    {
        return exit;
    }
    log(arguments.global.verbose);
    let mut output = Output::new(arguments.global.json, texts);
    let exit = match commands::run(arguments, windows, &mut output) {
        Ok(exit) => exit,
        Err(error) => {
            output.error(&error);
            error.exit()
        }
    };
    ExitCode::from(exit.code())
}

/// Logs go to stderr: warnings, or more with each `-v`. `REKEY_LOG` overrides both.
pub fn log(verbose: u8) {
    let level = match verbose {
        0 => "warn",
        1 => "warn,rekey_app=info,rekey_authenticator=info,rekey_browser=info,rekey_cli=info,rekey_journey=info",
        2 => "info,rekey_app=debug,rekey_authenticator=debug,rekey_browser=debug,rekey_cli=debug",
        _ => "debug",
    };
    let filter = EnvFilter::try_from_env("REKEY_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    // Fails only where the process has a subscriber already, as in tests.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // Whoever closed stderr does not want to hear that it is closed.
        .log_internal_errors(false)
        .with_ansi(std::io::stderr().is_terminal() && output::colour_is_welcome())
        .try_init();
}
