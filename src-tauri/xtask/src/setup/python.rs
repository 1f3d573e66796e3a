//! Python environments of the tests: third-party sites and clients, and independent implementations to compare with.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use super::Missing;
use crate::process::{program, root, run, succeeds};

/// One virtual environment under `target/python`, made from one file of pinned requirements.
pub(crate) struct Environment {
    name: &'static str,
    requirements: &'static str,
    /// The variable that tells the tests where the environment's interpreter is.
    pub(crate) variable: &'static str,
}

/// Sites that other people wrote.
pub(crate) const RELYING_PARTIES: Environment = Environment {
    name: "relying-parties",
    requirements: "tests/relying-parties/requirements.txt",
    variable: "REKEY_SITES_PYTHON",
};

/// Other implementations of what Rekey implements.
pub(crate) const ORACLES: Environment = Environment {
    name: "oracles",
    requirements: "tests/relying-parties/requirements-oracles.txt",
    variable: "REKEY_PYTHON",
};

/// Clients that other people wrote, for the practice site.
pub(crate) const CLIENTS: Environment =
    Environment { name: "clients", requirements: "tests/clients/requirements.txt", variable: "REKEY_CLIENTS_PYTHON" };

/// What drives Firefox, for the vault formats that it writes.
pub(crate) const PROGRAMS: Environment = Environment {
    name: "programs",
    requirements: "tests/programs/requirements.txt",
    variable: "REKEY_PROGRAMS_PYTHON",
};

/// A compiler of C for macOS, and what lets Cargo use it.
pub(crate) const CROSS: Environment = Environment {
    name: "cross",
    requirements: "src-tauri/xtask/requirements-cross.txt",
    variable: "REKEY_CROSS_PYTHON",
};

impl Environment {
    fn folder(&self) -> PathBuf {
        root().join("target").join("python").join(self.name)
    }

    /// The environment's interpreter.
    pub(crate) fn python(&self) -> PathBuf {
        self.program("python")
    }

    /// One of the environment's programs.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        let scripts = if cfg!(windows) { "Scripts" } else { "bin" };
        self.folder().join(scripts).join(name).with_extension(std::env::consts::EXE_EXTENSION)
    }
}

/// The names under which an interpreter may be found, best first.
pub(super) fn interpreters() -> &'static [&'static str] {
    if cfg!(windows) { &["py", "python"] } else { &["python3", "/usr/bin/python3", "python"] }
}

/// Makes the environment, unless it was made from the requirements as they are now and still runs.
pub(super) fn install(environment: &Environment) -> Result<()> {
    let wanted = fs::read(root().join(environment.requirements))?;
    let folder = environment.folder();
    let stamp = folder.join("installed-from.txt");
    let python = environment.python();
    if fs::read(&stamp).is_ok_and(|found| found == wanted) && succeeds(program(&python).arg("--version")) {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let usable = |name: &&&str| succeeds(program(name).args(["-c", "import venv, ensurepip"]));
    let Some(interpreter) = interpreters().iter().find(usable) else {
        return Err(Missing("please install Python 3 with its venv module".to_owned()).into());
    };
    eprintln!("setup: Python environment {}", environment.name);
    run(program(interpreter).args(["-m", "venv"]).arg(&folder))?;
    run(program(&python).args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(environment.requirements))?;
    fs::write(&stamp, wanted)?;
    Ok(())
}
