//! Invented vaults of any size. Every run makes the same ones.

use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;

use anyhow::{Result, bail};
use keepass::config::KdfConfig;
use keepass::db::{EntryMut, fields};
use keepass::{Database, DatabaseKey};
use serde_json::json;

use crate::random::Random;

/// The password of every encrypted file.
pub(crate) const PASSWORD: &str = "a made-up password";

/// Memory of the measured Argon2, in bytes.
pub(crate) const ARGON2_MEMORY: u32 = 64 << 20;
/// Its passes over the memory.
pub(crate) const ARGON2_PASSES: u32 = 10;
/// Its lanes.
pub(crate) const ARGON2_LANES: u32 = 2;

/// How a password becomes a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kdf {
    /// One round of AES: next to nothing.
    Aes,
    /// Argon2d.
    Argon2,
}

/// The entries of one group.
const GROUP: usize = 250;

/// One made-up login.
struct Login {
    title: String,
    url: String,
    user_name: String,
    password: String,
    note: Option<String>,
    otpauth: Option<String>,
}

/// The logins of a vault: a note on a tenth, a one-time password on a fifth.
fn logins(count: usize) -> impl Iterator<Item = Login> {
    let mut random = Random::default();
    (0..count).map(move |number| {
        let site = format!("{}{}", random.word(4..9), number % 9973);
        let name = format!("{}.{}", random.word(4..8), random.word(5..9));
        let user_name = format!("{name}@{}.example.org", random.word(4..8));
        let note = number.is_multiple_of(10).then(|| {
            let words: Vec<String> = (0..14).map(|_| random.word(3..9)).collect();
            format!("{}.\nPIN {}", words.join(" "), random.below(10_000))
        });
        let otpauth = (number % 5 == 1).then(|| {
            let secret = random.text(32, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
            format!("otpauth://totp/{site}:{name}?secret={secret}&issuer={site}&period=30&digits=6")
        });
        Login {
            title: format!("{site} {}", random.word(4..9)),
            url: format!("https://www.{site}.com/{}/{}", random.word(4..9), random.word(4..9)),
            user_name,
            password: random.text(20, b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#%+-_;,"),
            note,
            otpauth,
        }
    })
}

/// Writes a KDBX 4 file with AES and gzip.
pub(crate) fn kdbx(path: &Path, count: usize, kdf: Kdf) -> Result<()> {
    let mut database = Database::new();
    match (&mut database.config.kdf_config, kdf) {
        (KdfConfig::Argon2 { iterations, memory, parallelism, .. }, Kdf::Argon2) => {
            (*iterations, *memory, *parallelism) = (ARGON2_PASSES.into(), ARGON2_MEMORY.into(), ARGON2_LANES);
        }
        (_, Kdf::Argon2) => bail!("the default is Argon2d no more"),
        (config, Kdf::Aes) => *config = KdfConfig::Aes { rounds: 1 },
    }
    let logins: Vec<Login> = logins(count).collect();
    for (number, chunk) in logins.chunks(GROUP).enumerate() {
        let mut root = database.root_mut();
        let mut group = root.add_group();
        group.name = format!("Group {number}");
        for login in chunk {
            group.add_entry().edit(|entry: &mut EntryMut<'_>| {
                entry.set_unprotected(fields::TITLE, login.title.as_str());
                entry.set_unprotected(fields::URL, login.url.as_str());
                entry.set_unprotected(fields::USERNAME, login.user_name.as_str());
                entry.set_protected(fields::PASSWORD, login.password.as_str());
                entry.set_unprotected(fields::NOTES, login.note.as_deref().unwrap_or_default());
                if let Some(otpauth) = &login.otpauth {
                    entry.set_protected(fields::OTP, otpauth.as_str());
                }
            });
        }
    }
    database.save(&mut File::create(path)?, DatabaseKey::new().with_password(PASSWORD))?;
    Ok(())
}

/// Writes Bitwarden's CSV.
pub(crate) fn bitwarden_csv(path: &Path, count: usize) -> Result<()> {
    let mut text = String::from(
        "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n",
    );
    for (number, login) in logins(count).enumerate() {
        let folder = number / GROUP;
        let note = login.note.map(|note| format!("\"{note}\"")).unwrap_or_default();
        let otpauth = login.otpauth.unwrap_or_default();
        let Login { title, url, user_name, password, .. } = login;
        writeln!(text, "Group {folder},,login,{title},{note},,0,{url},{user_name},\"{password}\",{otpauth}")?;
    }
    Ok(std::fs::write(path, text)?)
}

/// Writes Bitwarden's unencrypted JSON, indented as Bitwarden does it.
pub(crate) fn bitwarden_json(path: &Path, count: usize) -> Result<()> {
    let id = |number: usize| format!("{number:08x}-5c1d-4e1f-9b7a-a1b2c3d4e5f6");
    let folders: Vec<_> = (0..count.div_ceil(GROUP))
        .map(|number| json!({ "id": id(number), "name": format!("Group {number}") }))
        .collect();
    let items: Vec<_> = logins(count)
        .enumerate()
        .map(|(number, login)| {
            json!({
                "passwordHistory": null,
                "revisionDate": "2024-03-01T10:20:30.123Z",
                "creationDate": "2023-03-01T10:20:30.123Z",
                "deletedDate": null,
                "id": id(number),
                "organizationId": null,
                "folderId": id(number / GROUP),
                "type": 1,
                "reprompt": 0,
                "name": login.title,
                "notes": login.note,
                "favorite": false,
                "login": {
                    "fido2Credentials": [],
                    "uris": [{ "match": null, "uri": login.url }],
                    "username": login.user_name,
                    "password": login.password,
                    "totp": login.otpauth,
                },
                "collectionIds": null,
            })
        })
        .collect();
    let export = json!({ "encrypted": false, "folders": folders, "items": items });
    Ok(std::fs::write(path, serde_json::to_vec_pretty(&export)?)?)
}
