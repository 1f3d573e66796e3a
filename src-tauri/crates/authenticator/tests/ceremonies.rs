//! Ceremonies of the store, verified by webauthn-rs.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test program")]

mod support;

use rekey_authenticator::{Authenticator, AuthenticatorError, Nobody, Store, UserVerification};
use rekey_webauthn::{AuthenticatorAttachment, GetRequest};
use serde_json::{Value, json};
use support::{RelyingParty, caller, create, create_options, get, store, verified};
use webauthn_rs_core::proto::Credential;
use webauthn_rs_core::proto::UserVerificationPolicy::{Preferred, Required};

async fn register(rp: &RelyingParty, store: &mut Store, user: &str) -> Credential {
    let (request, state) = rp.start_registration(user, Required, Vec::new());
    let verification = verified(store);
    let made = store.make_credential(&request, verification, &Nobody).await.unwrap();
    rp.finish_registration(&request.response(&made), &state)
}

#[tokio::test]
async fn a_passkey_is_registered_and_signs_in() {
    for (rp_id, origin) in [
        ("localhost", "http://localhost:8090"),
        ("example.com", "https://example.com"),
        ("example.com", "https://login.example.com"),
    ] {
        let rp = RelyingParty::new(rp_id, origin);
        let (_folder, mut store) = store();
        let credential = register(&rp, &mut store, "ann").await;
        assert!(credential.user_verified);
        assert!(credential.backup_eligible && !credential.backup_state);
        assert_eq!(credential.counter, 0);

        // With an allow list, and verified.
        let (request, state) = rp.start_sign_in(vec![credential.clone()], Required);
        let verification = verified(&store);
        let made = store.get_assertion(&request, None, verification, &Nobody).await.unwrap();
        assert!(rp.finish_sign_in(&request.response(&made), state, vec![credential.clone()]));

        // Without a user name.
        let (request, state) = rp.start_sign_in(Vec::new(), Preferred);
        let verification = verified(&store);
        let made = store.get_assertion(&request, None, verification, &Nobody).await.unwrap();
        assert_eq!(made.user_handle.as_deref(), Some(b"ann".as_slice()));
        assert!(rp.finish_sign_in(&request.response(&made), state, vec![credential]));
    }
}

#[tokio::test]
async fn without_a_verification_the_flag_says_so() {
    let rp = RelyingParty::new("localhost", "http://localhost:8090");
    let (_folder, mut store) = store();
    let (request, state) = rp.start_registration("ann", Preferred, Vec::new());
    let made = store.make_credential(&request, UserVerification::NotVerified, &Nobody).await.unwrap();
    assert!(!made.user_verified);
    let credential = rp.finish_registration(&request.response(&made), &state);
    assert!(!credential.user_verified);
    let (request, state) = rp.start_sign_in(vec![credential.clone()], Preferred);
    let made = store.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await.unwrap();
    assert!(!made.user_verified);
    assert!(!rp.finish_sign_in(&request.response(&made), state, vec![credential]));
}

#[tokio::test]
async fn each_account_is_answered_with_its_own_passkey_only() {
    let rp = RelyingParty::new("localhost", "http://localhost:8090");
    let (_folder, mut store) = store();
    let users = ["ann", "bob", "cleo", "dan"];
    let mut credentials = Vec::new();
    for user in users {
        credentials.push(register(&rp, &mut store, user).await);
    }
    let ids: Vec<_> = store.passkeys().into_iter().map(|p| p.credential_id).collect();
    assert_eq!(ids.len(), 4);

    for (i, user) in users.iter().enumerate() {
        for allow in [Vec::new(), credentials.clone()] {
            let (request, state) = rp.start_sign_in(allow, Preferred);
            let verification = verified(&store);
            let made = store.get_assertion(&request, Some(&ids[i]), verification, &Nobody).await.unwrap();
            assert_eq!(made.credential_id, ids[i]);
            assert_eq!(made.user_handle.as_deref(), Some(user.as_bytes()));
            rp.finish_sign_in(&request.response(&made), state, vec![credentials[i].clone()]);
        }
        // The site allows all but this one: nobody answers, although three others could.
        let mut others = credentials.clone();
        others.remove(i);
        let (request, _) = rp.start_sign_in(others, Preferred);
        let refused = store.get_assertion(&request, Some(&ids[i]), UserVerification::NotVerified, &Nobody).await;
        assert!(matches!(refused, Err(AuthenticatorError::NoCredential)), "{refused:?}");
    }
}

#[tokio::test]
async fn another_sites_passkey_does_not_answer() {
    let (_folder, mut store) = store();
    let request = create("https://example.com", &create_options(None, "ann", &[]));
    let made = store.make_credential(&request, UserVerification::NotVerified, &Nobody).await.unwrap();
    let allow = [made.credential_id.to_string()];
    for (origin, allow) in
        [("https://example.org", &[][..]), ("https://example.org", &allow), ("https://sub.example.com", &allow)]
    {
        for only in [None, Some(&made.credential_id)] {
            let refused = store
                .get_assertion(&get(origin, allow, "preferred"), only, UserVerification::NotVerified, &Nobody)
                .await;
            assert!(matches!(refused, Err(AuthenticatorError::NoCredential)), "{origin} {refused:?}");
        }
    }
    let options = json!({ "challenge": "AAEC", "rpId": "example.com" }).to_string();
    let refused = GetRequest::parse(&caller("https://example.org"), &options).unwrap_err();
    assert_eq!(refused.dom_exception(), "SecurityError");
}

#[tokio::test]
async fn an_excluded_account_is_told_so_and_nothing_else_is() {
    let rp = RelyingParty::new("localhost", "http://localhost:8090");
    let (_folder, mut store) = store();
    let credential = register(&rp, &mut store, "ann").await;
    let (request, _) = rp.start_registration("ann", Preferred, vec![credential.clone()]);
    let refused = store.make_credential(&request, UserVerification::NotVerified, &Nobody).await.unwrap_err();
    assert!(matches!(refused, AuthenticatorError::Excluded));
    assert_eq!(store.passkeys().len(), 1);

    // Excluded also under another user handle; not under another RP ID.
    let exclude = [store.passkeys()[0].credential_id.to_string()];
    let request = create("http://localhost:9", &create_options(None, "renamed", &exclude));
    assert!(matches!(
        store.make_credential(&request, UserVerification::NotVerified, &Nobody).await,
        Err(AuthenticatorError::Excluded)
    ));
    let request = create("https://example.com", &create_options(None, "ann", &exclude));
    store.make_credential(&request, UserVerification::NotVerified, &Nobody).await.unwrap();
}

#[tokio::test]
async fn without_a_verification_a_request_that_requires_one_is_refused() {
    let rp = RelyingParty::new("localhost", "http://localhost:8090");
    let (_folder, mut store) = store();
    let (request, _) = rp.start_registration("ann", Required, Vec::new());
    let refused = store.make_credential(&request, UserVerification::NotVerified, &Nobody).await.unwrap_err();
    assert!(matches!(refused, AuthenticatorError::UserVerificationRequired));
    assert!(store.passkeys().is_empty());

    // A proof made by another store's passphrase is none here.
    let (_other_folder, other) = support::store();
    let refused = store.make_credential(&request, verified(&other), &Nobody).await;
    assert!(matches!(refused, Err(AuthenticatorError::UserVerificationRequired)));

    // Where nothing is to answer, that is said, and nobody need be verified.
    let request = get("http://localhost:8090", &[], "required");
    let refused = store.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await;
    assert!(matches!(refused, Err(AuthenticatorError::NoCredential)));

    let credential = register(&rp, &mut store, "ann").await;
    let (request, _) = rp.start_sign_in(vec![credential], Required);
    let refused = store.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await;
    assert!(matches!(refused, Err(AuthenticatorError::UserVerificationRequired)));
}

#[tokio::test]
async fn the_sites_order_of_algorithms_decides() {
    let check = async |listed: &[i64], expect: Option<i64>| {
        let (_folder, mut store) = store();
        let mut options = create_options(None, "ann", &[]);
        options["pubKeyCredParams"] = listed.iter().map(|alg| json!({ "type": "public-key", "alg": alg })).collect();
        let made = store
            .make_credential(&create("https://example.com", &options), UserVerification::NotVerified, &Nobody)
            .await;
        assert_eq!(made.ok().map(|made| made.algorithm), expect, "{listed:?}");
    };
    check(&[], Some(-7)).await;
    check(&[-257, -7, -8], Some(-7)).await;
    check(&[-8, -7], Some(-8)).await;
    check(&[-65535, 12345, -8], Some(-8)).await;
    check(&[-257], None).await;
}

#[tokio::test]
async fn ed25519_signs_in_too() {
    let rp = RelyingParty::new("localhost", "http://localhost:8090");
    let (_folder, mut store) = store();
    let (mut request, state) = rp.start_registration("ann", Preferred, Vec::new());
    request.algorithms = vec![-8];
    let made = store.make_credential(&request, UserVerification::NotVerified, &Nobody).await.unwrap();
    assert_eq!(made.algorithm, -8);
    // webauthn-rs was asked for its own list, which has no EdDSA: verify through the response's own key instead.
    let _ = state;
    let request = get("http://localhost:8090", &[], "preferred");
    let signed = store.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await.unwrap();
    let key = made.public_key.unwrap();
    let raw: [u8; 32] = key[key.len() - 32..].try_into().unwrap();
    let message = [signed.authenticator_data.as_slice(), request.client_data.hash()].concat();
    let key = ed25519_dalek::VerifyingKey::from_bytes(&raw).unwrap();
    let signature = ed25519_dalek::Signature::from_slice(&signed.signature).unwrap();
    ed25519_dalek::Verifier::verify(&key, &message, &signature).unwrap();
}

#[tokio::test]
async fn the_page_gets_every_member_and_the_truth_about_discoverability() {
    let (_folder, mut store) = store();
    let mut options = create_options(None, "ann", &[]);
    options["authenticatorSelection"] =
        json!({ "residentKey": "discouraged", "authenticatorAttachment": "cross-platform" });
    let request = create("https://example.com", &options);
    let made = store.make_credential(&request, UserVerification::NotVerified, &Nobody).await.unwrap();
    assert_eq!(made.attachment, Some(AuthenticatorAttachment::Platform));
    let response: Value = serde_json::from_str(&request.response(&made)).unwrap();
    assert_eq!(response["clientExtensionResults"], json!({ "credProps": { "rk": true } }));
    assert_eq!(response["response"]["transports"], json!(["internal"]));
    assert_eq!(response["response"]["publicKeyAlgorithm"], -7);
    assert_eq!(response["id"], response["rawId"]);
    assert_eq!(response["type"], "public-key");
    let members: Vec<&String> = response["response"].as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        ["clientDataJSON", "authenticatorData", "transports", "publicKey", "publicKeyAlgorithm", "attestationObject"]
    );
}
