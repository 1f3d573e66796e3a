//! Vault files to import.

use std::fs::File;
use std::path::Path;

use anyhow::Result;
use keepass::db::{EntryMut, fields};
use keepass::{Database, DatabaseKey};

/// One entry of a vault file. An empty text leaves its field out.
#[derive(Debug, Clone, Default)]
pub struct VaultEntry {
    /// The entry's title.
    pub title: String,
    /// The address of the site or of its sign-in page.
    pub url: String,
    /// The user name.
    pub user_name: String,
    /// The password.
    pub password: String,
    /// A bare secret in Base32, or an `otpauth` address.
    pub otp: String,
}

/// Writes a KDBX 4.1 file that opens with `password`.
pub fn write_kdbx(path: &Path, password: &str, entries: &[VaultEntry]) -> Result<()> {
    let mut database = Database::new();
    for entry in entries {
        let plain = [(fields::TITLE, &entry.title), (fields::URL, &entry.url), (fields::USERNAME, &entry.user_name)];
        let protected = [(fields::PASSWORD, &entry.password), (fields::OTP, &entry.otp)];
        database.root_mut().add_entry().edit(|written: &mut EntryMut<'_>| {
            for (name, value) in plain.into_iter().filter(|(_, value)| !value.is_empty()) {
                written.set_unprotected(name, value.as_str());
            }
            for (name, value) in protected.into_iter().filter(|(_, value)| !value.is_empty()) {
                written.set_protected(name, value.as_str());
            }
        });
    }
    database.save(&mut File::create(path)?, DatabaseKey::new().with_password(password))?;
    Ok(())
}
