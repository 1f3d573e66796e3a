//! The practice site from outside: what it prints can be imported, and it ends cleanly when asked to.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "test code")]

use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

fn rekey(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rekey"));
    command.arg("--profile").arg(folder.join("profile")).args(["--json", "--lang", "en"]);
    command.current_dir(folder).stdin(Stdio::null());
    command
}

/// Reads one JSON document from a program that goes on running.
fn first_document(child: &mut Child) -> serde_json::Value {
    let stdout = child.stdout.as_mut().unwrap();
    let mut text = Vec::new();
    let mut byte = [0];
    while stdout.read(&mut byte).unwrap() == 1 {
        text.push(byte[0]);
        if let Ok(document) = serde_json::from_slice(&text) {
            return document;
        }
    }
    panic!("no document: {}", String::from_utf8_lossy(&text));
}

#[test]
fn its_vault_can_be_imported_and_it_ends_when_asked_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut site = rekey(folder.path())
        .args(["practice", "--accounts", "4", "--vault-out", "practice.kdbx"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let started = first_document(&mut site);
    let (vault, password) = (started["vault"].as_str().unwrap(), started["password_file"].as_str().unwrap());
    for file in [vault, password] {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600, "{file}");
    }

    let imported = rekey(folder.path()).args(["import", vault, "--password-file", password]).output().unwrap();
    let imported: serde_json::Value = serde_json::from_slice(&imported.stdout).unwrap();
    assert_eq!((&imported["accounts"], &imported["new"]), (&4.into(), &4.into()));
    assert_eq!(imported["problems"], serde_json::json!([]));

    // Never over a file of the person's.
    let again = rekey(folder.path()).args(["practice", "--vault-out", "practice.kdbx"]).output().unwrap();
    let said: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!((again.status.code(), &said["error"]["code"]), (Some(1), &"file_unwritable".into()));
    // Nor over a password that lies where the vault's own would go; no vault is left without it.
    std::fs::write(folder.path().join("other.kdbx.password"), "mine").unwrap();
    let again = rekey(folder.path()).args(["practice", "--vault-out", "other.kdbx"]).output().unwrap();
    assert_eq!(again.status.code(), Some(1));
    assert!(!folder.path().join("other.kdbx").exists());

    // The port is taken by the first.
    let url = started["url"].as_str().unwrap();
    let port = url.trim_end_matches('/').rsplit(':').next().unwrap();
    let taken = rekey(folder.path()).args(["practice", "--port", port]).output().unwrap();
    let said: serde_json::Value = serde_json::from_slice(&taken.stdout).unwrap();
    assert_eq!(said["error"]["code"], "practice_failed");

    let ended = Command::new("kill").args(["-INT", &site.id().to_string()]).status().unwrap();
    assert!(ended.success());
    assert_eq!(site.wait().unwrap().code(), Some(0));
}

/// With `--keep` the accounts, and the vault that knows them, are there the next time; without their key they are not.
#[test]
fn what_is_kept_is_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let port = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port().to_string();
    let start = || {
        let mut command = rekey(folder.path());
        command.args(["practice", "--keep", "--rehearse", "two-step,captcha", "--port", &port]);
        command.stdout(Stdio::piped());
        command
    };
    let run = || {
        let mut site = start().spawn().unwrap();
        let started = first_document(&mut site);
        let interrupt = Command::new("kill").args(["-INT", &site.id().to_string()]).status().unwrap();
        assert!(interrupt.success() && site.wait().unwrap().success());
        started
    };
    let first = run();
    let vault = std::fs::read(first["vault"].as_str().unwrap()).unwrap();
    let users: Vec<_> = first["accounts"].as_array().unwrap().iter().map(|a| a["user"].as_str().unwrap()).collect();
    assert_eq!(users, ["two-step", "captcha"]);
    assert_eq!(first["accounts"][0]["sign_in"], format!("http://localhost:{port}/p/two-step"));
    assert_eq!(run(), first);
    assert_eq!(std::fs::read(first["vault"].as_str().unwrap()).unwrap(), vault);
    // Accounts whose passwords are lost are no practice.
    let password = first["password_file"].as_str().unwrap();
    std::fs::rename(password, format!("{password}.away")).unwrap();
    let refused = start().output().unwrap();
    let said: serde_json::Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!(said["error"]["code"], "practice_storage");
    std::fs::rename(format!("{password}.away"), password).unwrap();
    let key = format!("{}.key", first["data"].as_str().unwrap());
    std::fs::write(&key, [7; 32]).unwrap();
    let refused = start().output().unwrap();
    let said: serde_json::Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!((refused.status.code(), &said["error"]["code"]), (Some(1), &"practice_storage".into()));
}

/// Beyond this computer only when told so, and only where browsers make passkeys.
#[test]
fn it_listens_beyond_this_computer_only_when_told_where_browsers_find_it() {
    let folder = tempfile::tempdir().unwrap();
    let refused = rekey(folder.path()).args(["practice", "--listen", "127.0.0.1"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    let address = ["practice", "--listen", "127.0.0.1", "--origin", "http://10.0.0.5"];
    let refused = rekey(folder.path()).args(address).output().unwrap();
    let said: serde_json::Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!(said["error"]["code"], "practice_origin");
}
