//! A `pass` store is read with the person's own gpg, and is afterwards what it was.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "test code")]
#![cfg(unix)]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;

/// A store and the keys for it, which end with it.
struct Store {
    folder: tempfile::TempDir,
}

impl Store {
    fn new() -> Self {
        // Below a short path, for the names of sockets are short.
        let store = Self { folder: tempfile::Builder::new().prefix("rk").tempdir_in("/tmp").unwrap() };
        for keys in ["mine", "theirs"] {
            fs::DirBuilder::new().mode(0o700).create(store.at(keys)).unwrap();
            let made = ["--batch", "--quiet", "--passphrase", "", "--quick-generate-key", keys, "default", "default"];
            store.gpg(keys, &made, b"");
        }
        fs::create_dir_all(store.at("store/web/shop.example")).unwrap();
        fs::create_dir_all(store.at("store/.git")).unwrap();
        fs::write(store.at("store/.gpg-id"), "mine\n").unwrap();
        store
    }

    fn at(&self, place: &str) -> PathBuf {
        self.folder.path().join(place)
    }

    fn gpg(&self, keys: &str, arguments: &[&str], input: &[u8]) -> Vec<u8> {
        let mut command = Command::new("gpg");
        command.args(arguments).env("GNUPGHOME", self.at(keys));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{arguments:?}");
        output.stdout
    }

    fn add(&self, keys: &str, place: &str, text: &[u8]) {
        let encrypt = ["--batch", "--quiet", "--trust-model", "always", "--encrypt", "--recipient", keys];
        fs::write(self.at("store").join(place), self.gpg(keys, &encrypt, text)).unwrap();
    }

    /// Every file of the store: its content, and when it was modified.
    fn state(&self) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.at("store")];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                let metadata = path.symlink_metadata().unwrap();
                let content = if metadata.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
                if metadata.is_dir() {
                    folders.push(path.clone());
                }
                files.insert(path, (content, metadata.modified().unwrap()));
            }
        }
        files
    }

    fn import(&self, keys: &str, folder: &Path, programs: Option<&OsStr>) -> (Output, serde_json::Value) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rekey"));
        command.arg("--profile").arg(self.at("profile")).args(["--json", "import"]).arg(folder);
        command.env("GNUPGHOME", self.at(keys)).stdin(Stdio::null());
        if let Some(programs) = programs {
            command.env("PATH", programs);
        }
        let output = command.output().unwrap();
        let said = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output, said)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        for keys in ["mine", "theirs"] {
            let _ = Command::new("gpgconf").args(["--kill", "all"]).env("GNUPGHOME", self.at(keys)).status();
        }
    }
}

#[test]
fn a_store_is_read_with_the_persons_gpg_and_stays_as_it_was() {
    let store = Store::new();
    store.add("mine", "web/mail.gpg", b"Invented-1\nuser: ann\nurl: https://mail.example/\n");
    store.add("mine", "web/shop.example/bob.gpg", b"Invented-2");
    store.add("mine", "web/-odd name.gpg", b"Invented-3\nuser: carl\nurl: https://odd.example/\n");
    store.add("mine", ".git/former.gpg", b"Invented-4\nuser: dora\nurl: https://former.example/\n");
    store.add("theirs", "aaa.gpg", b"Invented-5\nuser: emil\nurl: https://theirs.example/\n");
    store.add("mine", "../outside.gpg", b"Invented-6\nuser: fred\nurl: https://outside.example/\n");
    store.add("mine", "large.gpg", &[b"Invented-7\n".as_slice(), &vec![b'x'; 1 << 20]].concat());
    let whole = fs::read(store.at("store/web/mail.gpg")).unwrap();
    fs::write(store.at("store/cut.gpg"), &whole[..whole.len() / 2]).unwrap();
    fs::write(store.at("store/empty.gpg"), b"").unwrap();
    symlink(store.at("outside.gpg"), store.at("store/link.gpg")).unwrap();
    symlink(store.at("store"), store.at("store/round")).unwrap();
    let before = store.state();

    let (output, said) = store.import("mine", &store.at("store"), None);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(said["files"][0]["format"], "pass", "{said}");
    assert_eq!(said["files"][0]["plain_text"], false, "{said}");
    let mut accounts = Command::new(env!("CARGO_BIN_EXE_rekey"));
    let accounts = accounts.arg("--profile").arg(store.at("profile")).args(["--json", "accounts"]).output().unwrap();
    let text = String::from_utf8(accounts.stdout).unwrap();
    for there in ["mail.example", "ann", "shop.example", "bob", "odd.example", "carl"] {
        assert!(text.contains(there), "{there}: {text}");
    }
    for absent in ["former.example", "theirs.example", "outside.example", "Invented"] {
        assert!(!text.contains(absent), "{absent}: {text}");
    }
    let problems = said["problems"].as_array().unwrap();
    let unreadable = problems.iter().filter(|problem| problem["code"] == "item_unreadable");
    let places: Vec<&str> = unreadable.map(|problem| problem["where"].as_str().unwrap()).collect();
    assert_eq!(places, ["aaa.gpg", "cut.gpg", "empty.gpg", "large.gpg", "link.gpg"], "{said}");
    assert!(store.state() == before, "the store was touched");
}

#[test]
fn a_store_that_cannot_be_decrypted_is_one_error() {
    let store = Store::new();
    for name in ["a.gpg", "b.gpg"] {
        store.add("theirs", name, b"Invented-1\nuser: ann\nurl: https://mail.example/\n");
    }
    let check = |output: &Output, code: &str, exit: i32| {
        let said = [output.stdout.as_slice(), &output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert_eq!(output.status.code(), Some(exit), "{said}");
        assert!(said.contains(code), "{said}");
    };
    check(&store.import("mine", &store.at("store"), None).0, "gpg_refused", 3);
    check(&store.import("theirs", &store.at("store"), Some(store.at("store").as_os_str())).0, "gpg_missing", 4);
    // A folder that is no store is told as ever.
    check(&store.import("mine", &store.at("store/web"), None).0, "file_unreadable", 3);
}
