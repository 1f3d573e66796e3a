//! Security keys: extensions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test program")]

mod support;

use rekey_authenticator::{Authenticator, UserVerification};
use rekey_webauthn::{
    AssertionMade, CredProtect, CredentialDescriptor, CredentialId, PrfCreate, PrfGet, PrfSalts, Protection,
};
use support::applet::link::SoftKey;
use support::applet::{Applet, Model};
use support::holder::Person;
use support::{RelyingParty, keys_of};
use webauthn_rs_core::proto::UserVerificationPolicy::Preferred;

const PIN: &str = "s3cret-pin";

fn rp() -> RelyingParty {
    RelyingParty::new("example.com", "https://login.example.com")
}

async fn made_with_prf(key: &SoftKey) -> (CredentialId, bool) {
    let (mut request, state) = rp().start_registration("ann", Preferred, Vec::new());
    request.extensions.prf = Some(PrfCreate { eval: None });
    let mut keys = keys_of(&[key]);
    let person = Person::with_pins(&[PIN]);
    let made = keys.make_credential(&request, UserVerification::NotVerified, &person).await.unwrap();
    rp().finish_registration(&request.response(&made), &state);
    (made.credential_id, made.extensions.prf.unwrap().enabled)
}

async fn derived(key: &SoftKey, allow: &[&CredentialId], prf: PrfGet) -> AssertionMade {
    let (mut request, _) = rp().start_sign_in(Vec::new(), Preferred);
    let descriptor = |id: &&CredentialId| CredentialDescriptor { id: (*id).clone(), transports: Vec::new() };
    request.allow = allow.iter().map(descriptor).collect();
    request.extensions.prf = Some(prf);
    // The site does not insist on verification; the extension does.
    request.user_verification = rekey_webauthn::UserVerificationRequirement::Discouraged;
    let mut keys = keys_of(&[key]);
    let person = Person::with_pins(&[PIN]);
    let signed = keys.get_assertion(&request, None, UserVerification::NotVerified, &person).await.unwrap();
    assert!(signed.user_verified);
    signed
}

fn salts(first: u8, second: Option<u8>) -> PrfSalts {
    PrfSalts { first: [first; 32], second: second.map(|second| [second; 32]) }
}

#[tokio::test]
async fn secrets_are_derived_from_salts_by_both_protocols() {
    for protocols in [&[1][..], &[2]] {
        let key = SoftKey::new(Applet::with_pin(Model { protocols, ..Model::ctap_2_1() }, PIN));
        let (id, enabled) = made_with_prf(&key).await;
        assert!(enabled);
        let eval = |salts| PrfGet { eval: Some(salts), by_credential: Vec::new() };
        let one = derived(&key, &[&id], eval(salts(1, None))).await.extensions.prf.unwrap();
        let both = derived(&key, &[], eval(salts(1, Some(2)))).await.extensions.prf.unwrap();
        let swapped = derived(&key, &[&id], eval(salts(2, Some(1)))).await.extensions.prf.unwrap();
        assert!(one.second.is_none() && one.first == both.first);
        assert!(both.second.as_ref() == Some(&swapped.first) && swapped.second.as_ref() == Some(&both.first));
        assert!(both.first != swapped.first);
        // Salts of its own go first.
        let own = PrfGet { eval: Some(salts(9, None)), by_credential: vec![(id.clone(), salts(1, None))] };
        assert!(derived(&key, &[&id], own).await.extensions.prf.unwrap().first == one.first);
        // No secret is shown by accident.
        assert_eq!(format!("{one:?}"), "PrfResults");
        // Another credential derives others.
        let other = SoftKey::new(Applet::with_pin(Model { protocols, ..Model::ctap_2_1() }, PIN));
        let (id, _) = made_with_prf(&other).await;
        let others = derived(&other, &[&id], eval(salts(1, None))).await.extensions.prf.unwrap();
        assert!(others.first != one.first);
    }
}

#[tokio::test]
async fn a_key_without_the_extension_says_so() {
    let key = SoftKey::new(Applet::with_pin(Model { extensions: Vec::new(), ..Model::ctap_2_1() }, PIN));
    assert!(!made_with_prf(&key).await.1);
}

#[tokio::test]
async fn protection_and_the_length_of_pins_are_asked_for_where_the_key_has_them() {
    for (model, expect) in [(Model::ctap_2_1(), true), (Model::ctap_2_0(), false)] {
        let key = SoftKey::new(Applet::with_pin(model, PIN));
        let (mut request, _) = rp().start_registration("ann", Preferred, Vec::new());
        request.extensions.cred_protect = Some(CredProtect { policy: Protection::Required, enforce: false });
        request.extensions.min_pin_length = true;
        let mut keys = keys_of(&[&key]);
        let person = Person::with_pins(&[PIN]);
        let made = keys.make_credential(&request, UserVerification::NotVerified, &person).await.unwrap();
        let end = b"\xa2\x6bcredProtect\x03\x6cminPinLength\x04";
        assert_eq!(made.authenticator_data.ends_with(end), expect);
        // Such a credential is hidden until the person is verified.
        let (mut request, _) = rp().start_sign_in(Vec::new(), Preferred);
        request.allow = vec![CredentialDescriptor { id: made.credential_id, transports: Vec::new() }];
        assert_eq!(keys.may_answer(&request, None).await, (!expect).then_some(true));
        let person = Person::with_pins(&[PIN]);
        keys.get_assertion(&request, None, UserVerification::NotVerified, &person).await.unwrap();
    }
}
