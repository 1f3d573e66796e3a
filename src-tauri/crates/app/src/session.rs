use std::path::Path;

use rekey_journey::AccountId;
use rekey_ledger::{AccountFilter, AccountView, Ledger, Match};
use serde::Serialize;

use crate::{AppError, Profile};

/// An open profile with its ledger: what every command works on.
#[derive(Debug)]
pub struct Session {
    /// The profile.
    pub profile: Profile,
    /// Its ledger.
    pub ledger: Ledger,
}

/// How many accounts are in which state. The counts of the states add up to `accounts`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Accounts in the ledger.
    pub accounts: usize,
    /// Imported, nothing done.
    pub new: usize,
    /// Begun or interrupted.
    pub started: usize,
    /// With a passkey that is not proven.
    pub registered: usize,
    /// The passkey alone signs in.
    pub proven: usize,
    /// The passkey works beside the password.
    pub second_factor: usize,
    /// A person must do something.
    pub needs_person: usize,
    /// Something must change first.
    pub stuck: usize,
}

impl Session {
    /// Opens the profile in this folder, or the person's own.
    ///
    /// # Errors
    /// Where the folder or the ledger in it cannot be used.
    pub fn open(folder: Option<&Path>) -> Result<Self, AppError> {
        let profile = Profile::open(folder)?;
        let ledger = Ledger::open(&profile.ledger())?;
        Ok(Self { profile, ledger })
    }

    /// The accounts that pass the filter.
    ///
    /// # Errors
    /// Only where the ledger fails.
    pub fn accounts(&self, filter: &AccountFilter) -> Result<Vec<AccountView>, AppError> {
        Ok(self.ledger.accounts(filter)?)
    }

    /// The accounts that a person named by id, `site` or `user@site`, each once, in the order named.
    ///
    /// # Errors
    /// [`AppError::NoSuchAccount`] and [`AppError::AmbiguousAccount`], for the first name that is neither.
    pub fn resolve(&self, names: &[String]) -> Result<Vec<AccountId>, AppError> {
        let mut ids = Vec::new();
        for name in names {
            match self.ledger.find(name)? {
                Match::One(view) if !ids.contains(&view.id) => ids.push(view.id),
                Match::One(_) => {}
                Match::None => return Err(AppError::NoSuchAccount { name: name.clone() }),
                Match::Several(views) => {
                    let accounts = views.iter().map(display_name).collect();
                    return Err(AppError::AmbiguousAccount { name: name.clone(), accounts });
                }
            }
        }
        Ok(ids)
    }

    /// How many accounts are in which state.
    ///
    /// # Errors
    /// Only where the ledger fails.
    pub fn status(&self) -> Result<Status, AppError> {
        use rekey_journey::AccountState as State;
        let mut status = Status::default();
        for view in self.accounts(&AccountFilter::default())? {
            status.accounts += 1;
            *match view.state {
                State::New => &mut status.new,
                State::Started => &mut status.started,
                State::Registered => &mut status.registered,
                State::Proven => &mut status.proven,
                State::SecondFactor => &mut status.second_factor,
                State::NeedsPerson => &mut status.needs_person,
                State::Stuck => &mut status.stuck,
            } += 1;
        }
        Ok(status)
    }
}

/// An account as a person can name it on the command line again.
pub fn display_name(view: &AccountView) -> String {
    if view.user_name.is_empty() { view.site.to_string() } else { format!("{}@{}", view.user_name, view.site) }
}
