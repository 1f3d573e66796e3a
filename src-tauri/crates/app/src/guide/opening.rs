//! From nothing to a vault's accounts, and back.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use rekey_browser::own_browser;
use rekey_ledger::unix_now;
use secrecy::SecretString;
use uuid::Uuid;

use super::Guide;
use super::sheet::Sheet;
use super::state::{Choices, Desk, OwnBrowserFound, Queue, Said, Showing, Unlocking};
use super::view::{BrowserKind, Verification};
use crate::text::{Language, Texts};
use crate::{AppError, Assist, ImportSummary, Profile, ReadFile, Session, Settings, Vaults};

impl Guide {
    /// Starts a practice site with a vault, a ledger and a store of its own, made afresh.
    ///
    /// # Errors
    /// [`AppError::NotNow`] on any other screen than the first.
    pub async fn start_practice(&self) -> Result<(), AppError> {
        let sitting = self.shared.try_change(|state| match &mut state.screen {
            Showing::Welcome { busy: busy @ false, problem, .. } => {
                (*busy, *problem) = (true, None);
                Ok(state.sitting)
            }
            _ => Err(AppError::NotNow),
        })?;
        let profile = self.shared.host.profile.clone();
        let started = match blocking(move || new_practice_folder(profile.as_deref())).await {
            Ok(folder) => (self.shared.host.practice)(folder).await,
            Err(error) => Err(error),
        };
        self.shared.change(|state| match started {
            // A site that comes too late ends by being dropped.
            _ if state.sitting != sitting => {}
            Ok(site) => {
                state.screen = Showing::Unlock(Unlocking::new(site.vault.clone(), None));
                state.practice = Some(site);
            }
            Err(error) => state.screen = Showing::welcome(Some(Said::from(&error))),
        });
        Ok(())
    }

    /// The key file that goes with the vault; `None` forgets it.
    ///
    /// # Errors
    /// [`AppError::NotNow`] on any other screen than the one that unlocks.
    pub fn set_key_file(&self, path: Option<PathBuf>) -> Result<(), AppError> {
        self.shared.try_change(|state| match &mut state.screen {
            Showing::Unlock(unlocking) if !unlocking.busy => {
                (unlocking.key_file, unlocking.problem, unlocking.costly) = (path, None, None);
                Ok(())
            }
            _ => Err(AppError::NotNow),
        })
    }

    /// Opens the practice vault, whose password is known here.
    ///
    /// # Errors
    /// [`AppError::NotNow`] where no practice vault is to be opened.
    pub async fn unlock_practice(&self) -> Result<(), AppError> {
        let password = self.shared.read(|state, _| state.practice.as_ref().map(|site| site.password.clone()));
        self.unlock(password.ok_or(AppError::NotNow)?, false).await
    }

    /// Forgets the vaults with all their secrets, closes the store and ends the practice site.
    ///
    /// # Errors
    /// [`AppError::NotNow`] while a run goes on or is about to begin.
    pub async fn leave(&self) -> Result<(), AppError> {
        let (desk, practice) = self.shared.try_change(|state| {
            match &state.screen {
                Showing::Accounts { busy: true } => return Err(AppError::NotNow),
                Showing::Run(live) if !live.is_over() => return Err(AppError::NotNow),
                _ => {}
            }
            state.sitting += 1;
            state.look_ups.cancel();
            (state.look_ups.checking, state.look_ups.checked, state.look_ups.problem) = (None, None, None);
            state.screen = Showing::welcome(None);
            state.queue = Queue::default();
            if let Some(reading) = state.reading.take() {
                reading.cancel.notify_one();
            }
            Ok((state.desk.take(), state.practice.take()))
        })?;
        drop(desk);
        if let Some(practice) = practice {
            practice.stop.await;
        }
        Ok(())
    }

    /// The first vault is open: its accounts fill the window.
    pub(super) async fn sit_down(&self, sitting: u32, read: ReadFile) -> Result<(), AppError> {
        let practice = self.shared.read(|state, _| state.practice.is_some());
        let profile = self.shared.host.profile.clone();
        let embedded = self.shared.host.embedded.is_some();
        let desk = blocking(move || {
            let profile = if practice { Some(practice_folder(profile.as_deref())?) } else { profile };
            let mut session = Session::open(profile.as_deref())?;
            let mut vaults = Vaults::default();
            vaults.add(read, &session.placements()?);
            // The problems' words are made when they are drawn.
            let import = session.import(&vaults, false, &Texts::new(Language::default()))?;
            Desk::new(session, vaults, &import, practice, embedded)
        })
        .await?;
        self.shared.change(|state| {
            if state.sitting == sitting {
                state.desk = Some(desk);
            }
        });
        self.judge();
        self.watch_the_sites(sitting);
        self.look_for_browsers();
        Ok(())
    }

    /// Starts each installed browser once to ask its version, so it is done once, and nobody waits for it.
    fn look_for_browsers(&self) {
        let first = self.shared.change(|state| {
            let first = state.own_browser == OwnBrowserFound::NotLooked;
            if first {
                state.own_browser = OwnBrowserFound::Looking;
            }
            first
        });
        if first {
            let guide = self.clone();
            tokio::spawn(async move {
                let found = own_browser::discover().await.into_iter().next();
                let found = found.map_or(OwnBrowserFound::None, |found| {
                    OwnBrowserFound::Found(format!("{} {}", found.product, found.version).trim_end().to_owned())
                });
                guide.shared.change(|state| state.own_browser = found);
            });
        }
    }
}

impl Desk {
    fn new(
        session: Session,
        vaults: Vaults,
        import: &ImportSummary,
        practice: bool,
        embedded: bool,
    ) -> Result<Self, AppError> {
        let mut desk = Self {
            sheet: Sheet::of(&vaults, &session, None, import),
            vaults: Arc::new(Mutex::new(vaults)),
            problem: None,
            exposed: Vec::new(),
            put_off: HashSet::new(),
            closed: HashSet::new(),
            chosen: HashSet::new(),
            store_is_there: session.profile.store().exists(),
            lock_after_minutes: Settings::of(&session.profile).lock_after_minutes.0,
            profile: session.profile.clone(),
            rows: Vec::new(),
            planned: Vec::new(),
            directory: session.profile.directory(unix_now()),
            live: HashMap::new(),
            judging: None,
            undo: None,
            vault_changes: 0,
            news: Vec::new(),
            session: Arc::new(tokio::sync::Mutex::new(session)),
            store: None,
            store_used: SystemTime::UNIX_EPOCH,
            choices: Choices {
                assist: if practice { Assist::Auto } else { Assist::Assist },
                browser: if embedded { BrowserKind::Embedded } else { BrowserKind::Own },
                verification: Verification::QuarterHour,
            },
            practice_passphrase: practice.then(|| SecretString::from(Uuid::new_v4().to_string())),
        };
        let session = Arc::clone(&desk.session);
        let session = session.blocking_lock();
        desk.take_stock(&session)?;
        desk.show_news(&session.untold_news(&desk.directory, &Settings::of(&session.profile))?);
        Ok(desk)
    }
}

/// What takes time or reads files, off the threads that answer the window.
pub(super) async fn blocking<R: Send + 'static>(
    work: impl FnOnce() -> Result<R, AppError> + Send + 'static,
) -> Result<R, AppError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(AppError::unexpected(error)))
}

fn practice_folder(profile: Option<&Path>) -> Result<PathBuf, AppError> {
    Ok(Profile::open(profile)?.folder().join("practice"))
}

fn new_practice_folder(profile: Option<&Path>) -> Result<PathBuf, AppError> {
    let folder = practice_folder(profile)?;
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(AppError::folder(&folder, error)),
        _ => {}
    }
    Ok(Profile::open(Some(&folder))?.folder().to_owned())
}
