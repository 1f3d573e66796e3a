//! The main job on the built-in practice site.

use std::path::PathBuf;
use std::process::{ExitCode, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::process::{cargo, is_root, program, shown};
use crate::setup::{Scope, setup};
use crate::window;

/// Builds `rekey` and runs its demo in a headless browser; the exit code is the demo's own.
pub(crate) fn demo(args: &[String]) -> Result<ExitCode> {
    if let Some(at) = args.iter().position(|arg| arg == "--window") {
        let rest: Vec<String> = args.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, arg)| arg.clone()).collect();
        return window::demo(&rest);
    }
    setup(Scope::Demo)?;
    let mut command = program(build(&["rekey"])?);
    command.args(["demo", "--browser", "own-headless"]);
    // The browser refuses its sandbox to root; whoever runs this as root did so on purpose, in a container or in CI.
    if is_root() && !args.iter().any(|arg| arg == "--no-browser-sandbox") {
        command.arg("--no-browser-sandbox");
    }
    let status = command.args(args).status().with_context(|| format!("cannot start {}", shown(&command)))?;
    Ok(exit_code(status.code()))
}

/// Builds programs of the workspace and returns where the first of them is.
pub(crate) fn build(programs: &[&str]) -> Result<PathBuf> {
    eprintln!("building {}, which takes some minutes the first time", programs.join(" and "));
    let mut command = cargo();
    // With `--workspace` dependencies have the same features as in a build of the tests, and are not built twice; only
    // what these programs need is built.
    command.args(["build", "--quiet", "--workspace", "--message-format", "json-render-diagnostics"]);
    for name in programs {
        command.args(["--bin", name]);
    }
    let output = command.stderr(Stdio::inherit()).output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!("not built ({})", output.status);
    }
    let messages = String::from_utf8(output.stdout)?;
    let first = programs.first().context("nothing to build")?;
    let executable = |line: &str| {
        let message: Value = serde_json::from_str(line).ok()?;
        let path = PathBuf::from(message.get("executable")?.as_str()?);
        (path.file_stem()?.to_str()? == *first).then_some(path)
    };
    messages.lines().find_map(executable).with_context(|| format!("cargo did not say where it put {first}"))
}

/// The same code; 1 where a signal ended the program.
pub(crate) fn exit_code(code: Option<i32>) -> ExitCode {
    ExitCode::from(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}
