//! `authenticatorClientPIN` (CTAP 6.5): PINs, and the tokens that they or the key's own sensor give.

use ciborium::Value;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::cbor::{Fields, map};
pub(crate) use super::protocol::{PinToken, Protocol, SharedSecret};
use super::{CtapError, CtapStatus, Key, command, silent};
use crate::security_key::transport::OnWaiting;

const GET_PIN_RETRIES: u8 = 0x01;
const GET_KEY_AGREEMENT: u8 = 0x02;
const SET_PIN: u8 = 0x03;
const CHANGE_PIN: u8 = 0x04;
const GET_PIN_TOKEN: u8 = 0x05;
const TOKEN_USING_UV: u8 = 0x06;
const GET_UV_RETRIES: u8 = 0x07;
const TOKEN_USING_PIN: u8 = 0x09;

/// A PIN is sent in a block of this size, ended by zeros.
const PADDED_PIN: usize = 64;

/// What a token is wanted for (CTAP 6.5.5.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Permissions<'a> {
    /// To make a credential of this site, and to look for its credentials before.
    Make(&'a str),
    /// To sign in to this site.
    Assert(&'a str),
    /// To list and delete credentials.
    Manage,
}

impl<'a> Permissions<'a> {
    fn bits(self) -> u8 {
        match self {
            Self::Make(_) => 0x01 | 0x02,
            Self::Assert(_) => 0x02,
            Self::Manage => 0x04,
        }
    }

    fn rp_id(self) -> Option<&'a str> {
        match self {
            Self::Make(rp_id) | Self::Assert(rp_id) => Some(rp_id),
            Self::Manage => None,
        }
    }
}

/// How many more times a PIN may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Retries {
    pub(crate) left: u8,
    /// The key must be taken out and put in again first.
    pub(crate) power_cycle: bool,
}

impl Key {
    pub(crate) async fn pin_retries(&mut self) -> Result<Retries, CtapError> {
        let mut answer = self.client_pin(GET_PIN_RETRIES, [], &silent).await?;
        let left = answer.number(0x03).ok_or(CtapError::Malformed("PIN retries"))?;
        let power_cycle = answer.take(0x04).and_then(|value| value.as_bool()).unwrap_or(false);
        Ok(Retries { left: u8::try_from(left).unwrap_or(u8::MAX), power_cycle })
    }

    /// How many more times the key's own sensor may fail.
    pub(crate) async fn uv_retries(&mut self) -> Result<u64, CtapError> {
        let mut answer = self.client_pin(GET_UV_RETRIES, [], &silent).await?;
        answer.number(0x05).ok_or(CtapError::Malformed("UV retries"))
    }

    /// A secret of its own with this key, good until the next one.
    pub(crate) async fn agree(&mut self) -> Result<SharedSecret, CtapError> {
        let protocol = self.pin_protocol()?;
        let mut answer = self.client_pin(GET_KEY_AGREEMENT, [], &silent).await?;
        let theirs = answer.take(0x01).ok_or(CtapError::Malformed("key agreement"))?;
        SharedSecret::agree(protocol, &theirs)
    }

    pub(crate) async fn set_pin(&mut self, new: &str) -> Result<(), CtapError> {
        let shared = self.agree().await?;
        let new = shared.encrypt(&*padded(new)?);
        let proof = shared.authenticate(&new);
        let parameters = [
            (0x03, Some(shared.key_agreement.clone())),
            (0x04, Some(Value::Bytes(proof))),
            (0x05, Some(Value::Bytes(new))),
        ];
        self.client_pin(SET_PIN, parameters, &silent).await.map(|_| ())
    }

    pub(crate) async fn change_pin(&mut self, old: &str, new: &str) -> Result<(), CtapError> {
        let shared = self.agree().await?;
        let new = shared.encrypt(&*padded(new)?);
        let old = shared.encrypt(&*hashed(old));
        let proof = shared.authenticate(&[new.as_slice(), &old].concat());
        let parameters = [
            (0x03, Some(shared.key_agreement.clone())),
            (0x04, Some(Value::Bytes(proof))),
            (0x05, Some(Value::Bytes(new))),
            (0x06, Some(Value::Bytes(old))),
        ];
        self.client_pin(CHANGE_PIN, parameters, &silent).await.map(|_| ())
    }

    /// One try of a PIN. A wrong one costs one retry.
    pub(crate) async fn token_by_pin(&mut self, pin: &str, to: Permissions<'_>) -> Result<PinToken, CtapError> {
        let shared = self.agree().await?;
        let hash = shared.encrypt(&*hashed(pin));
        let with_permissions = self.info.has("pinUvAuthToken");
        let subcommand = if with_permissions { TOKEN_USING_PIN } else { GET_PIN_TOKEN };
        let parameters = [
            (0x03, Some(shared.key_agreement.clone())),
            (0x06, Some(Value::Bytes(hash))),
            (0x09, with_permissions.then(|| to.bits().into())),
            (0x0a, to.rp_id().filter(|_| with_permissions).map(Value::from)),
        ];
        let mut answer = self.client_pin(subcommand, parameters, &silent).await?;
        PinToken::decrypt(&shared, &answer.bytes(0x02, "PIN/UV token")?)
    }

    /// One try of the key's own sensor.
    pub(crate) async fn token_by_uv(
        &mut self,
        to: Permissions<'_>,
        wait: OnWaiting<'_>,
    ) -> Result<PinToken, CtapError> {
        let shared = self.agree().await?;
        let parameters = [
            (0x03, Some(shared.key_agreement.clone())),
            (0x09, Some(to.bits().into())),
            (0x0a, to.rp_id().map(Value::from)),
        ];
        let mut answer = self.client_pin(TOKEN_USING_UV, parameters, wait).await?;
        PinToken::decrypt(&shared, &answer.bytes(0x02, "PIN/UV token")?)
    }

    fn pin_protocol(&self) -> Result<Protocol, CtapError> {
        // A key that knows only protocols that do not exist yet.
        self.info.protocol.ok_or(CtapError::Status(CtapStatus::INVALID_PARAMETER))
    }

    async fn client_pin<const N: usize>(
        &mut self,
        subcommand: u8,
        parameters: [(i32, Option<Value>); N],
        wait: OnWaiting<'_>,
    ) -> Result<Fields, CtapError> {
        let protocol = self.pin_protocol()?;
        let always = [(0x01, Some(protocol.number().into())), (0x02, Some(subcommand.into()))];
        self.send(command::CLIENT_PIN, Some(map(always.into_iter().chain(parameters))), wait).await
    }
}

/// A new PIN, in its block.
fn padded(pin: &str) -> Result<Zeroizing<[u8; PADDED_PIN]>, CtapError> {
    let mut block = Zeroizing::new([0; PADDED_PIN]);
    // At most 63 bytes: the last one is a zero (CTAP 6.5.5.5).
    let room = block.get_mut(..pin.len()).filter(|room| room.len() < PADDED_PIN);
    room.ok_or(CtapError::Status(CtapStatus::PIN_POLICY_VIOLATION))?.copy_from_slice(pin.as_bytes());
    Ok(block)
}

/// The half of a PIN's hash that keys compare.
fn hashed(pin: &str) -> Zeroizing<[u8; 16]> {
    let whole = Zeroizing::new(<[u8; 32]>::from(Sha256::digest(pin.as_bytes())));
    let mut half = Zeroizing::new([0; 16]);
    half.iter_mut().zip(whole.iter()).for_each(|(to, from)| *to = *from);
    half
}
