//! Installs what a command needs and is not there: system packages, Rust tools, Python environments, Node packages.

mod needs;
mod node;
mod python;
mod rust_tools;
mod system;

use std::fmt;

use anyhow::Result;
use needs::Need;

pub(crate) use node::{install as node_packages, npm, programs};
pub(crate) use python::{CLIENTS, CROSS, ORACLES, PROGRAMS, RELYING_PARTIES};

/// For what something is needed. A later one includes the earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    /// The command line on the practice site: a browser, no window.
    Demo,
    /// The desktop window.
    Window,
    /// Walking through the window without a person.
    Walk,
    /// Every test of the usual run.
    Test,
    /// The long matrices and large programs, too.
    Full,
}

/// Something is missing that this program cannot install here.
#[derive(Debug)]
pub(crate) struct Missing(String);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Missing {}

/// Makes sure that everything `scope` needs is there.
pub(crate) fn setup(scope: Scope) -> Result<()> {
    system::install(scope)?;
    if scope >= Scope::Window {
        node::install()?;
    }
    if scope >= Scope::Test {
        rust_tools::install()?;
        python::install(&RELYING_PARTIES)?;
        python::install(&ORACLES)?;
        python::install(&CLIENTS)?;
        node::install_programs()?;
    }
    if scope >= Scope::Full {
        python::install(&PROGRAMS)?;
    }
    Ok(())
}

/// Makes sure that everything to compile for other systems is there, and with `wine` to run a program of Windows.
/// `needs_std`: the Rust in use does not have the standard library of them all.
pub(crate) fn cross(wine: bool, needs_std: bool) -> Result<()> {
    let mut needs: Vec<&Need> = needs::CROSS.iter().collect();
    if needs_std && system::is_debian() {
        needs.extend(needs::CROSS_RUST);
    }
    if wine {
        needs.extend(needs::WINE);
    }
    system::install_each(&needs)?;
    python::install(&CROSS)
}

/// An error that says what only the person can install.
pub(crate) fn missing(remedy: String) -> anyhow::Error {
    Missing(remedy).into()
}
