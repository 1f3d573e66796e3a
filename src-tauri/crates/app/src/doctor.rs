//! What Rekey finds on this computer, what is missing, and the remedy.

use std::path::Path;

use rekey_authenticator::Home;
use rekey_browser::own_browser;
use serde::Serialize;

use crate::device::{self, HomeState};
use crate::text::{Texts, messages as m};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checkup {
    /// Rekey's version.
    pub version: &'static str,
    /// Operating system and processor, as in `linux x86_64`.
    pub system: String,
    /// The profile's folder.
    pub profile: Option<String>,
    /// Browsers that Rekey can drive, the one it uses first.
    pub browsers: Vec<FoundBrowser>,
    /// Where passkeys can live when Rekey drives a browser here, the recommended first.
    pub authenticators: Vec<AuthenticatorState>,
    /// The keyring of the desktop.
    pub keyring: Keyring,
    /// What is missing and what to do about it.
    pub missing: Vec<Missing>,
}

/// One browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundBrowser {
    /// Its name.
    pub product: String,
    /// Its version, where it tells.
    pub version: Option<String>,
    /// The program.
    pub path: String,
}

/// One place for passkeys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuthenticatorState {
    /// Its code, as `--authenticator` takes it.
    pub home: &'static str,
    /// Its name in the person's language.
    pub name: String,
    /// Whether it can be used.
    pub state: Readiness,
    /// Why it cannot be used here, and what to do.
    pub missing: Option<String>,
    /// Where its passkeys live.
    pub lives: Option<String>,
    /// Where they sign in.
    pub usable: Option<String>,
    /// How the person is verified.
    pub verifies: Option<String>,
    /// What it can do.
    pub can: Option<String>,
    /// What of it was not run on hardware.
    pub untried: Option<String>,
}

/// Whether a place for passkeys can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Readiness {
    /// Now.
    Ready,
    /// Now, in the browser's window; not tried with real authenticators yet.
    Untried,
    /// It is not there, or cannot be used here.
    Absent,
    /// Not in this version.
    Later,
}

/// A keyring that programs can keep secrets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keyring {
    /// macOS Keychain.
    Keychain,
    /// Windows Credential Manager.
    CredentialManager,
    /// A service for <https://specifications.freedesktop.org/secret-service/> is installed and a session bus is there.
    SecretService,
    /// None.
    None,
}

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// A stable code.
    pub code: &'static str,
    /// What is missing.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

impl Checkup {
    /// Looks around. Starts each browser once, to ask its version.
    pub async fn run(profile: Option<&Path>, texts: &Texts) -> Self {
        let browsers: Vec<_> = own_browser::discover()
            .await
            .into_iter()
            .map(|found| FoundBrowser {
                product: found.product.to_string(),
                version: (!found.version.is_empty()).then_some(found.version),
                path: found.path.display().to_string(),
            })
            .collect();
        let keyring = keyring();
        let missing = missing(browsers.is_empty(), keyring, texts);
        Self {
            version: env!("CARGO_PKG_VERSION"),
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            profile: profile.map(|path| path.display().to_string()),
            browsers,
            authenticators: authenticators(texts).await,
            keyring,
            missing,
        }
    }
}

async fn authenticators(texts: &Texts) -> Vec<AuthenticatorState> {
    let found = device::survey().await;
    let about = |home: Home, part| texts.find(&format!("guide-home-{}", home.code()), Some(part), &[]);
    found
        .into_iter()
        .map(|HomeState { home, state, missing }| AuthenticatorState {
            home: home.code(),
            name: texts.of_code("home", home.code()),
            state,
            missing: missing.map(|missing| texts.of_code("home-missing", missing)),
            lives: about(home, "lives"),
            usable: about(home, "usable"),
            verifies: about(home, "verifies"),
            can: about(home, "can"),
            untried: about(home, "untried"),
        })
        .collect()
}

fn missing(no_browser: bool, keyring: Keyring, texts: &Texts) -> Vec<Missing> {
    let mut missing = Vec::new();
    let mut add = |code, message, remedy| {
        missing.push(Missing { code, message: texts.get(message), remedy: texts.get(remedy) });
    };
    if no_browser {
        add("browser", m::DOCTOR_NO_BROWSER, m::DOCTOR_NO_BROWSER_REMEDY);
    }
    if runs_as_root() {
        add("sandbox", m::DOCTOR_ROOT, m::DOCTOR_ROOT_REMEDY);
    }
    if keyring == Keyring::None {
        add("keyring", m::DOCTOR_NO_KEYRING, m::DOCTOR_NO_KEYRING_REMEDY);
    }
    missing
}

/// The browser's sandbox never starts for root.
fn runs_as_root() -> bool {
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::MetadataExt;
        std::fs::metadata("/proc/self").is_ok_and(|metadata| metadata.uid() == 0)
    }
    #[cfg(not(target_os = "linux"))]
    {
        false
    }
}

fn keyring() -> Keyring {
    match std::env::consts::OS {
        "macos" => Keyring::Keychain,
        "windows" => Keyring::CredentialManager,
        _ if has_session_bus() && has_secret_service() => Keyring::SecretService,
        _ => Keyring::None,
    }
}

fn has_session_bus() -> bool {
    std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|address| !address.is_empty())
        || std::env::var_os("XDG_RUNTIME_DIR").is_some_and(|dir| Path::new(&dir).join("bus").exists())
}

/// Whether a service is installed that the bus would start. One that was started by hand alone is not seen.
fn has_secret_service() -> bool {
    let listed = std::env::var("XDG_DATA_DIRS").unwrap_or_default();
    let listed = if listed.is_empty() { "/usr/local/share:/usr/share" } else { &listed };
    listed.split(':').any(|dir| Path::new(dir).join("dbus-1/services/org.freedesktop.secrets.service").exists())
}
