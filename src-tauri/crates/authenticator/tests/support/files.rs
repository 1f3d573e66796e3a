//! The store's file in the hands of others.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use keepass::db::Times;
use keepass::{Database, DatabaseKey};
use rekey_authenticator::{Authenticator as _, AuthenticatorError, Nobody, Store, UserVerification};
use rekey_webauthn::MadeCredential;
use secrecy::{ExposeSecret as _, SecretString};

use super::{PASSPHRASE, create, create_options};

pub async fn try_add(store: &mut Store, user: &str) -> Result<MadeCredential, AuthenticatorError> {
    let request = create("https://example.com", &create_options(None, user, &[]));
    store.make_credential(&request, UserVerification::NotVerified, &Nobody).await
}

pub async fn add(store: &mut Store, user: &str) -> MadeCredential {
    try_add(store, user).await.unwrap()
}

pub fn database(path: &Path) -> Database {
    Database::parse(&fs::read(path).unwrap(), DatabaseKey::new().with_password(PASSPHRASE)).unwrap()
}

pub fn save(path: &Path, database: &Database, passphrase: &str) {
    let mut bytes = Vec::new();
    database.save(&mut bytes, DatabaseKey::new().with_password(passphrase)).unwrap();
    fs::write(path, bytes).unwrap();
}

/// What another program does to the file.
pub fn edit(path: &Path, change: impl FnOnce(&mut Database)) {
    let mut database = database(path);
    change(&mut database);
    save(path, &database, PASSPHRASE);
}

/// Another program deletes every entry, and says so.
pub fn delete_for_good(path: &Path) {
    edit(path, |database| {
        let ids: Vec<_> = database.iter_all_entries().map(|entry| entry.id()).collect();
        for id in ids {
            database.deleted_objects.insert(id.uuid(), Some(Times::now()));
            database.entry_mut(id).unwrap().remove();
        }
    });
}

/// The user names of the store's passkeys, sorted.
pub fn users(store: &Store) -> Vec<String> {
    let mut users: Vec<String> = store.passkeys().into_iter().map(|passkey| passkey.user_name).collect();
    users.sort();
    users
}

/// The user names in a file, as one who opens it finds them.
pub fn users_in(path: &Path, passphrase: &SecretString) -> Vec<String> {
    users(&Store::open(path, passphrase).unwrap())
}

/// The names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The backups beside a store that there may be, newest first.
pub fn backup(path: &Path, number: usize) -> PathBuf {
    let ending = if number == 1 { "kdbx.bak".to_owned() } else { format!("kdbx.bak{number}") };
    path.with_extension(ending)
}

/// Runs KeePassXC's command line over a file with the store's passphrase.
pub fn keepassxc(arguments: &[&str]) -> String {
    keepassxc_with(arguments, &SecretString::from(PASSPHRASE))
}

pub fn keepassxc_with(arguments: &[&str], passphrase: &SecretString) -> String {
    use std::io::Write as _;
    let mut child = Command::new("keepassxc-cli")
        .args(arguments)
        .env("QT_QPA_PLATFORM", "offscreen")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("keepassxc-cli is missing: cargo xtask setup");
    writeln!(child.stdin.take().unwrap(), "{}", passphrase.expose_secret()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
