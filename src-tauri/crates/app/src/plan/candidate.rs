//! What is known of an account that is to be planned.

use rekey_journey::{AccountId, AccountState, Choice, Judgement, PasskeyRole, Reuse, SaidBy, StopReason, Strength};
use rekey_origin::Site;

use super::SiteFacts;

/// An account, and all that its place in the plan depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub account: AccountId,
    /// Whose account it is.
    pub site: Site,
    /// The user name, possibly empty.
    pub user_name: String,
    /// How far the ledger says it is.
    pub state: AccountState,
    /// Why the newest journey stopped, if it did.
    pub stopped: Option<StopReason>,
    /// Whether some vault holds a password.
    pub has_password: bool,
    /// Whether some vault holds a one-time-code secret.
    pub has_totp: bool,
    /// Whether some vault holds a passkey that Rekey has not seen at work.
    pub has_passkey: bool,
    /// Whether the person put it into the archive of every vault that holds it.
    pub is_archived: bool,
    /// Whether no vault holds it any more.
    pub is_gone: bool,
    /// What is known of its password; none where nobody looked.
    pub health: Option<HealthFacts>,
    /// What the directory says of its site; none where the directory does not know it.
    pub facts: Option<SiteFacts>,
    /// What was learnt of the site since the directory was made.
    pub announced: Option<Announced>,
    /// What the person wants of it.
    pub choice: Option<Choice>,
    /// How many other accounts have an e-mail address of this mailbox.
    pub recovers: u32,
    /// How many other accounts are signed in to with this one.
    pub signs_in_others: u32,
    /// The provider that this account is signed in to with, by a name for people.
    pub signs_in_with: Option<String>,
}

/// What is known of an account's password.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HealthFacts {
    /// The coarse facts that the ledger may keep as well.
    pub judged: Judgement,
    /// On how many other sites exactly; known while the vault is open, and never kept.
    pub reused_on: Option<u32>,
    /// The day on which it is known to have become the password, in days since 1970-01-01 (UTC); none where the open vault
    /// does not say. Never kept.
    pub changed_day: Option<u32>,
    /// Whether a second factor is known that is not a one-time-code secret of the vault.
    pub second_factor: bool,
}

/// That a site takes passkeys which the directory knows nothing of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announced {
    /// What they are good for.
    pub role: PasskeyRole,
    /// Who says so.
    pub said_by: SaidBy,
    /// The day on which that was learnt, in days since 1970-01-01 (UTC).
    pub day: u32,
}

impl Candidate {
    /// An account that nothing is known of but its name and its password's being there.
    pub fn new(account: AccountId, site: Site, user_name: String) -> Self {
        Self {
            account,
            site,
            user_name,
            state: AccountState::New,
            stopped: None,
            has_password: true,
            has_totp: false,
            has_passkey: false,
            is_archived: false,
            is_gone: false,
            health: None,
            facts: None,
            announced: None,
            choice: None,
            recovers: 0,
            signs_in_others: 0,
            signs_in_with: None,
        }
    }

    /// What is known of its password, if it has one that somebody looked at: it may be in a vault that is not open.
    pub(super) fn judged(&self) -> Option<&Judgement> {
        let judged = self.health.as_ref().map(|health| &health.judged);
        judged.filter(|judged| self.has_password && judged.strength.is_some())
    }

    pub(super) fn is_breached(&self) -> bool {
        self.judged().is_some_and(|judged| judged.breached == Some(true))
    }

    pub(super) fn is_reused(&self) -> bool {
        self.judged().is_some_and(|judged| judged.reused != Reuse::None)
    }

    pub(super) fn is_weak(&self) -> bool {
        self.judged().is_some_and(|judged| judged.strength == Some(Strength::Weak))
    }

    /// Whether somebody who tries could sign in.
    pub(super) fn is_at_risk(&self) -> bool {
        self.is_breached() || self.is_reused() || self.is_weak()
    }

    pub(super) fn has_second_factor(&self) -> bool {
        self.has_totp || self.health.is_some_and(|health| health.second_factor)
    }

    /// How many other accounts whoever holds this one holds as well.
    pub(super) fn unlocks(&self) -> u32 {
        self.recovers.saturating_add(self.signs_in_others)
    }

    /// Whether the site is a device or a name of a network of the person's own: on no public suffix list.
    pub(super) fn is_local(&self) -> bool {
        let host = self.host();
        // A name that is a public suffix itself (`service.gov.uk`) is none of the person's, so one label more is asked about.
        rekey_origin::registrable_domain(host).is_none()
            && rekey_origin::registrable_domain(&format!("a.{host}")).is_none()
    }

    /// Whether no passkey can be bound to the site: an address without a name is no relying party
    /// (<https://www.w3.org/TR/webauthn-3/#rp-id>), nor is a page on an open line.
    pub(super) fn takes_none_by_nature(&self) -> bool {
        let host = self.host();
        let is_address = host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok();
        let is_open = self.judged().is_some_and(|judged| judged.open_line);
        is_address || self.is_local() && is_open && host != "localhost"
    }

    /// The site without its port.
    fn host(&self) -> &str {
        let site = self.site.as_str();
        match site.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => site,
        }
    }
}
