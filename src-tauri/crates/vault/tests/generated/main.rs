//! Vaults of many shapes, made from seeds, read by this crate and by other programs: every user name, password, address
//! and one-time password is compared.
//!
//! A few seeds by default, `REKEY_TEST_SEEDS=N` for N of them, `REKEY_TEST_SEED=n` for the one that a failure names.
//! Without `keepassxc-cli` or a Python with pykeepass (`REKEY_PYTHON`) the test says so and compares what is left.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod model;
mod programs;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use model::{Item, Model, Random, base64, hex};
use programs::{Keys, Row};
use rekey_vault::{Entry, Import, KeyFile, Options, Totp, Unlock};
use secrecy::ExposeSecret;
use serde_json::json;
use sha2::{Digest, Sha256};

const SEEDS: u64 = 4;

/// A time at which codes are compared.
const AT: u64 = 1_700_000_000;

fn seeds() -> Vec<u64> {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
    match number("REKEY_TEST_SEED") {
        Some(seed) => vec![seed],
        None => (1..=number("REKEY_TEST_SEEDS").unwrap_or(SEEDS)).collect(),
    }
}

/// A vault with what it is locked with, in a folder of its own.
struct Vault {
    model: Model,
    keys: Keys,
    /// What the key file contributes.
    key: Option<Vec<u8>>,
    folder: tempfile::TempDir,
    random: Random,
    seed: u64,
}

impl Vault {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let model = Model::new(&mut random);
        let folder = tempfile::tempdir().unwrap();
        let bytes: [u8; 32] = random.bytes();
        let xml = format!(
            "<KeyFile><Meta><Version>1.00</Version></Meta><Key><Data>{}</Data></Key></KeyFile>",
            base64(&bytes)
        );
        let file = match random.below(8) {
            0 => Some(bytes.to_vec()),
            1 => Some(hex(&bytes).into_bytes()),
            2 => Some(xml.into_bytes()),
            3 => Some(b"any other file".to_vec()),
            _ => None,
        };
        let key = file.as_ref().map(|file| match file.as_slice() {
            b"any other file" => Sha256::digest(file).to_vec(),
            _ => bytes.to_vec(),
        });
        let key_file = file.map(|file| {
            let path = folder.path().join("a.key");
            std::fs::write(&path, file).unwrap();
            path
        });
        let password = (key.is_none() || random.once_in(2))
            .then(|| random.pick(&["correct horse", "пароль 🔑", "p ' \" \\ <&>"]).to_owned());
        Self { model, keys: Keys { password, key_file }, key, folder, random, seed }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, path: &Path) -> Import {
        let unlock = Unlock {
            password: self.keys.password.as_deref().map(Into::into),
            key_file: self.keys.key_file.as_ref().map(|path| KeyFile::from(std::fs::read(path).unwrap())),
        };
        let bytes = std::fs::read(path).unwrap();
        rekey_vault::read(&bytes, &unlock, &Options::default()).unwrap_or_else(|error| panic!("{path:?}: {error}"))
    }

    /// That what was read is what the vault was made of.
    fn check(&self, import: &Import) {
        let model = &self.model;
        let expected: Vec<&Item> = model.in_order().into_iter().filter(|item| !model.is_binned(item)).collect();
        assert_eq!(import.left_out.recycled, model.items.len() - expected.len());
        assert!(import.problems.is_empty(), "{:?}", import.problems);
        assert_eq!(import.entries.len(), expected.len());
        for (entry, item) in import.entries.iter().zip(expected) {
            check_entry(entry, item);
        }
    }

    /// That KeePassXC shows the same: fields as they stand, one-time passwords, references followed.
    fn check_keepassxc(&self, database: &Path, import: &Import) {
        let rows = programs::export_rows(database, &self.keys).expect("KeePassXC opens it");
        let (rows, totps): (Vec<Row>, Vec<Option<Totp>>) = rows.into_iter().unzip();
        assert!(sorted(rows.clone()) == self.raw_rows(), "KeePassXC shows other rows");
        let find = |title: &str| import.entries.iter().find(|entry| *entry.title == *title);
        for (row, theirs) in rows.iter().zip(&totps) {
            let Some(entry) = find(&row[0]) else { continue };
            assert_eq!(entry.totp.is_some(), theirs.is_some(), "{}", row[0]);
            if let (Some(ours), Some(theirs)) = (&entry.totp, theirs) {
                assert!(code(ours) == code(theirs), "{}: the codes differ", row[0]);
            }
        }
        let shown = |wanted: fn(&Item) -> bool| {
            self.model.items.iter().filter(move |item| wanted(item) && !self.model.is_binned(item)).take(1)
        };
        for item in shown(|item| item.refers) {
            let text = programs::show(database, &self.keys, &self.model.path(item)).expect("KeePassXC finds the entry");
            let expect = format!("{}\n{}\n{}\n", item.user.resolved, item.password.resolved, item.url.resolved);
            assert!(text == expect, "{}: KeePassXC follows its references elsewhere", item.title);
        }
        for item in shown(|item| item.totp) {
            let text = programs::show_totp(database, &self.keys, &self.model.path(item)).expect("KeePassXC shows it");
            let totp = find(&item.title).and_then(|entry| entry.totp.as_ref()).unwrap();
            assert!(programs::codes_about_now(totp).contains(&text), "{}: the code differs", item.title);
        }
    }

    /// Every entry as it stands, the bin's too.
    fn raw_rows(&self) -> Vec<Row> {
        let row =
            |item: &Item| [item.title.clone(), item.user.raw.clone(), item.password.raw.clone(), item.url.raw.clone()];
        sorted(self.model.items.iter().map(row).collect())
    }

    /// A database of one of the shapes that programs write.
    fn job(&mut self) -> serde_json::Value {
        let random = &mut self.random;
        let three = random.once_in(3);
        let kdf = if three { "aes" } else { random.pick(&["aes", "aes4", "argon2d", "argon2id"]) };
        let shape = json!({
            "version": if three { [3, 1] } else { random.pick(&[[4, 0], [4, 1]]) },
            "cipher": random.pick(&["aes", "twofish", "chacha20"]),
            "kdf": kdf,
            "stream": if three || random.once_in(4) { "salsa20" } else { "chacha20" },
            "compressed": !random.once_in(3),
        });
        json!({
            "file": self.path("written.kdbx"),
            "seed": format!("generated {}", self.seed),
            "password": self.keys.password,
            "key": self.key.as_deref().map(base64),
            "shape": shape,
            "xml": self.model.document(three),
        })
    }

    /// A database as pykeepass writes one.
    fn pykeepass_job(&self) -> serde_json::Value {
        let items = self.model.in_order().into_iter().map(|item| {
            json!({
                "title": item.title, "user": item.user.resolved, "password": item.password.resolved,
                "url": item.url.resolved, "fields": item.fields, "attachment": item.attachment,
            })
        });
        json!({
            "file": self.path("pykeepass.kdbx"),
            "password": self.keys.password,
            "key_file": self.keys.key_file,
            "items": items.collect::<Vec<_>>(),
        })
    }
}

fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort();
    rows
}

fn code(totp: &Totp) -> String {
    totp.code(totp.step(AT)).expose_secret().to_owned()
}

fn check_entry(entry: &Entry, item: &Item) {
    let title = &item.title;
    assert_eq!(*entry.title, **title);
    assert_eq!(*entry.user_name, *item.user.resolved, "{title}");
    let password = entry.password.as_ref().map(|text| text.expose_secret()).unwrap_or_default();
    assert!(password == item.password.resolved, "{title}: the password is wrong");
    let main = Some(&item.url.resolved).filter(|url| !url.is_empty());
    let more = item.fields.iter().filter(|(name, ..)| name == "KP2A_URL").map(|(_, text, _)| text);
    let urls: Vec<&str> = main.into_iter().chain(more).map(String::as_str).collect();
    assert_eq!(entry.urls.iter().map(|url| &**url).collect::<Vec<_>>(), urls, "{title}");
    assert_eq!(entry.totp.is_some(), item.totp, "{title}");
    let extras = item.fields.iter().filter(|(name, text, _)| {
        !matches!(name.as_str(), "KP2A_URL" | "otp" | "TOTP Seed" | "TOTP Settings") && !text.trim().is_empty()
    });
    let label = |name: &str| if name == "Notes" { String::new() } else { name.to_owned() };
    // KeePassXC sorts fields by their names.
    let mut expected: Vec<_> = extras.map(|(name, text, _)| (label(name), text.clone())).collect();
    let got = entry.extras().iter().map(|extra| (extra.label.to_string(), extra.value.expose_secret().to_owned()));
    let mut got: Vec<_> = got.collect();
    expected.sort();
    got.sort();
    assert!(got == expected, "{title}: custom fields or notes differ");
}

/// One seed's vault through every program that is there.
fn compare(seed: u64, has_keepassxc: bool, python: Option<&str>) {
    let mut vault = Vault::new(seed);
    let xml = vault.path("plain.xml");
    std::fs::write(&xml, vault.model.document(true).replace(" Protected=", " ProtectInMemory=")).unwrap();
    vault.check(&vault.read(&xml));
    if has_keepassxc {
        let imported = vault.path("imported.kdbx");
        assert!(programs::import(&xml, &vault.keys, &imported), "KeePassXC imports it");
        let import = vault.read(&imported);
        vault.check(&import);
        vault.check_keepassxc(&imported, &import);
        let exported = vault.path("exported.xml");
        std::fs::write(&exported, programs::export_xml(&imported, &vault.keys).unwrap()).unwrap();
        vault.check(&vault.read(&exported));
    }
    let Some(python) = python else { return };
    let job = vault.job();
    let pykeepass = seed % 4 == 1 && vault.keys.password.is_some();
    programs::write(
        python,
        &[Some(job), pykeepass.then(|| vault.pykeepass_job())].into_iter().flatten().collect::<Vec<_>>(),
    );
    let written = vault.path("written.kdbx");
    let import = vault.read(&written);
    vault.check(&import);
    if has_keepassxc {
        vault.check_keepassxc(&written, &import);
    }
    let rows = catch_unwind(AssertUnwindSafe(|| programs::keepass(&written, &vault.keys))).ok().flatten();
    // What it reads wrongly or refuses is listed, file by file, in `differential.rs`.
    let agrees = rows.is_some_and(|rows| sorted(rows) == vault.raw_rows());
    assert!(agrees || vault.model.is_hard_for_keepass(), "the `keepass` crate reads it otherwise");
    if pykeepass {
        let import = vault.read(&vault.path("pykeepass.kdbx"));
        assert!(import.problems.is_empty(), "{:?}", import.problems);
        assert_eq!(import.entries.len(), vault.model.items.len());
        for (entry, item) in import.entries.iter().zip(vault.model.in_order()) {
            check_entry(entry, item);
        }
    }
}

#[test]
#[allow(clippy::print_stderr, reason = "a skipped comparison says so")]
fn every_program_reads_a_generated_vault_alike() {
    let has_keepassxc = programs::has_keepassxc();
    let python = programs::python();
    if !has_keepassxc {
        eprintln!("skipped: keepassxc-cli is not installed");
    }
    if python.is_none() {
        eprintln!("skipped: no Python with the package `pykeepass` (set REKEY_PYTHON)");
    }
    let seeds = seeds();
    let next = AtomicU64::new(0);
    let failed = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(seed) = seeds.get(usize::try_from(next.fetch_add(1, Ordering::Relaxed)).unwrap()) {
                    if catch_unwind(|| compare(*seed, has_keepassxc, python.as_deref())).is_err() {
                        failed.lock().unwrap().push(*seed);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "see above; to repeat one: REKEY_TEST_SEED=n, n of {failed:?}");
}
