//! The program around a command line: `rekey`, or the desktop shell.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use rekey_app::migrate::{Capabilities, Launch};
use rekey_app::text::Language;

/// The program that has the site windows.
const DESKTOP: &str = "rekey-desktop";

/// Who shows a site in a window of Rekey's own.
#[derive(Default)]
pub enum SiteWindows {
    /// This program does.
    Here(Box<dyn Fn(SiteWindow) -> Launch>),
    /// The desktop shell beside this program does: it is given the same words, and its output is this program's.
    #[default]
    Beside,
    /// Nobody on this system.
    Nowhere,
}

/// How a site window is to be shown.
#[derive(Debug, Clone)]
pub struct SiteWindow {
    /// A folder of the profile, for whatever the window may want to write.
    pub data: PathBuf,
    /// The language of its words.
    pub language: Language,
    /// Without the engine's sandbox.
    pub no_sandbox: bool,
    /// What pages are told that they can ask for.
    pub capabilities: Capabilities,
}

/// Goes on as the desktop shell beside this program, with the same words; returns only where there is none.
pub(crate) fn relay(arguments: &[OsString]) -> Option<ExitCode> {
    let here = std::env::current_exe().ok()?;
    let desktop = here.with_file_name(DESKTOP).with_extension(std::env::consts::EXE_EXTENSION);
    // A shell that asks for another would ask without end.
    if !desktop.is_file() || desktop == here {
        return None;
    }
    become_it(Command::new(desktop).args(arguments.iter().skip(1)))
}

/// In this very process, so that whoever ends it ends the run.
#[cfg(unix)]
fn become_it(desktop: &mut Command) -> Option<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    let error = desktop.exec();
    tracing::info!(%error, "the desktop shell does not start");
    None
}

#[cfg(not(unix))]
fn become_it(desktop: &mut Command) -> Option<ExitCode> {
    let status = desktop.status().ok()?;
    Some(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}
