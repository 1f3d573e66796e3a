//! What becomes of the store's file: its backups, other programs' changes, another passphrase, copies and the way back.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use keepass::Database;
use keepass::db::Times;
use rekey_authenticator::{Authenticator, AuthenticatorError, Damage, Nobody, Store, StoreError, UserVerification};
use secrecy::SecretString;
use support::files::{add, backup, database, edit, keepassxc, names, save, try_add, users, users_in};
use support::{PASSPHRASE, get, passphrase, store};

const LOCK: &str = ".Passkeys.kdbx.rekey-lock";

fn other() -> SecretString {
    SecretString::from("another seven practice words for the same store")
}

/// Where a refused change left what the store knew.
fn kept_aside(refused: Result<rekey_webauthn::MadeCredential, AuthenticatorError>) -> Option<PathBuf> {
    let Err(AuthenticatorError::Store(StoreError::ChangedElsewhere { ours })) = &refused else {
        unreachable!("{refused:?}")
    };
    ours.clone()
}

#[tokio::test]
async fn the_last_five_versions_are_kept_and_open() {
    let (folder, mut store) = store();
    let path = store.path().to_owned();
    let mut versions = Vec::new();
    for user in ["ann", "bob", "cleo", "dan", "eve", "fay", "gus"] {
        versions.insert(0, fs::read(&path).unwrap());
        add(&mut store, user).await;
        for (number, version) in (1..).zip(versions.iter().take(5)) {
            assert!(fs::read(backup(&path, number)).unwrap() == *version, "{user} {number}");
        }
    }
    drop(store);
    assert_eq!(
        names(folder.path()),
        [
            LOCK,
            "Passkeys.kdbx",
            "Passkeys.kdbx.bak",
            "Passkeys.kdbx.bak2",
            "Passkeys.kdbx.bak3",
            "Passkeys.kdbx.bak4",
            "Passkeys.kdbx.bak5"
        ]
    );
    let listed = Store::backups(&path);
    assert_eq!(listed.iter().map(|backup| backup.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    for (index, backup) in listed.iter().enumerate() {
        assert!(backup.looks_whole && backup.size > 0 && backup.written.is_some());
        assert_eq!(users_in(&backup.path, &passphrase()).len(), 6 - index);
    }
}

#[tokio::test]
async fn a_broken_rotation_costs_no_backup() {
    let (_folder, mut store) = store();
    let path = store.path().to_owned();
    for user in ["ann", "bob", "cleo"] {
        add(&mut store, user).await;
    }
    // Broken off after the newest was moved on: its place is empty.
    let kept: Vec<_> = (1..=3).map(|number| fs::read(backup(&path, number)).unwrap()).collect();
    fs::rename(backup(&path, 3), backup(&path, 4)).unwrap();
    fs::rename(backup(&path, 2), backup(&path, 3)).unwrap();
    fs::rename(backup(&path, 1), backup(&path, 2)).unwrap();
    add(&mut store, "dan").await;
    for (number, version) in (2..).zip(kept) {
        assert!(fs::read(backup(&path, number)).unwrap() == version, "{number}");
    }
}

#[tokio::test]
async fn the_newest_good_backup_comes_back_and_nothing_is_destroyed() {
    let (folder, mut store) = store();
    let path = store.path().to_owned();
    for user in ["ann", "bob"] {
        add(&mut store, user).await;
    }
    assert!(matches!(Store::restore(&path, &backup(&path, 1), &passphrase()), Err(StoreError::Locked)));
    drop(store);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    fs::write(backup(&path, 1), "no store").unwrap();
    assert!(matches!(Store::open(&path, &passphrase()), Err(StoreError::Damaged(_))));

    let listed = Store::backups(&path);
    assert_eq!(listed.iter().map(|backup| backup.looks_whole).collect::<Vec<_>>(), [false, true]);
    // What does not open leaves everything as it is.
    let before = names(folder.path());
    let refused = Store::restore(&path, &listed[0].path, &passphrase());
    assert!(matches!(refused, Err(StoreError::Damaged(Damage::NotKdbx4))));
    assert!(matches!(Store::restore(&path, &listed[1].path, &other()), Err(StoreError::WrongPassphrase)));
    assert_eq!(names(folder.path()), before);

    let restored = Store::restore(&path, &listed[1].path, &passphrase()).unwrap();
    assert_eq!(restored.passkeys, 0);
    let replaced = restored.replaced.unwrap();
    assert_eq!(replaced.file_name().unwrap(), "Passkeys (replaced).kdbx");
    assert!(fs::read(&replaced).unwrap() == whole[..whole.len() / 2]);
    assert_eq!(users_in(&path, &passphrase()), Vec::<String>::new());
    assert!(listed[1].path.exists());
    // A second time the name is taken; the first file stays.
    fs::write(&path, &whole).unwrap();
    let again = Store::restore(&path, &listed[1].path, &passphrase()).unwrap().replaced.unwrap();
    assert_eq!(again.file_name().unwrap(), "Passkeys (replaced 2).kdbx");
    assert_eq!(users_in(&again, &passphrase()), ["ann", "bob"]);
    // And where there is no file any more.
    fs::remove_file(&path).unwrap();
    assert_eq!(Store::restore(&path, &again, &passphrase()).unwrap().replaced, None);
    assert_eq!(users_in(&path, &passphrase()), ["ann", "bob"]);
}

#[tokio::test]
async fn another_programs_change_and_ours_are_joined() {
    let check = async |what: &str, expect: &[&str], change: &dyn Fn(&Path, &[u8])| {
        let (_folder, mut store) = store();
        let path = store.path().to_owned();
        let empty = fs::read(&path).unwrap();
        let ann = add(&mut store, "ann").await.credential_id;
        add(&mut store, "bob").await;
        change(&path, &empty);
        let theirs = fs::read(&path).unwrap();
        add(&mut store, "cleo").await;
        assert_eq!(users(&store), expect, "{what}");
        assert!(fs::read(backup(&path, 1)).unwrap() == theirs, "{what}: theirs is the newest backup");
        let request = get("https://example.com", &[ann.to_string()], "preferred");
        let answer = store.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await;
        assert_eq!(answer.is_ok(), expect.contains(&"ann"), "{what}");
        drop(store);
        assert_eq!(users_in(&path, &passphrase()), expect, "{what}");
    };
    let all = ["ann", "bob", "cleo"];
    check("a login was added", &all, &|path, _| {
        edit(path, |database| database.root_mut().add_entry().set_unprotected("Title", "A login"));
    })
    .await;
    check("the description was changed", &all, &|path, _| {
        edit(path, |database| database.meta.database_description = Some("mine".to_owned()));
    })
    .await;
    check("an entry was deleted for good", &["bob", "cleo"], &|path, _| {
        edit(path, |database| {
            let ann = database.iter_all_entries().find(|e| e.get("UserName") == Some("ann")).unwrap().id();
            database.deleted_objects.insert(ann.uuid(), Some(Times::now()));
            database.entry_mut(ann).unwrap().remove();
        });
    })
    .await;
    check("an entry is in the recycle bin", &["bob", "cleo"], &|path, _| {
        edit(path, |database| {
            let bin = database.root_mut().add_group().id();
            database.meta.recyclebin_uuid = Some(bin.uuid());
            let ann = database.iter_all_entries().find(|e| e.get("UserName") == Some("ann")).unwrap().id();
            database.entry_mut(ann).unwrap().move_to(bin).unwrap();
        });
    })
    .await;
    check("an earlier copy came back", &all, &|path, empty| fs::write(path, empty).unwrap()).await;
}

#[tokio::test]
async fn the_later_change_counts_and_the_other_one_is_kept() {
    let note = |path: &Path| {
        let database = database(path);
        let ann = database.iter_all_entries().find(|e| e.get("UserName") == Some("ann")).unwrap();
        let history = ann.history.as_ref().map(|history| history.get_entries().as_slice()).unwrap_or_default();
        let former: Vec<String> = history.iter().filter_map(|e| e.get("Notes")).map(str::to_owned).collect();
        (ann.get("Notes").unwrap_or_default().to_owned(), former)
    };
    // The file has "old" or "new"; the store knows "ours", written at 1,000 seconds.
    let time = |seconds| Some(Times::epoch() + std::time::Duration::from_secs(seconds));
    let set = |path: &Path, text: &str, seconds| {
        edit(path, |database| {
            database.foreach_entry_mut(|mut entry| {
                entry.set_unprotected("Notes", text);
                entry.times.last_modification = time(seconds);
            });
        });
    };
    for (theirs, seconds, now, former) in [("new", 2_000, "new", "ours"), ("old", 500, "ours", "old")] {
        let (_folder, mut store) = store();
        let path = store.path().to_owned();
        add(&mut store, "ann").await;
        drop(store);
        set(&path, "ours", 1_000);
        let mut store = Store::open(&path, &passphrase()).unwrap();
        set(&path, theirs, seconds);
        add(&mut store, "bob").await;
        assert_eq!(note(&path), (now.to_owned(), vec![former.to_owned()]), "{theirs}");
    }
}

#[tokio::test]
async fn the_former_versions_of_both_sides_are_kept() {
    let numbered = |letter: &str, numbers: std::ops::Range<usize>| -> Vec<String> {
        numbers.map(|number| format!("{letter}{number}")).collect()
    };
    // Theirs and ours, the last one the present version, and what the entry has in the end, in whatever order.
    let cases = [
        (numbered("a", 1..4), numbered("b", 1..3), [numbered("a", 1..4), numbered("b", 1..3)].concat()),
        (numbered("a", 1..2), numbered("b", 1..4), [numbered("a", 1..2), numbered("b", 1..4)].concat()),
        (
            ["x", "y"].map(str::to_owned).to_vec(),
            ["x", "z"].map(str::to_owned).to_vec(),
            ["x", "y", "z"].map(str::to_owned).to_vec(),
        ),
        // What there is no room for are ours, the earliest first; the last of them always stays.
        (numbered("a", 10..22), numbered("b", 1..3), [numbered("a", 10..22), numbered("b", 2..3)].concat()),
        (numbered("a", 1..4), numbered("b", 10..20), [numbered("a", 1..4), numbered("b", 12..20)].concat()),
    ];
    let (_folder, store) = store();
    let path = store.path().to_owned();
    drop(store);
    edit(&path, |database| {
        for number in 0..cases.len() {
            database.root_mut().add_entry().set_unprotected("Title", number.to_string());
        }
    });
    let change = |versions: &dyn Fn(usize) -> Vec<String>| {
        edit(&path, |database| {
            database.foreach_entry_mut(|mut entry| {
                let number = entry.get_title().unwrap().parse().unwrap();
                for (second, text) in (1_u64..).zip(versions(number)) {
                    let former = (*entry).clone();
                    if former.get("Notes").is_some() {
                        entry.history.get_or_insert_default().add_entry(former);
                    }
                    entry.set_unprotected("Notes", text);
                    entry.times.last_modification = Some(Times::epoch() + std::time::Duration::from_secs(second));
                }
            });
        });
    };
    let base = fs::read(&path).unwrap();
    change(&|number| cases[number].1.clone());
    let mut store = Store::open(&path, &passphrase()).unwrap();
    fs::write(&path, base).unwrap();
    change(&|number| cases[number].0.clone());
    add(&mut store, "bob").await;
    let database = database(&path);
    for (number, (_, _, expect)) in cases.iter().enumerate() {
        let entry = database.iter_all_entries().find(|e| e.get_title() == Some(&number.to_string())).unwrap();
        let former = entry.history.iter().flat_map(|history| history.get_entries());
        let mut notes: Vec<&str> = former.filter_map(|e| e.get("Notes")).chain(entry.get("Notes")).collect();
        notes.sort_unstable();
        assert_eq!(notes, *expect, "{number}");
    }
}

#[tokio::test]
async fn what_was_forgotten_stays_forgotten_when_an_earlier_copy_comes_back() {
    let (_folder, mut store) = store();
    let path = store.path().to_owned();
    let empty = fs::read(&path).unwrap();
    let ann = add(&mut store, "ann").await.credential_id;
    store.forget(&ann, &Nobody).await.unwrap();
    fs::write(&path, &empty).unwrap();
    add(&mut store, "bob").await;
    assert_eq!(users(&store), ["bob"]);
    assert_eq!(database(&path).recycle_bin().unwrap().entries().count(), 1);
}

#[tokio::test]
async fn what_cannot_be_joined_is_refused_and_both_are_kept() {
    let check = async |what: &str, change: &dyn Fn(&Path)| {
        let (folder, mut store) = store();
        let path = store.path().to_owned();
        add(&mut store, "ann").await;
        change(&path);
        let theirs = fs::symlink_metadata(&path).is_ok().then(|| fs::read(&path).unwrap());
        let kept = kept_aside(try_add(&mut store, "bob").await).unwrap();
        let now = fs::symlink_metadata(&path).is_ok().then(|| fs::read(&path).unwrap());
        assert!(now == theirs, "{what}: theirs is as it was");
        assert_eq!(kept.file_name().unwrap(), "Passkeys (conflict).kdbx", "{what}");
        assert_eq!(users_in(&kept, &passphrase()), ["ann"], "{what}");
        assert_eq!(users(&store), ["ann"], "{what}: the passkey that was not written is not offered");
        assert!(!names(folder.path()).iter().any(|name| name.ends_with(".tmp")), "{what}");
        let before = fs::read(&kept).unwrap();
        let again = kept_aside(try_add(&mut store, "bob").await).unwrap();
        assert_eq!(again.file_name().unwrap(), "Passkeys (conflict 2).kdbx", "{what}");
        assert!(fs::read(&kept).unwrap() == before, "{what}: what was kept is not written over");
    };
    check("another passphrase", &|path| save(path, &database(path), "another")).await;
    check("no KDBX file", &|path| fs::write(path, "Title,URL\n").unwrap()).await;
    check("cut off", &|path| {
        let whole = fs::read(path).unwrap();
        fs::write(path, &whole[..whole.len() - 9]).unwrap();
    })
    .await;
    check("another store", &|path| {
        let (_folder, other) = store();
        fs::copy(other.path(), path).unwrap();
    })
    .await;
    check("a vault", &|path| save(path, &Database::new(), PASSPHRASE)).await;
    check("a passkey that cannot be read", &|path| {
        edit(path, |database| {
            database.foreach_entry_mut(|mut entry| entry.set_protected("KPEX_PASSKEY_PRIVATE_KEY_PEM", "no key"));
        });
    })
    .await;
    check("removed", &|path| fs::remove_file(path).unwrap()).await;
}

#[tokio::test]
async fn a_backup_that_holds_the_same_is_not_written_again() {
    let (folder, mut store) = store();
    let path = store.path().to_owned();
    add(&mut store, "ann").await;
    fs::copy(&path, backup(&path, 2)).unwrap();
    fs::write(&path, "gone").unwrap();
    assert_eq!(kept_aside(try_add(&mut store, "bob").await), Some(backup(&path, 2)));
    assert!(!names(folder.path()).iter().any(|name| name.contains("conflict")));
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_in_the_files_place_is_not_followed() {
    let (folder, mut store) = store();
    let path = store.path().to_owned();
    add(&mut store, "ann").await;
    let (vault, moved) = (folder.path().join("Vault.kdbx"), folder.path().join("Moved.kdbx"));
    save(&vault, &Database::new(), PASSPHRASE);
    fs::rename(&path, &moved).unwrap();
    for target in [&vault, &moved] {
        let before = fs::read(target).unwrap();
        let _ = fs::remove_file(&path);
        std::os::unix::fs::symlink(target, &path).unwrap();
        assert!(kept_aside(try_add(&mut store, "bob").await).is_some());
        assert!(fs::read(target).unwrap() == before && fs::read_link(&path).unwrap() == *target);
    }
    // A backup's name that leads elsewhere is replaced, not written through.
    fs::remove_file(&path).unwrap();
    fs::rename(&moved, &path).unwrap();
    let before = fs::read(&vault).unwrap();
    let _ = fs::remove_file(backup(&path, 1));
    std::os::unix::fs::symlink(&vault, backup(&path, 1)).unwrap();
    add(&mut store, "bob").await;
    assert!(fs::read(&vault).unwrap() == before);
}

#[tokio::test]
async fn a_changed_file_is_taken_over_before_it_is_needed() {
    let (_folder, mut store) = store();
    let path = store.path().to_owned();
    let ann = add(&mut store, "ann").await.credential_id;
    assert!(!store.refresh().await.unwrap());
    edit(&path, |database| {
        let bin = database.root_mut().add_group().id();
        database.meta.recyclebin_uuid = Some(bin.uuid());
        let ids: Vec<_> = database.iter_all_entries().map(|entry| entry.id()).collect();
        ids.into_iter().for_each(|id| database.entry_mut(id).unwrap().move_to(bin).unwrap());
    });
    assert!(store.contains(&ann));
    assert!(store.refresh().await.unwrap() && !store.refresh().await.unwrap());
    assert!(!store.contains(&ann));
    fs::write(&path, "gone").unwrap();
    assert!(matches!(store.refresh().await, Err(StoreError::ChangedElsewhere { .. })));
}

#[tokio::test]
async fn another_passphrase_opens_it_and_the_backups_keep_theirs() {
    let (_folder, mut store) = store();
    let path = store.path().to_owned();
    add(&mut store, "ann").await;
    let before = fs::read(&path).unwrap();
    let refused = store.change_passphrase(&other(), &other()).await;
    assert!(matches!(refused, Err(StoreError::WrongPassphrase)));
    let refused = store.change_passphrase(&passphrase(), &SecretString::from("")).await;
    assert!(matches!(refused, Err(StoreError::EmptyPassphrase)));
    assert!(fs::read(&path).unwrap() == before);

    store.change_passphrase(&passphrase(), &other()).await.unwrap();
    let now = std::time::SystemTime::now();
    assert!(store.verify(&passphrase(), [], now).is_err() && store.verify(&other(), [], now).is_ok());
    add(&mut store, "bob").await;
    drop(store);
    assert!(matches!(Store::open(&path, &passphrase()), Err(StoreError::WrongPassphrase)));
    assert_eq!(users_in(&path, &other()), ["ann", "bob"]);
    assert_eq!(users_in(&backup(&path, 1), &other()), ["ann"]);
    assert_eq!(users_in(&backup(&path, 2), &passphrase()), ["ann"]);
}

#[tokio::test]
async fn a_passphrase_is_changed_on_top_of_another_programs_change() {
    let (_folder, mut store) = store();
    let path = store.path().to_owned();
    add(&mut store, "ann").await;
    edit(&path, |database| database.root_mut().add_entry().set_unprotected("Title", "A login"));
    store.change_passphrase(&passphrase(), &other()).await.unwrap();
    drop(store);
    let held = Database::parse(
        &fs::read(&path).unwrap(),
        keepass::DatabaseKey::new().with_password("another seven practice words for the same store"),
    );
    assert_eq!(held.unwrap().num_entries(), 2);
}

#[tokio::test]
async fn what_keepassxc_does_meanwhile_is_joined() {
    let (_folder, mut store) = store();
    let path = store.path().to_owned();
    let file = path.to_str().unwrap();
    add(&mut store, "ann").await;
    keepassxc(&["add", "-q", "-u", "carl", file, "A login"]);
    add(&mut store, "bob").await;
    keepassxc(&["edit", "-q", "-t", "Bank", file, "A login"]);
    keepassxc(&["mkdir", "-q", file, "Mine"]);
    add(&mut store, "cleo").await;
    let listed = keepassxc(&["ls", "-q", "-R", "-f", file]);
    assert!(listed.contains("Bank") && listed.contains("Mine/"), "{listed}");
    assert_eq!(users(&store), ["ann", "bob", "cleo"]);
    // What is thrown away there lies in one bin with what is forgotten here.
    drop(store);
    fs::remove_file(&path).unwrap();
    let mut store = Store::create(&path, &passphrase()).unwrap();
    let ann = add(&mut store, "ann").await.credential_id;
    keepassxc(&["rm", "-q", file, "example.com (Passkey)"]);
    let dan = add(&mut store, "dan").await.credential_id;
    assert!(!store.contains(&ann) && store.contains(&dan));
    store.forget(&dan, &Nobody).await.unwrap();
    let listed = keepassxc(&["ls", "-q", "-R", "-f", file]);
    assert_eq!(listed.matches("Recycle Bin/example.com (Passkey)").count(), 2, "{listed}");
    assert!(store.passkeys().is_empty());
}
