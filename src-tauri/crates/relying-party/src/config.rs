//! How one practice site behaves.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::Seed;

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

/// One way in which a site makes a migration harder or impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Difficulty {
    /// Refuses the right password.
    RefusePassword,
    /// Refuses the right one-time code.
    RefuseTotp,
    /// Refuses a credential after `create()` succeeded, with a message, and keeps nothing of it.
    RefuseCredential,
    /// Refuses the sign-in after `get()` succeeded, with a message.
    RefuseAssertion,
    /// After `get()` succeeded, shows an ordinary page and signs nobody in.
    OrdinaryPageAfterAssertion,
    /// Takes the passkey only as the step after the password, never by itself.
    PasskeySecondFactorOnly,
    /// Knows no passkeys: no page to add one, and no button to sign in with one where it holds for the whole site.
    NoPasskeyPage,
    /// Sends a code by e-mail after the password and asks for it.
    OneTimeCodeByEmail,
    /// Asks for the characters of a picture after the password.
    Captcha,
    /// Breaks the connection off, without an answer, once the right password was sent.
    DropConnectionAfterPassword,
}

/// What a practice site is started with. `Config::default()` is a site with no account on any free port.
#[derive(Debug, Clone)]
pub struct Config {
    /// The port on 127.0.0.1 and `[::1]`; 0 takes any free one.
    pub port: u16,
    /// The accounts the site begins with.
    pub accounts: Vec<Seed>,
    /// Difficulties of every account; [`Seed::difficulties`] are those of one.
    pub difficulties: Vec<Difficulty>,
    /// Whether adding a passkey asks for the password even where the sign-in itself is under five minutes old.
    pub reauthenticate_always: bool,
    /// Wrong passwords or codes in a row after which an account is locked.
    pub failures_before_lock: u32,
    /// How long a lock lasts.
    pub lock_for: Duration,
    /// How long the script-driven form takes to arrive, as on a slow site.
    pub late_form_delay: Duration,
    /// The current time.
    pub clock: Clock,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            port: 0,
            accounts: Vec::new(),
            difficulties: Vec::new(),
            reauthenticate_always: true,
            failures_before_lock: 5,
            lock_for: Duration::from_secs(60),
            late_form_delay: Duration::from_millis(400),
            clock: Clock::system(),
        }
    }
}
