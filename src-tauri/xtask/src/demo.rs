//! The main job on the built-in practice site.

use std::path::PathBuf;
use std::process::{ExitCode, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::process::{cargo, is_root, program, shown};
use crate::setup::{Scope, setup};

/// Builds `rekey` and runs its demo in a headless browser; the exit code is the demo's own.
pub(crate) fn demo(args: &[String]) -> Result<ExitCode> {
    setup(Scope::Demo)?;
    let mut command = program(build()?);
    command.args(["demo", "--browser", "own-headless"]);
    // The browser refuses its sandbox to root; whoever runs this as root did so on purpose, in a container or in CI.
    if is_root() && !args.iter().any(|arg| arg == "--no-browser-sandbox") {
        command.arg("--no-browser-sandbox");
    }
    let status = command.args(args).status().with_context(|| format!("cannot start {}", shown(&command)))?;
    Ok(exit_code(status.code()))
}

/// Builds `rekey` and returns where it is.
fn build() -> Result<PathBuf> {
    eprintln!("demo: building rekey, which takes some minutes the first time");
    let mut command = cargo();
    // With `--workspace` its dependencies have the same features as in a build of the tests, and are not built twice;
    // only what this program needs is built.
    command.args(["build", "--quiet", "--workspace", "--bin", "rekey", "--message-format", "json-render-diagnostics"]);
    let output = command.stderr(Stdio::inherit()).output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!("rekey was not built ({})", output.status);
    }
    let messages = String::from_utf8(output.stdout)?;
    let executable = |line: &str| {
        let message: Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message.get("executable")?.as_str()?))
    };
    messages.lines().rev().find_map(executable).context("cargo did not say where it put rekey")
}

/// The same code; 1 where a signal ended the program.
pub(crate) fn exit_code(code: Option<i32>) -> ExitCode {
    ExitCode::from(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}
