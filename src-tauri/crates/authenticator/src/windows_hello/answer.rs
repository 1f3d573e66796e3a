//! What Windows answered, checked against what it was asked, as the client's types.

use passkey_types::ctap2::{AuthenticatorData, Flags};
use rekey_webauthn::{
    AssertionExtensions, AssertionMade, AuthenticatorAttachment, AuthenticatorTransport, CreateRequest, CredentialId,
    GetRequest, LargeBlobOutcome, LargeBlobUse, MadeCredential, MadeExtensions, PrfMade, PrfResults,
    ResidentKeyRequirement,
};
use sha2::{Digest as _, Sha256};
use windows_sys::Win32::Networking::WindowsWebServices as sys;
use zeroize::Zeroizing;

use super::raw::{Assertion, Made, Salts};
use super::{cose, transport};
use crate::AuthenticatorError;

/// A new credential.
///
/// # Errors
/// [`AuthenticatorError::Unreadable`] where the answer is not whole or not to this request;
/// [`AuthenticatorError::UserVerificationRequired`] where the site requires it and nobody was verified.
pub(super) fn made(request: &CreateRequest, answer: Made) -> Result<MadeCredential, AuthenticatorError> {
    let data = authenticator_data(&answer.authenticator_data, request.rp_id.as_str())?;
    let attested = data.attested_credential_data.as_ref().ok_or(AuthenticatorError::Unreadable)?;
    let credential_id = credential_id(answer.credential_id)?;
    // The id that Windows names is the one that was attested; the attestation object holds that data.
    if attested.credential_id() != credential_id.as_bytes() || answer.attestation_object.is_empty() {
        return Err(AuthenticatorError::Unreadable);
    }
    let algorithm = cose::algorithm(&attested.key).ok_or(AuthenticatorError::Unreadable)?;
    if !request.algorithms.contains(&algorithm) {
        return Err(AuthenticatorError::Algorithm);
    }
    let user_verified = verified(&data, request.requires_user_verification())?;
    let transports = answer.transport.map_or_else(|| vec![AuthenticatorTransport::Internal], transport::named);
    let asked = &request.extensions;
    let demanded = request.resident_key == ResidentKeyRequirement::Required;
    Ok(MadeCredential {
        credential_id,
        public_key: cose::public_der(&attested.key),
        algorithm,
        attachment: Some(attachment(answer.transport)),
        transports,
        // An older Windows does not say, but would have refused a demand that it cannot meet.
        discoverable: answer.resident.or(demanded.then_some(true)),
        user_verified,
        extensions: MadeExtensions {
            prf: asked.prf.as_ref().map(|_| PrfMade {
                enabled: answer.prf.unwrap_or(false),
                results: answer.prf_results.as_ref().and_then(results),
            }),
            large_blob: asked.large_blob.is_some() && answer.large_blob.unwrap_or(false),
        },
        attestation_object: answer.attestation_object,
        authenticator_data: answer.authenticator_data,
    })
}

/// An assertion.
///
/// # Errors
/// [`AuthenticatorError::Unreadable`] where the answer is not whole or not to this request;
/// [`AuthenticatorError::UserVerificationRequired`] where the site requires it and nobody was verified.
pub(super) fn assertion(
    request: &GetRequest,
    only: Option<&CredentialId>,
    answer: Assertion,
) -> Result<AssertionMade, AuthenticatorError> {
    let data = authenticator_data(&answer.authenticator_data, request.rp_id.as_str())?;
    let credential_id = credential_id(answer.credential_id)?;
    let may_answer = request.allows(&credential_id) && only.is_none_or(|only| *only == credential_id);
    if !may_answer || answer.signature.is_empty() {
        return Err(AuthenticatorError::Unreadable);
    }
    let user_verified = verified(&data, request.requires_user_verification())?;
    let large_blob = request.extensions.large_blob.as_ref().map(|wish| {
        let done = answer.large_blob_status == Some(sys::WEBAUTHN_CRED_LARGE_BLOB_STATUS_SUCCESS);
        match wish {
            LargeBlobUse::Read => LargeBlobOutcome::Read(done.then_some(answer.large_blob)),
            LargeBlobUse::Write(_) => LargeBlobOutcome::Written(done),
        }
    });
    let prf = request.extensions.prf.as_ref().and(answer.prf_results.as_ref()).and_then(results);
    Ok(AssertionMade {
        credential_id,
        signature: answer.signature,
        user_handle: Some(answer.user_handle).filter(|handle| !handle.is_empty()),
        attachment: Some(attachment(answer.transport)),
        user_verified,
        extensions: AssertionExtensions { prf, large_blob },
        authenticator_data: answer.authenticator_data,
    })
}

/// Authenticator data for this relying party.
fn authenticator_data(bytes: &[u8], rp_id: &str) -> Result<AuthenticatorData, AuthenticatorError> {
    let data = AuthenticatorData::from_slice(bytes).map_err(|_| AuthenticatorError::Unreadable)?;
    if data.rp_id_hash() == <[u8; 32]>::from(Sha256::digest(rp_id)).as_slice() {
        Ok(data)
    } else {
        Err(AuthenticatorError::Unreadable)
    }
}

/// Whether the person was verified, as the authenticator signed it.
fn verified(data: &AuthenticatorData, required: bool) -> Result<bool, AuthenticatorError> {
    let verified = data.flags.contains(Flags::UV);
    if required && !verified { Err(AuthenticatorError::UserVerificationRequired) } else { Ok(verified) }
}

fn credential_id(bytes: Vec<u8>) -> Result<CredentialId, AuthenticatorError> {
    CredentialId::new(bytes).map_err(|_| AuthenticatorError::Unreadable)
}

/// Where the authenticator was, by the transport that was used; the platform was asked for where Windows does not say.
fn attachment(transport: Option<u32>) -> AuthenticatorAttachment {
    match transport {
        None | Some(0 | sys::WEBAUTHN_CTAP_TRANSPORT_INTERNAL) => AuthenticatorAttachment::Platform,
        Some(_) => AuthenticatorAttachment::CrossPlatform,
    }
}

/// Secrets of the length that they must have.
fn results(salts: &Salts) -> Option<PrfResults> {
    let secret = |bytes: &[u8]| Some(Zeroizing::new(<[u8; 32]>::try_from(bytes).ok()?));
    let second = match salts.second.as_slice() {
        [] => None,
        second => Some(secret(second)?),
    };
    Some(PrfResults { first: secret(&salts.first)?, second })
}
