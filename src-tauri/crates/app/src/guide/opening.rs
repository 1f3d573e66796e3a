//! From nothing to a vault's accounts, and back.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rekey_browser::own_browser;
use rekey_vault::ReadError;
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use super::Guide;
use super::state::{Choices, Desk, OwnBrowserFound, Said, Showing, Unlocking};
use super::view::{BrowserKind, Verification};
use crate::text::{Language, Texts};
use crate::{AppError, Assist, Profile, ReadRequest, Session, Vaults, look_at};

/// What opening a vault gives.
struct Opened {
    vault: Vaults,
    session: Session,
    new: usize,
}

impl Guide {
    /// A file hovers over the window, or no more.
    pub fn hover(&self, over: bool) {
        self.shared.change(|state| {
            if let Showing::Welcome { dropping, .. } = &mut state.screen {
                *dropping = over;
            }
        });
    }

    /// Takes a vault file that the person dropped, picked or named. What is wrong with it is shown on the screen.
    ///
    /// # Errors
    /// [`AppError::NotNow`] on any other screen than the first two.
    pub async fn bring(&self, vault: PathBuf) -> Result<(), AppError> {
        let sitting = self.shared.try_change(|state| {
            match &state.screen {
                Showing::Welcome { busy: false, .. } => {}
                Showing::Unlock(Unlocking { busy: false, .. }) if state.practice.is_none() => {}
                _ => return Err(AppError::NotNow),
            }
            state.screen = Showing::Welcome { dropping: false, busy: true, problem: None };
            Ok(state.sitting)
        })?;
        let file = vault.clone();
        let profile = self.shared.host.profile.clone();
        let looked = blocking(move || match look_at(&file)? {
            look if look.found.is_none() => Err(ReadError::UnknownFormat.into()),
            look if look.is_locked() => Ok(None),
            _ => open(profile.as_deref(), &file, None, None).map(Some),
        })
        .await;
        match looked {
            Ok(Some(opened)) => self.sit_down(sitting, vault, opened).await,
            Ok(None) => self.show(sitting, Showing::Unlock(Unlocking::new(vault))),
            Err(error) => self.show(sitting, Showing::welcome(Some(Said::from(&error)))),
        }
        Ok(())
    }

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
                state.screen = Showing::Unlock(Unlocking::new(site.vault.clone()));
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
                (unlocking.key_file, unlocking.problem) = (path, None);
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
        self.unlock(password.ok_or(AppError::NotNow)?).await
    }

    /// Opens the vault. What is wrong with the password is shown on the screen.
    pub(super) async fn unlock(&self, password: SecretString) -> Result<(), AppError> {
        let (sitting, vault, key_file, practice) = self.shared.try_change(|state| match &mut state.screen {
            Showing::Unlock(unlocking) if !unlocking.busy => {
                (unlocking.busy, unlocking.problem) = (true, None);
                let practice = state.practice.is_some();
                Ok((state.sitting, unlocking.vault.clone(), unlocking.key_file.clone(), practice))
            }
            _ => Err(AppError::NotNow),
        })?;
        let (file, profile) = (vault.clone(), self.shared.host.profile.clone());
        // A key file may open a vault by itself.
        let password = Some(password).filter(|text| key_file.is_none() || !text.expose_secret().is_empty());
        let opened = blocking(move || {
            let profile = if practice { Some(practice_folder(profile.as_deref())?) } else { profile };
            open(profile.as_deref(), &file, password, key_file.as_deref())
        })
        .await;
        match opened {
            Ok(opened) => self.sit_down(sitting, vault, opened).await,
            Err(error) => self.shared.change(|state| match &mut state.screen {
                Showing::Unlock(unlocking) if state.sitting == sitting => {
                    (unlocking.busy, unlocking.problem) = (false, Some(Said::from(&error)));
                }
                _ => {}
            }),
        }
        Ok(())
    }

    /// Forgets the vault with all its secrets, closes the store and ends the practice site.
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
            state.screen = Showing::welcome(None);
            Ok((state.desk.take(), state.practice.take()))
        })?;
        drop(desk);
        if let Some(practice) = practice {
            practice.stop.await;
        }
        Ok(())
    }

    /// The vault is open: its accounts fill the window.
    async fn sit_down(&self, sitting: u32, file: PathBuf, opened: Opened) {
        let Opened { vault, session, new } = opened;
        let rows = rows(&session, &vault);
        let profile = session.profile.clone();
        let embedded = self.shared.host.embedded.is_some();
        let store_is_there = profile.store().exists();
        self.shared.change(|state| {
            if state.sitting != sitting {
                return;
            }
            let practice = state.practice.is_some();
            let rows = rows.unwrap_or_else(|error| {
                state.notice = Some(Said::from(&error));
                Vec::new()
            });
            state.desk = Some(Desk {
                file,
                vault,
                new,
                store_is_there,
                profile,
                session: Arc::new(tokio::sync::Mutex::new(session)),
                rows,
                store: None,
                choices: Choices {
                    assist: if practice { Assist::Auto } else { Assist::Assist },
                    browser: if embedded { BrowserKind::Embedded } else { BrowserKind::Own },
                    verification: Verification::QuarterHour,
                },
                practice_passphrase: practice.then(|| SecretString::from(Uuid::new_v4().to_string())),
            });
            state.screen = Showing::Accounts { busy: false };
        });
        self.look_for_browsers();
    }

    fn show(&self, sitting: u32, screen: Showing) {
        self.shared.change(|state| {
            if state.sitting == sitting {
                state.screen = screen;
            }
        });
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

/// What takes time or reads files, off the threads that answer the window.
pub(super) async fn blocking<R: Send + 'static>(
    work: impl FnOnce() -> Result<R, AppError> + Send + 'static,
) -> Result<R, AppError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(AppError::unexpected(error)))
}

fn open(
    profile: Option<&Path>,
    file: &Path,
    password: Option<SecretString>,
    key_file: Option<&Path>,
) -> Result<Opened, AppError> {
    let key_file = key_file.map(Path::to_owned);
    let read = ReadRequest { password, key_file, ..ReadRequest::new(file) }.read_here()?;
    let mut session = Session::open(profile)?;
    let mut vault = Vaults::default();
    vault.add(read, &session.placements()?);
    // The problems' words are made when they are drawn.
    let new = session.import(&vault, false, &Texts::new(Language::default()))?.new;
    Ok(Opened { vault, session, new })
}

/// The vault's accounts as the ledger knows them.
pub(super) fn rows(session: &Session, vault: &Vaults) -> Result<Vec<rekey_ledger::AccountView>, AppError> {
    let id = |account: &rekey_vault::Account| session.ledger.account_id(&account.site, &account.user_name);
    let views: Result<Vec<_>, AppError> =
        vault.accounts.iter().map(|account| Ok(session.ledger.account(id(account))?)).collect();
    Ok(views?.into_iter().flatten().collect())
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
