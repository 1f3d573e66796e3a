//! What was found goes into the profile and the ledger.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rekey_journey::{AccountId, PasskeyRole, SaidBy};
use rekey_ledger::AccountFilter;
use rekey_lookup::ask::{Answer, ChangePassword, Passkeys, Question};
use rekey_lookup::breaches::Seen;
use rekey_lookup::refresh::{RefreshError, Refreshed};
use rekey_lookup::{Error, LookUp};
use rekey_origin::Site;
use rekey_sites::Directory;
use rekey_sites::record::Role;
use url::Url;

use super::{Checked, NewsRow, Part, PartProblem, is_open};
use crate::known_sites::{KeptAnswer, today};
use crate::plan::{HealthFacts, LiveFacts, SiteNews, day_of};
use crate::text::Texts;
use crate::{AppError, Session, Settings};

/// The accounts of one password, and how often that was seen.
pub(super) type Breached = (Vec<AccountId>, Result<Seen, Error>);

/// What was found, before it is kept. A part that is off, or was not reached, is none.
pub struct Found {
    pub(super) refreshed: Option<Result<Refreshed, RefreshError>>,
    pub(super) answers: Option<Vec<(Question, Answer)>>,
    pub(super) breached: Option<Vec<Breached>>,
    pub(super) cancelled: bool,
    pub(super) now: u64,
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
        let name = |site: &Site| directory.name_of(site).to_owned();
        Ok(news
            .filter(|news| !settings.told.contains(news.site.as_str()))
            .map(|news| NewsRow { name: name(&news.site), site: news.site, role: news.role, said_by: news.said_by })
            .collect())
    }

    /// Writes down whose password stands in a breach.
    fn keep_breaches(
        &mut self,
        breached: &[Breached],
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
        let news = sites.iter().filter_map(|site| news_of(directory, site)).collect();
        self.note_passkeys_at(news, now)?;
        self.untold_news(directory, settings)
    }
}

impl Part {
    /// Whether anybody answered, or nobody needed to.
    pub fn is_made(&self) -> bool {
        self.asked == 0 || self.failed < self.asked
    }
}

/// Whether a site is found to take passkeys by a look-up, and by nothing before.
fn news_of(directory: &Directory, site: &Site) -> Option<SiteNews> {
    use rekey_sites::Layer;
    let known = directory.look_up_site(site)?;
    let said = known.said(rekey_sites::Statement::role);
    let was_known = said.iter().any(|(layer, role)| *layer == Layer::BuiltIn && role.value != Role::NoneSeen);
    // The person's own word, whatever it says, is known to the person.
    if was_known || said.iter().any(|(layer, _)| *layer == Layer::Own) {
        return None;
    }
    let refreshed = said.iter().find(|(layer, role)| *layer == Layer::Refreshed && role.value != Role::NoneSeen);
    let had_none = said.iter().any(|(layer, _)| *layer == Layer::BuiltIn);
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
    Some(SiteNews { site: site.clone(), role, said_by })
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

fn part_of_breaches(breached: &[Breached], texts: &Texts) -> Part {
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
