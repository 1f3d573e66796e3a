//! The desktop window.

use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::demo::exit_code;
use crate::process::cargo;
use crate::setup::{Scope, setup};

/// Builds the desktop shell and opens its window.
pub(crate) fn run() -> Result<ExitCode> {
    setup(Scope::Window)?;
    let status = cargo().args(["run", "--package", "rekey-desktop"]).status().context("cannot start cargo")?;
    Ok(exit_code(status.code()))
}
