//! The site's own view of its accounts, for tests and for people who want to look behind the scenes. Holds no secret
//! of an account; the codes in [`Mail`] were used up or expire with it.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// How somebody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
}

impl fmt::Display for SignInMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Password => "password",
            Self::PasswordTotp => "password+totp",
            Self::PasswordEmailCode => "password+email-code",
            Self::PasswordPasskey => "password+passkey",
            Self::Passkey => "passkey",
        })
    }
}

/// One thing that happened to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// One e-mail the site would have sent. Nothing leaves the computer; whoever runs the site can read it here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// When, by the site's clock.
    pub at: SystemTime,
    /// The one-time code in it.
    pub code: String,
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
}

/// What the site knows of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRecord {
    /// The user name.
    pub user_name: String,
    /// The user handle in base64url: what `user.id` is in the options.
    pub user_handle: String,
    /// Registered passkeys, oldest first.
    pub passkeys: Vec<PasskeyRecord>,
    /// How the last sign-in was done.
    pub last_sign_in: Option<SignInMethod>,
    /// Wrong passwords and codes, ever.
    pub failed_attempts: u32,
    /// What happened, oldest first; the last thousand lines.
    pub audit: Vec<AuditLine>,
    /// E-mails, oldest first.
    pub mail: Vec<Mail>,
}
