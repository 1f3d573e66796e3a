//! EdDSA, which `webauthn-rs-core` names and does not support.
//!
//! The core reads the public key of a registration after type, challenge, origin, RP ID hash and flags were right, and
//! checks the signature of an assertion last of all: where it says that it does not know Ed25519, those steps are done.
//! What follows them is done here. The tests send an EdDSA passkey through every refusal, so that a core that asks in
//! another order is noticed.

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{
    AttestationFormat, COSEAlgorithm, COSEKey, COSEKeyType, Credential, EDDSACurve, ParsedAttestation,
    PublicKeyCredential, RegisterPublicKeyCredential, RegisteredExtensions, UserVerificationPolicy,
};

use super::attested::{Attested, Statement};
use super::{Asserted, CeremonyError, attested};
use crate::records::Suspicion;
use crate::store::Passkey;

// <https://www.w3.org/TR/webauthn-3/#authdata-flags>
const UV: u8 = 0x04;
const BE: u8 = 0x08;
const BS: u8 = 0x10;

/// The steps of a registration after the flags, for a passkey that nothing vouches for but itself: which algorithm, backup
/// flags that agree, a key that is one, and a statement that holds
/// (<https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential>).
pub(super) fn finish_registration(
    answer: &RegisterPublicKeyCredential,
    attested: &Attested,
) -> Result<Credential, WebauthnError> {
    let cred = attested::cose_key(&attested.public_key)?;
    let key = verifying_key(&cred)?;
    if answer.raw_id.as_slice() != attested.credential_id {
        return Err(WebauthnError::AttestationNotSupported);
    }
    let attestation_format = check_statement(&key, attested, answer.response.client_data_json.as_slice())?;
    let (backup_eligible, backup_state) = (attested.flags & BE != 0, attested.flags & BS != 0);
    if backup_state && !backup_eligible {
        return Err(WebauthnError::CredentialMayNotBeHardwareBound);
    }
    Ok(Credential {
        cred_id: attested.credential_id.clone(),
        cred,
        counter: attested.sign_count,
        transports: answer.response.transports.clone(),
        user_verified: attested.flags & UV != 0,
        backup_eligible,
        backup_state,
        registration_policy: UserVerificationPolicy::Required,
        extensions: RegisteredExtensions::none(),
        attestation: ParsedAttestation::default(),
        attestation_format,
    })
}

/// None at all, or a packed one made with the passkey's own key
/// (<https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation>, the verification procedure where x5c is not present).
fn check_statement(
    key: &VerifyingKey,
    attested: &Attested,
    client_data_json: &[u8],
) -> Result<AttestationFormat, WebauthnError> {
    match &attested.statement {
        Statement::None => Ok(AttestationFormat::None),
        Statement::Itself { algorithm, signature } => {
            if *algorithm != i128::from(COSEAlgorithm::EDDSA as i64) {
                return Err(WebauthnError::AttestationStatementAlgMismatch);
            }
            check_signature(key, &attested.authenticator_data, client_data_json, signature)
                .ok_or(WebauthnError::AttestationStatementSigInvalid)?;
            Ok(AttestationFormat::Packed)
        }
        Statement::Other => Err(WebauthnError::AttestationNotSupported),
    }
}

/// The signature over authenticator data and the hash of the client data; `None` where it is none.
fn check_signature(key: &VerifyingKey, data: &[u8], client_data_json: &[u8], signature: &[u8]) -> Option<()> {
    let mut signed = data.to_vec();
    signed.extend(Sha256::digest(client_data_json));
    // Strict: a signature that some verifiers take and others do not is none.
    key.verify_strict(&signed, &Signature::from_slice(signature).ok()?).ok()
}

/// The signature, then the counter.
pub(super) fn finish_assertion(answer: &PublicKeyCredential, passkey: &Passkey) -> Result<Asserted, CeremonyError> {
    let data = answer.response.authenticator_data.as_slice();
    let refused = || CeremonyError::Step(WebauthnError::AuthenticationFailure);
    let key = verifying_key(&attested::cose_key(&passkey.public_key)?)?;
    let (client_data, signature) = (&answer.response.client_data_json, &answer.response.signature);
    check_signature(&key, data, client_data.as_slice(), signature.as_slice()).ok_or_else(refused)?;

    let (flags, sign_count) = attested::flags_and_counter(data).ok_or_else(refused)?;
    if (sign_count > 0 || passkey.sign_count > 0) && sign_count <= passkey.sign_count {
        return Err(CeremonyError::Suspicious(Suspicion::CounterRegressed));
    }
    Ok(Asserted { sign_count, backup_state: flags & BS != 0, user_verified: flags & UV != 0 })
}

fn verifying_key(key: &COSEKey) -> Result<VerifyingKey, WebauthnError> {
    match &key.key {
        COSEKeyType::EC_OKP(key) if key.curve == EDDSACurve::ED25519 => {
            let bytes: [u8; 32] = key.x.as_slice().try_into().map_err(|_| WebauthnError::COSEKeyEDDSAXInvalid)?;
            VerifyingKey::from_bytes(&bytes).map_err(|_| WebauthnError::COSEKeyEDDSAXInvalid)
        }
        _ => Err(WebauthnError::COSEKeyEDDSAInvalidCurve),
    }
}
