//! EdDSA, which `webauthn-rs-core` reads and does not verify.
//!
//! The core checks the signature last of all (<https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion>): where it says
//! that it cannot verify with an Ed25519 key, type, challenge, origin, RP ID hash, flags and backup eligibility were right.
//! What follows those steps is done here. The tests send an EdDSA passkey through every refusal, so that a core that asks
//! in another order is noticed.

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{COSEKeyType, EDDSACurve, PublicKeyCredential};

use super::{Asserted, CeremonyError, attested};
use crate::records::Suspicion;
use crate::store::Passkey;

/// The signature over authenticator data and the hash of the client data, then the counter.
pub(super) fn finish_assertion(answer: &PublicKeyCredential, passkey: &Passkey) -> Result<Asserted, CeremonyError> {
    let data = answer.response.authenticator_data.as_slice();
    let refused = || CeremonyError::Step(WebauthnError::AuthenticationFailure);
    let key = verifying_key(passkey)?;
    let signature = Signature::from_slice(answer.response.signature.as_slice()).map_err(|_| refused())?;
    let mut signed = data.to_vec();
    signed.extend(Sha256::digest(answer.response.client_data_json.as_slice()));
    // Strict: a signature that some verifiers take and others do not is none.
    key.verify_strict(&signed, &signature).map_err(|_| refused())?;

    let (flags, sign_count) = flags_and_counter(data).ok_or_else(refused)?;
    if (sign_count > 0 || passkey.sign_count > 0) && sign_count <= passkey.sign_count {
        return Err(CeremonyError::Suspicious(Suspicion::CounterRegressed));
    }
    Ok(Asserted { sign_count, backup_state: flags & 0x10 != 0, user_verified: flags & 0x04 != 0 })
}

fn verifying_key(passkey: &Passkey) -> Result<VerifyingKey, WebauthnError> {
    match attested::cose_key(&passkey.public_key)?.key {
        COSEKeyType::EC_OKP(key) if key.curve == EDDSACurve::ED25519 => {
            let bytes: [u8; 32] = key.x.as_slice().try_into().map_err(|_| WebauthnError::COSEKeyEDDSAXInvalid)?;
            VerifyingKey::from_bytes(&bytes).map_err(|_| WebauthnError::COSEKeyEDDSAXInvalid)
        }
        _ => Err(WebauthnError::COSEKeyEDDSAInvalidCurve),
    }
}

/// <https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data>: hash, one byte of flags, four of the counter.
fn flags_and_counter(data: &[u8]) -> Option<(u8, u32)> {
    let (flags, rest) = data.get(32..)?.split_first()?;
    Some((*flags, u32::from_be_bytes(*rest.first_chunk()?)))
}
