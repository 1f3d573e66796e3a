//! Load on the practice site; look-ups in the directory of sites; large vaults; ceremonies.

use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::demo::{build, exit_code};
use crate::process::{cargo, program, run, shown};
use crate::setup::{Scope, setup};

/// Sign-ins a second, beside the cheapest answer of the same server.
pub(crate) fn relying_party() -> Result<ExitCode> {
    // The program is one of the tests' package, whose library needs what the window needs.
    setup(Scope::Window)?;
    let mut command = program(build(&["rekey-load"])?);
    let status = command.status().with_context(|| format!("cannot start {}", shown(&command)))?;
    Ok(exit_code(status.code()))
}

/// Look-ups in the directory of sites, beside those in a `HashMap`.
pub(crate) fn sites() -> Result<ExitCode> {
    setup(Scope::Demo)?;
    eprintln!("building with optimisation");
    run(cargo().args(["bench", "--quiet", "--package", "rekey-sites", "--bench", "sites"]))?;
    Ok(ExitCode::SUCCESS)
}

/// CPU time and memory of reading large vaults, beside others that read the same files. `args` choose rows by name.
pub(crate) fn vault(args: &[String]) -> Result<ExitCode> {
    setup(Scope::Demo)?;
    eprintln!("building with optimisation, which takes some minutes the first time");
    // One package alone: the others would take far longer, and are not measured.
    run(cargo().args(["bench", "--quiet", "--package", "rekey-vault", "--bench", "vault", "--"]).args(args))?;
    Ok(ExitCode::SUCCESS)
}

/// CPU time and memory of matching, judging and ranking accounts, beside `zxcvbn` alone over the same passwords. `args` choose rows by name.
pub(crate) fn plan(args: &[String]) -> Result<ExitCode> {
    setup(Scope::Demo)?;
    eprintln!("building with optimisation, which takes some minutes the first time");
    run(cargo().args(["bench", "--quiet", "--package", "rekey-app", "--bench", "plan", "--"]).args(args))?;
    Ok(ExitCode::SUCCESS)
}

/// Ceremonies through the whole client, beside `passkey` alone; a commit of the store; a page's call, beside an echo.
pub(crate) fn webauthn() -> Result<ExitCode> {
    // The program is one of the tests' package, whose library needs what the window needs.
    setup(Scope::Window)?;
    eprintln!("building with optimisation, which takes some ten minutes the first time");
    let mut command = cargo();
    command.args(["run", "--quiet", "--release", "--package", "rekey-tests", "--bin", "rekey-ceremony-bench"]);
    let status = command.status().with_context(|| format!("cannot start {}", shown(&command)))?;
    Ok(exit_code(status.code()))
}
