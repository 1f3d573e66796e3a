//! Generated files that are committed, so that Rust builds without Node.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::process::{cargo, root, run};
use crate::setup::node_packages;

/// Where the browser crate includes the content script from.
const CONTENT_SCRIPT: &str = "src-tauri/crates/browser/src/content/content_script.js";

/// What to do with what was generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Leave it in its place.
    Write,
    /// Fail where it differs from what was there, which stays as it was.
    Check,
}

/// Compiles the directory's data, bundles the content script, and writes the window's types and the README's table of
/// sources. Checking those are tests of their own (`bindings`, `readme`), which need the build of the tests anyway.
pub(crate) fn codegen(mode: Mode) -> Result<()> {
    crate::sites::generate(mode)?;
    content_script(mode)?;
    if mode == Mode::Write {
        let mut command = cargo();
        command.args(["test", "--quiet", "--workspace", "--test", "bindings", "--test", "readme"]);
        run(command.env("REKEY_WRITE_BINDINGS", "1").env("REKEY_WRITE_README", "1"))?;
    }
    Ok(())
}

/// Writes a generated file, or checks that this is what stands there.
pub(crate) fn put(mode: Mode, path: &str, text: &str) -> Result<()> {
    let full = root().join(path);
    // A checkout may have the system's own line ends.
    let before = fs::read_to_string(&full).unwrap_or_default().replace("\r\n", "\n");
    match mode {
        _ if before == text => Ok(()),
        Mode::Write => fs::write(&full, text).with_context(|| format!("cannot write {path}")),
        Mode::Check => bail!("{path} does not belong to what it is made from: run `cargo xtask codegen`"),
    }
}

/// Bundles the content script of `ui/content-script`.
fn content_script(mode: Mode) -> Result<()> {
    node_packages()?;
    let path = root().join(CONTENT_SCRIPT);
    let before = fs::read(&path).unwrap_or_default();
    run(crate::setup::npm().args(["run", "--silent", "build:content-script"]))?;
    let after = fs::read(&path).with_context(|| format!("{CONTENT_SCRIPT} was not written"))?;
    if mode == Mode::Check && before != after {
        fs::write(&path, before)?;
        bail!("{CONTENT_SCRIPT} does not belong to ui/content-script: run `cargo xtask codegen`");
    }
    Ok(())
}
