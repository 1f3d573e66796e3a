//! The store's errors as people see them.

use rekey_authenticator::{Damage, StoreError};

use crate::{ErrorArgs, Exit};

pub(super) fn code(error: &StoreError) -> &'static str {
    match error {
        StoreError::Exists => "store_exists",
        StoreError::Missing => "store_missing",
        StoreError::EmptyPassphrase => "passphrase_empty",
        StoreError::WrongPassphrase => "store_wrong_passphrase",
        StoreError::Damaged(_) => "store_damaged",
        StoreError::NotAStore => "store_foreign",
        StoreError::Unreadable => "store_unreadable",
        StoreError::Locked => "store_locked",
        StoreError::ChangedElsewhere { ours: None } => "store_changed",
        StoreError::ChangedElsewhere { ours: Some(_) } => "store_conflict",
        StoreError::NotFaithful | StoreError::Encode(_) | StoreError::BrokenOff(_) => "store_failed",
        StoreError::Io { .. } => "store_unusable",
    }
}

pub(super) fn args(error: &StoreError) -> ErrorArgs {
    match error {
        StoreError::Damaged(damage) => vec![("part", damage_name(*damage).to_owned())],
        StoreError::ChangedElsewhere { ours: Some(path) } => vec![("path", path.display().to_string())],
        StoreError::Io { source, .. } => vec![("reason", super::reason(source).to_owned())],
        _ => Vec::new(),
    }
}

pub(super) fn exit(error: &StoreError) -> Exit {
    match error {
        StoreError::WrongPassphrase | StoreError::Damaged(_) | StoreError::Missing => Exit::Input,
        StoreError::NotAStore | StoreError::Unreadable => Exit::Input,
        StoreError::EmptyPassphrase => Exit::Usage,
        StoreError::Locked | StoreError::ChangedElsewhere { .. } => Exit::Stopped,
        _ => Exit::Unexpected,
    }
}

fn damage_name(damage: Damage) -> &'static str {
    match damage {
        Damage::NotKdbx4 => "not-kdbx4",
        Damage::Header => "header",
        Damage::TooCostly => "too-costly",
        Damage::TooLarge => "too-large",
        Damage::Contents => "contents",
    }
}
