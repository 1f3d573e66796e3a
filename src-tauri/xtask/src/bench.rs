//! Load on the practice site.

use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::demo::{build, exit_code};
use crate::process::{program, shown};
use crate::setup::{Scope, setup};

/// Sign-ins a second, beside the cheapest answer of the same server.
pub(crate) fn relying_party() -> Result<ExitCode> {
    // The program is one of the tests' package, whose library needs what the window needs.
    setup(Scope::Window)?;
    let mut command = program(build(&["rekey-load"])?);
    let status = command.status().with_context(|| format!("cannot start {}", shown(&command)))?;
    Ok(exit_code(status.code()))
}
