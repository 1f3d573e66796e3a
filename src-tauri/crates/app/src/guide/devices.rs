//! The authenticators besides the store: which are there, which the runs to come use, and what one waits for.

use std::fmt;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use rekey_authenticator::{
    Authenticator, AuthenticatorError, AuthenticatorInfo, HeldPasskey, Home, Interaction, UserVerification,
};
use rekey_journey::{AccountId, Goal};
use rekey_webauthn::{AssertionMade, CreateRequest, CredentialId, GetRequest, MadeCredential};

use super::Guide;
use super::host::Task;
use super::state::{Desk, Showing};
use crate::device::{self, HomeState};
use crate::doctor::Readiness;
use crate::{AppError, Profile, Settings, TriedCopy, is_same_file};

/// The places that a run in the window can keep its passkeys in.
pub(super) const CHOICES: [Home; 4] = [Home::Store, Home::Tpm, Home::SecurityKey, Home::WindowsHello];

/// An authenticator that was opened, or why it was not.
pub type Opened = Result<Box<dyn Authenticator>, AppError>;

/// What a guide has of authenticators: this computer's, or a test's.
pub struct Devices {
    /// Looks which are there.
    pub survey: Box<dyn Fn() -> Task<Vec<HomeState>> + Send + Sync>,
    /// Opens one.
    pub open: Box<dyn Fn(Home, Profile) -> Task<Opened> + Send + Sync>,
}

impl Devices {
    /// Those of this computer.
    pub fn of_this_computer() -> Self {
        Self {
            survey: Box::new(|| Box::pin(device::survey())),
            open: Box::new(|home, profile| Box::pin(async move { device::open(home, &profile).await })),
        }
    }
}

impl fmt::Debug for Devices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Devices").finish_non_exhaustive()
    }
}

/// Which authenticators were found.
#[derive(Debug, Clone, Default)]
pub(super) struct Survey {
    /// `None` until somebody has looked.
    pub(super) found: Option<Vec<HomeState>>,
    pub(super) looking: bool,
}

impl Survey {
    /// How far this one can be used; `None` where nobody has looked, or it is none of this system's.
    pub(super) fn state(&self, home: Home) -> Option<HomeState> {
        self.found.iter().flatten().find(|state| state.home == home).copied()
    }

    /// Whether the runs to come can use it.
    pub(super) fn takes(&self, home: Home) -> bool {
        home == Home::Store
            || (CHOICES.contains(&home) && self.state(home).is_some_and(|it| it.state == Readiness::Ready))
    }
}

impl Guide {
    /// Where the passkeys of the runs to come are kept.
    ///
    /// # Errors
    /// [`AppError::NotNow`] on any other screen than the accounts, and for a place that cannot be used here.
    pub fn choose_home(&self, home: Home) -> Result<(), AppError> {
        if !self.shared.read(|state, _| state.survey.takes(home)) {
            return Err(AppError::NotNow);
        }
        self.choose(|choices| choices.home = home)
    }

    /// Looks once more which authenticators are there. Returns at once.
    ///
    /// # Errors
    /// [`AppError::NotNow`] where no vault is open.
    pub fn look_for_devices(&self) -> Result<(), AppError> {
        let begun = self.shared.try_change(|state| {
            let desk = state.desk.as_ref().ok_or(AppError::NotNow)?;
            let idle = !state.survey.looking;
            state.survey.looking = true;
            Ok(idle.then(|| (state.sitting, desk.profile.clone())))
        })?;
        let Some((sitting, profile)) = begun else { return Ok(()) };
        let guide = self.clone();
        tokio::spawn(async move {
            let looked = tokio::spawn((guide.shared.host.devices.survey)()).await;
            let copy = super::opening::blocking(move || Ok(copy_of(&profile))).await;
            guide.shared.change(|state| {
                state.survey.looking = false;
                match looked {
                    // What was found in a sitting before is true all the same, but its choices are gone.
                    Ok(found) => state.survey.found = Some(found),
                    Err(error) => tracing::warn!(%error, "the authenticators could not be looked for"),
                }
                if state.sitting == sitting
                    && let Some(desk) = &mut state.desk
                {
                    desk.copy = copy.unwrap_or_default();
                    if !state.survey.takes(desk.choices.home) {
                        desk.choices.home = Home::Store;
                    }
                }
            });
        });
        Ok(())
    }

    /// Takes away what an authenticator waited for.
    fn hush(&self) {
        let waits = self.shared.read(|state, _| matches!(&state.screen, Showing::Run(live) if live.waits.is_some()));
        if waits {
            self.shared.change(|state| {
                if let Showing::Run(live) = &mut state.screen {
                    live.waits = None;
                }
            });
        }
    }
}

/// The newest copy of the profile's store that was tried, and whether the store was written after that.
pub(super) fn copy_of(profile: &Profile) -> Option<(TriedCopy, bool)> {
    let store = profile.store();
    let copy = Settings::of(profile).store_copy.filter(|copy| is_same_file(&copy.store, &store))?;
    let written = std::fs::metadata(&store).and_then(|about| about.modified()).ok();
    let tried = SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(copy.at));
    let is_old = matches!((written, tried), (Some(written), Some(tried)) if written > tried);
    Some((copy, is_old))
}

impl Desk {
    /// Where a run over these accounts keeps its passkeys: where they have theirs already, else where the person chose.
    pub(super) fn home_of(&self, accounts: &[AccountId], goal: Goal) -> Home {
        let mut theirs = accounts.iter().map(|id| {
            let credential = self.row(*id)?.credential.as_ref()?;
            CHOICES.into_iter().find(|home| home.code() == credential.home)
        });
        match (goal, theirs.next().flatten()) {
            (Goal::Prove | Goal::Migrate, Some(first)) if theirs.all(|home| home == Some(first)) => first,
            _ => self.choices.home,
        }
    }
}

/// An authenticator whose notices end with its ceremonies, however these end.
pub(super) struct Announced {
    pub(super) inner: Box<dyn Authenticator>,
    pub(super) guide: Guide,
}

struct Ceremony(Guide);

impl Drop for Ceremony {
    fn drop(&mut self) {
        self.0.hush();
    }
}

#[async_trait]
impl Authenticator for Announced {
    fn info(&self) -> AuthenticatorInfo {
        self.inner.info()
    }

    async fn may_answer(&mut self, request: &GetRequest, only: Option<&CredentialId>) -> Option<bool> {
        self.inner.may_answer(request, only).await
    }

    async fn make_credential(
        &mut self,
        request: &CreateRequest,
        verification: UserVerification,
        person: &dyn Interaction,
    ) -> Result<MadeCredential, AuthenticatorError> {
        let _ceremony = Ceremony(self.guide.clone());
        self.inner.make_credential(request, verification, person).await
    }

    async fn get_assertion(
        &mut self,
        request: &GetRequest,
        only: Option<&CredentialId>,
        verification: UserVerification,
        person: &dyn Interaction,
    ) -> Result<AssertionMade, AuthenticatorError> {
        let _ceremony = Ceremony(self.guide.clone());
        self.inner.get_assertion(request, only, verification, person).await
    }

    async fn passkeys(&mut self, person: &dyn Interaction) -> Result<Vec<HeldPasskey>, AuthenticatorError> {
        let _ceremony = Ceremony(self.guide.clone());
        self.inner.passkeys(person).await
    }

    async fn forget(&mut self, id: &CredentialId, person: &dyn Interaction) -> Result<(), AuthenticatorError> {
        let _ceremony = Ceremony(self.guide.clone());
        self.inner.forget(id, person).await
    }
}
