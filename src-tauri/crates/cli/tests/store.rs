//! A store's whole life on the command line: copied, given another passphrase, lost and found, given up.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use rekey_app::{Event, Session, Site, Store, unix_now};
use secrecy::SecretString;
use serde_json::{Value, json};

const PASSPHRASE: &str = "seven practice words for one practice store";

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// A command's document and its exit code.
    fn rekey(&self, arguments: &[&str]) -> (Value, i32) {
        let output = Command::new(env!("CARGO_BIN_EXE_rekey"))
            .args(["--json", "--lang", "en", "--profile", &self.path("profile"), "store"])
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        for secret in [PASSPHRASE, "another practice passphrase"] {
            assert!(!text.contains(secret) && !String::from_utf8_lossy(&output.stderr).contains(secret));
        }
        let document = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{arguments:?}: {text}"));
        (document, output.status.code().unwrap())
    }

    fn done(&self, arguments: &[&str]) -> Value {
        let (document, code) = self.rekey(arguments);
        assert_eq!(code, 0, "{arguments:?}: {document}");
        document
    }

    fn refused(&self, arguments: &[&str]) -> String {
        let (document, code) = self.rekey(arguments);
        assert_ne!(code, 0, "{arguments:?}: {document}");
        document["error"]["code"].as_str().unwrap().to_owned()
    }
}

/// What the ledger knows of an account after a run.
fn account(session: &mut Session, site: &str, user: &str, home: &str, has_password: bool) {
    let site = Site::parse(site).unwrap();
    let id = session.ledger.account_id(&site, user);
    let event = |value: Value| -> Event { serde_json::from_value(value).unwrap() };
    let credential = json!({
        "id": format!("id-of-{user}"), "rp_id": site.as_str(), "user_handle": "dQ", "home": home, "source": "made_by_rekey",
    });
    let events = [
        event(json!({
            "kind": "account_imported", "site": site, "user_name": user, "title": "Example", "format": "csv",
            "has_password": has_password, "has_totp": user == "ann", "source": "Passwords.csv",
        })),
        event(json!({ "kind": "journey_started", "browser": "b", "home": home })),
        event(json!({ "kind": "recovery_codes_shown" })),
        event(json!({ "kind": "passkey_created", "credential": credential })),
        event(json!({
            "kind": "proven", "credential": format!("id-of-{user}"), "proof": "passwordless", "signals": [],
            "source": "made_by_rekey",
        })),
    ];
    session.ledger.append(Some(id), &events, unix_now()).unwrap();
}

#[test]
fn a_store_is_copied_changed_lost_found_and_given_up() {
    let desk = Desk { folder: tempfile::tempdir().unwrap() };
    let mut session = Session::open(Some(Path::new(&desk.path("profile")))).unwrap();
    account(&mut session, "example.com", "ann", "store", true);
    account(&mut session, "example.org", "bob", "store", false);
    account(&mut session, "example.net", "cleo", "security-key", true);
    drop(session);
    let (old, new, usb) = (desk.path("old"), desk.path("new"), desk.path("usb"));
    fs::write(&old, PASSPHRASE).unwrap();
    fs::write(&new, "another practice passphrase\n").unwrap();
    fs::create_dir(&usb).unwrap();
    let store = desk.folder.path().join("profile/Passkeys.kdbx");
    drop(Store::create(&store, &SecretString::from(PASSPHRASE)).unwrap());

    // A copy that was tried is remembered.
    assert_eq!(desk.refused(&["backup", &usb]), "secret_needed");
    assert_eq!(desk.refused(&["backup", &usb, "--store-password-file", &new]), "store_wrong_passphrase");
    assert_eq!(desk.refused(&["backup", &desk.path("profile"), "--store-password-file", &old]), "backup_beside");
    let copy = desk.done(&["backup", &usb, "--store-password-file", &old]);
    assert_eq!((copy["passkeys"].as_u64(), Path::new(copy["copy"].as_str().unwrap()).exists()), (Some(0), true));
    assert_eq!(copy["replaced"], Value::Null);
    fs::write(copy["copy"].as_str().unwrap(), "another's").unwrap();
    let copy = desk.done(&["backup", &usb, "--store-password-file", &old]);
    assert_eq!(fs::read(copy["replaced"].as_str().unwrap()).unwrap(), b"another's");
    let shown = desk.done(&["show"]);
    assert_eq!(shown["copy"]["file"], copy["copy"]);
    assert_eq!((shown["copy"]["is_there"].as_bool(), shown["copy"]["is_old"].as_bool()), (Some(true), Some(false)));
    let names: Vec<_> = shown["accounts"].as_array().unwrap().iter().map(|account| account["name"].clone()).collect();
    assert_eq!(names, ["ann@example.com", "bob@example.org"]);

    // Another passphrase; the copy and the backup keep theirs.
    desk.done(&["passphrase", "--store-password-file", &old, "--new-password-file", &new]);
    assert_eq!(desk.refused(&["backup", &usb, "--store-password-file", &old]), "store_wrong_passphrase");
    let shown = desk.done(&["show"]);
    assert_eq!((shown["backups"].as_array().unwrap().len(), shown["copy"]["is_old"].as_bool()), (1, Some(true)));

    // Damaged: the newest version that opens comes back, and what was there is kept.
    fs::write(&store, "damaged").unwrap();
    assert_eq!(desk.refused(&["restore", "--store-password-file", &new]), "no_good_backup");
    let restored = desk.done(&["restore", "--store-password-file", &old]);
    assert!(restored["from"].as_str().unwrap().ends_with("Passkeys.kdbx.bak"));
    assert_eq!(fs::read(restored["replaced"].as_str().unwrap()).unwrap(), b"damaged");
    let from = copy["copy"].as_str().unwrap();
    fs::remove_file(&store).unwrap();
    assert_eq!(desk.done(&["restore", from, "--store-password-file", &old])["replaced"], Value::Null);
    assert!(Store::open(&store, &SecretString::from(PASSPHRASE)).is_ok());

    // On paper.
    for (name, is_page) in [("sheet.html", true), ("sheet.txt", false)] {
        let path = desk.path(name);
        desk.done(&["sheet", "--out", &path]);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("ann@example.com") && text.contains(from) && !text.contains("cleo"), "{text}");
        assert_eq!(text.starts_with("<!doctype html>"), is_page);
        // No other file is written over.
        fs::write(&path, "mine").unwrap();
        assert_eq!(desk.refused(&["sheet", "--out", &path]), "file_unwritable");
        assert_eq!(fs::read(&path).unwrap(), b"mine");
    }

    // Given up: the ways into each account; marked only when that is said.
    let walk = desk.done(&["lost", "--file"]);
    let ways = |account: &Value| -> Vec<String> {
        account["ways"].as_array().unwrap().iter().map(|way| way["way"].as_str().unwrap().to_owned()).collect()
    };
    let by_name = |name: &str| walk["accounts"].as_array().unwrap().iter().find(|a| a["name"] == name).unwrap().clone();
    assert_eq!(ways(&by_name("ann@example.com")), ["password_and_code", "recovery_codes", "site_recovery"]);
    assert_eq!(ways(&by_name("bob@example.org")), ["recovery_codes", "site_recovery"]);
    assert_eq!((walk["marked"].as_bool(), walk["accounts"].as_array().unwrap().len()), (Some(false), 2));
    assert!(walk["first"].to_string().contains(from));
    assert_eq!(desk.done(&["lost", "--passphrase", "--mark"])["marked"], true);
    assert_eq!(desk.done(&["show"])["accounts"], json!([]));
    let session = Session::open(Some(Path::new(&desk.path("profile")))).unwrap();
    let status = session.status().unwrap();
    assert_eq!((status.new, status.proven), (2, 1), "the lost ones are to be done anew, the key's is not");
}
