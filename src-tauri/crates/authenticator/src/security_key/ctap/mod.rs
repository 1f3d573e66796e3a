//! The Client to Authenticator Protocol, 2.0 and 2.1, as its client.
//!
//! <https://fidoalliance.org/specs/fido-v2.1-ps-20210615/fido-client-to-authenticator-protocol-v2.1-ps-errata-20220621.html>
//! ("CTAP" in the comments here). `webauthn-authenticator-rs` has such a layer as well, but it asks for no discoverable
//! credentials and uses up PIN retries unseen, so only its transports are used.

mod assert;
mod auth_data;
pub(super) mod cbor;
mod info;
mod make;
mod manage;
mod pin;
mod protocol;
mod status;

use std::time::Duration;

use ciborium::Value;

pub(super) use assert::{AssertCommand, Assertion};
pub(super) use auth_data::AuthData;
pub(super) use info::Info;
pub(super) use make::{Made, MakeCommand};
pub(super) use pin::{Permissions, PinToken, SharedSecret};
pub use status::{CtapError, CtapStatus};

use self::cbor::Fields;
use super::transport::{CtapTransport, MAX_ANSWER, OnWaiting, Waiting};

/// How long a key has to say what it is, which needs nobody.
const OPENS_WITHIN: Duration = Duration::from_secs(2);

/// Commands, CTAP section 6.
mod command {
    pub(super) const MAKE_CREDENTIAL: u8 = 0x01;
    pub(super) const GET_ASSERTION: u8 = 0x02;
    pub(super) const GET_INFO: u8 = 0x04;
    pub(super) const CLIENT_PIN: u8 = 0x06;
    pub(super) const GET_NEXT_ASSERTION: u8 = 0x08;
    pub(super) const CREDENTIAL_MANAGEMENT: u8 = 0x0a;
    pub(super) const SELECTION: u8 = 0x0b;
    /// What keys have that came before 2.1 was finished.
    pub(super) const CREDENTIAL_MANAGEMENT_PREVIEW: u8 = 0x41;
}

/// A key that answers CTAP2.
pub(super) struct Key {
    link: Box<dyn CtapTransport>,
    pub(super) info: Info,
}

impl Key {
    /// Asks a key what it is. One that keeps silent cannot be reached.
    pub(super) async fn open(mut link: Box<dyn CtapTransport>) -> Result<Self, CtapError> {
        let answer = tokio::time::timeout(OPENS_WITHIN, link.cbor(&[command::GET_INFO], &silent)).await;
        let answer = match answer.unwrap_or_else(|_| Err(CtapError::Transport("it does not answer".to_owned()))) {
            // What a key of U2F times says.
            Err(CtapError::Status(CtapStatus::INVALID_COMMAND)) => return Err(CtapError::U2fOnly),
            answer => answer?,
        };
        let info = Info::read(&answer)?;
        if !info.is_ctap2() {
            return Err(CtapError::U2fOnly);
        }
        Ok(Self { link, info })
    }

    pub(super) fn link(&self) -> &dyn CtapTransport {
        self.link.as_ref()
    }

    async fn send(&mut self, command: u8, parameters: Option<Value>, wait: OnWaiting<'_>) -> Result<Fields, CtapError> {
        let mut message = vec![command];
        if let Some(parameters) = parameters {
            message.extend(cbor::encode(&parameters));
        }
        if message.len() > self.info.max_message {
            return Err(CtapError::TooLarge);
        }
        let answer = self.link.cbor(&message, wait).await?;
        if answer.len() > MAX_ANSWER {
            return Err(CtapError::TooLarge);
        }
        Fields::read(&answer)
    }

    /// Waits until this key of several is touched. CTAP 6.9; keys before 2.1 wait for a touch when they get an empty
    /// `pinUvAuthParam` (CTAP 6.1.2, step 1).
    pub(super) async fn wait_to_be_chosen(&mut self, wait: OnWaiting<'_>) -> Result<(), CtapError> {
        if self.info.is_2_1() {
            return self.send(command::SELECTION, None, wait).await.map(|_| ());
        }
        match self.send(command::MAKE_CREDENTIAL, Some(make::touch_only()), wait).await {
            Err(CtapError::Status(
                CtapStatus::PIN_INVALID | CtapStatus::PIN_NOT_SET | CtapStatus::PIN_AUTH_INVALID,
            )) => Ok(()),
            answer => answer.map(|_| ()),
        }
    }
}

/// For commands that need nobody.
pub(super) fn silent(_: Waiting) {}
