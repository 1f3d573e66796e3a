//! `authenticatorMakeCredential` (CTAP 6.1).

use ciborium::Value;
use rekey_webauthn::Protection;

use super::cbor::{descriptor, map};
use super::pin::PinToken;
use super::{AuthData, CtapError, Key, command};
use crate::security_key::transport::OnWaiting;

/// What a key is asked to make.
pub(crate) struct MakeCommand<'a> {
    pub(crate) client_data_hash: &'a [u8; 32],
    pub(crate) rp_id: &'a str,
    pub(crate) rp_name: &'a str,
    pub(crate) user_id: &'a [u8],
    pub(crate) user_name: &'a str,
    pub(crate) user_display_name: &'a str,
    pub(crate) algorithms: &'a [i64],
    pub(crate) exclude: &'a [&'a [u8]],
    pub(crate) resident: bool,
    /// Verification by the key itself, where it gives no tokens.
    pub(crate) built_in_uv: bool,
    pub(crate) token: Option<&'a PinToken>,
    pub(crate) cred_protect: Option<Protection>,
    pub(crate) hmac_secret: bool,
    pub(crate) min_pin_length: bool,
    /// Attestation that names this one key, where the key's maker arranged it with the site.
    pub(crate) enterprise: bool,
}

/// What it made.
pub(crate) struct Made {
    pub(crate) format: String,
    pub(crate) statement: Value,
    pub(crate) auth_data: Vec<u8>,
    pub(crate) parsed: AuthData,
}

impl Key {
    pub(crate) async fn make(&mut self, wanted: &MakeCommand<'_>, wait: OnWaiting<'_>) -> Result<Made, CtapError> {
        let mut fields = self.send(command::MAKE_CREDENTIAL, Some(parameters(wanted)), wait).await?;
        let auth_data = fields.bytes(0x02, "authenticator data")?;
        let format = fields.take(0x01).and_then(|value| value.into_text().ok());
        Ok(Made {
            format: format.ok_or(CtapError::Malformed("attestation format"))?,
            // Absent with the format "none", as of CTAP 2.2.
            statement: fields.take(0x03).filter(Value::is_map).unwrap_or_else(|| Value::Map(Vec::new())),
            parsed: AuthData::read(&auth_data)?,
            auth_data,
        })
    }
}

fn parameters(wanted: &MakeCommand<'_>) -> Value {
    let algorithm = |number: &i64| map([("alg", Some((*number).into())), ("type", Some(Value::from("public-key")))]);
    let flag = |name: &'static str, on: bool| (name, on.then_some(Value::Bool(true)));
    let extensions = map([
        flag("hmac-secret", wanted.hmac_secret),
        ("credProtect", wanted.cred_protect.map(|policy| policy.number().into())),
        flag("minPinLength", wanted.min_pin_length),
    ]);
    let options = map([flag("rk", wanted.resident), flag("uv", wanted.built_in_uv)]);
    let exclude: Vec<Value> = wanted.exclude.iter().map(|id| descriptor(id)).collect();
    let token = wanted.token;
    map([
        (0x01, Some(Value::Bytes(wanted.client_data_hash.to_vec()))),
        (0x02, Some(map([("id", Some(wanted.rp_id.into())), ("name", Some(shortened(wanted.rp_name)))]))),
        (
            0x03,
            Some(map([
                ("id", Some(Value::Bytes(wanted.user_id.to_vec()))),
                ("name", Some(shortened(wanted.user_name))),
                ("displayName", Some(shortened(wanted.user_display_name))),
            ])),
        ),
        (0x04, Some(Value::Array(wanted.algorithms.iter().map(algorithm).collect()))),
        (0x05, (!exclude.is_empty()).then_some(Value::Array(exclude))),
        (0x06, not_empty(extensions)),
        (0x07, not_empty(options)),
        (0x08, token.map(|token| Value::Bytes(token.authenticate(wanted.client_data_hash)))),
        (0x09, token.map(|token| token.protocol().number().into())),
        (0x0a, wanted.enterprise.then(|| 1.into())),
    ])
}

pub(super) fn not_empty(map: Value) -> Option<Value> {
    Some(map).filter(|map| map.as_map().is_some_and(|entries| !entries.is_empty()))
}

/// The first 64 bytes of a name, whole characters: what every key keeps
/// (<https://www.w3.org/TR/webauthn-3/#sctn-strings-truncation>). Some keys refuse more.
fn shortened(name: &str) -> Value {
    let end = (0..=64).rev().find_map(|end| name.get(..end));
    if name.len() <= 64 { name.into() } else { end.unwrap_or_default().into() }
}

/// A request that makes nothing, but that keys before 2.1 answer only once they are touched.
pub(super) fn touch_only() -> Value {
    let nobody = || map([("id", Some(Value::from(".dummy"))), ("name", Some(Value::from(".dummy")))]);
    let user = map([("id", Some(Value::Bytes(vec![1]))), ("name", Some(Value::from(".dummy")))]);
    let es256 = map([("alg", Some(Value::from(-7))), ("type", Some(Value::from("public-key")))]);
    map([
        (0x01, Some(Value::Bytes(vec![0; 32]))),
        (0x02, Some(nobody())),
        (0x03, Some(user)),
        (0x04, Some(Value::Array(vec![es256]))),
        (0x08, Some(Value::Bytes(Vec::new()))),
        (0x09, Some(1.into())),
    ])
}
