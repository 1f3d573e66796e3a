//! KDB and KeePass XML files that were damaged or made to do harm.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod case;

use rekey_vault::{Import, Options, ReadError, Unlock, read};
use secrecy::ExposeSecret;

/// What was read, as far as damage could change it without being noticed.
fn rows(import: &Import) -> Vec<(String, String, Option<String>, String)> {
    let password = |entry: &rekey_vault::Entry| entry.password.as_ref().map(|text| text.expose_secret().to_owned());
    let url = |entry: &rekey_vault::Entry| entry.urls.first().map(ToString::to_string).unwrap_or_default();
    import
        .entries
        .iter()
        .map(|entry| (entry.location(), entry.user_name.to_string(), password(entry), url(entry)))
        .collect()
}

/// No single changed bit and no cut of a KDB file is read as something else than the intact file.
#[test]
fn damage_is_never_read_as_a_vault() {
    for name in ["keepass/kdb-aes", "keepass/kdb-newer"] {
        let case = case::named(name);
        let bytes = case.bytes();
        let mut options = case.options();
        // Changed rounds are many rounds.
        options.limits.aes_rounds = 1000;
        let intact = rows(&read(&bytes, &case.unlock(), &options).unwrap());
        let check = |bytes: &[u8], at: usize| {
            if let Ok(import) = read(bytes, &case.unlock(), &options) {
                assert!(rows(&import) == intact, "{name}: read as something else at {at}");
            }
        };
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (at % 8);
            check(&changed, at);
            check(&bytes[..at], at);
        }
    }
}

/// A cut XML export is never taken for a whole one.
#[test]
fn a_cut_export_is_damaged() {
    let bytes = case::named("keepass/xml-export").bytes();
    let end = bytes.len() - bytes.iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
    for at in 1..end {
        let got = read(&bytes[..at], &Unlock::none(), &Options::default());
        assert!(got.is_err(), "cut at {at}");
    }
}

#[test]
fn nesting_is_bounded() {
    let check = |bytes: &[u8]| {
        let got = read(bytes, &Unlock::none(), &Options::default());
        assert!(matches!(got, Err(ReadError::TooCostly { .. })), "{got:?}");
    };
    check(format!("<KeePassFile><Root>{}", "<Group>".repeat(50_000)).as_bytes());
    check(format!("<KeePassFile><Root>{}{}", "<Group>".repeat(50_000), "</Group>".repeat(50_000)).as_bytes());
    check(format!("<KeePassFile><Meta>{}", "<a>".repeat(50_000)).as_bytes());
}
