//! The main job on the built-in practice site.

use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::process::{cargo, is_root};
use crate::setup::{Scope, setup};

/// Builds `rekey` and runs its demo in a headless browser; the exit code is the demo's own.
pub(crate) fn demo(args: &[String]) -> Result<ExitCode> {
    setup(Scope::Demo)?;
    let mut command = cargo();
    command.args(["run", "--quiet", "--package", "rekey-cli", "--bin", "rekey", "--"]);
    command.args(["demo", "--browser", "own-headless"]);
    // The browser refuses its sandbox to root; whoever runs this as root did so on purpose, in a container or in CI.
    if is_root() && !args.iter().any(|arg| arg == "--no-browser-sandbox") {
        command.arg("--no-browser-sandbox");
    }
    let status = command.args(args).status().context("cannot start cargo")?;
    Ok(exit_code(status.code()))
}

/// The same code; 1 where a signal ended the program.
pub(crate) fn exit_code(code: Option<i32>) -> ExitCode {
    ExitCode::from(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}
