//! The authenticators of this computer besides the store.

use rekey_authenticator::{Authenticator, Home, Support, System, Way, homes};

use crate::doctor::Readiness;
use crate::{AppError, Profile};

/// A place for passkeys, and whether it can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HomeState {
    /// Which.
    pub home: Home,
    /// Whether it can be used.
    pub state: Readiness,
}

/// Looks which are there, the recommended first.
pub async fn survey(_profile: &Profile) -> Vec<HomeState> {
    let homes = System::current().map_or_else(|| vec![Home::Store], |system| homes(system, Way::OwnBrowser));
    homes
        .into_iter()
        .map(|home| HomeState {
            home,
            state: match home.support() {
                Support::Works => Readiness::Ready,
                Support::Untried => Readiness::Untried,
                Support::Later => Readiness::Later,
            },
        })
        .collect()
}

/// Opens one.
///
/// # Errors
/// [`AppError::NotNow`]: there is none in this version.
pub fn open(_home: Home, _profile: &Profile) -> Result<Box<dyn Authenticator>, AppError> {
    Err(AppError::NotNow)
}
