//! Who may add a passkey, and why not.

use std::time::SystemTime;

use crate::Difficulty;
use crate::site::{Site, State};
use crate::store::{Account, Missing, Passkey, SessionId, Stage, StoreError, Verified};
use crate::texts::Texts;

/// Why no passkey can be added now. Each has its own answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Ineligible {
    /// Nobody is signed in.
    #[error("not signed in")]
    NotSignedIn,
    /// The person has to show who they are once more.
    #[error("the password was not confirmed within five minutes")]
    NotConfirmed,
    /// The same, with the code: the password is fresh.
    #[error("the code was not confirmed within five minutes")]
    CodeNotConfirmed,
    /// The site, or this account's page, knows no passkeys.
    #[error("this account takes no passkeys")]
    NoPasskeys,
    /// The rules of the house.
    #[error("the policy allows this account no passkeys")]
    Policy,
    /// Nothing of the account may be changed for now.
    #[error("the account is on hold")]
    OnHold,
    /// The address was never confirmed.
    #[error("the e-mail address is not confirmed")]
    EmailUnconfirmed,
    /// It has as many passkeys as it may.
    #[error("the account has its limit of {limit} passkeys")]
    LimitReached {
        /// How many those are.
        limit: usize,
    },
}

impl Ineligible {
    /// What the person reads.
    pub(crate) fn words(&self, t: &Texts) -> String {
        match self {
            Self::NotSignedIn | Self::NotConfirmed | Self::CodeNotConfirmed => t.form_expired.to_owned(),
            Self::NoPasskeys => t.reasons.not_offered.to_owned(),
            Self::Policy => t.reasons.policy.to_owned(),
            Self::OnHold => t.reasons.on_hold.to_owned(),
            Self::EmailUnconfirmed => t.reasons.email_unconfirmed.to_owned(),
            Self::LimitReached { .. } => t.reasons.too_many_passkeys.to_owned(),
        }
    }
}

/// The account that may be changed now, as it is under the caller's lock: somebody is signed in to it, it is not on hold,
/// and the person has shown within five minutes who they are, with every factor that the account has.
pub(crate) fn changeable(
    state: &State,
    session: &SessionId,
    now: SystemTime,
) -> Result<Result<Account, Ineligible>, StoreError> {
    let (account, verified) = match signed_in(state, session)? {
        Ok(found) => found,
        Err(why) => return Ok(Err(why)),
    };
    if account.has(Difficulty::OnHold) {
        return Ok(Err(Ineligible::OnHold));
    }
    Ok(freshly_verified(&account, verified, now).map(|()| account))
}

fn signed_in(state: &State, session: &SessionId) -> Result<Result<(Account, Verified), Ineligible>, StoreError> {
    let Stage::SignedIn { account, verified, .. } = state.store.stage(session)? else {
        return Ok(Err(Ineligible::NotSignedIn));
    };
    Ok(state.store.account(account)?.map(|account| (account, verified)).ok_or(Ineligible::NotSignedIn))
}

/// The account that may add a passkey now, with the passkeys it has. What no password would change is said first.
pub(crate) fn eligible(
    site: &Site,
    state: &State,
    session: &SessionId,
) -> Result<Result<(Account, Vec<Passkey>), Ineligible>, StoreError> {
    let (account, verified) = match signed_in(state, session)? {
        Ok(found) => found,
        Err(why) => return Ok(Err(why)),
    };
    let passkeys = state.store.passkeys(account.id)?;
    if let Err(why) = of_account(&account, passkeys.len(), site.passkey_limit) {
        return Ok(Err(why));
    }
    Ok(freshly_verified(&account, verified, site.now()).map(|()| (account, passkeys)))
}

/// What stands against it in the account itself.
pub(crate) fn of_account(account: &Account, passkeys: usize, site_limit: usize) -> Result<(), Ineligible> {
    let limit = if account.has(Difficulty::OnePasskeyLimit) { 1 } else { site_limit };
    if account.has(Difficulty::NoPasskeyPage) {
        Err(Ineligible::NoPasskeys)
    } else if account.has(Difficulty::NoPasskeysByPolicy) {
        Err(Ineligible::Policy)
    } else if account.has(Difficulty::OnHold) {
        Err(Ineligible::OnHold)
    } else if !account.email_confirmed {
        Err(Ineligible::EmailUnconfirmed)
    } else if passkeys >= limit {
        Err(Ineligible::LimitReached { limit })
    } else {
        Ok(())
    }
}

fn freshly_verified(account: &Account, verified: Verified, now: SystemTime) -> Result<(), Ineligible> {
    match verified.missing(account.totp.is_some(), now) {
        None => Ok(()),
        Some(Missing::Password) => Err(Ineligible::NotConfirmed),
        Some(Missing::Totp) => Err(Ineligible::CodeNotConfirmed),
    }
}
