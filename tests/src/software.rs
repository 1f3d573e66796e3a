//! Where the software that the tests use was installed or built.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

/// The interpreter of the environment with the third-party sites. `cargo xtask test` says where it is; without that, it
/// is looked for where `cargo xtask setup` puts it.
pub fn sites_python() -> Result<PathBuf> {
    interpreter("REKEY_SITES_PYTHON", "relying-parties")
}

/// The interpreter of the environment with independent implementations (`py_webauthn`, `pykeepass`).
pub fn oracles_python() -> Result<PathBuf> {
    interpreter("REKEY_PYTHON", "oracles")
}

/// The interpreter of the environment with clients that other people wrote (`python-fido2`, Playwright).
pub fn clients_python() -> Result<PathBuf> {
    interpreter("REKEY_CLIENTS_PYTHON", "clients")
}

/// The command line program under test, built beside the tests.
pub fn rekey() -> Result<PathBuf> {
    beside("rekey")
}

/// The desktop shell under test, built beside the tests.
pub fn desktop() -> Result<PathBuf> {
    beside("rekey-desktop")
}

/// A program of the workspace, built beside this one. A test lies one folder deeper than a program.
pub(crate) fn beside(name: &str) -> Result<PathBuf> {
    let here = env::current_exe()?;
    let folders = here.ancestors().skip(1).take(2).flat_map(|folder| [folder.to_owned(), folder.join("examples")]);
    let programs = folders.map(|folder| folder.join(name).with_extension(env::consts::EXE_EXTENSION));
    let found = programs.into_iter().find(|program| program.is_file());
    found.with_context(|| format!("{name} was not built: run `cargo xtask test`, or `cargo build --workspace` before"))
}

/// The folder `tests/relying-parties`.
pub(crate) fn relying_parties() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("relying-parties")
}

fn interpreter(variable: &str, environment: &str) -> Result<PathBuf> {
    let python = match env::var_os(variable) {
        Some(python) => PathBuf::from(python),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/python").join(environment).join("bin/python"),
    };
    ensure!(python.is_file(), "the Python environment {environment} is missing: run `cargo xtask setup`");
    Ok(python)
}
