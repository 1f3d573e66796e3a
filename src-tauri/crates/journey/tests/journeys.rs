//! Whole journeys against scripted pages: what goes in on the left, what must come out on the right.

#![allow(clippy::unwrap_used, clippy::panic)] // a script that does not hold is a failed test

mod script;

use rekey_journey::page::{ActionRole::*, FieldRole::*, Notice, PageKind, SignedInSignal};
use rekey_journey::{ActFailure, CeremonyFailure, CeremonyRef, EvidenceSource, Goal, Input, StopReason, Value};
use script::{Page, Script, credential, task};

const ONE: CeremonyRef = CeremonyRef(1);
const TWO: CeremonyRef = CeremonyRef(2);
/// What follows a passkey that did not sign in by itself: the same beside the password, in a fresh context.
const BESIDE: &str = "note proof_started | open Proof | go /keys | look";

fn failed(failure: ActFailure) -> Input {
    Input::ActFailed { failure, not_filled: vec![] }
}

fn sign_in_page() -> Page {
    Page::new(PageKind::SignIn, "/in").field(UserName, 1).field(CurrentPassword, 1).action(Submit, 1)
}

fn code_page() -> Page {
    Page::new(PageKind::SecondFactor, "/code").field(OneTimeCode, 1).action(Submit, 1)
}

fn account_page() -> Page {
    Page::new(PageKind::PasskeySettings, "/keys")
        .action(AddPasskey, 0)
        .action(SignOut, 0)
        .signal(SignedInSignal::SignOutControl)
        .signal(SignedInSignal::AccountSettings)
}

/// Up to the moment the passkey is handed to the page.
fn registered() -> Script {
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
fn asserted() -> Script {
    registered()
        .then(account_page(), "note passkey_accepted, proof_started | open Proof | go /keys | look")
        .then(sign_in_page().action(UsePasskey, 1), "press | look")
        .then(Input::GetAsked(TWO), "assert")
        .then(asserted_input(TWO), "note asserted | answer | look")
}

#[test]
fn password_code_passkey_proof() {
    asserted().then(account_page(), "go /keys | look").ends(account_page(), "note proven | end Passwordless");
}

#[test]
fn a_page_that_only_looks_signed_in_proves_nothing() {
    let dressed_up = Page::new(PageKind::SignedIn, "/welcome").signal(SignedInSignal::UserNameShown).cookie();
    asserted().then(dressed_up, "go /keys | look").then(sign_in_page(), BESIDE).fails_beside_password();
}

#[test]
fn a_site_that_refuses_the_assertion_is_not_proven() {
    asserted().then(sign_in_page().says(Notice::Refused), BESIDE).fails_beside_password();
}

#[test]
fn a_site_that_ignores_the_assertion_is_not_proven() {
    let mut script = asserted();
    for _ in 0..4 {
        script = script.then(sign_in_page().unchanged(), "look");
    }
    script.then(sign_in_page().unchanged(), BESIDE).fails_beside_password();
}

#[test]
fn a_passkey_that_is_refused_by_itself_may_count_beside_the_password() {
    let with_passkey = || sign_in_page().action(UsePasskey, 1);
    asserted()
        .then(sign_in_page().says(Notice::Refused), BESIDE)
        .then(with_passkey(), "note user_name_given, password_given | fill UserName, Password | press | look")
        .then(Input::GetAsked(TWO), "assert")
        .then(asserted_input(TWO), "note asserted | answer | look")
        .then(account_page(), "go /keys | look")
        .ends(account_page(), "note proven | end SecondFactor");
}

#[test]
fn a_password_that_signs_in_alone_says_nothing_about_the_passkey() {
    asserted()
        .then(sign_in_page().says(Notice::Refused), BESIDE)
        .then(sign_in_page(), "note user_name_given, password_given | fill UserName, Password | press | look")
        .ends(account_page(), "note stopped | end ProofFailed");
}

#[test]
fn the_answer_of_another_credential_is_not_the_accounts() {
    registered()
        .then(account_page(), "note passkey_accepted, proof_started | open Proof | go /keys | look")
        .then(sign_in_page().action(UsePasskey, 1), "press | look")
        .then(Input::GetAsked(TWO), "assert")
        .ends(
            Input::Asserted {
                ceremony: Some(TWO),
                credential: "another".into(),
                user_handle: "user".into(),
                user_verified: true,
                source: EvidenceSource::MadeByRekey,
            },
            "note stopped | end ProofFailed",
        );
}

#[test]
fn a_passkey_beside_the_password_is_a_second_factor() {
    let second =
        Page::new(PageKind::SecondFactor, "/code").field(OneTimeCode, 1).action(Submit, 1).action(UsePasskey, 0);
    registered()
        .then(account_page(), "note passkey_accepted, proof_started | open Proof | go /keys | look")
        .then(sign_in_page(), "note user_name_given, password_given | fill UserName, Password | press | look")
        .then(second, "press | look")
        .then(Input::GetAsked(TWO), "assert")
        .then(asserted_input(TWO), "note asserted | answer | look")
        .then(account_page(), "go /keys | look")
        .ends(account_page(), "note proven | end SecondFactor");
}

#[test]
fn a_refused_password_is_never_tried_again() {
    Script::new(task(Goal::Migrate))
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(sign_in_page(), "note user_name_given, password_given | fill UserName, Password | press | look")
        .ends(sign_in_page().says(Notice::Refused), "note stopped | end PasswordRefused");
}

#[test]
fn a_puzzle_beside_the_form_is_handed_over_once_it_stands_in_the_way() {
    Script::new(task(Goal::Migrate))
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(
            sign_in_page().says(Notice::Captcha),
            "note user_name_given, password_given | fill UserName, Password | press | look",
        )
        .ends_waiting(sign_in_page().says(Notice::Captcha), "person Captcha");
}

#[test]
fn a_refused_code_is_never_tried_again() {
    Script::new(task(Goal::Migrate))
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(sign_in_page(), "note user_name_given, password_given | fill UserName, Password | press | look")
        .then(code_page(), "await code after None")
        .then(Input::CodeReady { step: 7 }, "note code_given | fill Code(7) | press | look")
        .ends(code_page().says(Notice::Refused), "note stopped | end TotpRefused");
}

#[test]
fn a_code_is_waited_for_after_an_interruption() {
    let mut resumed = task(Goal::Migrate);
    resumed.has_totp = true;
    Script::resumed(resumed, |progress| progress.last_code_step = Some(41))
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(sign_in_page(), "note user_name_given, password_given | fill UserName, Password | press | look")
        .ends_waiting(code_page(), "await code after Some(41)");
}

#[test]
fn two_steps_with_a_slow_page_between() {
    Script::new(task(Goal::Migrate))
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(Page::new(PageKind::Unknown, "/in"), "look")
        .then(
            Page::new(PageKind::SignIn, "/in").field(UserName, 1).action(Submit, 1),
            "note user_name_given | fill UserName | press | look",
        )
        .ends_waiting(
            Page::new(PageKind::SignIn, "/in").field(CurrentPassword, 1).action(Submit, 1),
            "note password_given | fill Password | press | look",
        );
}

#[test]
fn the_password_is_given_once_more_where_the_site_asks_before_adding() {
    let again = Page::new(PageKind::Reauthentication, "/again")
        .field(CurrentPassword, 1)
        .action(Submit, 1)
        .signal(SignedInSignal::SignOutControl);
    let form = Page::new(PageKind::NameKey, "/add").field(KeyName, 2).field(PasswordlessBox, 2).action(Submit, 2);
    let mut known = task(Goal::Migrate);
    known.plan.passkeys = Some("https://example.com/add".parse().unwrap());
    Script::new(known)
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(sign_in_page(), "note user_name_given, password_given | fill UserName, Password | press | look")
        .then(account_page(), "note signed_in | go /add | look")
        .then(again.clone(), "note password_given | fill Password | press | look")
        .then(form, "note reauthenticated, key_named, passwordless_box_ticked | fill KeyName | tick | press | look")
        .ends_waiting(Input::CreateAsked(ONE), "create");

    let mut known = task(Goal::Migrate);
    known.plan.passkeys = Some("https://example.com/add".parse().unwrap());
    Script::new(known)
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(sign_in_page(), "note user_name_given, password_given | fill UserName, Password | press | look")
        .then(account_page(), "note signed_in | go /add | look")
        .then(again.clone(), "note password_given | fill Password | press | look")
        .ends(again.says(Notice::Refused), "note stopped | end PasswordRefused");
}

#[test]
fn created_is_not_accepted() {
    registered().ends(
        Page::new(PageKind::NameKey, "/keys").says(Notice::Refused),
        "note passkey_refused, stopped | forget | end SiteRefusedCredential",
    );
}

#[test]
fn an_interrupted_registration_is_tried_before_a_new_one_is_made() {
    Script::resumed(task(Goal::Migrate), |progress| progress.credential = Some(credential()))
        .then(Input::Begin, "note proof_started | open Proof | go /in | look")
        .then(sign_in_page().action(UsePasskey, 1), "press | look")
        .then(Input::GetAsked(ONE), "assert")
        .then(asserted_input(ONE), "note asserted | answer | look")
        .then(sign_in_page().says(Notice::Refused), "note proof_started | open Proof | go /in | look")
        .then(sign_in_page(), "note user_name_given, password_given | fill UserName, Password | press | look")
        .ends_waiting(account_page(), "open Enrolment | go /in | look");
}

/// Where no page of the account is known beforehand, the one that says *signed in* is asked for in another context.
fn asserted_without_a_guard() -> Script {
    Script::resumed(task(Goal::Prove), |progress| progress.credential = Some(credential()))
        .then(Input::Begin, "note proof_started | open Proof | go /in | look")
        .then(Input::GetAsked(ONE), "assert")
        .then(asserted_input(ONE), "note asserted | answer | look")
        .then(account_page(), "open Proof | go /keys | look")
}

#[test]
fn a_page_that_opens_for_the_passkey_only_is_proof() {
    asserted_without_a_guard().ends(sign_in_page(), "note proven | end Passwordless");
}

#[test]
fn a_page_that_opens_for_everybody_is_none() {
    asserted_without_a_guard().ends_waiting(account_page(), "note proof_started | open Proof | go /in | look");
    // A page that everybody may see, but that shows its sign-out to us only, says enough with one signal more.
    let plain = Page::new(PageKind::Unknown, "/keys");
    asserted_without_a_guard().ends(plain, "note proven | end Passwordless");
}

#[test]
fn a_page_for_signed_in_people_means_nothing_before_anything_was_given() {
    Script::new(task(Goal::Migrate))
        .then(Input::Begin, "open Enrolment | go /in | look")
        .ends_waiting(account_page(), "look");
}

#[test]
fn a_new_cookie_alone_is_no_sign_in() {
    let half_way = Page::new(PageKind::Unknown, "/wait").cookie();
    Script::new(task(Goal::Migrate))
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(sign_in_page(), "note user_name_given, password_given | fill UserName, Password | press | look")
        .ends_waiting(half_way, "look");
}

#[test]
fn proving_needs_a_passkey() {
    Script::new(task(Goal::Prove)).ends(Input::Begin, "note stopped | end NothingToProve");
}

#[test]
fn what_a_person_must_do_is_handed_over() {
    let signing_in = || Script::new(task(Goal::Migrate)).then(Input::Begin, "open Enrolment | go /in | look");
    signing_in().ends_waiting(Page::new(PageKind::Captcha, "/in"), "person Captcha");
    signing_in().ends_waiting(code_page().says(Notice::CodeSent), "person CodeSent");
    signing_in().ends(Page::new(PageKind::LockedOut, "/in"), "note stopped | end Locked");
    signing_in().ends(sign_in_page().status(429), "note stopped | end RateLimited");

    let mut without = task(Goal::Migrate);
    (without.has_password, without.has_totp) = (false, false);
    let signing_in = || Script::new(without.clone()).then(Input::Begin, "open Enrolment | go /in | look");
    signing_in().ends_waiting(sign_in_page(), "person NoPassword");
    signing_in().ends_waiting(code_page(), "person NoCode");
}

#[test]
fn failures_end_where_they_must() {
    let begun = || Script::new(task(Goal::Migrate)).then(Input::Begin, "open Enrolment | go /in | look");
    begun().ends(failed(ActFailure::Unreachable), "note stopped | end Unreachable");
    begun().ends(failed(ActFailure::BrowserGone), "note stopped | end BrowserGone");
    begun().ends(failed(ActFailure::ForeignPage), "note stopped | end ForeignPage");
    begun().ends(Input::TimedOut, "note stopped | end TimedOut");
    begun().ends_waiting(failed(ActFailure::Stale), "look");
    begun().ends_waiting(Input::GetAsked(ONE), "refuse | look");
}

#[test]
fn a_request_that_breaks_the_rules_stops_the_enrolment() {
    let check = |failure, reason: StopReason| {
        Script::new(task(Goal::Migrate))
            .then(Input::Begin, "open Enrolment | go /in | look")
            .then(sign_in_page(), "note user_name_given, password_given | fill UserName, Password | press | look")
            .then(account_page(), "note signed_in | press | look")
            .then(Input::CreateAsked(ONE), "create")
            .ends(Input::CeremonyFailed { ceremony: ONE, failure }, &format!("note stopped | refuse | end {reason:?}"));
    };
    check(CeremonyFailure::Refused, StopReason::CeremonyRefused);
    check(CeremonyFailure::Excluded, StopReason::PasskeyListed);
    check(CeremonyFailure::VerificationNeeded, StopReason::VerificationNeeded);
}

#[test]
fn a_site_without_a_passkey_page_is_searched_and_given_up() {
    let plain = |path| Page::new(PageKind::SignedIn, path).signal(SignedInSignal::SignOutControl);
    Script::new(task(Goal::Migrate))
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(sign_in_page(), "note user_name_given, password_given | fill UserName, Password | press | look")
        .then(plain("/home").action(ToSecuritySettings, 0), "note signed_in | press | look")
        .then(plain("/settings"), "look")
        .then(plain("/settings").unchanged(), "look")
        .then(plain("/settings").unchanged(), "look")
        .ends(plain("/settings").unchanged(), "note stopped | end NoPasskeyPage");
}

#[test]
fn a_page_that_leads_in_circles_ends() {
    let mut script = Script::new(task(Goal::Migrate));
    script.endless(|turn| {
        Input::Page(Box::new(
            Page::new(PageKind::Interstitial, if turn % 2 == 0 { "/a" } else { "/b" }).action(Skip, 0).build(),
        ))
    });
}

/// Up to the first request of a proof that resumes an interrupted registration, whose landing page is not known.
fn resumed() -> Script {
    Script::resumed(task(Goal::Migrate), |progress| progress.credential = Some(credential()))
        .then(Input::Begin, "note proof_started | open Proof | go /in | look")
}

const BESIDE_UNKNOWN: &str = "note proof_started | open Proof | go /in | look";
const FILLS: &str = "note user_name_given, password_given | fill UserName, Password | press | look";

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
        .ends(code_page().says(Notice::Refused), "note stopped | end TotpRefused");
}

#[test]
fn an_error_or_a_detour_is_no_closed_door() {
    let seen = || account_page();
    let ordinary = Page::new(PageKind::SignedIn, "/welcome");
    // The stranger gets an error, a page elsewhere, or one on another origin: nothing was learned.
    asserted_without_a_guard().ends_waiting(seen().status(405), BESIDE_UNKNOWN);
    asserted_without_a_guard().ends_waiting(ordinary.clone(), BESIDE_UNKNOWN);
    asserted_without_a_guard().ends_waiting(seen().at("https://example.org/keys"), BESIDE_UNKNOWN);
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
    let elsewhere = account_page().at("https://keys.example.com/keys");
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
fn a_site_at_work_is_not_left() {
    registered()
        .then(account_page().busy(), "look")
        .ends_waiting(account_page(), "note passkey_accepted, proof_started | open Proof | go /keys | look");
    asserted().then(account_page().busy(), "look").ends_waiting(account_page(), "go /keys | look");
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

fn asserted_input(ceremony: CeremonyRef) -> Input {
    Input::Asserted {
        ceremony: Some(ceremony),
        credential: "cred".into(),
        user_handle: "user".into(),
        user_verified: true,
        source: EvidenceSource::MadeByRekey,
    }
}
