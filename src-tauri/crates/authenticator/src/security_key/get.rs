//! Signing with a key.

use ciborium::Value;
use rekey_webauthn::{
    AssertionExtensions, AssertionMade, AuthenticatorAttachment, CredentialId, GetRequest, PrfResults, PrfSalts,
    UserVerificationRequirement,
};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::credential_id;
use super::ctap::{AssertCommand, Assertion, CtapError, CtapStatus, Key, Permissions, SharedSecret, cbor};
use super::notices::Notices;
use super::verify::{Need, Verified, by_pin, verify};
use crate::{AuthenticatorError, HeldPasskey, Interaction};

/// The credentials that may answer; empty where any of the site's may, `None` where none may.
pub(super) fn allowed<'a>(request: &'a GetRequest, only: Option<&'a CredentialId>) -> Option<Vec<&'a [u8]>> {
    match only {
        Some(only) => request.allows(only).then(|| vec![only.as_bytes()]),
        None => Some(request.allow.iter().map(|descriptor| descriptor.id.as_bytes()).collect()),
    }
}

pub(super) async fn get(
    key: &mut Key,
    request: &GetRequest,
    allowed: &[&[u8]],
    person: &dyn Interaction,
) -> Result<AssertionMade, AuthenticatorError> {
    let rp_id = request.rp_id.as_str();
    let permissions = Permissions::Assert(rp_id);
    let mut verified = verify(key, need(key, request), permissions, person).await?;
    let held = found(key, rp_id, allowed, &verified).await?;
    let allow: Vec<&[u8]> = held.iter().map(Vec::as_slice).collect();
    let prf = prf(key, request, &allow).await?;

    let mut tried_again = false;
    let assertions = loop {
        let notices = Notices::of_request(key, &verified, person);
        let command = AssertCommand {
            client_data_hash: request.client_data.hash(),
            rp_id,
            allow: &allow,
            presence: true,
            built_in_uv: verified.is_built_in(),
            token: verified.token(),
            hmac_secret: prf.as_ref().map(|prf| prf.input.clone()),
        };
        match key.assert(&command, &|waiting| notices.hear(waiting)).await {
            // A sensor that gave up, or a key that wants more than it said: its PIN, once.
            Err(CtapError::Status(CtapStatus::UV_BLOCKED | CtapStatus::UV_INVALID | CtapStatus::PUAT_REQUIRED))
                if !tried_again && verified.token().is_none() && key.info.has("clientPin") =>
            {
                tried_again = true;
                verified = Verified::Token(by_pin(key, permissions, person).await?);
            }
            answer => break answer?,
        }
    };
    let chosen = chosen(rp_id, assertions, person).await?;
    outcome(request, chosen, prf)
}

fn need(key: &Key, request: &GetRequest) -> Need {
    match request.user_verification {
        _ if key.info.has("alwaysUv") => Need::Required,
        // "that PRF MUST be the one used for when user verification is performed"
        // (<https://www.w3.org/TR/webauthn-3/#prf-extension>).
        _ if request.extensions.prf.is_some() && key.info.extends("hmac-secret") => Need::Required,
        UserVerificationRequirement::Required => Need::Required,
        UserVerificationRequirement::Preferred => Need::Wanted,
        UserVerificationRequirement::Discouraged => Need::No,
    }
}

/// What the request names to the key: nothing where any credential may answer, else the one that the key holds. Where it
/// holds none the person is told so before they touch anything.
async fn found(
    key: &mut Key,
    rp_id: &str,
    allowed: &[&[u8]],
    verified: &Verified,
) -> Result<Vec<Vec<u8>>, AuthenticatorError> {
    if allowed.is_empty() {
        return Ok(Vec::new());
    }
    match key.holds(rp_id, allowed, verified.token()).await {
        Ok(Some(held)) => Ok(vec![held]),
        // What is only for verified persons a key with a sensor of the old kind tells with the signature.
        Ok(None) if verified.is_built_in() => first_portion(key, allowed),
        Ok(None) => Err(AuthenticatorError::NoCredential),
        // A key that does not answer without a touch.
        Err(CtapError::Status(_)) => first_portion(key, allowed),
        Err(error) => Err(error.into()),
    }
}

fn first_portion(key: &Key, allowed: &[&[u8]]) -> Result<Vec<Vec<u8>>, AuthenticatorError> {
    let portions = key.info.portions(allowed.iter().copied());
    let first = portions.into_iter().next().ok_or(AuthenticatorError::NoCredential)?;
    Ok(first.into_iter().map(<[u8]>::to_vec).collect())
}

/// The person's choice where the key holds several accounts of the site.
async fn chosen(
    rp_id: &str,
    mut assertions: Vec<Assertion>,
    person: &dyn Interaction,
) -> Result<Assertion, AuthenticatorError> {
    if assertions.len() > 1 {
        let held = |assertion: &Assertion| {
            let name = assertion.user_name.clone().or_else(|| assertion.user_display_name.clone());
            Ok(HeldPasskey {
                credential_id: credential_id(assertion.credential_id.clone())?,
                rp_id: rp_id.to_owned(),
                user_name: name.unwrap_or_default(),
            })
        };
        let among = assertions.iter().map(held).collect::<Result<Vec<_>, AuthenticatorError>>()?;
        let which = person.choose(&among).await.filter(|which| *which < assertions.len());
        return Ok(assertions.swap_remove(which.ok_or(AuthenticatorError::Declined)?));
    }
    assertions.pop().ok_or(AuthenticatorError::Unreadable)
}

/// An evaluation of the PRF that is under way.
struct Prf {
    shared: SharedSecret,
    input: Value,
    second: bool,
}

/// `hmac-secret` (CTAP 12.5): the salts, encrypted for the key.
async fn prf(key: &mut Key, request: &GetRequest, allow: &[&[u8]]) -> Result<Option<Prf>, AuthenticatorError> {
    let Some(wanted) = request.extensions.prf.as_ref().filter(|_| key.info.extends("hmac-secret")) else {
        return Ok(None);
    };
    let salts: Option<&PrfSalts> = match allow {
        [only] => wanted.salts_for(&credential_id(only.to_vec())?),
        _ => wanted.eval.as_ref(),
    };
    let Some(salts) = salts else { return Ok(None) };
    let shared = key.agree().await?;
    let both = [salts.first.as_slice(), salts.second.as_ref().map_or(&[], <[u8; 32]>::as_slice)].concat();
    let encrypted = shared.encrypt(&both);
    let proof = shared.authenticate(&encrypted);
    let protocol = shared.protocol.number();
    let input = cbor::map([
        (0x01, Some(shared.key_agreement.clone())),
        (0x02, Some(Value::Bytes(encrypted))),
        (0x03, Some(Value::Bytes(proof))),
        // Keys before 2.1 know one protocol, and not this member.
        (0x04, (protocol != 1).then(|| protocol.into())),
    ]);
    Ok(Some(Prf { shared, input, second: salts.second.is_some() }))
}

impl Prf {
    fn results(&self, assertion: &Assertion) -> Result<Option<PrfResults>, AuthenticatorError> {
        // Without verification the key derives other secrets.
        let Some(encrypted) = assertion.parsed.extension("hmac-secret").filter(|_| assertion.parsed.user_verified())
        else {
            return Ok(None);
        };
        let encrypted = cbor::bytes(encrypted).ok_or(AuthenticatorError::Unreadable)?;
        let secrets = self.shared.decrypt(&encrypted)?;
        let (first, rest) = secrets.split_first_chunk::<32>().ok_or(AuthenticatorError::Unreadable)?;
        let second = rest.split_first_chunk::<32>().map(|(second, _)| Zeroizing::new(*second));
        if second.is_some() != self.second {
            return Err(AuthenticatorError::Unreadable);
        }
        Ok(Some(PrfResults { first: Zeroizing::new(*first), second }))
    }
}

fn outcome(request: &GetRequest, assertion: Assertion, prf: Option<Prf>) -> Result<AssertionMade, AuthenticatorError> {
    if !assertion.parsed.is_of(&Sha256::digest(request.rp_id.as_str()).into()) {
        return Err(AuthenticatorError::Unreadable);
    }
    let user_verified = assertion.parsed.user_verified();
    if request.requires_user_verification() && !user_verified {
        return Err(AuthenticatorError::UserVerificationRequired);
    }
    let results = prf.map(|prf| prf.results(&assertion)).transpose()?.flatten();
    Ok(AssertionMade {
        credential_id: credential_id(assertion.credential_id)?,
        authenticator_data: assertion.auth_data,
        signature: assertion.signature,
        user_handle: assertion.user_id,
        attachment: Some(AuthenticatorAttachment::CrossPlatform),
        user_verified,
        extensions: AssertionExtensions { prf: results, large_blob: None },
    })
}
