//! The pages and beginnings that journeys share.

use rekey_journey::page::{ActionRole::*, FieldRole::*, PageKind, SignedInSignal};
use rekey_journey::{ActFailure, CeremonyRef, EvidenceSource, Goal, Input};

use crate::script::{Page, Script, credential, task};

pub(crate) const ONE: CeremonyRef = CeremonyRef(1);
pub(crate) const TWO: CeremonyRef = CeremonyRef(2);
/// What follows a passkey that did not sign in by itself: the same beside the password, in a fresh context.
pub(crate) const BESIDE: &str = "note proof_started | open Proof | go /keys | look";
pub(crate) const BESIDE_UNKNOWN: &str = "note proof_started | open Proof | go /in | look";
pub(crate) const FILLS: &str = "note user_name_given, password_given | fill UserName, Password | press | look";

pub(crate) fn failed(failure: ActFailure) -> Input {
    Input::ActFailed { failure, not_filled: vec![] }
}

pub(crate) fn sign_in_page() -> Page {
    Page::new(PageKind::SignIn, "/in").field(UserName, 1).field(CurrentPassword, 1).action(Submit, 1)
}

pub(crate) fn code_page() -> Page {
    Page::new(PageKind::SecondFactor, "/code").field(OneTimeCode, 1).action(Submit, 1)
}

pub(crate) fn account_page() -> Page {
    Page::new(PageKind::PasskeySettings, "/keys")
        .action(AddPasskey, 0)
        .action(SignOut, 0)
        .signal(SignedInSignal::SignOutControl)
        .signal(SignedInSignal::AccountSettings)
}

/// Up to the moment the passkey is handed to the page.
pub(crate) fn registered() -> Script {
    Script::new(task(Goal::Migrate))
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(sign_in_page(), "note user_name_given, password_given | fill UserName, Password | press | look")
        .then(code_page(), "await code after None")
        .then(Input::CodeReady { step: 7 }, "note code_given | fill Code(7) | press | look")
        .then(account_page(), "note signed_in | press | look")
        .then(Input::CreateAsked(ONE), "create")
        .then(
            Input::PasskeyMade { ceremony: Some(ONE), credential: credential() },
            "note passkey_created | answer | look",
        )
}

/// Up to the moment the site has the assertion of the proof.
pub(crate) fn asserted() -> Script {
    registered()
        .then(account_page(), "note passkey_accepted, proof_started | open Proof | go /keys | look")
        .then(sign_in_page().action(UsePasskey, 1), "press | look")
        .then(Input::GetAsked(TWO), "assert")
        .then(asserted_input(TWO), "note asserted | answer | look")
}

/// Where no page of the account is known beforehand, the one that says *signed in* is asked for in another context.
pub(crate) fn asserted_without_a_guard() -> Script {
    Script::resumed(task(Goal::Prove), |progress| progress.credential = Some(credential()))
        .then(Input::Begin, "note proof_started | open Proof | go /in | look")
        .then(Input::GetAsked(ONE), "assert")
        .then(asserted_input(ONE), "note asserted | answer | look")
        .then(account_page(), "open Proof | go /keys | look")
}

pub(crate) fn asserted_input(ceremony: CeremonyRef) -> Input {
    Input::Asserted {
        ceremony: Some(ceremony),
        credential: "cred".into(),
        user_handle: "user".into(),
        user_verified: true,
        source: EvidenceSource::MadeByRekey,
    }
}
