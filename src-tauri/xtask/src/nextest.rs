//! The Rust tests: built, then run in a home of their own, with nextest's closing lines kept for last.

use std::fs;
use std::io::{BufRead as _, BufReader, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::process::{cargo, root, run, shown};
use crate::setup::{CLIENTS, ORACLES, PROGRAMS, RELYING_PARTIES, programs};
use crate::test::Options;

/// Where the closing lines of the last run stay, for a script that prints them after other work.
const SUMMARY: &str = "target/test-summary.txt";

/// Builds every test without running one.
pub(crate) fn build() -> Result<()> {
    run(cargo().args(["nextest", "run", "--workspace", "--no-run"]))
}

/// The closing lines of one run, ready to be printed.
pub(crate) struct Summary {
    lines: Vec<String>,
    passed: bool,
}

impl Summary {
    /// Prints the closing lines and tells whether all tests passed.
    pub(crate) fn finish(self) -> Result<()> {
        for line in &self.lines {
            eprintln!("{line}");
        }
        if !self.passed {
            bail!("tests failed");
        }
        Ok(())
    }
}

/// Runs the tests. Everything is printed as it comes, except the closing lines, which the caller prints last.
pub(crate) fn test(options: &Options) -> Result<Summary> {
    let home = TemporaryHome::new()?;
    let mut command = cargo();
    command.args(["nextest", "run", "--workspace"]);
    if options.full {
        command.args(["--profile", "full"]);
    }
    if std::io::stderr().is_terminal() {
        command.args(["--color", "always"]);
    }
    command.args(&options.filters);
    home.apply(&mut command);
    command.env("REKEY_FUZZ_SECONDS", if options.full { "60" } else { "2" });
    command.env("REKEY_TEST_FULL", if options.full { "1" } else { "0" });
    command.env("REKEY_PROGRAMS_NODE", programs());
    if options.full {
        command.env(PROGRAMS.variable, PROGRAMS.python()).env("REKEY_FIREFOX", "firefox-esr");
        command.env("REKEY_TEST_SEEDS", "200");
    }
    for environment in [&RELYING_PARTIES, &ORACLES, &CLIENTS] {
        command.env(environment.variable, environment.python());
    }

    let summary = root().join(SUMMARY);
    if summary.exists() {
        fs::remove_file(&summary)?;
    }
    let mut child =
        command.stderr(Stdio::piped()).spawn().with_context(|| format!("cannot start {}", shown(&command)))?;
    let stderr = child.stderr.take().context("nextest has no stderr")?;
    let mut closing = Closing::default();
    for line in BufReader::new(stderr).split(b'\n') {
        if let Some(line) = closing.read(String::from_utf8_lossy(&line?).into_owned()) {
            writeln!(std::io::stderr(), "{line}")?;
        }
    }
    let passed = child.wait()?.success();
    let plain: Vec<String> = closing.lines.iter().map(|line| without_colour(line)).collect();
    fs::create_dir_all(root().join("target"))?;
    fs::write(&summary, plain.join("\n") + "\n")?;
    Ok(Summary { lines: closing.lines, passed })
}

/// Collects what nextest prints from its summary on.
#[derive(Default)]
struct Closing {
    lines: Vec<String>,
}

impl Closing {
    /// Returns the line, if it is to be printed at once.
    fn read(&mut self, line: String) -> Option<String> {
        if self.lines.is_empty() && !without_colour(&line).trim_start().starts_with("Summary [") {
            return Some(line);
        }
        self.lines.push(line);
        None
    }
}

/// Without the escape sequences that colour a terminal (`ESC [ … m`).
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain + rest
}

/// A home folder for one run, removed afterwards: tests and the browsers they start leave nothing in the person's own.
struct TemporaryHome(PathBuf);

impl TemporaryHome {
    fn new() -> Result<Self> {
        let folder = root().join("target").join("test-home");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    fn apply(&self, command: &mut Command) {
        // Cargo and rustup live in the person's home: say where, before it is another one.
        if let Some(home) = std::env::home_dir() {
            for (variable, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
                if std::env::var_os(variable).is_none() && home.join(folder).is_dir() {
                    command.env(variable, home.join(folder));
                }
            }
        }
        let home: &Path = &self.0;
        command.env("HOME", home).env("USERPROFILE", home);
        command.env("APPDATA", home.join("AppData/Roaming")).env("LOCALAPPDATA", home.join("AppData/Local"));
        for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
            command.env_remove(variable);
        }
    }
}

impl Drop for TemporaryHome {
    fn drop(&mut self) {
        // What cannot be removed now is removed before the next run.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_held_back() {
        let mut closing = Closing::default();
        assert_eq!(closing.read("  PASS a".into()).as_deref(), Some("  PASS a"));
        assert_eq!(closing.read("\u{1b}[32;1m     Summary\u{1b}[0m [   1.0s] 2 tests run: 2 passed".into()), None);
        assert_eq!(closing.read("  FAIL b".into()), None);
        assert_eq!(without_colour(&closing.lines.concat()), "     Summary [   1.0s] 2 tests run: 2 passed  FAIL b");
    }
}
