//! Browser sessions: who is signed in, who is on the way, and each session's form token. The file has a hash of each
//! cookie only, so that whoever reads it can take nobody's place.

use std::collections::VecDeque;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{AccountId, Result, Store, from_json, json, maybe_json, micros, time};
use crate::records::SignInMethod;
use crate::texts::Language;

/// A session nobody used for this long is gone.
const IDLE: Duration = Duration::from_secs(30 * 60);

/// How long one may take from the password to the last hurdle.
const HURDLES: Duration = Duration::from_secs(10 * 60);

/// How fresh a check of the person must be for a change to the account.
const FRESH: Duration = Duration::from_secs(5 * 60);

/// Sessions at once, a bound on the file; the ones idle longest go first, and before them those without
/// an account.
const CAPACITY: i64 = 16_384;

/// 32 random bytes in base64url: the value of the session cookie.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct SessionId(String);

impl SessionId {
    fn random() -> Self {
        Self(random_token())
    }

    /// What a cookie says; it names a session only if the store knows it.
    pub(crate) fn claimed(value: &str) -> Self {
        Self(value.to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// What the store knows it by.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

fn random_token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// One step between the right password and being signed in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
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
        /// Wrong answers to it.
        failures: u32,
    },
    /// A passkey of the account, or its time-based code where it has one.
    Passkey,
    /// "Stay signed in?": a question that asks for nothing.
    StaySignedIn,
}

/// When somebody who is signed in last showed who they are, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Verified {
    /// The account's password.
    pub(crate) password: Option<SystemTime>,
    /// A code of the authenticator app.
    pub(crate) totp: Option<SystemTime>,
    /// A passkey, with user verification.
    pub(crate) passkey: Option<SystemTime>,
}

/// What is still to be shown before a change to the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// The password (or a passkey).
    Password,
    /// The code as well, the password being fresh.
    Totp,
}

impl Verified {
    /// What is missing at a time: every factor that the account has, within five minutes. A passkey stands for all.
    pub(crate) fn missing(&self, has_totp: bool, now: SystemTime) -> Option<Missing> {
        let fresh = |at: Option<SystemTime>| at.is_some_and(|at| !older_than(at, now, FRESH));
        if fresh(self.passkey) {
            None
        } else if !fresh(self.password) {
            Some(Missing::Password)
        } else {
            (has_totp && !fresh(self.totp)).then_some(Missing::Totp)
        }
    }
}

/// How far a session has come.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) enum Stage {
    /// Nothing is known of the visitor.
    #[default]
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
        /// What was shown on the way.
        verified: Verified,
        /// When the password was accepted.
        since: SystemTime,
    },
    /// Signed in.
    SignedIn {
        /// Who.
        account: AccountId,
        /// How.
        method: SignInMethod,
        /// What was shown lately.
        verified: Verified,
    },
}

impl Stage {
    /// Who is signed in.
    pub(crate) fn signed_in(&self) -> Option<AccountId> {
        match self {
            Self::SignedIn { account, .. } => Some(*account),
            _ => None,
        }
    }

    /// Whose password or passkey brought the session this far.
    fn account(&self) -> Option<AccountId> {
        match self {
            Self::Pending { account, .. } | Self::SignedIn { account, .. } => Some(*account),
            Self::Anonymous | Self::Named(_) => None,
        }
    }

    fn since(&self) -> Option<SystemTime> {
        match self {
            Self::Pending { since, .. } => Some(*since),
            _ => None,
        }
    }
}

/// A message for the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Flash {
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey has another name.
    PasskeyRenamed,
    /// A passkey was removed.
    PasskeyRemoved,
    /// It is the last way in, and stays.
    LastWayIn,
    /// The password was removed.
    PasswordRemoved,
    /// There is a new password.
    PasswordChanged,
    /// The e-mail address is confirmed.
    EmailConfirmed,
    /// The visitor signed out.
    SignedOut,
    /// All sessions of the account are ended.
    SignedOutEverywhere,
    /// A sign-in on the way took too long, or the server forgot it.
    StartAgain,
}

/// One session, as it was when it was read.
pub(crate) struct Session {
    pub(crate) id: SessionId,
    pub(crate) form_token: String,
    pub(crate) stage: Stage,
    /// The id of the profile it entered by.
    pub(crate) rehearsal: Option<String>,
    /// Chosen by the person.
    pub(crate) language: Option<Language>,
}

/// What a session keeps when it gets another id.
#[derive(Default)]
struct Kept {
    rehearsal: Option<String>,
    language: Option<Language>,
    scripts: i64,
}

impl Store {
    /// Begins an anonymous session.
    pub(crate) fn begin_session(&self, now: SystemTime) -> Result<Session> {
        self.insert_session(now, Stage::Anonymous, Kept::default())
    }

    /// The session of a cookie, marked as used now; `None` where there is none, or no longer.
    pub(crate) fn touch_session(&self, id: &SessionId, now: SystemTime) -> Result<Option<Session>> {
        let hash = id.hash();
        let found = self
            .connection
            .prepare_cached("SELECT used_at, form_token, stage, rehearsal, language FROM sessions WHERE id_hash = ?1")?
            .query_row([hash], |row| {
                let session = Session {
                    id: id.clone(),
                    form_token: row.get(1)?,
                    stage: from_json(2, &row.get::<_, String>(2)?)?,
                    rehearsal: row.get(3)?,
                    language: maybe_json(4, row.get(4)?)?,
                };
                Ok((time(row.get(0)?), session))
            })
            .optional()?;
        let Some((used_at, mut session)) = found else { return Ok(None) };
        if older_than(used_at, now, IDLE) {
            self.end_session(id)?;
            return Ok(None);
        }
        self.connection
            .prepare_cached("UPDATE sessions SET used_at = ?2 WHERE id_hash = ?1")?
            .execute(params![hash, micros(now)])?;
        if session.stage.since().is_some_and(|since| older_than(since, now, HURDLES)) {
            session.stage = Stage::Anonymous;
            self.set_stage(id, &session.stage)?;
            self.set_flash(id, Flash::StartAgain)?;
        }
        Ok(Some(session))
    }

    /// The stage of a session.
    pub(crate) fn stage(&self, id: &SessionId) -> Result<Stage> {
        let stage = self
            .connection
            .prepare_cached("SELECT stage FROM sessions WHERE id_hash = ?1")?
            .query_row([id.hash()], |row| from_json(0, &row.get::<_, String>(0)?))
            .optional()?;
        Ok(stage.unwrap_or_default())
    }

    /// Sets the stage without a new id. Only for steps that give no new right.
    pub(crate) fn set_stage(&self, id: &SessionId, stage: &Stage) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE sessions SET stage = ?2, account = ?3 WHERE id_hash = ?1")?
            .execute(params![id.hash(), json(stage)?, stage.account().as_ref().map(AccountId::as_bytes)])?;
        Ok(())
    }

    /// Replaces a session by one with another id and form token, so that an id known before the step is worth nothing
    /// after it.
    pub(crate) fn rotate_session(&self, id: &SessionId, now: SystemTime, stage: Stage) -> Result<SessionId> {
        self.together(|| {
            let kept = self
                .connection
                .prepare_cached("DELETE FROM sessions WHERE id_hash = ?1 RETURNING rehearsal, language, scripts")?
                .query_row([id.hash()], |row| {
                    Ok(Kept { rehearsal: row.get(0)?, language: maybe_json(1, row.get(1)?)?, scripts: row.get(2)? })
                })
                .optional()?;
            Ok(self.insert_session(now, stage, kept.unwrap_or_default())?.id)
        })
    }

    /// Ends a session.
    pub(crate) fn end_session(&self, id: &SessionId) -> Result<()> {
        self.connection.prepare_cached("DELETE FROM sessions WHERE id_hash = ?1")?.execute([id.hash()])?;
        Ok(())
    }

    /// Ends every session that got anywhere with this account, sign-ins on their way too, but for the one named.
    pub(crate) fn end_sessions_of(&self, account: AccountId, but: Option<&SessionId>) -> Result<usize> {
        let but = but.map(SessionId::hash);
        Ok(self
            .connection
            .prepare_cached("DELETE FROM sessions WHERE account = ?1 AND id_hash IS NOT ?2")?
            .execute(params![account.as_bytes(), but])?)
    }

    /// In how many browsers the account is signed in.
    pub(crate) fn sessions_of(&self, account: AccountId, now: SystemTime) -> Result<usize> {
        let mut statement =
            self.connection.prepare_cached("SELECT stage FROM sessions WHERE account = ?1 AND used_at > ?2")?;
        let rows = statement.query_map(params![account.as_bytes(), micros(before(now, IDLE))], |row| {
            from_json::<Stage>(0, &row.get::<_, String>(0)?)
        })?;
        let stages: Vec<Stage> = rows.collect::<rusqlite::Result<_>>()?;
        Ok(stages.iter().filter(|stage| stage.signed_in().is_some()).count())
    }

    /// Leaves a message for the next page.
    pub(crate) fn set_flash(&self, id: &SessionId, flash: Flash) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE sessions SET flash = ?2 WHERE id_hash = ?1")?
            .execute(params![id.hash(), json(&flash)?])?;
        Ok(())
    }

    /// Takes the message left for this page.
    pub(crate) fn take_flash(&self, id: &SessionId) -> Result<Option<Flash>> {
        let flash: Option<Option<String>> = self
            .connection
            .prepare_cached("SELECT flash FROM sessions WHERE id_hash = ?1")?
            .query_row([id.hash()], |row| row.get(0))
            .optional()?;
        let Some(flash) = flash.flatten() else { return Ok(None) };
        self.connection.prepare_cached("UPDATE sessions SET flash = NULL WHERE id_hash = ?1")?.execute([id.hash()])?;
        Ok(Some(serde_json::from_str(&flash)?))
    }

    /// Notes where to go on after the person has shown who they are.
    pub(crate) fn set_wanted(&self, id: &SessionId, path: &str) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE sessions SET wanted = ?2 WHERE id_hash = ?1")?
            .execute(params![id.hash(), path])?;
        Ok(())
    }

    /// Where to go on.
    pub(crate) fn wanted(&self, id: &SessionId) -> Result<Option<String>> {
        let wanted = self
            .connection
            .prepare_cached("SELECT wanted FROM sessions WHERE id_hash = ?1")?
            .query_row([id.hash()], |row| row.get(0))
            .optional()?;
        Ok(wanted.flatten())
    }

    /// Notes by which profile the session entered.
    pub(crate) fn set_rehearsal(&self, id: &SessionId, rehearsal: Option<&str>) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE sessions SET rehearsal = ?2 WHERE id_hash = ?1")?
            .execute(params![id.hash(), rehearsal])?;
        Ok(())
    }

    /// Counts a request of a script, this one included.
    pub(crate) fn count_script(&self, id: &SessionId) -> Result<u64> {
        let count: i64 = self
            .connection
            .prepare_cached("UPDATE sessions SET scripts = scripts + 1 WHERE id_hash = ?1 RETURNING scripts")?
            .query_row([id.hash()], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// Notes which language the person chose.
    pub(crate) fn set_language(&self, id: &SessionId, language: Language) -> Result<()> {
        self.connection
            .prepare_cached("UPDATE sessions SET language = ?2 WHERE id_hash = ?1")?
            .execute(params![id.hash(), json(&language)?])?;
        Ok(())
    }

    fn insert_session(&self, now: SystemTime, stage: Stage, kept: Kept) -> Result<Session> {
        let live: i64 =
            self.connection.prepare_cached("SELECT count(*) FROM sessions")?.query_row([], |row| row.get(0))?;
        if live >= CAPACITY {
            self.connection
                .prepare_cached("DELETE FROM sessions WHERE used_at <= ?1")?
                .execute([micros(before(now, IDLE))])?;
            // Sessions without an account first: anybody can begin any number of those.
            for which in ["account IS NULL", "true"] {
                let sql = format!(
                    "DELETE FROM sessions WHERE id_hash IN (SELECT id_hash FROM sessions WHERE {which} ORDER BY used_at \
                     LIMIT max(0, (SELECT count(*) FROM sessions) + 1 - ?1))"
                );
                self.connection.prepare_cached(&sql)?.execute([CAPACITY])?;
            }
        }
        let Kept { rehearsal, language, scripts } = kept;
        let session = Session { id: SessionId::random(), form_token: random_token(), stage, rehearsal, language };
        self.connection
            .prepare_cached(
                "INSERT INTO sessions (id_hash, account, form_token, used_at, stage, rehearsal, language, scripts) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                session.id.hash(),
                session.stage.account().as_ref().map(AccountId::as_bytes),
                session.form_token,
                micros(now),
                json(&session.stage)?,
                session.rehearsal,
                session.language.as_ref().map(json).transpose()?,
                scripts,
            ])?;
        Ok(session)
    }
}

fn before(now: SystemTime, span: Duration) -> SystemTime {
    now.checked_sub(span).unwrap_or(now)
}

/// Whether more than `limit` has passed; a clock that went backwards counts as too long.
fn older_than(then: SystemTime, now: SystemTime, limit: Duration) -> bool {
    now.duration_since(then).map_or(true, |age| age >= limit)
}
