//! Runs over accounts, under the eyes of the person.

use std::sync::{Arc, PoisonError};
use std::time::SystemTime;

use rekey_authenticator::{Home, Store, StoreError};
use rekey_journey::{AccountId, Goal};
use secrecy::SecretString;

use super::Guide;
use super::host::EmbeddedOptions;
use super::live::Live;
use super::opening::blocking;
use super::prompts::{AtTheWindow, Question};
use super::state::{Desk, Said, Showing};
use super::view::{BrowserKind, Verification};
use crate::migrate::{
    self, Consent, Controls, Keeper, Launch, MigrateRequest, Mode, OwnBrowser, SharedStore, Steering, Verified,
};
use crate::text::Language;
use crate::{AppError, RunLine, Settings, Summary, device, is_same_file};

impl Guide {
    /// Migrates these accounts, in this order. Returns when it is under way.
    ///
    /// # Errors
    /// [`AppError::NotNow`], and [`AppError::NoSuchAccount`] where the vault has no such account.
    pub async fn start(&self, accounts: &[String]) -> Result<(), AppError> {
        self.begin(accounts, Goal::Migrate)
    }

    /// Signs in once more with an account's passkey. Returns when it is under way.
    ///
    /// # Errors
    /// As for [`start`](Self::start).
    pub async fn prove(&self, account: &str) -> Result<(), AppError> {
        self.begin(&[account.to_owned()], Goal::Prove)
    }

    /// Lets the run rest, as soon as nothing is half done.
    ///
    /// # Errors
    /// [`AppError::NotNow`] where no run goes on; so do the next three.
    pub fn pause(&self) -> Result<(), AppError> {
        self.steer(Steering::pause)
    }

    /// Lets the run go on.
    ///
    /// # Errors
    /// [`AppError::NotNow`].
    pub fn resume(&self) -> Result<(), AppError> {
        self.steer(Steering::resume)
    }

    /// Ends the current account, and goes on with the next.
    ///
    /// # Errors
    /// [`AppError::NotNow`].
    pub fn skip(&self) -> Result<(), AppError> {
        self.steer(Steering::skip)
    }

    /// Ends the run; what was done stays.
    ///
    /// # Errors
    /// [`AppError::NotNow`].
    pub fn stop(&self) -> Result<(), AppError> {
        self.steer(Steering::stop)
    }

    /// Back to the accounts, once the run is over.
    ///
    /// # Errors
    /// [`AppError::NotNow`] before that.
    pub fn finish(&self) -> Result<(), AppError> {
        self.shared.try_change(|state| match &state.screen {
            Showing::Run(live) if live.is_over() => {
                state.screen = Showing::Accounts { busy: false };
                Ok(())
            }
            _ => Err(AppError::NotNow),
        })
    }

    /// Ends whatever goes on, then leaves: for a host that closes its window.
    pub async fn close(&self) {
        let mut commits = self.watch();
        loop {
            commits.mark_unchanged();
            if self.leave().await.is_ok() {
                return;
            }
            let (prompt, stopping) = self.shared.read(|state, _| {
                let stopping = matches!(&state.screen, Showing::Run(live) if live.steering.is_stopped());
                (state.prompt.as_ref().map(|prompt| prompt.id), stopping)
            });
            // Either may be over in the meantime.
            if let Some(id) = prompt {
                let _ = self.shared.decline(id);
            }
            if !stopping {
                let _ = self.stop();
            }
            if commits.changed().await.is_err() {
                return;
            }
        }
    }

    fn steer(&self, steer: impl FnOnce(&Steering)) -> Result<(), AppError> {
        self.shared.try_change(|state| match &state.screen {
            Showing::Run(live) if !live.is_over() => {
                steer(&live.steering);
                Ok(())
            }
            _ => Err(AppError::NotNow),
        })
    }

    fn begin(&self, accounts: &[String], goal: Goal) -> Result<(), AppError> {
        let accounts = self.shared.try_change(|state| {
            let (Showing::Accounts { busy: busy @ false }, Some(desk), None) =
                (&mut state.screen, &state.desk, &state.reading)
            else {
                return Err(AppError::NotNow);
            };
            let mut ids: Vec<AccountId> = Vec::new();
            for name in accounts {
                let id = AccountId::parse(name).filter(|id| desk.row(*id).is_some());
                let id = id.ok_or_else(|| AppError::NoSuchAccount { name: name.clone() })?;
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            if ids.is_empty() {
                return Err(AppError::NotNow);
            }
            if desk.sheet.sources.iter().any(|source| is_same_file(&desk.profile.store(), &source.path)) {
                return Err(AppError::StoreIsVault);
            }
            *busy = true;
            Ok(ids)
        })?;
        let guide = self.clone();
        // A task in a task: however the inner one ends, the window goes on.
        tokio::spawn(async move {
            let inner = guide.clone();
            let run = tokio::spawn(async move { inner.carry_out(accounts, goal).await });
            if let Err(error) = run.await.unwrap_or_else(|error| Err(AppError::unexpected(error))) {
                guide.shared.change(|state| state.notice = Some(Said::from(&error)));
            }
            guide.shared.change(|state| match &mut state.screen {
                Showing::Accounts { busy } => *busy = false,
                Showing::Run(live) if live.is_over() => {}
                // Nothing was done at any site.
                _ if state.desk.is_some() => state.screen = Showing::Accounts { busy: false },
                _ => {}
            });
        });
        Ok(())
    }

    async fn carry_out(&self, accounts: Vec<AccountId>, goal: Goal) -> Result<(), AppError> {
        let Some((store, verified)) = self.store(&accounts, goal).await? else { return Ok(()) };
        let steering = Steering::default();
        let person = Arc::new(AtTheWindow(self.clone()));
        let (session, request) = self.shared.try_change(|state| {
            let desk = state.desk.as_ref().ok_or(AppError::NotNow)?;
            let request = MigrateRequest {
                accounts: accounts.clone(),
                vault: desk.vaults.lock().unwrap_or_else(PoisonError::into_inner).accounts.clone(),
                goal,
                launch: self.launch(desk, state.texts.language()),
                keeper: Keeper::OpenStore { store, verified },
                assist: desk.choices.assist,
                sign_in: None,
                passkeys: None,
                timeout: None,
                stop: Box::pin(std::future::pending()),
                controls: Some(Controls { person, steering: steering.clone() }),
            };
            let session = Arc::clone(&desk.session);
            let views = accounts.iter().filter_map(|id| desk.row(*id)).cloned();
            let fields = |id| desk.sheet.accounts.get(&id).map(|noted| noted.fields.clone()).unwrap_or_default();
            state.screen = Showing::Run(Live::new(views, fields, steering));
            Ok((session, request))
        })?;
        let mut session = session.lock().await;
        let mut report = |line: RunLine| self.tell(line);
        let summary = migrate::run(&mut session, request, &mut report).await?;
        self.over(&session, summary)
    }

    fn tell(&self, line: RunLine) {
        self.shared.change(|state| {
            // A store that another program changed is read anew before it is used again.
            if let (RunLine::Failed { code, .. }, Some(desk)) = (&line, &mut state.desk)
                && code.starts_with("store_")
            {
                desk.store = None;
            }
            if let Showing::Run(live) = &mut state.screen {
                live.tell(line);
            }
        });
    }

    fn over(&self, session: &crate::Session, summary: Summary) -> Result<(), AppError> {
        self.shared.change(|state| {
            if let Showing::Run(live) = &mut state.screen {
                live.end(summary);
            }
            if let Some(desk) = &mut state.desk {
                desk.store_used = SystemTime::now();
                desk.take_stock(session)?;
            }
            Ok(())
        })
    }

    /// The store, opened or made in this sitting; `None` where the person did not want to.
    async fn store(&self, accounts: &[AccountId], goal: Goal) -> Result<Option<(SharedStore, Verified)>, AppError> {
        let mut problem = None;
        loop {
            let asked = self.shared.read(|state, _| {
                let desk = state.desk.as_ref()?;
                Some((desk.store.clone(), desk.profile.store(), desk.choices.verification))
            });
            let Some((open, file, verification)) = asked else { return Ok(None) };
            if let Some(store) = open {
                let verified = match verification {
                    Verification::EachPasskey => Verified::Each,
                    // Presented for the accounts of another run, so it is asked for once more.
                    Verification::QuarterHour => Verified::ForAWhile(None),
                };
                return Ok(Some((store, verified)));
            }
            let make = !file.exists();
            if make && goal == Goal::Prove {
                return Err(StoreError::Missing.into());
            }
            let question = if make { Question::MakeStore(file.clone()) } else { Question::OpenStore(file.clone()) };
            let Consent::ApproveWith(passphrase) = self.shared.ask(question, problem).await else { return Ok(None) };
            let accounts = accounts.to_vec();
            let opened = blocking(move || open_store(&file, &passphrase, make, verification, &accounts)).await;
            match opened {
                Ok((store, verified)) => {
                    let store: SharedStore = Arc::new(tokio::sync::Mutex::new(store));
                    self.shared.change(|state| {
                        if let Some(desk) = &mut state.desk {
                            desk.store = Some(Arc::clone(&store));
                            desk.store_is_there = true;
                            desk.store_used = SystemTime::now();
                        }
                    });
                    self.mind_the_store();
                    return Ok(Some((store, verified)));
                }
                Err(error @ AppError::Store(StoreError::WrongPassphrase | StoreError::EmptyPassphrase)) => {
                    problem = Some(Said::from(&error));
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn launch(&self, desk: &Desk, language: Language) -> Launch {
        let assist = desk.choices.assist;
        let consent = Settings::of(&desk.profile).consent();
        let capabilities = device::capabilities(Home::Store, &consent);
        match (desk.choices.browser, &self.shared.host.embedded) {
            (BrowserKind::Embedded, Some(embedded)) => {
                embedded(EmbeddedOptions { data: desk.profile.site_windows(), language, assist, capabilities })
            }
            _ => migrate::own_browser(OwnBrowser {
                profile: desk.profile.browser(),
                headless: false,
                mode: Mode::Bridged,
                assist,
                no_sandbox: self.shared.host.no_browser_sandbox,
                capabilities,
            }),
        }
    }
}

fn open_store(
    file: &std::path::Path,
    passphrase: &SecretString,
    make: bool,
    verification: Verification,
    accounts: &[AccountId],
) -> Result<(Store, Verified), AppError> {
    let store = if make { Store::create(file, passphrase) } else { Store::open(file, passphrase) }?;
    let verified = match verification {
        Verification::EachPasskey => Verified::Each,
        Verification::QuarterHour => {
            Verified::ForAWhile(Some(store.verify(passphrase, accounts.iter().copied(), SystemTime::now())?))
        }
    };
    Ok((store, verified))
}
