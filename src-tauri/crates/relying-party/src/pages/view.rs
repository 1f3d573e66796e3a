//! What the pages show, as plain data. Everything a person reads in here is already in that person's language.

use serde::Serialize;

/// How what was done just now ended.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) text: String,
    pub(crate) good: bool,
}

/// The front page.
#[derive(Debug, Clone, Default)]
pub(crate) struct HomeView {
    /// Who can sign in; empty where the page does not tell.
    pub(crate) people: Vec<PersonView>,
    pub(crate) message: Option<Message>,
}

/// Somebody who can sign in.
#[derive(Debug, Clone)]
pub(crate) struct PersonView {
    pub(crate) user_name: String,
    /// The path of this person's sign-in page.
    pub(crate) sign_in: String,
    pub(crate) has_totp: bool,
    pub(crate) passkeys: usize,
}

/// The account of the person signed in.
#[derive(Debug, Clone)]
pub(crate) struct AccountView {
    pub(crate) user_name: String,
    pub(crate) passkeys: Vec<PasskeyView>,
    /// Or why no passkey can be added.
    pub(crate) may_add: Result<(), String>,
    /// Whether passkeys are shown at all.
    pub(crate) offers_passkeys: bool,
    pub(crate) has_password: bool,
    /// Or why the password cannot be removed.
    pub(crate) may_remove_password: Result<(), String>,
    pub(crate) recovery_codes_left: u32,
    pub(crate) has_totp: bool,
    /// Signed-in sessions of the account, this one among them.
    pub(crate) sessions: usize,
    /// Newest first.
    pub(crate) activity: Vec<ActivityView>,
    pub(crate) message: Option<Message>,
    pub(crate) signal: Signal,
    /// Whether the page may make a passkey without being asked, where the browser can.
    pub(crate) conditional_create: bool,
}

/// One passkey.
#[derive(Debug, Clone)]
pub(crate) struct PasskeyView {
    /// The credential id in base64url.
    pub(crate) id: String,
    pub(crate) name: String,
    /// When, for people.
    pub(crate) added: String,
    /// When, for people.
    pub(crate) last_used: Option<String>,
    /// Whether it is backed up beyond one device.
    pub(crate) synced: bool,
    /// Who keeps it, where that is known.
    pub(crate) provider: Option<String>,
    /// Why the site does not take it at present.
    pub(crate) suspended: Option<String>,
    /// Or why it has to stay.
    pub(crate) removable: Result<(), String>,
}

/// One thing that happened to the account.
#[derive(Debug, Clone)]
pub(crate) struct ActivityView {
    pub(crate) when: String,
    pub(crate) text: String,
    /// Whether it is a reason to look twice.
    pub(crate) bad: bool,
}

/// What the browser may tell the person's password managers
/// (<https://www.w3.org/TR/webauthn-3/#sctn-signal-methods>), with the names of its options.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Signal {
    pub(crate) rp_id: String,
    /// The user handle in base64url.
    pub(crate) user_id: String,
    /// Every credential id the site takes from this account, in base64url.
    #[serde(rename = "allAcceptedCredentialIds")]
    pub(crate) accepted: Vec<String>,
    pub(crate) name: String,
    pub(crate) display_name: String,
}

/// What a signed-in person gives once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConfirmStep {
    /// The password.
    Password,
    /// A one-time code, after the password.
    Code,
    /// A passkey, where the account has no password.
    PasskeyOnly,
}

/// The page where a signed-in person confirms who they are.
#[derive(Debug, Clone)]
pub(crate) struct ConfirmView {
    pub(crate) step: ConfirmStep,
    /// Whether a passkey does as well.
    pub(crate) passkey: bool,
    pub(crate) error: Option<String>,
}

/// The page where a password is changed, or set where there is none.
#[derive(Debug, Clone)]
pub(crate) struct PasswordView {
    pub(crate) user_name: String,
    pub(crate) has_password: bool,
    /// Characters a new password has at least.
    pub(crate) min_length: u32,
    pub(crate) error: Option<String>,
}

/// The page for somebody who cannot sign in.
#[derive(Debug, Clone)]
pub(crate) struct RecoverView {
    /// As it was given before.
    pub(crate) user_name: String,
    /// Characters a new password has at least.
    pub(crate) min_length: u32,
    pub(crate) error: Option<String>,
}

/// Why nothing was done, in three sentences.
#[derive(Debug, Clone)]
pub(crate) struct RefusalView {
    pub(crate) what_happened: String,
    pub(crate) what_is_safe: String,
    pub(crate) what_next: String,
}

/// The e-mails that the site would have sent.
#[derive(Debug, Clone)]
pub(crate) struct InboxView {
    /// Newest first.
    pub(crate) mails: Vec<MailView>,
}

/// One e-mail.
#[derive(Debug, Clone)]
pub(crate) struct MailView {
    pub(crate) to: String,
    pub(crate) when: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    /// A one-time code, shown large.
    pub(crate) code: Option<String>,
    /// A path of this site that the e-mail asks to open.
    pub(crate) link: Option<String>,
}
