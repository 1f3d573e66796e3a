//! Where passkeys are kept, as the window draws it: what can be chosen, and what each place is.

use rekey_authenticator::Home;
use serde::Serialize;
use ts_rs::TS;

use super::view::StoreState;
use crate::Explanation;

/// A place for passkeys that the runs to come may use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HomeOption {
    /// Which.
    #[ts(as = "HomeName")]
    pub home: Home,
    /// Its name.
    pub name: String,
    /// Whether it can be chosen here.
    pub available: bool,
    /// What it is, or why it cannot be chosen.
    pub why: String,
    /// Where else its passkeys sign in.
    pub usable_in: String,
    /// Whether its passkeys can never leave this computer.
    pub only_here: bool,
}

/// The codes of [`Home`].
#[derive(TS)]
#[ts(rename_all = "kebab-case")]
#[allow(dead_code, missing_docs, reason = "it stands for `Home` in TypeScript, and is never made")]
pub enum HomeName {
    Store,
    SecurityKey,
    WindowsHello,
    #[ts(rename = "icloud-keychain")]
    ICloudKeychain,
    BrowserProfile,
    Tpm,
    Phone,
    OwnManager,
}

/// Every place that passkeys can live in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PasskeysView {
    /// Whether Rekey looks what is there at this moment.
    pub looking: bool,
    /// The places, the recommended ones first.
    pub homes: Vec<HomeView>,
    /// Rekey's own.
    pub store: StoreView,
}

/// A place for passkeys, and what is true of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HomeView {
    /// Which.
    #[ts(as = "HomeName")]
    pub home: Home,
    /// Its name.
    pub name: String,
    /// What it is.
    pub is: String,
    /// Whether the runs to come can use it.
    pub available: bool,
    /// The same in words.
    pub state: String,
    /// Why it is not there, and what to do.
    pub missing: Option<String>,
    /// Whether the runs to come do.
    pub chosen: bool,
    /// Whether its passkeys can never leave this computer.
    pub only_here: bool,
    /// How many accounts of the open vaults have their passkey there.
    pub accounts: u32,
    /// What is true of it, one thing after the other.
    pub facts: Vec<HomeFact>,
    /// What of it was never run with the real thing.
    pub not_tried: Option<String>,
}

/// One thing that is true of a place for passkeys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HomeFact {
    /// What it is about.
    pub label: String,
    /// In words.
    pub value: String,
}

/// The store, and how it is cared for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StoreView {
    /// Its path.
    pub file: String,
    /// Whether it can be used now.
    pub state: StoreState,
    /// Whether it can be locked now: it is open, and no run uses it.
    pub lockable: bool,
    /// After how many minutes without use it is locked; 0 for never.
    pub lock_after_minutes: u32,
    /// Which copy of it is known, in words; nothing in practice.
    pub copy: Option<String>,
    /// What else can be done about it, and how.
    pub ways: Vec<StoreWay>,
}

/// Something to be done about the store that has its place on the command line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StoreWay {
    /// What.
    pub title: String,
    /// What comes of it.
    pub detail: String,
    /// The command line, to be copied.
    pub command: String,
}

/// What an authenticator waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct DeviceMoment {
    /// Which.
    #[ts(as = "HomeName")]
    pub home: Home,
    /// For what.
    pub notice: DeviceNotice,
}

/// What it waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DeviceNotice {
    /// A security key is to be plugged in or held near.
    Insert,
    /// The person touches one of several.
    TouchToChoose,
    /// The person touches it.
    Touch,
    /// The person gives a fingerprint, or whatever else it takes itself.
    Verify,
    /// Nothing.
    Working,
}

/// An authenticator asks for its PIN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PinPrompt {
    /// For the answer.
    pub id: u32,
    /// Whose PIN, in a few words.
    pub title: String,
    /// What it is for.
    pub detail: String,
    /// For which site; empty where no account is worked on.
    pub site: String,
    /// For whose account there.
    pub user: String,
    /// How many wrong ones it still takes, where that matters.
    pub tries: Option<String>,
    /// Whether another wrong one locks it.
    pub last: bool,
    /// What was wrong with the answer before.
    pub problem: Option<Explanation>,
}

/// An authenticator wants a new PIN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NewPinPrompt {
    /// For the answer.
    pub id: u32,
    /// Whose PIN, in a few words.
    pub title: String,
    /// What it is for.
    pub detail: String,
    /// What happens where it is forgotten.
    pub warning: String,
    /// The fewest characters.
    pub shortest: u32,
    /// What was wrong with the answer before.
    pub problem: Option<Explanation>,
}
