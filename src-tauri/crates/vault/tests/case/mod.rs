//! The fixtures as data, for the tests that run over them.
#![allow(dead_code, unreachable_pub, reason = "each test uses its part")]

use std::path::{Path, PathBuf};

use rekey_vault::{KeyFile, Limits, Unlock};
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
        entries: Vec<ExpectedEntry>,
        problems: Vec<(String, String)>,
        recycled: usize,
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
    pub expires_at: Option<i64>,
    /// Absent: not looked at; null: none.
    #[serde(default, deserialize_with = "present")]
    pub modified_at: Option<Option<i64>>,
}

fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Option<i64>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Every fixture, by name.
pub fn all() -> Vec<Case> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .filter_map(|file| file.unwrap().file_name().into_string().ok()?.strip_suffix(".json").map(str::to_owned))
        .filter(|name| !name.ends_with(".bitwarden"))
        .collect();
    names.sort();
    names.iter().map(|name| named(name)).collect()
}

pub fn named(name: &str) -> Case {
    let text = std::fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
    let case: Case = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    Case { name: name.to_owned(), ..case }
}

impl Case {
    pub fn path(&self) -> PathBuf {
        folder().join(&self.file)
    }

    pub fn key_path(&self) -> Option<PathBuf> {
        self.key_file.as_ref().map(|name| folder().join(name))
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

    pub fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        limits.inflated = self.limits.inflated.unwrap_or(limits.inflated);
        limits
    }
}
