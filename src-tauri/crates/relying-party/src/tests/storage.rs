//! What stays in the file, and how.

use std::time::SystemTime;

use secrecy::ExposeSecret;

use super::site;
use crate::config::Storage;
use crate::{Config, Error, PracticeSite, Seed, StorageKey, StoreError};

fn config(path: &std::path::Path, key: &StorageKey, accounts: Vec<Seed>) -> Config {
    Config { storage: Storage::File { path: path.to_owned(), key: key.clone() }, accounts, ..Config::default() }
}

#[tokio::test]
async fn accounts_outlive_the_site_and_no_secret_stands_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let (path, key) = (folder.path().join("practice.sqlite"), StorageKey::random());
    let seeds = Seed::practice(2);
    let first = PracticeSite::start(config(&path, &key, seeds.clone())).await.unwrap();
    let records = first.records().unwrap();
    first.stop().await;
    let mut later = Seed::practice(3);
    later[0].password = "another".to_owned().into();
    let second = PracticeSite::start(config(&path, &key, later)).await.unwrap();
    let again = second.records().unwrap();
    assert_eq!(again[..2], records[..], "the accounts that were there stay as they were");
    assert_eq!(again.len(), 3);
    second.stop().await;

    let mut bytes = Vec::new();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        bytes.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    let totp = seeds[0].totp.as_ref().unwrap().expose_secret();
    let raw = data_encoding::BASE32_NOPAD.decode(totp.as_bytes()).unwrap();
    for secret in [seeds[0].password.expose_secret().as_bytes(), totp.as_bytes(), &raw, key.as_bytes()] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn a_file_that_is_not_the_sites_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("practice.sqlite");
    let key = StorageKey::random();
    PracticeSite::start(config(&path, &key, Seed::practice(1))).await.unwrap().stop().await;
    let error = PracticeSite::start(config(&path, &StorageKey::random(), Seed::practice(1))).await.err().unwrap();
    assert!(matches!(error, Error::Storage(StoreError::Sealed)), "{error:?}");
    let other = folder.path().join("letter.txt");
    std::fs::write(&other, "a letter to somebody, which is no database at all ".repeat(30)).unwrap();
    let before = std::fs::read(&other).unwrap();
    let error = PracticeSite::start(config(&other, &key, Vec::new())).await.err().unwrap();
    assert!(matches!(error, Error::Storage(StoreError::Sqlite(_))), "{error:?}");
    assert_eq!(std::fs::read(&other).unwrap(), before);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let error = PracticeSite::start(config(&path, &key, Vec::new())).await.err().unwrap();
    assert!(matches!(error, Error::Storage(StoreError::Version { found: 99, .. })), "{error:?}");
}

/// Whoever reads the file can take nobody's session.
#[test]
fn the_file_knows_sessions_by_a_hash() {
    let site = site(&Config::default());
    let state = site.state();
    let session = state.store.begin_session(SystemTime::now()).unwrap();
    assert_ne!(session.id.hash().as_slice(), session.id.as_str().as_bytes());
    let claimed = crate::store::SessionId::claimed(session.id.as_str());
    assert!(state.store.touch_session(&claimed, SystemTime::now()).unwrap().is_some());
    let hash = data_encoding::BASE64URL_NOPAD.encode(&session.id.hash());
    let stolen = crate::store::SessionId::claimed(&hash);
    assert!(state.store.touch_session(&stolen, SystemTime::now()).unwrap().is_none());
}
