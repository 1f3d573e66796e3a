//! A vault that was read is byte for byte what it was, and nobody can see at the file that it was read for more.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "test code")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

/// Every file that the vault crate's tests read, good or bad.
fn fixtures(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            fixtures(&path, found);
        } else if path.extension().is_none_or(|e| e != "py") && !path.to_str().unwrap().ends_with(".expect.json") {
            found.push(path);
        }
    }
}

/// The whole of a file, and when it was modified.
fn state(path: &Path) -> (Vec<u8>, SystemTime) {
    (fs::read(path).unwrap(), path.metadata().unwrap().modified().unwrap())
}

fn check(original: &Path, folder: &Path) {
    let file = folder.join(original.file_name().unwrap());
    fs::copy(original, &file).unwrap();
    let hour_ago = SystemTime::now() - Duration::from_secs(3600);
    fs::File::options().write(true).open(&file).unwrap().set_modified(hour_ago).unwrap();
    let before = state(&file);
    let mut child = Command::new(env!("CARGO_BIN_EXE_rekey"))
        .arg("--profile")
        .arg(folder.join("profile"))
        .args(["--json", "import", "--password-stdin"])
        .arg(&file)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // A command that does not need it may have closed it.
    let _ = child.stdin.take().unwrap().write_all(b"correct horse\n");
    let status = child.wait().unwrap();
    assert!(matches!(status.code(), Some(0 | 2 | 3)), "{}: {status}", file.display());
    assert!(state(&file) == before, "{} was touched", file.display());
    let mut left: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.retain(|name| name != "profile" && name != file.file_name().unwrap());
    assert!(left.is_empty(), "{left:?} was left beside {}", file.display());
}

#[test]
fn every_fixture_is_as_it_was_after_it_was_read() {
    let mut all = Vec::new();
    fixtures(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../vault/tests/fixtures"), &mut all);
    assert!(all.len() > 100, "the fixtures are there");
    let todo = Mutex::new(all);
    let next = || todo.lock().unwrap().pop();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(original) = next() {
                    let folder = tempfile::tempdir().unwrap();
                    check(&original, folder.path());
                }
            });
        }
    });
}
