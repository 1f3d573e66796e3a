//! Copies of the store elsewhere: each is tried before it counts, and takes the place of nothing but what is in it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program")]

mod support;

use std::fs;
use std::path::Path;

use keepass::Database;
use keepass::db::Times;
use rekey_authenticator::StoreError;
use support::files::{add, database, edit, names, save, users_in};
use support::{PASSPHRASE, passphrase, store};

#[tokio::test]
async fn a_copy_is_tried_before_it_counts() {
    let (folder, mut store) = store();
    add(&mut store, "ann").await;
    let place = folder.path().join("usb");
    assert!(matches!(store.copy_to(&place), Err(StoreError::Io { .. })));
    fs::create_dir(&place).unwrap();
    let copy = store.copy_to(&place).unwrap();
    assert_eq!((copy.passkeys, copy.path.parent()), (1, Some(fs::canonicalize(&place).unwrap().as_path())));
    assert_eq!(users_in(&copy.path, &passphrase()), ["ann"]);
    add(&mut store, "bob").await;
    assert_eq!(store.copy_to(&place).unwrap().passkeys, 2);
    assert!(matches!(store.copy_to(folder.path()), Err(StoreError::Exists)));
    // What another program wrote meanwhile is not copied unseen.
    edit(store.path(), |database| database.meta.database_description = Some("x".to_owned()));
    assert!(matches!(store.copy_to(&place), Err(StoreError::ChangedElsewhere { .. })));
    store.refresh().await.unwrap();
    assert_eq!(store.copy_to(&place).unwrap().passkeys, 2);
}

#[tokio::test]
async fn a_copy_takes_the_place_of_nothing_but_what_is_in_it() {
    let (folder, mut store) = store();
    add(&mut store, "ann").await;
    let former = fs::read(store.path()).unwrap();
    add(&mut store, "bob").await;
    let check = |what: &str, stays: bool, there: &dyn Fn(&Path, &Path)| {
        let place = tempfile::tempdir_in(folder.path()).unwrap();
        there(store.path(), &place.path().join("Passkeys.kdbx"));
        let before = fs::read(place.path().join("Passkeys.kdbx")).unwrap();
        let copy = store.copy_to(place.path()).unwrap();
        assert!(fs::read(&copy.path).unwrap() == fs::read(store.path()).unwrap(), "{what}");
        let kept = copy.replaced.map(|kept| (fs::read(&kept).unwrap() == before, kept));
        assert_eq!(kept.is_some(), stays, "{what}");
        if let Some((is_same, kept)) = kept {
            assert!(is_same, "{what}");
            assert_eq!(kept.file_name().unwrap(), "Passkeys (replaced).kdbx", "{what}");
        }
        place
    };
    let edited = |store: &Path, copy: &Path, change: &dyn Fn(&mut Database)| {
        fs::copy(store, copy).unwrap();
        edit(copy, change);
    };
    check("this store's copy of another day", false, &|_, copy| fs::write(copy, &former).unwrap());
    check("another store", true, &|_, copy| {
        let (_folder, other) = support::store();
        fs::copy(other.path(), copy).unwrap();
    });
    check("a vault", true, &|_, copy| save(copy, &Database::new(), PASSPHRASE));
    check("another passphrase", true, &|store, copy| save(copy, &database(store), "another"));
    let place = check("no KDBX file", true, &|_, copy| fs::write(copy, "Title,URL\n").unwrap());
    // The copy that was made is the store's own; what stays is not touched again.
    assert_eq!(store.copy_to(place.path()).unwrap().replaced, None);
    assert_eq!(fs::read(place.path().join("Passkeys (replaced).kdbx")).unwrap(), b"Title,URL\n");
    check("an entry that the store lost", true, &|store, copy| {
        edited(store, copy, &|database| _ = database.root_mut().add_entry());
    });
    check("another key under the same id", true, &|store, copy| {
        edited(store, copy, &|database| {
            database.foreach_entry_mut(|mut entry| entry.set_protected("KPEX_PASSKEY_PRIVATE_KEY_PEM", "another"));
        });
    });
    check("a secret that the store lacks", true, &|store, copy| {
        edited(store, copy, &|database| {
            database.foreach_entry_mut(|mut entry| entry.set_protected("KPEX_PASSKEY_PRF", "x"));
        });
    });
    check("a later change", true, &|store, copy| {
        let later = Some(Times::now() + std::time::Duration::from_secs(60));
        edited(store, copy, &|database| database.foreach_entry_mut(|mut entry| entry.times.last_modification = later));
    });

    // What is no file is left alone.
    fs::create_dir_all(folder.path().join("usb/Passkeys.kdbx")).unwrap();
    assert!(matches!(store.copy_to(&folder.path().join("usb")), Err(StoreError::Io { .. })));
    assert_eq!(names(&folder.path().join("usb")), ["Passkeys.kdbx"]);
}
