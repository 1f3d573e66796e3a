//! The command line as people and scripts see it: each file in `tests/cmd` is one sitting in a fresh folder.
//!
//! `$ rekey …` runs a command (`FIXTURES` stands for the vault crate's files, `FILES` for those in `tests/cmd/files`, `< text` gives it a line of stdin,
//! otherwise stdin is empty and no terminal); the lines after it say what is expected:
//! `= 3` the exit code, `> text` stdout contains it, `! text` stderr contains it, `-` stdout is empty,
//! `@ /pointer value` stdout is one JSON document with this value (RFC 6901), `~ text` neither stream contains it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "test code")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

struct Step {
    command: String,
    stdin: String,
    expected: Vec<String>,
}

#[test]
fn every_case_goes_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd");
    let mut cases: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|e| e == "case"));
    cases.sort();
    assert!(cases.len() > 5, "the cases are there");
    let problems: Vec<String> = cases.iter().flat_map(|case| run_case(case)).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

fn run_case(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut problems = Vec::new();
    for step in read_steps(&text) {
        let output = run(&step, folder.path());
        for expected in &step.expected {
            if let Err(why) = check(expected, &output) {
                problems.push(format!(
                    "{}: $ {}\n  expected {expected}\n  {why}\n--- stdout\n{}--- stderr\n{}",
                    path.file_name().unwrap().to_string_lossy(),
                    step.command,
                    String::from_utf8_lossy(&output.stdout),
                    String::from_utf8_lossy(&output.stderr),
                ));
            }
        }
    }
    problems
}

fn read_steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if let Some(command) = line.strip_prefix("$ rekey") {
            steps.push(Step { command: command.trim().to_owned(), stdin: String::new(), expected: Vec::new() });
        } else if let Some(stdin) = line.strip_prefix("< ") {
            let step = steps.last_mut().expect("a command comes first");
            step.stdin.push_str(stdin);
            step.stdin.push('\n');
        } else {
            steps.last_mut().expect("a command comes first").expected.push(line.to_owned());
        }
    }
    steps
}

fn run(step: &Step, folder: &Path) -> Output {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vault/tests/fixtures");
    let fixtures = fixtures.to_str().unwrap();
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/files");
    let files = files.to_str().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rekey"))
        .arg("--profile")
        .arg(folder.join("profile"))
        .args(step.command.split_whitespace().map(|word| word.replace("FIXTURES", fixtures).replace("FILES", files)))
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", folder)
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its stdin may have closed it.
    let _ = child.stdin.take().unwrap().write_all(step.stdin.as_bytes());
    child.wait_with_output().unwrap()
}

fn check(expected: &str, output: &Output) -> Result<(), String> {
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let (sign, rest) = expected.split_at(1);
    let rest = rest.trim_start();
    let holds = match sign {
        "=" => {
            let got = output.status.code();
            return if got == rest.parse().ok() { Ok(()) } else { Err(format!("the exit code is {got:?}")) };
        }
        ">" => stdout.contains(rest),
        "!" => stderr.contains(rest),
        "~" => !stdout.contains(rest) && !stderr.contains(rest),
        "-" => stdout.is_empty(),
        "@" => return check_json(rest, &stdout),
        _ => panic!("no such expectation: {expected}"),
    };
    if holds { Ok(()) } else { Err("it is not so".to_owned()) }
}

fn check_json(expected: &str, stdout: &str) -> Result<(), String> {
    let document: serde_json::Value = serde_json::from_str(stdout).map_err(|error| error.to_string())?;
    let (pointer, value) = expected.split_once(' ').unwrap();
    let value: serde_json::Value = serde_json::from_str(value).unwrap();
    match document.pointer(pointer) {
        Some(got) if *got == value => Ok(()),
        got => Err(format!("it is {got:?}")),
    }
}

fn plain(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rekey"));
    command.arg("--profile").arg(folder).args(["--json", "--lang", "en"]).args(arguments).stdin(Stdio::null());
    command
}

/// The shell may lie beside the program under test, so it is asked from a folder of its own.
#[test]
fn without_the_shell_beside_it_a_site_window_is_refused_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let alone = folder.path().join("rekey").with_extension(std::env::consts::EXE_EXTENSION);
    std::fs::copy(env!("CARGO_BIN_EXE_rekey"), &alone).unwrap();
    let arguments = ["--lang", "en", "migrate", "--all", "--vault", "nowhere.kdbx", "--browser", "embedded"];
    let output = Command::new(alone).arg("--profile").arg(folder.path()).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("put rekey-desktop beside rekey") && said.contains("--browser own"), "{said}");
}

#[test]
fn a_damaged_ledger_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger.sqlite3");
    let rubbish = "no database at all, and longer than a header. ".repeat(100);
    std::fs::write(&file, &rubbish).unwrap();
    let output = plain(folder.path(), &["status"]).output().unwrap();
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &said["error"]["code"]), (Some(3), &"ledger_damaged".into()));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), rubbish);
}

#[cfg(unix)]
#[test]
fn a_report_is_for_its_owner_alone_also_where_a_file_was_open_to_all() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let file = folder.path().join("report.csv");
    std::fs::write(&file, "old").unwrap();
    let report = ["report", "--format", "csv", "--out", file.to_str().unwrap()];
    assert_eq!(plain(folder.path(), &report).output().unwrap().status.code(), Some(0));
    for entry in std::fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{}", entry.path().display());
    }
    assert_eq!(folder.path().metadata().unwrap().permissions().mode() & 0o777, 0o755);
}

#[test]
fn processes_that_start_together_share_one_new_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vault/tests/fixtures/bitwarden.bitwarden.json");
    let import = ["import", vault.to_str().unwrap()];
    let spawn = |_| plain(folder.path(), &import).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let children: Vec<_> = (0..6).map(spawn).collect();
    let mut accounts = serde_json::Value::Null;
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        accounts = serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()["accounts"].clone();
    }
    let status = plain(folder.path(), &["status"]).output().unwrap();
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).unwrap();
    assert_eq!(status["accounts"], accounts);
}
