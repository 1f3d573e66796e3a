//! Windows Hello, through Windows' own WebAuthn API (`webauthn.dll`).
//!
//! Windows shows the dialog, verifies the person and keeps the key; Rekey is the client in front of it, like a browser:
//! the client data are ours, and Windows signs their hash. How a request is put into structures (`make_call`, `get_call`),
//! which version of each is used (`version`), how an answer is read (`raw::read`, `answer`) and what a failure means
//! (`error`) is the same on every system and tested on each; only the calls (`raw::system`) are Windows'. All unsafe code
//! is in `raw`.
#![cfg_attr(not(any(windows, test)), allow(dead_code, reason = "what is handed to Windows is read there alone"))]

mod answer;
mod cose;
mod dll;
mod error;
mod get_call;
mod layout;
mod list_call;
mod make_call;
mod memory;
mod operation;
mod raw;
#[cfg(test)]
mod tests;
mod transport;
mod version;

use async_trait::async_trait;
use rekey_webauthn::{
    AssertionMade, AuthenticatorAttachment, AuthenticatorTransport, CreateRequest, CredentialId, GetRequest,
    MadeCredential,
};
use windows_sys::Win32::Foundation::NTE_NOT_FOUND;

pub use error::{DomError, WindowsError};

use crate::{
    Authenticator, AuthenticatorError, AuthenticatorInfo, HeldPasskey, Home, Interaction, Notice, UserVerification,
};
use dll::SharedDll;
use get_call::GetCall;
use list_call::ListCall;
use make_call::MakeCall;
use operation::Turn;
use raw::Credential;
use version::ApiVersion;

/// The authenticator that is a part of Windows.
pub struct WindowsHello {
    dll: SharedDll,
    api: ApiVersion,
    window: Option<isize>,
    turn: Turn,
}

impl WindowsHello {
    /// The system's own. `window` is the handle (`HWND`) of the window that its dialogs stand before; without one it is
    /// whichever is in front.
    ///
    /// # Errors
    /// [`AuthenticatorError::NotFound`] where Windows has no such authenticator, or nobody has set it up.
    #[cfg(windows)]
    pub async fn open(window: Option<isize>) -> Result<Self, AuthenticatorError> {
        let load = || raw::System::load().ok_or(AuthenticatorError::NotFound);
        let system = tokio::task::spawn_blocking(load).await.map_err(WindowsError::BrokenOff)??;
        Self::over(std::sync::Arc::new(system), window).await
    }

    /// The system's own; there is none, since this is not Windows.
    ///
    /// # Errors
    /// [`AuthenticatorError::NotFound`].
    #[cfg(not(windows))]
    pub async fn open(_window: Option<isize>) -> Result<Self, AuthenticatorError> {
        Err(AuthenticatorError::NotFound)
    }

    /// Over a library.
    #[cfg(any(windows, test))]
    async fn over(dll: SharedDll, window: Option<isize>) -> Result<Self, AuthenticatorError> {
        let look = |dll: &dyn dll::WebauthnDll| {
            let available = dll.platform_authenticator().map_err(|code| error::meaning(code, dll))?;
            Ok(available.then(|| ApiVersion(dll.api_version())))
        };
        let api = operation::quietly(&dll, look).await?.ok_or(AuthenticatorError::NotFound)?;
        Ok(Self { dll, api, window, turn: Turn::default() })
    }

    /// The passkeys that Windows keeps: those of one relying party, or all.
    async fn kept(&self, rp_id: Option<String>) -> Result<Vec<Credential>, AuthenticatorError> {
        if !self.api.has_platform_credentials() {
            return Err(AuthenticatorError::Unsupported);
        }
        operation::quietly(&self.dll, move |dll| {
            match raw::platform_credentials(dll, &ListCall::new(rp_id.as_deref())) {
                Ok(kept) => kept.ok_or(AuthenticatorError::Unreadable),
                Err(NTE_NOT_FOUND) => Ok(Vec::new()),
                Err(code) => Err(error::meaning(code, dll)),
            }
        })
        .await
    }
}

impl std::fmt::Debug for WindowsHello {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WindowsHello").field("api", &self.api.0).finish_non_exhaustive()
    }
}

#[async_trait]
impl Authenticator for WindowsHello {
    fn info(&self) -> AuthenticatorInfo {
        AuthenticatorInfo {
            home: Home::WindowsHello,
            // It has one for each way in which it keeps keys, and tells it with the credential.
            aaguid: None,
            attachment: AuthenticatorAttachment::Platform,
            transports: vec![AuthenticatorTransport::Internal],
            verifies_itself: true,
        }
    }

    /// Windows lists passkeys from its API version 4 on, and those that can be found without their id for certain: where
    /// the site names others, only finding one says something.
    async fn may_answer(&mut self, request: &GetRequest, only: Option<&CredentialId>) -> Option<bool> {
        if only.is_some_and(|only| !request.allows(only)) {
            return Some(false);
        }
        let kept = self.kept(Some(request.rp_id.as_str().to_owned())).await.ok()?;
        let mut ids = kept.into_iter().filter_map(|one| CredentialId::new(one.id).ok());
        let found = ids.any(|id| request.allows(&id) && only.is_none_or(|only| *only == id));
        let all_are_listed = request.allow.is_empty() && only.is_none();
        (found || all_are_listed).then_some(found)
    }

    async fn make_credential(
        &mut self,
        request: &CreateRequest,
        _verification: UserVerification,
        person: &dyn Interaction,
    ) -> Result<MadeCredential, AuthenticatorError> {
        person.notice(Notice::Verify);
        let (asked, api, window) = (request.clone(), self.api, self.window);
        let made = operation::ceremony(&self.dll, &self.turn, request.timeout, move |dll, cancellation| {
            let call = MakeCall::new(&asked, api, cancellation)?;
            let window = window.unwrap_or_else(|| dll.foreground_window());
            raw::make_credential(dll, window, &call).map_err(|code| error::meaning(code, dll))
        });
        answer::made(request, made.await?.ok_or(AuthenticatorError::Unreadable)?)
    }

    async fn get_assertion(
        &mut self,
        request: &GetRequest,
        only: Option<&CredentialId>,
        _verification: UserVerification,
        person: &dyn Interaction,
    ) -> Result<AssertionMade, AuthenticatorError> {
        if only.is_some_and(|only| !request.allows(only)) {
            return Err(AuthenticatorError::NoCredential);
        }
        person.notice(Notice::Verify);
        let (asked, which, api, window) = (request.clone(), only.cloned(), self.api, self.window);
        let signed = operation::ceremony(&self.dll, &self.turn, request.timeout, move |dll, cancellation| {
            let call = GetCall::new(&asked, which.as_ref(), api, cancellation);
            let window = window.unwrap_or_else(|| dll.foreground_window());
            raw::get_assertion(dll, window, &call).map_err(|code| error::meaning(code, dll))
        });
        answer::assertion(request, only, signed.await?.ok_or(AuthenticatorError::Unreadable)?)
    }

    async fn passkeys(&mut self, _person: &dyn Interaction) -> Result<Vec<HeldPasskey>, AuthenticatorError> {
        let held = self.kept(None).await?.into_iter().filter_map(|one| {
            let credential_id = CredentialId::new(one.id).ok()?;
            Some(HeldPasskey { credential_id, rp_id: one.rp_id, user_name: one.user_name })
        });
        Ok(held.collect())
    }

    /// Deletes it: Windows cannot set one aside.
    async fn forget(&mut self, id: &CredentialId, _person: &dyn Interaction) -> Result<(), AuthenticatorError> {
        if !self.api.has_platform_credentials() {
            return Err(AuthenticatorError::Unsupported);
        }
        let id = id.clone();
        operation::quietly(&self.dll, move |dll| dll.delete(&id).map_err(|code| error::meaning(code, dll))).await
    }
}
