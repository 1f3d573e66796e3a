//! The user interface's Node packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::process::{output, program, root, run};

/// `npm` in the `ui` folder.
pub(crate) fn npm() -> Command {
    // On Windows npm is a batch file, and those start through the command interpreter only.
    let mut command = if cfg!(windows) { program("cmd") } else { program("npm") };
    if cfg!(windows) {
        command.args(["/C", "npm"]);
    }
    command.current_dir(root().join("ui"));
    command
}

/// Node's major version, where Node is there.
pub(super) fn major_version() -> Option<u32> {
    let version = output(Command::new("node").arg("--version")).ok()?;
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// `npm ci`, unless what it installed belongs to the lock file as it is now.
pub(crate) fn install() -> Result<()> {
    let ui = root().join("ui");
    let lock = ui.join("package-lock.json");
    let stamp = ui.join("node_modules").join(".installed-from");
    let wanted = fs::read(&lock)?;
    if is_stamped(&stamp, &wanted) {
        return Ok(());
    }
    run(npm().args(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, wanted)?;
    Ok(())
}

/// Where the password managers' programs are that the tests compare with.
pub(crate) fn programs() -> PathBuf {
    root().join("target").join("programs").join("node")
}

/// `npm ci` of those programs, outside the sources, with none of their own scripts run.
pub(super) fn install_programs() -> Result<()> {
    let (from, to) = (root().join("tests/programs/node"), programs());
    let stamp = to.join(".installed-from");
    let wanted = fs::read(from.join("package-lock.json"))?;
    if is_stamped(&stamp, &wanted) {
        return Ok(());
    }
    fs::create_dir_all(&to)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(from.join(name), to.join(name))?;
    }
    run(npm().current_dir(&to).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, wanted)?;
    Ok(())
}

/// Whether the stamp holds a copy of what was installed.
fn is_stamped(stamp: &Path, wanted: &[u8]) -> bool {
    fs::read(stamp).is_ok_and(|found| found == wanted)
}
