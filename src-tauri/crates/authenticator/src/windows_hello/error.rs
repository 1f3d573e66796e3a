use windows_sys::Win32::Foundation::{
    ERROR_CANCELLED, ERROR_NOT_SUPPORTED, ERROR_TIMEOUT, NTE_DEVICE_NOT_FOUND, NTE_EXISTS, NTE_INVALID_PARAMETER,
    NTE_NOT_FOUND, NTE_NOT_SUPPORTED, NTE_TOKEN_KEYSET_STORAGE_FULL, NTE_USER_CANCELLED, WIN32_ERROR,
};
use windows_sys::core::HRESULT;

use super::dll::WebauthnDll;
use crate::AuthenticatorError;

/// Why a call of Windows' WebAuthn failed, where nothing more precise is known.
#[derive(Debug, thiserror::Error)]
pub enum WindowsError {
    /// It failed with a code that has no meaning here.
    #[error("Windows failed with {code:#010x} ({name})")]
    Failed {
        /// The HRESULT.
        code: u32,
        /// The exception that it stands for in the specification, <https://webidl.spec.whatwg.org/#idl-DOMException-error-names>.
        name: DomError,
    },
    /// The call was broken off.
    #[error("the call of Windows was broken off")]
    BrokenOff(#[source] tokio::task::JoinError),
}

/// The exceptions that `WebAuthNGetErrorName` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DomError {
    /// `InvalidStateError`
    #[error("InvalidStateError")]
    InvalidState,
    /// `ConstraintError`
    #[error("ConstraintError")]
    Constraint,
    /// `NotSupportedError`
    #[error("NotSupportedError")]
    NotSupported,
    /// `NotAllowedError`
    #[error("NotAllowedError")]
    NotAllowed,
    /// `UnknownError`, and whatever else it says.
    #[error("UnknownError")]
    Unknown,
}

impl DomError {
    pub(super) fn named(name: &str) -> Self {
        match name {
            "InvalidStateError" => Self::InvalidState,
            "ConstraintError" => Self::Constraint,
            "NotSupportedError" => Self::NotSupported,
            "NotAllowedError" => Self::NotAllowed,
            _ => Self::Unknown,
        }
    }
}

/// `HRESULT_FROM_WIN32`
const fn hresult(error: WIN32_ERROR) -> HRESULT {
    const FACILITY_WIN32: u32 = 7;
    ((error & 0xffff) | (FACILITY_WIN32 << 16) | 0x8000_0000).cast_signed()
}

const CANCELLED: HRESULT = hresult(ERROR_CANCELLED);
const TIMEOUT: HRESULT = hresult(ERROR_TIMEOUT);
const UNSUPPORTED: HRESULT = hresult(ERROR_NOT_SUPPORTED);

/// What a failure of a ceremony means. The codes are those that the comment on `WebAuthNGetErrorName` lists; for others
/// Windows is asked which exception they stand for.
///
/// <https://github.com/microsoft/webauthn/blob/master/webauthn.h>
pub(super) fn meaning(code: HRESULT, dll: &dyn WebauthnDll) -> AuthenticatorError {
    match code {
        NTE_EXISTS => AuthenticatorError::Excluded,
        NTE_TOKEN_KEYSET_STORAGE_FULL => AuthenticatorError::Full,
        NTE_NOT_FOUND => AuthenticatorError::NoCredential,
        NTE_DEVICE_NOT_FOUND => AuthenticatorError::NotFound,
        NTE_USER_CANCELLED | CANCELLED => AuthenticatorError::Declined,
        TIMEOUT => AuthenticatorError::Timeout,
        NTE_NOT_SUPPORTED | UNSUPPORTED => failed(code, DomError::Constraint),
        NTE_INVALID_PARAMETER => failed(code, DomError::NotSupported),
        _ => match dll.error_name(code).as_deref().map_or(DomError::Unknown, DomError::named) {
            DomError::InvalidState => AuthenticatorError::Excluded,
            DomError::NotAllowed => AuthenticatorError::Declined,
            name => failed(code, name),
        },
    }
}

fn failed(code: HRESULT, name: DomError) -> AuthenticatorError {
    WindowsError::Failed { code: code.cast_unsigned(), name }.into()
}
