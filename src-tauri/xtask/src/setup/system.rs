//! System packages: installed on Debian and Ubuntu, named elsewhere.

use std::fs;

use anyhow::Result;

use super::needs::{NEEDS, Need};
use super::{Missing, Scope};
use crate::process::{is_root, on_path, program, run};

/// The systems whose package names are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum System {
    Debian,
    Ubuntu,
    Fedora,
    Arch,
    MacOs,
    Windows,
    Other,
}

/// Installs or names the packages that `scope` needs and that are not there.
pub(super) fn install(scope: Scope) -> Result<()> {
    install_each(&NEEDS.iter().filter(|need| need.scope <= scope).collect::<Vec<_>>())
}

/// Whether Debian's packages can be had here.
pub(super) fn is_debian() -> bool {
    System::here() == System::Debian
}

/// Installs or names the packages of these that are not there.
pub(super) fn install_each(needs: &[&Need]) -> Result<()> {
    let missing: Vec<&Need> = needs.iter().copied().filter(|need| !need.is_met()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let system = System::here();
    let packages = packages(system, &missing);
    match system {
        System::Debian | System::Ubuntu => apt_install(&packages)?,
        _ => return Err(Missing(remedy(system, &packages)).into()),
    }
    // pkg-config itself may just have arrived, and only now can the libraries be asked for.
    let still: Vec<&Need> = needs.iter().copied().filter(|need| !need.is_met()).collect();
    match still.as_slice() {
        [] => Ok(()),
        still => {
            Err(Missing(format!("still missing after apt-get install: {}", self::packages(system, still).join(" ")))
                .into())
        }
    }
}

fn packages(system: System, missing: &[&Need]) -> Vec<&'static str> {
    let column = |need: &&Need| match system {
        System::Debian => need.packages.debian,
        System::Ubuntu | System::Other => need.packages.ubuntu,
        System::Fedora => need.packages.fedora,
        System::Arch => need.packages.arch,
        System::MacOs => need.packages.macos,
        System::Windows => need.packages.windows,
    };
    let names = missing.iter().map(column).filter(|names| !names.is_empty());
    // Homebrew's options and a remark in brackets belong to the word after them.
    match system {
        System::MacOs | System::Windows => names.collect(),
        _ => names.flat_map(str::split_whitespace).collect(),
    }
}

fn apt_install(packages: &[&str]) -> Result<()> {
    let root = is_root();
    if !root && !on_path(&["sudo"]) {
        return Err(Missing(format!("please run, as root: apt-get install {}", packages.join(" "))).into());
    }
    let apt_get = || {
        let mut command = program(if root { "apt-get" } else { "sudo" });
        if !root {
            command.arg("apt-get");
        }
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    eprintln!("setup: installing {}", packages.join(" "));
    run(apt_get().args(["update", "-q", "-o", "Acquire::Retries=3"]))?;
    run(apt_get().args(["install", "-q", "-y", "--no-install-recommends", "-o", "Acquire::Retries=3"]).args(packages))
}

fn remedy(system: System, packages: &[&str]) -> String {
    let command = match system {
        System::Fedora => "sudo dnf install ",
        System::Arch => "sudo pacman -S --needed ",
        System::MacOs => "brew install ",
        System::Windows => "winget install ",
        System::Debian | System::Ubuntu | System::Other => "these packages (Ubuntu's names): ",
    };
    let separator = match system {
        System::MacOs | System::Windows => format!("\n  {command}"),
        _ => " ".to_owned(),
    };
    format!("please install what is missing, then start again:\n  {command}{}", packages.join(&separator))
}

impl System {
    fn here() -> Self {
        if cfg!(target_os = "macos") {
            return Self::MacOs;
        }
        if cfg!(windows) {
            return Self::Windows;
        }
        Self::from_os_release(&fs::read_to_string("/etc/os-release").unwrap_or_default())
    }

    /// By `ID`, then by the systems it says it is like (<https://www.freedesktop.org/software/systemd/man/os-release.html>).
    fn from_os_release(text: &str) -> Self {
        let value = |key: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
            line.unwrap_or_default().trim_matches('"').to_owned()
        };
        let (id, like) = (value("ID"), value("ID_LIKE"));
        for name in std::iter::once(id.as_str()).chain(like.split_whitespace()) {
            match name {
                "debian" => return Self::Debian,
                "ubuntu" => return Self::Ubuntu,
                "fedora" | "rhel" => return Self::Fedora,
                "arch" => return Self::Arch,
                _ => {}
            }
        }
        Self::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(os_release: &str, expect: System) {
        assert_eq!(System::from_os_release(os_release), expect, "{os_release}");
    }

    #[test]
    fn systems_are_told_apart() {
        check("ID=debian\nVERSION_ID=\"12\"\n", System::Debian);
        check("NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n", System::Ubuntu);
        check("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", System::Ubuntu);
        check("ID=fedora\n", System::Fedora);
        check("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", System::Fedora);
        check("ID=manjaro\nID_LIKE=arch\n", System::Arch);
        check("ID=nixos\n", System::Other);
        check("", System::Other);
    }

    #[test]
    fn every_need_names_its_packages() {
        let all: Vec<&Need> = NEEDS.iter().collect();
        for system in [System::Debian, System::Ubuntu, System::Fedora, System::Arch] {
            assert!(packages(system, &all).len() >= NEEDS.len(), "{system:?}");
        }
        assert!(
            remedy(System::MacOs, &packages(System::MacOs, &all)).contains("\n  brew install --cask google-chrome\n")
        );
    }

    #[test]
    fn the_demo_needs_no_window() {
        let demo: Vec<&Need> = NEEDS.iter().filter(|need| need.scope == Scope::Demo).collect();
        assert!(!packages(System::Debian, &demo).iter().any(|name| name.contains("webkit") || name.contains("gtk")));
    }
}
