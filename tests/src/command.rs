//! The command line program, run as a person's script runs it.

use std::io::{BufRead as _, BufReader, Lines, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use tempfile::TempDir;

use crate::rehearsal::is_root;
use crate::software::rekey;
use crate::vault_file::{VaultEntry, write_kdbx};

const VAULT_PASSWORD: &str = "vault of a test";
const STORE_PASSWORD: &str = "store of a test";

/// A folder with a profile, a vault and the files that hold their passwords.
pub struct Desk {
    folder: TempDir,
}

/// A run of `migrate` whose lines are read as they come.
pub struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Desk {
    /// A new profile beside a vault with these entries.
    pub fn new(entries: &[VaultEntry]) -> Result<Self> {
        let folder = TempDir::with_prefix("rekey-desk-")?;
        std::fs::write(folder.path().join("vault-password"), format!("{VAULT_PASSWORD}\n"))?;
        std::fs::write(folder.path().join("store-password"), format!("{STORE_PASSWORD}\n"))?;
        write_kdbx(&folder.path().join("vault.kdbx"), VAULT_PASSWORD, entries)?;
        Ok(Self { folder })
    }

    /// A file of the desk.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `rekey` with this desk's profile, `--json`, and the arguments given.
    pub fn rekey(&self, arguments: &[&str]) -> Result<Command> {
        let mut command = Command::new(rekey()?);
        command.arg("--profile").arg(self.file("profile")).arg("--json").args(arguments);
        command.stdin(Stdio::null());
        Ok(command)
    }

    /// `rekey migrate` over the desk's vault, without a window.
    pub fn migrate(&self, arguments: &[&str]) -> Result<Command> {
        self.migrate_in("own-headless", is_root(), arguments)
    }

    /// `rekey migrate` over the desk's vault in a browser of the command line's choices, where Rekey does everything.
    pub fn migrate_in(&self, browser: &str, no_sandbox: bool, arguments: &[&str]) -> Result<Command> {
        let mut command = self.rekey(&["migrate"])?;
        command.arg("--vault").arg(self.file("vault.kdbx"));
        command.arg("--password-file").arg(self.file("vault-password"));
        command.arg("--store-password-file").arg(self.file("store-password"));
        command.args(["--browser", browser, "--assist", "auto"]);
        if no_sandbox {
            command.arg("--no-browser-sandbox");
        }
        command.args(arguments);
        Ok(command)
    }

    /// Everything in the desk's folder that the program wrote, one file after another.
    pub fn artefacts(&self) -> Result<Vec<(PathBuf, Vec<u8>)>> {
        let mut found = Vec::new();
        collect(&self.file("profile"), &mut found)?;
        Ok(found)
    }
}

fn collect(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.is_file() {
            let bytes = std::fs::read(&path)?;
            found.push((path, bytes));
        }
    }
    Ok(())
}

/// Runs a command to its end and reads its output as one JSON document.
pub fn document(mut command: Command) -> Result<(ExitStatus, Value)> {
    let Output { status, stdout, stderr } = command.output()?;
    let value = serde_json::from_slice(&stdout)
        .with_context(|| format!("{}\n{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr)))?;
    Ok((status, value))
}

/// Starts a command that prints one JSON object a line.
pub fn start(mut command: Command) -> Result<Running> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().context("no output")?;
    Ok(Running { child, lines: BufReader::new(stdout).lines() })
}

impl Running {
    /// Reads on until a fact of this kind was appended to the ledger.
    pub fn until_fact(&mut self, kind: &str) -> Result<Value> {
        for line in self.lines.by_ref() {
            let line: Value = serde_json::from_str(&line?)?;
            if line.pointer("/fact/kind").is_some_and(|found| found == kind) {
                return Ok(line);
            }
        }
        bail!("the run ended without a fact {kind}")
    }

    /// The process's number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills the process at once, as `kill -9` does.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks the process to end, as Ctrl-C does.
    pub fn interrupt(&self) -> Result<()> {
        let status = Command::new("kill").args(["-INT", &self.id().to_string()]).status()?;
        anyhow::ensure!(status.success(), "the process is gone");
        Ok(())
    }

    /// Reads on to the end: every line, and how the process ended.
    pub fn finish(mut self) -> Result<(ExitStatus, Vec<Value>)> {
        let mut lines = Vec::new();
        for line in self.lines.by_ref() {
            lines.push(serde_json::from_str(&line?)?);
        }
        let mut errors = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            stderr.read_to_string(&mut errors)?;
        }
        let status = self.child.wait()?;
        if lines.is_empty() {
            bail!("no output; {status}: {errors}");
        }
        Ok((status, lines))
    }
}

/// The facts among a run's lines.
pub fn facts<'a>(lines: &'a [Value], kind: &'a str) -> impl Iterator<Item = &'a Value> {
    lines.iter().map(|line| &line["fact"]).filter(move |fact| fact["kind"] == kind)
}

/// A run's last line: the summary.
pub fn summary(lines: &[Value]) -> Result<&Value> {
    let summary = lines.last().map(|line| &line["summary"]).filter(|summary| summary.is_object());
    summary.context("the last line is no summary")
}
