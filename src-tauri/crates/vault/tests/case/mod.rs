//! The fixtures as data, for the tests that run over them.
#![allow(dead_code, unreachable_pub, reason = "each test uses its part")]

use std::path::{Path, PathBuf};

use rekey_vault::{KeyFile, Options, Unlock};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    #[serde(skip)]
    pub name: String,
    #[serde(default)]
    pub about: String,
    pub file: String,
    pub password: Option<String>,
    pub key_file: Option<String>,
    #[serde(default)]
    pub limits: CaseLimits,
    pub expect: Expect,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct CaseLimits {
    pub inflated: Option<u64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub enum Expect {
    Error {
        error: String,
        detail: Option<String>,
    },
    Entries {
        /// The format's name; absent: not looked at.
        format: Option<String>,
        entries: Vec<ExpectedEntry>,
        /// Issuer, name and the code at 59 seconds after 1970.
        #[serde(default)]
        tokens: Vec<(String, String, String)>,
        #[serde(default)]
        problems: Vec<(String, String)>,
        #[serde(default)]
        recycled: usize,
        #[serde(default)]
        templates: usize,
        /// Absent: not looked at.
        not_logins: Option<usize>,
        /// Site, user name, password.
        accounts: Option<Vec<(String, String, String)>>,
        account_problems: Option<Vec<(String, String)>>,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedEntry {
    pub title: String,
    #[serde(default)]
    pub group: String,
    pub user_name: String,
    pub password: Option<String>,
    pub urls: Vec<String>,
    /// The code at 59 seconds after 1970; absent: no TOTP.
    pub totp_at_59: Option<String>,
    #[serde(default)]
    pub has_passkey: bool,
    /// Relying party and user name of each passkey; absent: only [`Self::has_passkey`] is looked at.
    pub passkeys: Option<Vec<(String, String)>>,
    #[serde(default)]
    pub other_names: Vec<String>,
    #[serde(default)]
    pub archived: bool,
    /// Label and value of custom fields and notes; absent: not looked at.
    pub extras: Option<Vec<(String, String)>>,
    pub expires_at: Option<i64>,
    /// Absent: not looked at; null: none.
    #[serde(default, deserialize_with = "present")]
    pub modified_at: Option<Option<i64>>,
    /// Likewise.
    #[serde(default, deserialize_with = "present")]
    pub password_changed_at: Option<Option<i64>>,
}

fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Option<i64>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Every fixture, by name; those of a folder are called `FOLDER/NAME`.
pub fn all() -> Vec<Case> {
    let mut names = Vec::new();
    let mut folders = vec![folder()];
    while let Some(at) = folders.pop() {
        for file in std::fs::read_dir(at).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(name) = path.strip_prefix(folder()).unwrap().to_str().unwrap().strip_suffix(EXPECT) {
                names.push(name.to_owned());
            }
        }
    }
    names.sort();
    names.iter().map(|name| named(name)).collect()
}

/// How the files end that state what is expected.
const EXPECT: &str = ".expect.json";

pub fn named(name: &str) -> Case {
    let text = std::fs::read_to_string(folder().join(format!("{name}{EXPECT}"))).unwrap();
    let case: Case = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    Case { name: name.to_owned(), ..case }
}

impl Case {
    /// The folder that its files are in.
    fn folder(&self) -> PathBuf {
        folder().join(&self.name).parent().unwrap().to_owned()
    }

    pub fn path(&self) -> PathBuf {
        self.folder().join(&self.file)
    }

    pub fn key_path(&self) -> Option<PathBuf> {
        self.key_file.as_ref().map(|name| self.folder().join(name))
    }

    pub fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.path()).unwrap()
    }

    pub fn unlock(&self) -> Unlock {
        Unlock {
            password: self.password.as_deref().map(Into::into),
            key_file: self.key_path().map(|path| KeyFile::from(std::fs::read(path).unwrap())),
        }
    }

    /// Whether opening it takes a key derivation, which takes most of the time without optimisation.
    pub fn is_slow(&self) -> bool {
        rekey_vault::detect(&self.bytes()).is_some_and(|found| found.lock != rekey_vault::Lock::Open)
    }

    pub fn options(&self) -> Options<'static> {
        let mut options = Options::default();
        options.limits.inflated = self.limits.inflated.unwrap_or(options.limits.inflated);
        options
    }
}
