//! Passkeys that nobody has, for user names that nobody has, or that have no passkey to sign in with: a name gets the same
//! kind of answer whether or not there is such an account, and always the same one
//! (<https://www.w3.org/TR/webauthn-3/#sctn-username-enumeration>).

use std::time::UNIX_EPOCH;

use ed25519_dalek::SigningKey;
use hmac::{Hmac, KeyInit, Mac};
use serde_cbor_2::Value;
use sha2::Sha256;
use uuid::Uuid;
use webauthn_rs_core::proto::{AttestationFormat, UserVerificationPolicy};

use crate::store::{AccountId, Passkey, comparable};

/// The decoy of a name. An answer that claims to come from it is checked like any other, up to the signature, which
/// nobody can make. `None` cannot occur: HMAC takes keys of every length.
pub(crate) fn decoy(secret: &[u8; 32], name: &str) -> Option<Passkey> {
    let part = |purpose: &[u8]| -> Option<[u8; 32]> {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
        mac.update(purpose);
        mac.update(comparable(name).as_bytes());
        Some(mac.finalize().into_bytes().into())
    };
    let key = SigningKey::from_bytes(&part(b"key of ")?).verifying_key();
    let public_key = Value::Map(
        [
            (Value::Integer(1), Value::Integer(1)),
            (Value::Integer(3), Value::Integer(-8)),
            (Value::Integer(-1), Value::Integer(6)),
            (Value::Integer(-2), Value::Bytes(key.to_bytes().to_vec())),
        ]
        .into(),
    );
    Some(Passkey {
        credential_id: part(b"id of ")?.to_vec(),
        account: AccountId::random(),
        name: String::new(),
        public_key: serde_cbor_2::to_vec(&public_key).ok()?,
        algorithm: -8,
        sign_count: 0,
        transports: None,
        user_verified: true,
        verification: UserVerificationPolicy::Required,
        backup_eligible: false,
        backup_state: false,
        aaguid: Uuid::nil(),
        attestation_format: AttestationFormat::None,
        attestation_object: Vec::new(),
        created_at: UNIX_EPOCH,
        last_used_at: None,
        suspended: None,
        passwordless: true,
    })
}
