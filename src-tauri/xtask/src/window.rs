//! The desktop window.

use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::demo::{build, exit_code};
use crate::process::{cargo, is_root, program, run, shown};
use crate::setup::{Scope, npm, setup};

/// Builds the user interface that the desktop shell is compiled with.
pub(crate) fn build_ui() -> Result<()> {
    run(npm().args(["run", "--silent", "build"]))
}

/// Builds what the tests put into the window.
pub(crate) fn build_contract() -> Result<()> {
    run(npm().args(["run", "--silent", "build:contract"]))
}

/// Builds the desktop shell and opens its window.
pub(crate) fn open(args: &[String]) -> Result<ExitCode> {
    setup(Scope::Window)?;
    build_ui()?;
    let mut command = program(build(&["rekey-desktop"])?);
    if is_root() {
        command.arg("--no-browser-sandbox");
    }
    let status = command.args(args).status().with_context(|| format!("cannot start {}", shown(&command)))?;
    Ok(exit_code(status.code()))
}

/// Walks all practice accounts through the window, without a person.
pub(crate) fn demo(args: &[String]) -> Result<ExitCode> {
    prepare()?;
    walk("demo", args)
}

/// Measures the window beside an empty one.
pub(crate) fn bench(args: &[String]) -> Result<ExitCode> {
    prepare()?;
    run(cargo().args(["build", "--quiet", "--workspace", "--example", "rekey-empty-window"]))?;
    walk("bench", args)
}

fn prepare() -> Result<()> {
    setup(Scope::Walk)?;
    build_ui()
}

fn walk(what: &str, args: &[String]) -> Result<ExitCode> {
    let mut command = program(build(&["rekey-walk", "rekey-desktop", "rekey"])?);
    command.arg(what).args(args);
    let status = command.status().with_context(|| format!("cannot start {}", shown(&command)))?;
    Ok(exit_code(status.code()))
}
