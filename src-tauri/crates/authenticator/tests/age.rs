//! The program `age` opens what is encrypted here, and what it encrypts is opened here. `cargo xtask setup` installs it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test program")]

mod support;

use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use rekey_authenticator::transfer::{self, Openers, Protection, TransferFormat, TransferLock, Writer};
use rekey_authenticator::{Authenticator, Nobody};
use secrecy::SecretString;
use support::{create, create_options, passphrase, store, verified};
use zeroize::Zeroizing;

fn run(program: &str, arguments: &[&Path]) -> Vec<u8> {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}; run `cargo xtask setup`"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[tokio::test]
async fn age_opens_what_is_encrypted_here_and_the_other_way_round() {
    let (folder, mut from) = store();
    let request = create("https://example.com", &create_options(None, "ann", &[]));
    let verification = verified(&from);
    from.make_credential(&request, verification, &Nobody).await.unwrap();
    let ids: Vec<_> = from.passkeys().into_iter().map(|passkey| passkey.credential_id).collect();
    let ours = from.export(&ids, &passphrase()).unwrap();
    let writer = Writer { store: from.id(), now: SystemTime::now() };
    let [key, sealed] = ["key.txt", "sealed"].map(|name| folder.path().join(name));

    run("age-keygen", &[Path::new("-o"), &key]);
    let recipient = String::from_utf8(run("age-keygen", &[Path::new("-y"), &key])).unwrap();
    let openers =
        Openers { passphrase: None, identities: Some(SecretString::from(std::fs::read_to_string(&key).unwrap())) };

    let protection = Protection::Recipients(vec![recipient.parse().unwrap()]);
    let written = transfer::write(TransferFormat::Cxf, &ours, &protection, &writer).unwrap();
    std::fs::write(&sealed, &*written.files[0].bytes).unwrap();
    let plain = run("age", &[Path::new("--decrypt"), Path::new("-i"), &key, &sealed]);
    assert_eq!(transfer::read(&plain).unwrap().passkeys.len(), 1);

    let plain_file = folder.path().join("plain");
    std::fs::write(&plain_file, &plain).unwrap();
    for armour in [&[][..], &[Path::new("--armor")]] {
        let arguments = [Path::new("--encrypt"), Path::new("-i"), &key];
        let theirs = run("age", &[&arguments, armour, &[plain_file.as_path()]].concat());
        assert_eq!(transfer::lock(&theirs), TransferLock::Identity);
        assert!(*transfer::open(Zeroizing::new(theirs), &openers).unwrap() == plain);
    }
}
