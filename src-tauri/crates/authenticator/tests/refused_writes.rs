//! Writes that the system refuses: the file is as it was, and the error says why. Each runs in a process of its own, with
//! the limit set on it.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program")]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use rekey_authenticator::{AuthenticatorError, Store, StoreError};
use secrecy::SecretString;
use support::files::{add, names, try_add};
use support::{passphrase, store};

/// Where the child finds the store.
const PLACE: &str = "REKEY_TEST_STORE";

/// The child's part: every way to write is refused with a typed error.
#[tokio::test]
async fn child() {
    let Some(path) = std::env::var_os(PLACE).map(PathBuf::from) else { return };
    let mut store = Store::open(&path, &passphrase()).unwrap();
    let made = try_add(&mut store, "bob").await;
    assert!(matches!(made, Err(AuthenticatorError::Store(StoreError::Io { .. }))), "{made:?}");
    let changed = store.change_passphrase(&passphrase(), &SecretString::from("another")).await;
    assert!(matches!(changed, Err(StoreError::Io { .. })), "{changed:?}");
    assert!(store.verify(&passphrase(), [], std::time::SystemTime::now()).is_ok());
    let copied = store.copy_to(&path.parent().unwrap().join("elsewhere"));
    assert!(matches!(copied, Err(StoreError::Io { .. })), "{copied:?}");
    drop(store);
    let restored = Store::restore(&path, &path.with_extension("kdbx.bak"), &passphrase());
    assert!(matches!(restored, Err(StoreError::Io { .. })), "{restored:?}");
    println!("all refused");
}

/// Runs the child over a store with a passkey, under `limit` (a shell's words before it), and looks at the files after.
async fn check(limit: &str, prepare: impl FnOnce(&Path), undo: impl FnOnce(&Path)) {
    let (folder, mut store) = store();
    let path = store.path().to_owned();
    add(&mut store, "ann").await;
    drop(store);
    fs::create_dir(folder.path().join("elsewhere")).unwrap();
    let everything = |folder: &Path| {
        let files = names(folder).into_iter().filter(|name| name != "elsewhere");
        files.map(|name| (fs::read(folder.join(&name)).unwrap(), name)).collect::<Vec<_>>()
    };
    let before = everything(folder.path());
    prepare(folder.path());
    let child = format!("{limit} \"$0\" --exact child --nocapture");
    let this = std::env::current_exe().unwrap();
    let output = Command::new("sh").args(["-c", &child]).arg(this).env(PLACE, &path).output().unwrap();
    undo(folder.path());
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("all refused"), "{said}");
    assert!(everything(folder.path()) == before, "{limit}: {:?}", names(folder.path()));
    assert!(names(&folder.path().join("elsewhere")).is_empty());
}

#[tokio::test]
async fn a_full_disk_leaves_everything_as_it_was() {
    // No file may grow beyond 512 bytes, which is the error of a write in the middle, as on a full disk.
    check("trap '' XFSZ; ulimit -f 1; exec", |_| {}, |_| {}).await;
}

#[tokio::test]
async fn a_folder_that_is_read_only_leaves_everything_as_it_was() {
    let mode = |folder: &Path, mode: u32| {
        for folder in [&folder.join("elsewhere"), folder] {
            fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    // Permissions do not hold for root, who becomes nobody for this.
    let is_root = fs::metadata("/proc/self").is_ok_and(|about| std::os::unix::fs::MetadataExt::uid(&about) == 0);
    let limit = if is_root { "exec setpriv --reuid=65534 --regid=65534 --clear-groups" } else { "exec" };
    let prepare = |folder: &Path| {
        for name in names(folder) {
            let owned = folder.join(name);
            if is_root {
                std::os::unix::fs::chown(&owned, Some(65534), Some(65534)).unwrap();
            }
        }
        if is_root {
            std::os::unix::fs::chown(folder, Some(65534), Some(65534)).unwrap();
        }
        mode(folder, 0o500);
    };
    check(limit, prepare, |folder| mode(folder, 0o700)).await;
}
