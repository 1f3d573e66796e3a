//! Security keys: who is there, and what goes wrong meanwhile.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test program")]

mod support;

use std::time::Duration;

use rekey_authenticator::security_key::SecurityKeys;
use rekey_authenticator::{Authenticator, AuthenticatorError, Nobody, Notice, UserVerification};
use rekey_webauthn::CredentialId;
use support::applet::link::{Keyring, SoftKey};
use support::applet::{
    Applet, CLIENT_PIN, CREDENTIAL_MANAGEMENT, Fault, GET_ASSERTION, GET_INFO, GET_NEXT_ASSERTION, MAKE_CREDENTIAL,
    Model,
};
use support::holder::Person;
use support::{RelyingParty, keys_of, register, sign_in};
use webauthn_rs_core::proto::Credential;
use webauthn_rs_core::proto::UserVerificationPolicy::{Preferred, Required};

const PIN: &str = "s3cret-pin";

fn rp() -> RelyingParty {
    RelyingParty::new("example.com", "https://login.example.com")
}

fn with_sensor(model: Model) -> Model {
    let mut model = model;
    model.options.push(("uv", true));
    model
}

/// Registers at a key in a given state.
async fn registering(key: &SoftKey, person: &Person) -> Result<Credential, AuthenticatorError> {
    register(&rp(), &mut keys_of(&[key]), "ann", Required, person).await
}

#[tokio::test]
async fn a_wrong_pin_is_asked_for_again_and_never_sent_twice() {
    let key = SoftKey::new(Applet::with_pin(Model::ctap_2_1(), PIN));
    let person = Person::with_pins(&["wrong-pin", PIN]);
    registering(&key, &person).await.unwrap();
    assert_eq!(person.asked(), [(false, Some(8)), (true, Some(7))]);

    // Given up after a wrong one, and the same wrong one again.
    for (pins, expect) in [(&["wrong-pin"][..], 7), (&["other-pin", "other-pin"], 6)] {
        let refused = registering(&key, &Person::with_pins(pins)).await.unwrap_err();
        assert!(matches!(refused, AuthenticatorError::PinWrong { retries_left: Some(left) } if left == expect));
    }
    assert_eq!(key.applet.lock().unwrap().pin_retries(), 6);
    // Too short or too long for any key: no try is spent on these.
    let person = Person::with_pins(&["abc", &"x".repeat(64), PIN]);
    registering(&key, &person).await.unwrap();
    assert_eq!(person.asked(), [(false, Some(6)), (true, Some(6)), (true, Some(6))]);
    // One that was wrong is not tried again after another one, in another normalisation, or after one that is too short.
    let person = Person::with_pins(&["caf\u{e9}-1", "wrong-pin", "cafe\u{301}-1", "abc", "wrong-pin", PIN]);
    registering(&key, &person).await.unwrap();
    let expect = [(false, 8), (true, 7), (true, 6), (true, 6), (true, 6), (true, 6)];
    assert_eq!(person.asked(), expect.map(|(was_wrong, left)| (was_wrong, Some(left))));
    let declined = registering(&key, &Person::default()).await.unwrap_err();
    assert!(matches!(declined, AuthenticatorError::Declined), "{declined:?}");
}

#[tokio::test]
async fn a_pin_is_the_same_in_every_normalisation() {
    let key = SoftKey::new(Applet::with_pin(Model::ctap_2_1(), "caf\u{e9}-1234"));
    registering(&key, &Person::with_pins(&["cafe\u{301}-1234"])).await.unwrap();
}

#[tokio::test]
async fn three_wrong_pins_pause_and_eight_block_the_key() {
    let key = SoftKey::new(Applet::with_pin(Model::ctap_2_1(), PIN));
    for _ in 0..2 {
        let paused = registering(&key, &Person::with_pins(&["wrong-1", "wrong-2", "wrong-3", PIN])).await.unwrap_err();
        assert!(matches!(paused, AuthenticatorError::PinPaused), "{paused:?}");
        // Not asked at all.
        let person = Person::with_pins(&[PIN]);
        let paused = registering(&key, &person).await.unwrap_err();
        assert!(matches!(paused, AuthenticatorError::PinPaused) && person.asked().is_empty(), "{paused:?}");
        key.applet.lock().unwrap().power_cycle();
    }
    let blocked = registering(&key, &Person::with_pins(&["wrong-1", "wrong-2", PIN])).await.unwrap_err();
    assert!(matches!(blocked, AuthenticatorError::PinBlocked), "{blocked:?}");
    let person = Person::with_pins(&[PIN]);
    let blocked = registering(&key, &person).await.unwrap_err();
    assert!(matches!(blocked, AuthenticatorError::PinBlocked) && person.asked().is_empty(), "{blocked:?}");
}

#[tokio::test]
async fn a_key_without_a_pin_gets_one_where_the_site_insists() {
    for model in [Model::ctap_2_1(), Model::ctap_2_0()] {
        let key = SoftKey::new(Applet::new(model));
        let none = registering(&key, &Person::default()).await.unwrap_err();
        assert!(matches!(none, AuthenticatorError::PinNotSet), "{none:?}");
        // Too short, then one that the key itself refuses.
        let person = Person::with_new_pins(&[], &["123", "aaaaaa", PIN]);
        assert!(registering(&key, &person).await.unwrap().user_verified);
        assert_eq!(person.refused(), [false, true, true]);
        registering(&key, &Person::with_pins(&[PIN])).await.unwrap();
    }
}

#[tokio::test]
async fn a_pin_that_must_be_changed_is_changed() {
    let model = Model { must_change_pin: true, min_pin_length: 6, ..Model::ctap_2_1() };
    let key = SoftKey::new(Applet::with_pin(model, PIN));
    let person = Person::with_new_pins(&["wrong-pin", PIN, PIN], &["another-pin", "another-pin"]);
    assert!(registering(&key, &person).await.unwrap().user_verified);
    registering(&key, &Person::with_pins(&["another-pin"])).await.unwrap();
}

#[tokio::test]
async fn the_keys_own_sensor_verifies_and_the_pin_stands_in_for_it() {
    // Recognised at the second try.
    let key = SoftKey::new(Applet::with_pin(with_sensor(Model::ctap_2_1()), PIN));
    key.applet.lock().unwrap().sensor = [false, true].into();
    let person = Person::default();
    let credential = registering(&key, &person).await.unwrap();
    assert!(credential.user_verified);
    assert_eq!(person.notices().iter().filter(|notice| **notice == Notice::Verify).count(), 2);

    // Not recognised at all.
    key.applet.lock().unwrap().sensor = [false, false, false].into();
    let person = Person::with_pins(&[PIN]);
    assert!(sign_in(&rp(), &mut keys_of(&[&key]), &[credential], Required, &person).await.unwrap());
    assert_eq!(person.asked().len(), 1);

    // A key before 2.1, which sees to it while it makes the credential.
    let key = SoftKey::new(Applet::with_pin(with_sensor(Model::ctap_2_0()), PIN));
    let person = Person::default();
    let credential = registering(&key, &person).await.unwrap();
    assert!(credential.user_verified);
    assert_eq!(person.notices(), [Notice::Verify]);
    let person = Person::default();
    assert!(sign_in(&rp(), &mut keys_of(&[&key]), &[credential], Required, &person).await.unwrap());
    assert_eq!(person.notices(), [Notice::Verify]);
    key.applet.lock().unwrap().sensor = [false].into();
    assert!(registering(&key, &Person::with_pins(&[PIN])).await.unwrap().user_verified);
}

#[tokio::test]
async fn a_key_that_always_verifies_is_asked_so() {
    let mut model = Model::ctap_2_1();
    model.options.push(("alwaysUv", true));
    let key = SoftKey::new(Applet::with_pin(model, PIN));
    let mut keys = keys_of(&[&key]);
    let credential = register(&rp(), &mut keys, "ann", Preferred, &Person::with_pins(&[PIN])).await.unwrap();
    assert!(sign_in(&rp(), &mut keys, &[credential], Preferred, &Person::with_pins(&[PIN])).await.unwrap());
}

#[tokio::test]
async fn a_key_is_waited_for_and_one_that_is_too_old_is_told() {
    let (key, keyring) = (SoftKey::new(Applet::new(Model::ctap_2_1())), Keyring::default());
    let mut keys = SecurityKeys::over(Box::new(keyring.clone()));
    let person = Person::default();
    let (request, _) = rp().start_registration("ann", Preferred, Vec::new());
    let plugging = async {
        while person.notices() != [Notice::Insert] {
            tokio::task::yield_now().await;
        }
        keyring.plug_in(&key);
    };
    let making = keys.make_credential(&request, UserVerification::NotVerified, &person);
    let (made, ()) = tokio::join!(making, plugging);
    made.unwrap();

    let mut old = SecurityKeys::over(Box::new(Keyring::too_old()));
    let refused = old.make_credential(&request, UserVerification::NotVerified, &Nobody).await.unwrap_err();
    assert!(matches!(refused, AuthenticatorError::Unsupported), "{refused:?}");
}

#[tokio::test]
async fn time_runs_out_and_a_dropped_future_withdraws_the_question() {
    let key = SoftKey::untouched(Applet::new(Model::ctap_2_1()));
    let mut keys = keys_of(&[&key]);
    let (mut request, _) = rp().start_registration("ann", Preferred, Vec::new());
    request.timeout = Duration::from_millis(50);
    let late = keys.make_credential(&request, UserVerification::NotVerified, &Nobody).await.unwrap_err();
    assert!(matches!(late, AuthenticatorError::Timeout), "{late:?}");
    assert_eq!(key.withdrawn(), 1);

    request.timeout = Duration::from_secs(300);
    let person = Person::default();
    {
        let making = keys.make_credential(&request, UserVerification::NotVerified, &person);
        let touched_for = async {
            while !person.notices().contains(&Notice::Touch) {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            made = making => panic!("{made:?}"),
            () = touched_for => {}
        }
    }
    assert_eq!(key.withdrawn(), 2);
    // The same notice is given once, however often the key repeats itself.
    assert_eq!(person.notices(), [Notice::Touch, Notice::Working, Notice::Touch]);
    assert_eq!(key.applet.lock().unwrap().resident_count(), 0);
}

#[tokio::test]
async fn what_a_key_does_wrong_is_told_as_what_it_is() {
    let check = async |command: u8, fault: Fault, expect: fn(&AuthenticatorError) -> bool| {
        let key = SoftKey::new(Applet::with_pin(Model::ctap_2_1(), PIN));
        key.applet.lock().unwrap().fail(command, fault);
        let refused = registering(&key, &Person::with_pins(&[PIN])).await.unwrap_err();
        assert!(expect(&refused), "{command:#04x} {refused:?}");
        // Nothing stays behind: the next ceremony is a new one.
        registering(&key, &Person::with_pins(&[PIN])).await.unwrap();
    };
    let removed = |error: &AuthenticatorError| matches!(error, AuthenticatorError::Removed);
    let unreadable = |error: &AuthenticatorError| matches!(error, AuthenticatorError::Unreadable);
    for command in [CLIENT_PIN, MAKE_CREDENTIAL] {
        check(command, Fault::Removed, removed).await;
        for garbage in [&b"\xff\xff"[..], b"\xa1\x02\x41\x00", b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff", &[0x81; 3000]] {
            check(command, Fault::Bytes(garbage.to_vec()), unreadable).await;
        }
    }
    check(GET_INFO, Fault::Bytes(b"\xa0".to_vec()), unreadable).await;
    check(GET_INFO, Fault::Status(0x01), |error| matches!(error, AuthenticatorError::Unsupported)).await;
    let status = |code| Fault::Status(code);
    check(MAKE_CREDENTIAL, status(0x27), |error| matches!(error, AuthenticatorError::Declined)).await;
    check(MAKE_CREDENTIAL, status(0x2f), |error| matches!(error, AuthenticatorError::Timeout)).await;
    check(MAKE_CREDENTIAL, status(0x28), |error| matches!(error, AuthenticatorError::Full)).await;
    check(MAKE_CREDENTIAL, status(0x7f), |error| matches!(error, AuthenticatorError::Status(0x7f))).await;
}

#[tokio::test]
async fn a_key_that_fails_in_the_middle_of_a_list_fails_the_list() {
    let key = SoftKey::new(Applet::with_pin(Model::ctap_2_1(), PIN));
    let mut keys = keys_of(&[&key]);
    for user in ["ann", "bob"] {
        register(&rp(), &mut keys, user, Required, &Person::with_pins(&[PIN])).await.unwrap();
    }
    key.applet.lock().unwrap().fail(GET_NEXT_ASSERTION, Fault::Removed);
    let (request, _) = rp().start_sign_in(Vec::new(), Required);
    let person = Person::with_pins(&[PIN]).who_picks("ann");
    let gone = keys.get_assertion(&request, None, UserVerification::NotVerified, &person).await.unwrap_err();
    assert!(matches!(gone, AuthenticatorError::Removed) && person.offered().is_empty(), "{gone:?}");
    key.applet.lock().unwrap().fail(CREDENTIAL_MANAGEMENT, Fault::Bytes(b"\xa1\x05\x02".to_vec()));
    let wrong = keys.passkeys(&Person::with_pins(&[PIN])).await.unwrap_err();
    assert!(matches!(wrong, AuthenticatorError::Unreadable), "{wrong:?}");
    // An assertion of another site is none of this one's.
    let foreign = [&[0xa3, 1, 0xa1, 0x62, b'i', b'd', 0x41, 1, 2, 0x58, 37][..], &[0; 37], &[3, 0x41, 0]].concat();
    key.applet.lock().unwrap().fail(GET_ASSERTION, Fault::Bytes(foreign));
    let wrong = keys
        .get_assertion(&request, None, UserVerification::NotVerified, &Person::with_pins(&[PIN]))
        .await
        .unwrap_err();
    assert!(matches!(wrong, AuthenticatorError::Unreadable), "{wrong:?}");
}

#[tokio::test(start_paused = true)]
async fn nobody_is_waited_for_to_no_end() {
    let id = CredentialId::new(vec![7; 16]).unwrap();
    let sensor = SoftKey::untouched(Applet::with_pin(with_sensor(Model::ctap_2_1()), PIN));
    for keyring in [Keyring::default(), Keyring::of(&[&sensor])] {
        let mut keys = SecurityKeys::over(Box::new(keyring));
        let started = tokio::time::Instant::now();
        let late = keys.passkeys(&Nobody).await.unwrap_err();
        assert!(matches!(late, AuthenticatorError::Timeout), "{late:?}");
        let late = keys.forget(&id, &Nobody).await.unwrap_err();
        assert!(matches!(late, AuthenticatorError::Timeout), "{late:?}");
        assert!(started.elapsed() < Duration::from_secs(300));
    }
    assert_eq!(sensor.withdrawn(), 2);
    // Whose finger is wanted is told before the sensor is used.
    let person = Person::default();
    assert!(keys_of(&[&sensor]).passkeys(&person).await.is_err());
    assert_eq!(person.notices().first(), Some(&Notice::Verify));
}

#[tokio::test(start_paused = true)]
async fn a_key_that_keeps_silent_does_not_stand_in_the_way_of_another() {
    let (mute, key) = (SoftKey::new(Applet::new(Model::ctap_2_1())), SoftKey::new(Applet::new(Model::ctap_2_1())));
    let mut keys = keys_of(&[&mute, &key]);
    let falls_silent = || mute.applet.lock().unwrap().fail(GET_INFO, Fault::Silence);
    falls_silent();
    let person = Person::default();
    let held = register(&rp(), &mut keys, "ann", Preferred, &person).await.unwrap();
    assert!(!person.notices().contains(&Notice::TouchToChoose));
    assert_eq!((mute.applet.lock().unwrap().touches, key.applet.lock().unwrap().resident_count()), (0, 1));
    falls_silent();
    let (request, _) = rp().start_sign_in(vec![held], Preferred);
    assert_eq!(keys.may_answer(&request, None).await, Some(true));

    // Alone it is told as what it is.
    falls_silent();
    let started = tokio::time::Instant::now();
    let alone = registering(&mute, &Person::default()).await.unwrap_err();
    assert!(matches!(alone, AuthenticatorError::Transport(_)), "{alone:?}");
    assert!(started.elapsed() < Duration::from_secs(5));
}
