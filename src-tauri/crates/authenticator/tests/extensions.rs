//! The extensions that the store has: prf, credProtect, largeBlob.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program")]

mod support;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rekey_authenticator::{Authenticator, AuthenticatorError, Nobody, Store, UserVerification};
use rekey_webauthn::{CreateRequest, GetRequest, LargeBlobOutcome, MadeCredential, PrfResults};
use serde_json::{Value, json};
use support::files::{database, delete_for_good, edit};
use support::{caller, create_options, store, verified};

const ORIGIN: &str = "https://example.com";

fn creates(extensions: &Value) -> CreateRequest {
    let mut options = create_options(None, "ann", &[]);
    options["extensions"] = extensions.clone();
    CreateRequest::parse(&caller(ORIGIN), &options.to_string()).unwrap()
}

fn gets(allow: &[&MadeCredential], extensions: &Value) -> GetRequest {
    let allow = allow.iter().map(|made| json!({ "type": "public-key", "id": made.credential_id.to_string() }));
    let options = json!({
        "challenge": "AAECAwQFBgcICQoLDA0ODw",
        "allowCredentials": allow.collect::<Vec<_>>(),
        "userVerification": "preferred",
        "extensions": extensions,
    });
    GetRequest::parse(&caller(ORIGIN), &options.to_string()).unwrap()
}

async fn make(store: &mut Store, extensions: &Value) -> MadeCredential {
    let verification = verified(store);
    store.make_credential(&creates(extensions), verification, &Nobody).await.unwrap()
}

async fn prf(store: &mut Store, made: &MadeCredential, extensions: &Value) -> Option<PrfResults> {
    let verification = verified(store);
    store.get_assertion(&gets(&[made], extensions), None, verification, &Nobody).await.unwrap().extensions.prf
}

#[tokio::test]
async fn secrets_are_derived_for_a_verified_person_and_stay_the_same() {
    let (_folder, mut store) = store();
    let path = store.path().to_owned();
    let one = json!({ "prf": { "eval": { "first": "AQID" } } });
    let two = json!({ "prf": { "eval": { "first": "AQID", "second": "BAUG" } } });
    let made = make(&mut store, &two).await;
    let at_once = made.extensions.prf.clone().unwrap();
    assert!(at_once.enabled);
    let results = at_once.results.unwrap();

    let again = prf(&mut store, &made, &two).await.unwrap();
    assert!(again == results && results.second.as_ref().is_some_and(|second| **second != *results.first));
    let first = prf(&mut store, &made, &one).await.unwrap();
    assert!(first.first == results.first && first.second.is_none());
    let swapped = json!({ "prf": { "eval": { "first": "BAUG" } } });
    assert!(Some(prf(&mut store, &made, &swapped).await.unwrap().first) == results.second);
    // Salts for this passkey go before those for any.
    let id = made.credential_id.to_string();
    let own = json!({ "prf": { "eval": { "first": "BAUG" }, "evalByCredential": { id: { "first": "AQID" } } } });
    assert!(prf(&mut store, &made, &own).await.unwrap().first == results.first);
    // Not for somebody who was not verified: the person is asked.
    let refused = store.get_assertion(&gets(&[&made], &one), None, UserVerification::NotVerified, &Nobody).await;
    assert!(matches!(refused, Err(AuthenticatorError::UserVerificationRequired)));
    // It is what HMAC-SHA-256 gives of the secret that KeePassDX would read, over the page's hashed input.
    let secret = database(&path).iter_all_entries().next().unwrap().get("KPEX_PASSKEY_PRF").unwrap().to_owned();
    let secret: Vec<u8> = STANDARD.decode(secret).unwrap();
    assert_eq!(secret.len(), 32);
    assert!(support::hmac_sha256(&secret.try_into().unwrap(), &support::prf_salt(&[1, 2, 3])) == *results.first);

    // Another passkey of the same account derives others; one without derives none.
    let other = make(&mut store, &one).await;
    assert!(other.extensions.prf.clone().unwrap().results.unwrap().first != results.first);
    let plain = make(&mut store, &json!({})).await;
    assert!(plain.extensions.prf.is_none() && prf(&mut store, &plain, &one).await.is_none());
    drop(store);
    let mut store = Store::open(&path, &support::passphrase()).unwrap();
    assert!(prf(&mut store, &made, &two).await.unwrap() == results);
}

#[tokio::test]
async fn a_secret_of_another_program_is_used_and_one_that_is_none_is_not() {
    let check = async |text: &str, expect: bool| {
        let (_folder, mut store) = store();
        let path = store.path().to_owned();
        let made = make(&mut store, &json!({})).await;
        drop(store);
        edit(&path, |database| database.foreach_entry_mut(|mut e| e.set_protected("KPEX_PASSKEY_PRF", text)));
        let mut store = Store::open(&path, &support::passphrase()).unwrap();
        let found = prf(&mut store, &made, &json!({ "prf": { "eval": { "first": "AQID" } } })).await;
        assert_eq!(found.is_some(), expect, "{text}");
        let expected = support::hmac_sha256(&[255; 32], &support::prf_salt(&[1, 2, 3]));
        assert!(found.is_none_or(|found| *found.first == expected), "{text}");
    };
    check(&STANDARD.encode([255; 32]), true).await;
    check(&base64::engine::general_purpose::URL_SAFE_NO_PAD.encode([255; 32]), true).await;
    check(&STANDARD.encode([255; 16]), false).await;
    check("from another program", false).await;
    check("", false).await;
}

#[tokio::test]
async fn a_protected_passkey_waits_for_a_verified_person() {
    let check = async |policy: &str, number: u8, without_list: bool, with_list: bool| {
        let (_folder, mut store) = store();
        let asked = json!({ "credentialProtectionPolicy": policy, "enforceCredentialProtectionPolicy": true });
        let made = make(&mut store, &asked).await;
        // The signed data says which policy it is: extensions are flagged and are one map at the end.
        assert_eq!(made.authenticator_data[32] & 0x80, 0x80, "{policy}");
        let mut signed = vec![0xa1, 0x6b];
        signed.extend(b"credProtect");
        signed.push(number);
        assert!(made.authenticator_data.ends_with(&signed), "{policy}");
        for (allow, expect) in [(vec![], without_list), (vec![&made], with_list)] {
            let request = gets(&allow, &json!({}));
            let answer = store.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await;
            assert_eq!(answer.is_ok(), expect, "{policy} {allow:?}");
            if !expect {
                assert!(matches!(answer, Err(AuthenticatorError::UserVerificationRequired)), "{policy}");
            }
            let verification = verified(&store);
            assert_eq!(store.may_answer(&request, None).await, Some(true));
            store.get_assertion(&request, None, verification, &Nobody).await.unwrap();
        }
    };
    check("userVerificationOptional", 1, true, true).await;
    check("userVerificationOptionalWithCredentialIDList", 2, false, true).await;
    check("userVerificationRequired", 3, false, false).await;
}

#[tokio::test]
async fn a_blob_is_kept_within_bounds() {
    let (_folder, mut store) = store();
    let path = store.path().to_owned();
    let made = make(&mut store, &json!({ "largeBlob": { "support": "required" } })).await;
    assert!(made.extensions.large_blob);
    let mut use_blob = async |extensions: Value| {
        let request = gets(&[&made], &extensions);
        let answer = store.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await;
        answer.unwrap().extensions.large_blob.unwrap()
    };
    let write = |size: usize| {
        let blob = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(vec![7; size]);
        json!({ "largeBlob": { "write": blob } })
    };
    let read = json!({ "largeBlob": { "read": true } });
    assert!(use_blob(read.clone()).await == LargeBlobOutcome::Read(None));
    assert!(use_blob(write(2048)).await == LargeBlobOutcome::Written(true));
    assert!(use_blob(write(2049)).await == LargeBlobOutcome::Written(false));
    assert!(use_blob(read).await == LargeBlobOutcome::Read(Some(vec![7; 2048])));
    let field = database(&path).iter_all_entries().next().unwrap().fields["REKEY_PASSKEY_LARGE_BLOB"].is_protected();
    assert!(field);
}

#[tokio::test]
async fn a_blob_of_a_passkey_that_is_gone_is_not_said_to_be_written() {
    let (_folder, mut store) = store();
    let path = store.path().to_owned();
    let made = make(&mut store, &json!({ "largeBlob": { "support": "required" } })).await;
    delete_for_good(&path);
    let before = std::fs::read(&path).unwrap();
    let request = gets(&[&made], &json!({ "largeBlob": { "write": "AQID" } }));
    let answer = store.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await.unwrap();
    assert!(answer.extensions.large_blob.unwrap() == LargeBlobOutcome::Written(false));
    assert!(std::fs::read(&path).unwrap() == before);
    assert!(!store.contains(&made.credential_id));
}
