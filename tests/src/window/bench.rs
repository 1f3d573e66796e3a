//! What the window costs, beside an empty one of the same toolkit in the same run.

use std::fs;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};

use super::processes::below;
use super::{Display, Session, WindowOptions};
use crate::software::beside;

const RUNS: usize = 5;

/// One start of one window.
#[derive(Debug, Clone, Copy)]
struct Start {
    /// From the order to start until the first content was drawn.
    first_paint: Duration,
    /// Of the app and all its processes, shared pages divided among those who share them.
    memory: u64,
}

/// Starts both windows in turn and prints the medians and their ratio.
#[allow(clippy::print_stdout, reason = "a program's output")]
pub fn bench() -> Result<()> {
    println!("window: {RUNS} starts of each window in turn, about {} s", RUNS * 6);
    let display = Display::start(1280, 900)?;
    let folder = tempfile::TempDir::with_prefix("rekey-bench-")?;
    let profile = folder.path().display().to_string();
    let ours = WindowOptions {
        program: None,
        arguments: vec!["--profile".into(), profile, "--lang".into(), "en".into()],
        environment: Vec::new(),
    };
    let empty =
        WindowOptions { program: Some(beside("rekey-empty-window")?), arguments: Vec::new(), environment: Vec::new() };
    let (mut of_ours, mut of_empty) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        of_empty.push(start(&display, &empty)?);
        of_ours.push(start(&display, &ours)?);
    }
    let row = |name: &str, starts: &[Start]| {
        let paint = median(starts.iter().map(|start| start.first_paint.as_millis()).collect());
        let memory = median(starts.iter().map(|start| u128::from(start.memory)).collect());
        println!("{name:<14} {paint:>6} ms to first paint   {:>7.1} MiB", memory as f64 / 1024.0);
        (paint as f64, memory as f64)
    };
    let (empty_paint, empty_memory) = row("empty window", &of_empty);
    let (paint, memory) = row("Rekey", &of_ours);
    println!("{:<14} {:>6.2} ×                {:>13.2} ×", "ratio", paint / empty_paint, memory / empty_memory);
    Ok(())
}

fn median(mut values: Vec<u128>) -> u128 {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or(0)
}

fn start(display: &Display, options: &WindowOptions) -> Result<Start> {
    let before = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64() * 1000.0;
    let session = Session::start(display, options)?;
    let painted = session.wait("the first paint", || {
        let script = "const [paint] = performance.getEntriesByName('first-contentful-paint'); \
            return paint ? performance.timeOrigin + paint.startTime : null;";
        Ok(session.script(script, &[])?.as_f64())
    })?;
    let memory = memory_below(session.process_id())?;
    Ok(Start { first_paint: Duration::from_secs_f64((painted - before).max(0.0) / 1000.0), memory })
}

/// The proportional memory of all descendants of a process, in KiB. <https://docs.kernel.org/filesystems/proc.html>
fn memory_below(root: u32) -> Result<u64> {
    let mut sum = 0;
    for id in below(root)? {
        let Ok(rollup) = fs::read_to_string(format!("/proc/{id}/smaps_rollup")) else { continue };
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).context("no Pss in smaps_rollup")?;
        sum += line.split_whitespace().next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0);
    }
    Ok(sum)
}
