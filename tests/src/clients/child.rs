//! The Python program: a job goes in, lines come out.

use std::io::{BufRead as _, BufReader, Lines, Read as _, Write as _};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use rekey_browser::own_browser::discover;
use serde_json::{Value, json};

use crate::rehearsal::is_root;
use crate::software::clients_python;

pub(super) struct Child {
    process: std::process::Child,
    stdin: Option<ChildStdin>,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Child {
    /// Starts the program and hands it its job. The job has secrets, so it goes by standard input only.
    pub(super) fn start(job: &Value) -> Result<Self> {
        let mut command = program()?;
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn()?;
        let lines = BufReader::new(process.stdout.take().context("no output")?).lines();
        let mut child = Self { stdin: process.stdin.take(), process, lines };
        child.write(&job.to_string())?;
        Ok(child)
    }

    /// The next line, or `None` at the end.
    pub(super) fn next_line(&mut self) -> Result<Option<Value>> {
        let Some(line) = self.lines.next() else { return Ok(None) };
        let line = line?;
        serde_json::from_str(&line).map(Some).context("a line of the client is no JSON")
    }

    /// Tells the program that the clock is set.
    pub(super) fn go_on(&mut self) -> Result<()> {
        self.write("{}")
    }

    /// Waits for the end.
    pub(super) fn finish(mut self) -> Result<()> {
        self.stdin = None;
        let mut errors = String::new();
        if let Some(mut stderr) = self.process.stderr.take() {
            stderr.read_to_string(&mut errors)?;
        }
        let status = self.process.wait()?;
        if !status.success() {
            bail!("the client ended with {status}:\n{errors}");
        }
        Ok(())
    }

    fn write(&mut self, line: &str) -> Result<()> {
        let stdin = self.stdin.as_mut().context("no input")?;
        writeln!(stdin, "{line}").and_then(|()| stdin.flush()).context("the client takes no more input")
    }
}

fn program() -> Result<Command> {
    let mut command = Command::new(clients_python()?);
    command.arg("run.py").current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("clients"));
    command.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONUTF8", "1");
    Ok(command)
}

/// The certificate (PEM) of the authority that vouches for authenticators with this name as their `attestation`.
pub(super) fn authority(name: &str) -> Result<String> {
    let output = program()?.args(["authority", name]).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// The installed browser, as the client is told of it.
pub(super) async fn browser() -> Result<Value> {
    let found = discover().await.into_iter().next().context("no browser is installed")?;
    Ok(json!({ "path": found.path, "sandbox": !is_root() }))
}
