//! Files on their way into the window, and what they leave open, as the window draws it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Explanation;

/// A file that is being read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadingView {
    /// Its name.
    pub file: String,
    /// What is being done, in words.
    pub text: String,
    /// How much of that is done, in percent, where that is known.
    pub percent: Option<u32>,
}

/// The place of a file among several that were brought at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct QueueView {
    /// Its number, from 1.
    pub number: u32,
    /// How many were brought.
    pub total: u32,
}

/// A table whose columns no known program wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ColumnsView {
    /// The file's name.
    pub file: String,
    /// The folder it is in.
    pub folder: String,
    /// How many rows hold entries.
    pub rows: u32,
    /// Whether the first row names the columns.
    pub heading: bool,
    /// The columns, in their order.
    pub columns: Vec<ColumnLine>,
    /// What a column can be said to be.
    pub choices: Vec<ColumnChoice>,
    /// What is still missing before the table can be read, in words.
    pub missing: Option<String>,
    /// While it is read.
    pub reading: Option<ReadingView>,
    /// Its place among several files.
    pub queue: Option<QueueView>,
    /// Whether other vaults are open already.
    pub adding: bool,
    /// Why it could not be read.
    pub problem: Option<Explanation>,
}

/// One column. Of its cells only the shape is shown, because any column may hold a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ColumnLine {
    /// What the first row calls it, or its number in words.
    pub name: String,
    /// What it is said or guessed to be, by the code of a choice.
    pub kind: String,
    /// What its first cells look like.
    pub shapes: Vec<String>,
}

/// What a column can be said to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ColumnChoice {
    /// Its code.
    pub kind: String,
    /// In words.
    pub text: String,
}

/// What the open vaults add up to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportCounts {
    /// Entries in all files.
    pub entries: u32,
    /// Accounts made of them.
    pub accounts: u32,
    /// Of these, accounts that the ledger did not know.
    pub new: u32,
    /// Of these, accounts of which the ledger knew something else.
    pub changed: u32,
    /// Accounts of these vaults that the ledger knows and that are no longer in them.
    pub gone: u32,
}

/// One open vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceLine {
    /// For answers about it.
    pub id: String,
    /// Its file name.
    pub file: String,
    /// The folder it is in.
    pub folder: String,
    /// What it is: `KeePass (KDBX)`.
    pub format: String,
    /// Entries in it.
    pub entries: u32,
    /// Accounts that stand in it.
    pub accounts: u32,
    /// One-time code generators that came without an entry.
    pub codes: u32,
    /// Entries left out because they are in a recycle bin.
    pub recycled: u32,
    /// Templates left out.
    pub templates: u32,
    /// Items left out because they are no sign-ins: cards, identities, notes.
    pub others: u32,
}

/// A file of open vaults that anybody can read who gets hold of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExposedFile {
    /// For the answer: the source's id.
    pub id: String,
    /// Its name.
    pub file: String,
    /// The folder it is in.
    pub folder: String,
    /// Whether it was deleted on the person's word.
    pub deleted: bool,
    /// Why it could not be deleted.
    pub problem: Option<Explanation>,
}

/// Problems of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ProblemGroup {
    /// The stable code.
    pub code: String,
    /// What it means.
    pub message: String,
    /// How many there are, listed or not.
    pub count: u32,
    /// Where: entries, or places in a file.
    pub places: Vec<ProblemPlace>,
}

/// Where a problem stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ProblemPlace {
    /// The entry, or the place in the file.
    #[serde(rename = "where")]
    pub location: String,
    /// The file's name, where several are open.
    pub file: Option<String>,
}

/// What the vaults leave open. Each question has an id that stays the same until it is answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Questions {
    /// Which site does an entry without an address belong to?
    pub sites: Vec<SiteQuestion>,
    /// Which of several passwords is right?
    pub passwords: Vec<PasswordQuestion>,
    /// Which account does a one-time code generator belong to?
    pub codes: Vec<CodeQuestion>,
    /// How many were put off for this sitting.
    pub later: u32,
}

/// *Which site?*
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SiteQuestion {
    /// For the answer.
    pub id: String,
    /// The entry's place in its file.
    pub entry: String,
    /// Its user name, possibly empty.
    pub user: String,
    /// The file's name.
    pub file: String,
    /// A site that it may be.
    pub suggestion: Option<String>,
}

/// *Which password?* Never shows one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PasswordQuestion {
    /// For the answer.
    pub id: String,
    /// The account's site.
    pub site: String,
    /// Its user name, possibly empty.
    pub user: String,
    /// The passwords, by where they stand.
    pub options: Vec<PasswordOption>,
    /// Whether the person chose the one in use.
    pub answered: bool,
}

/// A password by where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PasswordOption {
    /// For the answer.
    pub id: String,
    /// The entry.
    pub entry: String,
    /// The file's name.
    pub file: String,
    /// When the entry was modified, as people write it.
    pub modified: Option<String>,
    /// Whether this one is used as things stand.
    pub in_use: bool,
}

/// *Whose code is this?*
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CodeQuestion {
    /// For the answer.
    pub id: String,
    /// The service and the account's name, as the app has them.
    pub name: String,
    /// The file's name.
    pub file: String,
    /// Accounts that it may belong to, the likeliest first.
    pub candidates: Vec<CodeCandidate>,
}

/// An account that a one-time code generator may belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CodeCandidate {
    /// The account's id.
    pub account: String,
    /// Its site.
    pub site: String,
    /// Its user name, possibly empty.
    pub user: String,
}

/// Where a password manager hides its export, and what to choose there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportGuide {
    /// The stable name.
    pub id: String,
    /// The password manager.
    pub product: String,
    /// The kinds of its files that Rekey reads.
    pub kinds: Vec<String>,
    /// What to do, step by step; empty where Rekey does not know it.
    pub steps: Vec<String>,
    /// Whether what comes out can be read by anybody.
    pub is_plain_text: bool,
}

/// An answer to a question about the vaults.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum VaultAnswer {
    /// The entry belongs to this site.
    Site {
        /// The question's.
        id: String,
        /// A web address or a domain.
        address: String,
    },
    /// This password is right.
    Password {
        /// The question's.
        id: String,
        /// The option's.
        option: String,
    },
    /// The passwords of this file are right wherever it has one.
    PasswordsOf {
        /// The source's.
        source: String,
    },
    /// The generator belongs to this account; `None` for none of these.
    Code {
        /// The question's.
        id: String,
        /// The account's.
        account: Option<String>,
    },
    /// Not now.
    Later {
        /// The question's.
        id: String,
    },
    /// Ask again what was put off.
    AskAgain,
}
