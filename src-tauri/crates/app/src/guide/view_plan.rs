//! The plan, what is known of sites, and the look-ups, as the window draws them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Explanation;

/// Where an account stands in the plan, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanLine {
    /// Its number among the accounts that are to be done, from 1.
    pub place: Option<u32>,
    /// The part of the list that it stands in.
    pub group: PlanGroup,
    /// What the person said about its place.
    pub said: Option<PlanSaid>,
    /// Whether a run takes it along unless the person says otherwise.
    pub taken: bool,
    /// Why it stands there, in one sentence.
    pub why: String,
    /// What to know before it is begun, and what is wrong with its password; the gravest first.
    pub marks: Vec<PlanMark>,
}

/// What a person said about an account's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanSaid {
    /// At the top.
    Pinned,
    /// Not before a day.
    Postponed,
    /// Not at all.
    LeftOut,
}

/// The parts of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanGroup {
    /// To be done, in this order.
    Next,
    /// Its site takes no passkeys: a strong password and a second factor, and Rekey watches.
    Watched,
    /// Signed in to with another account.
    Follows,
    /// The person put it off.
    Postponed,
    /// With a proven passkey.
    Done,
    /// The person left it out, or no vault has it in use.
    LeftOut,
}

/// Something to know about an account, in a few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanMark {
    /// How much it matters.
    pub weight: MarkWeight,
    /// The words.
    pub text: String,
}

/// How much something matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MarkWeight {
    /// Somebody else may get in.
    Risk,
    /// It changes what the person does.
    Caution,
    /// Good to know.
    Note,
}

/// What the person says about an account's place.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanAnswer {
    /// To the top.
    Pin,
    /// In a week.
    PostponeWeek,
    /// In a month.
    PostponeMonth,
    /// On a day.
    PostponeUntil {
        /// The day, as `YYYY-MM-DD`.
        date: String,
    },
    /// Not at all.
    LeaveOut,
    /// To the place that the plan gives it.
    BringBack,
}

/// The person's last word about the plan, which can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UndoView {
    /// For taking it back. Never used again.
    pub id: u32,
    /// What was done, in one sentence.
    pub text: String,
}

/// What the judged passwords come to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct HealthView {
    /// Whether they are being judged.
    pub judging: bool,
    /// What was found, a sentence each, the gravest first.
    pub found: Vec<PlanMark>,
}

/// Sites that did not take passkeys and now do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NewsView {
    /// Their names.
    pub sites: Vec<String>,
}

/// What Rekey knows of one account's site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SiteView {
    /// The account's site.
    pub site: String,
    /// The account's user name, possibly empty.
    pub user: String,
    /// What people call the site; nothing where it is unknown.
    pub name: Option<String>,
    /// Why its account stands where it does, all reasons.
    pub why: Vec<String>,
    /// What to know before a passkey is added.
    pub warnings: Vec<String>,
    /// What is known.
    pub facts: Vec<SiteFact>,
    /// The labels of what nobody has observed.
    pub unknown: Vec<String>,
}

/// One thing that is known of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SiteFact {
    /// The field's name in the directory.
    pub id: String,
    /// What it is about.
    pub label: String,
    /// What is known, in words; addresses as they are.
    pub values: Vec<String>,
    /// Whether the values are web addresses.
    pub is_address: bool,
    /// The titles of the publications that it was taken from.
    pub sources: Vec<String>,
    /// When it was observed: `2025`, `2026-08` or `2026-08-14`.
    pub observed: Option<String>,
    /// Whether that is more than two years ago.
    pub is_old: bool,
    /// Whether somebody should look before relying on it.
    pub is_doubtful: bool,
    /// Who says so.
    pub layer: FactLayer,
    /// Whether it is what counts; otherwise somebody else's word goes before it.
    pub counts: bool,
}

/// Who says what is known of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FactLayer {
    /// The directory that comes with Rekey.
    BuiltIn,
    /// The directory that was fetched.
    Refreshed,
    /// The site, when it was asked.
    Site,
    /// The person.
    Own,
}

/// What may leave the computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LookUpsView {
    /// Each look-up.
    pub lines: Vec<LookUpLine>,
    /// Whether those that are on are made again each week.
    pub weekly: bool,
    /// When they were last made, in words.
    pub last: Option<String>,
    /// Whether one could be made now.
    pub ready: bool,
    /// The one that is being made.
    pub check: Option<CheckView>,
    /// What became of the last one, where it failed.
    pub problem: Option<Explanation>,
}

/// One look-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LookUpLine {
    /// Which.
    pub name: LookUpName,
    /// Whether it is on.
    pub on: bool,
    /// What it does.
    pub title: String,
    /// What it reveals, and to whom.
    pub reveals: String,
    /// What came of it the last time in this sitting.
    pub result: Option<String>,
    /// What could not be looked up then, and why.
    pub problem: Option<String>,
}

/// The look-ups that a person can switch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LookUpName {
    /// Fetch the newest list of sites.
    Refresh,
    /// Ask each site.
    AskSites,
    /// Ask whether passwords are in known breaches.
    Breaches,
}

/// A look-up under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CheckView {
    /// What is done just now.
    pub text: String,
    /// How far it is, where that is known.
    pub percent: Option<u8>,
}
