//! EdDSA, which `webauthn-rs-core` names and does not support.
//!
//! The core reads the public key of a registration after type, challenge, origin, RP ID hash and flags were right, and
//! checks the signature of an assertion last of all: where it says that it does not know Ed25519, those steps are done.
//! Nothing but its code says so, hence the workspace names its exact version, and what authenticator data tells is
//! looked at here once more.

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{
    AttestationFormat, COSEAlgorithm, COSEKey, COSEKeyType, EDDSACurve, PublicKeyCredential,
};

use super::attested::{self, Attested, Head, Statement};

/// What the authenticator data of a ceremony must say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Demands {
    pub(super) rp_id_hash: [u8; 32],
    /// Whether somebody must have been there: not where the browser made the passkey on its own.
    pub(super) present: bool,
    /// Whether the person must have been verified.
    pub(super) verified: bool,
}

impl Demands {
    /// Steps 14 to 17 of <https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential>, and 15 to 18 of
    /// <https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion>.
    fn check(&self, head: &Head) -> Result<(), WebauthnError> {
        if head.rp_id_hash != self.rp_id_hash {
            return Err(WebauthnError::InvalidRPIDHash);
        }
        if self.present && !head.user_present() {
            return Err(WebauthnError::UserNotPresent);
        }
        if self.verified && !head.user_verified() {
            return Err(WebauthnError::UserNotVerified);
        }
        if head.backup_state() && !head.backup_eligible() {
            return Err(WebauthnError::CredentialMayNotBeHardwareBound);
        }
        Ok(())
    }
}

/// The steps of a registration from the RP ID hash on, for a passkey that nothing vouches for but itself: the flags, a
/// key that is one, and a statement that holds
/// (<https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential>). Which algorithms were offered, what the
/// credential id is and whether it is new are for the caller to check.
pub(super) fn check_registration(
    attested: &Attested,
    client_data_json: &[u8],
    demands: &Demands,
) -> Result<AttestationFormat, WebauthnError> {
    demands.check(&attested.head)?;
    let key = verifying_key(&attested::cose_key(&attested.public_key)?)?;
    check_statement(&key, attested, client_data_json)
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

/// The steps of an assertion from the RP ID hash on, up to the signature; what was stored of the passkey is for the
/// caller to compare.
pub(super) fn check_assertion(
    answer: &PublicKeyCredential,
    head: &Head,
    public_key: &[u8],
    demands: &Demands,
) -> Result<(), WebauthnError> {
    demands.check(head)?;
    let key = verifying_key(&attested::cose_key(public_key)?)?;
    let response = &answer.response;
    let (data, client_data) = (response.authenticator_data.as_slice(), response.client_data_json.as_slice());
    check_signature(&key, data, client_data, response.signature.as_slice()).ok_or(WebauthnError::AuthenticationFailure)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rp_id_hash: [u8; 32], flags: u8, demands: &Demands, expect: &str) {
        let found = demands.check(&Head { rp_id_hash, flags, sign_count: 0 });
        assert_eq!(found.map_or_else(|error| format!("{error:?}"), |()| "taken".to_owned()), expect, "{flags:#04x}");
    }

    #[test]
    fn what_the_core_checked_is_checked_again() {
        let strict = Demands { rp_id_hash: [1; 32], present: true, verified: true };
        let lax = Demands { present: false, verified: false, ..strict };
        check([1; 32], 0x05, &strict, "taken");
        check([1; 32], 0x1d, &strict, "taken");
        check([2; 32], 0x05, &strict, "InvalidRPIDHash");
        check([1; 32], 0x04, &strict, "UserNotPresent");
        check([1; 32], 0x01, &strict, "UserNotVerified");
        check([1; 32], 0x15, &strict, "CredentialMayNotBeHardwareBound");
        check([1; 32], 0x00, &lax, "taken");
        check([2; 32], 0x00, &lax, "InvalidRPIDHash");
        check([1; 32], 0x10, &lax, "CredentialMayNotBeHardwareBound");
    }
}
