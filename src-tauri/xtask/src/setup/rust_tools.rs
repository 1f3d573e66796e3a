//! Rust tools beside the compiler.

use anyhow::Result;

use super::Missing;
use crate::process::{cargo, run, succeeds};

/// The version that the configuration in `.config/nextest.toml` was written for.
const NEXTEST: &str = "0.9.143";

/// Builds cargo-nextest where it is missing; names the components that only rustup can bring.
pub(super) fn install() -> Result<()> {
    let components = [("rustfmt", "fmt"), ("clippy", "clippy")];
    let missing: Vec<&str> = components
        .into_iter()
        .filter(|(_, command)| !succeeds(cargo().args([*command, "--version"])))
        .map(|(component, _)| component)
        .collect();
    if !missing.is_empty() {
        return Err(Missing(format!("please run: rustup component add {}", missing.join(" "))).into());
    }
    if !succeeds(cargo().args(["nextest", "--version"])) {
        eprintln!("setup: building cargo-nextest {NEXTEST}, which takes some minutes");
        run(cargo().args(["install", "--locked", "cargo-nextest", "--version", NEXTEST]))?;
    }
    Ok(())
}
