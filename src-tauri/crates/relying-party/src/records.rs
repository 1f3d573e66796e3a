//! The site's own view of its accounts, for tests and for people who want to look behind the scenes. Holds no secret
//! of an account; the codes in [`Mail`] were used up or expire with it.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How somebody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignInMethod {
    /// Password alone.
    Password,
    /// Password, then a time-based code.
    PasswordTotp,
    /// Password, then a code that came by e-mail.
    PasswordEmailCode,
    /// Password, then a passkey as the second factor.
    PasswordPasskey,
    /// A passkey by itself.
    Passkey,
    /// A recovery code, and a new password.
    RecoveryCode,
}

impl SignInMethod {
    /// Whether the password was part of it.
    pub(crate) fn is_by_password(self) -> bool {
        !matches!(self, Self::Passkey | Self::RecoveryCode)
    }
}

impl fmt::Display for SignInMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Password => "password",
            Self::PasswordTotp => "password+totp",
            Self::PasswordEmailCode => "password+email-code",
            Self::PasswordPasskey => "password+passkey",
            Self::Passkey => "passkey",
            Self::RecoveryCode => "recovery-code",
        })
    }
}

/// Why a passkey is not trusted any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Suspicion {
    /// Its signature counter did not go up: there may be a copy of it
    /// (<https://www.w3.org/TR/webauthn-3/#sctn-sign-counter>).
    #[error("the signature counter did not go up")]
    CounterRegressed,
    /// It says of itself that it can be backed up, and said the contrary when it was made, or the other way round
    /// (<https://www.w3.org/TR/webauthn-3/#sctn-credential-backup>: that never changes).
    #[error("the backup eligibility changed")]
    BackupEligibilityChanged,
}

/// One thing that happened to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuditEvent {
    /// A wrong password at sign-in.
    PasswordRefused,
    /// A wrong one-time code.
    CodeRefused,
    /// A right one-time code whose time step had been used.
    CodeReused,
    /// Too many wrong passwords or codes: locked.
    Locked,
    /// Signed in.
    SignedIn(SignInMethod),
    /// Signed out.
    SignedOut,
    /// Gave the password once more, to change something.
    Reauthenticated,
    /// Gave a wrong password when asked once more.
    ReauthenticationRefused,
    /// A passkey was registered.
    PasskeyAdded {
        /// base64url, without padding.
        credential_id: String,
    },
    /// A passkey has another name.
    PasskeyRenamed {
        /// base64url, without padding.
        credential_id: String,
    },
    /// A passkey was removed.
    PasskeyRemoved {
        /// base64url, without padding.
        credential_id: String,
    },
    /// A passkey signs nobody in any more.
    PasskeySuspended {
        /// base64url, without padding.
        credential_id: String,
        /// Why.
        why: Suspicion,
    },
    /// An assertion said that its passkey is backed up now, or is no longer.
    BackupStateChanged {
        /// base64url, without padding.
        credential_id: String,
        /// Whether it is backed up now.
        backed_up: bool,
    },
    /// The password was removed.
    PasswordRemoved,
    /// There is a new password.
    PasswordChanged,
    /// New recovery codes were made, and the ones before are void.
    RecoveryCodesMade,
    /// A recovery code was used.
    RecoveryCodeUsed,
    /// A wrong or used recovery code.
    RecoveryCodeRefused,
    /// The e-mail address was confirmed.
    EmailConfirmed,
    /// All sessions of the account were ended.
    SignedOutEverywhere {
        /// How many.
        sessions: usize,
    },
    /// A request was refused that named nobody, or that could not be read.
    RequestRefused {
        /// The site's reason.
        reason: String,
    },
    /// A registration was refused.
    RegistrationRefused {
        /// The site's reason.
        reason: String,
    },
    /// A sign-in with a passkey of this account was refused.
    AssertionRefused {
        /// The site's reason.
        reason: String,
    },
}

impl AuditEvent {
    /// Whether it counts as a wrong password or code.
    pub(crate) fn is_failed_attempt(&self) -> bool {
        matches!(
            self,
            Self::PasswordRefused
                | Self::CodeRefused
                | Self::CodeReused
                | Self::ReauthenticationRefused
                | Self::RecoveryCodeRefused
        )
    }

    /// Whether nothing came of it: an attempt of whoever.
    pub(crate) fn is_refusal(&self) -> bool {
        self.is_failed_attempt()
            || matches!(
                self,
                Self::RequestRefused { .. } | Self::RegistrationRefused { .. } | Self::AssertionRefused { .. }
            )
    }

    /// What the account's owner is told of it by e-mail.
    pub(crate) fn change(&self) -> Option<Change> {
        match self {
            Self::PasskeyAdded { .. } => Some(Change::PasskeyAdded),
            Self::PasskeyRemoved { .. } => Some(Change::PasskeyRemoved),
            Self::PasswordChanged => Some(Change::PasswordChanged),
            Self::PasswordRemoved => Some(Change::PasswordRemoved),
            Self::RecoveryCodeUsed => Some(Change::Recovered),
            Self::PasskeySuspended { .. } => Some(Change::PasskeySuspended),
            Self::RecoveryCodesMade => Some(Change::RecoveryCodesMade),
            Self::Locked => Some(Change::Locked),
            _ => None,
        }
    }
}

impl fmt::Display for AuditEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PasswordRefused => f.write_str("password refused"),
            Self::CodeRefused => f.write_str("code refused"),
            Self::CodeReused => f.write_str("code refused: used before"),
            Self::Locked => f.write_str("locked"),
            Self::SignedIn(method) => write!(f, "signed in: {method}"),
            Self::SignedOut => f.write_str("signed out"),
            Self::Reauthenticated => f.write_str("re-authenticated"),
            Self::ReauthenticationRefused => f.write_str("re-authentication refused"),
            Self::PasskeyAdded { credential_id } => write!(f, "passkey added: {credential_id}"),
            Self::PasskeyRenamed { credential_id } => write!(f, "passkey renamed: {credential_id}"),
            Self::PasskeyRemoved { credential_id } => write!(f, "passkey removed: {credential_id}"),
            Self::PasskeySuspended { credential_id, why } => write!(f, "passkey suspended: {credential_id}: {why}"),
            Self::BackupStateChanged { credential_id, backed_up } => {
                write!(
                    f,
                    "backup state changed: {credential_id}: {}",
                    if *backed_up { "backed up" } else { "not backed up" }
                )
            }
            Self::PasswordRemoved => f.write_str("password removed"),
            Self::PasswordChanged => f.write_str("password changed"),
            Self::RecoveryCodesMade => f.write_str("recovery codes made"),
            Self::RecoveryCodeUsed => f.write_str("recovery code used"),
            Self::RecoveryCodeRefused => f.write_str("recovery code refused"),
            Self::EmailConfirmed => f.write_str("e-mail address confirmed"),
            Self::SignedOutEverywhere { sessions } => write!(f, "signed out everywhere: {sessions} sessions"),
            Self::RequestRefused { reason } => write!(f, "request refused: {reason}"),
            Self::RegistrationRefused { reason } => write!(f, "registration refused: {reason}"),
            Self::AssertionRefused { reason } => write!(f, "passkey sign-in refused: {reason}"),
        }
    }
}

/// One line of an account's audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// When, by the site's clock.
    pub at: SystemTime,
    /// What.
    pub event: AuditEvent,
}

impl fmt::Display for AuditLine {
    /// Seconds since 1970, then the event.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.at.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        write!(f, "{seconds} {}", self.event)
    }
}

/// One e-mail the site would have sent. Nothing leaves the computer; the inbox page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// When, by the site's clock.
    pub at: SystemTime,
    /// What stands in it.
    pub letter: Letter,
}

impl Mail {
    /// The one-time code in it.
    pub fn code(&self) -> Option<&str> {
        match &self.letter {
            Letter::Code(code) => Some(code),
            Letter::Confirmation(_) | Letter::Change(_) => None,
        }
    }
}

/// What an e-mail is about. Its `Debug` is without codes and links.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Letter {
    /// A one-time code for a sign-in.
    Code(String),
    /// A link that confirms the address, by its random part.
    Confirmation(String),
    /// Something changed that its owner should know of.
    Change(Change),
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(_) => f.write_str("Code(..)"),
            Self::Confirmation(_) => f.write_str("Confirmation(..)"),
            Self::Change(change) => f.debug_tuple("Change").field(change).finish(),
        }
    }
}

/// What changed in an account, or threatens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// There is a new password.
    PasswordChanged,
    /// The password was removed.
    PasswordRemoved,
    /// A recovery code was used.
    Recovered,
    /// A passkey signs nobody in any more.
    PasskeySuspended,
    /// There are new recovery codes, and the ones before are void.
    RecoveryCodesMade,
    /// Too many wrong passwords or codes: locked for a while.
    Locked,
}

/// One registered passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRecord {
    /// base64url, without padding.
    pub credential_id: String,
    /// The name the person gave it.
    pub name: String,
    /// When it was registered.
    pub created_at: SystemTime,
    /// When it last signed somebody in.
    pub last_used_at: Option<SystemTime>,
    /// Whether the authenticator said that the person was verified at registration.
    pub user_verified: bool,
    /// COSE algorithm identifier.
    pub algorithm: i64,
    /// The signature counter as last seen; 0 where the authenticator does not count.
    pub sign_count: u32,
    /// Whether it can be backed up.
    pub backup_eligible: bool,
    /// Whether it is, as last seen.
    pub backup_state: bool,
    /// The kind of authenticator, as it says itself; all zero where it does not say.
    pub aaguid: Uuid,
    /// The format of the attestation that came with it.
    pub attestation: String,
    /// Why it signs nobody in any more.
    pub suspended: Option<Suspicion>,
}

/// What the site knows of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRecord {
    /// The user name.
    pub user_name: String,
    /// The user handle in base64url: what `user.id` is in the options.
    pub user_handle: String,
    /// The path of its usual sign-in page.
    pub sign_in: String,
    /// Whether its second factor is a code from an app.
    pub has_totp: bool,
    /// Whether it has a password.
    pub has_password: bool,
    /// Recovery codes left.
    pub recovery_codes: u32,
    /// Registered passkeys, oldest first.
    pub passkeys: Vec<PasskeyRecord>,
    /// How the last sign-in was done.
    pub last_sign_in: Option<SignInMethod>,
    /// Wrong passwords and codes, ever.
    pub failed_attempts: u32,
    /// What happened, oldest first; the last thousand refusals, and the last thousand lines of all else.
    pub audit: Vec<AuditLine>,
    /// E-mails, oldest first.
    pub mail: Vec<Mail>,
}
