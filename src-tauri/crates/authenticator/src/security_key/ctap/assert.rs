//! `authenticatorGetAssertion` and `authenticatorGetNextAssertion` (CTAP 6.2 and 6.3).

use ciborium::Value;

use super::cbor::{self, Fields, descriptor, map};
use super::make::not_empty;
use super::pin::PinToken;
use super::{AuthData, CtapError, CtapStatus, Key, command, silent};
use crate::security_key::transport::OnWaiting;

/// More accounts of one site than any key holds.
const MOST_ACCOUNTS: u64 = 512;

/// What a key is asked to sign.
pub(crate) struct AssertCommand<'a> {
    pub(crate) client_data_hash: &'a [u8; 32],
    pub(crate) rp_id: &'a str,
    pub(crate) allow: &'a [&'a [u8]],
    /// `false` only asks, and no touch is needed.
    pub(crate) presence: bool,
    pub(crate) built_in_uv: bool,
    pub(crate) token: Option<&'a PinToken>,
    /// The input of `hmac-secret`, encrypted for this key.
    pub(crate) hmac_secret: Option<Value>,
}

/// What it signed.
pub(crate) struct Assertion {
    pub(crate) credential_id: Vec<u8>,
    pub(crate) auth_data: Vec<u8>,
    pub(crate) parsed: AuthData,
    pub(crate) signature: Vec<u8>,
    pub(crate) user_id: Option<Vec<u8>>,
    pub(crate) user_name: Option<String>,
    pub(crate) user_display_name: Option<String>,
}

impl Key {
    /// Every assertion that the key has for the request: several only without a list.
    pub(crate) async fn assert(
        &mut self,
        wanted: &AssertCommand<'_>,
        wait: OnWaiting<'_>,
    ) -> Result<Vec<Assertion>, CtapError> {
        let mut fields = self.send(command::GET_ASSERTION, Some(parameters(wanted)), wait).await?;
        let count = fields.number(0x05).unwrap_or(1).clamp(1, MOST_ACCOUNTS);
        // A key that let the person choose says so (`userSelected`), and then the others are not offered.
        let chosen = fields.take(0x06).and_then(|value| value.as_bool()).unwrap_or(false);
        let mut assertions = vec![read(fields, wanted.allow)?];
        for _ in 1..if chosen { 1 } else { count } {
            let next = self.send(command::GET_NEXT_ASSERTION, None, wait).await?;
            assertions.push(read(next, &[])?);
        }
        Ok(assertions)
    }

    /// Which credential of a list the key holds, asked without a touch, in as many questions as its limits need.
    /// Without a token a key does not tell of credentials that are only for verified persons.
    pub(crate) async fn holds(
        &mut self,
        rp_id: &str,
        ids: &[&[u8]],
        token: Option<&PinToken>,
    ) -> Result<Option<Vec<u8>>, CtapError> {
        for portion in self.info.portions(ids.iter().copied()) {
            let question = AssertCommand {
                // A hash of no client data: what this signs is of no use to anybody.
                client_data_hash: &[0; 32],
                rp_id,
                allow: &portion,
                presence: false,
                built_in_uv: false,
                token,
                hmac_secret: None,
            };
            let answer = self.send(command::GET_ASSERTION, Some(parameters(&question)), &silent).await;
            match answer {
                Ok(fields) => return Ok(Some(read(fields, &portion)?.credential_id)),
                Err(CtapError::Status(CtapStatus::NO_CREDENTIALS | CtapStatus::INVALID_CREDENTIAL)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
}

fn parameters(wanted: &AssertCommand<'_>) -> Value {
    let allow: Vec<Value> = wanted.allow.iter().map(|id| descriptor(id)).collect();
    let options = map([
        ("up", (!wanted.presence).then_some(Value::Bool(false))),
        ("uv", wanted.built_in_uv.then_some(Value::Bool(true))),
    ]);
    let token = wanted.token;
    map([
        (0x01, Some(wanted.rp_id.into())),
        (0x02, Some(Value::Bytes(wanted.client_data_hash.to_vec()))),
        (0x03, (!allow.is_empty()).then_some(Value::Array(allow))),
        (0x04, not_empty(map([("hmac-secret", wanted.hmac_secret.clone())]))),
        (0x05, not_empty(options)),
        (0x06, token.map(|token| Value::Bytes(token.authenticate(wanted.client_data_hash)))),
        (0x07, token.map(|token| token.protocol().number().into())),
    ])
}

fn read(mut fields: Fields, allowed: &[&[u8]]) -> Result<Assertion, CtapError> {
    let named = fields.take(0x01).and_then(|credential| cbor::bytes(cbor::member(&credential, "id")?));
    let credential_id = match (named, allowed) {
        (Some(id), _) => id,
        // With one in the list it may be left out.
        (None, [only]) => only.to_vec(),
        _ => return Err(CtapError::Malformed("no credential")),
    };
    if !allowed.is_empty() && !allowed.contains(&credential_id.as_slice()) {
        return Err(CtapError::Malformed("a credential that was not asked for"));
    }
    let auth_data = fields.bytes(0x02, "authenticator data")?;
    let user = fields.take(0x04).unwrap_or(Value::Null);
    let text = |name| cbor::member(&user, name).and_then(|value| value.into_text().ok());
    Ok(Assertion {
        credential_id,
        parsed: AuthData::read(&auth_data)?,
        auth_data,
        signature: fields.bytes(0x03, "signature")?,
        user_id: cbor::member(&user, "id").and_then(cbor::bytes).filter(|id| !id.is_empty()),
        user_name: text("name"),
        user_display_name: text("displayName"),
    })
}
