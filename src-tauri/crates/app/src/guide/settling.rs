//! What the person says about the open vaults: answers to their questions, a file that goes, an export that is deleted.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rekey_journey::AccountId;
use rekey_origin::{Origin, Site};
use secrecy::SecretString;
use url::Url;

use super::Guide;
use super::opening::blocking;
use super::sheet::{Sheet, entry_key, password_keys, source_id, token_keys};
use super::state::{Desk, Exposed, Said, Showing, State};
use super::view_import::VaultAnswer;
use crate::text::{Language, Texts};
use crate::{AppError, ReadFile, Session, Vaults, delete_export};

impl Guide {
    /// Takes an answer to a question about the vaults.
    ///
    /// # Errors
    /// [`AppError::NotNow`] on any other screen than the accounts, while a file is read, and where the question is gone;
    /// [`AppError::NotASite`] for an address that is none.
    pub async fn answer_vault(&self, answer: VaultAnswer) -> Result<(), AppError> {
        match answer {
            VaultAnswer::Site { id, address } => {
                let url = address_of(&address).ok_or(AppError::NotASite { text: address })?;
                self.alter(move |vaults, _| {
                    let asked = vaults.unplaced.iter().position(|(_, entry)| entry_key(entry) == id);
                    vaults.place(asked.ok_or(AppError::NotNow)?, &url);
                    Ok(())
                })
                .await
            }
            VaultAnswer::Password { id, option } => {
                let account = id.clone();
                self.alter(move |vaults, number_of| {
                    let number = number_of(&account).ok_or(AppError::NotNow)?;
                    let keys = vaults.accounts.get(number).map(|account| password_keys(account, vaults));
                    let password = keys.unwrap_or_default().iter().position(|key| *key == option);
                    vaults.prefer(number, password.ok_or(AppError::NotNow)?);
                    Ok(())
                })
                .await?;
                self.on_desk(|desk| desk.chosen.extend([id]))
            }
            VaultAnswer::PasswordsOf { source } => {
                let number = self.desk_now(|desk| {
                    let number = desk.sheet.sources.iter().position(|known| known.id == source);
                    let number = number.ok_or(AppError::NotNow)?;
                    let settled = |ask: &&super::sheet::PasswordAsk| ask.options.iter().any(|at| at.source == number);
                    Ok((
                        number,
                        desk.sheet.passwords.iter().filter(settled).map(|ask| ask.id.clone()).collect::<Vec<_>>(),
                    ))
                });
                let (number, settled) = number?;
                self.alter(move |vaults, _| {
                    vaults.prefer_source(number);
                    Ok(())
                })
                .await?;
                self.on_desk(|desk| desk.chosen.extend(settled))
            }
            VaultAnswer::Code { id, account: None } => self.on_desk(|desk| desk.closed.extend([id])),
            VaultAnswer::Code { id, account: Some(account) } => {
                self.alter(move |vaults, number_of| {
                    let token = token_keys(vaults).iter().position(|key| *key == id);
                    let number = number_of(&account).ok_or(AppError::NotNow)?;
                    vaults.pair(token.ok_or(AppError::NotNow)?, number);
                    Ok(())
                })
                .await
            }
            VaultAnswer::Later { id } => self.on_desk(|desk| desk.put_off.extend([id])),
            VaultAnswer::AskAgain => self.on_desk(|desk| desk.put_off.clear()),
        }
    }

    /// Takes a file out of the open vaults. The last one stays: that is what leaving is for.
    ///
    /// # Errors
    /// [`AppError::NotNow`] as above, and where there is no such file.
    pub async fn remove_source(&self, id: &str) -> Result<(), AppError> {
        let id = id.to_owned();
        self.alter(move |vaults, _| {
            let number = vaults.sources.iter().position(|source| source_id(&source.path) == id);
            let number = number.filter(|_| vaults.sources.len() > 1).ok_or(AppError::NotNow)?;
            vaults.remove(number);
            Ok(())
        })
        .await
    }

    /// Deletes a plain-text file that was read, on the person's word. What is wrong is shown beside it.
    ///
    /// # Errors
    /// [`AppError::NotNow`] where there is no such file on the screen.
    pub async fn delete_export(&self, id: &str) -> Result<(), AppError> {
        let (file, vaults) = self.desk_now(|desk| {
            let exposed = desk.exposed.iter().find(|exposed| exposed.id == id && !exposed.deleted);
            let file = exposed.map(|exposed| exposed.file.clone()).ok_or(AppError::NotNow)?;
            Ok((file, Arc::clone(&desk.vaults)))
        })?;
        let done = blocking(move || {
            let vaults = vaults.lock().unwrap_or_else(PoisonError::into_inner);
            let source = vaults.sources.iter().find(|source| source.path == file).cloned();
            drop(vaults);
            delete_export(&source.ok_or(AppError::ExportChanged { path: file })?)
        })
        .await;
        self.on_desk(|desk| {
            if let Some(exposed) = desk.exposed.iter_mut().find(|exposed| exposed.id == id) {
                exposed.deleted = done.is_ok();
                exposed.problem = done.as_ref().err().map(Said::from);
            }
        })
    }

    /// Takes away what is said of a plain-text file; the file stays as it is.
    ///
    /// # Errors
    /// [`AppError::NotNow`] where nothing is said of it.
    pub fn keep_export(&self, id: &str) -> Result<(), AppError> {
        self.on_desk(|desk| desk.exposed.retain(|exposed| exposed.id != id))
    }

    /// The *reveal* door: one custom field, or the notes, of one account of the run on the screen. The one way by which
    /// something secret reaches the window, at the person's request, and never as a part of a view.
    ///
    /// # Errors
    /// [`AppError::NotNow`] where no run is on the screen, or there is no such field; [`AppError::NoSuchAccount`] where
    /// the run has no such account.
    pub fn reveal(&self, account: &str, field: u32) -> Result<SecretString, AppError> {
        self.shared.read(|state, _| {
            let (Showing::Run(live), Some(desk)) = (&state.screen, &state.desk) else { return Err(AppError::NotNow) };
            let id = AccountId::parse(account).filter(|id| live.accounts.iter().any(|one| one.id == *id));
            let id = id.ok_or_else(|| AppError::NoSuchAccount { name: account.to_owned() })?;
            let number = desk.sheet.accounts.get(&id).ok_or(AppError::NotNow)?.number;
            let vaults = desk.vaults.lock().unwrap_or_else(PoisonError::into_inner);
            let account = vaults.accounts.get(number).ok_or(AppError::NotNow)?;
            let extra = usize::try_from(field).ok().and_then(|field| account.extras.get(field));
            extra.map(|extra| extra.value.clone()).ok_or(AppError::NotNow)
        })
    }

    /// One more file joins the open vaults.
    pub(super) async fn join(
        &self,
        sitting: u32,
        session: Arc<tokio::sync::Mutex<Session>>,
        vaults: Arc<Mutex<Vaults>>,
        read: ReadFile,
    ) -> Result<(), AppError> {
        self.rework(sitting, session, vaults, move |vaults, session, _| {
            vaults.add(read, &session.placements()?);
            Ok(())
        })
        .await
    }

    /// Changes the open vaults, writes down what the ledger does not know, and shows what they come to then.
    async fn alter(
        &self,
        change: impl FnOnce(&mut Vaults, &dyn Fn(&str) -> Option<usize>) -> Result<(), AppError> + Send + 'static,
    ) -> Result<(), AppError> {
        let (sitting, session, vaults) = self.shared.read(|state, _| {
            let desk = desk_of(state)?;
            Ok::<_, AppError>((state.sitting, Arc::clone(&desk.session), Arc::clone(&desk.vaults)))
        })?;
        self.rework(sitting, session, vaults, move |vaults, _, number_of| change(vaults, number_of)).await
    }

    async fn rework(
        &self,
        sitting: u32,
        session: Arc<tokio::sync::Mutex<Session>>,
        vaults: Arc<Mutex<Vaults>>,
        change: impl FnOnce(&mut Vaults, &Session, &dyn Fn(&str) -> Option<usize>) -> Result<(), AppError> + Send + 'static,
    ) -> Result<(), AppError> {
        let guide = self.clone();
        blocking(move || {
            let mut session = session.blocking_lock();
            let numbers = guide.shared.read(|state, _| {
                let noted = state.desk.iter().flat_map(|desk| &desk.sheet.accounts);
                noted.map(|(id, noted)| (id.to_string(), noted.number)).collect::<std::collections::HashMap<_, _>>()
            });
            let import = {
                let mut vaults = vaults.lock().unwrap_or_else(PoisonError::into_inner);
                change(&mut vaults, &session, &|id| numbers.get(id).copied())?;
                // The problems' words are made when they are drawn.
                session.import(&vaults, false, &Texts::new(Language::default()))?
            };
            guide.shared.change(|state| {
                let Some(desk) = state.desk.as_mut().filter(|_| state.sitting == sitting) else { return Ok(()) };
                let vaults = desk.vaults.lock().unwrap_or_else(PoisonError::into_inner);
                let sheet = Sheet::of(&vaults, &session, Some(&desk.sheet), &import);
                drop(vaults);
                desk.sheet = sheet;
                desk.vault_changes += 1;
                desk.take_stock(&session)
            })
        })
        .await?;
        self.judge();
        Ok(())
    }

    fn desk_now<R>(&self, look: impl FnOnce(&Desk) -> Result<R, AppError>) -> Result<R, AppError> {
        self.shared.read(|state, _| look(desk_of(state)?))
    }

    fn on_desk(&self, change: impl FnOnce(&mut Desk)) -> Result<(), AppError> {
        self.shared.try_change(|state| match (&state.screen, &mut state.desk) {
            (Showing::Accounts { .. }, Some(desk)) => {
                change(desk);
                Ok(())
            }
            _ => Err(AppError::NotNow),
        })
    }
}

impl Desk {
    /// A plain-text file was read: the person may want to be rid of it.
    pub(super) fn expose(&mut self, file: PathBuf) {
        let id = source_id(&file);
        self.exposed.retain(|exposed| exposed.id != id);
        self.exposed.push(Exposed { id, file, deleted: false, problem: None });
    }
}

/// The desk, where what is on it may be changed.
pub(super) fn desk_of(state: &State) -> Result<&Desk, AppError> {
    match (&state.screen, &state.desk, &state.reading) {
        (Showing::Accounts { busy: false }, Some(desk), None) => Ok(desk),
        _ => Err(AppError::NotNow),
    }
}

/// What a person writes for a site: an address, or a domain.
fn address_of(text: &str) -> Option<Url> {
    let text = text.trim();
    let url = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let origin = Origin::of(&url).ok()?;
    let is_one = origin.host().is_loopback() || Site::of(&origin).as_str().contains('.');
    is_one.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_an_address_or_a_domain() {
        for (text, expect) in [
            ("example.com", Some("https://example.com/")),
            (" https://www.example.com/in?x=1 ", Some("https://www.example.com/in?x=1")),
            ("localhost:7353", Some("https://localhost:7353/")),
            ("example", None),
            ("ftp://example.com", None),
            ("javascript:alert(1)", None),
            ("not a site", None),
            ("", None),
        ] {
            assert_eq!(address_of(text).as_ref().map(Url::as_str), expect, "{text}");
        }
    }
}
