//! From the ledger, the directory and an open vault to the candidates; and what is written back.

use std::collections::{HashMap, HashSet};

use rekey_journey::{AccountId, Choice, Event, Judgement, PasskeyRole, SaidBy};
use rekey_ledger::{AccountFilter, AccountView};
use rekey_origin::Site;
use rekey_sites::Directory;

use super::mailbox::{Named, dependants};
use super::{Announced, Candidate, HealthFacts, Planned, SiteFacts, day_of};
use crate::{AppError, Session};

/// What an open vault shows of an account beyond what the ledger keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LiveFacts {
    /// What is known of its password; none where it was not judged this time.
    pub health: Option<HealthFacts>,
    /// How many accounts recover through it, where the vault's other names say more than the ledger's user names.
    pub recovers: u32,
    /// The site whose account it is signed in to with.
    pub signs_in_with: Option<Site>,
}

/// A site that takes passkeys now, and took none that was known of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteNews {
    /// The site.
    pub site: Site,
    /// What they are good for there.
    pub role: PasskeyRole,
    /// Who says so.
    pub said_by: SaidBy,
}

impl Session {
    /// What to do next at each account of the ledger, in order. `live` has what an open vault shows, for as many accounts as
    /// it was judged for; `now` is in milliseconds since 1970.
    ///
    /// # Errors
    /// Only where the ledger fails.
    pub fn plan(
        &self,
        directory: &Directory,
        live: &HashMap<AccountId, LiveFacts>,
        now: u64,
    ) -> Result<Vec<Planned>, AppError> {
        let views = self.ledger.accounts(&AccountFilter::default())?;
        Ok(super::plan(candidates(views, directory, live, &self.learnt()?), now))
    }

    /// Which sites were found to take passkeys since the directory was made, oldest first.
    ///
    /// # Errors
    /// Only where the ledger fails.
    pub fn site_news(&self) -> Result<Vec<SiteNews>, AppError> {
        Ok(self.learnt()?.into_iter().map(|(news, _)| news).collect())
    }

    /// The same, each with the day on which it was learnt.
    fn learnt(&self) -> Result<Vec<(SiteNews, u32)>, AppError> {
        let facts = self.ledger.sites_with_passkeys()?.into_iter();
        Ok(facts
            .filter_map(|(time, event)| match event {
                Event::SiteTakesPasskeys { site, role, said_by } => {
                    Some((SiteNews { site, role, said_by }, day_of(time)))
                }
                _ => None,
            })
            .collect())
    }

    /// Writes down that sites take passkeys now, each once. How many were news.
    ///
    /// # Errors
    /// Only where the ledger fails; then nothing is written.
    pub fn note_passkeys_at(&mut self, news: Vec<SiteNews>, now: u64) -> Result<usize, AppError> {
        let mut known: HashSet<Site> = self.site_news()?.into_iter().map(|known| known.site).collect();
        let new = news.into_iter().filter(|news| known.insert(news.site.clone()));
        let events: Vec<Event> =
            new.map(|SiteNews { site, role, said_by }| Event::SiteTakesPasskeys { site, role, said_by }).collect();
        if !events.is_empty() {
            self.ledger.append(None, &events, now)?;
        }
        Ok(events.len())
    }

    /// Pins, postpones or ignores an account, or with none takes that back. Returns what was chosen before: choosing that is
    /// the undo. What is chosen already is not written again.
    ///
    /// # Errors
    /// [`AppError::NoSuchAccount`], and where the ledger fails.
    pub fn choose(&mut self, account: AccountId, choice: Option<Choice>, now: u64) -> Result<Option<Choice>, AppError> {
        let view = self.ledger.account(account)?;
        let before = view.ok_or_else(|| AppError::NoSuchAccount { name: account.to_string() })?.choice;
        if before != choice {
            self.ledger.append(Some(account), &[Event::PlanChosen { choice }], now)?;
        }
        Ok(before)
    }

    /// Writes down what an open vault shows of these accounts' passwords, all or none: of each only what differs from what is
    /// known, however often it is called. Returns how many differed. Accounts that the ledger does not know are passed over.
    ///
    /// What nobody looked at this time stays as it was: of a password that is not in the open vaults everything, of one that
    /// was not looked up in breaches what was found before, unless it is known to have been changed since.
    ///
    /// # Errors
    /// Only where the ledger fails.
    pub fn judge(&mut self, found: &[(AccountId, HealthFacts)], now: u64) -> Result<usize, AppError> {
        let known: HashMap<AccountId, Option<Judgement>> =
            self.ledger.accounts(&AccountFilter::default())?.iter().map(|view| (view.id, view.judged)).collect();
        let mut differing: Vec<(AccountId, Vec<Event>)> = found
            .iter()
            .filter_map(|(account, health)| {
                let before = *known.get(account)?;
                let judged = before.map_or(health.judged, |before| health.judged.after(&before, health.changed_day));
                let is_known = before.is_some_and(|before| judged.says_the_same_as(&before));
                if is_known || judged.strength.is_none() {
                    return None;
                }
                let judged = Judgement { judged_day: day_of(now), ..judged };
                Some((*account, vec![Event::AccountJudged { judged }]))
            })
            .collect();
        // Accounts with one password come one after the other; the ledger is not to say so.
        differing.sort_by_key(|(account, _)| *account);
        if !differing.is_empty() {
            self.ledger.append_all(&differing, now)?;
        }
        Ok(differing.len())
    }
}

/// The ledger's accounts as candidates for [`plan`](super::plan), with what the directory, an open vault and news of sites
/// say of them.
pub fn candidates(
    views: Vec<AccountView>,
    directory: &Directory,
    live: &HashMap<AccountId, LiveFacts>,
    learnt: &[(SiteNews, u32)],
) -> Vec<Candidate> {
    let announced = |news: &SiteNews, day| Announced { role: news.role, said_by: news.said_by, day };
    let news: HashMap<&Site, Announced> =
        learnt.iter().map(|(news, day)| (&news.site, announced(news, *day))).collect();
    let nothing = LiveFacts::default();
    let named: Vec<Named<'_>> = views
        .iter()
        .map(|view| Named {
            site: &view.site,
            user_name: &view.user_name,
            signs_in_with: live
                .get(&view.id)
                .and_then(|live| live.signs_in_with.as_ref())
                // Another vault may have a password for it.
                .filter(|_| !view.has_password),
            is_in_use: view.held.iter().any(|held| !held.is_gone && !held.is_archived),
        })
        .collect();
    let counts = dependants(&named, directory);
    views
        .into_iter()
        .zip(counts)
        .map(|(view, counts)| {
            let live = live.get(&view.id).unwrap_or(&nothing);
            let ledger_health = || view.judged.map(|judged| HealthFacts { judged, ..HealthFacts::default() });
            let after_ledger = |health: HealthFacts| HealthFacts {
                judged: view.judged.map_or(health.judged, |before| health.judged.after(&before, health.changed_day)),
                ..health
            };
            let provider = |site: &Site| directory.name_of(site).to_owned();
            Candidate {
                account: view.id,
                announced: news.get(&view.site).copied(),
                facts: directory.look_up_site(&view.site).map(SiteFacts::of),
                is_gone: view.held.iter().all(|held| held.is_gone),
                is_archived: view.held.iter().filter(|held| !held.is_gone).all(|held| held.is_archived),
                health: live.health.map(after_ledger).or_else(ledger_health),
                signs_in_with: live.signs_in_with.as_ref().map(provider),
                recovers: counts.recovers.max(live.recovers),
                signs_in_others: counts.signs_in,
                site: view.site,
                user_name: view.user_name,
                state: view.state,
                stopped: view.stopped,
                has_password: view.has_password,
                has_totp: view.has_totp,
                has_passkey: view.has_passkey,
                choice: view.choice,
            }
        })
        .collect()
}
