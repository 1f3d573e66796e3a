//! Keys of the TPM, tried in every other way than with the PIN. (The simulator has room for three objects at a time, and no
//! resource manager before it: hence the many connections, each of which leaves nothing behind.)

use tss_esapi::interface_types::dynamic_handles::Persistent;
use tss_esapi::interface_types::key_bits::RsaKeyBits;
use tss_esapi::interface_types::resource_handles::Provision;
use tss_esapi::structures::{RsaExponent, SymmetricDefinitionObject};
use tss_esapi::utils::create_restricted_decryption_rsa_public;

use super::*;
use crate::{Connection, Presence};

#[path = "../../tests/support/swtpm.rs"]
mod swtpm;

use swtpm::Simulator;

fn pin_value(of: u8) -> PinValue {
    Zeroizing::new([of; 32])
}

fn tcti(simulator: &Simulator) -> TctiNameConf {
    Connection::tcti(&simulator.connection()).unwrap()
}

#[test]
fn a_key_signs_with_the_pin_and_its_binding_only() {
    let (_state, simulator) = Simulator::new();
    let mut chip = Chip::connect(&tcti(&simulator), None).unwrap();
    let pin = chip.make_pin(&pin_value(1)).unwrap();
    let key = chip.make_key(&pin, &pin_value(1), &[1; 32]).unwrap();
    drop(chip);
    let signs = |what: &str, session: &dyn Fn(&mut Chip, KeyHandle) -> AuthSession| {
        let mut chip = Chip::connect(&tcti(&simulator), None).unwrap();
        let pin_handle = chip.load_pin(&pin, &pin_value(1)).unwrap();
        let policy = chip.policy(pin_handle, &[1; 32]).unwrap();
        let public = templates::signing_key(&policy, &key.x, &key.y).unwrap();
        let loaded = chip.load(public, &key.private).unwrap();
        let session = session(&mut chip, pin_handle);
        let ticket = TPMT_TK_HASHCHECK {
            tag: StructureTag::Hashcheck.into(),
            hierarchy: TPM2_RH_NULL,
            digest: Default::default(),
        };
        let signed = chip.context.execute_with_session(Some(session), |context| {
            let scheme = SignatureScheme::EcDsa { hash_scheme: HashScheme::new(HashingAlgorithm::Sha256) };
            context.sign(loaded, Digest::try_from([7; 32].as_slice())?, scheme, HashcheckTicket::try_from(ticket)?)
        });
        let refused = signed.err().map(|error| kind(error).unwrap());
        let for_want_of_authorisation = [Code::AuthUnavailable, Code::PolicyFail].map(Some).contains(&refused);
        assert!(for_want_of_authorisation || (refused.is_none() && what == "the PIN"), "{what}: {refused:?}");
    };
    signs("the PIN", &|chip, pin| chip.prove(pin, &[1; 32]).unwrap());
    signs("another binding", &|chip, pin| chip.prove(pin, &[2; 32]).unwrap());
    signs("an empty password", &|_, _| AuthSession::Password);
    signs("an empty authorisation", &|chip, _| chip.session);
    signs("a policy without a PIN", &|chip, _| {
        start_session(&mut chip.context, chip.storage_key, SessionType::Policy).unwrap()
    });
    let other = Chip::connect(&tcti(&simulator), None).unwrap().make_pin(&pin_value(1)).unwrap();
    signs("another object's PIN", &|chip, pin| {
        chip.context.flush_context(pin.into()).unwrap();
        let other = chip.load_pin(&other, &pin_value(1)).unwrap();
        chip.prove(other, &[1; 32]).unwrap()
    });
}

#[test]
fn a_key_cannot_be_given_another_authorisation() {
    let (_state, simulator) = Simulator::new();
    let mut chip = Chip::connect(&tcti(&simulator), None).unwrap();
    let pin = chip.make_pin(&pin_value(1)).unwrap();
    let key = chip.make_key(&pin, &pin_value(1), &[1; 32]).unwrap();
    drop(chip);
    let mut chip = Chip::connect(&tcti(&simulator), None).unwrap();
    let pin_handle = chip.load_pin(&pin, &pin_value(1)).unwrap();
    let policy = chip.policy(pin_handle, &[1; 32]).unwrap();
    let loaded = chip.load(templates::signing_key(&policy, &key.x, &key.y).unwrap(), &key.private).unwrap();
    let (storage_key, session) = (chip.storage_key, chip.session);
    let changed = chip.context.execute_with_session(Some(session), |context| {
        context.object_change_auth(loaded.into(), storage_key.into(), auth(&pin_value(9))?)
    });
    let refused = kind(changed.unwrap_err()).unwrap();
    assert!(matches!(refused, Code::AuthUnavailable | Code::AuthType | Code::PolicyFail), "{refused:?}");
}

#[test]
fn the_storage_key_that_is_kept_in_the_tpm_is_used_and_found_again() {
    let (_state, simulator) = Simulator::new();
    let tcti = tcti(&simulator);
    // Made before there is one: under the owner's seed.
    let mut chip = Chip::connect(&tcti, None).unwrap();
    let derived = chip.storage_name().to_vec();
    let early = chip.make_pin(&pin_value(1)).unwrap();
    drop(chip);

    // Many systems keep an RSA key there.
    let mut context = Context::new(tcti.clone()).unwrap();
    context
        .execute_with_nullauth_session(|context| {
            let (aes, exponent) = (SymmetricDefinitionObject::AES_128_CFB, RsaExponent::default());
            let public = create_restricted_decryption_rsa_public(aes, RsaKeyBits::Rsa2048, exponent)?;
            let made = context.create_primary(Hierarchy::Owner, public, None, None, None, None)?;
            let at = Persistent::Persistent(PersistentTpmHandle::new(STORAGE_ROOT_KEY)?);
            context.evict_control(Provision::Owner, made.key_handle.into(), at)
        })
        .unwrap();
    drop(context);

    let mut chip = Chip::connect(&tcti, None).unwrap();
    let kept = chip.storage_name().to_vec();
    assert!(kept != derived);
    let late = chip.make_pin(&pin_value(2)).unwrap();
    let key = chip.make_key(&late, &pin_value(2), &[3; 32]).unwrap();
    drop(chip);
    let mut chip = Chip::connect(&tcti, Some(&kept)).unwrap();
    chip.sign(&late, &pin_value(2), &key, &[3; 32], &[7; 32]).unwrap();
    drop(chip);
    // What was made before is still within reach.
    Chip::connect(&tcti, Some(&derived)).unwrap().check_pin(&early, &pin_value(1)).unwrap();
    assert!(matches!(Chip::connect(&tcti, Some(&[0; 34])), Err(TpmError::OtherTpm)));
}

#[test]
fn nothing_stays_in_the_tpm() {
    let (_state, simulator) = Simulator::new();
    let tcti = tcti(&simulator);
    let pin = Chip::connect(&tcti, None).unwrap().make_pin(&pin_value(1)).unwrap();
    for _ in 0..20 {
        // More than it has room for, each with a right and a wrong end.
        let key = Chip::connect(&tcti, None).unwrap().make_key(&pin, &pin_value(1), &[1; 32]).unwrap();
        let mut chip = Chip::connect(&tcti, None).unwrap();
        assert!(matches!(chip.sign(&pin, &pin_value(1), &key, &[2; 32], &[7; 32]), Err(TpmError::Altered)));
    }
    let mut context = Context::new(tcti).unwrap();
    for first in [0x8000_0000, 0x0200_0000, 0x0300_0000] {
        let (handles, _) = context.get_capability(CapabilityType::Handles, first, 8).unwrap();
        assert!(matches!(handles, CapabilityData::Handles(handles) if handles.is_empty()), "{first:#x}");
    }
}
