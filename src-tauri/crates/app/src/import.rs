use rekey_journey::Event;
use rekey_ledger::{AccountView, unix_now};
use rekey_vault::{Account, Problem};
use serde::Serialize;

use crate::text::Texts;
use crate::{AppError, OpenVault, Session};

/// What an import did, as scripts read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportSummary {
    /// The vault's format by name.
    pub format: &'static str,
    /// Entries in the vault.
    pub entries: usize,
    /// Accounts made of them.
    pub accounts: usize,
    /// Of these, accounts that the ledger did not know.
    pub new: usize,
    /// Of these, accounts of which the ledger knew something else.
    pub changed: usize,
    /// Whether the ledger was left as it was on request.
    pub dry_run: bool,
    /// What could not be taken over as it stands.
    pub problems: Vec<ImportProblem>,
}

/// Something in the vault that was not taken over as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportProblem {
    /// The entry, or the place in the file.
    #[serde(rename = "where")]
    pub location: String,
    /// The stable code.
    pub code: &'static str,
    /// What it means, in the person's language.
    pub message: String,
}

impl Session {
    /// Writes down which accounts a vault holds; a fact that is known already is not written again. No secret is
    /// written. With `dry_run` only looks.
    ///
    /// # Errors
    /// Only where the ledger fails.
    pub fn import(&mut self, vault: &OpenVault, dry_run: bool, texts: &Texts) -> Result<ImportSummary, AppError> {
        let (mut new, mut changed) = (0, 0);
        for account in &vault.accounts {
            let id = self.ledger.account_id(&account.site, &account.user_name);
            let format = vault.format.name();
            match self.ledger.account(id)? {
                Some(known) if same(&known, account, format) => continue,
                Some(_) => changed += 1,
                None => new += 1,
            }
            if !dry_run {
                self.ledger.append(Some(id), &[imported(account, format)], unix_now())?;
            }
        }
        Ok(ImportSummary {
            format: vault.format.name(),
            entries: vault.entries,
            accounts: vault.accounts.len(),
            new,
            changed,
            dry_run,
            problems: vault.problems.iter().map(|problem| explain(problem, texts)).collect(),
        })
    }
}

fn same(known: &AccountView, account: &Account, format: &str) -> bool {
    known.title == account.title
        && known.format == format
        && known.has_password == account.password().is_some()
        && known.has_totp == account.totp.is_some()
}

fn imported(account: &Account, format: &str) -> Event {
    Event::AccountImported {
        site: account.site.clone(),
        user_name: account.user_name.clone(),
        title: account.title.clone(),
        format: format.to_owned(),
        has_password: account.password().is_some(),
        has_totp: account.totp.is_some(),
    }
}

fn explain(problem: &Problem, texts: &Texts) -> ImportProblem {
    let code = problem.code.name();
    ImportProblem { location: problem.location.clone(), code, message: texts.of_code("problem", code) }
}
