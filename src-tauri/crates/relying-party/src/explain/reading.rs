//! What a trace says, decoded once.

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::bytes::{self, AttestationObject, AuthenticatorData, ClientData, CoseKey, Read, Unreadable};
use super::trace::{CeremonyKind, Trace};

/// A trace, decoded. Each field says whether it was there and could be read.
pub(super) struct Reading<'a> {
    pub(super) trace: &'a Trace,
    pub(super) registration: bool,
    pub(super) conditional: bool,
    pub(super) challenge: Read<Vec<u8>>,
    pub(super) client_data_bytes: Read<Vec<u8>>,
    pub(super) client_data: Read<ClientData>,
    /// Missing at a sign-in.
    pub(super) attestation: Read<AttestationObject>,
    pub(super) authenticator_bytes: Read<Vec<u8>>,
    pub(super) authenticator_data: Read<AuthenticatorData>,
    pub(super) credential_id: Read<Vec<u8>>,
    /// What came with the answer to a sign-in.
    pub(super) user_handle: Read<Vec<u8>>,
    /// Missing at a registration.
    pub(super) signature: Read<Vec<u8>>,
    pub(super) stored_key: Read<CoseKey>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(trace: &'a Trace) -> Self {
        let (registration, conditional) = match trace.kind {
            CeremonyKind::Registration { conditional } => (true, conditional),
            CeremonyKind::SignIn { conditional, .. } => (false, conditional),
            CeremonyKind::SecondFactor => (false, false),
        };
        let response = |name: &str| bytes::base64url(trace.answer.get("response").and_then(|r| r.get(name)));
        let client_data_bytes = response("clientDataJSON");
        let attestation = if registration {
            response("attestationObject").and_then(|bytes| AttestationObject::parse(&bytes))
        } else {
            Err(Unreadable::Missing)
        };
        let authenticator_bytes = if registration {
            attestation.as_ref().map(|object| object.authenticator_data.clone()).map_err(|why| *why)
        } else {
            response("authenticatorData")
        };
        let authenticator_data = and_then(&authenticator_bytes, |bytes| AuthenticatorData::parse(bytes));
        let attested = authenticator_data.as_ref().ok().and_then(|data| data.attested.as_ref());
        let credential_id = match attested {
            Some(attested) if registration => Ok(attested.credential_id.clone()),
            _ => bytes::base64url(trace.answer.get("rawId")),
        };
        Self {
            trace,
            registration,
            conditional,
            challenge: bytes::base64url(option(trace, &["challenge"])),
            client_data: and_then(&client_data_bytes, |bytes| ClientData::parse(bytes)),
            client_data_bytes,
            attestation,
            authenticator_bytes,
            authenticator_data,
            credential_id,
            user_handle: response("userHandle"),
            signature: if registration { Err(Unreadable::Missing) } else { response("signature") },
            stored_key: trace.stored.as_ref().map_or(Err(Unreadable::Missing), |key| CoseKey::parse(&key.public_key)),
        }
    }

    /// A member of the options that were sent.
    pub(super) fn option(&self, path: &[&str]) -> Option<&'a Json> {
        option(self.trace, path)
    }

    pub(super) fn option_text(&self, path: &[&str]) -> Read<String> {
        match self.option(path) {
            None | Some(Json::Null) => Err(Unreadable::Missing),
            Some(Json::String(text)) => Ok(text.clone()),
            Some(_) => Err(Unreadable::Malformed),
        }
    }

    /// The ids in a list of credentials of the options.
    pub(super) fn option_ids(&self, name: &str) -> Vec<Vec<u8>> {
        let list = self.option(&[name]).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|entry| bytes::base64url(entry.get("id")).ok()).collect()
    }

    /// The numbers of the algorithms that were offered.
    pub(super) fn algorithms(&self) -> Vec<i64> {
        let list = self.option(&["pubKeyCredParams"]).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|entry| entry.get("alg")?.as_i64()).collect()
    }

    /// Whether the request insisted that the person be verified.
    pub(super) fn verification_required(&self) -> bool {
        let path: &[&str] = match self.registration {
            true => &["authenticatorSelection", "userVerification"],
            false => &["userVerification"],
        };
        self.option(path).and_then(Json::as_str) == Some("required")
    }

    /// The new key, at a registration.
    pub(super) fn new_key(&self) -> Read<&CoseKey> {
        let data = self.authenticator_data.as_ref().map_err(|why| *why)?;
        data.attested.as_ref().ok_or(Unreadable::Missing)?.public_key.as_ref().map_err(|why| *why)
    }

    pub(super) fn client_data_hash(&self) -> Read<[u8; 32]> {
        self.client_data_bytes.as_ref().map(|bytes| sha256(bytes)).map_err(|why| *why)
    }
}

fn option<'a>(trace: &'a Trace, path: &[&str]) -> Option<&'a Json> {
    path.iter().try_fold(trace.options.get("publicKey")?, |value, name| value.get(name))
}

fn and_then<T, U>(read: &Read<T>, f: impl FnOnce(&T) -> Read<U>) -> Read<U> {
    read.as_ref().map_err(|why| *why).and_then(f)
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
