use windows_sys::Win32::Networking::WindowsWebServices as sys;

use super::layout;

/// The version of Windows' WebAuthn API, as `WebAuthNGetApiVersionNumber` tells it. It decides which fields of a structure
/// Windows reads, and so what can be asked for.
///
/// <https://github.com/microsoft/webauthn/blob/master/webauthn.h>, its list of versions
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ApiVersion(pub(super) u32);

impl ApiVersion {
    /// `dwVersion` of `WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS`: the newest one that this Windows reads and that is
    /// known here.
    pub(super) const fn make_options(self) -> u32 {
        match self.0 {
            ..=2 => sys::WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS_VERSION_3,
            3 => sys::WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS_VERSION_4,
            4 | 5 => sys::WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS_VERSION_5,
            6 => sys::WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS_VERSION_6,
            7 => sys::WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS_VERSION_7,
            8.. => layout::MAKE_OPTIONS_VERSION_8,
        }
    }

    /// `dwVersion` of `WEBAUTHN_AUTHENTICATOR_GET_ASSERTION_OPTIONS`. Version 8 adds hints alone, which a request to one
    /// kind of authenticator has no use for.
    pub(super) const fn get_options(self) -> u32 {
        match self.0 {
            ..=2 => sys::WEBAUTHN_AUTHENTICATOR_GET_ASSERTION_OPTIONS_VERSION_4,
            3 => sys::WEBAUTHN_AUTHENTICATOR_GET_ASSERTION_OPTIONS_VERSION_5,
            4..=6 => sys::WEBAUTHN_AUTHENTICATOR_GET_ASSERTION_OPTIONS_VERSION_6,
            7.. => sys::WEBAUTHN_AUTHENTICATOR_GET_ASSERTION_OPTIONS_VERSION_7,
        }
    }

    /// `credProtect` at creation.
    pub(super) const fn has_cred_protect(self) -> bool {
        self.0 >= 2
    }

    /// `minPinLength` at creation.
    pub(super) const fn has_min_pin_length(self) -> bool {
        self.0 >= 3
    }

    /// `bPreferResidentKey` and `dwEnterpriseAttestation`.
    pub(super) const fn has_preferred_residence(self) -> bool {
        self.0 >= 3
    }

    /// Large blobs; their fields are there from version 3 on, their support only from 5 on.
    pub(super) const fn has_large_blob(self) -> bool {
        self.0 >= 5
    }

    /// `pHmacSecretSaltValues` of an assertion.
    pub(super) const fn has_prf_at_get(self) -> bool {
        self.0 >= 4
    }

    /// `bEnablePrf` at creation; before, the extension `hmac-secret` says the same.
    pub(super) const fn has_enable_prf(self) -> bool {
        self.0 >= 6
    }

    /// `pPRFGlobalEval` at creation.
    pub(super) const fn has_prf_at_creation(self) -> bool {
        self.0 >= 8
    }

    /// Listing and deleting the platform's credentials.
    pub(super) const fn has_platform_credentials(self) -> bool {
        self.0 >= 4
    }

    /// The transport bits that it knows: `hybrid` came with version 6.
    pub(super) const fn transports(self) -> u32 {
        const FIRST: u32 = sys::WEBAUTHN_CTAP_TRANSPORT_USB
            | sys::WEBAUTHN_CTAP_TRANSPORT_NFC
            | sys::WEBAUTHN_CTAP_TRANSPORT_BLE
            | sys::WEBAUTHN_CTAP_TRANSPORT_INTERNAL;
        if self.0 >= 6 { FIRST | sys::WEBAUTHN_CTAP_TRANSPORT_HYBRID } else { FIRST }
    }
}
