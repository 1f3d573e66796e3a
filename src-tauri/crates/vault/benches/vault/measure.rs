//! What a program costs. Each one runs under a process of its own that waits for it and asks the system; that process is
//! small, because a program inherits the peak memory of the one that starts it.

use std::ffi::OsString;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;

/// What one run cost.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    /// User and system time, in microseconds.
    pub cpu: u64,
    /// From start to end, in microseconds.
    pub wall: u64,
    /// The most memory it had at once, in KiB.
    pub memory: u64,
}

/// The argument that makes this program run another one and print its [`Cost`].
pub(crate) const MEASURE: &str = "measure";

/// Runs a program that reads `input`, and says what it cost.
pub(crate) fn measure(command: &[OsString], input: &str) -> Result<Cost> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg(MEASURE)
        .args(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start this program again")?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes())?;
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("{command:?} ended with {}", output.status);
    }
    let text = String::from_utf8(output.stdout)?;
    let numbers: Vec<u64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    match numbers.as_slice() {
        [cpu, wall, memory] => Ok(Cost { cpu: *cpu, wall: *wall, memory: *memory }),
        _ => bail!("{command:?} was not measured"),
    }
}

/// The other side of [`measure`]: runs the program and prints the three numbers.
#[allow(clippy::print_stdout, reason = "how the two processes talk")]
pub(crate) fn run(command: &[OsString]) -> Result<()> {
    let (name, arguments) = command.split_first().context("no program")?;
    let start = Instant::now();
    let status = Command::new(name).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    let wall = start.elapsed().as_micros();
    if !status.success() {
        bail!("{name:?} ended with {status}");
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let cpu = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    // macOS counts bytes.
    let memory = usage.max_rss() / if cfg!(target_os = "macos") { 1024 } else { 1 };
    println!("{cpu} {wall} {memory}");
    Ok(())
}
