//! Enrolments: signing in, finding the page, having the passkey made and taken; and the common way to a proof.

use crate::beginnings::*;
use crate::script::{Page, Script, credential, task};
use rekey_journey::page::{ActionRole::*, FieldRole::*, Notice, PageKind, SignedInSignal};
use rekey_journey::{ActFailure, CeremonyFailure, EvidenceSource, Goal, Input, StopReason};

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
        // Whether the password alone signs in is seen first.
        .then(Input::GetAsked(TWO), "look")
        .then(code_page(), "assert")
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
    check(CeremonyFailure::Declined, StopReason::Declined);
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
