//! Browser sessions: who is signed in, who is on the way, and each session's form token.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use crate::accounts::AccountId;
use crate::records::SignInMethod;

/// A session nobody used for this long is gone.
const IDLE: Duration = Duration::from_secs(30 * 60);

/// How long one may take from the password to the last hurdle.
const HURDLES: Duration = Duration::from_secs(10 * 60);

/// How fresh a password check must be for adding a passkey.
pub(crate) const REAUTHENTICATION: Duration = Duration::from_secs(5 * 60);

/// Sessions at once, a bound on memory; the ones idle longest go first.
const CAPACITY: usize = 4_096;

/// 32 random bytes in base64url: the value of the session cookie.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct SessionId(String);

impl SessionId {
    fn random() -> Self {
        Self(random_token())
    }

    /// What a cookie says; it names a session only if [`Sessions::touch`] knows it.
    pub(crate) fn claimed(value: &str) -> Self {
        Self(value.to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

fn random_token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// One step between the right password and being signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Hurdle {
    /// The characters of a picture.
    Captcha {
        /// What the picture shows.
        answer: String,
    },
    /// A time-based code.
    Totp,
    /// A code sent by e-mail.
    EmailCode {
        /// What was sent.
        code: String,
    },
    /// A passkey of the account, or its time-based code where it has one.
    Passkey,
}

/// How far a session has come.
#[derive(Debug, Clone)]
pub(crate) enum Stage {
    /// Nothing is known of the visitor.
    Anonymous,
    /// The visitor gave a user name (two-step sign-in). Says nothing of whether it exists.
    Named(String),
    /// The password was right; `hurdles` are still ahead.
    Pending {
        /// Whose password.
        account: AccountId,
        /// Nearest first, never empty.
        hurdles: VecDeque<Hurdle>,
        /// How the person will have signed in when the last hurdle is taken.
        method: SignInMethod,
        /// When the password was accepted.
        since: SystemTime,
    },
    /// Signed in.
    SignedIn {
        /// Who.
        account: AccountId,
        /// When the account's password was last checked for a change to the account.
        confirmed: Option<SystemTime>,
    },
}

/// A message for the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flash {
    /// A passkey was added.
    PasskeyAdded,
    /// The visitor signed out.
    SignedOut,
    /// A sign-in on the way took too long, or the server forgot it.
    StartAgain,
}

struct Session {
    form_token: String,
    used: SystemTime,
    stage: Stage,
    flash: Option<Flash>,
}

impl Session {
    fn new(now: SystemTime, stage: Stage) -> Self {
        Self { form_token: random_token(), used: now, stage, flash: None }
    }
}

/// All sessions.
#[derive(Default)]
pub(crate) struct Sessions {
    live: HashMap<SessionId, Session>,
}

impl Sessions {
    /// Begins an anonymous session.
    pub(crate) fn begin(&mut self, now: SystemTime) -> SessionId {
        self.insert(Session::new(now, Stage::Anonymous))
    }

    /// Marks a session as used now; `false` where there is none, or no longer.
    pub(crate) fn touch(&mut self, id: &SessionId, now: SystemTime) -> bool {
        let Some(session) = self.live.get_mut(id) else { return false };
        if older_than(session.used, now, IDLE) {
            self.live.remove(id);
            return false;
        }
        session.used = now;
        if matches!(&session.stage, Stage::Pending { since, .. } if older_than(*since, now, HURDLES)) {
            session.stage = Stage::Anonymous;
            session.flash = Some(Flash::StartAgain);
        }
        true
    }

    /// The stage of a session.
    pub(crate) fn stage(&self, id: &SessionId) -> Stage {
        self.live.get(id).map_or(Stage::Anonymous, |s| s.stage.clone())
    }

    /// Sets the stage without a new id. Only for steps that give no new right.
    pub(crate) fn set_stage(&mut self, id: &SessionId, stage: Stage) {
        if let Some(session) = self.live.get_mut(id) {
            session.stage = stage;
        }
    }

    /// Replaces a session by one with another id and form token, so that an id known before the step is worth nothing
    /// after it.
    pub(crate) fn rotate(&mut self, id: &SessionId, now: SystemTime, stage: Stage) -> SessionId {
        self.live.remove(id);
        self.insert(Session::new(now, stage))
    }

    /// Leaves a message for the next page.
    pub(crate) fn set_flash(&mut self, id: &SessionId, flash: Flash) {
        if let Some(session) = self.live.get_mut(id) {
            session.flash = Some(flash);
        }
    }

    /// Takes the message left for this page.
    pub(crate) fn take_flash(&mut self, id: &SessionId) -> Option<Flash> {
        self.live.get_mut(id)?.flash.take()
    }

    /// The token that this session's forms carry.
    pub(crate) fn form_token(&self, id: &SessionId) -> String {
        self.live.get(id).map_or_else(String::new, |s| s.form_token.clone())
    }

    /// Whether a form carried the token of its session.
    pub(crate) fn is_form_token(&self, id: &SessionId, token: &str) -> bool {
        self.live.get(id).is_some_and(|s| s.form_token.as_bytes().ct_eq(token.as_bytes()).into())
    }

    fn insert(&mut self, session: Session) -> SessionId {
        let now = session.used;
        if self.live.len() >= CAPACITY {
            self.live.retain(|_, s| !older_than(s.used, now, IDLE));
        }
        if self.live.len() >= CAPACITY {
            let idlest = self.live.iter().min_by_key(|(_, s)| s.used).map(|(id, _)| id.clone());
            idlest.and_then(|id| self.live.remove(&id));
        }
        let id = SessionId::random();
        self.live.insert(id.clone(), session);
        id
    }
}

/// Whether more than `limit` has passed; a clock that went backwards counts as too long.
pub(crate) fn older_than(then: SystemTime, now: SystemTime, limit: Duration) -> bool {
    now.duration_since(then).map_or(true, |age| age >= limit)
}
