//! Windows Hello's calls under wine, over a `webauthn.dll` that tells what it is asked. What it tells, and what Rekey makes
//! of the answers, is compared with the texts in `expect/`, one for each version of the API.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::toolchain::Toolchain;
use crate::process::{output, program, root, run};

const SOURCES: &str = "src-tauri/crates/authenticator/tests/windows";
const PROGRAM: &str = "rekey-windows-check";
/// Versions of the API; Windows before the fourth has no list of its credentials.
const VERSIONS: std::ops::RangeInclusive<u32> = 1..=8;
const LISTS_SINCE: u32 = 4;

/// Runs the program for each version; how many there were.
pub(super) fn check(toolchain: &Toolchain) -> Result<usize> {
    let feature = "rekey-authenticator/windows-check";
    let mut build = toolchain.cargo("build");
    run(build.args(["--quiet", "--package", "rekey-authenticator", "--bin", PROGRAM, "--features", feature]))?;
    let program = toolchain.made().join(PROGRAM).with_extension("exe");
    let wine = Wine::new()?;
    let mut different = Vec::new();
    for version in VERSIONS {
        let library = if version < LISTS_SINCE { "webauthn-old.dll" } else { "webauthn.dll" };
        fs::copy(wine.libraries.join(library), wine.system.join("webauthn.dll"))?;
        let mut command = wine.run(&program);
        let told = output(command.env("REKEY_STUB_API", version.to_string()))?.replace('\r', "");
        let expect = root().join(SOURCES).join("expect").join(format!("{version}.txt"));
        if std::env::var_os("REKEY_UPDATE_SNAPSHOTS").is_some() {
            fs::write(&expect, &told)?;
        } else if fs::read_to_string(&expect).ok().as_deref() != Some(told.as_str()) {
            different.push(format!("{}:\n{told}", expect.display()));
        }
    }
    if !different.is_empty() {
        bail!("Windows is asked something else than written down in\n{}", different.join("\n"));
    }
    Ok(VERSIONS.count())
}

/// A Windows of its own: its folder is made anew, and its processes end with it.
struct Wine {
    prefix: PathBuf,
    /// The folder that Windows takes its libraries from.
    system: PathBuf,
    /// Where the libraries are that stand for Windows' own.
    libraries: PathBuf,
}

impl Wine {
    fn new() -> Result<Self> {
        let folder = root().join("target").join("other-systems");
        let (prefix, libraries) = (folder.join("wine"), folder.join("libraries"));
        if prefix.exists() {
            fs::remove_dir_all(&prefix)?;
        }
        fs::create_dir_all(&prefix)?;
        fs::create_dir_all(&libraries)?;
        let wine = Self { system: prefix.join("drive_c/windows/system32"), prefix, libraries };
        output(&mut wine.run(Path::new("wineboot")))?;
        let source = |name: &str| root().join(SOURCES).join(name);
        Toolchain::dll(&source("webauthn.c"), &wine.libraries.join("webauthn.dll"), &[])?;
        Toolchain::dll(&source("webauthn.c"), &wine.libraries.join("webauthn-old.dll"), &["REKEY_STUB_OLD"])?;
        Toolchain::dll(&source("bcryptprimitives.c"), &wine.system.join("bcryptprimitives.dll"), &[])
            .context("wine has no system folder")?;
        Ok(wine)
    }

    fn run(&self, what: &Path) -> Command {
        let mut command = program(wine_program());
        command.arg(what).env("WINEPREFIX", &self.prefix).env("WINEDEBUG", "-all").env_remove("DISPLAY");
        // Ours, where wine has none or its own; and no installer that asks.
        command.env("WINEDLLOVERRIDES", "webauthn,bcryptprimitives=n;mscoree,mshtml=");
        command
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        // It ends the processes of this prefix alone; without any it fails, which is as well.
        let server = if Path::new(DEBIAN_SERVER).is_file() { DEBIAN_SERVER } else { "wineserver" };
        let _ = output(program(server).arg("--kill").env("WINEPREFIX", &self.prefix));
    }
}

/// Debian puts the 64-bit one where nobody looks.
const DEBIAN_WINE: &str = "/usr/lib/wine/wine64";
const DEBIAN_SERVER: &str = "/usr/lib/wine/wineserver";

fn wine_program() -> &'static str {
    if Path::new(DEBIAN_WINE).is_file() { DEBIAN_WINE } else { "wine64" }
}
