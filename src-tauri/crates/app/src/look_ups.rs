//! Looking again: what may leave the computer is asked, and what came of it goes into the profile and the ledger.
//!
//! In three steps, so that nothing waits for the network while it holds the ledger: [`Check::of`] says what is to be asked,
//! [`Check::run`] asks, [`Session::take_in`] keeps what was found. Each look-up that is off is left out; the switches are
//! asked once more before each request, by the client itself.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::future::Future;

use jiff::Timestamp;
use rekey_journey::{AccountId, AccountState, Choice, PasskeyRole, SaidBy};
use rekey_ledger::{AccountFilter, AccountView};
use rekey_lookup::ask::{Answer, ChangePassword, Passkeys, Question, ask_all};
use rekey_lookup::breaches::{self, Seen};
use rekey_lookup::refresh::{Kept, RefreshError, Refreshed, refresh};
use rekey_lookup::{Client, Consent, Error, LookUp, Progress, Recipient};
use rekey_origin::{Site, registrable_domain};
use rekey_sites::Directory;
use rekey_sites::record::Role;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use tokio::sync::watch;
use url::Url;

use crate::known_sites::{KeptAnswer, today};
use crate::plan::{HealthFacts, LiveFacts, SiteNews, day_of};
use crate::text::Texts;
use crate::{AppError, Session, Settings, Vaults};

/// Sites are asked again after so many days at the soonest.
const ASK_AGAIN_AFTER: u64 = 7;
/// The watch looks by itself after so many days.
pub const WATCH_AFTER: u64 = 7;
const DAY: u64 = 86_400_000;

/// A look-up with what it does, as people and scripts see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LookUpRow {
    /// Its name.
    pub name: &'static str,
    /// Whether it is switched on.
    pub on: bool,
    /// What it does.
    pub title: String,
    /// What it reveals, and to whom.
    pub reveals: String,
    /// The host that is asked, where it is one.
    pub host: Option<&'static str>,
}

/// What is to be asked.
pub struct Check {
    consent: Consent,
    fetched: Kept,
    questions: Option<Vec<Question>>,
    passwords: Option<Vec<(Vec<AccountId>, SecretString)>>,
    now: u64,
}

/// Which part of a check is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckStage {
    /// The list is being fetched.
    Refresh,
    /// Sites are being asked.
    AskSites,
    /// Passwords are being looked up.
    Breaches,
}

/// What was found, before it is kept. A part that is off, or was not reached, is none.
pub struct Found {
    refreshed: Option<Result<Refreshed, RefreshError>>,
    answers: Option<Vec<(Question, Answer)>>,
    breached: Option<Vec<(Vec<AccountId>, Result<Seen, Error>)>>,
    cancelled: bool,
    now: u64,
}

/// What came of a check, as people and scripts see it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// What came of fetching the list; none where that is off.
    pub refresh: Option<Part>,
    /// What came of asking sites; none where that is off.
    pub sites: Option<Part>,
    /// What came of looking up passwords; none where that is off, or no vault was open.
    pub breaches: Option<Part>,
    /// Whether it was ended before all was asked.
    pub cancelled: bool,
    /// Sites that took no passkeys that were known of, and do now, as far as the person was not told of them.
    pub news: Vec<NewsRow>,
}

/// What came of one look-up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// How many were asked about.
    pub asked: usize,
    /// How many answers say something: sites of the list, sites that take passkeys, passwords in a breach.
    pub found: usize,
    /// How many could not be asked.
    pub failed: usize,
    /// Why, by code, the most frequent first.
    pub problems: Vec<PartProblem>,
}

/// Why something could not be looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartProblem {
    /// The stable code.
    pub code: &'static str,
    /// What it means, in the person's language.
    pub message: String,
    /// How often.
    pub count: usize,
}

/// A site that takes passkeys now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewsRow {
    /// The site.
    pub site: Site,
    /// What people call it.
    pub name: String,
    /// What the passkeys are good for.
    pub role: PasskeyRole,
    /// Who says so.
    pub said_by: SaidBy,
}

impl Settings {
    /// The switches as the client asks them.
    pub fn consent(&self) -> Consent {
        let consent = Consent::default();
        for look_up in LookUp::ALL {
            consent.switch(look_up, self.is_on(look_up));
        }
        consent
    }

    /// Whether a look-up is switched on.
    pub fn is_on(&self, look_up: LookUp) -> bool {
        self.look_ups.contains(look_up.name())
    }

    /// Switches a look-up on or off.
    pub fn switch(&mut self, look_up: LookUp, on: bool) {
        if on {
            self.look_ups.insert(look_up.name().to_owned());
        } else {
            self.look_ups.remove(look_up.name());
        }
    }

    /// Whether the watch is to look by itself now.
    pub fn is_watch_due(&self, now: u64) -> bool {
        self.watch
            && !self.look_ups.is_empty()
            && self
                .look_ups
                .iter()
                .any(|name| self.checked.get(name).is_none_or(|at| *at > now || now - at >= WATCH_AFTER * DAY))
    }

    /// Every look-up with what it does and reveals.
    pub fn look_up_rows(&self, texts: &Texts) -> Vec<LookUpRow> {
        let row = |look_up: LookUp| LookUpRow {
            name: look_up.name(),
            on: self.is_on(look_up),
            title: texts.of_code("look-up", look_up.name()),
            reveals: texts.of_code("look-up-reveals", look_up.name()),
            host: match look_up.asks() {
                Recipient::Host(host) => Some(host),
                Recipient::EachSite => None,
            },
        };
        LookUp::ALL.into_iter().map(row).collect()
    }
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

impl Found {
    /// Leaves out what was found of passwords: the vaults are others now.
    pub fn forget_breaches(&mut self) {
        self.breached = None;
    }
}

impl Session {
    /// Keeps what was found: answers in the profile, breaches and news in the ledger. `live` are the open vaults'
    /// judgements, which the breaches join. Who is told of the news says so with [`Self::told_of`].
    ///
    /// # Errors
    /// Where the profile or the ledger cannot be written.
    pub fn take_in(
        &mut self,
        found: Found,
        live: &mut HashMap<AccountId, LiveFacts>,
        texts: &Texts,
    ) -> Result<Checked, AppError> {
        let Found { refreshed, answers, breached, cancelled, now } = found;
        if let Some(answers) = &answers {
            let mut kept = self.profile.answers();
            for (question, answer) in answers {
                if let Some(answer) = kept_answer(question, answer, &today(now)) {
                    kept.insert(answer.domain.clone(), answer);
                }
            }
            self.profile.keep_answers(&kept)?;
        }
        self.keep_breaches(breached.as_deref().unwrap_or_default(), live, now)?;
        let mut checked = Checked {
            refresh: refreshed.map(|refreshed| part_of_refresh(&refreshed, texts)),
            sites: answers.map(|answers| part_of_answers(&answers, texts)),
            breaches: breached.map(|breached| part_of_breaches(&breached, texts)),
            cancelled,
            news: Vec::new(),
        };
        let made = [
            (LookUp::Refresh, &checked.refresh),
            (LookUp::AskSites, &checked.sites),
            (LookUp::Breaches, &checked.breaches),
        ];
        let made =
            made.map(|(look_up, part)| part.as_ref().filter(|part| !cancelled && part.is_made()).map(|_| look_up));
        let settings = Settings::change(&self.profile, |settings| {
            settings.checked.extend(made.into_iter().flatten().map(|look_up| (look_up.name().to_owned(), now)));
        })?;
        checked.news = self.announce(&self.profile.directory(now), &settings, now)?;
        Ok(checked)
    }

    /// Remembers that the person was told which sites take passkeys now.
    ///
    /// # Errors
    /// [`AppError::Write`] where it cannot be kept: then they are told again.
    pub fn told_of<'a>(&self, sites: impl IntoIterator<Item = &'a Site>) -> Result<(), AppError> {
        let sites: Vec<String> = sites.into_iter().map(ToString::to_string).collect();
        Settings::change(&self.profile, |settings| settings.told.extend(sites)).map(|_| ())
    }

    /// The sites that take passkeys now and of which the person was not told, as far as an account there is still to be
    /// moved.
    ///
    /// # Errors
    /// Only where the ledger fails.
    pub fn untold_news(&self, directory: &Directory, settings: &Settings) -> Result<Vec<NewsRow>, AppError> {
        let views = self.ledger.accounts(&AccountFilter::default())?;
        let open: BTreeSet<&Site> = views.iter().filter(|view| is_open(view)).map(|view| &view.site).collect();
        let news = self.site_news()?.into_iter().filter(|news| open.contains(&news.site));
        let name = |site: &Site| {
            directory.look_up_site(site).map_or_else(|| site.to_string(), |known| known.name().to_owned())
        };
        Ok(news
            .filter(|news| !settings.told.contains(news.site.as_str()))
            .map(|news| NewsRow { name: name(&news.site), site: news.site, role: news.role, said_by: news.said_by })
            .collect())
    }

    /// Writes down whose password stands in a breach.
    fn keep_breaches(
        &mut self,
        breached: &[(Vec<AccountId>, Result<Seen, Error>)],
        live: &mut HashMap<AccountId, LiveFacts>,
        now: u64,
    ) -> Result<(), AppError> {
        let mut judged: Vec<(AccountId, HealthFacts)> = Vec::new();
        for (accounts, seen) in breached {
            let Ok(seen) = seen else { continue };
            for account in accounts {
                if let Some(health) = live.get_mut(account).and_then(|live| live.health.as_mut()) {
                    health.judged = health.judged.looked_up(*seen != Seen::Never, day_of(now));
                    judged.push((*account, *health));
                }
            }
        }
        self.judge(&judged, now).map(|_| ())
    }

    /// Writes down which accounts' sites take passkeys now of which that was not known, each once. Returns what the person
    /// is not told of yet.
    fn announce(&mut self, directory: &Directory, settings: &Settings, now: u64) -> Result<Vec<NewsRow>, AppError> {
        let views = self.ledger.accounts(&AccountFilter::default())?;
        let sites: BTreeSet<Site> = views.into_iter().filter(is_open).map(|view| view.site).collect();
        let news = sites.iter().filter_map(|site| news_of(directory, site));
        let news = news.map(|row| SiteNews { site: row.site, role: row.role, said_by: row.said_by }).collect();
        self.note_passkeys_at(news, now)?;
        self.untold_news(directory, settings)
    }
}

/// Whether something is left to be done with an account, as far as a look-up could help.
fn is_open(view: &AccountView) -> bool {
    let is_done = matches!(view.state, AccountState::Proven | AccountState::SecondFactor);
    let is_in_use = view.held.iter().any(|held| !held.is_gone && !held.is_archived);
    !is_done && is_in_use && view.choice != Some(Choice::Ignored)
}

impl Part {
    /// Whether anybody answered, or nobody needed to.
    fn is_made(&self) -> bool {
        self.asked == 0 || self.failed < self.asked
    }
}

/// Whether a site is found to take passkeys by a look-up, and by nothing before.
fn news_of(directory: &Directory, site: &Site) -> Option<NewsRow> {
    use rekey_sites::Layer;
    let known = directory.look_up_site(site)?;
    let said = known.said(rekey_sites::Statement::role);
    let was_known =
        said.iter().any(|(layer, role)| matches!(layer, Layer::Own | Layer::BuiltIn) && role.value != Role::NoneSeen);
    if was_known {
        return None;
    }
    let refreshed = said.iter().find(|(layer, role)| *layer == Layer::Refreshed && role.value != Role::NoneSeen);
    let had_none = said.iter().any(|(layer, _)| matches!(layer, Layer::Own | Layer::BuiltIn));
    let said_by = match known.news() {
        Some(Layer::Asked) => SaidBy::Site,
        Some(_) => SaidBy::Directory,
        // Older than what was seen.
        None if had_none => return None,
        None if known.says_itself_that_it_takes_passkeys() => SaidBy::Site,
        None => refreshed.map(|_| SaidBy::Directory)?,
    };
    let role = match refreshed.map(|(_, role)| role.value) {
        Some(Role::SecondFactor) => PasskeyRole::SecondFactor,
        Some(Role::Both) => PasskeyRole::Both,
        Some(Role::SignIn) => PasskeyRole::SignIn,
        // A site says where passkeys are added, and not what for.
        Some(Role::NoneSeen) | None => PasskeyRole::Unknown,
    };
    Some(NewsRow { site: site.clone(), name: known.name().to_owned(), role, said_by })
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

/// What is worth keeping of an answer: none where the site could not be asked.
fn kept_answer(question: &Question, answer: &Answer, day: &str) -> Option<KeptAnswer> {
    let text = |url: &Option<Url>| url.as_ref().map(ToString::to_string);
    let (takes_passkeys, enroll, manage) = match &answer.passkeys {
        Passkeys::Supports(links) => (true, text(&links.enroll), text(&links.manage)),
        Passkeys::NotSaid => (false, None, None),
        Passkeys::Failed(_) => return None,
    };
    let change_password = match &answer.change_password {
        ChangePassword::At(url) => Some(url.to_string()),
        ChangePassword::NotSaid | ChangePassword::Failed(_) => None,
    };
    let domain = question.domain.clone();
    Some(KeptAnswer { domain, takes_passkeys, enroll, manage, change_password, day: day.to_owned() })
}

fn part_of_refresh(refreshed: &Result<Refreshed, RefreshError>, texts: &Texts) -> Part {
    match refreshed {
        Ok(Refreshed::New(list) | Refreshed::Unchanged(list) | Refreshed::NotDue(list)) => {
            Part { asked: 1, found: list.sites.len(), ..Part::default() }
        }
        Err(error) => Part { asked: 1, failed: 1, problems: problems([error.code()], texts), ..Part::default() },
    }
}

fn part_of_answers(answers: &[(Question, Answer)], texts: &Texts) -> Part {
    let failed = answers.iter().filter_map(|(_, answer)| match &answer.passkeys {
        Passkeys::Failed(error) => Some(error.code()),
        Passkeys::Supports(_) | Passkeys::NotSaid => None,
    });
    let found = answers.iter().filter(|(_, answer)| matches!(answer.passkeys, Passkeys::Supports(_))).count();
    let failed: Vec<&'static str> = failed.collect();
    Part { asked: answers.len(), found, failed: failed.len(), problems: problems(failed, texts) }
}

fn part_of_breaches(breached: &[(Vec<AccountId>, Result<Seen, Error>)], texts: &Texts) -> Part {
    let failed: Vec<&'static str> = breached.iter().filter_map(|(_, seen)| Some(seen.as_ref().err()?.code())).collect();
    let found = breached.iter().filter(|(_, seen)| seen.as_ref().is_ok_and(|seen| *seen != Seen::Never)).count();
    Part { asked: breached.len(), found, failed: failed.len(), problems: problems(failed, texts) }
}

fn problems(codes: impl IntoIterator<Item = &'static str>, texts: &Texts) -> Vec<PartProblem> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for code in codes {
        *counts.entry(code).or_default() += 1;
    }
    let mut problems: Vec<PartProblem> = counts
        .into_iter()
        .map(|(code, count)| PartProblem { code, message: texts.of_code("look-up-problem", code), count })
        .collect();
    problems.sort_by_key(|problem| std::cmp::Reverse(problem.count));
    problems
}

#[cfg(test)]
mod tests {
    use rekey_lookup::Revealed;

    use super::*;
    use crate::text::Language;

    #[test]
    fn each_look_up_says_whom_it_asks_and_what_that_reveals() {
        for texts in Language::ALL.map(Texts::new) {
            for row in Settings::default().look_up_rows(&texts) {
                let look_up = LookUp::from_name(row.name).unwrap();
                assert!(!row.on && !row.title.is_empty());
                assert!(row.host.is_none_or(|host| row.reveals.contains(host)), "{}", row.reveals);
                // The words that stand for each thing that is revealed, in either language.
                for revealed in look_up.reveals() {
                    let words: &[&str] = match revealed {
                        Revealed::InternetAddress => &["internet address", "dirección de internet"],
                        Revealed::RekeyIsUsed => &["you use Rekey and in which version", "usas Rekey y en qué versión"],
                        Revealed::AccountAtTheSite => {
                            &["probably has an account", "probablemente tiene allí una cuenta"]
                        }
                        Revealed::SitesToNameServer => &["name server", "servidor de nombres"],
                        Revealed::HashPrefixes => &["first five", "cinco primeros"],
                        Revealed::NumberOfPasswords => &["how many passwords", "cuántas contraseñas"],
                    };
                    assert!(words.iter().any(|words| row.reveals.contains(words)), "{revealed:?}: {}", row.reveals);
                }
            }
        }
    }

    #[test]
    fn every_problem_has_words_in_every_language() {
        for texts in Language::ALL.map(Texts::new) {
            for code in [
                "switched_off",
                "no_such_name",
                "certificate_of_another_name",
                "too_large",
                "redirected_elsewhere",
                "web_page",
                "list_signature_wrong",
                "list_older",
                "cancelled",
                "status",
            ] {
                assert_ne!(texts.of_code("look-up-problem", code), code);
            }
        }
    }

    #[test]
    fn the_watch_is_due_a_week_after_each_look_up_that_is_on() {
        let mut settings = Settings { watch: true, ..Settings::default() };
        assert!(!settings.is_watch_due(100 * DAY), "nothing is on");
        settings.switch(LookUp::Refresh, true);
        settings.switch(LookUp::AskSites, true);
        assert!(settings.is_watch_due(100 * DAY));
        settings.checked = [("refresh".to_owned(), 95 * DAY), ("ask-sites".to_owned(), 92 * DAY)].into();
        assert!(!settings.is_watch_due(98 * DAY + DAY - 1));
        assert!(settings.is_watch_due(99 * DAY), "one of them is a week old");
        settings.checked.insert("ask-sites".to_owned(), 99 * DAY);
        assert!(!settings.is_watch_due(100 * DAY));
        settings.watch = false;
        assert!(!settings.is_watch_due(200 * DAY));
    }
}
