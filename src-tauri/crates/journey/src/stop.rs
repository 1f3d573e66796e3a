use serde::{Deserialize, Serialize};

/// Why a journey stopped short of its end. Each has words and a remedy in the locales, and each can be resumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum StopReason {
    /// The vault holds no password for the account.
    NoPassword,
    /// The vault holds no web address to sign in at.
    NoAddress,
    /// The site asks for a one-time code and the vault holds no secret for it.
    NoCode,
    /// The site sent a code by e-mail or text message.
    CodeSent,
    /// A puzzle for humans.
    Captcha,
    /// The site refused the user name or password.
    PasswordRefused,
    /// The site refused the one-time code.
    TotpRefused,
    /// The account is locked.
    Locked,
    /// The site asks to wait.
    RateLimited,
    /// No page that adds a passkey was found.
    NoPasskeyPage,
    /// The site wants the account's e-mail address confirmed first.
    AddressUnconfirmed,
    /// The site allows this account no passkeys, or no changes at all.
    Barred,
    /// The site refused the credential after it was made.
    SiteRefusedCredential,
    /// The site asked for a passkey that Rekey may not or cannot make.
    CeremonyRefused,
    /// The site lists a passkey of this account that is in this store already.
    PasskeyListed,
    /// Signing in with the passkey was tried and not seen to work.
    ProofFailed,
    /// The person must be verified and was not.
    VerificationNeeded,
    /// The person did not want the passkey to be made or used.
    Declined,
    /// The page is none that Rekey understands.
    PageUnknown,
    /// The site's address could not be reached, or the connection was lost.
    Unreachable,
    /// The browser ended.
    BrowserGone,
    /// It took longer than allowed.
    TimedOut,
    /// The journey left the account's own site, and nothing may be filled in there.
    ForeignPage,
    /// There is no passkey to prove yet.
    NothingToProve,
    /// The account's passkey lives in another store or home than this run uses.
    PasskeyElsewhere,
    /// The store could not be read or written.
    StoreFailed,
    /// The authenticator takes no PIN any more, or not now.
    PinBlocked,
    /// The authenticator has no room for another passkey.
    AuthenticatorFull,
    /// The authenticator was not there, or nobody used it in time.
    AuthenticatorGone,
}

impl StopReason {
    /// Every reason, for tables and tests.
    pub const ALL: [Self; 29] = [
        Self::NoPassword,
        Self::NoAddress,
        Self::NoCode,
        Self::CodeSent,
        Self::Captcha,
        Self::PasswordRefused,
        Self::TotpRefused,
        Self::Locked,
        Self::RateLimited,
        Self::NoPasskeyPage,
        Self::AddressUnconfirmed,
        Self::Barred,
        Self::SiteRefusedCredential,
        Self::CeremonyRefused,
        Self::PasskeyListed,
        Self::ProofFailed,
        Self::VerificationNeeded,
        Self::Declined,
        Self::PageUnknown,
        Self::Unreachable,
        Self::BrowserGone,
        Self::TimedOut,
        Self::ForeignPage,
        Self::NothingToProve,
        Self::PasskeyElsewhere,
        Self::StoreFailed,
        Self::PinBlocked,
        Self::AuthenticatorFull,
        Self::AuthenticatorGone,
    ];

    /// The reason as scripts read it.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoPassword => "no_password",
            Self::NoAddress => "no_address",
            Self::NoCode => "no_code",
            Self::CodeSent => "code_sent",
            Self::Captcha => "captcha",
            Self::PasswordRefused => "password_refused",
            Self::TotpRefused => "totp_refused",
            Self::Locked => "locked",
            Self::RateLimited => "rate_limited",
            Self::NoPasskeyPage => "no_passkey_page",
            Self::AddressUnconfirmed => "address_unconfirmed",
            Self::Barred => "barred",
            Self::SiteRefusedCredential => "site_refused_credential",
            Self::CeremonyRefused => "ceremony_refused",
            Self::PasskeyListed => "passkey_listed",
            Self::ProofFailed => "proof_failed",
            Self::VerificationNeeded => "verification_needed",
            Self::Declined => "declined",
            Self::PageUnknown => "page_unknown",
            Self::Unreachable => "unreachable",
            Self::BrowserGone => "browser_gone",
            Self::TimedOut => "timed_out",
            Self::ForeignPage => "foreign_page",
            Self::NothingToProve => "nothing_to_prove",
            Self::PasskeyElsewhere => "passkey_elsewhere",
            Self::StoreFailed => "store_failed",
            Self::PinBlocked => "pin_blocked",
            Self::AuthenticatorFull => "authenticator_full",
            Self::AuthenticatorGone => "authenticator_gone",
        }
    }

    /// Whether a person in front of the page can go on from here (otherwise the account is stuck until something
    /// changes: the vault, the site, the connection).
    pub fn needs_person(self) -> bool {
        matches!(
            self,
            Self::NoPassword
                | Self::NoAddress
                | Self::NoCode
                | Self::CodeSent
                | Self::Captcha
                | Self::AddressUnconfirmed
                | Self::VerificationNeeded
                | Self::Declined
                | Self::AuthenticatorGone
                | Self::PageUnknown
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_what_is_stored() {
        for reason in StopReason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.code());
        }
    }
}
