//! What the site knows, and the steps of signing in.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use argon2::password_hash::phc::PasswordHash;
use rand::Rng;
use secrecy::SecretString;
use tokio::task;
use url::Url;

use crate::accounts::{Account, Accounts, comparable};
use crate::ceremonies::Ceremonies;
use crate::challenges::Challenges;
use crate::records::{AuditEvent, Mail, SignInMethod};
use crate::sessions::{Hurdle, REAUTHENTICATION, SessionId, Sessions, Stage, older_than};
use crate::throttle::{Attempt, Throttle};
use crate::totp::CodeCheck;
use crate::{Clock, Config, Difficulty, Error, passwords};

/// The name of the site as a relying party and in its pages.
pub(crate) const NAME: &str = "Practice site";

/// Everything that changes.
pub(crate) struct State {
    pub(crate) accounts: Accounts,
    pub(crate) sessions: Sessions,
    pub(crate) challenges: Challenges,
    throttle: Throttle,
}

/// One running site.
pub(crate) struct Site {
    /// `http://localhost:PORT/`
    pub(crate) url: Url,
    pub(crate) ceremonies: Ceremonies,
    pub(crate) late_form_delay: Duration,
    /// Whether the sign-in pages offer a passkey.
    pub(crate) offers_passkey_sign_in: bool,
    reauthenticate_always: bool,
    clock: Clock,
    /// The hash of a password nobody has: an unknown user name takes as long to refuse as a known one.
    nobody: PasswordHash,
    state: Mutex<State>,
}

/// What became of an attempt.
pub(crate) enum Outcome {
    /// Wrong.
    Refused,
    /// Too many attempts; wait this long.
    Locked(Duration),
    /// Right, and on to this page with this session.
    Next(SessionId, &'static str),
    /// Right, and the connection breaks.
    Dropped,
    /// Nothing was asked of this session.
    NotAsked,
}

impl Site {
    /// Makes the accounts: slow, one password hash each.
    pub(crate) fn new(config: &Config, url: Url) -> Result<Self, Error> {
        let nobody = passwords::hash(&SecretString::from(rand::random::<u128>().to_string()))
            .map_err(|source| Error::PasswordHash { user_name: String::new(), source })?;
        let site_wide = |difficulty| config.difficulties.contains(&difficulty);
        Ok(Self {
            ceremonies: Ceremonies::new(NAME, &url),
            late_form_delay: config.late_form_delay,
            offers_passkey_sign_in: !site_wide(Difficulty::NoPasskeyPage)
                && !site_wide(Difficulty::PasskeySecondFactorOnly),
            reauthenticate_always: config.reauthenticate_always,
            clock: config.clock.clone(),
            nobody,
            state: Mutex::new(State {
                accounts: Accounts::new(&config.accounts, &config.difficulties)?,
                sessions: Sessions::default(),
                challenges: Challenges::default(),
                throttle: Throttle::new(config.failures_before_lock, config.lock_for),
            }),
            url,
        })
    }

    pub(crate) fn now(&self) -> SystemTime {
        self.clock.now()
    }

    /// The state. Never held across an await.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        // A request that panicked while it held the lock leaves at worst one account half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first step: user name and password.
    pub(crate) async fn give_password(
        self: &Arc<Self>,
        session: &SessionId,
        user_name: &str,
        password: SecretString,
    ) -> Outcome {
        let attempt = Attempt::Password(comparable(user_name));
        let locks = match self.state().throttle.begin(&attempt, self.now()) {
            Ok(locks) => locks,
            Err(locked) => return Outcome::Locked(locked.remaining),
        };
        let right = self.is_password(user_name, password).await;
        let now = self.now();
        let mut state = self.state();
        let State { accounts, sessions, throttle, .. } = &mut *state;
        let account = accounts.by_name(user_name);
        let Some(account) = account.filter(|a| right && !a.has(Difficulty::RefusePassword)) else {
            if let Some(account) = accounts.by_name(user_name) {
                account.note(now, AuditEvent::PasswordRefused);
                if locks {
                    account.note(now, AuditEvent::Locked);
                }
            }
            return Outcome::Refused;
        };
        throttle.succeeded(&attempt);
        if account.has(Difficulty::DropConnectionAfterPassword) {
            return Outcome::Dropped;
        }
        let hurdles = hurdles_of(account, now);
        self.advance(account, sessions, session, hurdles, SignInMethod::Password, now)
    }

    /// A signed-in person gives the password once more.
    pub(crate) async fn confirm_password(self: &Arc<Self>, session: &SessionId, password: SecretString) -> Outcome {
        let (user_name, id) = {
            let mut state = self.state();
            let Stage::SignedIn { account, .. } = state.sessions.stage(session) else { return Outcome::NotAsked };
            match state.accounts.get(account) {
                Some(account) => (account.user_name.clone(), account.id),
                None => return Outcome::NotAsked,
            }
        };
        let attempt = Attempt::Password(comparable(&user_name));
        let locks = match self.state().throttle.begin(&attempt, self.now()) {
            Ok(locks) => locks,
            Err(locked) => return Outcome::Locked(locked.remaining),
        };
        let right = self.is_password(&user_name, password).await;
        let now = self.now();
        let mut state = self.state();
        let State { accounts, sessions, throttle, .. } = &mut *state;
        // The visitor may have signed out meanwhile.
        let still = matches!(sessions.stage(session), Stage::SignedIn { account, .. } if account == id);
        let Some(account) = accounts.get(id).filter(|_| still) else { return Outcome::NotAsked };
        if !right {
            account.note(now, AuditEvent::ReauthenticationRefused);
            if locks {
                account.note(now, AuditEvent::Locked);
            }
            return Outcome::Refused;
        }
        throttle.succeeded(&attempt);
        account.note(now, AuditEvent::Reauthenticated);
        let stage = Stage::SignedIn { account: id, confirmed: Some(now) };
        Outcome::Next(sessions.rotate(session, now, stage), "/account/passkeys/new")
    }

    /// A code for the hurdle ahead: time-based, from an e-mail, or the characters of a picture.
    pub(crate) fn give_code(&self, session: &SessionId, asked: CodeKind, code: &str) -> Outcome {
        let now = self.now();
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let mut state = self.state();
        let State { accounts, sessions, throttle, .. } = &mut *state;
        let Stage::Pending { account, mut hurdles, method, .. } = sessions.stage(session) else {
            return Outcome::NotAsked;
        };
        let Some(account) = accounts.get(account) else { return Outcome::NotAsked };
        let Some(hurdle) = hurdles.pop_front() else { return Outcome::NotAsked };
        let name = comparable(&account.user_name);
        let (attempt, method) = match (asked, &hurdle) {
            (CodeKind::Picture, Hurdle::Captcha { .. }) => (Attempt::Picture(name), method),
            (CodeKind::Email, Hurdle::EmailCode { .. }) => (Attempt::Code(name), SignInMethod::PasswordEmailCode),
            (CodeKind::Totp, Hurdle::Totp | Hurdle::Passkey) => (Attempt::Code(name), SignInMethod::PasswordTotp),
            _ => return Outcome::NotAsked,
        };
        let locks = match throttle.begin(&attempt, now) {
            Ok(locks) => locks,
            Err(locked) => return Outcome::Locked(locked.remaining),
        };
        let check = match &hurdle {
            Hurdle::Captcha { answer: expected } | Hurdle::EmailCode { code: expected } => {
                if expected.eq_ignore_ascii_case(&code) { CodeCheck::Accepted } else { CodeCheck::Wrong }
            }
            Hurdle::Totp | Hurdle::Passkey => {
                let refuses = account.has(Difficulty::RefuseTotp);
                let totp = account.totp.as_mut().filter(|_| !refuses);
                totp.map_or(CodeCheck::Wrong, |totp| totp.check(&code, now))
            }
        };
        let refusal = match check {
            CodeCheck::Accepted => {
                throttle.succeeded(&attempt);
                return self.advance(account, sessions, session, hurdles, method, now);
            }
            CodeCheck::Reused => AuditEvent::CodeReused,
            CodeCheck::Wrong => AuditEvent::CodeRefused,
        };
        account.note(now, refusal);
        if locks {
            account.note(now, AuditEvent::Locked);
        }
        Outcome::Refused
    }

    /// Puts the session where the next hurdle is, or signs it in. Either way it gets a new id.
    pub(crate) fn advance(
        &self,
        account: &mut Account,
        sessions: &mut Sessions,
        session: &SessionId,
        hurdles: VecDeque<Hurdle>,
        method: SignInMethod,
        now: SystemTime,
    ) -> Outcome {
        let Some(next) = hurdles.front().map(Hurdle::path) else {
            account.note(now, AuditEvent::SignedIn(method));
            let confirmed = (!self.reauthenticate_always).then_some(now);
            let stage = Stage::SignedIn { account: account.id, confirmed };
            return Outcome::Next(sessions.rotate(session, now, stage), "/account");
        };
        let stage = Stage::Pending { account: account.id, hurdles, method, since: now };
        Outcome::Next(sessions.rotate(session, now, stage), next)
    }

    async fn is_password(&self, user_name: &str, password: SecretString) -> bool {
        let hash = self.state().accounts.by_name(user_name).map(|a| a.password.clone());
        let hash = hash.unwrap_or_else(|| self.nobody.clone());
        task::spawn_blocking(move || passwords::matches(&password, &hash)).await.unwrap_or(false)
    }
}

/// Which code a page asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeKind {
    /// From an authenticator app.
    Totp,
    /// From an e-mail.
    Email,
    /// From a picture.
    Picture,
}

impl Hurdle {
    /// The page of this hurdle.
    pub(crate) fn path(&self) -> &'static str {
        match self {
            Self::Captcha { .. } => "/verify/human",
            Self::Totp => "/verify/code",
            Self::EmailCode { .. } => "/verify/email",
            Self::Passkey => "/verify/passkey",
        }
    }
}

/// Whether a password check for changing the account is fresh enough.
pub(crate) fn is_confirmed(confirmed: Option<SystemTime>, now: SystemTime) -> bool {
    confirmed.is_some_and(|then| !older_than(then, now, REAUTHENTICATION))
}

fn hurdles_of(account: &mut Account, now: SystemTime) -> VecDeque<Hurdle> {
    let mut hurdles = VecDeque::new();
    if account.has(Difficulty::Captcha) {
        let answer = (0..5).map(|_| char::from(rand::rng().random_range(b'A'..=b'Z'))).collect();
        hurdles.push_back(Hurdle::Captcha { answer });
    }
    if account.has(Difficulty::OneTimeCodeByEmail) {
        let code = format!("{:06}", rand::rng().random_range(0..1_000_000));
        account.send(Mail { at: now, code: code.clone() });
        hurdles.push_back(Hurdle::EmailCode { code });
    } else if account.has(Difficulty::PasskeySecondFactorOnly) && !account.passkeys.is_empty() {
        hurdles.push_back(Hurdle::Passkey);
    } else if account.totp.is_some() {
        hurdles.push_back(Hurdle::Totp);
    }
    hurdles
}
