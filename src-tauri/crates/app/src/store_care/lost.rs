//! The store is lost, or its passphrase is: which accounts that concerns, and how each is regained.

use std::collections::HashMap;
use std::path::Path;

use rekey_journey::{AccountId, Event};
use rekey_ledger::AccountView;
use serde::Serialize;

use super::{BackupRow, CopyRow, StoreAccount};
use crate::text::{Texts, messages as m};
use crate::{AppError, Directory, Session};

/// What is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lost {
    /// The file is there, and nobody knows what opens it.
    Passphrase,
    /// The file is gone, or cannot be read.
    File,
}

/// What to do, from what brings everything back to what must be done account by account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LostWalk {
    /// What is lost.
    pub lost: Lost,
    /// What to try first, as sentences: each would bring all passkeys back.
    pub first: Vec<String>,
    /// The former versions beside the store.
    pub backups: Vec<BackupRow>,
    /// The copy elsewhere.
    pub copy: Option<CopyRow>,
    /// The accounts concerned, in the plan's order: what others are regained through comes first.
    pub accounts: Vec<LostAccount>,
}

/// An account whose passkey nobody can use any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LostAccount {
    /// The account.
    #[serde(flatten)]
    pub account: StoreAccount,
    /// The ways in, the easiest first.
    pub ways: Vec<Regain>,
}

/// A way into an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Regain {
    /// Which.
    pub way: RegainWay,
    /// The same as a sentence.
    pub words: String,
    /// The page for it, where one is known.
    pub page: Option<String>,
}

/// The ways into an account whose passkey is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RegainWay {
    /// Another vault holds a passkey of the account.
    OtherPasskey,
    /// The password, which a vault still holds.
    Password,
    /// The password and a one-time code, both of which vaults hold.
    PasswordAndCode,
    /// A recovery code, if the person kept those that the site showed.
    RecoveryCodes,
    /// The site's own way back, mostly through the mailbox.
    SiteRecovery,
}

impl Session {
    /// The walk for what is lost. Nothing is changed.
    ///
    /// # Errors
    /// Only where the ledger fails.
    pub fn lost(
        &self,
        store: &Path,
        lost: Lost,
        directory: &Directory,
        texts: &Texts,
        now: u64,
    ) -> Result<LostWalk, AppError> {
        let overview = self.store_overview(store)?;
        let plan = self.plan(directory, &HashMap::new(), now)?;
        let places: HashMap<AccountId, u32> = plan.iter().map(|planned| (planned.account, planned.place)).collect();
        let mut accounts = overview.accounts;
        accounts.sort_by_key(|account| places.get(&account.account).copied().unwrap_or(u32::MAX));
        let accounts = accounts
            .into_iter()
            .map(|account| Ok(LostAccount { ways: self.ways(&account, directory, texts)?, account }))
            .collect::<Result<_, AppError>>()?;
        let first = first_steps(lost, &overview.backups, overview.copy.as_ref(), texts);
        Ok(LostWalk { lost, first, backups: overview.backups, copy: overview.copy, accounts })
    }

    /// Writes down that these passkeys are lost: the accounts are to be done anew.
    ///
    /// # Errors
    /// Only where the ledger fails.
    pub fn mark_lost(&mut self, accounts: &[LostAccount], now: u64) -> Result<(), AppError> {
        let fact = |lost: &LostAccount| {
            (lost.account.account, vec![Event::PasskeyLost { credential: lost.account.credential.clone() }])
        };
        let facts: Vec<_> = accounts.iter().map(fact).collect();
        self.ledger.append_all(&facts, now)?;
        Ok(())
    }

    fn ways(&self, account: &StoreAccount, directory: &Directory, texts: &Texts) -> Result<Vec<Regain>, AppError> {
        let Some(view) = self.ledger.account(account.account)? else { return Ok(Vec::new()) };
        let known = directory.look_up_site(&account.site);
        let sign_in = known.as_ref().and_then(|known| known.sign_in()).map(|fact| fact.value.to_string());
        let recovery = known.as_ref().and_then(|known| known.recovery_page()).map(|fact| fact.value.to_string());
        let has_codes =
            self.ledger.events(view.id)?.iter().any(|record| record.event == Some(Event::RecoveryCodesShown));
        let way = |way, words: String, page: &Option<String>| Regain { way, words, page: page.clone() };
        let mut ways = Vec::new();
        if let Some(vault) = vault_with(&view, |held| held.has_passkey) {
            ways.push(way(
                RegainWay::OtherPasskey,
                texts.with(m::REGAIN_OTHER_PASSKEY, &[("vault", vault.into())]),
                &sign_in,
            ));
        }
        if let Some(vault) = vault_with(&view, |held| held.has_password) {
            let name = account.name.as_str();
            let args = [("vault", vault.into()), ("name", name.into())];
            ways.push(if view.has_totp {
                way(RegainWay::PasswordAndCode, texts.with(m::REGAIN_PASSWORD_AND_CODE, &args), &sign_in)
            } else {
                way(RegainWay::Password, texts.with(m::REGAIN_PASSWORD, &args), &sign_in)
            });
        }
        if has_codes {
            ways.push(way(RegainWay::RecoveryCodes, texts.get(m::REGAIN_RECOVERY_CODES), &sign_in));
        }
        ways.push(way(RegainWay::SiteRecovery, texts.get(m::REGAIN_SITE_RECOVERY), &recovery));
        Ok(ways)
    }
}

fn first_steps(lost: Lost, backups: &[BackupRow], copy: Option<&CopyRow>, texts: &Texts) -> Vec<String> {
    let mut steps = Vec::new();
    if lost == Lost::Passphrase {
        steps.push(texts.get(m::LOST_TRY_PASSPHRASE));
        if !backups.is_empty() {
            steps.push(texts.with(m::LOST_TRY_FORMER, &[("count", backups.len().into())]));
        }
        steps.push(texts.get(m::LOST_KEEP_FILE));
    } else {
        if backups.iter().any(|backup| backup.looks_whole) {
            steps.push(texts.with(m::LOST_RESTORE_BACKUP, &[("count", backups.len().into())]));
        }
        if let Some(copy) = copy {
            let file = copy.file.display().to_string();
            let args = [("path", file.into()), ("time", crate::time_for_people(copy.tried).into())];
            steps.push(texts.with(m::LOST_RESTORE_COPY, &args));
        }
        steps.push(texts.get(m::LOST_SEARCH));
    }
    steps
}

/// The vault that holds something of an account, by its label, else by its format.
fn vault_with(view: &AccountView, has: impl Fn(&rekey_ledger::Held) -> bool) -> Option<String> {
    let held = view.held.iter().find(|held| !held.is_gone && has(held))?;
    Some(if held.source.is_empty() { held.format.clone() } else { held.source.clone() })
}
