//! Making a credential on a key.

use ciborium::Value;
use rekey_webauthn::{
    Attestation, AuthenticatorAttachment, AuthenticatorTransport, CreateRequest, LargeBlobSupport, MadeCredential,
    MadeExtensions, PrfMade, ResidentKeyRequirement, UserVerificationRequirement,
};
use sha2::{Digest as _, Sha256};

use super::ctap::{CtapError, CtapStatus, Key, Made, MakeCommand, Permissions, cbor};
use super::notices::Notices;
use super::verify::{Need, Verified, by_pin, is_set_up, verify};
use super::{cose, credential_id};
use crate::{AuthenticatorError, Interaction};

pub(super) async fn create(
    key: &mut Key,
    request: &CreateRequest,
    person: &dyn Interaction,
) -> Result<MadeCredential, AuthenticatorError> {
    possible(key, request)?;
    let rp_id = request.rp_id.as_str();
    let permissions = Permissions::Make(rp_id);
    // Discoverable wherever the key can: a credential that needs a user name first is no passkey.
    let mut resident = key.info.has("rk") && key.info.room != Some(0);
    let mut verified = verify(key, need(key, request, resident), permissions, person).await?;

    let ids: Vec<&[u8]> = request.exclude.iter().map(|descriptor| descriptor.id.as_bytes()).collect();
    let held = key.holds(rp_id, &ids, verified.token()).await;
    // A credential that excludes the key is named to it alone: it refuses once it is touched. Of a list that fits into one
    // request nothing was said that the key might not say when it knows the person.
    let portions = key.info.portions(ids);
    let exclude = match (&held, portions.as_slice()) {
        (Ok(Some(held)), _) => vec![held.as_slice()],
        (Ok(None) | Err(CtapError::Status(_)), [only]) => only.clone(),
        // A key with a sensor of the old kind tells of some only when it makes the credential.
        (Ok(None), [first, ..]) if verified.is_built_in() => first.clone(),
        (Ok(None), _) => Vec::new(),
        // Without the whole list the key might write over a credential that is on it.
        (Err(error), _) => return Err(error.clone().into()),
    };

    let mut tried_again = false;
    let made = loop {
        let notices = Notices::of_request(key, &verified, person);
        let command = command(key, request, &exclude, resident, &verified);
        match key.make(&command, &|waiting| notices.hear(waiting)).await {
            Err(CtapError::Status(CtapStatus::KEY_STORE_FULL))
                if resident && request.resident_key != ResidentKeyRequirement::Required =>
            {
                resident = false;
                // The touch used the token up.
                verified = verify(key, need(key, request, resident), permissions, person).await?;
            }
            // A sensor that gave up, or a key that wants more than it said: its PIN, once.
            Err(CtapError::Status(CtapStatus::UV_BLOCKED | CtapStatus::UV_INVALID | CtapStatus::PUAT_REQUIRED))
                if !tried_again && verified.token().is_none() && key.info.has("clientPin") =>
            {
                tried_again = true;
                verified = Verified::Token(by_pin(key, permissions, person).await?);
            }
            made => break made?,
        }
    };
    outcome(key, request, made, resident)
}

/// What the site insists on and the key does not have, before anybody is asked for anything.
fn possible(key: &Key, request: &CreateRequest) -> Result<(), AuthenticatorError> {
    let wanted = &request.extensions;
    let unprotected = wanted.cred_protect.is_some_and(|wanted| wanted.enforce) && !key.info.extends("credProtect");
    let not_discoverable = request.resident_key == ResidentKeyRequirement::Required && !key.info.has("rk");
    if request.resident_key == ResidentKeyRequirement::Required && key.info.room == Some(0) {
        return Err(AuthenticatorError::Full);
    }
    // Blobs are not offered.
    let no_blob = wanted.large_blob == Some(LargeBlobSupport::Required);
    if unprotected || not_discoverable || no_blob { Err(AuthenticatorError::Unsupported) } else { Ok(()) }
}

fn need(key: &Key, request: &CreateRequest, resident: bool) -> Need {
    match request.user_verification {
        _ if key.info.has("alwaysUv") => Need::Required,
        UserVerificationRequirement::Required => Need::Required,
        UserVerificationRequirement::Preferred => Need::Wanted,
        // A key with a PIN makes nothing without it, but for credentials that are not discoverable, where it says so.
        UserVerificationRequirement::Discouraged if !is_set_up(key) => Need::No,
        UserVerificationRequirement::Discouraged if key.info.has("makeCredUvNotRqd") && !resident => Need::No,
        UserVerificationRequirement::Discouraged => Need::Wanted,
    }
}

fn command<'a>(
    key: &Key,
    request: &'a CreateRequest,
    exclude: &'a [&'a [u8]],
    resident: bool,
    verified: &'a Verified,
) -> MakeCommand<'a> {
    let wanted = &request.extensions;
    MakeCommand {
        client_data_hash: request.client_data.hash(),
        rp_id: request.rp_id.as_str(),
        rp_name: &request.rp_name,
        user_id: &request.user.id,
        user_name: &request.user.name,
        user_display_name: &request.user.display_name,
        algorithms: &request.algorithms,
        exclude,
        resident,
        built_in_uv: verified.is_built_in(),
        token: verified.token(),
        cred_protect: wanted.cred_protect.map(|wanted| wanted.policy).filter(|_| key.info.extends("credProtect")),
        hmac_secret: wanted.prf.is_some() && key.info.extends("hmac-secret"),
        min_pin_length: wanted.min_pin_length && key.info.extends("minPinLength"),
        enterprise: request.attestation == Attestation::Enterprise && key.info.has("ep"),
    }
}

fn outcome(
    key: &Key,
    request: &CreateRequest,
    made: Made,
    resident: bool,
) -> Result<MadeCredential, AuthenticatorError> {
    let attested = made.parsed.attested.as_ref().ok_or(AuthenticatorError::Unreadable)?;
    let algorithm = cose::algorithm(&attested.public_key).ok_or(AuthenticatorError::Unreadable)?;
    if !made.parsed.is_of(&Sha256::digest(request.rp_id.as_str()).into()) || !request.algorithms.contains(&algorithm) {
        return Err(AuthenticatorError::Unreadable);
    }
    if request.requires_user_verification() && !made.parsed.user_verified() {
        return Err(AuthenticatorError::UserVerificationRequired);
    }
    let enabled = || made.parsed.extension("hmac-secret").and_then(|value| value.as_bool()).unwrap_or(false);
    Ok(MadeCredential {
        credential_id: credential_id(attested.credential_id.clone())?,
        public_key: cose::public_der(&attested.public_key),
        algorithm,
        transports: transports(key),
        attachment: Some(AuthenticatorAttachment::CrossPlatform),
        discoverable: Some(resident),
        user_verified: made.parsed.user_verified(),
        extensions: MadeExtensions {
            prf: request.extensions.prf.as_ref().map(|_| PrfMade { enabled: enabled(), results: None }),
            large_blob: false,
        },
        attestation_object: attestation_object(request.attestation, made.format, made.statement, &made.auth_data),
        authenticator_data: made.auth_data,
    })
}

/// <https://www.w3.org/TR/webauthn-3/#sctn-createCredential>: with the preference "none" the statement is replaced; the
/// AAGUID stays, as of Level 3.
fn attestation_object(conveyed: Attestation, format: String, statement: Value, auth_data: &[u8]) -> Vec<u8> {
    let (format, statement) = match conveyed {
        Attestation::None => ("none".to_owned(), Value::Map(Vec::new())),
        Attestation::Indirect | Attestation::Direct | Attestation::Enterprise => (format, statement),
    };
    cbor::encode(&cbor::map([
        ("fmt", Some(Value::Text(format))),
        ("attStmt", Some(statement)),
        ("authData", Some(Value::Bytes(auth_data.to_vec()))),
    ]))
}

/// How the key can be reached: what it says, or how it is now.
fn transports(key: &Key) -> Vec<AuthenticatorTransport> {
    if key.info.transports.is_empty() { vec![key.link().transport()] } else { key.info.transports.clone() }
}
