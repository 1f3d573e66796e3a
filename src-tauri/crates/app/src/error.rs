use std::io;
use std::path::{Path, PathBuf};

use rekey_authenticator::transfer::TransferError;
use rekey_authenticator::{StoreError, TpmError};
use rekey_browser::DriverError;
use rekey_ledger::LedgerError;
use rekey_vault::ReadError;
use url::Url;

use crate::text::Texts;
use crate::{ErrorArgs, Exit, Explanation};

/// What can go wrong in the app. People see it as a code with values, rendered from the locales.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppError {
    /// The system names no folder for the person's data.
    #[error("the system names no folder for a profile")]
    NoProfileFolder,
    /// The profile's folder cannot be used.
    #[error("the profile's folder {path} cannot be used")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// A file that the person named cannot be read.
    #[error("{path} cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// A file that the person named cannot be written.
    #[error("{path} cannot be written")]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// The vault cannot be read.
    #[error("the vault cannot be read")]
    Vault(#[from] ReadError),
    /// The process that read the vault ended before it was done.
    #[error("the process that read the vault ended: {how}")]
    ReaderDied {
        /// How it ended, for the log.
        how: String,
    },
    /// A password store's files are GnuPG's, and there is no gpg.
    #[error("no gpg to decrypt {path}")]
    GpgMissing {
        /// The store's folder.
        path: PathBuf,
    },
    /// The person's gpg decrypts no file of a password store: it has no key for it, or the person did not unlock it.
    #[error("gpg does not decrypt {path}")]
    GpgRefused {
        /// The store's folder.
        path: PathBuf,
    },
    /// No entry goes by this title.
    #[error("no entry {title}")]
    NoSuchEntry {
        /// What the person wrote.
        title: String,
    },
    /// Something that a person must confirm, and nobody to ask.
    #[error("{option} needs a person at a terminal")]
    TerminalNeeded {
        /// The option that needs it.
        option: &'static str,
    },
    /// Numbers of files and of what goes with them that do not match.
    #[error("{option} is not there as often as it must be")]
    NotOneEach {
        /// The option.
        option: &'static str,
    },
    /// A file was named that is none of those to be read.
    #[error("{file} is not among the files")]
    NotAmongFiles {
        /// The file.
        file: String,
    },
    /// The ledger cannot be used.
    #[error("the ledger cannot be used")]
    Ledger(#[from] LedgerError),
    /// The store of passkeys cannot be used.
    #[error("the store of passkeys cannot be used")]
    Store(#[from] StoreError),
    /// A file of passkeys cannot be read or written.
    #[error("{path} is no file of passkeys that can be used")]
    Passkeys {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: TransferError,
    },
    /// Passkeys were written for another program, which the ledger could not be told.
    #[error("passkeys were written to {path}, and the ledger failed")]
    PasskeysUnrecorded {
        /// The file, or the folder with them.
        path: PathBuf,
        /// Why.
        #[source]
        source: LedgerError,
    },
    /// A text is no recipient of age's.
    #[error("this is no recipient of age's")]
    NoRecipient,
    /// A file holds what is nowhere else.
    #[error("{path} holds what the store does not")]
    PasskeysNotHeld {
        /// The file.
        path: PathBuf,
    },
    /// A backup was wanted in the store's own folder.
    #[error("the backup's folder {path} is the store's own")]
    BackupBeside {
        /// The folder.
        path: PathBuf,
    },
    /// No former version of the store opens.
    #[error("no former version of the store opens")]
    NoGoodBackup,
    /// The TPM, or the file of its passkeys, cannot be used.
    #[error("the TPM cannot be used")]
    Tpm(#[from] TpmError),
    /// The browser cannot be used.
    #[error("the browser cannot be used")]
    Browser(#[from] DriverError),
    /// No account goes by this name.
    #[error("no account {name}")]
    NoSuchAccount {
        /// What the person wrote.
        name: String,
    },
    /// Several accounts go by this name.
    #[error("several accounts {name}")]
    AmbiguousAccount {
        /// What the person wrote.
        name: String,
        /// Names that are not ambiguous.
        accounts: Vec<String>,
    },
    /// The text is no site.
    #[error("{text} is not a site")]
    NotASite {
        /// What the person wrote.
        text: String,
    },
    /// A correction of a site that no record can be about: one of the person's own network.
    #[error("{text} is not a site of the internet")]
    LocalSite {
        /// What the person wrote.
        text: String,
    },
    /// A correction of a site that cannot be so.
    #[error("{field}: {said}")]
    BadCorrection {
        /// The field.
        field: String,
        /// What is wrong with it.
        said: String,
    },
    /// Everything that leaves the computer is switched off.
    #[error("no look-up is switched on")]
    NothingSwitchedOn,
    /// No look-up is possible on this computer.
    #[error("no look-up is possible: {0}")]
    NoLookUps(#[source] rekey_lookup::Error),
    /// The text is no day to come.
    #[error("{text} is not a day to come")]
    NotADay {
        /// What the person wrote.
        text: String,
    },
    /// A password or passphrase is needed, and there is no terminal to ask at.
    #[error("{option} is needed where there is no terminal")]
    SecretNeeded {
        /// The option that gives it.
        option: &'static str,
    },
    /// The two entries of a new passphrase differ.
    #[error("the two passphrases differ")]
    PassphrasesDiffer,
    /// A new store's passphrase is empty.
    #[error("the passphrase is empty")]
    PassphraseEmpty,
    /// This version has no such way of showing a site.
    #[error("no browser {name} in this version")]
    BrowserChoice {
        /// The choice.
        name: &'static str,
    },
    /// Without a window nobody but Rekey can act.
    #[error("{level} needs a window")]
    AssistNeedsWindow {
        /// Who was to act.
        level: &'static str,
    },
    /// One address was given for a run of several accounts.
    #[error("one address for {accounts} accounts")]
    AddressForSeveral {
        /// How many.
        accounts: usize,
    },
    /// The store that was named is the person's own vault.
    #[error("the store is the vault")]
    StoreIsVault,
    /// The command line has another form than any command.
    #[error("usage: {said}")]
    Usage {
        /// What is wrong with it.
        said: String,
    },
    /// An export that the person wanted gone cannot be deleted.
    #[error("{path} cannot be deleted")]
    Undeletable {
        /// The export.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// An export of which not everything could be read is still needed.
    #[error("not all of {path} could be read")]
    ExportIncomplete {
        /// The file.
        path: PathBuf,
    },
    /// The file is not the plain-text export any more that it was when it was read.
    #[error("{path} is another file now")]
    ExportChanged {
        /// The file.
        path: PathBuf,
    },
    /// The window asked for something that its screen does not offer at this moment.
    #[error("not possible at this moment")]
    NotNow,
    /// The prompt was answered already, or whoever asked is gone.
    #[error("the prompt is gone")]
    PromptGone,
    /// The prompt can be approved with the store's passphrase only.
    #[error("the store's passphrase is needed")]
    PassphraseNeeded,
    /// Passkeys cannot be put there here.
    #[error("no home {name} here")]
    HomeUnavailable {
        /// The home's code.
        name: String,
    },
    /// The practice site could not be started.
    #[error("the practice site could not be started")]
    Practice(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// An address at which browsers make no passkeys.
    #[error("no passkeys can be made at {origin}")]
    PracticeOrigin {
        /// The address.
        origin: Url,
    },
    /// What the practice site keeps cannot be used.
    #[error("the practice site's data cannot be used")]
    PracticeStorage {
        /// The file.
        path: PathBuf,
        /// The site's reason.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// An input or output of the terminal failed.
    #[error("the terminal failed")]
    Terminal(#[source] io::Error),
    /// Something failed that no person can do anything about but tell the developers.
    #[error("an unexpected failure")]
    Unexpected(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl AppError {
    pub(crate) fn folder(path: &Path, source: io::Error) -> Self {
        Self::Folder { path: path.to_owned(), source }
    }

    /// A file that cannot be read.
    pub fn read(path: &Path, source: io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }

    /// A file that cannot be written.
    pub fn write(path: &Path, source: io::Error) -> Self {
        Self::Write { path: path.to_owned(), source }
    }

    /// Anything that should not happen.
    pub fn unexpected(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unexpected(error.into())
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoProfileFolder => "profile_unknown",
            Self::Folder { .. } => "profile_unusable",
            Self::Read { .. } => "file_unreadable",
            Self::Write { .. } => "file_unwritable",
            Self::Vault(error) => vault::code(error),
            Self::ReaderDied { .. } => "vault_reader_died",
            Self::GpgMissing { .. } => "gpg_missing",
            Self::GpgRefused { .. } => "gpg_refused",
            Self::NoSuchEntry { .. } => "entry_unknown",
            Self::TerminalNeeded { .. } => "terminal_needed",
            Self::NotOneEach { .. } => "not_one_each",
            Self::NotAmongFiles { .. } => "not_among_files",
            Self::Ledger(error) => match error {
                LedgerError::File(_) => "ledger_unusable",
                LedgerError::Damaged(_) => "ledger_damaged",
                LedgerError::NotALedger => "ledger_foreign",
                LedgerError::Newer { .. } => "ledger_newer",
                LedgerError::Busy => "ledger_busy",
                LedgerError::Unwritable(_) => "ledger_unwritable",
                _ => "ledger_failed",
            },
            Self::Store(error) => store::code(error),
            Self::Tpm(error) => tpm::code(error),
            Self::Browser(error) => match error {
                DriverError::NoBrowser => "browser_missing",
                DriverError::NoSandbox => "browser_sandbox",
                DriverError::NoDisplay => "browser_no_display",
                DriverError::Start(_) => "browser_start",
                DriverError::Gone => "browser_gone",
                DriverError::ProfileInUse => "browser_profile_in_use",
                DriverError::Unsupported => "browser_unsupported",
                DriverError::TimedOut => "browser_timed_out",
                _ => "browser_failed",
            },
            Self::NoSuchAccount { .. } => "account_unknown",
            Self::AmbiguousAccount { .. } => "account_ambiguous",
            Self::NotASite { .. } => "site_unreadable",
            Self::LocalSite { .. } => "site_local",
            Self::BadCorrection { .. } => "correction_bad",
            Self::NothingSwitchedOn => "look_ups_off",
            Self::NoLookUps(_) => "look_ups_impossible",
            Self::NotADay { .. } => "day_unreadable",
            Self::SecretNeeded { .. } => "secret_needed",
            Self::PassphrasesDiffer => "passphrases_differ",
            Self::PassphraseEmpty => "passphrase_empty",
            Self::BrowserChoice { name } => match *name {
                "embedded" => "browser_embedded",
                _ => "browser_by_hand",
            },
            Self::AssistNeedsWindow { .. } => "assist_needs_window",
            Self::AddressForSeveral { .. } => "address_for_several",
            Self::StoreIsVault => "store_is_vault",
            Self::Passkeys { source, .. } => passkeys::code(*source),
            Self::PasskeysUnrecorded { .. } => "passkeys_unrecorded",
            Self::NoRecipient => "age_recipient",
            Self::PasskeysNotHeld { .. } => "passkeys_not_held",
            Self::BackupBeside { .. } => "backup_beside",
            Self::NoGoodBackup => "no_good_backup",
            Self::Usage { .. } => "usage",
            Self::Undeletable { .. } => "file_undeletable",
            Self::ExportChanged { .. } => "export_changed",
            Self::ExportIncomplete { .. } => "export_incomplete",
            Self::NotNow => "not_now",
            Self::PromptGone => "prompt_gone",
            Self::PassphraseNeeded => "passphrase_needed",
            Self::HomeUnavailable { .. } => "home_unavailable",
            Self::Practice(_) => "practice_failed",
            Self::PracticeOrigin { .. } => "practice_origin",
            Self::PracticeStorage { .. } => "practice_storage",
            Self::Terminal(_) => "terminal_failed",
            Self::Unexpected(_) => "unexpected",
        }
    }

    /// The values of the messages.
    pub fn args(&self) -> ErrorArgs {
        match self {
            Self::Undeletable { path, source } => {
                vec![("path", path.display().to_string()), ("reason", reason(source).to_owned())]
            }
            Self::ExportChanged { path }
            | Self::ExportIncomplete { path }
            | Self::GpgMissing { path }
            | Self::GpgRefused { path }
            | Self::PasskeysNotHeld { path }
            | Self::PasskeysUnrecorded { path, .. }
            | Self::Passkeys { path, .. }
            | Self::BackupBeside { path } => {
                vec![("path", path.display().to_string())]
            }
            Self::PracticeOrigin { origin } => vec![("url", origin.to_string())],
            Self::PracticeStorage { path, .. } => vec![("path", path.display().to_string())],
            Self::Folder { path, source } | Self::Read { path, source } | Self::Write { path, source } => {
                vec![("path", path.display().to_string()), ("reason", reason(source).to_owned())]
            }
            Self::Ledger(LedgerError::File(source)) => vec![("reason", reason(source).to_owned())],
            Self::Ledger(LedgerError::Newer { found, known }) => {
                vec![("found", found.to_string()), ("known", known.to_string())]
            }
            Self::Browser(DriverError::Start(source)) => vec![("reason", reason(source).to_owned())],
            Self::Store(error) => store::args(error),
            Self::Tpm(error) => tpm::args(error),
            Self::Vault(error) => vault::args(error),
            Self::NoSuchAccount { name } | Self::HomeUnavailable { name } => vec![("name", name.clone())],
            Self::AmbiguousAccount { name, accounts } => {
                vec![("name", name.clone()), ("accounts", accounts.join(", "))]
            }
            Self::AssistNeedsWindow { level } => vec![("level", (*level).to_owned())],
            Self::AddressForSeveral { accounts } => vec![("accounts", accounts.to_string())],
            Self::Usage { said } => vec![("said", said.clone())],
            Self::BadCorrection { field, said } => vec![("field", field.clone()), ("said", said.clone())],
            Self::NotASite { text } | Self::LocalSite { text } | Self::NotADay { text } => vec![("text", text.clone())],
            Self::NoSuchEntry { title } => vec![("title", title.clone())],
            Self::TerminalNeeded { option } | Self::NotOneEach { option } => vec![("option", (*option).to_owned())],
            Self::NotAmongFiles { file } => vec![("file", file.clone())],
            Self::SecretNeeded { option } => vec![("option", (*option).to_owned())],
            _ => Vec::new(),
        }
    }

    /// How a command that met this error ends.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Read { .. }
            | Self::Vault(_)
            | Self::ReaderDied { .. }
            | Self::GpgRefused { .. }
            | Self::NoGoodBackup
            | Self::Passkeys { .. } => Exit::Input,
            Self::GpgMissing { .. }
            | Self::ExportChanged { .. }
            | Self::ExportIncomplete { .. }
            | Self::PasskeysNotHeld { .. }
            | Self::NoLookUps(_) => Exit::Stopped,
            Self::Ledger(LedgerError::Damaged(_) | LedgerError::NotALedger | LedgerError::Newer { .. }) => Exit::Input,
            Self::Tpm(error) => tpm::exit(error),
            Self::Store(error) => store::exit(error),
            Self::Browser(DriverError::NoSandbox | DriverError::NoDisplay | DriverError::Unsupported) => Exit::Usage,
            Self::Browser(DriverError::NoBrowser | DriverError::ProfileInUse) => Exit::Stopped,
            Self::NoSuchAccount { .. }
            | Self::AmbiguousAccount { .. }
            | Self::NotASite { .. }
            | Self::LocalSite { .. }
            | Self::BadCorrection { .. }
            | Self::NothingSwitchedOn
            | Self::NotADay { .. }
            | Self::SecretNeeded { .. }
            | Self::NoSuchEntry { .. }
            | Self::TerminalNeeded { .. }
            | Self::NotOneEach { .. }
            | Self::NotAmongFiles { .. }
            | Self::PassphrasesDiffer
            | Self::PassphraseEmpty
            | Self::BrowserChoice { .. }
            | Self::AssistNeedsWindow { .. }
            | Self::AddressForSeveral { .. }
            | Self::StoreIsVault
            | Self::BackupBeside { .. }
            | Self::NoRecipient
            | Self::Usage { .. }
            | Self::NotNow
            | Self::PromptGone
            | Self::PassphraseNeeded
            | Self::HomeUnavailable { .. } => Exit::Usage,
            _ => Exit::Unexpected,
        }
    }

    /// What happened, what is safe and what to do next.
    pub fn explain(&self, texts: &Texts) -> Explanation {
        Explanation::of(self.code(), &self.args(), texts)
    }
}

mod passkeys;
mod reason;
mod store;
#[cfg(test)]
mod tests;
mod tpm;
mod vault;

pub(crate) use reason::reason;
