//! Bitwarden's own SDK takes in what the store exports, and has the same passkeys afterwards. The Node packages are those
//! of `../tests/programs/node`, which `cargo xtask setup` installs.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use rekey_authenticator::transfer::{self, Protection, TransferFormat, Writer};
use rekey_authenticator::{Authenticator, Nobody};
use serde_json::Value;
use support::{create, create_options, passphrase, store, verified};

fn packages() -> PathBuf {
    let packages = match std::env::var_os("REKEY_PROGRAMS_NODE") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/programs/node"),
    };
    assert!(packages.join("node_modules").is_dir(), "the Node packages are missing: run `cargo xtask setup`");
    packages
}

#[tokio::test]
async fn bitwarden_has_the_same_passkeys_afterwards() {
    let (folder, mut from) = store();
    for user in ["ann", "bob"] {
        let request = create("https://login.example.com", &create_options(Some("example.com"), user, &[]));
        let verification = verified(&from);
        from.make_credential(&request, verification, &Nobody).await.unwrap();
    }
    let ids: Vec<_> = from.passkeys().into_iter().map(|passkey| passkey.credential_id).collect();
    let ours = from.export(&ids, &passphrase()).unwrap();
    let writer = Writer { store: from.id(), now: SystemTime::now() };
    let files = [TransferFormat::Cxf, TransferFormat::Bitwarden].map(|format| {
        let written = transfer::write(format, &ours, &Protection::Plain, &writer).unwrap();
        let path = folder.path().join(&written.files[0].name);
        std::fs::write(&path, &*written.files[0].bytes).unwrap();
        path
    });
    let out = folder.path().join("taken.json");
    let output = Command::new("node")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bitwarden.cjs"))
        .args(&files)
        .arg(&out)
        .env("REKEY_PROGRAMS_NODE", packages())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let theirs: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    let expected: Value = serde_json::from_slice(&std::fs::read(&files[1]).unwrap()).unwrap();
    let members = ["credentialId", "keyType", "keyAlgorithm", "keyCurve", "rpId", "userHandle", "userName", "counter"];
    for way in ["exchange", "own"] {
        let passkeys = theirs[way].as_array().unwrap();
        assert_eq!(passkeys.len(), 2, "{way}");
        for (item, theirs) in expected["items"].as_array().unwrap().iter().zip(passkeys) {
            let ours = &item["login"]["fido2Credentials"][0];
            for member in members {
                assert_eq!(theirs[member], ours[member], "{way} {member}");
            }
            assert_eq!(theirs["discoverable"], "true", "{way}");
            let same = transfer_key(&theirs["keyValue"]) == transfer_key(&ours["keyValue"]);
            assert!(same, "{way} keyValue");
        }
    }
}

/// A key's bytes, whatever base64 it is written in.
fn transfer_key(text: &Value) -> Vec<u8> {
    use base64::Engine as _;
    let text = text.as_str().unwrap().trim_end_matches('=').replace('+', "-").replace('/', "_");
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap()
}
