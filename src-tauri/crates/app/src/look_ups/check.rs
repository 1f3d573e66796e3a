//! What is to be asked, and asking it.

use std::collections::{HashMap, HashSet};
use std::future::Future;

use jiff::Timestamp;
use rekey_journey::AccountId;
use rekey_ledger::AccountFilter;
use rekey_lookup::ask::{Question, ask_all};
use rekey_lookup::breaches;
use rekey_lookup::refresh::{Kept, refresh};
use rekey_lookup::{Client, Consent, LookUp, Progress};
use rekey_origin::{Site, registrable_domain};
use rekey_sites::Directory;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::watch;
use url::Url;

use super::{ASK_AGAIN_AFTER, CheckStage, DAY, Found, is_open};
use crate::known_sites::{KeptAnswer, today};
use crate::{AppError, Session, Settings, Vaults};

/// What is to be asked.
pub struct Check {
    consent: Consent,
    fetched: Kept,
    questions: Option<Vec<Question>>,
    passwords: Option<Vec<(Vec<AccountId>, SecretString)>>,
    now: u64,
}

impl Check {
    /// What is to be asked now of the ledger's accounts and, where vaults are open, of their passwords. `now` is in
    /// milliseconds since 1970.
    ///
    /// # Errors
    /// [`AppError::NothingSwitchedOn`] where every look-up is off, and where the ledger fails.
    pub fn of(
        session: &Session,
        settings: &Settings,
        directory: &Directory,
        vaults: Option<&Vaults>,
        now: u64,
    ) -> Result<Self, AppError> {
        if !LookUp::ALL.into_iter().any(|look_up| settings.is_on(look_up)) {
            return Err(AppError::NothingSwitchedOn);
        }
        let is_on = |look_up| settings.is_on(look_up);
        Ok(Self {
            consent: settings.consent(),
            fetched: session.profile.fetched_list()?,
            questions: is_on(LookUp::AskSites).then(|| questions(session, directory, now)).transpose()?,
            passwords: vaults.filter(|_| is_on(LookUp::Breaches)).map(|vaults| passwords(session, vaults)),
            now,
        })
    }

    /// The switches, for switching a look-up off while it runs.
    pub fn consent(&self) -> Consent {
        self.consent.clone()
    }

    /// Asks. `progress` is told of each step; when `cancel` completes, what is not done is left.
    pub async fn run(
        self,
        client: &Client,
        progress: impl FnMut(CheckStage, Progress),
        cancel: impl Future<Output = ()>,
    ) -> Found {
        // Each part waits for the end by itself, and what completed once must not be asked again.
        let (end, ended) = watch::channel(false);
        let found = self.ask(client, progress, ended);
        let (mut found, mut cancel) = (std::pin::pin!(found), std::pin::pin!(cancel));
        tokio::select! {
            biased;
            () = &mut cancel => {
                // Whoever waits for it is there: it is polled below.
                end.send_replace(true);
                found.await
            }
            found = &mut found => found,
        }
    }

    async fn ask(
        self,
        client: &Client,
        mut progress: impl FnMut(CheckStage, Progress),
        ended: watch::Receiver<bool>,
    ) -> Found {
        let Self { consent, fetched, questions, passwords, now } = self;
        let mut found = Found { refreshed: None, answers: None, breached: None, cancelled: false, now };
        if consent.is_on(LookUp::Refresh) {
            progress(CheckStage::Refresh, Progress { done: 0, total: 1 });
            let now = Timestamp::from_millisecond(i64::try_from(now).unwrap_or(i64::MAX)).unwrap_or_default();
            tokio::select! {
                biased;
                () = wait(ended.clone()) => {}
                refreshed = refresh(client, &consent, &fetched, now) => found.refreshed = Some(refreshed),
            }
            progress(CheckStage::Refresh, Progress { done: 1, total: 1 });
        }
        if let Some(questions) = questions.filter(|_| !*ended.borrow()) {
            let tell = |step| progress(CheckStage::AskSites, step);
            let answers = ask_all(client, &consent, questions.clone(), tell, wait(ended.clone())).await;
            // Off since it began: nothing of it was reached.
            found.answers = answers.ok().map(|answers| questions.into_iter().zip(answers).collect());
        }
        if let Some(passwords) = passwords.filter(|_| !*ended.borrow()) {
            let (accounts, passwords): (Vec<_>, Vec<_>) = passwords.into_iter().unzip();
            let tell = |step| progress(CheckStage::Breaches, step);
            let seen = breaches::check(client, &consent, &passwords, tell, wait(ended.clone())).await;
            found.breached = seen.ok().map(|seen| accounts.into_iter().zip(seen).collect());
        }
        found.cancelled = *ended.borrow();
        found
    }
}

/// Completes when the check is ended.
async fn wait(mut ended: watch::Receiver<bool>) {
    if ended.wait_for(|ended| *ended).await.is_err() {
        std::future::pending().await
    }
}

/// The sites to ask: those of accounts that have something to gain, each service once, and none twice within a week.
fn questions(session: &Session, directory: &Directory, now: u64) -> Result<Vec<Question>, AppError> {
    let day = today(now);
    let too_soon = today(now.saturating_sub((ASK_AGAIN_AFTER - 1) * DAY));
    // An answer of a day to come was written when the clock was ahead.
    let is_fresh = |answer: &&KeptAnswer| answer.day >= too_soon && answer.day <= day;
    let site = |domain: &str| Site::parse(domain).map(|site| directory.service_of(&site).to_owned());
    let answers = session.profile.answers();
    let mut services: HashSet<String> =
        answers.values().filter(is_fresh).filter_map(|answer| site(&answer.domain)).collect();
    let mut questions = Vec::new();
    for view in session.ledger.accounts(&AccountFilter::default())? {
        let domain = view.site.as_str();
        // Only names of the internet: what is on the person's own network is nobody's to ask.
        if !is_open(&view) || registrable_domain(domain) != Some(domain) {
            continue;
        }
        if !services.insert(directory.service_of(&view.site).to_owned()) {
            continue;
        }
        let known = directory.look_up_site(&view.site);
        let rp_ids = known.and_then(|known| known.rp_ids()).map(|fact| fact.value.iter().map(ToString::to_string));
        questions.push(Question {
            domain: domain.to_owned(),
            rp_ids: rp_ids.into_iter().flatten().collect(),
            sign_in: known.and_then(|known| known.sign_in()).and_then(|fact| Url::parse(&fact.value).ok()),
        });
    }
    Ok(questions)
}

/// The passwords in use, each once, with their accounts.
fn passwords(session: &Session, vaults: &Vaults) -> Vec<(Vec<AccountId>, SecretString)> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut all: Vec<(Vec<AccountId>, SecretString)> = Vec::new();
    for account in &vaults.accounts {
        let Some(password) = account.password().filter(|password| !password.expose_secret().is_empty()) else {
            continue;
        };
        let id = session.ledger.account_id(&account.site, &account.user_name);
        let place = *numbers.entry(password.expose_secret()).or_insert(all.len());
        match all.get_mut(place) {
            Some((accounts, _)) => accounts.push(id),
            None => all.push((vec![id], password.clone())),
        }
    }
    all
}
