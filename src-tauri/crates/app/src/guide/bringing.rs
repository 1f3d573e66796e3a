//! Files on their way in: one after the other, each looked at, unlocked or charted where it must be, and read.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rekey_vault::{Preview, Progress, ReadError};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Notify;

use super::Guide;
use super::opening::blocking;
use super::state::{Charting, Queue, Reading, Said, Showing, Unlocking};
use crate::{AppError, Look, Profile, ReadFile, ReadRequest, VaultReader, look_at};

/// Between two times that a view tells how far a reading is.
const BEAT: Duration = Duration::from_millis(150);

/// Why nothing was read.
pub(super) enum Unread {
    /// The person wants no more of it.
    Cancelled,
    Failed(AppError),
}

impl Guide {
    /// A file hovers over the window, or no more.
    pub fn hover(&self, over: bool) {
        self.shared.change(|state| state.dropping = over && state.screen.takes_files() && state.practice.is_none());
    }

    /// Takes files that the person dropped, picked or named, one after the other. What is wrong with one is shown on the
    /// screen. Returns when something waits for the person, or all are dealt with.
    ///
    /// # Errors
    /// [`AppError::NotNow`] in practice, while a file is read, and during a run.
    pub async fn bring(&self, files: Vec<PathBuf>) -> Result<(), AppError> {
        let sitting = self.shared.try_change(|state| {
            if files.is_empty() || state.practice.is_some() || state.reading.is_some() || !state.screen.takes_files() {
                return Err(AppError::NotNow);
            }
            state.dropping = false;
            state.queue = Queue::of(files);
            if let Some(desk) = &mut state.desk {
                desk.problem = None;
            }
            Ok(state.sitting)
        })?;
        self.go_on(sitting).await;
        Ok(())
    }

    /// Goes on without the file on the screen.
    ///
    /// # Errors
    /// [`AppError::NotNow`] where no file waits for the person.
    pub async fn skip_file(&self) -> Result<(), AppError> {
        let sitting = self.shared.try_change(|state| match &state.screen {
            Showing::Unlock(Unlocking { busy: false, .. }) | Showing::Columns(Charting { busy: false, .. })
                if state.practice.is_none() =>
            {
                Ok(state.sitting)
            }
            _ => Err(AppError::NotNow),
        })?;
        self.go_on(sitting).await;
        Ok(())
    }

    /// Ends the reading that is under way.
    ///
    /// # Errors
    /// [`AppError::NotNow`] where none is.
    pub fn cancel_reading(&self) -> Result<(), AppError> {
        self.shared.read(|state, _| {
            let reading = state.reading.as_ref().ok_or(AppError::NotNow)?;
            reading.cancel.notify_one();
            Ok(())
        })
    }

    /// Opens a vault that asks for much, with what was presented for it.
    ///
    /// # Errors
    /// [`AppError::NotNow`] where there is no such vault.
    pub async fn try_anyway(&self) -> Result<(), AppError> {
        let presented = self.shared.try_change(|state| match &mut state.screen {
            Showing::Unlock(unlocking) if !unlocking.busy => unlocking.costly.take().ok_or(AppError::NotNow),
            _ => Err(AppError::NotNow),
        })?;
        self.unlock(presented, true).await
    }

    /// Opens the vault on the screen. What is wrong with the password is shown there.
    pub(super) async fn unlock(&self, password: SecretString, patient: bool) -> Result<(), AppError> {
        let (sitting, request) = self.shared.try_change(|state| {
            let practice = state.practice.is_some();
            match &mut state.screen {
                Showing::Unlock(unlocking) if !unlocking.busy => {
                    (unlocking.busy, unlocking.problem, unlocking.costly) = (true, None, None);
                    let key_file = unlocking.key_file.clone();
                    // A key file may open a vault by itself.
                    let alone = key_file.is_some() && password.expose_secret().is_empty();
                    let format = unlocking.found.map(|found| found.format);
                    let path = unlocking.vault.clone();
                    if !practice {
                        state.reading = Some(Reading::of(path.clone()));
                    }
                    let kept = Some(password.clone()).filter(|_| !alone);
                    Ok((
                        state.sitting,
                        ReadRequest { path, password: kept, key_file, format, patient, ..ReadRequest::default() },
                    ))
                }
                _ => Err(AppError::NotNow),
            }
        })?;
        match self.read_and_take(sitting, request).await {
            Ok(()) => self.go_on(sitting).await,
            Err(unread) => self.shared.change(|state| match &mut state.screen {
                Showing::Unlock(unlocking) if state.sitting == sitting => {
                    unlocking.busy = false;
                    if let Unread::Failed(error) = unread {
                        let costly = matches!(error, AppError::Vault(ReadError::TooCostly { .. })) && !patient;
                        unlocking.costly = costly.then_some(password);
                        unlocking.problem = Some(Said::from(&error));
                    }
                }
                _ => {}
            }),
        }
        Ok(())
    }

    /// Reads the table on the screen with the columns as they were said to be, which is remembered.
    ///
    /// # Errors
    /// [`AppError::NotNow`] where there is no such table, or something is missing yet.
    pub async fn read_columns(&self) -> Result<(), AppError> {
        let (sitting, request, heading) = self.shared.try_change(|state| match &mut state.screen {
            Showing::Columns(charting) if !charting.busy && charting.missing().is_none() => {
                (charting.busy, charting.problem) = (true, None);
                state.reading = Some(Reading::of(charting.file.clone()));
                let mapping = Some(charting.mapping.clone());
                let request = ReadRequest { mapping, ..ReadRequest::new(&charting.file) };
                Ok((state.sitting, request, charting.preview.heading_key.clone()))
            }
            _ => Err(AppError::NotNow),
        })?;
        let mapping = request.mapping.clone();
        match self.read_and_take(sitting, request).await {
            Ok(()) => {
                if let Some((heading, mapping)) = heading.zip(mapping) {
                    let profile = self.shared.host.profile.clone();
                    let kept = move || Profile::open(profile.as_deref())?.remember_columns(&heading, &mapping);
                    if let Err(error) = blocking(kept).await {
                        tracing::info!(%error, "what the columns are is not remembered");
                    }
                }
                self.go_on(sitting).await;
            }
            Err(unread) => self.shared.change(|state| match &mut state.screen {
                Showing::Columns(charting) if state.sitting == sitting => {
                    charting.busy = false;
                    if let Unread::Failed(error) = unread {
                        charting.problem = Some(Said::from(&error));
                    }
                }
                _ => {}
            }),
        }
        Ok(())
    }

    /// Takes on the next file of the queue, until one waits for the person or none is left.
    async fn go_on(&self, sitting: u32) {
        loop {
            let next = self.shared.change(|state| {
                if state.sitting != sitting {
                    return None;
                }
                let next = state.queue.next();
                let problem = if next.is_none() { state.queue.problem.take() } else { None };
                state.reading = next.clone().map(Reading::of);
                state.screen = match &mut state.desk {
                    Some(desk) => {
                        desk.problem = problem;
                        Showing::Accounts { busy: false }
                    }
                    None => Showing::Welcome { busy: next.is_some(), problem },
                };
                next.zip(state.reading.as_ref().map(|reading| Arc::clone(&reading.cancel)))
            });
            let Some((file, cancel)) = next else { return };
            match self.look(&file, &cancel).await {
                Ok(Some(screen)) => {
                    return self.shared.change(|state| {
                        if state.sitting == sitting {
                            (state.screen, state.reading) = (screen, None);
                        }
                    });
                }
                Ok(None) => {
                    if let Err(Unread::Failed(error)) = self.read_and_take(sitting, ReadRequest::new(&file)).await {
                        self.shared.change(|state| state.queue.fail(&file, &error));
                    }
                }
                Err(Unread::Failed(error)) => self.shared.change(|state| state.queue.fail(&file, &error)),
                Err(Unread::Cancelled) => {}
            }
        }
    }

    /// What must be asked before a file can be read; nothing for most exports.
    async fn look(&self, file: &std::path::Path, cancel: &Notify) -> Result<Option<Showing>, Unread> {
        let profile = self.shared.host.profile.clone();
        let path = file.to_owned();
        let looked = blocking(move || {
            let look = look_at(&path)?;
            let known = match &look.preview {
                Some(Preview { heading_key: Some(heading), guess, .. }) => Profile::open(profile.as_deref())?
                    .columns(heading)
                    .filter(|known| known.columns.len() == guess.columns.len()),
                _ => None,
            };
            Ok((look, known))
        });
        let (look, known): (Look, _) = unless_cancelled(cancel, looked).await?;
        let is_locked = look.is_locked();
        match (look.found, look.preview) {
            (Some(_), _) if !is_locked => Ok(None),
            (Some(found), _) => Ok(Some(Showing::Unlock(Unlocking::new(file.to_owned(), Some(found))))),
            (None, Some(preview)) => {
                let mapping = known.unwrap_or_else(|| preview.guess.clone());
                let file = file.to_owned();
                Ok(Some(Showing::Columns(Charting { file, preview, mapping, busy: false, problem: None })))
            }
            (None, None) => Err(Unread::Failed(ReadError::UnknownFormat.into())),
        }
    }

    async fn read_and_take(&self, sitting: u32, request: ReadRequest) -> Result<(), Unread> {
        let (practice, cancel) = self.shared.read(|state, _| {
            let cancel = state.reading.as_ref().map(|reading| Arc::clone(&reading.cancel));
            (state.practice.is_some(), cancel.unwrap_or_default())
        });
        let told = Mutex::new(None::<Instant>);
        let tell = |progress: Progress| {
            let Ok(mut last) = told.lock() else { return };
            if last.is_none_or(|last| last.elapsed() >= BEAT) {
                *last = Some(Instant::now());
                self.shared.change(|state| {
                    if let Some(reading) = state.reading.as_mut().filter(|_| state.sitting == sitting) {
                        reading.progress = Some(progress);
                    }
                });
            }
        };
        // Rekey made the practice vault itself.
        let here = VaultReader::Here;
        let reader = if practice { &here } else { &self.shared.host.reader };
        let read = unless_cancelled(&cancel, reader.read(request, tell)).await;
        let taken = match read {
            Ok(read) => self.take_in(sitting, read).await.map_err(Unread::Failed),
            Err(unread) => Err(unread),
        };
        self.shared.change(|state| {
            if state.sitting == sitting {
                state.reading = None;
            }
        });
        taken
    }

    /// A file was read: it joins those on the desk.
    async fn take_in(&self, sitting: u32, read: ReadFile) -> Result<(), AppError> {
        let (path, is_plain_text) = (read.path.clone(), read.is_plain_text);
        let desk = self.shared.read(|state, _| {
            let desk = state.desk.as_ref()?;
            Some((Arc::clone(&desk.session), Arc::clone(&desk.vaults)))
        });
        match desk {
            Some((session, vaults)) => self.join(sitting, session, vaults, read).await?,
            None => self.sit_down(sitting, read).await?,
        }
        self.shared.change(|state| {
            if state.sitting == sitting
                && state.practice.is_none()
                && is_plain_text
                && let Some(desk) = &mut state.desk
            {
                desk.expose(path);
            }
        });
        Ok(())
    }
}

/// What comes of it, unless the person wants no more of it first. What is dropped ends.
async fn unless_cancelled<T>(cancel: &Notify, work: impl Future<Output = Result<T, AppError>>) -> Result<T, Unread> {
    tokio::select! {
        biased;
        () = cancel.notified() => Err(Unread::Cancelled),
        done = work => done.map_err(Unread::Failed),
    }
}
