//! What becomes of answers and failures.

use std::sync::Arc;

use rekey_webauthn::{
    AuthenticatorAttachment, AuthenticatorTransport, CredentialId, LargeBlobOutcome, MadeCredential, PrfResults,
};
use windows_sys::Win32::Foundation::{FALSE, NTE_NOT_FOUND};
use windows_sys::core::HRESULT;

use super::answers::{AssertionAnswer, ListAnswer, MadeAnswer};
use super::fake::{Call, Fake};
use super::{authenticator_data, create_request, data_with, get_request, hello};
use crate::windows_hello::WindowsHello;
use crate::{Authenticator as _, AuthenticatorError, HeldPasskey, Home, Nobody, UserVerification};

const EXTENDED: &str = r#"{
    "authenticatorSelection": {"residentKey": "required"},
    "extensions": {"prf": {"eval": {"first": "AQ"}}, "largeBlob": {}}
}"#;

async fn make(members: &str, answer: MadeAnswer) -> Result<MadeCredential, AuthenticatorError> {
    let fake = Arc::new(Fake::of_version(8));
    fake.will_make(Ok(answer));
    let request = create_request(members);
    let made = hello(&fake).await.make_credential(&request, UserVerification::NotVerified, &Nobody).await;
    assert!(matches!(fake.calls().as_slice(), [Call::Make(_), Call::FreeMade]), "an answer is given back once");
    made
}

fn is(secret: &PrfResults, first: u8, second: Option<u8>) -> bool {
    *secret.first == [first; 32] && secret.second.as_deref() == second.map(|byte| [byte; 32]).as_ref()
}

#[tokio::test]
async fn a_new_credential_is_read_as_far_as_its_version_goes() {
    for version in 1..=8 {
        let made = make(EXTENDED, MadeAnswer::of_version(version)).await.unwrap();
        assert_eq!(made.credential_id.as_bytes(), [9, 9, 9]);
        assert_eq!(made.attestation_object, b"attestation object");
        assert_eq!(made.authenticator_data, authenticator_data(Some(&[9, 9, 9])));
        assert_eq!(made.algorithm, -7);
        assert_eq!(made.public_key.as_ref().map(Vec::len), Some(91));
        assert_eq!(made.transports, [AuthenticatorTransport::Internal]);
        assert_eq!(made.attachment, Some(AuthenticatorAttachment::Platform));
        assert_eq!(made.discoverable, Some(true));
        assert!(made.user_verified);
        let prf = made.extensions.prf.unwrap();
        assert_eq!((made.extensions.large_blob, prf.enabled), (version >= 4, version >= 2), "version {version}");
        assert_eq!(prf.results.as_ref().is_some_and(|found| is(found, 1, Some(2))), version >= 7, "version {version}");
    }
}

#[tokio::test]
async fn what_was_not_asked_for_is_not_told() {
    let made = make("{}", MadeAnswer::of_version(7)).await.unwrap();
    assert_eq!((made.extensions.prf, made.extensions.large_blob, made.discoverable), (None, false, Some(true)));
    let made = make("{}", MadeAnswer::of_version(3)).await.unwrap();
    assert_eq!(made.discoverable, None);
    let made = make("{}", MadeAnswer::of_version(4).change(|answer| answer.base.bResidentKey = FALSE)).await.unwrap();
    assert_eq!(made.discoverable, Some(false));
    let made = make("{}", MadeAnswer::of_version(3).change(|answer| answer.base.dwUsedTransport = 1)).await.unwrap();
    assert_eq!(made.attachment, Some(AuthenticatorAttachment::CrossPlatform));
    assert_eq!(made.transports, [AuthenticatorTransport::Usb]);
}

#[tokio::test]
async fn rsa_keys_are_told_as_der() {
    // kty RSA, alg RS256, n of 256 bytes, e 65537.
    let mut key = vec![0xa4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20, 0x59, 0x01, 0x00];
    key.extend([0xc5; 256]);
    key.extend([0x21, 0x43, 0x01, 0x00, 0x01]);
    let made = make("{}", MadeAnswer::of_version(7).data(&data_with(Some((&[9, 9, 9], &key))))).await.unwrap();
    assert_eq!(made.algorithm, -257);
    // openssl's form of a 2048 bit key: 294 bytes, of which these come first and last.
    let der = made.public_key.unwrap();
    let first = "30820122300d06092a864886f70d01010105000382010f003082010a0282010100c5c5";
    assert_eq!((der.len(), &der[..35], &der[289..]), (294, &super::hex(first)[..], &[2, 3, 1, 0, 1][..]));
}

#[tokio::test]
async fn answers_that_do_not_fit_are_refused() {
    let check = async |members: &str, answer: MadeAnswer, expect: &str| {
        let made = make(members, answer).await;
        assert_eq!(made.map(|_| ()).map_err(|error| format!("{error:?}")), Err(expect.to_owned()));
    };
    let answer = || MadeAnswer::of_version(7);
    check("{}", answer().change(|a| a.base.pbAuthenticatorData = std::ptr::null_mut()), "Unreadable").await;
    check("{}", answer().change(|a| a.base.cbAuthenticatorData = u32::MAX), "Unreadable").await;
    check("{}", answer().change(|a| a.base.cbAttestationObject = 0), "Unreadable").await;
    check("{}", answer().change(|a| a.base.cbCredentialId = 2), "Unreadable").await;
    check("{}", answer().data(&authenticator_data(None)), "Unreadable").await;
    check("{}", answer().data(b"too short"), "Unreadable").await;
    check(r#"{"rp": {"id": "login.example.com", "name": ""}}"#, answer(), "Unreadable").await;
    check(r#"{"pubKeyCredParams": [{"type": "public-key", "alg": -257}]}"#, answer(), "Algorithm").await;
}

#[tokio::test]
async fn an_assertion_is_read_as_far_as_its_version_goes() {
    let request = get_request(r#"{"extensions": {"prf": {"eval": {"first": "AQ"}}, "largeBlob": {"read": true}}}"#);
    for version in 1..=6 {
        let fake = Arc::new(Fake::of_version(8));
        fake.will_assert(Ok(AssertionAnswer::of_version(version)));
        let made =
            hello(&fake).await.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await.unwrap();
        assert!(matches!(fake.calls().as_slice(), [Call::Get(_), Call::FreeAssertion]));
        assert_eq!(made.credential_id.as_bytes(), [9, 9, 9]);
        assert_eq!(made.signature, b"signature");
        assert_eq!(made.user_handle, Some(vec![1, 2, 3]));
        assert_eq!(made.authenticator_data, authenticator_data(None));
        let place =
            if version >= 4 { AuthenticatorAttachment::CrossPlatform } else { AuthenticatorAttachment::Platform };
        assert_eq!((made.attachment, made.user_verified), (Some(place), true), "version {version}");
        let blob = (version >= 2).then(|| b"blob".to_vec());
        assert_eq!(made.extensions.large_blob, Some(LargeBlobOutcome::Read(blob)), "version {version}");
        let told = made.extensions.prf.is_some_and(|found| is(&found, 1, None));
        assert_eq!(told, version >= 3, "version {version}");
    }
}

#[tokio::test]
async fn an_assertion_by_another_credential_is_refused() {
    let allow = r#"{"allowCredentials": [{"type": "public-key", "id": "CQkJ"}, {"type": "public-key", "id": "CAgI"}]}"#;
    let check = async |only: Option<&[u8]>, answer: AssertionAnswer, expect: Result<(), &str>| {
        let fake = Arc::new(Fake::of_version(4));
        fake.will_assert(Ok(answer));
        let only = only.map(|id| CredentialId::new(id.to_vec()).unwrap());
        let request = get_request(allow);
        let mut hello = hello(&fake).await;
        let made = hello.get_assertion(&request, only.as_ref(), UserVerification::NotVerified, &Nobody).await;
        assert_eq!(made.map(|_| ()).map_err(|error| format!("{error:?}")), expect.map_err(str::to_owned));
    };
    let answer = || AssertionAnswer::of_version(3);
    check(None, answer(), Ok(())).await;
    check(Some(&[9, 9, 9]), answer(), Ok(())).await;
    check(None, answer().credential(&[7]), Err("Unreadable")).await;
    check(Some(&[8, 8, 8]), answer(), Err("Unreadable")).await;
    check(Some(&[7]), answer(), Err("NoCredential")).await;
    check(None, answer().change(|a| a.cbSignature = 0), Err("Unreadable")).await;
    check(None, answer().change(|a| a.Credential.cbId = 0), Err("Unreadable")).await;
}

#[tokio::test]
async fn a_person_who_was_not_verified_is_refused_where_the_site_requires_it() {
    let unverified = |credential: Option<&[u8]>| {
        let mut data = authenticator_data(credential);
        data[32] &= !0x04;
        data
    };
    let check = async |wish: &str, expect: Result<bool, &str>| {
        let answer = MadeAnswer::of_version(7).data(&unverified(Some(&[9, 9, 9])));
        let made = make(&format!(r#"{{"authenticatorSelection": {{"userVerification": "{wish}"}}}}"#), answer).await;
        let made = made.map(|made| made.user_verified).map_err(|error| format!("{error:?}"));
        assert_eq!(made, expect.map_err(str::to_owned), "{wish}");

        let fake = Arc::new(Fake::of_version(4));
        fake.will_assert(Ok(AssertionAnswer::of_version(3).data(&unverified(None))));
        let request = get_request(&format!(r#"{{"userVerification": "{wish}"}}"#));
        let made = hello(&fake).await.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await;
        let made = made.map(|made| made.user_verified).map_err(|error| format!("{error:?}"));
        assert_eq!(made, expect.map_err(str::to_owned), "{wish}");
    };
    check("required", Err("UserVerificationRequired")).await;
    check("preferred", Ok(false)).await;
    check("discouraged", Ok(false)).await;
}

#[tokio::test]
async fn failures_have_their_meaning() {
    let check = async |code: u32, expect: &str| {
        let fake = Arc::new(Fake::of_version(7));
        fake.will_make(Err(code.cast_signed()));
        let made =
            hello(&fake).await.make_credential(&create_request("{}"), UserVerification::NotVerified, &Nobody).await;
        assert_eq!(format!("{:?}", made.unwrap_err()), expect, "{code:#x}");
        assert!(matches!(fake.calls().as_slice(), [Call::Make(_)]), "there is nothing to give back");
    };
    check(0x8009_000f, "Excluded").await;
    check(0x8009_0011, "NoCredential").await;
    check(0x8009_0023, "Full").await;
    check(0x8009_0027, "Windows(Failed { code: 2148073511, name: NotSupported })").await;
    check(0x8009_0029, "Windows(Failed { code: 2148073513, name: Constraint })").await;
    check(0x8007_0032, "Windows(Failed { code: 2147942450, name: Constraint })").await;
    check(0x8009_0035, "NotFound").await;
    check(0x8009_0036, "Declined").await;
    check(0x8007_04c7, "Declined").await;
    check(0x8007_05b4, "Timeout").await;
    // Codes that Windows is asked about, by the library's own names.
    check(1, "Excluded").await;
    check(2, "Declined").await;
    check(3, "Windows(Failed { code: 3, name: Unknown })").await;
    check(0x8000_ffff, "Windows(Failed { code: 2147549183, name: Unknown })").await;
}

#[tokio::test]
async fn passkeys_are_listed_and_deleted() {
    let fake = Arc::new(Fake::of_version(4));
    let mut hello = hello(&fake).await;
    fake.will_list(Ok(ListAnswer::of(&[
        (&[9], "example.com", Some("ann")),
        (&[], "no-id.example", Some("bob")),
        (&[8], "example.org", None),
    ])));
    let held = |id: u8, rp_id: &str, user_name: &str| HeldPasskey {
        credential_id: CredentialId::new(vec![id]).unwrap(),
        rp_id: rp_id.to_owned(),
        user_name: user_name.to_owned(),
    };
    assert_eq!(hello.passkeys(&Nobody).await.unwrap(), [held(9, "example.com", "ann"), held(8, "example.org", "")]);
    fake.will_list(Err(NTE_NOT_FOUND));
    assert_eq!(hello.passkeys(&Nobody).await.unwrap(), []);
    hello.forget(&CredentialId::new(vec![9]).unwrap(), &Nobody).await.unwrap();
    assert_eq!(fake.calls(), [Call::List(None), Call::FreeList, Call::List(None), Call::Delete(vec![9])]);

    let old = Arc::new(Fake::of_version(3));
    let mut hello = super::hello(&old).await;
    assert!(matches!(hello.passkeys(&Nobody).await, Err(AuthenticatorError::Unsupported)));
    let forgotten = hello.forget(&CredentialId::new(vec![9]).unwrap(), &Nobody).await;
    assert!(matches!(forgotten, Err(AuthenticatorError::Unsupported)));
    assert_eq!(old.calls(), []);
}

#[tokio::test]
async fn whether_it_may_answer_is_told_where_windows_tells() {
    let check =
        async |api: u32, members: &str, only: Option<u8>, listed: Result<&[u8], HRESULT>, expect: Option<bool>| {
            let fake = Arc::new(Fake::of_version(api));
            fake.will_list(listed.map(|ids| {
                let each: Vec<[u8; 1]> = ids.iter().map(|id| [*id]).collect();
                ListAnswer::of(&each.iter().map(|id| (id.as_slice(), "example.com", None)).collect::<Vec<_>>())
            }));
            let only = only.map(|id| CredentialId::new(vec![id]).unwrap());
            assert_eq!(hello(&fake).await.may_answer(&get_request(members), only.as_ref()).await, expect);
        };
    let named = r#"{"allowCredentials": [{"type": "public-key", "id": "CQ"}]}"#;
    check(4, "{}", None, Ok(&[8]), Some(true)).await;
    check(4, "{}", None, Err(NTE_NOT_FOUND), Some(false)).await;
    check(4, "{}", None, Err(-1), None).await;
    check(3, "{}", None, Ok(&[8]), None).await;
    check(4, "{}", Some(8), Ok(&[8]), Some(true)).await;
    check(4, "{}", Some(9), Ok(&[8]), None).await;
    check(4, named, None, Ok(&[8, 9]), Some(true)).await;
    check(4, named, None, Ok(&[8]), None).await;
    check(4, named, Some(8), Ok(&[8]), Some(false)).await;
}

#[tokio::test]
async fn it_is_there_where_windows_says_so() {
    assert!(matches!(WindowsHello::over(Arc::new(Fake::of_version(0)), None).await, Err(AuthenticatorError::NotFound)));
    let fake = Arc::new(Fake::of_version(7));
    let mut hello = WindowsHello::over(Arc::clone(&fake) as _, None).await.unwrap();
    let info = hello.info();
    assert_eq!(
        (info.home, info.attachment, info.verifies_itself),
        (Home::WindowsHello, AuthenticatorAttachment::Platform, true)
    );
    assert_eq!(format!("{hello:?}"), "WindowsHello { api: 7, .. }");
    // Without a window of its own, the one in front.
    fake.will_make(Err(NTE_NOT_FOUND));
    let _ = hello.make_credential(&create_request("{}"), UserVerification::NotVerified, &Nobody).await;
    assert!(matches!(fake.calls().as_slice(), [Call::Make(seen)] if seen.window == 99));
}
