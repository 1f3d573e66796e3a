//! Passkeys that go to another program and come back, in every format, with and without encryption.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test program")]

mod support;

use std::time::SystemTime;

use credential_exchange_format::{Credential as CxfCredential, Header};
use rekey_authenticator::transfer::{
    self, KeyKind, KeyProblem, Left, Lost, Openers, Portable, PrivateKey, ProblemKind, Protection, Recipient,
    TransferError, TransferFormat, TransferLock, Writer,
};
use rekey_authenticator::{Authenticator, AuthenticatorError, Nobody, Store, StoreError, TakenIn};
use rekey_webauthn::CredentialId;
use secrecy::SecretString;
use serde_json::{Value, json};
use support::files::delete_for_good;
use support::{RelyingParty, create, create_options, passphrase, store, verified};
use webauthn_rs_core::proto::Credential;
use webauthn_rs_core::proto::UserVerificationPolicy::Required;
use zeroize::Zeroizing;

const ORIGIN: &str = "https://login.example.com";

async fn register(rp: &RelyingParty, store: &mut Store, user: &str) -> Credential {
    let (request, state) = rp.start_registration(user, Required, Vec::new());
    let verification = verified(store);
    let made = store.make_credential(&request, verification, &Nobody).await.unwrap();
    rp.finish_registration(&request.response(&made), &state)
}

async fn add_eddsa(store: &mut Store, user: &str) -> CredentialId {
    let mut request = create(ORIGIN, &create_options(None, user, &[]));
    request.algorithms = vec![-8];
    let verification = verified(store);
    store.make_credential(&request, verification, &Nobody).await.unwrap().credential_id
}

fn ids(store: &Store) -> Vec<CredentialId> {
    store.passkeys().into_iter().map(|passkey| passkey.credential_id).collect()
}

fn writer(store: &Store) -> Writer {
    Writer { store: store.id(), now: SystemTime::now() }
}

/// The plain files of some passkeys.
fn files(store: &Store, format: TransferFormat, passkeys: &[Portable]) -> Vec<Zeroizing<Vec<u8>>> {
    let written = transfer::write(format, passkeys, &Protection::Plain, &writer(store)).unwrap();
    assert!(written.left.is_empty(), "{format:?}");
    written.files.into_iter().map(|file| file.bytes).collect()
}

fn json_of(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

fn problems(document: &Value) -> Vec<ProblemKind> {
    let brought = transfer::read(document.to_string().as_bytes()).unwrap();
    brought.problems.into_iter().map(|problem| problem.kind).collect()
}

#[tokio::test]
async fn a_passkey_that_moved_signs_in_and_its_key_is_the_same() {
    let rp = RelyingParty::new("example.com", ORIGIN);
    let (_folder, mut from) = store();
    let credential = register(&rp, &mut from, "ann").await;
    register(&rp, &mut from, "bob").await;
    let ours = from.export(&ids(&from), &passphrase()).unwrap();
    for format in TransferFormat::ALL {
        let (_folder, mut to) = store();
        for file in files(&from, format, &ours) {
            let brought = transfer::read(&file).unwrap();
            assert_eq!(brought.format, format);
            assert!(brought.problems.is_empty(), "{format:?} {:?}", brought.problems);
            let taken = to.import(&brought.passkeys).await.unwrap();
            assert_eq!((taken.added.len(), taken.known.len()), (brought.passkeys.len(), 0));
        }
        assert!(to.holds_all(&ours), "{format:?}");
        let theirs = to.export(&ids(&from), &passphrase()).unwrap();
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert!(ours.key.der() == theirs.key.der(), "{format:?}");
            assert_eq!(ours.credential_id, theirs.credential_id);
            assert_eq!((&ours.rp_id, &ours.user_name, &ours.url), (&theirs.rp_id, &theirs.user_name, &theirs.url));
            assert_eq!(ours.user_handle, theirs.user_handle);
        }
        let path = to.path().to_owned();
        drop(to);
        let mut to = Store::open(&path, &passphrase()).unwrap();
        let (request, state) = rp.start_sign_in(vec![credential.clone()], Required);
        let verification = verified(&to);
        let made = to.get_assertion(&request, None, verification, &Nobody).await.unwrap();
        assert_eq!(made.user_handle.as_deref(), Some(b"ann".as_slice()));
        // Eligible as before, and backed up by now.
        assert_eq!(made.authenticator_data[32] & 0b0001_1000, 0b0001_1000);
        assert!(rp.finish_sign_in(&request.response(&made), state, vec![credential.clone()]));
    }
    // The one that it left is as it was.
    let (request, state) = rp.start_sign_in(vec![credential.clone()], Required);
    let verification = verified(&from);
    let made = from.get_assertion(&request, None, verification, &Nobody).await.unwrap();
    assert_eq!(made.authenticator_data[32] & 0b0001_1000, 0b0000_1000);
    assert!(rp.finish_sign_in(&request.response(&made), state, vec![credential]));
}

#[tokio::test]
async fn what_a_program_cannot_use_is_left_and_said() {
    let (_folder, mut from) = store();
    let eddsa = add_eddsa(&mut from, "ann").await;
    let mut passkeys = from.export(&ids(&from), &passphrase()).unwrap();
    assert_eq!(passkeys[0].key.kind(), KeyKind::EdDsa);
    let check = |format, passkeys: &[Portable], expect: Option<Left>| {
        let written = transfer::write(format, passkeys, &Protection::Plain, &writer(&from)).unwrap();
        let left: Vec<_> = written.left.into_iter().collect();
        assert_eq!(left, expect.map(|left| (eddsa.clone(), left)).into_iter().collect::<Vec<_>>(), "{format:?}");
        assert_eq!(written.files.is_empty(), expect.is_some());
    };
    check(TransferFormat::Bitwarden, &passkeys, Some(Left::KeyKind));
    check(TransferFormat::Cxf, &passkeys, None);
    check(TransferFormat::KeePassXc, &passkeys, None);
    passkeys[0].may_be_copied = false;
    TransferFormat::ALL.into_iter().for_each(|format| check(format, &passkeys, Some(Left::Bound)));
}

#[tokio::test]
async fn secrets_for_encryption_go_along_where_the_format_has_room() {
    let (_folder, mut from) = store();
    let mut options = create_options(None, "ann", &[]);
    options["extensions"] = json!({ "prf": { "eval": { "first": "AQID" } } });
    let request = create(ORIGIN, &options);
    let verification = verified(&from);
    from.make_credential(&request, verification, &Nobody).await.unwrap();
    let ours = from.export(&ids(&from), &passphrase()).unwrap();
    let secrets = ours[0].prf.clone().unwrap();
    for format in TransferFormat::ALL {
        let written = transfer::write(format, &ours, &Protection::Plain, &writer(&from)).unwrap();
        let lost: Vec<Lost> = written.lost.iter().map(|(_, lost)| *lost).collect();
        let brought = transfer::read(&written.files[0].bytes).unwrap();
        let (_folder, mut to) = store();
        to.import(&brought.passkeys).await.unwrap();
        let theirs = to.export(&ids(&from), &passphrase()).unwrap();
        if format == TransferFormat::Cxf {
            assert!(lost.is_empty());
            let theirs = theirs[0].prf.as_ref().unwrap();
            assert!(secrets.verified == theirs.verified && secrets.unverified == theirs.unverified);
        } else {
            assert_eq!(lost, [Lost::Prf]);
            assert!(theirs[0].prf.is_none());
        }
    }
}

#[tokio::test]
async fn only_the_passphrase_takes_keys_away_and_nothing_is_taken_in_twice() {
    let rp = RelyingParty::new("example.com", ORIGIN);
    let (_folder, mut from) = store();
    register(&rp, &mut from, "ann").await;
    let before = std::fs::read(from.path()).unwrap();
    let refused = from.export(&ids(&from), &SecretString::from("another")).unwrap_err();
    assert!(matches!(refused, AuthenticatorError::Store(StoreError::WrongPassphrase)));
    let strange = CredentialId::new(vec![1]).unwrap();
    let refused = from.export(&[strange], &passphrase()).unwrap_err();
    assert!(matches!(refused, AuthenticatorError::NoCredential));
    let ours = from.export(&ids(&from), &passphrase()).unwrap();
    // An export writes nothing, and neither does an import of what is there.
    let taken = from.import(&ours).await.unwrap();
    assert_eq!((taken.added.len(), taken.known.len()), (0, 1));
    assert_eq!(std::fs::read(from.path()).unwrap(), before);

    // The same account's other passkey is kept beside it; the same id twice in one import is one.
    let mut other = ours[0].clone();
    other.credential_id = CredentialId::new(vec![7; 16]).unwrap();
    let taken = from.import(&[other.clone(), other.clone()]).await.unwrap();
    assert_eq!((taken.added.len(), taken.known.len(), from.passkeys().len()), (1, 1, 2));
    // 16 bytes are a UUID to Bitwarden.
    let file = json_of(&files(&from, TransferFormat::Bitwarden, &[other])[0]);
    let id = &file["items"][0]["login"]["fido2Credentials"][0]["credentialId"];
    assert_eq!(id, "07070707-0707-0707-0707-070707070707");

    // A key that is in a file alone is not said to be in the store.
    let mut mine = ours.clone();
    mine[0].credential_id = CredentialId::new(vec![9; 16]).unwrap();
    assert!(from.holds_all(&ours) && !from.holds_all(&mine));
}

#[tokio::test]
async fn secrets_that_the_store_lacks_are_taken_in_and_no_others() {
    let (_folder, mut from) = store();
    let mut options = create_options(None, "ann", &[]);
    options["extensions"] = json!({ "prf": {} });
    let verification = verified(&from);
    from.make_credential(&create(ORIGIN, &options), verification, &Nobody).await.unwrap();
    let whole = from.export(&ids(&from), &passphrase()).unwrap();
    let mut bare = whole.clone();
    bare[0].prf = None;
    let counts = |taken: TakenIn| [taken.added, taken.known, taken.completed, taken.differing].map(|held| held.len());

    let (_folder, mut to) = store();
    assert_eq!(counts(to.import(&bare).await.unwrap()), [1, 0, 0, 0]);
    assert!(to.holds_all(&bare) && !to.holds_all(&whole));
    // Of another key, account or site nothing is taken, and nothing is said to be here.
    let check = async |what: &str, to: &mut Store, change: &dyn Fn(&mut Portable)| {
        let before = std::fs::read(to.path()).unwrap();
        let mut other = whole.clone();
        change(&mut other[0]);
        assert_eq!(counts(to.import(&other).await.unwrap()), [0, 0, 0, 1], "{what}");
        assert!(!to.holds_all(&other), "{what}");
        assert!(std::fs::read(to.path()).unwrap() == before, "{what}");
    };
    let eddsa = add_eddsa(&mut from, "bob").await;
    let key = from.export(&[eddsa], &passphrase()).unwrap().remove(0).key;
    check("key", &mut to, &|passkey| passkey.key = key.clone()).await;
    check("account", &mut to, &|passkey| passkey.user_handle = b"bob".to_vec()).await;
    check("site", &mut to, &|passkey| passkey.rp_id = "example.org".to_owned()).await;

    assert_eq!(counts(to.import(&whole).await.unwrap()), [0, 0, 1, 0]);
    let path = to.path().to_owned();
    drop(to);
    let mut to = Store::open(&path, &passphrase()).unwrap();
    assert!(to.holds_all(&whole) && to.holds_all(&bare));
    // Secrets that are here are never replaced.
    check("verified", &mut to, &|passkey| passkey.prf.as_mut().unwrap().verified[0] ^= 1).await;
    check("unverified", &mut to, &|passkey| passkey.prf.as_mut().unwrap().unverified[0] ^= 1).await;
    assert_eq!(counts(to.import(&whole).await.unwrap()), [0, 1, 0, 0]);
    assert_eq!(counts(to.import(&bare).await.unwrap()), [0, 1, 0, 0]);

    // Deleted by another program meanwhile: not said to be complete.
    let (_folder, mut to) = store();
    to.import(&bare).await.unwrap();
    delete_for_good(to.path());
    let refused = to.import(&whole).await;
    assert!(matches!(refused, Err(StoreError::ChangedElsewhere { .. })), "{refused:?}");
    assert!(!to.holds_all(&bare));
}

#[tokio::test]
async fn a_key_that_another_program_writes_otherwise_is_the_same_key() {
    let (_folder, mut from) = store();
    let id = add_eddsa(&mut from, "ann").await;
    let ours = from.export(&[id], &passphrase()).unwrap();
    // With the public key beside it (RFC 8410, section 7; RFC 5958).
    let seed: [u8; 32] = ours[0].key.der()[16..].try_into().unwrap();
    let public = ed25519_dalek::SigningKey::from_bytes(&seed).verifying_key().to_bytes();
    let head = [0x30, 0x51, 2, 1, 1, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    let der = [&head[..], &seed, &[0x81, 0x21, 0], &public].concat();
    let mut theirs = ours.clone();
    theirs[0].key = PrivateKey::from_der(der.into()).unwrap();
    let taken = from.import(&theirs).await.unwrap();
    assert_eq!((taken.known.len(), taken.differing.len()), (1, 0));
    assert!(from.holds_all(&theirs));
}

#[tokio::test]
async fn other_readers_understand_the_files() {
    let rp = RelyingParty::new("example.com", ORIGIN);
    let (_folder, mut from) = store();
    register(&rp, &mut from, "ann").await;
    register(&rp, &mut from, "bob").await;
    let ours = from.export(&ids(&from), &passphrase()).unwrap();

    let cxf = &files(&from, TransferFormat::Cxf, &ours)[0];
    let header: Header = serde_json::from_slice(cxf).unwrap();
    assert_eq!((header.version.major, header.version.minor, header.accounts.len()), (1, 0, 1));
    for (item, ours) in header.accounts[0].items.iter().zip(&ours) {
        let [CxfCredential::Passkey(theirs)] = item.credentials.as_slice() else { panic!("{:?}", item.title) };
        assert_eq!(theirs.credential_id.as_ref(), ours.credential_id.as_bytes());
        assert_eq!((&theirs.rp_id, &theirs.username), (&ours.rp_id, &ours.user_name));
        assert_eq!(theirs.user_handle.as_ref(), ours.user_handle);
        assert!(theirs.key.as_ref() == ours.key.der());
    }
    for format in [TransferFormat::Cxf, TransferFormat::Bitwarden] {
        let file = &files(&from, format, &ours)[0];
        let import =
            rekey_vault::read(file, &rekey_vault::Unlock::default(), &rekey_vault::Options::default()).unwrap();
        let of: Vec<_> = import.entries.iter().flat_map(|e| e.passkeys()).collect();
        let names: Vec<_> = of.iter().map(|passkey| (&*passkey.rp_id, &*passkey.user_name)).collect();
        assert_eq!(names, [("example.com", "ann"), ("example.com", "bob")], "{format:?}");
    }
    for (file, name) in files(&from, TransferFormat::KeePassXc, &ours).iter().zip(["ann", "bob"]) {
        let file = json_of(file);
        assert_eq!((&file["relyingParty"], &file["username"]), (&json!("example.com"), &json!(name)));
        let pem = file["privateKey"].as_str().unwrap();
        assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n") && pem.ends_with("\n-----END PRIVATE KEY-----\n"));
    }
    let written = transfer::write(TransferFormat::KeePassXc, &ours, &Protection::Plain, &writer(&from)).unwrap();
    let names: Vec<_> = written.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["example.com (ann).passkey", "example.com (bob).passkey"]);
}

#[tokio::test]
async fn files_are_encrypted_with_age_and_opened_by_the_right_key_alone() {
    let rp = RelyingParty::new("example.com", ORIGIN);
    let (_folder, mut from) = store();
    register(&rp, &mut from, "ann").await;
    let ours = from.export(&ids(&from), &passphrase()).unwrap();
    let [key, other] = [age::x25519::Identity::generate(), age::x25519::Identity::generate()];
    let text = |key: &age::x25519::Identity| {
        use secrecy::ExposeSecret as _;
        SecretString::from(format!("# a comment\n{}\n", key.to_string().expose_secret()))
    };
    let by_passphrase = |word: &str| Openers { passphrase: Some(SecretString::from(word)), identities: None };
    let by_key = |key| Openers { passphrase: None, identities: Some(text(key)) };
    let recipient: Recipient = key.to_public().to_string().parse().unwrap();
    let check = |protection: &Protection, needs: TransferLock, right: &Openers, wrong: &Openers, other: &Openers| {
        let written = transfer::write(TransferFormat::Cxf, &ours, protection, &writer(&from)).unwrap();
        let sealed = &written.files[0].bytes;
        assert_eq!(transfer::lock(sealed), needs);
        assert!(!sealed.windows(11).any(|part| part == b"example.com"));
        let plain = transfer::open(sealed.clone(), right).unwrap();
        assert_eq!(transfer::read(&plain).unwrap().passkeys.len(), 1);
        assert_eq!(transfer::open(sealed.clone(), wrong).unwrap_err(), TransferError::WrongKey);
        assert_eq!(transfer::open(sealed.clone(), other).unwrap_err(), TransferError::Locked);
        assert_eq!(transfer::read(sealed).unwrap_err(), TransferError::Unknown);
        // Not where each try costs a second's work.
        let ends =
            if needs == TransferLock::Passphrase { vec![30] } else { vec![30, sealed.len() / 2, sealed.len() - 1] };
        for end in ends {
            let cut = transfer::open(Zeroizing::new(sealed[..end].to_vec()), right).unwrap_err();
            assert_eq!(cut, TransferError::Damaged, "{end} of {}", sealed.len());
        }
        // The same in ASCII armour, as `age --armor` writes it.
        let mut armoured = Vec::new();
        let mut writer = age::armor::ArmoredWriter::wrap_output(&mut armoured, age::armor::Format::AsciiArmor).unwrap();
        std::io::Write::write_all(&mut writer, sealed).unwrap();
        writer.finish().unwrap();
        assert_eq!(transfer::lock(&armoured), needs);
        if needs == TransferLock::Identity {
            assert!(transfer::open(Zeroizing::new(armoured), right).unwrap() == plain);
        }
    };
    let (right, wrong) = (by_passphrase("five words for a trip"), by_passphrase("five words"));
    check(
        &Protection::Passphrase("five words for a trip".into()),
        TransferLock::Passphrase,
        &right,
        &wrong,
        &by_key(&key),
    );
    check(&Protection::Recipients(vec![recipient]), TransferLock::Identity, &by_key(&key), &by_key(&other), &right);

    let write = |protection| transfer::write(TransferFormat::Cxf, &ours, &protection, &writer(&from)).err();
    assert_eq!(write(Protection::Passphrase("".into())), Some(TransferError::Locked));
    assert_eq!(write(Protection::Recipients(Vec::new())), Some(TransferError::Locked));
    assert_eq!("age1nonsense".parse::<Recipient>().unwrap_err(), TransferError::NotAKey);
    let plain = files(&from, TransferFormat::Cxf, &ours).remove(0);
    assert_eq!(transfer::lock(&plain), TransferLock::Open);
    assert!(transfer::open(plain.clone(), &Openers::default()).unwrap() == plain);
}

/// A whole file of each format, with one passkey, for tests that spoil it.
async fn samples() -> [(TransferFormat, Value); 3] {
    let (_folder, mut from) = store();
    let rp = RelyingParty::new("example.com", ORIGIN);
    register(&rp, &mut from, "ann").await;
    let ours = from.export(&ids(&from), &passphrase()).unwrap();
    TransferFormat::ALL.map(|format| (format, json_of(&files(&from, format, &ours)[0])))
}

/// The passkey in a file, and what a format calls the members: id, RP ID, user handle, key.
fn passkey(format: TransferFormat, document: &mut Value) -> (&mut Value, [&'static str; 4]) {
    match format {
        TransferFormat::Cxf => {
            (&mut document["accounts"][0]["items"][0]["credentials"][0], ["credentialId", "rpId", "userHandle", "key"])
        }
        TransferFormat::Bitwarden => (
            &mut document["items"][0]["login"]["fido2Credentials"][0],
            ["credentialId", "rpId", "userHandle", "keyValue"],
        ),
        TransferFormat::KeePassXc => (document, ["credentialId", "relyingParty", "userHandle", "privateKey"]),
    }
}

#[tokio::test]
async fn a_passkey_that_cannot_be_read_costs_itself_and_says_why() {
    let key = |pkcs8: &[u8], format| match format {
        TransferFormat::KeePassXc => {
            use base64::Engine as _;
            let body = base64::engine::general_purpose::STANDARD.encode(pkcs8);
            json!(format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"))
        }
        _ => {
            use base64::Engine as _;
            json!(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(pkcs8))
        }
    };
    // The beginnings of keys: RSA (rsaEncryption), P-384, X25519, P-256 without its contents.
    let rsa =
        [&[0x30, 0x20, 2, 1, 0, 0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1][..], &[0; 16]].concat();
    let p384 = [
        &[0x30, 0x1d, 2, 1, 0, 0x30, 16, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 5, 0x2b, 0x81, 4, 0, 0x22][..],
        &[0; 8],
    ];
    let x25519 = [&[0x30, 0x12, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e][..], &[0; 8]].concat();
    let p256 = [
        0x30, 0x18, 2, 1, 0, 0x30, 19, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3,
        1, 7,
    ];
    for (format, sample) in samples().await {
        let check = |member: usize, value: Value, expect: ProblemKind| {
            let mut document = sample.clone();
            let (passkey, names) = passkey(format, &mut document);
            passkey[names[member]] = value.clone();
            assert_eq!(problems(&document), [expect], "{format:?} {}", names[member]);
            assert!(transfer::read(document.to_string().as_bytes()).unwrap().passkeys.is_empty());
        };
        assert_eq!(problems(&sample), []);
        check(0, json!("*"), ProblemKind::CredentialId);
        check(0, json!(""), ProblemKind::CredentialId);
        check(0, json!([]), ProblemKind::Unreadable);
        check(1, json!(""), ProblemKind::RpId);
        check(1, json!("a b"), ProblemKind::RpId);
        check(1, json!("example.com/path"), ProblemKind::RpId);
        check(1, json!("Example.com"), ProblemKind::RpId);
        check(1, json!("192.0.2.1"), ProblemKind::RpId);
        check(1, json!("x".repeat(300)), ProblemKind::RpId);
        check(2, json!(""), ProblemKind::UserHandle);
        check(2, json!("A".repeat(88)), ProblemKind::UserHandle);
        check(3, json!("*"), ProblemKind::Key(KeyProblem::Damaged));
        check(3, json!(""), ProblemKind::Key(KeyProblem::Damaged));
        check(3, key(&rsa, format), ProblemKind::Key(KeyProblem::Rsa));
        check(3, key(&p384.concat(), format), ProblemKind::Key(KeyProblem::Curve));
        check(3, key(&x25519, format), ProblemKind::Key(KeyProblem::Other));
        check(3, key(&p256, format), ProblemKind::Key(KeyProblem::Damaged));
        check(3, key(&[0x30; 20_000], format), ProblemKind::Key(KeyProblem::Damaged));
    }
}

#[tokio::test]
async fn what_a_list_holds_besides_does_no_harm() {
    let [(_, cxf), (_, bitwarden), _] = samples().await;
    let check = |sample: &Value, change: &dyn Fn(&mut Value), taken: usize, expect: &[ProblemKind]| {
        let mut document = sample.clone();
        change(&mut document);
        let brought = transfer::read(document.to_string().as_bytes()).unwrap();
        let kinds: Vec<_> = brought.problems.iter().map(|problem| problem.kind).collect();
        assert_eq!((brought.passkeys.len(), kinds.as_slice()), (taken, expect));
        brought.has_more
    };
    let items = |document: &mut Value, more: Value| {
        let list = match document.get_mut("items") {
            Some(list) => list,
            None => &mut document["accounts"][0]["items"],
        };
        list.as_array_mut().unwrap().push(more);
    };
    for sample in [&cxf, &bitwarden] {
        let first = sample.get("items").unwrap_or(&sample["accounts"][0]["items"])[0].clone();
        check(sample, &|document| items(document, first.clone()), 1, &[ProblemKind::Twice]);
        check(sample, &|document| items(document, json!(3)), 1, &[ProblemKind::Unreadable]);
        check(sample, &|document| items(document, json!({ "name": "a note", "type": 2 })), 1, &[]);
        assert!(!check(sample, &|_| (), 1, &[]));
    }
    let login = |document: &mut Value, member: &str, value: Value| document["items"][0]["login"][member] = value;
    assert!(check(&bitwarden, &|document| login(document, "password", json!("x")), 1, &[]));
    assert!(check(&bitwarden, &|document| login(document, "totp", json!("x")), 1, &[]));
    assert!(check(&bitwarden, &|document| document["items"][0]["notes"] = json!("x"), 1, &[]));
    check(
        &cxf,
        &|document| document["accounts"].as_array_mut().unwrap().push(json!("x")),
        1,
        &[ProblemKind::Unreadable],
    );
    let totp = json!({ "type": "totp", "secret": 5 });
    let credentials = |document: &mut Value, more: &Value| {
        let list = &mut document["accounts"][0]["items"][0]["credentials"];
        list.as_array_mut().unwrap().push(more.clone());
    };
    assert!(check(&cxf, &|document| credentials(document, &totp), 1, &[]));
    let extensions = |document: &mut Value, value: Value| {
        document["accounts"][0]["items"][0]["credentials"][0]["fido2Extensions"] = value;
    };
    let short =
        json!({ "hmacCredentials": { "algorithm": "hmac-sha256", "credWithUV": "AQID", "credWithoutUV": "AQID" } });
    check(&cxf, &|document| extensions(document, short.clone()), 1, &[ProblemKind::WithoutPrf]);
    check(&cxf, &|document| extensions(document, json!({ "largeBlob": {} })), 1, &[ProblemKind::WithoutBlob]);
    // A counter that counts would go back; one that does not is written as a text or as a number.
    let counter = |document: &mut Value, value: Value| {
        document["items"][0]["login"]["fido2Credentials"][0]["counter"] = value;
    };
    check(&bitwarden, &|document| counter(document, json!("12")), 0, &[ProblemKind::Counter]);
    check(&bitwarden, &|document| counter(document, json!(12)), 0, &[ProblemKind::Counter]);
    check(&bitwarden, &|document| counter(document, json!(0)), 1, &[]);
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let (_folder, mut from) = store();
    let rp = RelyingParty::new("example.com", ORIGIN);
    register(&rp, &mut from, "ann").await;
    let ours = from.export(&ids(&from), &passphrase()).unwrap();
    let protection = Protection::Passphrase("five words for a trip".into());
    let shown = format!("{ours:?} {}", protection.is_plain());
    let file = json_of(&files(&from, TransferFormat::Cxf, &ours)[0]);
    let key = file["accounts"][0]["items"][0]["credentials"][0]["key"].as_str().unwrap();
    let bytes = format!("{:?}", ours[0].key.der());
    assert!(!shown.contains(&key[key.len() - 20..]) && !shown.contains(bytes.trim_matches(['[', ']'])));
}
