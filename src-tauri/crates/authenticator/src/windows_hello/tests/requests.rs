//! What Windows is asked, field by field, for each version of its API.

use std::sync::Arc;

use rekey_webauthn::{CreateRequest, CredentialId, GetRequest};
use windows_sys::Win32::Foundation::NTE_USER_CANCELLED;

use super::fake::{Call, Fake, SeenGet, SeenMake};
use super::{create_request, get_request, hello};
use crate::{Authenticator as _, AuthenticatorError, Nobody, UserVerification};

/// `SHA-256("WebAuthn PRF" || 0x00 || input)`
fn salt(input: &[u8]) -> Vec<u8> {
    use sha2::Digest as _;
    sha2::Sha256::digest([b"WebAuthn PRF\0".as_slice(), input].concat()).to_vec()
}

async fn seen_make(api: u32, request: &CreateRequest) -> Result<SeenMake, AuthenticatorError> {
    let fake = Arc::new(Fake::of_version(api));
    fake.will_make(Err(NTE_USER_CANCELLED));
    let made = hello(&fake).await.make_credential(request, UserVerification::NotVerified, &Nobody).await;
    match (made, fake.calls().as_slice()) {
        (Err(AuthenticatorError::Declined), [Call::Make(seen)]) => Ok(*seen.clone()),
        (Err(error), []) => Err(error),
        other => panic!("{other:?}"),
    }
}

async fn seen_get(api: u32, request: &GetRequest, only: Option<&CredentialId>) -> SeenGet {
    let fake = Arc::new(Fake::of_version(api));
    fake.will_assert(Err(NTE_USER_CANCELLED));
    let made = hello(&fake).await.get_assertion(request, only, UserVerification::NotVerified, &Nobody).await;
    match (made, fake.calls().as_slice()) {
        (Err(AuthenticatorError::Declined), [Call::Get(seen)]) => *seen.clone(),
        other => panic!("{other:?}"),
    }
}

const EVERYTHING: &str = r#"{
    "rp": {"id": "example.com", "name": "Exa\u0000mple 🔑"},
    "timeout": 400000,
    "attestation": "enterprise",
    "authenticatorSelection": {"residentKey": "preferred", "userVerification": "required"},
    "excludeCredentials": [
        {"type": "public-key", "id": "CQk", "transports": ["internal", "hybrid"]},
        {"type": "public-key", "id": "CAgI"}
    ],
    "extensions": {
        "credProps": true,
        "credentialProtectionPolicy": "userVerificationRequired",
        "minPinLength": true,
        "prf": {"eval": {"first": "AQ", "second": "Ag"}},
        "largeBlob": {"support": "preferred"}
    }
}"#;

#[tokio::test]
async fn a_creation_asks_for_what_the_version_knows() {
    // API version; dwVersion of the options; extensions; then, of the fields that later versions added: enterprise
    // attestation, require and prefer resident, large blob, enable PRF, salts; and what the transport bits may hold.
    let check = async |api: u32,
                       options: u32,
                       extensions: &[&str],
                       [enterprise, require, prefer, blob, prf, eval]: [u32; 6]| {
        let request = create_request(EVERYTHING);
        let hybrid = if api >= 6 { 0x20 } else { 0 };
        let value = |name: &str| match name {
            "credProtect" => [3_u32.to_ne_bytes(), 0_u32.to_ne_bytes()].concat(),
            _ => 1_u32.to_ne_bytes().to_vec(),
        };
        let expect = SeenMake {
            window: 7,
            versions: [1, 1, 1, options],
            rp: ("example.com".to_owned(), "Exa\u{fffd}mple 🔑".to_owned()),
            user: (vec![1, 2, 3], "ann".to_owned(), "Ann".to_owned()),
            algorithms: vec![-7, -257],
            client_data: (request.client_data.json().to_vec(), "SHA-256".to_owned()),
            timeout: 400_000,
            extensions: extensions.iter().map(|&name| (name.to_owned(), value(name))).collect(),
            attachment: 1,
            require_resident: require.cast_signed(),
            verification: 1,
            conveyance: 3,
            flags: if eval == 1 { 0x10_0000 } else { 0 },
            cancellation: 1,
            exclude: Some(vec![(vec![9, 9], 0x10 | hybrid), (vec![8, 8, 8], 0)]),
            enterprise,
            large_blob: blob,
            prefer_resident: prefer.cast_signed(),
            enable_prf: prf.cast_signed(),
            eval: (eval == 1).then(|| (salt(&[1]), salt(&[2]))),
        };
        assert_eq!(seen_make(api, &request).await.unwrap(), expect, "API {api}");
    };
    check(1, 3, &["hmac-secret"], [0, 0, 0, 0, 0, 0]).await;
    check(2, 3, &["hmac-secret", "credProtect"], [0, 0, 0, 0, 0, 0]).await;
    check(3, 4, &["hmac-secret", "credProtect", "minPinLength"], [1, 0, 1, 0, 0, 0]).await;
    check(4, 5, &["hmac-secret", "credProtect", "minPinLength"], [1, 0, 1, 0, 0, 0]).await;
    check(5, 5, &["hmac-secret", "credProtect", "minPinLength"], [1, 1, 0, 2, 0, 0]).await;
    check(6, 6, &["credProtect", "minPinLength"], [1, 1, 0, 2, 1, 0]).await;
    check(7, 7, &["credProtect", "minPinLength"], [1, 1, 0, 2, 1, 0]).await;
    check(8, 8, &["credProtect", "minPinLength"], [1, 1, 0, 2, 1, 1]).await;
    // Later ones are asked as the last one that is known.
    check(9, 8, &["credProtect", "minPinLength"], [1, 1, 0, 2, 1, 1]).await;
}

#[tokio::test]
async fn a_plain_creation_asks_for_nothing_more() {
    for api in 1..=8 {
        let request = create_request(
            r#"{"rp": {"id": "example.com", "name": ""}, "user": {"id": "AQID", "name": "ann", "displayName": ""}}"#,
        );
        let seen = seen_make(api, &request).await.unwrap();
        let expect = SeenMake {
            window: 7,
            versions: seen.versions,
            rp: ("example.com".to_owned(), "example.com".to_owned()),
            user: (vec![1, 2, 3], "ann".to_owned(), "ann".to_owned()),
            algorithms: vec![-7, -257],
            client_data: (request.client_data.json().to_vec(), "SHA-256".to_owned()),
            timeout: 300_000,
            attachment: 1,
            verification: 2,
            conveyance: 1,
            cancellation: 1,
            ..SeenMake::default()
        };
        assert_eq!(seen, expect, "API {api}");
    }
}

#[tokio::test]
async fn policies_have_their_numbers() {
    let selection = async |members: &str| {
        let request = create_request(&format!(r#"{{"authenticatorSelection": {{{members}}}}}"#));
        let seen = seen_make(7, &request).await.unwrap();
        (seen.require_resident, seen.prefer_resident, seen.verification)
    };
    assert_eq!(selection(r#""residentKey": "required", "userVerification": "required""#).await, (1, 0, 1));
    assert_eq!(selection(r#""residentKey": "preferred", "userVerification": "preferred""#).await, (0, 1, 2));
    assert_eq!(selection(r#""residentKey": "discouraged", "userVerification": "discouraged""#).await, (0, 0, 3));
    let conveyance = async |name: &str| {
        let seen = seen_make(7, &create_request(&format!(r#"{{"attestation": "{name}"}}"#))).await.unwrap();
        (seen.conveyance, seen.enterprise)
    };
    assert_eq!(conveyance("none").await, (1, 0));
    assert_eq!(conveyance("indirect").await, (2, 0));
    assert_eq!(conveyance("direct").await, (3, 0));
    assert_eq!(conveyance("enterprise").await, (3, 1));
    let protection = async |policy: &str| {
        let extensions = format!(
            r#"{{"extensions": {{"credentialProtectionPolicy": "{policy}", "enforceCredentialProtectionPolicy": true}}}}"#
        );
        let seen = seen_make(2, &create_request(&extensions)).await.unwrap();
        let [(name, value)] = seen.extensions.as_slice() else { panic!("{:?}", seen.extensions) };
        assert_eq!(name, "credProtect");
        (value[0], value[4])
    };
    assert_eq!(protection("userVerificationOptional").await, (1, 0));
    assert_eq!(protection("userVerificationOptionalWithCredentialIDList").await, (2, 1));
    assert_eq!(protection("userVerificationRequired").await, (3, 1));
}

#[tokio::test]
async fn what_is_required_and_not_there_is_refused_before_windows_is_asked() {
    let check = async |api: u32, members: &str, expect: &str| {
        let seen = seen_make(api, &create_request(members)).await;
        assert_eq!(seen.map(|_| ()).map_err(|error| format!("{error:?}")), Err(expect.to_owned()), "{api} {members}");
    };
    let protected = r#"{"extensions": {
        "credentialProtectionPolicy": "userVerificationRequired", "enforceCredentialProtectionPolicy": true}}"#;
    check(1, protected, "Unsupported").await;
    check(4, r#"{"extensions": {"largeBlob": {"support": "required"}}}"#, "Unsupported").await;
    // The client lets no site ask for this one alone.
    let mut request = create_request("{}");
    request.algorithms = vec![-70_000_000_000];
    assert!(matches!(seen_make(8, &request).await, Err(AuthenticatorError::Algorithm)));
    // A blob that is required wants a discoverable credential; one that is preferred gives way to the site's other wish.
    let blob = |support: &str, residence: &str| {
        create_request(&format!(
            r#"{{"extensions": {{"largeBlob": {{"support": "{support}"}}}},
                 "authenticatorSelection": {{"residentKey": "{residence}"}}}}"#
        ))
    };
    let asked = async |request: CreateRequest| {
        let seen = seen_make(5, &request).await.unwrap();
        (seen.require_resident, seen.large_blob)
    };
    assert_eq!(asked(blob("required", "discouraged")).await, (1, 1));
    assert_eq!(asked(blob("preferred", "discouraged")).await, (0, 0));
    assert_eq!(asked(blob("preferred", "required")).await, (1, 2));
}

#[tokio::test]
async fn an_assertion_asks_for_what_the_version_knows() {
    let request = get_request(
        r#"{
        "timeout": 400000,
        "userVerification": "discouraged",
        "allowCredentials": [
            {"type": "public-key", "id": "CQkJ", "transports": ["hybrid", "internal"]},
            {"type": "public-key", "id": "CAgI"}
        ],
        "extensions": {
            "prf": {"eval": {"first": "AQ"}, "evalByCredential": {"CAgI": {"first": "Ag", "second": "Aw"}}},
            "largeBlob": {"read": true}
        }
    }"#,
    );
    let check = async |api: u32, version: u32, prf: bool, blob: u32| {
        let hybrid = if api >= 6 { 0x20 } else { 0 };
        let by_credential = vec![(vec![8, 8, 8], (salt(&[2]), salt(&[3])))];
        let expect = SeenGet {
            window: 7,
            version,
            rp_id: "example.com".to_owned(),
            client_data: (request.client_data.json().to_vec(), "SHA-256".to_owned()),
            timeout: 400_000,
            attachment: 1,
            verification: 3,
            flags: if prf { 0x10_0000 } else { 0 },
            cancellation: 1,
            allow: Some(vec![(vec![9, 9, 9], 0x10 | hybrid), (vec![8, 8, 8], 0)]),
            blob: (blob, Vec::new()),
            salts: prf.then(|| (Some((salt(&[1]), Vec::new())), by_credential)),
        };
        assert_eq!(seen_get(api, &request, None).await, expect, "API {api}");
    };
    check(1, 4, false, 0).await;
    check(2, 4, false, 0).await;
    check(3, 5, false, 0).await;
    check(4, 6, true, 0).await;
    check(5, 6, true, 1).await;
    check(6, 6, true, 1).await;
    check(7, 7, true, 1).await;
    check(8, 7, true, 1).await;

    // With one credential alone, its salts alone.
    let only = CredentialId::new(vec![9, 9, 9]).unwrap();
    let seen = seen_get(8, &request, Some(&only)).await;
    assert_eq!(seen.allow, Some(vec![(vec![9, 9, 9], 0x30)]));
    assert_eq!(seen.salts, Some((Some((salt(&[1]), Vec::new())), Vec::new())));
}

#[tokio::test]
async fn an_assertion_by_anyone_has_no_list() {
    let seen = seen_get(8, &get_request("{}"), None).await;
    assert_eq!((seen.allow, seen.salts, seen.flags, seen.blob), (None, None, 0, (0, Vec::new())));
    // A credential that the journey wants and the site leaves open.
    let only = CredentialId::new(vec![5]).unwrap();
    let seen = seen_get(8, &get_request("{}"), Some(&only)).await;
    assert_eq!(seen.allow, Some(vec![(vec![5], 0)]));
    let write = get_request(
        r#"{"allowCredentials": [{"type": "public-key", "id": "CQkJ"}], "extensions": {"largeBlob": {"write": "AQI"}}}"#,
    );
    assert_eq!(seen_get(8, &write, None).await.blob, (2, vec![1, 2]));
}
