//! What is compiled for the other systems, checked from this one: that it type-checks for Windows and macOS, and Windows
//! Hello's calls under wine.

mod toolchain;
mod wine;

use anyhow::Result;

use crate::process::run;
use crate::setup;
use toolchain::Toolchain;

/// A system to check for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Windows,
    MacOs,
}

impl Target {
    const ALL: [Self; 2] = [Self::Windows, Self::MacOs];

    /// The name that the Rust compiler gives it.
    fn triple(self) -> &'static str {
        match self {
            Self::Windows => "x86_64-pc-windows-gnu",
            Self::MacOs => "aarch64-apple-darwin",
        }
    }
}

/// Crates that are checked, lowest first. What they bring in C (SQLite, ring's parts) is compiled too.
const CHECKED: &[&str] = &[
    "rekey-origin",
    "rekey-vault",
    "rekey-sites",
    "rekey-webauthn",
    "rekey-journey",
    "rekey-ledger",
    "rekey-lookup",
    "rekey-browser",
    "rekey-authenticator",
    "rekey-app",
];

/// Crates and parts that are not, and why.
const NOT_COVERED: &[(&str, &str)] = &[
    ("rekey-relying-party", "stands on webauthn-rs-core, which links OpenSSL: there is none here for another system"),
    ("rekey-cli", "contains the practice site, and so OpenSSL"),
    ("rekey-desktop", "contains rekey-cli; and Tauri's own build wants the other system's tools (resources, bundles)"),
    ("src/site_window", "Linux only: there is no site window elsewhere"),
    ("frameworks of macOS", "no Apple SDK: C code is compiled without one, and nothing is linked or run"),
    ("Windows Hello itself", "nothing here verifies a person: wine runs the calls over a library that records them"),
];

/// Reads the arguments; `None` for an unknown one.
pub(crate) fn read(args: &[String]) -> Option<bool> {
    match args {
        [] => Some(false),
        [flag] if flag == "--wine" => Some(true),
        _ => None,
    }
}

/// Checks every crate for every system, and says of each part whether it was. With `wine`, runs what can be run.
///
/// # Errors
/// Where a crate does not compile, or a call is not what it was.
pub(crate) fn check(wine: bool) -> Result<()> {
    let needs_std = Target::ALL.into_iter().any(|target| !toolchain::has_std(target));
    setup::cross(wine, needs_std)?;
    let mut failed = Vec::new();
    for target in Target::ALL {
        let toolchain = Toolchain::find(target)?;
        eprintln!("── {} ({})", target.triple(), toolchain.name());
        for name in CHECKED {
            let outcome = run(toolchain.cargo("check").args(["--quiet", "--package", name]));
            println!("{:<24} {name:<22} {}", target.triple(), if outcome.is_ok() { "checked" } else { "FAILED" });
            if outcome.is_err() {
                failed.push(format!("{name} for {}", target.triple()));
            }
        }
        if wine && target == Target::Windows {
            let versions = wine::check(&toolchain)?;
            println!(
                "{:<24} {:<22} its calls are those written down, for {versions} API versions",
                "wine", "Windows Hello"
            );
        }
    }
    for (name, why) in NOT_COVERED {
        println!("{:<24} {name:<22} {why}", "not covered");
    }
    if !wine {
        println!("{:<24} {:<22} run with --wine", "not covered", "Windows Hello's calls");
    }
    if failed.is_empty() { Ok(()) } else { anyhow::bail!("does not compile: {}", failed.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments() {
        let check = |args: &[&str], expect| {
            let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
            assert_eq!(read(&args), expect);
        };
        check(&[], Some(false));
        check(&["--wine"], Some(true));
        check(&["--win"], None);
    }
}
