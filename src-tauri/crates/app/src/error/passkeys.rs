//! The errors of passkeys that move, as people see them.

use rekey_authenticator::transfer::TransferError;

pub(super) fn code(error: TransferError) -> &'static str {
    match error {
        TransferError::Unknown => "passkeys_unknown",
        TransferError::TooLarge => "passkeys_too_large",
        TransferError::Damaged => "passkeys_damaged",
        TransferError::Locked => "passkeys_locked",
        TransferError::WrongKey => "passkeys_wrong_key",
        TransferError::TooCostly => "passkeys_too_costly",
        TransferError::ForAnother => "passkeys_for_another",
        TransferError::NotAKey => "age_identity",
        TransferError::Encode => "passkeys_failed",
    }
}
