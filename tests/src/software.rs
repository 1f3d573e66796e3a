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

/// The command line program under test, built beside the tests.
pub fn rekey() -> Result<PathBuf> {
    let test = env::current_exe()?;
    let folder = test.ancestors().nth(2).context("a test program lies in the target folder's deps")?;
    let program = folder.join("rekey").with_extension(env::consts::EXE_EXTENSION);
    ensure!(program.is_file(), "rekey was not built: run `cargo xtask test`, or `cargo build -p rekey-cli` before");
    Ok(program)
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
