//! Vaults are read in a process of their own: whatever a file does to it, this one goes on, and says so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "test code")]
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rekey_app::{AppError, ReadRequest, VaultReader, Vaults};
use tokio::time::timeout;

fn fixture(name: &str) -> ReadRequest {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vault/tests/fixtures").join(name);
    ReadRequest::new(file).with_password("correct horse")
}

fn reader(program: impl Into<PathBuf>) -> VaultReader {
    VaultReader::Child { program: program.into() }
}

fn rekey() -> VaultReader {
    reader(env!("CARGO_BIN_EXE_rekey"))
}

async fn read(reader: VaultReader, request: ReadRequest) -> Result<Vaults, AppError> {
    Ok(Vaults::of(reader.read(request, |_| {}).await?))
}

/// The processes that read a vault for this one.
fn children() -> Vec<u32> {
    let mine = std::process::id().to_string();
    let processes = std::fs::read_dir("/proc").into_iter().flatten().map(|entry| entry.unwrap());
    let pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|pid| {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let of =
            |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned());
        // One that is dead and waits to be counted is none.
        of("PPid:") == Some(mine.clone()) && of("State:").is_some_and(|state| !state.starts_with('Z'))
    })
    .collect()
}

/// One test, because it counts this process's children.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reading_process_is_ended_and_its_end_is_said() {
    // What it reads is what would have been read here.
    for name in ["accounts.kdbx", "bitwarden.bitwarden.json", "totp.kdbx", "passkey.kdbx"] {
        let there = read(rekey(), fixture(name)).await.unwrap();
        let here = read(VaultReader::Here, fixture(name)).await.unwrap();
        assert_eq!(format!("{:?}", there.accounts), format!("{:?}", here.accounts), "{name}");
        assert_eq!((&there.sources, &there.problems), (&here.sources, &here.problems), "{name}");
    }
    let error = read(rekey(), fixture("cut-block.kdbx")).await.unwrap_err();
    assert_eq!(error.code(), "vault_damaged");
    let error = read(rekey(), ReadRequest::new("nowhere.kdbx")).await.unwrap_err();
    assert_eq!(error.code(), "file_unreadable");

    // How far it is comes through, too.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("long.csv");
    let rows = "a,https://example.com/,ann,p-ann,\n".repeat(20_000);
    std::fs::write(&file, format!("name,url,username,password,note\n{rows}")).unwrap();
    let told = AtomicBool::new(false);
    rekey().read(ReadRequest::new(&file), |_| told.store(true, Ordering::Relaxed)).await.unwrap();
    assert!(told.into_inner());

    // Whoever asks for more than a computer has is told so, with patience too.
    for patient in [false, true] {
        let request = ReadRequest { patient, ..fixture("argon2-tebibytes.kdbx") };
        let error = timeout(Duration::from_secs(2), read(rekey(), request)).await.expect("in time").unwrap_err();
        assert_eq!(error.code(), "vault_too_costly");
    }

    // A key derivation that lasts for years ends when nobody waits for it any more.
    let endless = || ReadRequest { patient: true, ..fixture("aes-rounds.kdbx") };
    let mut reading = Box::pin(read(rekey(), endless()));
    assert!(timeout(Duration::from_millis(500), &mut reading).await.is_err(), "it goes on");
    let running = children();
    assert!(!running.is_empty() || !cfg!(target_os = "linux"), "it runs in a process of its own");
    drop(reading);
    let dropped = Instant::now();
    while !children().is_empty() {
        assert!(dropped.elapsed() < Duration::from_secs(1), "it still runs");
        tokio::task::yield_now().await;
    }

    // One that is ended from outside, as the system does where memory runs out.
    let reading = tokio::spawn(read(rekey(), endless()));
    let began = Instant::now();
    while children().is_empty() && cfg!(target_os = "linux") {
        assert!(began.elapsed() < Duration::from_secs(5));
        tokio::task::yield_now().await;
    }
    if cfg!(target_os = "linux") {
        for pid in children() {
            std::process::Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap();
        }
        let error = timeout(Duration::from_secs(1), reading).await.expect("in time").unwrap().unwrap_err();
        assert_eq!(error.code(), "vault_reader_died");
    }

    // Programs that answer nothing, or something else.
    for program in ["false", "true", "cat"] {
        let path = ["/bin", "/usr/bin"].map(|folder| Path::new(folder).join(program)).into_iter().find(|p| p.exists());
        let Some(path) = path else { continue };
        let error = timeout(Duration::from_secs(1), read(reader(path), fixture("accounts.kdbx"))).await;
        assert_eq!(error.expect("in time").unwrap_err().code(), "vault_reader_died", "{program}");
    }
}
