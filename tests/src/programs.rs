//! Password managers' own programs, which write the same logins in their formats; what Rekey reads is compared with them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

/// One login that every program is given.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// Its title.
    pub title: String,
    /// The folders it is in, joined by `/`.
    pub group: String,
    /// Its user name.
    pub user: String,
    /// Its password, invented.
    pub password: String,
    /// Its addresses.
    pub urls: Vec<String>,
    /// The secret of its one-time codes, base32.
    pub totp: Option<String>,
    /// Its notes.
    pub note: Option<String>,
    /// Names and values of its custom fields.
    #[serde(default)]
    pub fields: Vec<(String, String)>,
    /// The passkey in it.
    pub passkey: Option<LoginPasskey>,
    /// Whether it is archived.
    #[serde(default)]
    pub archived: bool,
}

/// A passkey that a login has.
#[derive(Debug, Clone, Deserialize)]
pub struct LoginPasskey {
    /// The relying party identifier.
    pub rp: String,
    /// The user name.
    pub user: String,
}

/// The folder with the programs' scripts.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("programs")
}

/// The file that holds the logins.
pub fn logins_file() -> PathBuf {
    folder().join("logins.json")
}

/// The logins.
pub fn logins() -> Result<Vec<Login>> {
    Ok(serde_json::from_slice(&std::fs::read(logins_file())?)?)
}

/// Where `cargo xtask setup` put the Node packages of `programs/node`.
pub(crate) fn node_packages() -> Result<PathBuf> {
    let packages = match std::env::var_os("REKEY_PROGRAMS_NODE") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/programs/node"),
    };
    ensure!(packages.join("node_modules").is_dir(), "the Node packages are missing: run `cargo xtask setup`");
    Ok(packages)
}

/// Has one of the scripts write the logins into a folder. `arguments` follow the logins and the folder.
pub fn write(interpreter: impl AsRef<OsStr>, script: &str, into: &Path, arguments: &[&OsStr]) -> Result<()> {
    let mut command = Command::new(interpreter);
    command.arg(folder().join(script)).arg(logins_file()).arg(into).args(arguments);
    if script.ends_with(".cjs") {
        command.env("REKEY_PROGRAMS_NODE", node_packages()?);
    }
    let output = command.env("HOME", into).stdin(Stdio::null()).output().with_context(|| script.to_owned())?;
    ensure!(output.status.success(), "{script}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    Ok(())
}
