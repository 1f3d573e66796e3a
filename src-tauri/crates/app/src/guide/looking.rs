//! What may leave the computer: the switches, and looking again, on the person's word or once a week.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use rekey_ledger::unix_now;
use rekey_lookup::{Consent, LookUp, Progress};
use rekey_sites::Directory;
use tokio::sync::Notify;

use super::Guide;
use super::opening::blocking;
use super::settling::desk_of;
use super::state::{Desk, Said, State};
use super::view_plan::LookUpName;
use crate::plan::LiveFacts;
use crate::text::Texts;
use crate::{AccountId, AppError, Check, CheckStage, Checked, NewsRow, Profile, Session, Settings};

/// Between two times that a view tells how far a check is.
const BEAT: Duration = Duration::from_millis(150);
/// Between two times that it is asked whether the watch is due.
const WATCH_BEAT: Duration = Duration::from_secs(3600);

/// A check that goes on.
pub(super) struct Checking {
    pub(super) stage: CheckStage,
    pub(super) progress: Progress,
    consent: Consent,
    cancel: Arc<Notify>,
}

/// What a person may switch, and what became of the last check.
#[derive(Default)]
pub(super) struct LookUps {
    pub(super) settings: Settings,
    pub(super) checking: Option<Checking>,
    pub(super) checked: Option<Checked>,
    /// Why the last check came to nothing.
    pub(super) problem: Option<Said>,
}

impl LookUps {
    /// As the profile has it, where there is a profile already.
    pub(super) fn of(profile: Option<&std::path::Path>) -> Self {
        let folder = profile.map(std::path::Path::to_owned).or_else(Profile::default_folder);
        let there = folder.filter(|folder| folder.is_dir());
        let profile = there.and_then(|folder| Profile::open(Some(&folder)).ok());
        Self { settings: profile.map(|profile| Settings::of(&profile)).unwrap_or_default(), ..Self::default() }
    }

    /// Wants no more of the check that goes on.
    pub(super) fn cancel(&self) {
        if let Some(checking) = &self.checking {
            checking.cancel.notify_one();
        }
    }
}

impl LookUpName {
    /// The look-up of this name.
    pub(super) fn look_up(self) -> LookUp {
        match self {
            Self::Refresh => LookUp::Refresh,
            Self::AskSites => LookUp::AskSites,
            Self::Breaches => LookUp::Breaches,
        }
    }
}

impl Guide {
    /// Switches a look-up on or off, for one that goes on as well.
    ///
    /// # Errors
    /// [`AppError::NotNow`] in practice; [`AppError::Write`] where it cannot be kept: then it stays as it was.
    pub async fn switch_look_up(&self, name: LookUpName, on: bool) -> Result<(), AppError> {
        if !on {
            // Off at once, whatever becomes of the file.
            self.shared.read(|state, _| {
                if let Some(checking) = &state.look_ups.checking {
                    checking.consent.switch(name.look_up(), false);
                }
            });
        }
        self.set(move |settings| settings.switch(name.look_up(), on)).await
    }

    /// Has the look-ups that are on made again each week, or no more.
    ///
    /// # Errors
    /// As for [`Self::switch_look_up`].
    pub async fn watch_weekly(&self, on: bool) -> Result<(), AppError> {
        self.set(move |settings| settings.watch = on).await
    }

    /// Makes the look-ups that are on. Returns when they are under way; what becomes of them the view says.
    ///
    /// # Errors
    /// [`AppError::NotNow`] in practice, on any other screen than the accounts, while a file is read or its passwords
    /// are judged, and where a check goes on; [`AppError::NothingSwitchedOn`].
    pub async fn check_now(&self) -> Result<(), AppError> {
        self.read_settings().await?;
        let (sitting, cancel) = self.shared.try_change(|state| {
            let desk = desk_of(state)?;
            if state.practice.is_some() || state.look_ups.checking.is_some() || desk.judging.is_some() {
                return Err(AppError::NotNow);
            }
            let consent = state.look_ups.settings.consent();
            if !LookUp::ALL.into_iter().any(|look_up| consent.is_on(look_up)) {
                return Err(AppError::NothingSwitchedOn);
            }
            let cancel = Arc::new(Notify::new());
            let progress = Progress { done: 0, total: 0 };
            state.look_ups.problem = None;
            state.look_ups.checking =
                Some(Checking { stage: CheckStage::Refresh, progress, consent, cancel: Arc::clone(&cancel) });
            Ok((state.sitting, cancel))
        })?;
        let guide = self.clone();
        tokio::spawn(async move {
            let done = guide.ask_outside(sitting, cancel).await;
            guide.shared.change(|state| {
                if state.sitting == sitting {
                    state.look_ups.checking = None;
                    state.look_ups.problem = done.as_ref().err().map(Said::from);
                }
            });
        });
        Ok(())
    }

    /// Ends the check that goes on; what was found until then is kept.
    ///
    /// # Errors
    /// [`AppError::NotNow`] where none does.
    pub fn cancel_check(&self) -> Result<(), AppError> {
        self.shared
            .read(|state, _| state.look_ups.checking.as_ref().map(|_| state.look_ups.cancel()).ok_or(AppError::NotNow))
    }

    /// While these accounts are open, looks again once a week where the person wants it.
    pub(super) fn watch_the_sites(&self, sitting: u32) {
        let guide = self.clone();
        tokio::spawn(async move {
            while guide.shared.read(|state, _| state.sitting == sitting && state.practice.is_none()) {
                if let Err(error) = guide.read_settings().await {
                    tracing::debug!(%error, "the watch goes by the settings as they were");
                }
                let (due, judging) = guide.shared.read(|state, _| {
                    let judging = state.desk.as_ref().is_some_and(|desk| desk.judging.is_some());
                    (state.look_ups.settings.is_watch_due(unix_now()), judging)
                });
                if due && judging {
                    let mut commits = guide.watch();
                    commits.mark_unchanged();
                    let still =
                        guide.shared.read(|state, _| state.desk.as_ref().is_some_and(|desk| desk.judging.is_some()));
                    if still && commits.changed().await.is_err() {
                        return;
                    }
                    continue;
                }
                if due && let Err(error) = guide.check_now().await {
                    tracing::debug!(%error, "the watch looks later");
                }
                tokio::time::sleep(WATCH_BEAT).await;
            }
        });
    }

    async fn set(&self, change: impl FnOnce(&mut Settings) + Send + 'static) -> Result<(), AppError> {
        if self.shared.read(|state, _| state.practice.is_some()) {
            return Err(AppError::NotNow);
        }
        let profile = self.shared.host.profile.clone();
        let settings = blocking(move || Settings::change(&Profile::open(profile.as_deref())?, change)).await?;
        self.take_settings(settings);
        Ok(())
    }

    /// The settings as they stand in the profile: another window or command may have changed them.
    async fn read_settings(&self) -> Result<(), AppError> {
        if self.shared.read(|state, _| state.practice.is_some() || state.desk.is_none()) {
            return Err(AppError::NotNow);
        }
        let profile = self.shared.host.profile.clone();
        let settings = blocking(move || Ok(Settings::of(&Profile::open(profile.as_deref())?))).await?;
        self.take_settings(settings);
        Ok(())
    }

    fn take_settings(&self, settings: Settings) {
        self.shared.change(|state| {
            if let Some(checking) = &state.look_ups.checking {
                for look_up in LookUp::ALL {
                    checking.consent.switch(look_up, settings.is_on(look_up) && checking.consent.is_on(look_up));
                }
            }
            state.look_ups.settings = settings;
        });
    }

    async fn ask_outside(&self, sitting: u32, cancel: Arc<Notify>) -> Result<(), AppError> {
        let client = (self.shared.host.client)().map_err(AppError::NoLookUps)?;
        let prepared = self.shared.read(|state, _| {
            let desk = state.desk.as_ref().filter(|_| state.sitting == sitting)?;
            let settings = state.look_ups.settings.clone();
            let vaults = (Arc::clone(&desk.vaults), desk.vault_changes);
            Some((Arc::clone(&desk.session), vaults, desk.directory.clone(), settings))
        });
        let Some((session, (vaults, changes), directory, settings)) = prepared else { return Ok(()) };
        let ledger = Arc::clone(&session);
        let check = blocking(move || {
            let session = ledger.blocking_lock();
            let vaults = vaults.lock().unwrap_or_else(PoisonError::into_inner);
            Check::of(&session, &settings, &directory, Some(&vaults), unix_now())
        })
        .await?;
        self.shared.change(|state| {
            // Its switches are the ones that each request asks.
            if let Some(checking) = state.look_ups.checking.as_mut().filter(|_| state.sitting == sitting) {
                let consent = check.consent();
                for look_up in LookUp::ALL {
                    consent.switch(look_up, consent.is_on(look_up) && checking.consent.is_on(look_up));
                }
                checking.consent = consent;
            }
        });
        let mut told = None::<Instant>;
        let tell = |stage: CheckStage, progress: Progress| {
            if told.is_none_or(|told| told.elapsed() >= BEAT) || progress.done == 0 {
                told = Some(Instant::now());
                self.shared.change(|state| {
                    if let Some(checking) = state.look_ups.checking.as_mut().filter(|_| state.sitting == sitting) {
                        (checking.stage, checking.progress) = (stage, progress);
                    }
                });
            }
        };
        let mut found = check.run(&client, tell, cancel.notified()).await;
        let guide = self.clone();
        blocking(move || {
            // Vaults change under this lock only, so that what is asked now holds until the end.
            let mut session = session.blocking_lock();
            let here = guide.shared.read(|state, _| {
                let desk = state.desk.as_ref().filter(|_| state.sitting == sitting);
                let live = desk.filter(|desk| desk.vault_changes == changes).map(|desk| desk.live.clone());
                (live, Texts::new(state.texts.language()))
            });
            let (live, texts) = here;
            let same_vaults = live.is_some();
            let mut live = live.unwrap_or_default();
            if !same_vaults {
                found.forget_breaches();
            }
            let checked = session.take_in(found, &mut live, &texts)?;
            let learnt = Learnt {
                directory: session.profile.directory(unix_now()),
                settings: Settings::of(&session.profile),
                live: Some(live).filter(|_| same_vaults),
                checked,
            };
            guide.shared.change(|state| take_over(state, sitting, &session, learnt))
        })
        .await
    }
}

/// What a check left behind.
struct Learnt {
    directory: Directory,
    settings: Settings,
    /// The judgements with the breaches among them; none where the vaults are others now.
    live: Option<HashMap<AccountId, LiveFacts>>,
    checked: Checked,
}

fn take_over(state: &mut State, sitting: u32, session: &Session, learnt: Learnt) -> Result<(), AppError> {
    let Some(desk) = state.desk.as_mut().filter(|_| state.sitting == sitting) else { return Ok(()) };
    desk.show_news(&learnt.checked.news);
    if let Some(live) = learnt.live {
        desk.live = live;
    }
    desk.directory = learnt.directory;
    state.look_ups.settings = learnt.settings;
    state.look_ups.checked = Some(learnt.checked);
    desk.take_stock(session)
}

impl Desk {
    /// Shows which sites of the open accounts take passkeys now.
    pub(super) fn show_news(&mut self, news: &[NewsRow]) {
        let here = news.iter().filter(|news| self.rows.iter().any(|row| row.site == news.site));
        self.news = here.map(|news| news.site.clone()).collect();
    }
}
