//! How well open vaults' passwords are kept, as what the plan and the ledger take of it.

use std::collections::HashMap;
use std::ops::ControlFlow;

use rekey_journey::{AccountId, Judgement, Reuse, Strength};
use rekey_ledger::{AccountFilter, unix_now};
use rekey_origin::Site;
use rekey_sites::Directory;
use rekey_vault::{Account, Health, HealthKey, Strength as Guessed, judge_with, signs_in_with};
use uuid::Uuid;

use crate::plan::{HealthFacts, LiveFacts};
use crate::{AppError, Session};

/// Judges accounts, in their order. Takes up to a millisecond for each password: nothing for a thread that answers a window.
/// `go_on` is asked after each, with how many are done and how many there are; `None` as soon as it breaks.
pub fn judge_accounts(
    accounts: &[Account],
    directory: &Directory,
    go_on: impl FnMut(usize, usize) -> ControlFlow<()>,
) -> Option<Vec<LiveFacts>> {
    let now = i64::try_from(unix_now() / 1000).unwrap_or(i64::MAX);
    let judged = judge_with(accounts, &new_key(), now, |site| directory.service_of(site).to_owned(), go_on)?;
    Some(accounts.iter().zip(&judged).map(|(account, health)| facts_of(account, health, directory)).collect())
}

impl Session {
    /// Writes down what differs from what the ledger knows, and takes over what only the ledger knows: whether a password is
    /// in a published breach, which nobody looked up this time.
    ///
    /// # Errors
    /// Only where the ledger fails.
    pub fn keep_health(&mut self, live: &mut HashMap<AccountId, LiveFacts>) -> Result<(), AppError> {
        let found: Vec<(AccountId, HealthFacts)> =
            live.iter().filter_map(|(id, live)| Some((*id, live.health?))).collect();
        self.judge(&found, unix_now())?;
        for view in self.accounts(&AccountFilter::default())? {
            if let (Some(kept), Some(health)) =
                (view.judged, live.get_mut(&view.id).and_then(|live| live.health.as_mut()))
            {
                health.judged = kept;
            }
        }
        Ok(())
    }
}

fn new_key() -> HealthKey {
    let mut random = [0; 32];
    // Two random UUIDs: 244 bits that nobody can guess.
    for (half, uuid) in random.chunks_exact_mut(16).zip([Uuid::new_v4(), Uuid::new_v4()]) {
        half.copy_from_slice(uuid.as_bytes());
    }
    HealthKey::new(random)
}

fn facts_of(account: &Account, health: &Health, directory: &Directory) -> LiveFacts {
    let judged = Judgement {
        strength: health.strength.map(|strength| match strength {
            Guessed::VeryWeak | Guessed::Weak => Strength::Weak,
            Guessed::Fair => Strength::Fair,
            Guessed::Strong | Guessed::VeryStrong => Strength::Strong,
        }),
        reused: Reuse::of(health.reused),
        is_old: health.is_old == Some(true),
        open_line: health.open_line,
        is_duplicate: health.is_duplicate(),
        // Only a look-up knows.
        breached: None,
        breached_day: None,
        judged_day: 0,
    };
    let reused_on = u32::try_from(health.reused).ok();
    let changed_day = changed_day(account);
    LiveFacts {
        health: Some(HealthFacts { judged, reused_on, changed_day, second_factor: health.second_factor }),
        recovers: u32::try_from(health.recoveries).unwrap_or(u32::MAX),
        signs_in_with: provider_of(account, directory),
    }
}

/// The day on which the password in use became the password. Of several vaults the one that knew it first counts: where a
/// copy says later, it was the copy that was made then.
fn changed_day(account: &Account) -> Option<u32> {
    let stored = account.passwords.first()?;
    let at = stored.changed_at.and(stored.known_since())?;
    u32::try_from(at.div_euclid(86_400)).ok()
}

/// The provider that the vault says an account without a password is signed in to with; not where that is its own site.
fn provider_of(account: &Account, directory: &Directory) -> Option<Site> {
    let service = |site: &Site| directory.service_of(site).to_owned();
    signs_in_with(account).filter(|provider| service(provider) != service(&account.site))
}

#[cfg(test)]
mod tests {
    use rekey_vault::{Options, Unlock, accounts, read};

    use super::*;

    /// What vaults show of their one account. The first is of a browser that keeps when a password was changed.
    fn live(vaults: &[&str]) -> LiveFacts {
        let read = |text: &&str| read(text.as_bytes(), &Unlock::none(), &Options::default()).unwrap().entries;
        let accounts = accounts(vaults.iter().map(read).collect(), &|_| None).accounts;
        let [live] = judge_accounts(&accounts, &Directory::built_in(), |_, _| ControlFlow::Continue(()))
            .unwrap()
            .try_into()
            .unwrap();
        live
    }

    #[test]
    fn a_password_became_one_on_the_day_that_the_vault_says() {
        let changed = "\"url\",\"username\",\"password\",\"httpRealm\",\"formActionOrigin\",\"guid\",\"timeCreated\",\
                       \"timeLastUsed\",\"timePasswordChanged\"\n\
                       \"https://canva.com\",\"ann\",\"p\",,\"\",\"{1}\",\"1700000000000\",\"1760000000000\",\"1750000000000\"\n";
        let silent = "name,url,username,password,note\nCanva,https://canva.com/,ann,p,\n";
        let check =
            |vaults: &[&str], expect| assert_eq!(live(vaults).health.unwrap().changed_day, expect, "{vaults:?}");
        check(&[changed], Some(20_254));
        check(&[silent], None);
        check(&[changed, silent], Some(20_254));
    }

    #[test]
    fn an_account_follows_the_provider_that_its_vault_names_unless_that_is_itself() {
        let check = |site: &str, password: &str, expect: Option<&str>| {
            let vault =
                format!("name,url,username,password,note\nX,https://{site}/,ann,{password},Sign in with Google\n");
            let live = live(&[&vault]);
            assert_eq!(live.signs_in_with.as_ref().map(Site::as_str), expect, "{site}");
        };
        check("canva.com", "", Some("google.com"));
        check("canva.com", "p", None);
        check("mail.google.com", "", None);
        check("gmail.com", "", None);
    }
}
