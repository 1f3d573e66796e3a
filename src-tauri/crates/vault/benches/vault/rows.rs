//! What is compared with what, and how it is shown.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::inputs::{self, Kdf, PASSWORD};
use crate::measure::{Cost, measure};
use crate::work::Work;

/// How often each is run; the median counts.
const ROUNDS: usize = 7;

/// One comparison: two programs that read one file.
struct Row {
    name: &'static str,
    file: PathBuf,
    ours: Work,
    peer: Peer,
    /// The most that ours may take of the peer's CPU time.
    most_cpu: f64,
    most_memory: Memory,
}

enum Peer {
    KeePassXc,
    Alone(&'static str, Work),
}

/// The most memory that ours may have at once.
enum Memory {
    /// Of the peer's.
    OfPeer(f64),
    /// Above an idle process, of the file's size.
    OfFile(f64),
    Any,
}

/// Makes the files, measures, prints. With `arguments` only the rows whose names contain the first of them.
#[allow(clippy::print_stdout, reason = "a program's output")]
pub(crate) fn print(arguments: &[OsString]) -> Result<()> {
    let filter = arguments.first().and_then(|word| word.to_str()).unwrap_or_default();
    let folder = tempfile::tempdir()?;
    println!(
        "vaults read {ROUNDS} times each, ours and the peer by turns; about three minutes on two cores, some of it to \
         make the files"
    );
    println!(
        "{:<24} {:>9} {:>9} {:>12} {:>9} {:>9} {:>16} {:>8} {:>8}   of",
        "", "CPU ms", "peer", "ratio", "MiB", "peer", "ratio", "wall ms", "peer"
    );
    let mut met = true;
    for row in rows(folder.path()) {
        if row.name.contains(filter) {
            row.make()?;
            met &= row.run()?;
        }
    }
    println!("{}", if met { "every bound is met" } else { "✗ marks the bounds that are not met" });
    Ok(())
}

fn rows(folder: &Path) -> [Row; 5] {
    let row = |name, ours, peer, most_cpu, most_memory| {
        let file = folder.join(str::replace(name, ' ', "-"));
        Row { name, file, ours, peer, most_cpu, most_memory }
    };
    let half = || Memory::OfPeer(0.5);
    let csv = Peer::Alone("the csv crate", Work::CsvAlone);
    let json = Peer::Alone("serde_json", Work::JsonAlone);
    [
        row("kdbx 10000", Work::Accounts, Peer::KeePassXc, 0.35, half()),
        row("kdbx 50000", Work::Accounts, Peer::KeePassXc, 0.35, half()),
        row("kdbx 1000 argon2d", Work::Accounts, Peer::Alone("Argon2", Work::Argon2), 1.1, Memory::Any),
        row("bitwarden-csv 100000", Work::Entries, csv, 3.0, Memory::OfFile(3.0)),
        row("bitwarden-json 100000", Work::Entries, json, 3.0, Memory::OfFile(3.0)),
    ]
}

impl Row {
    fn make(&self) -> Result<()> {
        match self.name {
            "kdbx 10000" => inputs::kdbx(&self.file, 10_000, Kdf::Aes),
            "kdbx 50000" => inputs::kdbx(&self.file, 50_000, Kdf::Aes),
            "kdbx 1000 argon2d" => inputs::kdbx(&self.file, 1_000, Kdf::Argon2),
            "bitwarden-csv 100000" => inputs::bitwarden_csv(&self.file, 100_000),
            _ => inputs::bitwarden_json(&self.file, 100_000),
        }
    }

    fn peer(&self) -> Result<Vec<OsString>> {
        match &self.peer {
            Peer::Alone(_, work) => work.command(&self.file),
            Peer::KeePassXc => Ok(["keepassxc-cli", "ls", "--quiet", "--recursive", "--flatten"]
                .into_iter()
                .map(OsString::from)
                .chain([self.file.clone().into()])
                .collect()),
        }
    }

    /// Measures and prints; says whether the bounds are met.
    #[allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "a program's output, of rough numbers")]
    fn run(&self) -> Result<bool> {
        let input = format!("{PASSWORD}\n");
        let (command, peer) = (self.ours.command(&self.file)?, self.peer()?);
        let idle = measure(&Work::Idle.command(&self.file)?, "")?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            // By turns, and who begins changes: what slows the computer down for a while slows both.
            let both = [(&command, &mut ours), (&peer, &mut theirs)];
            let mut order = Vec::from(both);
            if round % 2 == 1 {
                order.reverse();
            }
            for (command, costs) in order {
                costs.push(measure(command, &input)?);
            }
        }
        let (ours, theirs) = (median(&ours), median(&theirs));
        let file = std::fs::metadata(&self.file)?.len();
        let cpu = ours.cpu as f64 / theirs.cpu as f64;
        let above_idle = ours.memory.saturating_sub(idle.memory) as f64 * 1024.0;
        let (memory, most_memory, of) = match self.most_memory {
            Memory::OfPeer(most) => (ours.memory as f64 / theirs.memory as f64, most, "peer"),
            Memory::OfFile(most) => (above_idle / file as f64, most, "file"),
            Memory::Any => (ours.memory as f64 / theirs.memory as f64, f64::INFINITY, "peer"),
        };
        let met = |value: f64, most: f64| if value <= most { ' ' } else { '✗' };
        let name = match self.peer {
            Peer::KeePassXc => "keepassxc-cli ls",
            Peer::Alone(name, _) => name,
        };
        let most = if most_memory.is_finite() { format!("≤{most_memory}") } else { String::new() };
        println!(
            "{:<24} {:>9.1} {:>9.1} {cpu:>6.2} {:<5} {}{:>7.1} {:>9.1} {memory:>6.2} {most:<4} {of} {}{:>8.1} {:>8.1}   {name}",
            self.name,
            ours.cpu as f64 / 1e3,
            theirs.cpu as f64 / 1e3,
            format!("≤{}", self.most_cpu),
            met(cpu, self.most_cpu),
            ours.memory as f64 / 1024.0,
            theirs.memory as f64 / 1024.0,
            met(memory, most_memory),
            ours.wall as f64 / 1e3,
            theirs.wall as f64 / 1e3,
        );
        Ok(cpu <= self.most_cpu && memory <= most_memory)
    }
}

fn median(costs: &[Cost]) -> Cost {
    let middle = |number: fn(&Cost) -> u64| {
        let mut numbers: Vec<u64> = costs.iter().map(number).collect();
        numbers.sort_unstable();
        numbers.get(numbers.len() / 2).copied().unwrap_or_default()
    };
    Cost { cpu: middle(|cost| cost.cpu), wall: middle(|cost| cost.wall), memory: middle(|cost| cost.memory) }
}
