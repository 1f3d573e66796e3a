use std::sync::Arc;

use rekey_webauthn::CredentialId;
use windows_sys::Win32::Networking::WindowsWebServices as sys;
use windows_sys::core::{GUID, HRESULT};

use super::get_call::GetCall;
use super::layout::Attestation;
use super::list_call::ListCall;
use super::make_call::MakeCall;

/// The functions of `webauthn.dll`. Each blocks; a ceremony does until the person has answered.
///
/// <https://learn.microsoft.com/windows/win32/api/webauthn/>
///
/// # Safety
/// Answers are read through their pointers, so an implementation warrants of every pointer that it returns: it is null, or
/// points to a structure that holds the fields of the version in its `dwVersion` (a list, all its fields); every pointer
/// in these fields is null or can be read and written for the length that stands beside it, texts up to their NUL; and all
/// this until the structure is given to the function that frees it.
#[allow(unsafe_code, reason = "an answer is memory of Windows'; the implementation vouches for it")]
pub(super) unsafe trait WebauthnDll: Send + Sync {
    /// `WebAuthNGetApiVersionNumber`
    fn api_version(&self) -> u32;

    /// `WebAuthNIsUserVerifyingPlatformAuthenticatorAvailable`
    fn platform_authenticator(&self) -> Result<bool, HRESULT>;

    /// `WebAuthNGetCancellationId`
    fn cancellation_id(&self) -> Result<GUID, HRESULT>;

    /// `WebAuthNCancelCurrentOperation`
    fn cancel(&self, id: &GUID) -> Result<(), HRESULT>;

    /// `WebAuthNAuthenticatorMakeCredential`, before this window.
    fn make_credential(&self, window: isize, call: &MakeCall) -> Result<*mut Attestation, HRESULT>;

    /// `WebAuthNFreeCredentialAttestation`
    ///
    /// # Safety
    /// `make_credential` of this very library returned it, and it was not freed.
    unsafe fn free_attestation(&self, attestation: *mut Attestation);

    /// `WebAuthNAuthenticatorGetAssertion`, before this window.
    fn get_assertion(&self, window: isize, call: &GetCall) -> Result<*mut sys::WEBAUTHN_ASSERTION, HRESULT>;

    /// `WebAuthNFreeAssertion`
    ///
    /// # Safety
    /// `get_assertion` of this very library returned it, and it was not freed.
    unsafe fn free_assertion(&self, assertion: *mut sys::WEBAUTHN_ASSERTION);

    /// `WebAuthNGetPlatformCredentialList`, from API version 4 on.
    fn platform_credentials(&self, call: &ListCall) -> Result<*mut sys::WEBAUTHN_CREDENTIAL_DETAILS_LIST, HRESULT>;

    /// `WebAuthNFreePlatformCredentialList`
    ///
    /// # Safety
    /// `platform_credentials` of this very library returned it, and it was not freed.
    unsafe fn free_platform_credentials(&self, list: *mut sys::WEBAUTHN_CREDENTIAL_DETAILS_LIST);

    /// `WebAuthNDeletePlatformCredential`, from API version 4 on.
    fn delete(&self, id: &CredentialId) -> Result<(), HRESULT>;

    /// `WebAuthNGetErrorName`: the exception that a code stands for.
    fn error_name(&self, code: HRESULT) -> Option<String>;

    /// The window in front, for a caller that has none of its own.
    fn foreground_window(&self) -> isize;
}

/// A library that threads share.
pub(super) type SharedDll = Arc<dyn WebauthnDll>;
