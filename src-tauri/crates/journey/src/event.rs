//! What the ledger remembers of a journey: facts, never secrets, never a page's own words.

use rekey_origin::Site;
use serde::{Deserialize, Serialize};

use crate::judged::{Choice, Judgement, PasskeyRole, SaidBy};
use crate::page::SignedInSignal;
use crate::stop::StopReason;

/// A passkey as the ledger knows it. None of this is secret; none of it is enough to sign in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Credential {
    /// Credential id, base64url without padding.
    pub id: String,
    /// Relying party identifier.
    pub rp_id: String,
    /// The user handle the site gave, base64url without padding.
    pub user_handle: String,
    /// Where it lives (`store`, `security-key`, …), a code of the authenticator's table of homes.
    pub home: String,
    /// Who says so.
    pub source: EvidenceSource,
}

/// Where a fact about a ceremony comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceSource {
    /// Rekey's own client and authenticator did it.
    MadeByRekey,
    /// The page told what it got from the browser's authenticators.
    ReportedByPage,
    /// A test's virtual authenticator: never counts outside tests.
    Simulated,
}

/// Why a password was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// Signing in to add the passkey.
    SignIn,
    /// The site asked a signed-in person once more.
    Reauthentication,
    /// Signing in during the proof, at a site that still wants the password.
    Proof,
}

/// What a proof showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofKind {
    /// The passkey alone signed in.
    Passwordless,
    /// The site asked for the password as well.
    SecondFactor,
}

/// How a person was verified for ceremonies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerificationMethod {
    /// The store's passphrase, typed at a terminal or in the window.
    Passphrase,
    /// The store's passphrase, read from a file or a pipe the person named.
    PassphraseFile,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// An account stood in a vault that was brought in.
    AccountImported {
        /// Whose account it is.
        site: Site,
        /// The user name, possibly empty.
        user_name: String,
        /// The entry's title.
        title: String,
        /// The vault's format by name.
        format: String,
        /// Whether the vault holds a password for it.
        has_password: bool,
        /// Whether the vault holds a one-time-code secret for it.
        has_totp: bool,
        /// The vault among others, by a label that it keeps from one export to the next; empty in old ledgers.
        #[serde(default)]
        source: String,
        /// Whether the vault holds a passkey for it: made, and not proven by Rekey.
        #[serde(default)]
        has_passkey: bool,
        /// Whether the person put it into the vault's archive.
        #[serde(default)]
        is_archived: bool,
        /// When the vault's entry expires, in seconds since 1970.
        #[serde(default)]
        expires_at: Option<i64>,
    },
    /// A vault that held the account when it was last brought in holds it no more.
    AccountGone {
        /// The vault, as in [`Event::AccountImported`].
        source: String,
    },
    /// The person said which site an entry without a web address belongs to.
    EntryPlaced {
        /// The entry's title.
        title: String,
        /// The entry's user name, possibly empty.
        user_name: String,
        /// The site.
        site: Site,
    },
    /// What the open vault shows of the account's password, in buckets; appended where it differs from before.
    AccountJudged {
        /// What was found.
        judged: Judgement,
    },
    /// The person pinned, postponed or ignored the account, or took that back.
    PlanChosen {
        /// What is wanted from now on.
        #[serde(default)]
        choice: Option<Choice>,
    },
    /// A site that took no passkeys, or none that was known of, takes them now. Concerns no single account; once a site.
    SiteTakesPasskeys {
        /// The site.
        site: Site,
        /// What they are good for there.
        role: PasskeyRole,
        /// Who says so.
        said_by: SaidBy,
    },
    /// The person was verified for this account's ceremonies.
    UserVerified {
        /// How.
        method: VerificationMethod,
        /// Seconds since 1970 at which it lapses.
        until: u64,
    },
    /// A journey began or went on.
    JourneyStarted {
        /// Product and version of what shows the site.
        browser: String,
        /// Where the passkey shall live.
        home: String,
        /// How much Rekey did itself: `auto`, `assist` or `watch`, where *given* means that the person was asked to.
        #[serde(default)]
        assist: String,
    },
    /// The user name was filled in.
    UserNameGiven {
        /// Why.
        occasion: Occasion,
    },
    /// The password was filled in.
    PasswordGiven {
        /// Why.
        occasion: Occasion,
    },
    /// The one-time code of this time step was (or, after a crash, may have been) filled in.
    CodeGiven {
        /// Number of the time step; the code itself is never kept.
        step: u64,
        /// Why.
        occasion: Occasion,
    },
    /// The site accepted the password and second factor.
    SignedIn {
        /// What said so.
        signals: Vec<SignedInSignal>,
    },
    /// The site accepted the re-authentication.
    Reauthenticated,
    /// The box that makes the passkey good for signing in was ticked.
    PasswordlessBoxTicked,
    /// The passkey was named at the site.
    KeyNamed,
    /// The site showed recovery codes. Rekey neither reads nor keeps them: the person must fetch them there.
    RecoveryCodesShown,
    /// A passkey was made; the site has not answered yet.
    PasskeyCreated {
        /// The passkey.
        credential: Credential,
    },
    /// The site shows no objection to the new passkey.
    PasskeyAccepted {
        /// Credential id.
        credential: String,
    },
    /// The site refused the new passkey after it was made.
    PasskeyRefused {
        /// Credential id.
        credential: String,
    },
    /// The person can use the passkey no more: the store that held it is lost, or its passphrase is. The site may hold
    /// it all the same.
    PasskeyLost {
        /// Credential id.
        credential: String,
    },
    /// The passkey was written for another program, in which it can be used as well. It stays where it was.
    PasskeyCopied {
        /// Credential id.
        credential: String,
        /// For which: a code of the authenticator's formats (`cxf`, `bitwarden`, `keepassxc`).
        to: String,
    },
    /// A proof began in a fresh private context.
    ProofStarted {
        /// Credential id.
        credential: String,
    },
    /// The passkey signed a challenge during the proof.
    Asserted {
        /// Credential id.
        credential: String,
        /// Whether the person was verified.
        user_verified: bool,
        /// Who says so.
        source: EvidenceSource,
    },
    /// Signing in with the passkey was seen to work.
    Proven {
        /// Credential id.
        credential: String,
        /// With or without the password.
        proof: ProofKind,
        /// What said *signed in*.
        signals: Vec<SignedInSignal>,
        /// Who says so.
        source: EvidenceSource,
    },
    /// The journey stopped short of its end.
    Stopped {
        /// Why.
        reason: StopReason,
    },
}

impl Event {
    /// The event's kind as the ledger files it: the serde tag.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::AccountImported { .. } => "account_imported",
            Self::AccountGone { .. } => "account_gone",
            Self::EntryPlaced { .. } => "entry_placed",
            Self::AccountJudged { .. } => "account_judged",
            Self::PlanChosen { .. } => "plan_chosen",
            Self::SiteTakesPasskeys { .. } => "site_takes_passkeys",
            Self::UserVerified { .. } => "user_verified",
            Self::JourneyStarted { .. } => "journey_started",
            Self::UserNameGiven { .. } => "user_name_given",
            Self::PasswordGiven { .. } => "password_given",
            Self::CodeGiven { .. } => "code_given",
            Self::SignedIn { .. } => "signed_in",
            Self::Reauthenticated => "reauthenticated",
            Self::PasswordlessBoxTicked => "passwordless_box_ticked",
            Self::KeyNamed => "key_named",
            Self::RecoveryCodesShown => "recovery_codes_shown",
            Self::PasskeyCreated { .. } => "passkey_created",
            Self::PasskeyAccepted { .. } => "passkey_accepted",
            Self::PasskeyRefused { .. } => "passkey_refused",
            Self::PasskeyLost { .. } => "passkey_lost",
            Self::PasskeyCopied { .. } => "passkey_copied",
            Self::ProofStarted { .. } => "proof_started",
            Self::Asserted { .. } => "asserted",
            Self::Proven { .. } => "proven",
            Self::Stopped { .. } => "stopped",
        }
    }
}
