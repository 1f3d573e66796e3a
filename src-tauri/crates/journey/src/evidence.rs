//! Evidence types: values that say *proven*, and that only the proof's own state can make.

use crate::event::{Event, EvidenceSource, ProofKind};
use crate::page::SignedInSignal;

/// The passkey alone signed in from a fresh private context, and the signed-in page was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordlessProven(Facts);

/// The passkey was accepted beside the password from a fresh private context, and the signed-in page was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactorProven(Facts);

/// What a proof showed. Retiring a password may be offered for [`Evidence::Passwordless`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// No password needed any more.
    Passwordless(PasswordlessProven),
    /// The site still wants the password.
    SecondFactor(SecondFactorProven),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Facts {
    credential: String,
    signals: SignedIn,
    source: EvidenceSource,
}

/// Enough signals to say *signed in*; see [`SignedIn::weigh`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignedIn(Vec<SignedInSignal>);

impl SignedIn {
    /// Weighs the signals seen after an assertion.
    ///
    /// A page can be dressed up, so its own look is not enough where something better was seen: when the account's page
    /// refused us before the sign-in, or refuses a fresh context now (`guarded`), it must have opened for us. Where the
    /// page opens for everybody, a control to sign out and one more signal must be there that only we are shown.
    pub(crate) fn weigh(guarded: bool, mut signals: Vec<SignedInSignal>) -> Option<Self> {
        use SignedInSignal::*;
        signals.sort_unstable();
        signals.dedup();
        let has = |signal| signals.contains(&signal);
        let enough = if guarded {
            // Fields that are gone and new cookies say only that something happened.
            has(ProtectedPageOpened) && (has(SignOutControl) || has(AccountSettings) || has(UserNameShown))
        } else {
            has(SignOutControl) && (has(UserNameShown) || has(AccountSettings) || has(CookieChanged))
        };
        enough.then_some(Self(signals))
    }
}

/// An assertion that was answered: the accepted credential, by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assertion {
    pub(crate) credential: String,
    pub(crate) source: EvidenceSource,
}

impl Evidence {
    /// Made from an assertion by the account's own credential and user, and the signed-in page after it.
    pub(crate) fn new(assertion: Assertion, signed_in: SignedIn, password_was_needed: bool) -> Self {
        let facts = Facts { credential: assertion.credential, signals: signed_in, source: assertion.source };
        if password_was_needed {
            Self::SecondFactor(SecondFactorProven(facts))
        } else {
            Self::Passwordless(PasswordlessProven(facts))
        }
    }

    /// The fact for the ledger.
    pub(crate) fn event(&self) -> Event {
        let (facts, proof) = match self {
            Self::Passwordless(PasswordlessProven(facts)) => (facts, ProofKind::Passwordless),
            Self::SecondFactor(SecondFactorProven(facts)) => (facts, ProofKind::SecondFactor),
        };
        Event::Proven {
            credential: facts.credential.clone(),
            proof,
            signals: facts.signals.0.clone(),
            source: facts.source,
        }
    }

    /// With or without the password.
    pub fn kind(&self) -> ProofKind {
        match self {
            Self::Passwordless(_) => ProofKind::Passwordless,
            Self::SecondFactor(_) => ProofKind::SecondFactor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use SignedInSignal::*;

    fn check(guarded: bool, signals: &[SignedInSignal], expect: bool) {
        assert_eq!(SignedIn::weigh(guarded, signals.to_vec()).is_some(), expect, "{guarded} {signals:?}");
    }

    #[test]
    fn a_page_that_only_looks_signed_in_is_not_enough() {
        check(true, &[ProtectedPageOpened, SignOutControl], true);
        check(true, &[ProtectedPageOpened, AccountSettings], true);
        check(true, &[ProtectedPageOpened], false);
        check(true, &[ProtectedPageOpened, SignInFieldsGone, CookieChanged], false);
        check(true, &[ProtectedPageOpened, ProtectedPageOpened], false);
        check(true, &[SignOutControl, UserNameShown, CookieChanged, SignInFieldsGone], false);
        check(false, &[SignOutControl, UserNameShown], true);
        check(false, &[SignOutControl, CookieChanged], true);
        check(false, &[SignOutControl], false);
        check(false, &[UserNameShown, CookieChanged, SignInFieldsGone], false);
        check(false, &[], false);
    }
}
