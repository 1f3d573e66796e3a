//! What a key's refusal means to a ceremony.

use super::ctap::{CtapError, CtapStatus};
use crate::AuthenticatorError;

impl From<CtapError> for AuthenticatorError {
    fn from(error: CtapError) -> Self {
        match error {
            CtapError::Status(status) => refusal(status),
            CtapError::Malformed(_) => Self::Unreadable,
            CtapError::Removed => Self::Removed,
            CtapError::U2fOnly => Self::Unsupported,
            error @ (CtapError::TooLarge | CtapError::Transport(_)) => Self::Transport(Box::new(error)),
        }
    }
}

fn refusal(status: CtapStatus) -> AuthenticatorError {
    match status {
        CtapStatus::CREDENTIAL_EXCLUDED => AuthenticatorError::Excluded,
        CtapStatus::NO_CREDENTIALS | CtapStatus::INVALID_CREDENTIAL => AuthenticatorError::NoCredential,
        CtapStatus::UNSUPPORTED_ALGORITHM => AuthenticatorError::Algorithm,
        CtapStatus::OPERATION_DENIED | CtapStatus::KEEPALIVE_CANCEL => AuthenticatorError::Declined,
        CtapStatus::KEY_STORE_FULL => AuthenticatorError::Full,
        CtapStatus::USER_ACTION_TIMEOUT | CtapStatus::ACTION_TIMEOUT | CtapStatus::TIMEOUT => {
            AuthenticatorError::Timeout
        }
        CtapStatus::PIN_INVALID => AuthenticatorError::PinWrong { retries_left: None },
        CtapStatus::PIN_AUTH_BLOCKED => AuthenticatorError::PinPaused,
        CtapStatus::PIN_BLOCKED => AuthenticatorError::PinBlocked,
        CtapStatus::PIN_NOT_SET => AuthenticatorError::PinNotSet,
        CtapStatus::PUAT_REQUIRED | CtapStatus::UV_INVALID | CtapStatus::UV_BLOCKED => {
            AuthenticatorError::UserVerificationRequired
        }
        CtapStatus::UNSUPPORTED_OPTION | CtapStatus::INVALID_COMMAND | CtapStatus::INVALID_SUBCOMMAND => {
            AuthenticatorError::Unsupported
        }
        CtapStatus(other) => AuthenticatorError::Status(other),
    }
}
