//! Security keys: ceremonies over a key in software, verified by webauthn-rs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test program")]

mod support;

use rekey_authenticator::security_key::SecurityKeys;
use rekey_authenticator::{Authenticator, AuthenticatorError, Nobody, Notice, UserVerification};
use rekey_webauthn::{
    Attestation, AuthenticatorTransport, GetRequest, ResidentKeyRequirement, UserVerificationRequirement,
};
use support::applet::link::{Keyring, SoftKey};
use support::applet::{AAGUID, Applet, Fault, GET_ASSERTION, MAKE_CREDENTIAL, Model};
use support::holder::Person;
use support::{RelyingParty, keys_of, register, sign_in};
use webauthn_rs_core::proto::UserVerificationPolicy::{Preferred, Required};

const PIN: &str = "s3cret-pin";

fn rp() -> RelyingParty {
    RelyingParty::new("example.com", "https://login.example.com")
}

/// Registers with a PIN, signs in with an allow list and without a user name.
async fn check_both_ways(model: Model) {
    let rp = rp();
    let key = SoftKey::new(Applet::with_pin(model, PIN));
    let mut keys = keys_of(&[&key]);
    let person = Person::with_pins(&[PIN, PIN, PIN]);

    let (request, state) = rp.start_registration("ann", Required, Vec::new());
    let made = keys.make_credential(&request, UserVerification::NotVerified, &person).await.unwrap();
    assert_eq!(made.discoverable, Some(true));
    assert!(made.user_verified && made.public_key.is_some());
    let credential = rp.finish_registration(&request.response(&made), &state);
    assert_eq!(key.applet.lock().unwrap().resident_count(), 1);

    let (request, state) = rp.start_sign_in(vec![credential.clone()], Required);
    let signed = keys.get_assertion(&request, None, UserVerification::NotVerified, &person).await.unwrap();
    assert_eq!(signed.credential_id, made.credential_id);
    assert!(rp.finish_sign_in(&request.response(&signed), state, vec![credential.clone()]));

    let (request, state) = rp.start_sign_in(Vec::new(), Required);
    let signed = keys.get_assertion(&request, None, UserVerification::NotVerified, &person).await.unwrap();
    assert_eq!(signed.user_handle.as_deref(), Some(b"ann".as_slice()));
    assert!(rp.finish_sign_in(&request.response(&signed), state, vec![credential]));
    assert_eq!(person.asked(), [(false, Some(8)); 3]);
}

#[tokio::test]
async fn a_passkey_is_registered_and_signs_in_by_every_protocol() {
    check_both_ways(Model::ctap_2_1()).await;
    check_both_ways(Model { protocols: &[1, 2], ..Model::ctap_2_1() }).await;
    check_both_ways(Model { protocols: &[2], ..Model::ctap_2_1() }).await;
    check_both_ways(Model { protocols: &[7, 2], ..Model::ctap_2_1() }).await;
    check_both_ways(Model::ctap_2_0()).await;
}

#[tokio::test]
async fn without_a_pin_a_site_that_does_not_insist_is_answered_without_one() {
    let (rp, key) = (rp(), SoftKey::new(Applet::new(Model::ctap_2_1())));
    let mut keys = keys_of(&[&key]);
    let credential = register(&rp, &mut keys, "ann", Preferred, &Nobody).await.unwrap();
    assert!(!credential.user_verified);
    assert!(!sign_in(&rp, &mut keys, &[credential], Preferred, &Nobody).await.unwrap());
}

#[tokio::test]
async fn a_key_with_a_pin_is_asked_silently_where_verification_is_discouraged() {
    let (rp, key) = (rp(), SoftKey::new(Applet::with_pin(Model::ctap_2_1(), PIN)));
    let mut keys = keys_of(&[&key]);
    register(&rp, &mut keys, "ann", Preferred, &Person::with_pins(&[PIN])).await.unwrap();
    let (mut request, _) = rp.start_sign_in(Vec::new(), Preferred);
    request.user_verification = UserVerificationRequirement::Discouraged;
    let person = Person::default();
    let signed = keys.get_assertion(&request, None, UserVerification::NotVerified, &person).await.unwrap();
    assert!(!signed.user_verified && person.asked().is_empty());
}

#[tokio::test]
async fn attestation_is_conveyed_where_it_is_wanted_and_the_model_always() {
    let (rp, key) = (rp(), SoftKey::new(Applet::new(Model::ctap_2_1())));
    let mut keys = keys_of(&[&key]);
    for (wanted, format) in [(Attestation::None, "none"), (Attestation::Direct, "packed")] {
        let (mut request, state) = rp.start_registration("ann", Preferred, Vec::new());
        request.attestation = wanted;
        let made = keys.make_credential(&request, UserVerification::NotVerified, &Nobody).await.unwrap();
        let object: ciborium::Value = ciborium::from_reader(made.attestation_object.as_slice()).unwrap();
        let fmt = object.as_map().unwrap().iter().find(|(name, _)| name.as_text() == Some("fmt")).unwrap();
        assert_eq!(fmt.1.as_text(), Some(format));
        assert_eq!(made.authenticator_data[37..53], AAGUID);
        assert_eq!(made.transports, [AuthenticatorTransport::Usb, AuthenticatorTransport::Nfc]);
        // webauthn-rs checks the statement.
        rp.finish_registration(&request.response(&made), &state);
    }
}

#[tokio::test]
async fn a_key_that_holds_an_excluded_credential_says_so_after_a_touch() {
    let (rp, key) = (rp(), SoftKey::new(Applet::new(Model::ctap_2_1())));
    let mut keys = keys_of(&[&key]);
    let held = register(&rp, &mut keys, "ann", Preferred, &Nobody).await.unwrap();
    let other = SoftKey::new(Applet::new(Model { capacity: 20, ..Model::ctap_2_1() }));
    let mut elsewhere = Vec::new();
    for user in 0..9 {
        elsewhere
            .push(register(&rp, &mut keys_of(&[&other]), &format!("user {user}"), Preferred, &Nobody).await.unwrap());
    }
    // More than the key takes at once, its own one last.
    let touches = key.applet.lock().unwrap().touches;
    let exclude = [elsewhere.clone(), vec![held]].concat();
    let (request, _) = rp.start_registration("bob", Preferred, exclude);
    let refused = keys.make_credential(&request, UserVerification::NotVerified, &Nobody).await.unwrap_err();
    assert!(matches!(refused, AuthenticatorError::Excluded), "{refused:?}");
    assert_eq!(key.applet.lock().unwrap().touches, touches + 1);
    let (request, state) = rp.start_registration("bob", Preferred, elsewhere);
    let made = keys.make_credential(&request, UserVerification::NotVerified, &Nobody).await.unwrap();
    rp.finish_registration(&request.response(&made), &state);
}

#[tokio::test]
async fn a_key_that_will_not_say_what_it_holds_makes_nothing_over_it() {
    let (rp, key) = (rp(), SoftKey::new(Applet::new(Model::ctap_2_1())));
    let mut keys = keys_of(&[&key]);
    let held = register(&rp, &mut keys, "ann", Preferred, &Nobody).await.unwrap();
    let foreign = |number: u8| {
        let mut credential = held.clone();
        credential.cred_id = vec![number; 32];
        credential
    };
    let check = async |others: u8, keys: &mut SecurityKeys, expect: fn(&AuthenticatorError) -> bool, asked: usize| {
        let before = key.applet.lock().unwrap().count(MAKE_CREDENTIAL);
        key.applet.lock().unwrap().fail(GET_ASSERTION, Fault::Status(0x3b));
        let exclude = (0..others).map(foreign).chain([held.clone()]).collect();
        let (request, _) = rp.start_registration("ann", Preferred, exclude);
        let refused = keys.make_credential(&request, UserVerification::NotVerified, &Nobody).await.unwrap_err();
        assert!(expect(&refused), "{others} {refused:?}");
        assert_eq!(key.applet.lock().unwrap().count(MAKE_CREDENTIAL), before + asked, "{others}");
    };
    // One list that fits is checked by the key itself; of several nothing is made.
    check(3, &mut keys, |error| matches!(error, AuthenticatorError::Excluded), 1).await;
    check(9, &mut keys, |error| matches!(error, AuthenticatorError::Status(0x3b)), 0).await;
    let (request, state) = rp.start_sign_in(vec![held.clone()], Preferred);
    let signed = keys.get_assertion(&request, None, UserVerification::NotVerified, &Nobody).await.unwrap();
    rp.finish_sign_in(&request.response(&signed), state, vec![held]);
}

#[tokio::test]
async fn of_a_long_list_the_keys_own_credential_answers_and_nothing_is_told_without_a_touch() {
    let (rp, key) = (rp(), SoftKey::new(Applet::new(Model::ctap_2_1())));
    let mut keys = keys_of(&[&key]);
    let held = register(&rp, &mut keys, "ann", Preferred, &Nobody).await.unwrap();
    let foreign = |length: usize| {
        let mut credential = held.clone();
        credential.cred_id = vec![9; length];
        credential
    };
    // Some are longer than any of this key's.
    let others: Vec<_> = (20..40).chain([65, 200, 1023]).map(foreign).collect();
    let touches = key.applet.lock().unwrap().touches;
    let none = sign_in(&rp, &mut keys, &others, Preferred, &Nobody).await.unwrap_err();
    assert!(matches!(none, AuthenticatorError::NoCredential), "{none:?}");
    assert_eq!(key.applet.lock().unwrap().touches, touches);
    let all = [others, vec![held]].concat();
    sign_in(&rp, &mut keys, &all, Preferred, &Nobody).await.unwrap();
    assert_eq!(key.applet.lock().unwrap().touches, touches + 1);
}

#[tokio::test]
async fn of_several_accounts_the_person_picks_one() {
    let (rp, key) = (rp(), SoftKey::new(Applet::with_pin(Model::ctap_2_1(), PIN)));
    let mut keys = keys_of(&[&key]);
    for user in ["ann", "bob", "cleo"] {
        register(&rp, &mut keys, user, Required, &Person::with_pins(&[PIN])).await.unwrap();
    }
    let (request, _) = rp.start_sign_in(Vec::new(), Required);
    let person = Person::with_pins(&[PIN]).who_picks("bob");
    let signed = keys.get_assertion(&request, None, UserVerification::NotVerified, &person).await.unwrap();
    assert_eq!(signed.user_handle.as_deref(), Some(b"bob".as_slice()));
    assert_eq!(person.offered(), ["cleo", "bob", "ann"]);

    let declined = keys
        .get_assertion(&request, None, UserVerification::NotVerified, &Person::with_pins(&[PIN]))
        .await
        .unwrap_err();
    assert!(matches!(declined, AuthenticatorError::Declined), "{declined:?}");

    // Nobody is asked where one account is meant.
    let person = Person::with_pins(&[PIN]);
    let only = Some(&signed.credential_id);
    let again = keys.get_assertion(&request, only, UserVerification::NotVerified, &person).await.unwrap();
    assert_eq!((again.credential_id, person.offered().len()), (signed.credential_id, 0));
}

#[tokio::test]
async fn what_the_site_insists_on_and_the_key_lacks_is_refused_before_anybody_touches_it() {
    let rp = rp();
    let check = async |model: Model,
                       insist: fn(&mut rekey_webauthn::CreateRequest),
                       expect: fn(&AuthenticatorError) -> bool| {
        let key = SoftKey::new(Applet::new(model));
        let (mut request, _) = rp.start_registration("ann", Preferred, Vec::new());
        insist(&mut request);
        let refused =
            keys_of(&[&key]).make_credential(&request, UserVerification::NotVerified, &Nobody).await.unwrap_err();
        assert!(expect(&refused), "{refused:?}");
        key.applet.lock().unwrap().touches
    };
    let unsupported = |error: &AuthenticatorError| matches!(error, AuthenticatorError::Unsupported);
    let protect = |request: &mut rekey_webauthn::CreateRequest| {
        let policy = rekey_webauthn::Protection::Required;
        request.extensions.cred_protect = Some(rekey_webauthn::CredProtect { policy, enforce: true });
    };
    assert_eq!(check(Model::ctap_2_0(), protect, unsupported).await, 0);
    let blob = |request: &mut rekey_webauthn::CreateRequest| {
        request.extensions.large_blob = Some(rekey_webauthn::LargeBlobSupport::Required);
    };
    assert_eq!(check(Model::ctap_2_1(), blob, unsupported).await, 0);
    let no_rk = Model { options: vec![("rk", false)], ..Model::ctap_2_1() };
    assert_eq!(check(no_rk, |_| {}, unsupported).await, 0);
    let rsa = |request: &mut rekey_webauthn::CreateRequest| request.algorithms = vec![-257];
    check(Model::ctap_2_1(), rsa, |error| matches!(error, AuthenticatorError::Algorithm)).await;
    let no_uv = Model { options: vec![("rk", true), ("noPin", true)], ..Model::ctap_2_1() };
    let insist = |request: &mut rekey_webauthn::CreateRequest| {
        request.user_verification = UserVerificationRequirement::Required;
    };
    let nobody = |error: &AuthenticatorError| matches!(error, AuthenticatorError::UserVerificationRequired);
    assert_eq!(check(no_uv, insist, nobody).await, 0);
}

#[tokio::test]
async fn a_full_key_makes_what_the_site_takes_and_says_what_it_is() {
    let rp = rp();
    let key = SoftKey::new(Applet::with_pin(Model { capacity: 0, ..Model::ctap_2_1() }, PIN));
    let mut keys = keys_of(&[&key]);
    let full = register(&rp, &mut keys, "ann", Required, &Person::with_pins(&[PIN])).await.unwrap_err();
    assert!(matches!(full, AuthenticatorError::Full), "{full:?}");
    let (mut request, state) = rp.start_registration("ann", Required, Vec::new());
    request.resident_key = ResidentKeyRequirement::Preferred;
    let person = Person::with_pins(&[PIN, PIN]);
    let made = keys.make_credential(&request, UserVerification::NotVerified, &person).await.unwrap();
    assert_eq!(made.discoverable, Some(false));
    let credential = rp.finish_registration(&request.response(&made), &state);
    assert!(sign_in(&rp, &mut keys, &[credential], Required, &Person::with_pins(&[PIN])).await.unwrap());
}

#[tokio::test]
async fn passkeys_are_listed_and_deleted() {
    let sites = [
        RelyingParty::new("example.com", "https://example.com"),
        RelyingParty::new("example.org", "https://example.org"),
    ];
    for model in [Model::ctap_2_1(), Model::ctap_2_0()] {
        let key = SoftKey::new(Applet::with_pin(model, PIN));
        let mut keys = keys_of(&[&key]);
        assert!(keys.passkeys(&Person::with_pins(&[PIN])).await.unwrap().is_empty());
        for (rp, user) in [(&sites[0], "ann"), (&sites[1], "ann"), (&sites[0], "bob")] {
            register(rp, &mut keys, user, Required, &Person::with_pins(&[PIN])).await.unwrap();
        }
        let listed = keys.passkeys(&Person::with_pins(&[PIN])).await.unwrap();
        let names: Vec<_> = listed.iter().map(|held| (held.rp_id.as_str(), held.user_name.as_str())).collect();
        assert_eq!(names, [("example.com", "ann"), ("example.com", "bob"), ("example.org", "ann")]);
        keys.forget(&listed[1].credential_id, &Person::with_pins(&[PIN])).await.unwrap();
        let gone = keys.forget(&listed[1].credential_id, &Person::with_pins(&[PIN])).await.unwrap_err();
        assert!(matches!(gone, AuthenticatorError::NoCredential), "{gone:?}");
        assert_eq!(keys.passkeys(&Person::with_pins(&[PIN])).await.unwrap().len(), 2);
    }
    let simple = SoftKey::new(Applet::with_pin(Model { options: vec![("rk", true)], ..Model::ctap_2_1() }, PIN));
    let refused = keys_of(&[&simple]).passkeys(&Nobody).await.unwrap_err();
    assert!(matches!(refused, AuthenticatorError::Unsupported), "{refused:?}");
}

#[tokio::test]
async fn what_can_be_told_without_the_person_is() {
    let (rp, key) = (rp(), SoftKey::new(Applet::new(Model::ctap_2_1())));
    let mut keys = keys_of(&[&key]);
    let held = register(&rp, &mut keys, "ann", Preferred, &Nobody).await.unwrap();
    let (request, _) = rp.start_sign_in(vec![held], Preferred);
    assert_eq!(keys.may_answer(&request, None).await, Some(true));
    // Another key, which might be plugged in yet.
    assert_eq!(SecurityKeys::over(Box::new(Keyring::default())).may_answer(&request, None).await, None);
    let elsewhere = |request: &GetRequest| {
        let mut request = request.clone();
        request.allow[0].transports = vec![AuthenticatorTransport::Internal, AuthenticatorTransport::Hybrid];
        request
    };
    assert_eq!(keys.may_answer(&elsewhere(&request), None).await, Some(false));
    assert_eq!(key.applet.lock().unwrap().count(MAKE_CREDENTIAL), 1);
}

#[tokio::test]
async fn several_keys_wait_for_the_touch_that_chooses() {
    let rp = rp();
    for model in [Model::ctap_2_1(), Model::ctap_2_0()] {
        let (left, right) = (SoftKey::untouched(Applet::new(model.clone())), SoftKey::untouched(Applet::new(model)));
        let mut keys = keys_of(&[&left, &right]);
        // Once to choose it, once to use it.
        right.touch();
        right.touch();
        let person = Person::default();
        register(&rp, &mut keys, "ann", Preferred, &person).await.unwrap();
        assert_eq!(person.notices()[..2], [Notice::TouchToChoose, Notice::Touch]);
        // The other one is told to stop.
        while left.withdrawn() == 0 {
            tokio::task::yield_now().await;
        }
        let counts = |key: &SoftKey| key.applet.lock().unwrap().resident_count();
        assert_eq!((counts(&left), counts(&right)), (0, 1));
    }
}

#[tokio::test]
async fn of_several_keys_the_one_that_holds_the_credential_is_meant() {
    let rp = rp();
    let (left, right) = (SoftKey::new(Applet::new(Model::ctap_2_1())), SoftKey::new(Applet::new(Model::ctap_2_1())));
    let held = register(&rp, &mut keys_of(&[&right]), "ann", Preferred, &Nobody).await.unwrap();
    let person = Person::default();
    sign_in(&rp, &mut keys_of(&[&left, &right]), &[held], Preferred, &person).await.unwrap();
    assert!(!person.notices().contains(&Notice::TouchToChoose));
    assert_eq!(left.applet.lock().unwrap().touches, 0);
    assert_eq!(left.applet.lock().unwrap().count(GET_ASSERTION), 1);
}
