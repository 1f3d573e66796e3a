//! Who compiles for another system: the Rust that is in use, where it has that system's standard library; else Debian's,
//! which builds it from its source.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::Target;
use crate::process::{cargo, nested_cargo, output, program, root};
use crate::setup::{CROSS, missing};

/// Where Debian puts the compiler that the package `rust-web-src` belongs to.
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";

/// A Cargo for one system.
pub(crate) struct Toolchain {
    target: Target,
    builds_std: bool,
}

impl Toolchain {
    /// The one to use for this system.
    pub(super) fn find(target: Target) -> Result<Self> {
        let has_std = has_std(target);
        if !has_std && !Path::new(DEBIAN_CARGO).is_file() {
            return Err(missing(format!("please run: rustup target add {}", target.triple())));
        }
        Ok(Self { target, builds_std: !has_std })
    }

    /// For people.
    pub(super) fn name(&self) -> &'static str {
        if self.builds_std { "Debian's Rust, which builds the standard library first" } else { "this Rust" }
    }

    /// Where it puts what it makes, by profile.
    pub(super) fn made(&self) -> PathBuf {
        folder().join(self.target.triple()).join("debug")
    }

    /// `cargo VERB` for the target; C is compiled by mingw for Windows and by zig for macOS.
    pub(super) fn cargo(&self, verb: &str) -> Command {
        let mut command = match (self.target, self.builds_std) {
            (Target::Windows, false) => cargo(),
            (Target::Windows, true) => nested_cargo(DEBIAN_CARGO),
            (Target::MacOs, _) => {
                let mut zigbuild = nested_cargo(CROSS.program("cargo-zigbuild"));
                zigbuild.env("CARGO_PROFILE_DEV_STRIP", "none");
                // It looks for zig in the environment that it is in.
                let path = std::env::var_os("PATH").unwrap_or_default();
                let folder = CROSS.program("cargo-zigbuild").parent().map(Path::to_path_buf);
                let folders = folder.into_iter().chain(std::env::split_paths(&path));
                zigbuild.env("PATH", std::env::join_paths(folders).unwrap_or(path.clone()));
                zigbuild
            }
        };
        command.arg(verb).args(["--target", self.target.triple()]).env("CARGO_TARGET_DIR", folder());
        if self.builds_std {
            command.arg("-Zbuild-std=std,panic_abort").env("RUSTC_BOOTSTRAP", "1");
            command.env("RUSTC", DEBIAN_RUSTC).env("CARGO", DEBIAN_CARGO);
        }
        command
    }

    /// A C source as a library of Windows'.
    pub(super) fn dll(source: &Path, library: &Path, defined: &[&str]) -> Result<()> {
        let mut compiler = program("x86_64-w64-mingw32-gcc");
        compiler.args(["-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-o"]).arg(library).arg(source);
        compiler.args(defined.iter().map(|name| format!("-D{name}")));
        output(&mut compiler).with_context(|| format!("cannot compile {}", source.display())).map(drop)
    }
}

/// Whether the Rust in use has the standard library of a system.
pub(super) fn has_std(target: Target) -> bool {
    let folder = output(program("rustc").args(["--print", "target-libdir", "--target", target.triple()]));
    folder.is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

/// Apart from what is built for this system, whose compiler may be another one.
fn folder() -> PathBuf {
    root().join("target").join("other-systems")
}
