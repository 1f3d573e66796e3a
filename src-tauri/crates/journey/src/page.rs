//! What a look at a page can tell: the vocabulary shared by the content script (which reads), the drivers (which look
//! and act) and the journey (which decides). Carries no field value and no secret.

use rekey_origin::Origin;
use serde::{Deserialize, Serialize};
use url::Url;

/// One element of one reading. Meaningless outside the document that the reading came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ElementId(pub u32);

/// One document as the driver tells documents apart; a navigation makes a new one, and acting on an old one fails.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentId(pub String);

/// Where to act.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Target {
    /// The document the element was read in.
    pub document: DocumentId,
    /// The element.
    pub element: ElementId,
}

/// What a page is for, as far as one can tell by looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// Asks who you are: user name, password, or both.
    SignIn,
    /// Makes a new account.
    SignUp,
    /// Sets a new password.
    ChangePassword,
    /// Asks for a one-time code or another second factor.
    SecondFactor,
    /// Asks a signed-in person for the password once more.
    Reauthentication,
    /// Lists passkeys or offers to add one.
    PasskeySettings,
    /// Asks what the new passkey shall be called, or settles its options, before it is made.
    NameKey,
    /// Shows or offers recovery codes.
    RecoveryCodes,
    /// Something to agree to or to skip on the way.
    Interstitial,
    /// A page for somebody who is signed in.
    SignedIn,
    /// The account is locked or the person was asked to wait.
    LockedOut,
    /// A puzzle for humans.
    Captcha,
    /// A code was sent by e-mail or text message.
    CodeSent,
    /// The site reports an error of its own (404, 500).
    Error,
    /// None of these, or not sure.
    Unknown,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldRole {
    /// User name, e-mail address or telephone number of the account.
    UserName,
    /// The password the account has now.
    CurrentPassword,
    /// A password to be set.
    NewPassword,
    /// A one-time code; for a segmented box, its first cell.
    OneTimeCode,
    /// A name for the passkey.
    KeyName,
    /// A check box that makes the passkey good for signing in without a password.
    PasswordlessBox,
    /// "Stay signed in".
    RememberMe,
}

/// What pressing a control does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionRole {
    /// Sends the form it belongs to.
    Submit,
    /// Signs in with a passkey, or uses one as the second factor.
    UsePasskey,
    /// Leads to another way of signing in.
    TryAnotherWay,
    /// Starts adding a passkey, or leads to where one is added.
    AddPasskey,
    /// Leads towards security or account settings.
    ToSecuritySettings,
    /// Leads to the sign-in page.
    ToSignIn,
    /// Goes on without doing what the page suggests.
    Skip,
    /// Agrees and goes on.
    Continue,
    /// Signs out: seen only by somebody who is signed in.
    SignOut,
    /// Answers a cookie banner that lies over the page, with the least consent that it offers.
    AnswerCookies,
}

/// What the page says besides its controls; recognised kinds only, never the page's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// An error message stands beside a form or in an alert.
    Refused,
    /// The account is locked.
    Locked,
    /// Too many attempts.
    RateLimited,
    /// A human must solve a puzzle.
    Captcha,
    /// A code was sent to an e-mail address or telephone.
    CodeSent,
    /// Something was done as asked (`role=status`, success message).
    Done,
    /// The site could not take it just now; nothing was wrong with what it got.
    Busy,
    /// The account's e-mail address is not confirmed yet.
    AddressUnconfirmed,
    /// The site allows this account no passkeys, or no changes at all.
    Barred,
}

/// One observation that speaks for being signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignedInSignal {
    /// A control to sign out is on the page.
    SignOutControl,
    /// The page manages passkeys or security settings of an account.
    AccountSettings,
    /// The account's user name is shown outside a form.
    UserNameShown,
    /// No sign-in field is on the page any more, and the address is another.
    SignInFieldsGone,
    /// The site set or replaced a cookie since the sign-in was sent.
    CookieChanged,
    /// A page that asked for a sign-in before shows its content now.
    ProtectedPageOpened,
}

/// A field as read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// Where it is.
    pub element: ElementId,
    /// What it takes.
    pub role: FieldRole,
    /// The form it belongs to; fields and actions of one form share the number.
    pub form: u32,
    /// Whether it holds a value already.
    #[serde(default)]
    pub filled: bool,
    /// For a check box, whether it is ticked.
    #[serde(default)]
    pub ticked: bool,
    /// 0 to 100.
    pub confidence: u8,
}

/// A control as read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    /// Where it is.
    pub element: ElementId,
    /// What pressing it does.
    pub role: ActionRole,
    /// The form it belongs to; 0 where it belongs to none.
    pub form: u32,
    /// Its words, at most 80 characters, to point the person at it. Never logged or stored.
    pub label: String,
    /// For a link, whether it only leads to another page (a GET).
    #[serde(default)]
    pub link: bool,
    /// 0 to 100.
    pub confidence: u8,
}

/// What the content script reads from one document. Untrusted: a page can make it say anything.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// What the page is for.
    pub kind: PageKind,
    /// 0 to 100.
    pub confidence: u8,
    /// Short codes from the content script's own vocabulary that tell why.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// Fields, best first.
    pub fields: Vec<Field>,
    /// Controls, best first.
    pub actions: Vec<Action>,
    /// Messages.
    pub notices: Vec<Notice>,
    /// Signals of being signed in that the page itself shows.
    pub signals: Vec<SignedInSignal>,
    /// The page's language as it declares it, or empty.
    #[serde(default)]
    pub language: String,
}

impl Reading {
    /// The best field of a role.
    pub fn field(&self, role: FieldRole) -> Option<&Field> {
        self.fields.iter().find(|f| f.role == role)
    }

    /// The best control of a role.
    pub fn action(&self, role: ActionRole) -> Option<&Action> {
        self.actions.iter().find(|a| a.role == role)
    }

    /// The best control of a role within a form.
    pub fn action_in(&self, role: ActionRole, form: u32) -> Option<&Action> {
        self.actions.iter().find(|a| a.role == role && a.form == form)
    }

    /// The control that leads past a page which suggests or shows something: rather without doing it than by agreeing.
    pub fn way_past(&self) -> Option<&Action> {
        self.action(ActionRole::Skip).or_else(|| self.action(ActionRole::Continue))
    }

    /// Whether the page says this.
    pub fn says(&self, notice: Notice) -> bool {
        self.notices.contains(&notice)
    }

    /// Whether the page asks who you are.
    pub fn asks_for_sign_in(&self) -> bool {
        matches!(self.kind, PageKind::SignIn | PageKind::SecondFactor | PageKind::Reauthentication | PageKind::CodeSent)
    }
}

/// A reading together with what the host saw for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The document's address as the browser reports it.
    pub url: Url,
    /// The document's origin as the browser reports it; `None` for an opaque one.
    pub origin: Option<Origin>,
    /// The document.
    pub document: DocumentId,
    /// What it shows.
    pub reading: Reading,
    /// Whether anything changed since the observation before (another document, address or reading).
    pub changed: bool,
    /// Whether the site set or replaced a cookie since the context was last navigated or a form was sent.
    pub cookie_changed: bool,
    /// Whether the document is still loading or waits for an answer of its site.
    pub busy: bool,
    /// The HTTP status of the document's response, where there was one.
    pub status: Option<u16>,
}

impl Observation {
    /// Where an element of this observation is.
    pub fn target(&self, element: ElementId) -> Target {
        Target { document: self.document.clone(), element }
    }
}
