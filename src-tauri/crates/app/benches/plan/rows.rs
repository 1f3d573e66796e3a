//! What is compared, and how it is shown.

use std::ffi::OsString;

use anyhow::Result;

use crate::measure::{Cost, measure};
use crate::work::{IDLE, PLAN, WORK, ZXCVBN};

/// How often each is run; the median counts.
const ROUNDS: usize = 3;
/// The most that ours may take of the CPU time of `zxcvbn` alone.
const MOST_CPU: f64 = 2.0;
/// The most memory ours may have at once, in MiB.
const MOST_MEMORY: f64 = 64.0;

/// Accounts, and the habit that their passwords are made by.
const ROWS: [(usize, &str); 4] = [(500, "mixed"), (10_000, "mixed"), (10_000, "distinct"), (10_000, "own-names")];

/// Measures and prints. With `arguments` only the rows whose names contain the first of them.
#[allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "a program's output, of rough numbers")]
pub(crate) fn print(arguments: &[OsString]) -> Result<()> {
    let filter = arguments.first().and_then(|word| word.to_str()).unwrap_or_default();
    println!("accounts matched, judged and ranked {ROUNDS} times each, ours and zxcvbn alone by turns");
    println!(
        "{:<16} {:>9} {:>9} {:>12} {:>9} {:>9} {:>8} {:>9}",
        "", "CPU ms", "zxcvbn", "ratio", "MiB", "zxcvbn", "idle", "wall ms"
    );
    let mut met = true;
    for (count, habit) in ROWS {
        let name = format!("{count} {habit}");
        if !name.contains(filter) {
            continue;
        }
        let command = |work: &str| -> Result<Vec<OsString>> {
            let words = [WORK, work, &count.to_string(), habit].map(OsString::from);
            Ok([std::env::current_exe()?.into()].into_iter().chain(words).collect())
        };
        let (whole, alone) = (command(PLAN)?, command(ZXCVBN)?);
        let idle = measure(&command(IDLE)?, "")?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(measure(&whole, "")?);
            theirs.push(measure(&alone, "")?);
        }
        let (ours, theirs) = (median(&ours), median(&theirs));
        let (cpu, memory) = (ours.cpu as f64 / theirs.cpu as f64, ours.memory as f64 / 1024.0);
        let mark = |value: f64, most: f64| if value <= most { ' ' } else { '✗' };
        println!(
            "{name:<16} {:>9.1} {:>9.1} {cpu:>6.2} {:<5}{}{memory:>8.1}{} {:>8.1} {:>8.1} {:>9.1}",
            ours.cpu as f64 / 1e3,
            theirs.cpu as f64 / 1e3,
            format!("≤{MOST_CPU}"),
            mark(cpu, MOST_CPU),
            mark(memory, MOST_MEMORY),
            theirs.memory as f64 / 1024.0,
            idle.memory as f64 / 1024.0,
            ours.wall as f64 / 1e3,
        );
        met &= cpu <= MOST_CPU && memory <= MOST_MEMORY;
    }
    println!("{}", if met { "every bound is met" } else { "✗ marks the bounds that are not met" });
    Ok(())
}

fn median(costs: &[Cost]) -> Cost {
    let middle = |number: fn(&Cost) -> u64| {
        let mut numbers: Vec<u64> = costs.iter().map(number).collect();
        numbers.sort_unstable();
        numbers.get(numbers.len() / 2).copied().unwrap_or_default()
    };
    Cost { cpu: middle(|cost| cost.cpu), wall: middle(|cost| cost.wall), memory: middle(|cost| cost.memory) }
}
