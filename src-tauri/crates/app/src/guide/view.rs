//! All that the window shows, as it draws it: words where a state says them, codes where the window has its own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::view_import::{
    ColumnsView, ExposedFile, ImportCounts, ProblemGroup, Questions, QueueView, ReadingView, SourceLine,
};
use super::view_plan::{HealthView, LookUpsView, NewsView, PlanLine, UndoView};
use super::view_run::RunView;
use crate::text::Language;
use crate::{Assist, Explanation};

/// The whole window at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// Grows with every change.
    pub commit: u32,
    /// The language of its words.
    pub language: Language,
    /// Whether the practice site and its own ledger are in use.
    pub practice: bool,
    /// What fills the window.
    pub screen: Screen,
    /// What the person is asked, over any screen. It owns one reply.
    pub prompt: Option<Prompt>,
    /// Something failed that belongs to no field.
    pub notice: Option<Explanation>,
    /// What may leave the computer; nothing in practice.
    pub look_ups: Option<LookUpsView>,
}

/// What fills the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "one is made for each drawing, and none is kept")]
pub enum Screen {
    /// No vault yet.
    Welcome(WelcomeView),
    /// A vault that needs a password or a key file.
    Unlock(UnlockView),
    /// A table of which somebody must say what its columns are.
    Columns(ColumnsView),
    /// The vaults' accounts.
    Accounts(AccountsView),
    /// Accounts on their way.
    Run(RunView),
}

/// No vault yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WelcomeView {
    /// Whether a file hovers over the window.
    pub dropping: bool,
    /// Whether something is under way.
    pub busy: bool,
    /// The file that is being read.
    pub reading: Option<ReadingView>,
    /// Why the file that was brought could not be taken.
    pub problem: Option<Explanation>,
}

/// A vault that needs a password or a key file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnlockView {
    /// The vault's file name.
    pub file: String,
    /// The folder it is in.
    pub folder: String,
    /// What it was recognised as, in words.
    pub recognised: String,
    /// Whether it is the practice vault, whose password Rekey knows.
    pub practice: bool,
    /// Whether a key file may open it.
    pub takes_key_file: bool,
    /// The key file's name.
    pub key_file: Option<String>,
    /// Whether the vault is being opened.
    pub busy: bool,
    /// How far that is.
    pub reading: Option<ReadingView>,
    /// Its place among several files.
    pub queue: Option<QueueView>,
    /// Whether other vaults are open already.
    pub adding: bool,
    /// Whether it asks for much, and can be tried all the same.
    pub costly: bool,
    /// Why it did not open.
    pub problem: Option<Explanation>,
}

/// The vaults' accounts, and how they are to be worked on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccountsView {
    /// The open vaults, in the order in which they were added.
    pub sources: Vec<SourceLine>,
    /// What they add up to.
    pub imported: ImportCounts,
    /// Whether a file hovers over the window.
    pub dropping: bool,
    /// Another file that is being read.
    pub reading: Option<ReadingView>,
    /// Why the last file that was brought could not be taken.
    pub problem: Option<Explanation>,
    /// Files that anybody can read, until the person has dealt with them.
    pub exposed: Vec<ExposedFile>,
    /// What the person may settle.
    pub questions: Questions,
    /// The accounts, in the plan's order.
    pub rows: Vec<AccountLine>,
    /// How many are how far.
    pub counts: Counts,
    /// What the judged passwords come to.
    pub health: HealthView,
    /// The person's last word about the plan, while it can be taken back.
    pub undo: Option<UndoView>,
    /// What the watch found, until the person has seen it.
    pub news: Option<NewsView>,
    /// What could not be taken over as it stands, by kind, the most frequent first.
    pub problems: Vec<ProblemGroup>,
    /// What the person chose.
    pub setup: Setup,
    /// Whether a run is about to begin: its store is being opened.
    pub busy: bool,
}

/// One account in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "AccountRow")]
pub struct AccountLine {
    /// Its id in the ledger.
    pub id: String,
    /// The site.
    pub site: String,
    /// The vault entry's title.
    pub title: String,
    /// The user name, possibly empty.
    pub user: String,
    /// How far it is.
    pub state: RowState,
    /// The state in a word or two.
    pub state_text: String,
    /// What comes next, in one sentence.
    pub next: String,
    /// What the row's button does.
    pub action: Option<RowAction>,
    /// Whether the vault holds a password.
    pub has_password: bool,
    /// Whether the vault holds a one-time-code secret.
    pub has_totp: bool,
    /// Whether a vault holds a passkey for it, which nobody has proven yet.
    pub has_passkey: bool,
    /// Whether the person put it into an archive.
    pub is_archived: bool,
    /// Whether its entry has expired.
    pub is_expired: bool,
    /// The ids of the vaults it stands in, where it stands in several.
    pub sources: Vec<String>,
    /// Where it stands in the plan.
    pub plan: PlanLine,
}

/// How far an account is; see [`rekey_journey::AccountState`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "AccountState")]
#[allow(missing_docs, reason = "each is described where it comes from")]
pub enum RowState {
    New,
    Started,
    Registered,
    Proven,
    SecondFactor,
    NeedsPerson,
    Stuck,
    /// Nothing to do with passkeys yet: its site takes none.
    Watched,
}

/// What can be done with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowAction {
    /// Migrate it.
    Start,
    /// Migrate it from where it was left.
    GoOn,
    /// Sign in once more with its passkey.
    Prove,
}

/// How many accounts are how far. The others add up to the first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// All of them.
    pub accounts: u32,
    /// With a proven passkey.
    pub done: u32,
    /// That need a person, or something to change.
    pub needs_you: u32,
    /// At sites that take no passkeys.
    pub watched: u32,
    /// That the person postponed or left out.
    pub aside: u32,
    /// The rest: ready to begin or to go on.
    pub left: u32,
}

/// What the person chose for the runs to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Setup {
    /// Who acts on the page.
    pub assist: Assist,
    /// What shows the sites.
    pub browser: BrowserKind,
    /// What could show them.
    pub browsers: Vec<BrowserOption>,
    /// How often the person is verified.
    pub verification: Verification,
    /// Where the passkeys are kept.
    pub store: StoreFacts,
}

/// What shows the sites in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BrowserKind {
    /// A window of Rekey's own.
    Embedded,
    /// An installed browser, with Rekey's own profile.
    Own,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BrowserOption {
    /// Which.
    pub choice: BrowserKind,
    /// Its name.
    pub name: String,
    /// Whether it can be chosen here.
    pub available: bool,
    /// What it is, or why it cannot be chosen.
    pub why: String,
}

/// How often the person is verified for ceremonies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// By the passphrase, for each ceremony anew.
    EachPasskey,
    /// By the passphrase, once for a quarter of an hour and the accounts of one run.
    QuarterHour,
}

/// The store of passkeys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StoreFacts {
    /// Its path.
    pub file: String,
    /// Whether it can be used now.
    pub state: StoreState,
    /// After how many minutes without use it is locked; 0 for never.
    pub lock_after_minutes: u32,
}

/// Whether the store can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StoreState {
    /// It will be made.
    Missing,
    /// Its passphrase is needed.
    Locked,
    /// Now.
    Open,
}

/// What the person is asked. Each has an id that is never used again; a wrong passphrase uses it up, and a new one with
/// its problem comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Prompt {
    /// Choose a passphrase for a new store.
    MakeStore(StorePrompt),
    /// Give the store's passphrase.
    OpenStore(StorePrompt),
    /// A site asks for a new passkey.
    MakePasskey(PasskeyPrompt),
    /// A site asks for a sign-in with a passkey.
    UsePasskey(PasskeyPrompt),
}

/// About the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StorePrompt {
    /// For the answer.
    pub id: u32,
    /// The store's path.
    pub file: String,
    /// Whether Rekey has a passphrase for it itself.
    pub practice: bool,
    /// What was wrong with the answer before.
    pub problem: Option<Explanation>,
}

/// About one ceremony.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyPrompt {
    /// For the answer.
    pub id: u32,
    /// The account's site.
    pub site: String,
    /// The account's user name.
    pub user: String,
    /// The relying party identifier that the passkey is bound to.
    pub relying_party: String,
    /// Where the passkey lives.
    pub home: String,
    /// Whether approving takes the store's passphrase.
    pub needs_passphrase: bool,
    /// Whether Rekey has that passphrase itself.
    pub practice: bool,
    /// What was wrong with the answer before.
    pub problem: Option<Explanation>,
}

/// Whom a passphrase is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PassphraseFor {
    /// The vault on the unlock screen.
    Vault,
    /// This prompt.
    Prompt {
        /// Its id.
        id: u32,
    },
}

/// An answer without a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    Approve,
    /// No.
    Decline,
}
