//! The steps of signing in with a password, and of showing once more who one is.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rand::Rng;
use secrecy::SecretString;
use subtle::ConstantTimeEq;

use crate::Difficulty;
use crate::passwords::{self, HashError};
use crate::records::{AuditEvent, Letter, SignInMethod};
use crate::site::{Site, State};
use crate::store::{Account, Hurdle, Passkey, SessionId, Stage, StoreError, Verified, comparable};
use crate::throttle::Attempt;
use crate::totp::CodeCheck;

/// How long to wait where too many passwords are being checked.
const BUSY: Duration = Duration::from_secs(5);

/// Wrong answers after which a code sent by e-mail is void, whoever gave them: a six-digit code stands no more.
const EMAIL_CODE_FAILURES: u32 = 5;

/// What became of an attempt.
pub(crate) enum Outcome {
    /// Wrong.
    Refused,
    /// Too many attempts; wait this long.
    Locked(Duration),
    /// Right, and on to this page with this session.
    Next(SessionId, String),
    /// Right, and the connection breaks.
    Dropped,
    /// Nothing was asked of this session.
    NotAsked,
}

type Result = std::result::Result<Outcome, StoreError>;

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

impl fmt::Debug for Hurdle {
    /// Without the codes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Captcha { .. } => f.write_str("Captcha(..)"),
            Self::Totp => f.write_str("Totp"),
            Self::EmailCode { failures, .. } => write!(f, "EmailCode(.., {failures} failures)"),
            Self::Passkey => f.write_str("Passkey"),
            Self::StaySignedIn => f.write_str("StaySignedIn"),
        }
    }
}

impl Hurdle {
    /// The page of this hurdle.
    pub(crate) fn path(&self) -> &'static str {
        match self {
            Self::Captcha { .. } => "/verify/human",
            Self::Totp => "/verify/code",
            Self::EmailCode { .. } => "/verify/email",
            Self::Passkey => "/verify/passkey",
            Self::StaySignedIn => "/verify/stay",
        }
    }
}

impl Site {
    /// The first step: user name and password.
    pub(crate) async fn give_password(
        self: &Arc<Self>,
        session: &SessionId,
        user_name: &str,
        password: SecretString,
    ) -> Result {
        let attempt = Attempt::Password(comparable(user_name));
        let locks = match self.state().throttle.begin(&attempt, self.now()) {
            Ok(locks) => locks,
            Err(locked) => return Ok(Outcome::Locked(locked.remaining)),
        };
        let Some(right) = self.is_password(user_name, password).await? else {
            self.state().throttle.withdrawn(&attempt);
            return Ok(Outcome::Locked(BUSY));
        };
        let now = self.now();
        let mut state = self.state();
        let account = state.store.account_by_name(user_name)?;
        let Some(account) = account else {
            state.store.note_of_nobody(now, &AuditEvent::PasswordRefused)?;
            return Ok(Outcome::Refused);
        };
        if !right || account.has(Difficulty::RefusePassword) {
            refuse(&state, &account, now, &AuditEvent::PasswordRefused, locks)?;
            return Ok(Outcome::Refused);
        }
        state.throttle.succeeded(&attempt);
        if account.has(Difficulty::DropConnectionAfterPassword) {
            return Ok(Outcome::Dropped);
        }
        let hurdles = hurdles_of(&state, &account, now)?;
        let verified = Verified { password: Some(now), ..Verified::default() };
        self.advance(&state, &account, session, hurdles, SignInMethod::Password, verified)
    }

    /// A signed-in person gives the password once more.
    pub(crate) async fn confirm_password(self: &Arc<Self>, session: &SessionId, password: SecretString) -> Result {
        let account = {
            let state = self.state();
            let Stage::SignedIn { account, .. } = state.store.stage(session)? else { return Ok(Outcome::NotAsked) };
            match state.store.account(account)? {
                Some(account) => account,
                None => return Ok(Outcome::NotAsked),
            }
        };
        let attempt = Attempt::Reauthentication(comparable(&account.user_name));
        let locks = match self.state().throttle.begin(&attempt, self.now()) {
            Ok(locks) => locks,
            Err(locked) => return Ok(Outcome::Locked(locked.remaining)),
        };
        let Some(right) = self.is_password(&account.user_name, password).await? else {
            self.state().throttle.withdrawn(&attempt);
            return Ok(Outcome::Locked(BUSY));
        };
        let now = self.now();
        let mut state = self.state();
        if !right {
            refuse(&state, &account, now, &AuditEvent::ReauthenticationRefused, locks)?;
            return Ok(Outcome::Refused);
        }
        state.throttle.succeeded(&attempt);
        confirmed(&state, &account, session, now, |verified| verified.password = Some(now))
    }

    /// The same with a code of the authenticator app.
    pub(crate) fn confirm_code(&self, session: &SessionId, code: &str) -> Result {
        let now = self.now();
        let mut state = self.state();
        let Stage::SignedIn { account, .. } = state.store.stage(session)? else { return Ok(Outcome::NotAsked) };
        let Some(mut account) = state.store.account(account)? else { return Ok(Outcome::NotAsked) };
        let attempt = Attempt::Code(comparable(&account.user_name));
        let locks = match state.throttle.begin(&attempt, now) {
            Ok(locks) => locks,
            Err(locked) => return Ok(Outcome::Locked(locked.remaining)),
        };
        let event = match check_totp(&state, &mut account, &compact(code), now)? {
            CodeCheck::Accepted { .. } => {
                state.throttle.succeeded(&attempt);
                return confirmed(&state, &account, session, now, |verified| verified.totp = Some(now));
            }
            CodeCheck::Reused => AuditEvent::CodeReused,
            CodeCheck::Wrong => AuditEvent::CodeRefused,
        };
        refuse(&state, &account, now, &event, locks)?;
        Ok(Outcome::Refused)
    }

    /// A code for the hurdle ahead: time-based, from an e-mail, or the characters of a picture.
    pub(crate) fn give_code(&self, session: &SessionId, asked: CodeKind, code: &str) -> Result {
        let now = self.now();
        let code = compact(code);
        let mut state = self.state();
        let Stage::Pending { account, mut hurdles, method: began_by, mut verified, since } =
            state.store.stage(session)?
        else {
            return Ok(Outcome::NotAsked);
        };
        let Some(mut account) = state.store.account(account)? else { return Ok(Outcome::NotAsked) };
        let Some(hurdle) = hurdles.pop_front() else { return Ok(Outcome::NotAsked) };
        let name = comparable(&account.user_name);
        let (attempt, method) = match (asked, &hurdle) {
            (CodeKind::Picture, Hurdle::Captcha { .. }) => (Attempt::Picture(name), began_by),
            (CodeKind::Email, Hurdle::EmailCode { .. }) => (Attempt::Code(name), SignInMethod::PasswordEmailCode),
            // After a passkey that did not check who is there.
            (CodeKind::Totp, Hurdle::Totp) if began_by == SignInMethod::Passkey => (Attempt::Code(name), began_by),
            (CodeKind::Totp, Hurdle::Totp | Hurdle::Passkey) => (Attempt::Code(name), SignInMethod::PasswordTotp),
            _ => return Ok(Outcome::NotAsked),
        };
        let locks = match state.throttle.begin(&attempt, now) {
            Ok(locks) => locks,
            Err(locked) => return Ok(Outcome::Locked(locked.remaining)),
        };
        let event = match &hurdle {
            Hurdle::Captcha { answer: expected } | Hurdle::EmailCode { code: expected, .. } => {
                (!is_same_code(expected, &code)).then_some(AuditEvent::CodeRefused)
            }
            Hurdle::Totp | Hurdle::Passkey | Hurdle::StaySignedIn => {
                match check_totp(&state, &mut account, &code, now)? {
                    CodeCheck::Accepted { .. } => {
                        verified.totp = Some(now);
                        None
                    }
                    CodeCheck::Reused => Some(AuditEvent::CodeReused),
                    CodeCheck::Wrong => Some(AuditEvent::CodeRefused),
                }
            }
        };
        match event {
            None => {
                state.throttle.succeeded(&attempt);
                self.advance(&state, &account, session, hurdles, method, verified)
            }
            Some(event) => {
                refuse(&state, &account, now, &event, locks)?;
                let Hurdle::EmailCode { code, failures } = hurdle else { return Ok(Outcome::Refused) };
                let failures = failures.saturating_add(1);
                if failures >= EMAIL_CODE_FAILURES {
                    state.store.set_stage(session, &Stage::Anonymous)?;
                    return Ok(Outcome::NotAsked);
                }
                hurdles.push_front(Hurdle::EmailCode { code, failures });
                let stage = Stage::Pending { account: account.id, hurdles, method: began_by, verified, since };
                state.store.set_stage(session, &stage)?;
                Ok(Outcome::Refused)
            }
        }
    }

    /// The answer to "stay signed in?". Either is one.
    pub(crate) fn answer_stay(&self, session: &SessionId) -> Result {
        let state = self.state();
        let Stage::Pending { account, mut hurdles, method, verified, .. } = state.store.stage(session)? else {
            return Ok(Outcome::NotAsked);
        };
        let Some(account) = state.store.account(account)? else { return Ok(Outcome::NotAsked) };
        if hurdles.pop_front() != Some(Hurdle::StaySignedIn) {
            return Ok(Outcome::NotAsked);
        }
        self.advance(&state, &account, session, hurdles, method, verified)
    }

    /// Puts the session where the next hurdle is, or signs it in. Either way it gets a new id.
    pub(crate) fn advance(
        &self,
        state: &State,
        account: &Account,
        session: &SessionId,
        hurdles: VecDeque<Hurdle>,
        method: SignInMethod,
        mut verified: Verified,
    ) -> Result {
        let now = self.now();
        let Some(next) = hurdles.front().map(Hurdle::path) else {
            state.store.note(account.id, now, &AuditEvent::SignedIn(method))?;
            if (self.reauthenticate_always && !account.has(Difficulty::ConditionalCreate))
                || account.has(Difficulty::ReauthenticateBeforeAdding)
            {
                // What is asked again is the password: a code counts once.
                verified.password = None;
            }
            let stage = Stage::SignedIn { account: account.id, method, verified };
            return Ok(Outcome::Next(state.store.rotate_session(session, now, stage)?, "/account".to_owned()));
        };
        let stage = Stage::Pending { account: account.id, hurdles, method, verified, since: now };
        Ok(Outcome::Next(state.store.rotate_session(session, now, stage)?, next.to_owned()))
    }

    /// Whether this is the password of the account of this name; `None` where too many others are being checked. As slow
    /// for a name that nobody has.
    async fn is_password(
        self: &Arc<Self>,
        user_name: &str,
        password: SecretString,
    ) -> std::result::Result<Option<bool>, StoreError> {
        let hash = self.state().store.account_by_name(user_name)?.and_then(|account| account.password);
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.clone());
        Ok(match passwords::verify_async(password, hash).await {
            Err(HashError::Busy) => None,
            verified => Some(known && verified == Ok(true)),
        })
    }
}

/// Notes that somebody signed in has shown once more who they are. The session gets a new id.
pub(crate) fn confirmed(
    state: &State,
    account: &Account,
    session: &SessionId,
    now: SystemTime,
    set: impl FnOnce(&mut Verified),
) -> Result {
    // The visitor may have signed out meanwhile.
    let Stage::SignedIn { account: id, method, mut verified } = state.store.stage(session)? else {
        return Ok(Outcome::NotAsked);
    };
    if id != account.id {
        return Ok(Outcome::NotAsked);
    }
    set(&mut verified);
    state.store.note(id, now, &AuditEvent::Reauthenticated)?;
    let more = verified.missing(account.totp.is_some(), now).is_some();
    let stage = Stage::SignedIn { account: id, method, verified };
    let wanted = state.store.wanted(session)?.unwrap_or_else(|| "/account/passkeys/new".to_owned());
    let session = state.store.rotate_session(session, now, stage)?;
    if more {
        state.store.set_wanted(&session, &wanted)?;
        return Ok(Outcome::Next(session, "/account/confirm".to_owned()));
    }
    Ok(Outcome::Next(session, wanted))
}

/// A line of audit for a wrong attempt, and one more where it locks the name.
fn refuse(
    state: &State,
    account: &Account,
    now: SystemTime,
    event: &AuditEvent,
    locks: bool,
) -> std::result::Result<(), StoreError> {
    state.store.note(account.id, now, event)?;
    if locks {
        state.store.note(account.id, now, &AuditEvent::Locked)?;
    }
    Ok(())
}

/// Checks a code of the account's app, and uses its time step up.
fn check_totp(
    state: &State,
    account: &mut Account,
    code: &str,
    now: SystemTime,
) -> std::result::Result<CodeCheck, StoreError> {
    let refuses = account.has(Difficulty::RefuseTotp);
    let Some(totp) = account.totp.as_mut().filter(|_| !refuses) else { return Ok(CodeCheck::Wrong) };
    let check = totp.check(code, now);
    if let CodeCheck::Accepted { step } = check {
        state.store.use_totp_step(account.id, step)?;
    }
    Ok(check)
}

/// Compared in constant time and without regard to case. The length of a code is no secret.
fn is_same_code(expected: &str, given: &str) -> bool {
    expected.to_ascii_lowercase().as_bytes().ct_eq(given.to_ascii_lowercase().as_bytes()).into()
}

/// Codes are typed with spaces as often as without.
fn compact(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace()).collect()
}

fn hurdles_of(state: &State, account: &Account, now: SystemTime) -> std::result::Result<VecDeque<Hurdle>, StoreError> {
    let mut hurdles = VecDeque::new();
    if account.has(Difficulty::Captcha) {
        let answer = (0..5).map(|_| char::from(rand::rng().random_range(b'A'..=b'Z'))).collect();
        hurdles.push_back(Hurdle::Captcha { answer });
    }
    let second_factor = |passkey: &Passkey| passkey.suspended.is_none() && !passkey.passwordless;
    if account.has(Difficulty::OneTimeCodeByEmail) {
        let code = format!("{:06}", rand::rng().random_range(0..1_000_000));
        state.store.send_mail(account.id, now, &Letter::Code(code.clone()))?;
        hurdles.push_back(Hurdle::EmailCode { code, failures: 0 });
    } else if state.store.passkeys(account.id)?.iter().any(second_factor) {
        hurdles.push_back(Hurdle::Passkey);
    } else if account.totp.is_some() {
        hurdles.push_back(Hurdle::Totp);
    }
    if account.has(Difficulty::StaySignedIn) {
        hurdles.push_back(Hurdle::StaySignedIn);
    }
    Ok(hurdles)
}
