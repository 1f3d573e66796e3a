//! The one table that the plan's order comes from.
//!
//! An account's [`Band`] goes first: the first line of the table that is true of it. Within a band come value, the number of
//! accounts that it unlocks, risk, ease (each from [`WEIGHTS`]), then site and user name, so that the same accounts always
//! come in the same order.

use rekey_sites::record::Kind;
use serde::Serialize;

/// What an account is placed by, first to last. As long as there is something to do, the first that is true counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// The person pinned it.
    Pinned,
    /// A mailbox or an identity: whoever has it can take over others.
    Unlocks,
    /// Begun, and better not left half done.
    Begun,
    /// It moves money.
    Money,
    /// Its password is in a published breach.
    Breached,
    /// Its password is used elsewhere.
    Reused,
    /// A passkey is quickly added, or is there and only wants a proof.
    Easy,
    /// The site takes passkeys, with more work.
    Passkeys,
    /// Its password is easily found.
    Weak,
    /// The password can be made better: a second factor, or more strength.
    Strengthen,
    /// Something must change first: the vault, the site, the connection.
    Blocked,
    /// Nobody knows whether the site takes passkeys.
    Explore,
    /// Nothing in the vault signs in to it.
    Unclear,
    /// Nothing to do: it follows another account.
    Follows,
    /// Nothing to do until a day; the nearest first.
    Postponed,
    /// Nothing to do: strong and watched.
    Watched,
    /// Nothing to do: proven.
    Done,
    /// Nothing to do: the person said so, or no vault in use holds it.
    Left,
}

impl Band {
    /// Whether there is something to do.
    pub fn is_active(self) -> bool {
        self < Self::Follows
    }
}

/// Points, each from 0 to 100 in sum.
pub(super) struct Weights {
    /// Value by kind of account; see [`value_of`].
    pub(super) kinds: [(Kind, i32); 8],
    /// Value of an account whose kind nobody knows.
    pub(super) kind_unknown: i32,
    /// Value of an account on the person's own network.
    pub(super) local: i32,
    /// Added to the value for the accounts it unlocks: from this many on, so many points.
    pub(super) unlocks: [(u32, i32); 8],
    /// Risk of a password in a published breach.
    pub(super) breached: i32,
    /// Risk of a password used on five or more other sites.
    pub(super) reused_on_many: i32,
    /// Risk of a password used on one to four other sites.
    pub(super) reused_on_few: i32,
    /// Risk of a password that is easily found.
    pub(super) weak: i32,
    /// Risk of a password that could be stronger.
    pub(super) fair: i32,
    /// Risk of a password without a second factor.
    pub(super) no_second_factor: i32,
    /// Risk of an address on an open line.
    pub(super) open_line: i32,
    /// Risk of a password that is years old.
    pub(super) old: i32,
    /// Differences of risk below this, within a level, do not change the order: an old password alone moves nobody before
    /// an easier step.
    pub(super) risk_step: u8,
    /// Ease of a step, before anything is taken off: a passkey page that is known.
    pub(super) page_known: i32,
    /// A site that takes passkeys, its page to be found.
    pub(super) page_to_find: i32,
    /// A proof.
    pub(super) proof: i32,
    /// Going on, or answering what the site asks.
    pub(super) going_on: i32,
    /// Changing a password whose page is known.
    pub(super) change_known: i32,
    /// Changing a password whose page must be found.
    pub(super) change_to_find: i32,
    /// Looking whether a site takes passkeys.
    pub(super) exploring: i32,
    /// Whatever else needs the person's thought.
    pub(super) thinking: i32,
    /// Taken off for a code by e-mail.
    pub(super) asks_email: i32,
    /// Taken off for a code by phone.
    pub(super) asks_sms: i32,
    /// Taken off for a puzzle.
    pub(super) asks_captcha: i32,
    /// Taken off for a document.
    pub(super) asks_identity: i32,
    /// Taken off where one kind of authenticator alone will do.
    pub(super) one_kind_of_authenticator: i32,
    /// Taken off where the account may have one passkey only.
    pub(super) one_passkey: i32,
    /// Taken off where the passkey stands beside the password.
    pub(super) second_factor_only: i32,
    /// Taken off where what is known is not sure, or old.
    pub(super) unsure: i32,
    /// From this ease on a passkey is quickly added.
    pub(super) easy_from: i32,
}

pub(super) const WEIGHTS: Weights = Weights {
    kinds: [
        (Kind::Identity, 70),
        (Kind::Money, 70),
        (Kind::Official, 60),
        (Kind::Mail, 55),
        (Kind::Work, 50),
        (Kind::Social, 45),
        (Kind::Shopping, 40),
        (Kind::Other, 15),
    ],
    kind_unknown: 20,
    local: 10,
    unlocks: [(1, 8), (3, 14), (6, 20), (12, 27), (25, 34), (50, 38), (100, 42), (200, 45)],
    breached: 65,
    reused_on_many: 45,
    reused_on_few: 30,
    weak: 35,
    fair: 8,
    no_second_factor: 8,
    open_line: 7,
    old: 5,
    risk_step: 25,
    page_known: 95,
    page_to_find: 70,
    proof: 95,
    going_on: 80,
    change_known: 60,
    change_to_find: 50,
    exploring: 35,
    thinking: 20,
    asks_email: 10,
    asks_sms: 12,
    asks_captcha: 5,
    asks_identity: 40,
    one_kind_of_authenticator: 8,
    one_passkey: 10,
    second_factor_only: 15,
    unsure: 15,
    easy_from: 80,
};

/// The value of an account of this kind.
pub(super) fn value_of(kind: Option<Kind>) -> i32 {
    let known = |kind: Kind| WEIGHTS.kinds.iter().find(|(known, _)| *known == kind).map(|(_, points)| *points);
    kind.and_then(known).unwrap_or(WEIGHTS.kind_unknown)
}

/// What is added for the accounts that it unlocks.
pub(super) fn value_of_unlocking(count: u32) -> i32 {
    WEIGHTS.unlocks.iter().rev().find(|(from, _)| count >= *from).map_or(0, |(_, points)| *points)
}
