//! What can make a sign-in or a migration hard, and the profiles to rehearse each.

use serde::{Deserialize, Serialize};

use crate::FormStyle;

/// One way in which a site makes a migration harder or impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
    /// Asks for the code in six boxes of one digit each, and sends it itself at the sixth.
    SegmentedCode,
    /// Asks for the password again before adding a passkey, however fresh the sign-in.
    ReauthenticateBeforeAdding,
    /// Makes the passkey as soon as the page opens, before anybody pressed anything.
    CeremonyAtPageLoad,
    /// A passkey signs in by itself only where a box was ticked when it was made; otherwise it is a second factor.
    PasswordlessBox,
    /// Asks for the passkey's name on a page of its own, after it was made.
    NameAfterCreation,
    /// Shows recovery codes after the first passkey, and goes on only when the person says that they are kept.
    RecoveryCodesAfterFirst,
    /// One passkey an account.
    OnePasskeyLimit,
    /// Calls the user name's field "email", the code's "token" and the password's "access".
    MisleadingNames,
    /// Asks "stay signed in?" after the sign-in.
    StaySignedIn,
    /// Lays a cookie banner over the sign-in page.
    CookieBanner,
    /// Speaks German.
    German,
    /// Speaks Japanese.
    Japanese,
    /// Speaks Arabic, from right to left.
    Arabic,
    /// Takes a second and more for every answer.
    Slow,
    /// Answers every third request of a script with "503, try again".
    Flaky,
    /// The e-mail address is not confirmed yet, and adding a passkey waits for it.
    EmailUnconfirmed,
    /// The account is on hold: its owner signs in, and may change nothing.
    OnHold,
    /// The house rules allow this account no passkeys.
    NoPasskeysByPolicy,
    /// Makes a passkey by itself after a sign-in with the password, where the browser can.
    ConditionalCreate,
}

/// A kind of site to rehearse on: one account of it stands for all that behave like it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// Its name in addresses (`/p/ID`) and as the user name of its account.
    pub id: &'static str,
    /// What the sign-in page looks like.
    pub form: FormStyle,
    /// Whether the account has a TOTP secret.
    pub totp: bool,
    /// What is hard about it.
    pub difficulties: &'static [Difficulty],
}

impl Profile {
    /// Every profile there is, from easy to hard.
    pub const ALL: &'static [Self] = {
        use Difficulty as D;
        use FormStyle::{LateScript, OnePage, TwoStep};
        &[
            Self::of("one-page", OnePage, true, &[]),
            Self::of("two-step", TwoStep, true, &[]),
            Self::of("late-script", LateScript, false, &[]),
            Self::of("segmented-code", OnePage, true, &[D::SegmentedCode]),
            Self::of("reauthentication", TwoStep, true, &[D::ReauthenticateBeforeAdding]),
            Self::of("at-page-load", OnePage, false, &[D::CeremonyAtPageLoad]),
            Self::of("passwordless-box", OnePage, true, &[D::PasswordlessBox]),
            Self::of("name-your-key", OnePage, false, &[D::NameAfterCreation]),
            Self::of("recovery-codes", TwoStep, true, &[D::RecoveryCodesAfterFirst]),
            Self::of("second-factor", OnePage, true, &[D::PasskeySecondFactorOnly]),
            Self::of("one-passkey", OnePage, true, &[D::OnePasskeyLimit]),
            Self::of("misleading-names", OnePage, true, &[D::MisleadingNames]),
            Self::of("stay-signed-in", TwoStep, true, &[D::StaySignedIn]),
            Self::of("cookie-banner", OnePage, true, &[D::CookieBanner]),
            Self::of("made-by-itself", OnePage, true, &[D::ConditionalCreate]),
            Self::of("email-code", OnePage, false, &[D::OneTimeCodeByEmail]),
            Self::of("captcha", OnePage, false, &[D::Captcha]),
            Self::of("german", OnePage, true, &[D::German]),
            Self::of("japanese", TwoStep, true, &[D::Japanese]),
            Self::of("arabic", OnePage, true, &[D::Arabic]),
            Self::of("slow", TwoStep, true, &[D::Slow]),
            Self::of("flaky", LateScript, false, &[D::Flaky]),
            Self::of("email-unconfirmed", OnePage, false, &[D::EmailUnconfirmed]),
            Self::of("on-hold", OnePage, false, &[D::OnHold]),
            Self::of("policy", TwoStep, false, &[D::NoPasskeysByPolicy]),
            Self::of("no-passkeys", OnePage, true, &[D::NoPasskeyPage]),
        ]
    };

    const fn of(id: &'static str, form: FormStyle, totp: bool, difficulties: &'static [Difficulty]) -> Self {
        Self { id, form, totp, difficulties }
    }

    /// The profile of this name.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|profile| profile.id == id)
    }
}
