//! What the plan says of an account: codes with arguments, never text.

use rekey_journey::{AccountId, Reuse, SaidBy, StopReason};
use rekey_origin::Site;
use serde::Serialize;

use super::Band;

/// An account with its place in the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// Its id.
    pub account: AccountId,
    /// Whose account it is.
    pub site: Site,
    /// The user name, possibly empty.
    pub user_name: String,
    /// Its place, from 1.
    pub place: u32,
    /// What it is placed by, before anything else.
    pub band: Band,
    /// How it stands.
    pub state: PlanState,
    /// What to do next.
    pub next_step: NextStep,
    /// What to do after that, where one step does not do.
    pub then_step: Option<NextStep>,
    /// How little work the next step is: 100 is least.
    pub ease: Score,
    /// How likely somebody else can sign in now.
    pub risk: Score,
    /// How much depends on it.
    pub value: Score,
    /// Why it has its place; the first one decided it.
    pub reasons: Vec<Reason>,
    /// What to know before the next step.
    pub warnings: Vec<Warning>,
}

/// From 0 to 100.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Score(u8);

impl Score {
    /// This many points, of 0 to 100; what is beyond is cut off.
    pub fn of(points: i32) -> Self {
        Self(u8::try_from(points.clamp(0, 100)).unwrap_or(100))
    }

    /// The points.
    pub fn points(self) -> u8 {
        self.0
    }

    /// The score as people take it in.
    pub fn level(self) -> Level {
        match self.0 {
            0..=24 => Level::Low,
            25..=64 => Level::Middling,
            _ => Level::High,
        }
    }
}

/// A score in three steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Below 25.
    Low,
    /// Below 65.
    Middling,
    /// From 65 on.
    High,
}

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident $({ $($(#[$field_doc:meta])* $field:ident: $type:ty),+ })? => $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(tag = "code", rename_all = "snake_case")]
        pub enum $name {
            $($(#[$variant_doc])* $variant $({ $($(#[$field_doc])* $field: $type),+ })?,)+
        }

        impl $name {
            /// The codes of all, for tables and tests.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The code as scripts read it and as the words are filed under.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code,)+ }
            }
        }
    };
}

codes! {
    /// How an account stands in the plan.
    PlanState {
        /// The passkey alone signs in.
        Proven => "proven",
        /// The passkey works beside the password.
        ProvenSecondFactor => "proven_second_factor",
        /// Begun; what is left is known.
        InProgress => "in_progress",
        /// The person must do something.
        NeedsYou => "needs_you",
        /// Something must change first.
        Stuck => "stuck",
        /// The vault holds a passkey that nobody has seen at work.
        InVault => "in_vault",
        /// The site takes passkeys, and nothing is in the way.
        Ready => "ready",
        /// Nobody knows whether the site takes passkeys.
        Unexplored => "unexplored",
        /// The password is not yet what it can be.
        ToStrengthen => "to_strengthen",
        /// The site takes no passkeys; the password is strong and used once, with a second factor beside it.
        Watched => "watched",
        /// No passkey can be bound to the site; the password is strong and used once.
        Settled => "settled",
        /// Signed in to with another account.
        Follows => "follows",
        /// Nothing in the vault signs in.
        Unclear => "unclear",
        /// The person put it off.
        Postponed => "postponed",
        /// The person wants nothing done.
        Ignored => "ignored",
        /// In the vault's archive.
        Archived => "archived",
        /// In no vault any more.
        Gone => "gone",
    }
}

codes! {
    /// What to do next.
    NextStep {
        /// Open the page that adds a passkey.
        OpenPasskeyPage {
            /// The page.
            page: String
        } => "open_passkey_page",
        /// Sign in; the site takes passkeys, and the page must be found.
        SignInAndFind => "sign_in_and_find",
        /// Sign in and see whether the site takes passkeys.
        SignInAndLook => "sign_in_and_look",
        /// Go on where the journey ended.
        GoOn => "go_on",
        /// Prove the passkey that was made.
        Prove => "prove",
        /// Prove the passkey that the vault holds.
        ProveFromVault => "prove_from_vault",
        /// Do what the site asks of the person.
        Answer {
            /// What that is.
            reason: StopReason
        } => "answer",
        /// Change what is in the way.
        Solve {
            /// What that is.
            reason: StopReason
        } => "solve",
        /// Give the account a strong password of its own, or a second factor.
        Secure {
            /// What is missing.
            lacks: Vec<Lack>,
            /// Where the password is changed, where known.
            page: Option<String>
        } => "secure",
        /// The passkey works, and the password still opens the account: replace or remove it.
        ReplacePassword {
            /// What is wrong with it.
            lacks: Vec<Lack>,
            /// Whether the site lets a person remove it.
            can_remove: bool,
            /// Where the password is changed, where known.
            page: Option<String>
        } => "replace_password",
        /// Open the vault, so that the password can be judged.
        OpenVault => "open_vault",
        /// Say how the account is signed in to: nothing in the vault does.
        SayHow => "say_how",
        /// Nothing here: what is done for the provider's account is done for this one.
        FollowProvider {
            /// The provider's name.
            provider: String
        } => "follow_provider",
        /// Nothing; Rekey watches whether the site begins to take passkeys.
        Watch => "watch",
        /// Nothing.
        Nothing => "nothing",
    }
}

/// What a password lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// It is in a published breach.
    Unpublished,
    /// It is used on other sites.
    Unique,
    /// It is not strong.
    Strong,
    /// No second factor is known.
    SecondFactor,
}

impl Lack {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Unpublished, Self::Unique, Self::Strong, Self::SecondFactor];

    /// The code as scripts read it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unpublished => "unpublished",
            Self::Unique => "unique",
            Self::Strong => "strong",
            Self::SecondFactor => "second_factor",
        }
    }
}

codes! {
    /// Why an account has its place.
    Reason {
        /// The person pinned it.
        Pinned => "pinned",
        /// Other accounts recover through this mailbox.
        Recovers {
            /// How many.
            count: u32
        } => "recovers",
        /// Other accounts are signed in to with it.
        SignsIn {
            /// How many.
            count: u32
        } => "signs_in",
        /// It is a mailbox.
        Mailbox => "mailbox",
        /// It opens other accounts, or keeps their passwords.
        Identity => "identity",
        /// It was begun.
        Begun => "begun",
        /// A passkey is made and not proven.
        Unproven => "unproven",
        /// It moves money.
        Money => "money",
        /// The password is in a published breach.
        Breached => "breached",
        /// The password is used elsewhere.
        Reused {
            /// On how many other sites, coarsely.
            bucket: Reuse,
            /// On how many exactly, while the vault is open.
            count: Option<u32>
        } => "reused",
        /// The password is easily found.
        Weak => "weak",
        /// The site began to take passkeys.
        Announced {
            /// Who says so.
            said_by: SaidBy
        } => "announced",
        /// Adding a passkey there is quick.
        Easy => "easy",
        /// The vault holds a passkey.
        InVault => "in_vault",
        /// The site waits for the person.
        Waits {
            /// For what.
            reason: StopReason
        } => "waits",
        /// The site takes passkeys.
        TakesPasskeys => "takes_passkeys",
        /// The site takes passkeys as a second factor.
        TakesBesidePassword => "takes_beside_password",
        /// It keeps means of payment.
        Shopping => "shopping",
        /// It speaks in the person's name.
        Social => "social",
        /// It holds work.
        Work => "work",
        /// The state, health, insurance.
        Official => "official",
        /// The password could be stronger.
        Fair => "fair",
        /// No second factor is known.
        NoSecondFactor => "no_second_factor",
        /// The password is old.
        Old => "old",
        /// The vault's address is an open line.
        OpenLine => "open_line",
        /// The vault holds it twice.
        Duplicate => "duplicate",
        /// It belongs to the person's own network.
        Local => "local",
        /// Nobody knows whether the site takes passkeys.
        SiteUnknown => "site_unknown",
        /// Somebody looked, and the site takes none.
        TakesNone => "takes_none",
        /// Rekey looked, and found no page for it.
        FoundNone => "found_none",
        /// No passkey can be bound to the site.
        TakesNoneByNature => "takes_none_by_nature",
        /// The password was not judged yet.
        NotJudged => "not_judged",
        /// The vault holds no password for it.
        NoPassword => "no_password",
        /// It stopped.
        Stopped {
            /// Why.
            reason: StopReason
        } => "stopped",
        /// It is signed in to with another account.
        Follows {
            /// The provider's name.
            provider: String
        } => "follows",
        /// The password is all that it can be.
        Strong => "strong",
        /// The passkey is proven.
        Proven => "proven",
        /// The person put it off.
        Postponed {
            /// The first day on which it is due again, in days since 1970-01-01.
            until_day: u32
        } => "postponed",
        /// The person wants nothing done.
        Ignored => "ignored",
        /// It is in the vault's archive.
        Archived => "archived",
        /// No vault holds it any more.
        Gone => "gone",
    }
}

codes! {
    /// What to know before the next step.
    Warning {
        /// The passkey stands beside the password only.
        SecondFactorOnly => "second_factor_only",
        /// The site allows one passkey: losing it means the site's recovery.
        OnePasskeyOnly => "one_passkey_only",
        /// The site wants the device's own authenticator.
        PlatformOnly => "platform_only",
        /// The site wants a security key or a phone.
        CrossPlatformOnly => "cross_platform_only",
        /// The site sends a code by e-mail first.
        AsksEmail => "asks_email",
        /// The site sends a code to the phone first.
        AsksSms => "asks_sms",
        /// The site wants a document or a picture first.
        AsksIdentity => "asks_identity",
        /// The site sets a puzzle first.
        AsksCaptcha => "asks_captcha",
        /// The user name is still typed.
        NeedsUserName => "needs_user_name",
        /// The password stays.
        PasswordStays => "password_stays",
        /// What is known is old.
        FactsOld {
            /// When it was observed.
            observed: String
        } => "facts_old",
        /// What is known is not sure.
        FactsUnsure => "facts_unsure",
    }
}
