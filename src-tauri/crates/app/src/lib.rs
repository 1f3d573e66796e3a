//! The app's API: what the command line and the window call. Holds the only loop that closes the circle from what a
//! journey wants to what a browser saw.

mod about_site;
mod bridge;
mod choices;
mod controls;
mod corrections;
pub mod device;
mod doctor;
mod error;
mod explanation;
pub mod guide;
mod health;
mod import;
mod known_sites;
mod look_ups;
pub mod migrate;
mod pass_folder;
mod passkeys;
pub mod plan;
mod profile;
mod report;
mod run_line;
mod runner;
mod secret_file;
mod session;
mod settings;
mod sources;
mod store_care;
pub mod text;
mod vault_child;
mod vault_file;
mod vault_reader;
mod vaults;
mod verification;
mod words;

pub use about_site::{AboutFact, AboutSite, AboutSource, Field};
pub use choices::{Assist, BrowserChoice, UnknownChoice};
pub use corrections::Contributed;
pub use doctor::{AuthenticatorState, Checkup, FoundBrowser, Keyring, Missing, Readiness};
pub use error::AppError;
pub use explanation::{ErrorArgs, Exit, Explanation};
pub use health::judge_accounts;
pub use import::{
    AccountName, DifferingPasswords, ImportProblem, ImportSummary, ImportedFile, PasswordPlace, UnplacedEntry,
};
pub use look_ups::{Check, CheckStage, Checked, Found, LookUpRow, NewsRow, Part, PartProblem, WATCH_AFTER};
pub use passkeys::{
    AgeOpeners, AgeRecipient, ExportPasskeys, LeftPasskey, PasskeyFile, PasskeyLock, PasskeyProblem, PasskeyRow,
    PasskeysExported, PasskeysImported, Protection, TransferFormat, WrittenFile, look_at_passkeys, read_passkeys,
};
pub use profile::Profile;
pub use rekey_authenticator::{Home, Store, StoreError};
pub use rekey_journey::{AccountId, AccountState, Event, EvidenceSource, Goal, ProofKind, StopReason};
pub use rekey_ledger::{AccountFilter, AccountView, Held, unix_now};
pub use rekey_lookup::{Client, Consent, Limits as LookUpLimits, LookUp, Progress as LookUpProgress};
pub use rekey_origin::Site;
pub use rekey_sites::Directory;
pub use rekey_vault::{
    Account as VaultAccount, Column, Entry as VaultEntry, Evidence, Format as VaultFormat, LeftOut, Lock, Mapping,
    Preview, Progress, Stage,
};
pub use report::{AccountRow, ReportFormat};
pub use run_line::{AccountRef, FieldName, Outcome, RunLine, Summary};
pub use secret_file::{read_secret, read_secret_file};
pub use session::{Session, Status, display_name};
pub use settings::{LockAfter, Settings, TriedCopy};
pub use sources::{FormatRow, export_hint, formats_in_markdown};
pub use store_care::{
    BackedUp, BackupRow, Lost, LostAccount, LostWalk, Regain, RegainWay, Restored, Sheet, StoreAccount, StoreOverview,
    restore_store,
};
pub use vault_child::{READ_VAULT, read_vault};
pub use vault_file::{ContentMark, Look, ReadFile, ReadRequest, delete_export, is_same_file, look_at};
pub use vault_reader::VaultReader;
pub use vaults::{Placement, Placements, SourceFile, Vaults};
pub use verification::Passphrase;
pub use words::{StopWords, time_for_people, time_for_scripts};
