//! Passkeys of the store on their way to other programs, and back.
//!
//! Whoever gets hold of a plain file of passkeys can sign in. Files are made for their owner alone, never over another
//! file, and whole or not at all; one is deleted only while everything in it is in the store.

mod give;
mod out;
mod take;

pub use give::{ExportPasskeys, LeftPasskey, PasskeysExported, WrittenFile};
pub use rekey_authenticator::transfer::{
    Openers as AgeOpeners, Protection, Recipient as AgeRecipient, TransferFormat, TransferLock as PasskeyLock,
};
use rekey_authenticator::{HeldPasskey, Store};
use rekey_journey::AccountId;
use rekey_ledger::{AccountFilter, AccountView};
use rekey_origin::Site;
use rekey_webauthn::CredentialId;
use serde::Serialize;
pub use take::{PasskeyFile, PasskeyProblem, PasskeysImported, look_at_passkeys, read_passkeys};

use crate::{AppError, Session};

/// A passkey of the store, without its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PasskeyRow {
    /// Its id, base64url.
    pub credential: String,
    /// What it is bound to.
    pub rp_id: String,
    /// The account's name as the site gave it; may be empty.
    pub user: String,
    /// The account in the ledger that it belongs to, where Rekey made it.
    pub account: Option<AccountId>,
    /// What it was written for besides, by code.
    pub usable_in: Vec<String>,
}

impl PasskeyRow {
    pub(crate) fn of(held: &HeldPasskey, views: &[AccountView]) -> Self {
        let credential = held.credential_id.to_string();
        let is_its = |view: &&AccountView| view.credential.as_ref().is_some_and(|known| known.id == credential);
        let view = views.iter().find(is_its);
        Self {
            account: view.map(|view| view.id),
            usable_in: view.map(|view| view.usable_in.clone()).unwrap_or_default(),
            credential,
            rp_id: held.rp_id.clone(),
            user: held.user_name.clone(),
        }
    }

    /// The passkey as a person can name it again.
    pub fn name(&self) -> String {
        if self.user.is_empty() { self.rp_id.clone() } else { format!("{}@{}", self.user, self.rp_id) }
    }

    /// Whether this is what a person means: its id, its account's, `rp-id`, `site`, or `user@` one of these.
    fn goes_by(&self, name: &str) -> bool {
        let is_place = |place: &str| {
            place == self.rp_id || Site::parse(place).is_some_and(|site| Site::parse(&self.rp_id) == Some(site))
        };
        let is_user = |(user, place): (&str, &str)| user == self.user && is_place(place);
        name == self.credential
            || self.account.is_some_and(|account| account.to_string() == name)
            || is_place(name)
            || name.rsplit_once('@').is_some_and(is_user)
    }
}

impl Session {
    /// The passkeys of the store, the oldest first.
    ///
    /// # Errors
    /// Only where the ledger fails.
    pub fn passkeys(&self, store: &Store) -> Result<Vec<PasskeyRow>, AppError> {
        let views = self.accounts(&AccountFilter::default())?;
        Ok(store.passkeys().iter().map(|held| PasskeyRow::of(held, &views)).collect())
    }

    /// The passkeys that a person named, each once. Several passkeys of one account are all meant.
    ///
    /// # Errors
    /// [`AppError::NoSuchAccount`], and [`AppError::AmbiguousAccount`] where a name is that of several accounts.
    pub fn choose_passkeys(&self, store: &Store, names: &[String]) -> Result<Vec<CredentialId>, AppError> {
        let rows = self.passkeys(store)?;
        let mut chosen = Vec::new();
        for name in names {
            let meant: Vec<&PasskeyRow> = rows.iter().filter(|row| row.goes_by(name)).collect();
            let first = meant.first().ok_or_else(|| AppError::NoSuchAccount { name: name.clone() })?;
            if meant.iter().any(|row| row.name() != first.name()) {
                let mut accounts: Vec<String> = meant.iter().map(|row| row.name()).collect();
                accounts.dedup();
                return Err(AppError::AmbiguousAccount { name: name.clone(), accounts });
            }
            for id in meant.iter().filter_map(|row| row.credential.parse::<CredentialId>().ok()) {
                if !chosen.contains(&id) {
                    chosen.push(id);
                }
            }
        }
        Ok(chosen)
    }
}
