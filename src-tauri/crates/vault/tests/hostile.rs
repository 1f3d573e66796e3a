//! Files made to harm: each ends in an error or in the data, soon, and without taking the computer's memory. What a file
//! may cost is counted in the time of the processor and in the peak of resident memory, for each file by itself.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod case;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use rekey_vault::{Import, Options, ReadError, Unlock};

/// The most a file may take, in seconds of the processor. Without optimisation the same work takes several times as long.
const MOST_SECONDS: f64 = if cfg!(debug_assertions) { 12.0 } else { 2.0 };
/// The most memory it may take above what its own bytes and the program took before.
const MOST_MEMORY: u64 = 128 << 20;

/// What reading took.
struct Cost {
    seconds: f64,
    /// Bytes above what was in use before.
    memory: u64,
}

/// One number of `/proc/self/status`, in bytes.
fn status(name: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kib| kib << 10)
}

/// Seconds that this process has been running on a processor.
fn processor() -> f64 {
    let clock = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    #[allow(clippy::cast_precision_loss, reason = "seconds of one process")]
    let seconds = clock.tv_sec as f64 + clock.tv_nsec as f64 / 1e9;
    seconds
}

fn measured(bytes: &[u8], unlock: &Unlock, options: &Options<'_>) -> (Result<Import, ReadError>, Cost) {
    // Forgets the peak so far, where the system can.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let (before, start) = (status("VmRSS").unwrap_or(0), processor());
    let result = rekey_vault::read(bytes, unlock, options);
    let cost = Cost { seconds: processor() - start, memory: status("VmHWM").unwrap_or(0).saturating_sub(before) };
    (result, cost)
}

/// Reads a file and complains about what it took; `expect` is the code of the error, or empty where it is read.
fn check(name: &str, bytes: &[u8], unlock: &Unlock, expect: &str, complaints: &mut String) {
    let (result, cost) = measured(bytes, unlock, &Options::default());
    let got = result.as_ref().map_or_else(ReadError::code, |_| "");
    if got != expect {
        writeln!(complaints, "{name}: “{got}” instead of “{expect}”").unwrap();
    }
    if cost.seconds > MOST_SECONDS || cost.memory > MOST_MEMORY {
        writeln!(complaints, "{name}: {:.1} s, {} MiB", cost.seconds, cost.memory >> 20).unwrap();
    }
}

/// An archive with files that inflate to zeros.
fn archive(files: &[(&str, usize)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let zeros = vec![0u8; 1 << 20];
    for (name, mebibytes) in files {
        archive.start_file(*name, options).unwrap();
        for _ in 0..*mebibytes {
            archive.write_all(&zeros).unwrap();
        }
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn bombs_end_in_an_error() {
    let unlock = Unlock::password("correct horse");
    let mut complaints = String::new();
    let mut run = |name: &str, bytes: Vec<u8>, expect: &str| check(name, &bytes, &unlock, expect, &mut complaints);
    run("a zip bomb as 1PUX", archive(&[("export.data", 1024), ("export.attributes", 0)]), "too_costly");
    run("a zip bomb as Proton Pass", archive(&[("Proton Pass/data.json", 1024)]), "too_costly");
    run("a zip bomb as Dashlane", archive(&[("credentials.csv", 1024)]), "too_costly");
    let many: Vec<String> = (0..60_000).map(|n| format!("{n}/credentials.csv")).collect();
    let many: Vec<(&str, usize)> = many.iter().map(|name| (name.as_str(), 0)).collect();
    run("an archive of 60,000 files", archive(&many), "too_costly");
    run("an archive of nothing known", archive(&[("a", 1)]), "unknown_format");

    let nested = |open: &str, close: &str, times: usize| [open.repeat(times), close.repeat(times)].concat();
    let items = |inside: &str| format!("{{\"encrypted\":false,\"folders\":[],\"items\":[{inside}]}}").into_bytes();
    run("JSON nested 100,000 deep", items(&nested("[", "]", 100_000)), "");
    run("JSON of half a million nulls", items(&["null"; 200_000].join(",")), "");
    run("JSON objects never closed", "{\"encrypted\":[".repeat(200_000).into_bytes(), "damaged");

    let document = |inside: &str| {
        format!("<?xml version=\"1.0\"?><KeePassFile><Meta></Meta><Root>{inside}</Root></KeePassFile>").into_bytes()
    };
    run("XML of 50,000 nested groups", document(&nested("<Group>", "</Group>", 50_000)), "too_costly");
    let mut laughs = String::from("<?xml version=\"1.0\"?><!DOCTYPE k [<!ENTITY a \"ha\">");
    for (name, of) in [('b', 'a'), ('c', 'b'), ('d', 'c'), ('e', 'd'), ('f', 'e'), ('g', 'f'), ('h', 'g'), ('i', 'h')] {
        write!(laughs, "<!ENTITY {name} \"{}\">", format!("&{of};").repeat(10)).unwrap();
    }
    laughs.push_str("]><KeePassFile><Root><Group><Name>&i;</Name></Group></Root></KeePassFile>");
    run("an entity bomb", laughs.into_bytes(), "damaged");
    let external =
        "<!DOCTYPE k [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><KeePassFile><Root>&x;</Root></KeePassFile>";
    run("an entity from elsewhere", external.as_bytes().to_vec(), "damaged");

    let table = |rows: &str| format!("name,url,username,password\n{rows}").into_bytes();
    run("a field of 30 MB", table(&format!("\"{}", "x".repeat(30 << 20))), "");
    run("two million rows", table(&"a,b,c,d\n".repeat(2_000_000)), "too_costly");
    run("a row of 200,000 columns", table(&",".repeat(200_000)), "");
    run(
        "a heading of 200,000 columns",
        format!("name,url,username,password{}\n", ",a".repeat(200_000)).into_bytes(),
        "",
    );
    run("zeros as a table", table(&"\0".repeat(1 << 20)), "unknown_format");
    assert!(complaints.is_empty(), "{complaints}");
}

/// Every fixture, the hostile ones among them: within its bounds, too.
#[test]
fn no_fixture_costs_more_than_it_may() {
    let mut complaints = String::new();
    for case in case::all() {
        let (_, cost) = measured(&case.bytes(), &case.unlock(), &case.options());
        if cost.seconds > MOST_SECONDS || cost.memory > MOST_MEMORY {
            writeln!(complaints, "{}: {:.1} s, {} MiB", case.name, cost.seconds, cost.memory >> 20).unwrap();
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

/// The start of a file, whatever its length, is read or refused. Of long files not every length is tried.
#[test]
fn a_file_cut_anywhere_is_no_harm() {
    for case in case::all() {
        let (bytes, unlock) = (case.bytes(), case.unlock());
        let step = bytes.len().div_ceil(if case.is_slow() { 16 } else { 1024 }).max(1);
        for length in (0..bytes.len()).step_by(step) {
            let _ = rekey_vault::read(&bytes[..length], &unlock, &case.options());
            let _ = rekey_vault::detect(&bytes[..length]);
        }
    }
}

/// Bytes without any sense, also behind a start that looks like a format's.
#[test]
fn noise_is_no_harm() {
    let starts: Vec<Vec<u8>> = case::all().iter().map(|case| case.bytes()).collect();
    // A small generator with a fixed seed: a failure repeats itself.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for round in 0..4000usize {
        let start = &starts[round % starts.len()];
        let kept = usize::try_from(next()).unwrap() % (start.len().min(200) + 1);
        let mut bytes = start[..kept].to_vec();
        for _ in 0..next() % 512 {
            bytes.push(u8::try_from(next() % 256).unwrap());
        }
        let mut options = Options::default();
        // The noise may ask for a costly key derivation, and may have it elsewhere.
        options.limits.kdf_work = 1 << 22;
        options.limits.aes_rounds = 1000;
        options.limits.pbkdf2_iterations = 1000;
        let _ = rekey_vault::read(&bytes, &Unlock::password("correct horse"), &options);
        let _ = rekey_vault::preview(&bytes);
    }
}
