//! Exports that were cut or changed on their way: an error or the data, and never something else.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod case;

use rekey_vault::{Entry, read};
use secrecy::ExposeSecret as _;

/// What counts of entries: that of a changed file must be that of the intact one.
fn secrets(entries: &[Entry]) -> Vec<(String, String, String)> {
    let password = |entry: &Entry| entry.password.as_ref().map_or(String::new(), |p| p.expose_secret().to_owned());
    entries.iter().map(|entry| (entry.title.to_string(), entry.user_name.to_string(), password(entry))).collect()
}

/// No cut of these is read: what they end with closes them. (An OpenPGP armour's last line closes nothing.)
#[test]
fn an_export_that_was_cut_anywhere_is_refused() {
    for name in [
        "bitwarden/password-fuzz",
        "bitwarden/plain",
        "bitwarden/archive",
        "onepux/all",
        "proton/all",
        "proton/archive",
        "cxf/all",
        "cxf/archive-cxf",
    ] {
        let case = case::named(name);
        let bytes = case.bytes();
        let whole = bytes.trim_ascii_end().len();
        // Every place of a small file; a larger one repeats itself.
        for at in (0..whole).step_by(1 + whole / 1000) {
            assert!(read(&bytes[..at], &case.unlock(), &case.options()).is_err(), "{name}: cut at {at}");
        }
        assert!(read(&bytes, &case.unlock(), &case.options()).is_ok(), "{name}");
    }
}

/// Encrypted content and archives have checksums: whatever bit is changed, no other password comes out.
#[test]
fn a_changed_bit_never_makes_another_password() {
    for name in
        ["bitwarden/password-fuzz", "onepux/all", "proton/archive", "proton/passphrase-salted", "cxf/archive-cxf"]
    {
        let case = case::named(name);
        let bytes = case.bytes();
        let intact = secrets(&read(&bytes, &case.unlock(), &case.options()).unwrap().entries);
        assert!(!intact.is_empty(), "{name}");
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (at % 8);
            if let Ok(import) = read(&changed, &case.unlock(), &case.options()) {
                assert!(secrets(&import.entries) == intact, "{name}: changed at {at}");
            }
        }
    }
}
