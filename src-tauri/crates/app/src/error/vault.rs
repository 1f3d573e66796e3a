//! The errors of vaults as people see them.

use rekey_vault::ReadError;

use crate::ErrorArgs;

pub(super) fn code(error: &ReadError) -> &'static str {
    match error {
        ReadError::UnknownFormat => "vault_unknown_format",
        ReadError::OtherFormat { .. } => "vault_other_format",
        ReadError::NeedsKey => "vault_needs_key",
        ReadError::WrongKey => "vault_wrong_key",
        ReadError::KeyFileInvalid(_) => "vault_key_file_invalid",
        ReadError::Damaged { .. } => "vault_damaged",
        ReadError::TooCostly { .. } => "vault_too_costly",
        ReadError::Unsupported { .. } => "vault_unsupported",
        ReadError::EncryptedExport => "vault_encrypted_export",
        ReadError::NeedsMapping => "vault_needs_mapping",
        ReadError::NoQrCode => "vault_no_qr_code",
    }
}

pub(super) fn args(error: &ReadError) -> ErrorArgs {
    match error {
        ReadError::OtherFormat { asked, .. } => vec![("asked", asked.name().to_owned())],
        ReadError::Damaged { part } => vec![("part", part.name().to_owned())],
        ReadError::Unsupported { what } => vec![("what", (*what).to_owned())],
        _ => Vec::new(),
    }
}
