//! Proofs, and what a page that is odd or hostile does to a journey.

use crate::beginnings::*;
use crate::script::{Page, Script, credential, task};
use rekey_journey::page::{ActionRole::*, FieldRole::*, Notice, PageKind, SignedInSignal};
use rekey_journey::{ActFailure, CeremonyFailure, Goal, Input, Stage, Value};

/// Up to the first request of a proof that resumes an interrupted registration, whose landing page is not known.
fn resumed() -> Script {
    Script::resumed(task(Goal::Migrate), |progress| progress.credential = Some(credential()))
        .then(Input::Begin, "note proof_started | open Proof | go /in | look")
}

#[test]
fn a_limit_or_a_lock_during_a_proof_says_nothing_about_the_passkey() {
    resumed().ends(sign_in_page().status(429), "note stopped | end RateLimited");
    resumed().ends(Page::new(PageKind::LockedOut, "/in"), "note stopped | end Locked");
    // Nor does a site that never came to ask for it: the passkey stays, and is not made anew.
    let mut script = resumed();
    for _ in 0..4 {
        script = script.then(Page::new(PageKind::Unknown, "/in"), "look");
    }
    script = script.then(Page::new(PageKind::Unknown, "/in"), BESIDE_UNKNOWN);
    for _ in 0..4 {
        script = script.then(Page::new(PageKind::Unknown, "/in"), "look");
    }
    script.ends(Page::new(PageKind::Unknown, "/in"), "note stopped | end PageUnknown");
}

#[test]
fn a_proof_follows_the_way_to_the_sign_in() {
    resumed()
        .then(Page::new(PageKind::Unknown, "/").action(ToSignIn, 0), "press | look")
        .ends_waiting(sign_in_page().action(UsePasskey, 1), "press | look");
}

#[test]
fn a_password_refused_during_a_proof_is_not_given_again_after_it() {
    resumed()
        .then(sign_in_page(), FILLS)
        .ends(sign_in_page().says(Notice::Refused), "note stopped | end PasswordRefused");
}

#[test]
fn a_password_refused_behind_a_spinner_is_not_given_again() {
    let again = || {
        Page::new(PageKind::Reauthentication, "/again")
            .field(CurrentPassword, 1)
            .action(Submit, 1)
            .signal(SignedInSignal::SignOutControl)
    };
    let mut known = task(Goal::Migrate);
    known.plan.passkeys = Some("https://example.com/add".parse().unwrap());
    Script::new(known)
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(sign_in_page(), FILLS)
        .then(account_page(), "note signed_in | go /add | look")
        .then(again(), "note password_given | fill Password | press | look")
        .then(Page::new(PageKind::Unknown, "/again").busy(), "look")
        .ends(again().says(Notice::Refused), "note stopped | end PasswordRefused");
}

#[test]
fn what_did_not_reach_the_page_was_not_given() {
    let unfilled = |value| Input::ActFailed { failure: ActFailure::Stale, not_filled: vec![value] };
    Script::new(task(Goal::Migrate))
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(sign_in_page(), FILLS)
        .then(unfilled(Value::Password), "look")
        .then(sign_in_page(), "note password_given | fill UserName, Password | press | look")
        .then(code_page(), "await code after None")
        .then(Input::CodeReady { step: 7 }, "note code_given | fill Code(7) | press | look")
        .then(unfilled(Value::Code(7)), "look")
        // The step counts as given all the same.
        .then(code_page(), "await code after Some(7)")
        .then(Input::CodeReady { step: 8 }, "note code_given | fill Code(8) | press | look")
        .then(unfilled(Value::Code(8)), "look")
        // Nothing was refused: nothing was sent.
        .ends_waiting(code_page(), "person PageUnknown");
}

#[test]
fn an_error_or_a_detour_is_no_closed_door() {
    let seen = || account_page();
    let ordinary = Page::new(PageKind::SignedIn, "/welcome");
    // The stranger gets an error, a page elsewhere, or one on another origin: nothing was learned.
    const UNDECIDED: &str = "note stopped | end PageUnknown";
    asserted_without_a_guard().ends(seen().status(405), UNDECIDED);
    asserted_without_a_guard().ends(ordinary.clone(), UNDECIDED);
    asserted_without_a_guard().ends(seen().at("https://example.org/keys"), UNDECIDED);
    // A page without anything of the account's on it is no proof, even where strangers are sent away.
    Script::resumed(task(Goal::Prove), |progress| progress.credential = Some(credential()))
        .then(Input::Begin, BESIDE_UNKNOWN)
        .then(Input::GetAsked(ONE), "assert")
        .then(asserted_input(ONE), "note asserted | answer | look")
        .then(ordinary.cookie(), "open Proof | go /welcome | look")
        .ends_waiting(sign_in_page(), BESIDE_UNKNOWN);
}

#[test]
fn the_door_that_opens_must_be_the_one_that_was_closed() {
    let elsewhere = Page::new(PageKind::SignedIn, "/").at("https://keys.example.com/keys");
    asserted().then(account_page(), "go /keys | look").then(elsewhere, BESIDE).fails_beside_password();
    let abroad = account_page().at("https://example.org/keys");
    let mut script = asserted();
    for _ in 0..4 {
        script = script.then(abroad.clone(), "look");
    }
    script.then(abroad, BESIDE).fails_beside_password();
}

#[test]
fn a_door_with_an_accounts_controls_on_its_outside_is_no_guard() {
    let outside = sign_in_page().signal(SignedInSignal::SignOutControl).action(UsePasskey, 1);
    registered()
        .then(account_page(), "note passkey_accepted, proof_started | open Proof | go /keys | look")
        .then(outside, "press | look")
        .then(Input::GetAsked(TWO), "assert")
        .then(asserted_input(TWO), "note asserted | answer | look")
        .ends_waiting(account_page(), "open Proof | go /keys | look");
}

#[test]
fn a_stranger_is_not_signed_in() {
    asserted_without_a_guard().ends_waiting(Input::GetAsked(TWO), "refuse | look");
}

#[test]
fn a_password_that_signs_in_while_the_page_calls_is_seen_first() {
    asserted()
        .then(sign_in_page().says(Notice::Refused), BESIDE)
        .then(sign_in_page(), FILLS)
        .then(Input::GetAsked(ONE), "look")
        .ends(account_page(), "note stopped | end ProofFailed");
}

#[test]
fn the_newest_call_is_the_living_one() {
    registered()
        .then(account_page(), "note passkey_accepted, proof_started | open Proof | go /keys | look")
        .then(Input::GetAsked(ONE), "look")
        .then(Input::GetAsked(TWO), "refuse | look")
        .ends_waiting(sign_in_page(), "assert");
}

#[test]
fn an_answer_that_did_not_reach_the_page_may_be_asked_for_again() {
    let stale = || failed(ActFailure::Stale);
    asserted().then(stale(), "look").ends_waiting(Input::GetAsked(ONE), "assert");
    registered().ends(stale(), "note stopped | end CeremonyRefused");
}

#[test]
fn a_call_that_breaks_the_rules_says_nothing_about_the_passkey() {
    let broken = |failure| Input::CeremonyFailed { ceremony: ONE, failure };
    resumed()
        .then(Input::GetAsked(ONE), "assert")
        .then(broken(CeremonyFailure::Refused), "refuse | look")
        .ends_waiting(Input::GetAsked(TWO), "assert");
    resumed()
        .then(Input::GetAsked(ONE), "assert")
        .then(broken(CeremonyFailure::NotAskedFor), "note proof_started | refuse | open Proof | go /in | look")
        .then(sign_in_page(), FILLS)
        .ends_waiting(account_page(), "open Enrolment | go /in | look");
}

#[test]
fn a_passkey_asked_for_at_once_says_that_the_password_was_good() {
    let again = Page::new(PageKind::Reauthentication, "/again").field(CurrentPassword, 1).action(Submit, 1);
    Script::new(task(Goal::Migrate))
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(sign_in_page(), FILLS)
        .then(account_page(), "note signed_in | press | look")
        .then(again, "note password_given | fill Password | press | look")
        .ends_waiting(Input::CreateAsked(ONE), "note reauthenticated | create");
}

#[test]
fn a_site_that_asks_again_and_again_did_not_accept() {
    let again = || {
        Page::new(PageKind::Reauthentication, "/again")
            .field(CurrentPassword, 1)
            .action(Submit, 1)
            .signal(SignedInSignal::SignOutControl)
    };
    Script::new(task(Goal::Migrate))
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(sign_in_page(), FILLS)
        .then(account_page(), "note signed_in | press | look")
        .then(again(), "note password_given | fill Password | press | look")
        .then(account_page(), "note reauthenticated | press | look")
        .ends(again(), "note stopped | end PasswordRefused");
}

#[test]
fn recovery_codes_are_told_of() {
    let codes = Page::new(PageKind::RecoveryCodes, "/codes").signal(SignedInSignal::SignOutControl);
    registered().ends_waiting(
        codes,
        "note passkey_accepted, recovery_codes_shown, proof_started | open Proof | go /keys | look",
    );
}

#[test]
fn starting_anew_leaves_the_old_passkey_alone() {
    Script::resumed(task(Goal::Again), |progress| progress.credential = Some(credential()))
        .ends_waiting(Input::Begin, "open Enrolment | go /in | look");
}

#[test]
fn a_person_who_says_no_during_a_proof_ends_it_and_says_nothing_about_the_passkey() {
    resumed().then(Input::GetAsked(ONE), "assert").ends(
        Input::CeremonyFailed { ceremony: ONE, failure: CeremonyFailure::Declined },
        "note stopped | refuse | end Declined",
    );
}

#[test]
fn a_journey_tells_where_it_has_got_to() {
    Script::new(task(Goal::Migrate))
        .stands(None)
        .then(Input::Begin, "open Enrolment | go /in | look")
        .stands(Some(Stage::SignIn))
        .then(sign_in_page(), FILLS)
        .then(account_page(), "note signed_in | press | look")
        .stands(Some(Stage::Enrol));
    registered().stands(Some(Stage::Accept));
    asserted().stands(Some(Stage::Prove));
    resumed()
        .stands(Some(Stage::Prove))
        .then(sign_in_page().status(429), "note stopped | end RateLimited")
        .stands(None);
}
