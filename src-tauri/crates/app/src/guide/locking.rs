//! The store is locked: by the person, or because nobody used it for a while.

use std::time::{Duration, SystemTime};

use rekey_authenticator::IdleLock;

use super::Guide;
use super::opening::blocking;
use super::state::{Showing, State};
use crate::{AppError, LockAfter, Settings};

/// How often it is looked whether the store is to be locked, at least: a computer that slept tells nobody.
const BEAT: Duration = Duration::from_secs(30);

impl Guide {
    /// Locks the store: its passphrase and keys are forgotten, and the next run asks for it.
    ///
    /// # Errors
    /// [`AppError::NotNow`] while a run uses it, and where it is not open.
    pub fn lock_store(&self) -> Result<(), AppError> {
        self.shared.try_change(|state| match &mut state.desk {
            Some(desk) if desk.store.is_some() && !is_in_use(&state.screen) => {
                desk.store = None;
                Ok(())
            }
            _ => Err(AppError::NotNow),
        })
    }

    /// After how many minutes without use the store is locked, from now on; 0 for never.
    ///
    /// # Errors
    /// [`AppError::NotNow`] where no vault is open, and those of writing the settings.
    pub async fn lock_store_after(&self, minutes: u32) -> Result<(), AppError> {
        let profile = self.shared.read(|state, _| state.desk.as_ref().map(|desk| desk.profile.clone()));
        let profile = profile.ok_or(AppError::NotNow)?;
        let change = move || Settings::change(&profile, |settings| settings.lock_after_minutes = LockAfter(minutes));
        let settings = blocking(change).await?;
        self.shared.change(|state| {
            if let Some(desk) = &mut state.desk {
                desk.lock_after_minutes = settings.lock_after_minutes.0;
            }
        });
        self.mind_the_store();
        Ok(())
    }

    /// Locks the store once nobody used it for long enough, unless it is locked before.
    pub(super) fn mind_the_store(&self) {
        let guide = self.clone();
        tokio::spawn(async move {
            while let Some(left) = guide.lock_if_idle(SystemTime::now()) {
                tokio::time::sleep(left.clamp(Duration::from_millis(1), BEAT)).await;
            }
        });
    }

    /// Locks the store where that is due at this time, and says how long it has otherwise; `None` where it is locked, or
    /// never to be.
    pub fn lock_if_idle(&self, now: SystemTime) -> Option<Duration> {
        let left = self.shared.read(|state, _| idle(state, now))?;
        if !left.is_zero() {
            return Some(left);
        }
        self.shared.change(|state| {
            let is_due = idle(state, now).is_some_and(|left| left.is_zero());
            if let Some(desk) = state.desk.as_mut().filter(|_| is_due) {
                desk.store = None;
            }
        });
        None
    }
}

/// How long the open store may still rest.
fn idle(state: &State, now: SystemTime) -> Option<Duration> {
    let desk = state.desk.as_ref().filter(|desk| desk.store.is_some())?;
    let lock = IdleLock::after_minutes(desk.lock_after_minutes);
    // A run uses it all the time.
    if is_in_use(&state.screen) { lock.left(now, now) } else { lock.left(desk.store_used, now) }
}

fn is_in_use(screen: &Showing) -> bool {
    match screen {
        Showing::Accounts { busy } => *busy,
        Showing::Run(live) => !live.is_over(),
        _ => false,
    }
}
