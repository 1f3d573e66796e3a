//! Structures of API version 8, which `windows-sys` does not have yet: version 7 with the fields that were added behind it.

use std::mem::{offset_of, size_of};
use std::ptr;

use windows_sys::Win32::Networking::WindowsWebServices as sys;
use windows_sys::core::{BOOL, PCWSTR};

/// `WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS_VERSION_8`
pub(super) const MAKE_OPTIONS_VERSION_8: u32 = 8;
/// `WEBAUTHN_CREDENTIAL_ATTESTATION_VERSION_7`
pub(super) const ATTESTATION_VERSION_7: u32 = 7;

/// `WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS`, version 8.
///
/// <https://github.com/microsoft/webauthn/blob/master/webauthn.h>
#[repr(C)]
pub(super) struct MakeOptions {
    /// Up to version 7.
    pub(super) base: sys::WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS,
    /// `pPRFGlobalEval`
    pub(super) prf_global_eval: *mut sys::WEBAUTHN_HMAC_SECRET_SALT,
    /// `cCredentialHints`
    pub(super) hints: u32,
    /// `ppwszCredentialHints`
    pub(super) hint: *mut PCWSTR,
    /// `bThirdPartyPayment`
    pub(super) third_party_payment: BOOL,
}

impl Default for MakeOptions {
    fn default() -> Self {
        Self {
            base: sys::WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS::default(),
            prf_global_eval: ptr::null_mut(),
            hints: 0,
            hint: ptr::null_mut(),
            third_party_payment: 0,
        }
    }
}

/// `WEBAUTHN_CREDENTIAL_ATTESTATION`, version 7. Windows allocates it, and an older one allocates less: only the fields
/// of the version that it says are there.
#[repr(C)]
pub(super) struct Attestation {
    /// Up to version 6.
    pub(super) base: sys::WEBAUTHN_CREDENTIAL_ATTESTATION,
    /// `pHmacSecret`
    pub(super) hmac_secret: *mut sys::WEBAUTHN_HMAC_SECRET_SALT,
    /// `bThirdPartyPayment`
    pub(super) third_party_payment: BOOL,
}

// The added fields stand where C puts them: both bases end with a pointer, so there is no padding that a nested structure
// would keep and a flat one would use.
const _: () = {
    assert!(
        offset_of!(MakeOptions, prf_global_eval) == size_of::<sys::WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS>()
    );
    assert!(offset_of!(Attestation, hmac_secret) == size_of::<sys::WEBAUTHN_CREDENTIAL_ATTESTATION>());
    assert!(
        offset_of!(sys::WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS, pbJsonExt) + size_of::<*mut u8>()
            == size_of::<sys::WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS>()
    );
    assert!(
        offset_of!(sys::WEBAUTHN_CREDENTIAL_ATTESTATION, pbUnsignedExtensionOutputs) + size_of::<*mut u8>()
            == size_of::<sys::WEBAUTHN_CREDENTIAL_ATTESTATION>()
    );
};
