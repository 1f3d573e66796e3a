//! Passkeys as KeePassXC and its relatives write them: each signs in at webauthn-rs, and goes through their hands and
//! ours without a changed byte. The layouts are their attributes, written here.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use keepass::Database;
use keepass::db::EntryMut;
use rekey_authenticator::{Authenticator, Nobody, Store};
use support::files::{add, database, edit, keepassxc, users};
use support::{RelyingParty, passphrase, store, verified};
use webauthn_rs_core::proto::Credential;
use webauthn_rs_core::proto::UserVerificationPolicy::Required;

const ID: &str = "KPEX_PASSKEY_CREDENTIAL_ID";
const USER: &str = "KPEX_PASSKEY_USERNAME";
const ELIGIBLE: &str = "KPEX_PASSKEY_FLAG_BE";
const BACKED_UP: &str = "KPEX_PASSKEY_FLAG_BS";

/// How an entry looks after some program wrote it, and the backup flags that it signs with.
struct Layout {
    name: &'static str,
    write: fn(&mut EntryMut<'_>),
    flags: (bool, bool),
}

const LAYOUTS: [Layout; 8] = [
    Layout { name: "Rekey", write: |_| {}, flags: (true, false) },
    Layout { name: "KeePassXC 2.7.7", write: without_flags, flags: (true, true) },
    Layout {
        name: "KeePassXC 2.7.11, in an entry that was there",
        write: |entry| {
            without_flags(entry);
            entry.set_unprotected("Title", "Example");
            entry.set_protected("Password", "practice");
            entry.tags = vec!["Work".to_owned(), "Passkey".to_owned()];
        },
        flags: (true, true),
    },
    Layout { name: "KeePassXC 2.7.12", write: |entry| flags(entry, "1", "1"), flags: (true, true) },
    Layout { name: "KeePassXC 2.7.12, moved in", write: |entry| flags(entry, "0", "0"), flags: (false, false) },
    Layout { name: "not backed up yet", write: |entry| flags(entry, "1", "0"), flags: (true, false) },
    Layout {
        name: "Strongbox",
        write: |entry| {
            without_flags(entry);
            let (id, user) = (entry.get(ID).unwrap().to_owned(), entry.get(USER).unwrap().to_owned());
            entry.fields.remove(ID);
            entry.fields.remove(USER);
            entry.set_protected("KPEX_PASSKEY_GENERATED_USER_ID", id);
            entry.set_unprotected("KPXC_PASSKEY_USERNAME", user);
        },
        flags: (true, true),
    },
    Layout {
        name: "KeePassDX and whatever comes",
        write: |entry| {
            flags(entry, "1", "1");
            entry.set_protected("KPEX_PASSKEY_PRF", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
            entry.set_protected("KPEX_PASSKEY_LATER", " spaces,\nlines and <&> \u{1f511} ");
            entry.set_unprotected("AndroidApp", "org.example");
        },
        flags: (true, true),
    },
];

fn without_flags(entry: &mut EntryMut<'_>) {
    entry.fields.remove(ELIGIBLE);
    entry.fields.remove(BACKED_UP);
}

fn flags(entry: &mut EntryMut<'_>, eligible: &str, backed_up: &str) {
    entry.set_unprotected(ELIGIBLE, eligible);
    entry.set_unprotected(BACKED_UP, backed_up);
}

/// The passkey attributes of all entries, by their user names, with whether each is protected.
fn attributes(path: &Path) -> BTreeMap<String, BTreeMap<String, (String, bool)>> {
    let of = |entry: keepass::db::EntryRef<'_>| {
        let kept = entry.fields.iter().filter(|(name, _)| name.starts_with("KP") || *name == "AndroidApp");
        kept.map(|(name, value)| (name.clone(), (value.get().clone(), value.is_protected()))).collect()
    };
    let database = database(path);
    let all = database.iter_all_entries().map(|e| (e.get("UserName").unwrap_or_default().to_owned(), of(e)));
    all.filter(|(_, attributes): &(_, BTreeMap<_, _>)| !attributes.is_empty()).collect()
}

/// A store with a passkey for each layout, and what the site knows of each.
async fn laid_out(rp: &RelyingParty) -> (tempfile::TempDir, Store, Vec<Credential>) {
    let (folder, mut store) = store();
    let path = store.path().to_owned();
    let mut known = Vec::new();
    for (number, layout) in LAYOUTS.iter().enumerate() {
        let (request, state) = rp.start_registration(&format!("user{number}"), Required, Vec::new());
        let verification = verified(&store);
        let made = store.make_credential(&request, verification, &Nobody).await.unwrap();
        let mut credential = rp.finish_registration(&request.response(&made), &state);
        // What the site was told when that program made it.
        (credential.backup_eligible, credential.backup_state) = layout.flags;
        known.push(credential);
    }
    drop(store);
    edit(&path, |database: &mut Database| {
        let group = database.root_mut().add_group().id();
        database.group_mut(group).unwrap().name = "KeePassXC-Browser Passkeys".to_owned();
        for (number, layout) in LAYOUTS.iter().enumerate() {
            let user = format!("user{number}");
            let id = database.iter_all_entries().find(|e| e.get("UserName") == Some(&user)).unwrap().id();
            let mut entry = database.entry_mut(id).unwrap();
            (layout.write)(&mut entry);
            entry.move_to(group).unwrap();
        }
    });
    let store = Store::open(&path, &passphrase()).unwrap();
    (folder, store, known)
}

async fn all_sign_in(rp: &RelyingParty, store: &mut Store, known: &[Credential]) {
    for (number, (layout, credential)) in LAYOUTS.iter().zip(known).enumerate() {
        let (request, state) = rp.start_sign_in(vec![credential.clone()], Required);
        let verification = verified(store);
        let made = store.get_assertion(&request, None, verification, &Nobody).await.unwrap();
        let flags = made.authenticator_data[32];
        assert_eq!((flags & 0x08 != 0, flags & 0x10 != 0), layout.flags, "{}", layout.name);
        assert_eq!(made.authenticator_data[33..37], [0; 4], "{}: the counter", layout.name);
        assert!(rp.finish_sign_in(&request.response(&made), state, vec![credential.clone()]), "{}", layout.name);
        let name = format!("user{number}");
        assert!(users(store).contains(&name), "{}", layout.name);
    }
}

#[tokio::test]
async fn every_layout_signs_in_and_goes_through_every_hand_unchanged() {
    let rp = RelyingParty::new("localhost", "http://localhost:8090");
    let (_folder, mut store, known) = laid_out(&rp).await;
    let path = store.path().to_owned();
    let written = attributes(&path);
    assert_eq!(written.len(), LAYOUTS.len());
    all_sign_in(&rp, &mut store, &known).await;
    // Through ours.
    let added = add(&mut store, "added").await;
    store.forget(&added.credential_id, &Nobody).await.unwrap();
    drop(store);
    let ours = |path: &Path| {
        let mut all = attributes(path);
        all.remove("added");
        all
    };
    assert!(ours(&path) == written, "a passkey attribute was changed by Rekey");
    // Through KeePassXC's: it writes the whole file anew for each of these.
    let file = path.to_str().unwrap();
    keepassxc(&["add", "-q", "-u", "carl", file, "A login"]);
    keepassxc(&["edit", "-q", "-t", "Another title", file, "KeePassXC-Browser Passkeys/Example"]);
    keepassxc(&["mkdir", "-q", file, "Mine"]);
    assert!(ours(&path) == written, "a passkey attribute was changed by KeePassXC");
    let shown = keepassxc(&[
        "show",
        "-q",
        "-s",
        "-a",
        "KPEX_PASSKEY_PRIVATE_KEY_PEM",
        file,
        "KeePassXC-Browser Passkeys/Another title",
    ]);
    assert!(shown.trim() == written["user2"]["KPEX_PASSKEY_PRIVATE_KEY_PEM"].0.trim());
    // And back: they sign in still.
    let mut store = Store::open(&path, &passphrase()).unwrap();
    all_sign_in(&rp, &mut store, &known).await;
}
