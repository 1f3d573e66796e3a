//! The store's file: what it survives, what it refuses, who else can read it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program")]

mod support;

use std::fs;

use keepass::{Database, DatabaseKey};
use rekey_authenticator::{Authenticator, AuthenticatorError, Damage, Nobody, Store, StoreError, UserVerification};
use rekey_webauthn::CredentialId;
use secrecy::SecretString;
use support::files::{add, database, edit, keepassxc};
use support::{PASSPHRASE, create, create_options, folder, get, passphrase, store};

#[tokio::test]
async fn a_passkey_is_there_after_reopening() {
    let (_folder, mut store) = store();
    let path = store.path().to_owned();
    let made = add(&mut store, "ann").await;
    drop(store);

    let mut store = Store::open(&path, &passphrase()).unwrap();
    let listed = store.passkeys();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].credential_id, made.credential_id);
    assert_eq!((listed[0].rp_id.as_str(), listed[0].user_name.as_str()), ("example.com", "ann"));
    let request = get("https://example.com", &[], "preferred");
    let signed =
        store.get_assertion(&request, Some(&made.credential_id), UserVerification::NotVerified, &Nobody).await.unwrap();
    assert_eq!(signed.credential_id, made.credential_id);
}

#[tokio::test]
async fn a_forgotten_passkey_does_not_answer_and_can_be_taken_out_again() {
    let (_folder, mut store) = store();
    let path = store.path().to_owned();
    let ann = add(&mut store, "ann").await.credential_id;
    let bob = add(&mut store, "bob").await.credential_id;
    for id in [&ann, &bob] {
        assert!(store.contains(id));
        store.forget(id, &Nobody).await.unwrap();
        assert!(!store.contains(id));
        assert!(matches!(store.forget(id, &Nobody).await, Err(AuthenticatorError::NoCredential)));
    }
    let request = get("https://example.com", &[ann.to_string()], "preferred");
    let refused = store.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await;
    assert!(matches!(refused, Err(AuthenticatorError::NoCredential)));
    drop(store);
    assert!(Store::open(&path, &passphrase()).unwrap().passkeys().is_empty());

    // One bin for both; the person moves one out of it.
    let kept = database(&path);
    assert_eq!((kept.num_entries(), kept.num_groups(), kept.recycle_bin().unwrap().entries().count()), (2, 2, 2));
    edit(&path, |database| {
        let root = database.root().id();
        database.foreach_entry_mut(|mut entry| {
            if entry.get("UserName") == Some("ann") {
                entry.move_to(root).unwrap();
            }
        });
    });
    let mut store = Store::open(&path, &passphrase()).unwrap();
    assert!(store.contains(&ann) && !store.contains(&bob));
    store.get_assertion(&request, Some(&ann), UserVerification::NotVerified, &Nobody).await.unwrap();
}

#[tokio::test]
async fn only_a_store_of_rekeys_is_opened() {
    let (_folder, store) = store();
    let path = store.path().to_owned();
    drop(store);
    let check = |expect: bool, what: &str, change: &dyn Fn(&mut Database)| {
        let whole = fs::read(&path).unwrap();
        edit(&path, change);
        let edited = fs::read(&path).unwrap();
        match Store::open(&path, &passphrase()) {
            Ok(_) => assert!(expect, "{what}"),
            Err(error) => assert!(!expect && matches!(error, StoreError::NotAStore), "{what}: {error:?}"),
        }
        assert_eq!(fs::read(&path).unwrap(), edited, "{what}");
        fs::write(&path, whole).unwrap();
    };
    check(true, "renamed", &|database| database.meta.database_name = Some("Mine".to_owned()));
    check(false, "without the mark", &|database| database.meta.custom_data.clear());
    check(false, "another vault", &|database| *database = Database::new());
    check(false, "a vault with a store's mark, as a merge leaves it", &|database| {
        let mark = database.meta.custom_data.clone();
        *database = Database::new();
        database.meta.custom_data = mark;
    });
}

#[tokio::test]
async fn nothing_is_written_while_something_could_not_be_read() {
    let check = async |expect: bool, what: &str, change: &dyn Fn(&mut Database)| {
        let (_folder, mut store) = store();
        let path = store.path().to_owned();
        let ann = add(&mut store, "ann").await.credential_id;
        drop(store);
        edit(&path, change);
        let files = || (fs::read(&path).unwrap(), fs::read(path.with_extension("kdbx.bak")).unwrap());
        let theirs = files();
        let mut store = Store::open(&path, &passphrase()).unwrap();
        let request = create("https://example.com", &create_options(None, "bob", &[]));
        let made = store.make_credential(&request, UserVerification::NotVerified, &Nobody).await;
        if expect {
            made.unwrap();
            return;
        }
        assert!(matches!(made, Err(AuthenticatorError::Store(StoreError::Unreadable))), "{what}: {made:?}");
        if store.contains(&ann) {
            let forgotten = store.forget(&ann, &Nobody).await;
            assert!(matches!(forgotten, Err(AuthenticatorError::Store(StoreError::Unreadable))), "{what}");
        }
        assert!(files() == theirs, "{what}");
    };
    const PEM: &str = "KPEX_PASSKEY_PRIVATE_KEY_PEM";
    check(false, "a key that is none", &|database| {
        database.foreach_entry_mut(|mut entry| entry.set_protected(PEM, "no key"));
    })
    .await;
    check(false, "a key that is none, in the recycle bin", &|database| {
        let bin = database.root_mut().add_group().id();
        database.meta.recyclebin_uuid = Some(bin.uuid());
        database.group_mut(bin).unwrap().add_entry().set_protected(PEM, "no key");
    })
    .await;
    check(false, "a password that is no text", &|database| {
        database.root_mut().add_entry().set_protected("Password", "\u{fffd}x");
    })
    .await;
    check(false, "a former version with one", &|database| {
        database.foreach_entry_mut(|mut entry| {
            entry.set_protected("Password", "\u{fffd}x");
            entry.track_changes().set_protected("Password", "x");
        });
    })
    .await;
    check(true, "a key of another kind", &|database| {
        let mut root = database.root_mut();
        let mut entry = root.add_entry();
        let copied = [
            ("KPEX_PASSKEY_CREDENTIAL_ID", "AQID"),
            ("KPEX_PASSKEY_RELYING_PARTY", "example.org"),
            ("KPEX_PASSKEY_USER_HANDLE", "AQID"),
            (PEM, "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n"),
        ];
        copied.into_iter().for_each(|(name, value)| entry.set_protected(name, value));
    })
    .await;
    check(true, "a note with a replacement character", &|database| {
        database.root_mut().add_entry().set_unprotected("Notes", "\u{fffd}");
    })
    .await;
}

#[tokio::test]
async fn the_entry_has_keepassxcs_attributes() {
    let (_folder, mut store) = store();
    let made = add(&mut store, "ann").await;
    let database = database(store.path());
    let entry = database.iter_all_entries().next().unwrap();
    assert_eq!(entry.tags, ["Passkey"]);
    let field = |name: &str| (entry.get(name).unwrap().to_owned(), entry.fields[name].is_protected());
    assert_eq!(field("KPEX_PASSKEY_CREDENTIAL_ID"), (made.credential_id.to_string(), true));
    assert_eq!(made.credential_id.as_bytes().len(), 32);
    assert_eq!(field("KPEX_PASSKEY_USER_HANDLE"), ("YW5u".to_owned(), true));
    assert_eq!(field("KPEX_PASSKEY_USERNAME"), ("ann".to_owned(), false));
    assert_eq!(field("KPEX_PASSKEY_RELYING_PARTY"), ("example.com".to_owned(), false));
    assert_eq!(field("KPEX_PASSKEY_FLAG_BE"), ("1".to_owned(), false));
    assert_eq!(field("KPEX_PASSKEY_FLAG_BS"), ("0".to_owned(), false));
    let (pem, protected) = field("KPEX_PASSKEY_PRIVATE_KEY_PEM");
    assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n") && protected);
    assert_eq!(database.config.version.to_string(), "KDBX4.1");
}

#[tokio::test]
async fn stored_flags_are_honoured_and_unknown_attributes_kept() {
    let (_folder, mut store) = store();
    let path = store.path().to_owned();
    add(&mut store, "ann").await;
    drop(store);
    edit(&path, |database| {
        database.foreach_entry_mut(|mut entry| {
            entry.set_unprotected("KPEX_PASSKEY_FLAG_BE", "0");
            entry.set_unprotected("KPEX_PASSKEY_FLAG_BS", "0");
            entry.set_protected("KPEX_PASSKEY_PRF", "from another program");
        });
    });
    let mut store = Store::open(&path, &passphrase()).unwrap();
    let request = get("https://example.com", &[], "preferred");
    let signed = store.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await.unwrap();
    assert_eq!(signed.authenticator_data[32], 0b0000_0001, "UP alone");
    add(&mut store, "bob").await;
    let database = database(&path);
    let kept = database.iter_all_entries().filter(|e| e.get("KPEX_PASSKEY_PRF") == Some("from another program"));
    assert_eq!(kept.count(), 1);
}

#[tokio::test]
async fn what_was_thrown_away_or_is_broken_does_not_answer() {
    let (_folder, mut store) = store();
    let path = store.path().to_owned();
    add(&mut store, "ann").await;
    add(&mut store, "bob").await;
    drop(store);
    edit(&path, |database| {
        let bin = database.root_mut().add_group().id();
        database.meta.recyclebin_uuid = Some(bin.uuid());
        database.foreach_entry_mut(|mut entry| match entry.get("UserName") {
            Some("ann") => entry.move_to(bin).unwrap(),
            _ => entry.set_protected("KPEX_PASSKEY_PRIVATE_KEY_PEM", "no key"),
        });
    });
    let mut store = Store::open(&path, &passphrase()).unwrap();
    assert!(store.passkeys().is_empty());
    assert_eq!(store.unreadable(), ["example.com (Passkey)"]);
    let request = get("https://example.com", &[], "preferred");
    let refused = store.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await;
    assert!(matches!(refused, Err(AuthenticatorError::NoCredential)));
}

#[test]
fn wrong_passphrases_other_files_and_a_second_rekey_are_refused() {
    let (_folder, store) = store();
    let path = store.path().to_owned();
    assert!(matches!(Store::open(&path, &passphrase()), Err(StoreError::Locked)));
    drop(store);
    assert!(matches!(Store::open(&path, &SecretString::from("wrong")), Err(StoreError::WrongPassphrase)));
    assert!(matches!(Store::create(&path, &passphrase()), Err(StoreError::Exists)));
    let store = Store::open(&path, &passphrase()).unwrap();
    assert!(store.verify(&SecretString::from("wrong"), [], std::time::SystemTime::now()).is_err());
    assert!(!format!("{store:?}").contains(PASSPHRASE));

    let (_folder, path) = folder();
    assert!(matches!(Store::open(&path, &passphrase()), Err(StoreError::Missing)));
    assert!(matches!(Store::create(&path, &SecretString::from("")), Err(StoreError::EmptyPassphrase)));
    fs::write(&path, "Title,URL,Username,Password\n").unwrap();
    assert!(matches!(Store::open(&path, &passphrase()), Err(StoreError::Damaged(Damage::NotKdbx4))));
}

#[test]
fn a_cut_off_or_altered_file_is_damaged() {
    let (_folder, store) = store();
    let path = store.path().to_owned();
    drop(store);
    let whole = fs::read(&path).unwrap();
    for length in [0, 11, 12, 60, whole.len() / 2, whole.len() - 40, whole.len() - 1] {
        fs::write(&path, &whole[..length]).unwrap();
        let opened = Store::open(&path, &passphrase());
        assert!(matches!(opened, Err(StoreError::Damaged(_))), "{length} of {}: {opened:?}", whole.len());
    }
    for position in [20, whole.len() - 50] {
        let mut altered = whole.clone();
        altered[position] ^= 1;
        fs::write(&path, &altered).unwrap();
        let opened = Store::open(&path, &passphrase());
        assert!(matches!(opened, Err(StoreError::Damaged(_))), "byte {position}: {opened:?}");
    }
}

#[tokio::test]
async fn a_folder_that_is_gone_fails_and_keeps_what_was_there() {
    let (folder, mut store) = store();
    add(&mut store, "ann").await;
    let moved = folder.path().with_extension("moved");
    fs::rename(folder.path(), &moved).unwrap();
    let before = fs::read(moved.join("Passkeys.kdbx")).unwrap();
    let request = create("https://example.com", &create_options(None, "bob", &[]));
    let refused = store.make_credential(&request, UserVerification::NotVerified, &Nobody).await;
    assert!(matches!(refused, Err(AuthenticatorError::Store(StoreError::Io { .. }))), "{refused:?}");
    assert_eq!(fs::read(moved.join("Passkeys.kdbx")).unwrap(), before);
    fs::rename(&moved, folder.path()).unwrap();
    assert!(!store.contains(&CredentialId::new(vec![1]).unwrap()));
    add(&mut store, "bob").await;
    assert_eq!(store.passkeys().len(), 2);
}

#[test]
fn what_a_killed_write_left_is_removed() {
    let (folder, store) = store();
    let path = store.path().to_owned();
    drop(store);
    fs::write(folder.path().join(".Passkeys.kdbx.rekey-4711.tmp"), "left").unwrap();
    fs::write(folder.path().join(".Other.kdbx.rekey-4711.tmp"), "another store's").unwrap();
    Store::open(&path, &passphrase()).unwrap();
    let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, [".Other.kdbx.rekey-4711.tmp", ".Passkeys.kdbx.rekey-lock", "Passkeys.kdbx"]);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, mut store) = store();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    // Whatever another program made of it.
    fs::set_permissions(store.path(), fs::Permissions::from_mode(0o644)).unwrap();
    for _ in 0..2 {
        add(&mut store, "ann").await;
        assert_eq!((mode(store.path()), mode(&store.path().with_extension("kdbx.bak"))), (0o600, 0o600));
    }
}

#[tokio::test]
async fn keepassxc_opens_it() {
    let (folder, mut store) = store();
    let made = add(&mut store, "ann").await;
    let path = store.path().to_owned();
    drop(store);
    let file = path.to_str().unwrap();
    let shown = keepassxc(&["show", "-q", "-s", "-a", "KPEX_PASSKEY_CREDENTIAL_ID", file, "example.com (Passkey)"]);
    assert_eq!(shown.trim(), made.credential_id.to_string());
    // After KeePassXC has written the file (an entry added), Rekey opens and writes it again.
    keepassxc(&["add", "-q", "-u", "carl", file, "A login"]);
    let mut store = Store::open(&path, &passphrase()).unwrap();
    assert_eq!(store.passkeys().len(), 1);
    let request = get("https://example.com", &[], "preferred");
    store.get_assertion(&request, Some(&made.credential_id), UserVerification::NotVerified, &Nobody).await.unwrap();
    let bob = add(&mut store, "bob").await.credential_id;
    store.forget(&bob, &Nobody).await.unwrap();
    drop(store);
    let listed = keepassxc(&["ls", "-q", "-R", "-f", file]);
    assert!(listed.contains("A login") && listed.contains("Recycle Bin/example.com (Passkey)"), "{listed}");
    // What was thrown away comes back as KeePassXC moves it.
    keepassxc(&["mv", "-q", file, "Recycle Bin/example.com (Passkey)", "/"]);
    assert!(Store::open(&path, &passphrase()).unwrap().contains(&bob));

    // A vault into which the store was merged is no store.
    let vault = folder.path().join("Vault.kdbx");
    let mut database = Database::new();
    database.root_mut().add_entry().set_unprotected("Title", "Mail");
    database.save(&mut fs::File::create(&vault).unwrap(), DatabaseKey::new().with_password(PASSPHRASE)).unwrap();
    keepassxc(&["merge", "-q", "-s", vault.to_str().unwrap(), file]);
    let merged = self::database(&vault);
    assert!(merged.iter_all_entries().any(|entry| entry.tags == ["Passkey"]));
    assert!(matches!(Store::open(&vault, &passphrase()), Err(StoreError::NotAStore)));
}
