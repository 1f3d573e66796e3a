//! How one practice site behaves.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use url::Url;

use crate::{Difficulty, Seed, StorageKey};

/// What the site takes for the current time. Tests hand in one of their own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl Clock {
    /// The computer's clock.
    pub fn system() -> Self {
        Self(Arc::new(SystemTime::now))
    }

    /// A clock that asks `now` each time.
    pub fn from_fn(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    pub(crate) fn now(&self) -> SystemTime {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// Where the site keeps what it knows.
#[derive(Debug, Clone, Default)]
pub enum Storage {
    /// In memory: forgotten when the site stops.
    #[default]
    Memory,
    /// In a file, which is made if it is not there. Accounts that it has already stay as they are.
    File {
        /// The file.
        path: PathBuf,
        /// What the TOTP secrets in it are sealed with.
        key: StorageKey,
    },
}

/// Who can reach the site, and under which names.
#[derive(Debug, Clone, Default)]
pub enum Reach {
    /// This computer alone, as `http://localhost:PORT`, with `http://practice.localhost:PORT` as a related origin.
    #[default]
    Loopback,
    /// Whoever reaches this address of the computer. Browsers make passkeys only where they see HTTPS, so something
    /// before the site has to speak it.
    Network {
        /// The address to listen on.
        address: IpAddr,
        /// How browsers see the site, such as `https://training.example`.
        origin: Url,
        /// Other origins that may use the site's passkeys (<https://www.w3.org/TR/webauthn-3/#sctn-related-origins>).
        related: Vec<Url>,
    },
}

/// How strongly the options of a ceremony ask for something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Requirement {
    /// Without it the ceremony fails: what a passkey for signing in needs.
    #[default]
    Required,
    /// Taken as it comes.
    Preferred,
}

/// Whether the site wants to know what made a passkey.
#[derive(Debug, Clone, Default)]
pub enum Attestation {
    /// It takes any, and asks for no statement.
    #[default]
    None,
    /// It asks for a statement, and takes only passkeys whose maker's certificate leads to one of these roots.
    Direct {
        /// X.509 certificates in PEM. An empty list takes none.
        roots: Vec<String>,
    },
}

/// What a practice site is started with. `Config::default()` is a site with no account on any free port.
#[derive(Debug, Clone)]
pub struct Config {
    /// The port; 0 takes any free one.
    pub port: u16,
    /// Who can reach it.
    pub reach: Reach,
    /// Where it keeps what it knows.
    pub storage: Storage,
    /// The accounts the site begins with.
    pub accounts: Vec<Seed>,
    /// Difficulties of every account; [`Seed::difficulties`] are those of one.
    pub difficulties: Vec<Difficulty>,
    /// Whether adding a passkey asks for the password even where the sign-in itself is under five minutes old.
    pub reauthenticate_always: bool,
    /// `residentKey` in the options: whether the passkey must be found without a user name.
    pub discoverable: Requirement,
    /// `userVerification` in the options.
    pub user_verification: Requirement,
    /// `attestation` in the options.
    pub attestation: Attestation,
    /// Passkeys that one account may have.
    pub passkey_limit: usize,
    /// Wrong passwords or codes in a row after which an account is locked.
    pub failures_before_lock: u32,
    /// How long a lock lasts.
    pub lock_for: Duration,
    /// How long the script-driven form takes to arrive, as on a slow site.
    pub late_form_delay: Duration,
    /// How long each answer takes where the site is slow ([`Difficulty::Slow`]).
    pub slow_answer: Duration,
    /// The current time.
    pub clock: Clock,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            port: 0,
            reach: Reach::default(),
            storage: Storage::default(),
            accounts: Vec::new(),
            difficulties: Vec::new(),
            reauthenticate_always: true,
            discoverable: Requirement::default(),
            user_verification: Requirement::default(),
            attestation: Attestation::default(),
            passkey_limit: 20,
            failures_before_lock: 5,
            lock_for: Duration::from_secs(60),
            late_form_delay: Duration::from_millis(400),
            slow_answer: Duration::from_millis(1250),
            clock: Clock::system(),
        }
    }
}
