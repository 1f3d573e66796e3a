//! The TPM's errors as people see them.

use rekey_authenticator::{TpmError, TpmFileError};

use super::reason;
use crate::{ErrorArgs, Exit};

pub(super) fn code(error: &TpmError) -> &'static str {
    match error {
        TpmError::NoDevice => "tpm_missing",
        TpmError::Version1 => "tpm_version",
        TpmError::NoPermission(_) => "tpm_permission",
        TpmError::LibraryMissing => "tpm_library",
        TpmError::Gone | TpmError::BrokenOff => "tpm_gone",
        TpmError::OtherTpm => "tpm_other",
        TpmError::OwnerPassword => "tpm_owner",
        TpmError::PinWrong { .. } => "tpm_pin_wrong",
        TpmError::LockedOut { .. } => "tpm_locked",
        TpmError::PinNotSet => "tpm_pin_unset",
        TpmError::PinAlreadySet => "tpm_pin_set",
        TpmError::PinLength => "tpm_pin_length",
        TpmError::PinWeak => "tpm_pin_weak",
        TpmError::Altered => "tpm_altered",
        TpmError::NotFound => "tpm_passkey_unknown",
        TpmError::Failed { .. } => "tpm_failed",
        TpmError::File(error) => match error {
            TpmFileError::Damaged | TpmFileError::TooLarge => "tpm_file_damaged",
            TpmFileError::Newer => "tpm_file_newer",
            TpmFileError::InUse => "tpm_file_in_use",
            TpmFileError::ChangedElsewhere => "tpm_file_changed",
            TpmFileError::Io { .. } => "tpm_file_unusable",
        },
    }
}

pub(super) fn args(error: &TpmError) -> ErrorArgs {
    match error {
        TpmError::NoPermission(path) => vec![("path", path.display().to_string())],
        TpmError::LockedOut { retry_after } => {
            let minutes = retry_after.map_or(0, |time| time.as_secs().div_ceil(60));
            vec![("minutes", minutes.to_string())]
        }
        TpmError::File(TpmFileError::Io { source, .. }) => vec![("reason", reason(source).to_owned())],
        _ => Vec::new(),
    }
}

pub(super) fn exit(error: &TpmError) -> Exit {
    match error {
        TpmError::PinNotSet | TpmError::PinAlreadySet | TpmError::NotFound => Exit::Usage,
        TpmError::PinLength | TpmError::PinWeak => Exit::Usage,
        TpmError::PinWrong { .. } | TpmError::Altered => Exit::Input,
        TpmError::File(TpmFileError::Damaged | TpmFileError::TooLarge | TpmFileError::Newer) => Exit::Input,
        TpmError::File(TpmFileError::Io { .. }) | TpmError::Failed { .. } => Exit::Unexpected,
        _ => Exit::Stopped,
    }
}
