//! Security keys: on USB, and held to an NFC (or put into a smart card) reader.
//!
//! [`SecurityKeys`] is every key that is connected or that comes while somebody waits for one. [`transport`] is how one is
//! reached, `ctap` what is said to it, and the other modules what a ceremony makes of that: which key (`choose`), who is
//! there (`verify`), and the requests (`create`, `get`).
//!
//! A phone by QR code is not among them: `webauthn-authenticator-rs` lets nobody but its own CTAP layer at its tunnel, which
//! asks for no discoverable credentials, and the tunnel is a server on the internet. Nor are keys that speak U2F only,
//! which hold no passkeys.

mod choose;
#[cfg(not(target_os = "windows"))]
mod connected;
mod cose;
mod create;
mod ctap;
mod error;
mod get;
pub mod hid;
mod notices;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod token;
pub mod transport;
mod verify;

use std::time::Duration;

use async_trait::async_trait;
use rekey_webauthn::{
    AssertionMade, AuthenticatorAttachment, AuthenticatorTransport, CreateRequest, CredentialDescriptor, CredentialId,
    GetRequest, MadeCredential,
};

#[cfg(not(target_os = "windows"))]
pub use connected::ConnectedKeys;
pub use ctap::{CtapError, CtapStatus};

use self::choose::Wanted;
use self::ctap::Permissions;
use self::transport::KeySource;
use self::verify::{Need, Verified};
use crate::{Authenticator, AuthenticatorError, AuthenticatorInfo, HeldPasskey, Home, Interaction, UserVerification};

/// How long a person has to bring a key and to show who they are, where no site says.
const MANAGED_WITHIN: Duration = Duration::from_secs(120);

/// The security keys of this computer, as one authenticator: the person decides by touch which of them it is.
pub struct SecurityKeys {
    source: Box<dyn KeySource>,
}

impl SecurityKeys {
    /// Those that are connected. Its ceremonies need a tokio runtime with input, output and time.
    ///
    /// On Windows the system alone may speak with keys, through its own API.
    #[cfg(not(target_os = "windows"))]
    pub fn connected() -> Self {
        Self::over(Box::new(ConnectedKeys::default()))
    }

    /// Those of a source.
    pub fn over(source: Box<dyn KeySource>) -> Self {
        Self { source }
    }

    async fn manage(&self, person: &dyn Interaction) -> Result<(ctap::Key, ctap::PinToken), AuthenticatorError> {
        let mut key = choose::key(self.source.as_ref(), Wanted::Any, person).await?;
        if key.info.management().is_none() {
            return Err(AuthenticatorError::Unsupported);
        }
        match verify::verify(&mut key, Need::Required, Permissions::Manage, person).await? {
            Verified::Token(token) => Ok((key, token)),
            // Its own sensor alone gives no token, and without one nothing is told.
            Verified::BuiltIn | Verified::No => Err(AuthenticatorError::Unsupported),
        }
    }
}

#[async_trait]
impl Authenticator for SecurityKeys {
    fn info(&self) -> AuthenticatorInfo {
        AuthenticatorInfo {
            home: Home::SecurityKey,
            aaguid: None,
            attachment: AuthenticatorAttachment::CrossPlatform,
            transports: self.source.transports(),
            verifies_itself: true,
        }
    }

    async fn may_answer(&mut self, request: &GetRequest, only: Option<&CredentialId>) -> Option<bool> {
        if only.is_some_and(|only| !request.allows(only)) {
            return Some(false);
        }
        // A site that knows where its credentials are says so; then no key is needed to know that it is none of them.
        let elsewhere = |descriptor: &CredentialDescriptor| {
            let on_keys = |transport: &AuthenticatorTransport| {
                matches!(
                    transport,
                    AuthenticatorTransport::Usb | AuthenticatorTransport::Nfc | AuthenticatorTransport::Ble
                )
            };
            !descriptor.transports.is_empty() && !descriptor.transports.iter().any(on_keys)
        };
        if !request.allow.is_empty() && request.allow.iter().all(elsewhere) {
            return Some(false);
        }
        let allowed = get::allowed(request, only)?;
        // A key that is not plugged in may hold it, and one that is may keep silent until the person is verified.
        choose::holds(self.source.as_ref(), request.rp_id.as_str(), &allowed).await.then_some(true)
    }

    async fn make_credential(
        &mut self,
        request: &CreateRequest,
        _verification: UserVerification,
        person: &dyn Interaction,
    ) -> Result<MadeCredential, AuthenticatorError> {
        let ceremony = async {
            let mut key = choose::key(self.source.as_ref(), Wanted::Any, person).await?;
            create::create(&mut key, request, person).await
        };
        in_time(request.timeout, ceremony).await
    }

    async fn get_assertion(
        &mut self,
        request: &GetRequest,
        only: Option<&CredentialId>,
        _verification: UserVerification,
        person: &dyn Interaction,
    ) -> Result<AssertionMade, AuthenticatorError> {
        let allowed = get::allowed(request, only).ok_or(AuthenticatorError::NoCredential)?;
        let ceremony = async {
            let wanted = Wanted::HolderOf { rp_id: request.rp_id.as_str(), ids: &allowed };
            let mut key = choose::key(self.source.as_ref(), wanted, person).await?;
            get::get(&mut key, request, &allowed, person).await
        };
        in_time(request.timeout, ceremony).await
    }

    async fn passkeys(&mut self, person: &dyn Interaction) -> Result<Vec<HeldPasskey>, AuthenticatorError> {
        let listing = async {
            let (mut key, token) = self.manage(person).await?;
            Ok(key.credentials(&token).await?)
        };
        let found = in_time(MANAGED_WITHIN, listing).await?;
        found
            .into_iter()
            .map(|resident| {
                Ok(HeldPasskey {
                    credential_id: credential_id(resident.credential_id)?,
                    rp_id: resident.rp_id,
                    user_name: resident.user_name.or(resident.user_display_name).unwrap_or_default(),
                })
            })
            .collect()
    }

    /// A key can only delete.
    async fn forget(&mut self, id: &CredentialId, person: &dyn Interaction) -> Result<(), AuthenticatorError> {
        let deleting = async {
            let (mut key, token) = self.manage(person).await?;
            Ok(key.delete(id.as_bytes(), &token).await?)
        };
        in_time(MANAGED_WITHIN, deleting).await
    }
}

async fn in_time<T>(
    time: Duration,
    ceremony: impl Future<Output = Result<T, AuthenticatorError>>,
) -> Result<T, AuthenticatorError> {
    tokio::time::timeout(time, ceremony).await.unwrap_or(Err(AuthenticatorError::Timeout))
}

fn credential_id(bytes: Vec<u8>) -> Result<CredentialId, AuthenticatorError> {
    CredentialId::new(bytes).map_err(|_| AuthenticatorError::Unreadable)
}
