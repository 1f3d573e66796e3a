//! The authenticators of this computer: which are there, what keeps the others away, and opening one.

#[cfg(not(target_os = "windows"))]
use rekey_authenticator::security_key::SecurityKeys;
use rekey_authenticator::{Authenticator, Home, System, Way, WindowsHello, homes};
#[cfg(all(target_os = "linux", feature = "tpm"))]
use rekey_authenticator::{Presence, Tpm};
use rekey_browser::Capabilities;
use rekey_lookup::{Consent, LookUp};

use crate::doctor::Readiness;
use crate::{AppError, Profile};

/// A place for passkeys, and whether it can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HomeState {
    /// Which.
    pub home: Home,
    /// Whether it can be used.
    pub state: Readiness,
    /// What keeps it away, as the text `home-missing-…` names it.
    pub missing: Option<&'static str>,
}

/// Looks which are there, the recommended first.
pub async fn survey() -> Vec<HomeState> {
    let homes = System::current().map_or_else(|| vec![Home::Store], |system| homes(system, Way::OwnBrowser));
    let mut states = Vec::with_capacity(homes.len());
    for home in homes {
        states.push(look(home).await);
    }
    states
}

/// Looks whether one is there.
pub async fn look(home: Home) -> HomeState {
    let (state, missing) = match home {
        Home::Store => (Readiness::Ready, None),
        // Through the browser's own window; seen with simulated authenticators only.
        Home::BrowserProfile => (Readiness::Untried, None),
        Home::Tpm => tpm().await,
        Home::WindowsHello => match WindowsHello::open(None).await {
            Ok(_) => (Readiness::Ready, None),
            Err(_) => (Readiness::Absent, Some("windows-hello")),
        },
        // One need not be plugged in before it is wanted. On Windows the system alone may speak with keys.
        Home::SecurityKey if cfg!(not(target_os = "windows")) => (Readiness::Ready, None),
        Home::SecurityKey | Home::ICloudKeychain | Home::Phone | Home::OwnManager => (Readiness::Later, None),
    };
    HomeState { home, state, missing }
}

#[cfg(all(target_os = "linux", feature = "tpm"))]
async fn tpm() -> (Readiness, Option<&'static str>) {
    let presence = tokio::task::spawn_blocking(Tpm::find).await.unwrap_or(Presence::NoAnswer);
    match presence {
        Presence::Ready => (Readiness::Ready, None),
        Presence::NoDevice => (Readiness::Absent, Some("tpm")),
        Presence::Version1 => (Readiness::Absent, Some("tpm-version")),
        Presence::NoPermission(_) => (Readiness::Absent, Some("tpm-permission")),
        Presence::LibraryMissing => (Readiness::Absent, Some("tpm-library")),
        Presence::NoAnswer => (Readiness::Absent, Some("tpm-answer")),
    }
}

#[cfg(not(all(target_os = "linux", feature = "tpm")))]
async fn tpm() -> (Readiness, Option<&'static str>) {
    (Readiness::Later, None)
}

/// Opens one that verifies the person itself.
///
/// # Errors
/// [`AppError::HomeUnavailable`] for every other, and for one that is not there.
pub async fn open(home: Home, profile: &Profile) -> Result<Box<dyn Authenticator>, AppError> {
    let unavailable = || AppError::HomeUnavailable { name: home.code().to_owned() };
    match home {
        #[cfg(all(target_os = "linux", feature = "tpm"))]
        Home::Tpm => {
            let file = profile.tpm_passkeys();
            let open = move || rekey_authenticator::Tpm::open(rekey_authenticator::Connection::default(), &file);
            Ok(Box::new(tokio::task::spawn_blocking(open).await.map_err(AppError::unexpected)??))
        }
        #[cfg(not(target_os = "windows"))]
        Home::SecurityKey => Ok(Box::new(SecurityKeys::connected())),
        Home::WindowsHello => Ok(Box::new(WindowsHello::open(None).await.map_err(|_| unavailable())?)),
        _ => {
            let _ = profile;
            Err(unavailable())
        }
    }
}

/// What pages are told that this authenticator, and the client before it, can do.
pub fn capabilities(home: Home, consent: &Consent) -> Capabilities {
    let extensions: &[&str] = match home {
        Home::Store => &["credentialProtectionPolicy", "enforceCredentialProtectionPolicy", "largeBlob", "prf"],
        Home::SecurityKey => {
            &["credentialProtectionPolicy", "enforceCredentialProtectionPolicy", "minPinLength", "prf"]
        }
        Home::WindowsHello => &["credentialProtectionPolicy", "enforceCredentialProtectionPolicy", "largeBlob", "prf"],
        _ => &[],
    };
    let mut all = Capabilities::none().with("conditionalGet").with("extension:credProps");
    for extension in extensions {
        all = all.with(&format!("extension:{extension}"));
    }
    if matches!(home, Home::Store | Home::Tpm | Home::WindowsHello) {
        all = all.with("passkeyPlatformAuthenticator").with("userVerifyingPlatformAuthenticator");
    }
    if consent.is_on(LookUp::AskSites) { all.with("relatedOrigins") } else { all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_not_found_says_why() {
        for state in survey().await {
            assert_eq!(state.missing.is_some(), state.state == Readiness::Absent, "{state:?}");
        }
    }

    #[tokio::test]
    async fn only_what_verifies_the_person_itself_is_opened() {
        let folder = tempfile::tempdir().unwrap();
        let profile = Profile::open(Some(folder.path())).unwrap();
        for home in [Home::Store, Home::BrowserProfile, Home::Phone, Home::OwnManager] {
            let refused = open(home, &profile).await.err();
            assert!(matches!(refused, Some(AppError::HomeUnavailable { .. })), "{home:?}");
        }
    }

    #[test]
    fn pages_are_told_what_is_true_here() {
        let consent = Consent::default();
        assert_ne!(capabilities(Home::Store, &consent), capabilities(Home::Tpm, &consent));
        let before = capabilities(Home::Store, &consent);
        consent.switch(LookUp::AskSites, true);
        assert_ne!(capabilities(Home::Store, &consent), before);
    }
}
