//! In which order the accounts stand, and what the person says about it.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError};

use rekey_journey::AccountId;
use rekey_ledger::unix_now;

use super::Guide;
use super::opening::blocking;
use super::render_site::site;
use super::settling::desk_of;
use super::sheet::rows;
use super::state::{Desk, Showing, State};
use super::view_plan::{PlanAnswer, SiteView};
use crate::plan::{Choice, day_of, day_of_date};
use crate::{AppError, Session, Settings};

const WEEK: u32 = 7;
const MONTH: u32 = 30;

/// The person's last word about the plan, and what it took the place of.
#[derive(Debug, Clone)]
pub(super) struct Undo {
    pub(super) id: u32,
    pub(super) account: AccountId,
    pub(super) said: Option<Choice>,
    before: Option<Choice>,
}

impl Guide {
    /// Takes the person's word about an account's place.
    ///
    /// # Errors
    /// [`AppError::NotNow`] on any other screen than the accounts and while a file is read;
    /// [`AppError::NoSuchAccount`]; [`AppError::NotADay`] for a day that is none, or not to come.
    pub async fn choose_in_plan(&self, account: &str, answer: PlanAnswer) -> Result<(), AppError> {
        let said = choice_of(&answer, day_of(unix_now()))?;
        let account = self.shared.read(|state, _| account_of(state, account))?;
        self.settle(account, said, move |state, account, before| {
            state.last_undo += 1;
            let undo = Undo { id: state.last_undo, account, said, before };
            if let Some(desk) = &mut state.desk {
                desk.undo = Some(undo);
            }
        })
        .await
    }

    /// Takes the person's last word about the plan back.
    ///
    /// # Errors
    /// [`AppError::NotNow`] as above, and where it is not the last one or was taken back already.
    pub async fn undo_plan_choice(&self, id: u32) -> Result<(), AppError> {
        let undo = self.shared.read(|state, _| {
            let undo = desk_of(state)?.undo.clone().filter(|undo| undo.id == id);
            undo.ok_or(AppError::NotNow)
        })?;
        self.settle(undo.account, undo.before, |state, _, _| {
            if let Some(desk) = &mut state.desk {
                desk.undo = None;
            }
        })
        .await
    }

    /// What is known of an account's site. Nothing is fetched for it.
    ///
    /// # Errors
    /// [`AppError::NotNow`] on any other screen than the accounts, and [`AppError::NoSuchAccount`].
    pub fn about_site(&self, account: &str) -> Result<SiteView, AppError> {
        self.shared.read(|state, _| {
            let (Showing::Accounts { .. }, Some(desk)) = (&state.screen, &state.desk) else {
                return Err(AppError::NotNow);
            };
            let unknown = || AppError::NoSuchAccount { name: account.to_owned() };
            let id = AccountId::parse(account).ok_or_else(unknown)?;
            site(desk, id, unix_now(), &state.texts).ok_or_else(unknown)
        })
    }

    /// Takes the watch's news away, for good.
    ///
    /// # Errors
    /// [`AppError::Write`] where that cannot be kept: then they are told again next time.
    pub async fn dismiss_news(&self) -> Result<(), AppError> {
        let told = self.shared.change(|state| {
            let desk = state.desk.as_mut()?;
            Some((std::mem::take(&mut desk.news), desk.profile.clone()))
        });
        let Some((sites, profile)) = told else { return Ok(()) };
        let sites: Vec<String> = sites.iter().map(ToString::to_string).collect();
        blocking(move || Settings::change(&profile, |settings| settings.told.extend(sites)).map(|_| ())).await
    }

    async fn settle(
        &self,
        account: AccountId,
        choice: Option<Choice>,
        then: impl FnOnce(&mut State, AccountId, Option<Choice>) + Send + 'static,
    ) -> Result<(), AppError> {
        let (sitting, session) = self.shared.read(|state, _| {
            let desk = desk_of(state)?;
            Ok::<_, AppError>((state.sitting, Arc::clone(&desk.session)))
        })?;
        let guide = self.clone();
        blocking(move || {
            let mut session = session.blocking_lock();
            let before = session.choose(account, choice, unix_now())?;
            guide.shared.change(|state| {
                if state.sitting != sitting {
                    return Ok(());
                }
                then(state, account, before);
                state.desk.as_mut().map_or(Ok(()), |desk| desk.take_stock(&session))
            })
        })
        .await
    }
}

impl Desk {
    /// Reads anew from the ledger how the vaults' accounts stand, and in which order.
    pub(super) fn take_stock(&mut self, session: &Session) -> Result<(), AppError> {
        let vaults = self.vaults.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = rows(session, &vaults)?;
        drop(vaults);
        let shown: HashSet<AccountId> = rows.iter().map(|row| row.id).collect();
        let mut planned = session.plan(&self.directory, &self.live, unix_now())?;
        // Places count what is in sight: the ledger may know accounts of vaults that are not open.
        planned.retain(|planned| shown.contains(&planned.account));
        for (place, planned) in (1..).zip(&mut planned) {
            planned.place = place;
        }
        (self.rows, self.planned) = (rows, planned);
        Ok(())
    }
}

fn account_of(state: &State, account: &str) -> Result<AccountId, AppError> {
    let desk = desk_of(state)?;
    let id = AccountId::parse(account).filter(|id| desk.row(*id).is_some());
    id.ok_or_else(|| AppError::NoSuchAccount { name: account.to_owned() })
}

fn choice_of(answer: &PlanAnswer, today: u32) -> Result<Option<Choice>, AppError> {
    Ok(match answer {
        PlanAnswer::Pin => Some(Choice::Pinned),
        PlanAnswer::PostponeWeek => Some(Choice::Postponed { until_day: today + WEEK }),
        PlanAnswer::PostponeMonth => Some(Choice::Postponed { until_day: today + MONTH }),
        PlanAnswer::PostponeUntil { date } => {
            let until_day =
                day_of_date(date).filter(|day| *day > today).ok_or_else(|| AppError::NotADay { text: date.clone() })?;
            Some(Choice::Postponed { until_day })
        }
        PlanAnswer::LeaveOut => Some(Choice::Ignored),
        PlanAnswer::BringBack => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_one_that_is_to_come() {
        let until = |date: &str| choice_of(&PlanAnswer::PostponeUntil { date: date.into() }, 20_000);
        // 20,000 days after 1970-01-01.
        for (date, expect) in [
            ("2024-10-05", Some(20_001)),
            (" 2024-10-05 ", Some(20_001)),
            ("2024-10-04", None),
            ("1969-12-31", None),
            ("2025-02-30", None),
            ("05/10/2024", None),
            ("", None),
        ] {
            let expect = expect.map(|until_day| Choice::Postponed { until_day });
            assert_eq!(until(date).ok().flatten(), expect, "{date}");
        }
        assert!(matches!(choice_of(&PlanAnswer::PostponeWeek, 5), Ok(Some(Choice::Postponed { until_day: 12 }))));
        assert!(matches!(choice_of(&PlanAnswer::BringBack, 5), Ok(None)));
    }
}
