//! `webauthn.dll` of the system.
//!
//! It is loaded when it is first wanted, not linked: Windows before 10 version 1903 has none, and a program that is linked
//! to it does not start there; functions of later versions are asked for one by one for the same reason. It is looked for in
//! the system's folder alone, so that no library of this name beside the program or in the current folder is taken.
#![allow(clippy::missing_transmute_annotations, reason = "the field that a function is put into gives its type")]

use std::ffi::{CStr, c_void};
use std::ptr;

use rekey_webauthn::CredentialId;
use windows_sys::Win32::Foundation::{FALSE, HMODULE, HWND, NTE_NOT_SUPPORTED};
use windows_sys::Win32::Networking::WindowsWebServices as sys;
use windows_sys::Win32::System::LibraryLoader::{GetProcAddress, LOAD_LIBRARY_SEARCH_SYSTEM32, LoadLibraryExW};
use windows_sys::Win32::UI::WindowsAndMessaging::GetForegroundWindow;
use windows_sys::core::{BOOL, GUID, HRESULT, PCWSTR, w};

use super::read;
use crate::windows_hello::dll::WebauthnDll;
use crate::windows_hello::get_call::GetCall;
use crate::windows_hello::layout::{Attestation, MakeOptions};
use crate::windows_hello::list_call::ListCall;
use crate::windows_hello::make_call::MakeCall;

type MakeCredential = unsafe extern "system" fn(
    HWND,
    *const sys::WEBAUTHN_RP_ENTITY_INFORMATION,
    *const sys::WEBAUTHN_USER_ENTITY_INFORMATION,
    *const sys::WEBAUTHN_COSE_CREDENTIAL_PARAMETERS,
    *const sys::WEBAUTHN_CLIENT_DATA,
    *const MakeOptions,
    *mut *mut Attestation,
) -> HRESULT;
type GetAssertion = unsafe extern "system" fn(
    HWND,
    PCWSTR,
    *const sys::WEBAUTHN_CLIENT_DATA,
    *const sys::WEBAUTHN_AUTHENTICATOR_GET_ASSERTION_OPTIONS,
    *mut *mut sys::WEBAUTHN_ASSERTION,
) -> HRESULT;
type GetPlatformCredentialList = unsafe extern "system" fn(
    *const sys::WEBAUTHN_GET_CREDENTIALS_OPTIONS,
    *mut *mut sys::WEBAUTHN_CREDENTIAL_DETAILS_LIST,
) -> HRESULT;

/// The functions, each with the type that `webauthn.h` gives it.
pub(in crate::windows_hello) struct System {
    get_api_version_number: unsafe extern "system" fn() -> u32,
    is_platform_authenticator_available: unsafe extern "system" fn(*mut BOOL) -> HRESULT,
    get_cancellation_id: unsafe extern "system" fn(*mut GUID) -> HRESULT,
    cancel_current_operation: unsafe extern "system" fn(*const GUID) -> HRESULT,
    make_credential: MakeCredential,
    free_credential_attestation: unsafe extern "system" fn(*mut Attestation),
    get_assertion: GetAssertion,
    free_assertion: unsafe extern "system" fn(*mut sys::WEBAUTHN_ASSERTION),
    get_error_name: unsafe extern "system" fn(HRESULT) -> PCWSTR,
    platform: Option<Platform>,
}

/// What came with API version 4.
struct Platform {
    get_list: GetPlatformCredentialList,
    free_list: unsafe extern "system" fn(*mut sys::WEBAUTHN_CREDENTIAL_DETAILS_LIST),
    delete: unsafe extern "system" fn(u32, *const u8) -> HRESULT,
}

/// The function of this name, as the type that the place wants.
macro_rules! function {
    ($library:expr, $name:literal) => {
        // SAFETY: the place has the type that `webauthn.h` gives the function of this name, and function pointers are as
        // large as addresses.
        address($library, $name).map(|address| unsafe { std::mem::transmute::<*const c_void, _>(address) })
    };
}

impl System {
    /// Loads the library; `None` where this Windows has none. It stays loaded: its functions are kept.
    pub(in crate::windows_hello) fn load() -> Option<Self> {
        // SAFETY: the name ends with a NUL; the reserved handle is null, as it must be.
        let library = unsafe { LoadLibraryExW(w!("webauthn.dll"), ptr::null_mut(), LOAD_LIBRARY_SEARCH_SYSTEM32) };
        if library.is_null() {
            return None;
        }
        Some(Self {
            get_api_version_number: function!(library, c"WebAuthNGetApiVersionNumber")?,
            is_platform_authenticator_available: function!(
                library,
                c"WebAuthNIsUserVerifyingPlatformAuthenticatorAvailable"
            )?,
            get_cancellation_id: function!(library, c"WebAuthNGetCancellationId")?,
            cancel_current_operation: function!(library, c"WebAuthNCancelCurrentOperation")?,
            make_credential: function!(library, c"WebAuthNAuthenticatorMakeCredential")?,
            free_credential_attestation: function!(library, c"WebAuthNFreeCredentialAttestation")?,
            get_assertion: function!(library, c"WebAuthNAuthenticatorGetAssertion")?,
            free_assertion: function!(library, c"WebAuthNFreeAssertion")?,
            get_error_name: function!(library, c"WebAuthNGetErrorName")?,
            platform: Platform::load(library),
        })
    }
}

impl Platform {
    fn load(library: HMODULE) -> Option<Self> {
        Some(Self {
            get_list: function!(library, c"WebAuthNGetPlatformCredentialList")?,
            free_list: function!(library, c"WebAuthNFreePlatformCredentialList")?,
            delete: function!(library, c"WebAuthNDeletePlatformCredential")?,
        })
    }
}

fn address(library: HMODULE, name: &CStr) -> Option<*const c_void> {
    // SAFETY: the library is loaded, and the name ends with a NUL.
    let found = unsafe { GetProcAddress(library, name.as_ptr().cast()) };
    found.map(|function| function as *const c_void)
}

fn checked(code: HRESULT) -> Result<(), HRESULT> {
    // `SUCCEEDED`
    if code >= 0 { Ok(()) } else { Err(code) }
}

fn handle(window: isize) -> HWND {
    ptr::with_exposed_provenance_mut(window.cast_unsigned())
}

// SAFETY: this is Windows' own library, which the documentation of its functions binds to what the trait wants: answers are
// allocated by the library, with the fields of the version in them, and stay until they are given to its free functions.
unsafe impl WebauthnDll for System {
    fn api_version(&self) -> u32 {
        // SAFETY: takes nothing.
        unsafe { (self.get_api_version_number)() }
    }

    fn platform_authenticator(&self) -> Result<bool, HRESULT> {
        let mut available = FALSE;
        // SAFETY: writes one BOOL.
        checked(unsafe { (self.is_platform_authenticator_available)(&raw mut available) })?;
        Ok(available != FALSE)
    }

    fn cancellation_id(&self) -> Result<GUID, HRESULT> {
        let mut id = GUID::from_u128(0);
        // SAFETY: writes one GUID.
        checked(unsafe { (self.get_cancellation_id)(&raw mut id) })?;
        Ok(id)
    }

    fn cancel(&self, id: &GUID) -> Result<(), HRESULT> {
        // SAFETY: reads one GUID.
        checked(unsafe { (self.cancel_current_operation)(id) })
    }

    fn make_credential(&self, window: isize, call: &MakeCall) -> Result<*mut Attestation, HRESULT> {
        let mut answer = ptr::null_mut();
        // SAFETY: a `MakeCall` holds structures of the versions that they say, and all that they point to, until it is
        // dropped, which is after this call. The function writes one pointer.
        checked(unsafe {
            (self.make_credential)(
                handle(window),
                call.rp(),
                call.user(),
                call.algorithms(),
                call.client_data(),
                call.options(),
                &raw mut answer,
            )
        })?;
        Ok(answer)
    }

    unsafe fn free_attestation(&self, attestation: *mut Attestation) {
        // SAFETY: the caller warrants that it is one of the library's, not freed yet.
        unsafe { (self.free_credential_attestation)(attestation) }
    }

    fn get_assertion(&self, window: isize, call: &GetCall) -> Result<*mut sys::WEBAUTHN_ASSERTION, HRESULT> {
        let mut answer = ptr::null_mut();
        // SAFETY: as for `make_credential`.
        checked(unsafe {
            (self.get_assertion)(handle(window), call.rp_id(), call.client_data(), call.options(), &raw mut answer)
        })?;
        Ok(answer)
    }

    unsafe fn free_assertion(&self, assertion: *mut sys::WEBAUTHN_ASSERTION) {
        // SAFETY: the caller warrants that it is one of the library's, not freed yet.
        unsafe { (self.free_assertion)(assertion) }
    }

    fn platform_credentials(&self, call: &ListCall) -> Result<*mut sys::WEBAUTHN_CREDENTIAL_DETAILS_LIST, HRESULT> {
        let platform = self.platform.as_ref().ok_or(NTE_NOT_SUPPORTED)?;
        let mut answer = ptr::null_mut();
        // SAFETY: as for `make_credential`.
        checked(unsafe { (platform.get_list)(call.options(), &raw mut answer) })?;
        Ok(answer)
    }

    unsafe fn free_platform_credentials(&self, list: *mut sys::WEBAUTHN_CREDENTIAL_DETAILS_LIST) {
        if let Some(platform) = &self.platform {
            // SAFETY: the caller warrants that it is one of the library's, not freed yet.
            unsafe { (platform.free_list)(list) }
        }
    }

    fn delete(&self, id: &CredentialId) -> Result<(), HRESULT> {
        let platform = self.platform.as_ref().ok_or(NTE_NOT_SUPPORTED)?;
        let id = id.as_bytes();
        let length = u32::try_from(id.len()).map_err(|_| NTE_NOT_SUPPORTED)?;
        // SAFETY: the bytes can be read for this length.
        checked(unsafe { (platform.delete)(length, id.as_ptr()) })
    }

    fn error_name(&self, code: HRESULT) -> Option<String> {
        // SAFETY: the function returns null or a constant text of the library's.
        unsafe { read::text((self.get_error_name)(code)) }
    }

    fn foreground_window(&self) -> isize {
        // SAFETY: takes nothing; the handle is not followed, only handed on.
        unsafe { GetForegroundWindow() }.expose_provenance().cast_signed()
    }
}
