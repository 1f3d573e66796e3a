use std::io::ErrorKind;

use rekey_authenticator::{Damage, TpmFileError};
use rekey_vault::{Cost, KeyFileError, Part};

use super::*;
use crate::text::Language;

const TERMINAL_ONLY: &[&str] = &[
    "entry_unknown",
    "terminal_needed",
    "not_one_each",
    "not_among_files",
    "vault_other_format",
    "secret_needed",
    "assist_needs_window",
    "address_for_several",
    "usage",
    "home_unavailable",
    "account_ambiguous",
    "site_unreadable",
    "age_recipient",
];

/// One of each; a new variant without words shows itself here.
fn one_of_each() -> Vec<AppError> {
    let io = || io::Error::from(ErrorKind::PermissionDenied);
    let path = || PathBuf::from("a/b");
    let mut errors = vec![
        AppError::NoProfileFolder,
        AppError::Folder { path: path(), source: io() },
        AppError::Read { path: path(), source: io() },
        AppError::Write { path: path(), source: io() },
        AppError::ReaderDied { how: "x".into() },
        AppError::GpgMissing { path: path() },
        AppError::GpgRefused { path: path() },
        AppError::NoSuchEntry { title: "x".into() },
        AppError::TerminalNeeded { option: "--delete-export" },
        AppError::NotOneEach { option: "--format" },
        AppError::NotAmongFiles { file: "x".into() },
        AppError::NoSuchAccount { name: "x".into() },
        AppError::AmbiguousAccount { name: "x".into(), accounts: vec!["a@x".into(), "b@x".into()] },
        AppError::NotASite { text: "x".into() },
        AppError::LocalSite { text: "x".into() },
        AppError::BadCorrection { field: "role".into(), said: "is no role".into() },
        AppError::NothingSwitchedOn,
        AppError::NoLookUps(rekey_lookup::Error::NoTrust),
        AppError::NotADay { text: "x".into() },
        AppError::SecretNeeded { option: "--password-stdin" },
        AppError::PassphrasesDiffer,
        AppError::PassphraseEmpty,
        AppError::BrowserChoice { name: "embedded" },
        AppError::BrowserChoice { name: "by-hand" },
        AppError::AssistNeedsWindow { level: "watch" },
        AppError::AddressForSeveral { accounts: 2 },
        AppError::StoreIsVault,
        AppError::NoRecipient,
        AppError::PasskeysNotHeld { path: path() },
        AppError::PasskeysUnrecorded { path: path(), source: LedgerError::Busy },
        AppError::BackupBeside { path: "x".into() },
        AppError::NoGoodBackup,
        AppError::Usage { said: "x".into() },
        AppError::Undeletable { path: path(), source: io() },
        AppError::ExportChanged { path: path() },
        AppError::ExportIncomplete { path: path() },
        AppError::NotNow,
        AppError::PromptGone,
        AppError::PassphraseNeeded,
        AppError::HomeUnavailable { name: "tpm".into() },
        AppError::Practice("x".into()),
        AppError::PracticeStorage { path: "x".into(), source: "x".into() },
        AppError::PracticeOrigin { origin: Url::parse("http://10.0.0.5/").unwrap() },
        AppError::Terminal(io()),
        AppError::unexpected("x"),
    ];
    errors.extend(
        [
            TransferError::Unknown,
            TransferError::TooLarge,
            TransferError::Damaged,
            TransferError::Locked,
            TransferError::WrongKey,
            TransferError::TooCostly,
            TransferError::ForAnother,
            TransferError::NotAKey,
            TransferError::Encode,
        ]
        .map(|source| AppError::Passkeys { path: path(), source }),
    );
    errors.extend(
        [
            ReadError::UnknownFormat,
            ReadError::OtherFormat { asked: rekey_vault::Format::KDBX, found: None },
            ReadError::NeedsKey,
            ReadError::WrongKey,
            ReadError::KeyFileInvalid(KeyFileError::Key),
            ReadError::Damaged { part: Part::Blocks },
            ReadError::TooCostly { cost: Cost::Inflated, asked: 2, limit: 1 },
            ReadError::Unsupported { what: "x" },
            ReadError::EncryptedExport,
            ReadError::NeedsMapping,
            ReadError::NoQrCode,
        ]
        .map(AppError::from),
    );
    errors.extend(
        [
            LedgerError::File(io()),
            LedgerError::NotALedger,
            LedgerError::Newer { found: 2, known: 1 },
            LedgerError::Busy,
            LedgerError::WrongAccount,
        ]
        .map(AppError::from),
    );
    errors.push(damaged_ledger());
    errors.extend(
        [
            StoreError::Exists,
            StoreError::Missing,
            StoreError::EmptyPassphrase,
            StoreError::WrongPassphrase,
            StoreError::Damaged(Damage::Header),
            StoreError::NotAStore,
            StoreError::Unreadable,
            StoreError::Locked,
            StoreError::ChangedElsewhere { ours: None },
            StoreError::ChangedElsewhere { ours: Some("x".into()) },
            StoreError::NotFaithful,
            StoreError::Io { doing: "x", source: io() },
        ]
        .map(AppError::from),
    );
    errors.extend(
        [
            TpmError::NoDevice,
            TpmError::Version1,
            TpmError::NoPermission("/dev/tpmrm0".into()),
            TpmError::LibraryMissing,
            TpmError::Gone,
            TpmError::OtherTpm,
            TpmError::OwnerPassword,
            TpmError::PinWrong { left: Some(2) },
            TpmError::LockedOut { retry_after: Some(std::time::Duration::from_secs(600)) },
            TpmError::PinNotSet,
            TpmError::PinAlreadySet,
            TpmError::PinLength,
            TpmError::PinWeak,
            TpmError::Altered,
            TpmError::NotFound,
            TpmError::Failed { doing: "x", source: "x".into() },
            TpmFileError::Damaged.into(),
            TpmFileError::Newer.into(),
            TpmFileError::InUse.into(),
            TpmFileError::ChangedElsewhere.into(),
            TpmFileError::Io { doing: "x", source: io() }.into(),
        ]
        .map(AppError::from),
    );
    errors.extend(
        [
            DriverError::NoBrowser,
            DriverError::Start(io()),
            DriverError::NoSandbox,
            DriverError::NoDisplay,
            DriverError::Gone,
            DriverError::ProfileInUse,
            DriverError::Unsupported,
            DriverError::TimedOut,
            DriverError::Stale,
        ]
        .map(AppError::from),
    );
    errors
}

/// A damaged ledger, made the way it happens.
fn damaged_ledger() -> AppError {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("ledger.sqlite3");
    std::fs::write(&file, "no database".repeat(100)).unwrap();
    rekey_ledger::Ledger::open(&file).unwrap_err().into()
}

#[test]
fn every_error_says_what_happened_what_is_safe_and_what_to_do() {
    for texts in Language::ALL.map(Texts::new) {
        for error in one_of_each() {
            let said = error.explain(&texts);
            for part in [&said.message, &said.safe, &said.next] {
                assert!(!part.is_empty() && !part.contains('{'), "{} {}: {said:?}", texts.language(), error.code());
            }
            // The window has no command line; some errors are the command line's own.
            let next = Explanation::in_window(error.code(), &error.args(), &texts).next;
            let told = ["--", "rekey ", "-v.", "command", "misma orden"].into_iter().find(|word| next.contains(word));
            assert!(told.is_none() || TERMINAL_ONLY.contains(&error.code()), "{}: {next}", error.code());
        }
    }
}

#[test]
fn exit_codes_follow_the_contract() {
    for error in one_of_each() {
        let expect = match error.code() {
            code if code.starts_with("vault_") => 3,
            "gpg_refused" => 3,
            "gpg_missing" | "export_changed" | "export_incomplete" => 4,
            "file_unreadable" | "store_wrong_passphrase" | "store_damaged" | "store_missing" => 3,
            "store_foreign" | "store_unreadable" => 3,
            "ledger_damaged" | "ledger_foreign" | "ledger_newer" => 3,
            code if code.starts_with("account_") || code.starts_with("passphrase") => 2,
            "site_unreadable" | "site_local" | "day_unreadable" | "secret_needed" | "browser_embedded"
            | "browser_by_hand" | "browser_sandbox" => 2,
            "home_unavailable" | "assist_needs_window" | "address_for_several" | "store_is_vault" | "usage" => 2,
            "not_now" | "prompt_gone" | "age_recipient" | "backup_beside" => 2,
            "passkeys_not_held" => 4,
            "passkeys_unrecorded" => 1,
            code if code.starts_with("passkeys_") || code.starts_with("age_") => 3,
            "no_good_backup" => 3,
            "correction_bad" | "look_ups_off" => 2,
            "look_ups_impossible" => 4,
            "entry_unknown" | "terminal_needed" | "not_one_each" | "not_among_files" => 2,
            "tpm_pin_unset" | "tpm_pin_set" | "tpm_pin_length" | "tpm_pin_weak" | "tpm_passkey_unknown" => 2,
            "tpm_pin_wrong" | "tpm_altered" | "tpm_file_damaged" | "tpm_file_newer" => 3,
            "tpm_failed" | "tpm_file_unusable" => 1,
            code if code.starts_with("tpm_") => 4,
            "browser_unsupported" | "browser_no_display" => 2,
            "browser_missing" | "browser_profile_in_use" | "store_locked" | "store_changed" | "store_conflict" => 4,
            _ => 1,
        };
        assert_eq!(error.exit().code(), expect, "{}", error.code());
    }
}
