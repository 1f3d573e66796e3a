//! What lies in the way of a journey without being its end: banners, busy sites; and what a site says is.

use crate::beginnings::*;
use crate::script::{Page, Script, task};
use rekey_journey::page::{ActionRole::*, Notice, PageKind, SignedInSignal};
use rekey_journey::{Goal, Input};

/// Up to the page after the sign-in, which can add no passkey by itself.
fn signed_in() -> Script {
    Script::new(task(Goal::Migrate)).then(Input::Begin, "open Enrolment | go /in | look").then(sign_in_page(), FILLS)
}

fn plain() -> Page {
    Page::new(PageKind::SignedIn, "/home").signal(SignedInSignal::SignOutControl)
}

#[test]
fn a_cookie_banner_is_answered_before_anything_else() {
    let covered = || sign_in_page().action(AnswerCookies, 0);
    Script::new(task(Goal::Migrate))
        .then(Input::Begin, "open Enrolment | go /in | look")
        .then(covered(), "press | look")
        .then(sign_in_page(), FILLS)
        // During a proof as well, whatever it waits for.
        .then(account_page().action(AnswerCookies, 0), "press | look")
        .ends_waiting(account_page(), "note signed_in | press | look");
    asserted()
        .then(account_page().action(AnswerCookies, 0), "press | look")
        .then(account_page(), "go /keys | look")
        .ends(account_page(), "note proven | end Passwordless");
}

#[test]
fn a_banner_that_does_not_go_away_or_is_anothers_is_left_alone() {
    let covered = || sign_in_page().action(AnswerCookies, 0);
    let begun = || Script::new(task(Goal::Migrate)).then(Input::Begin, "open Enrolment | go /in | look");
    begun().then(covered(), "press | look").ends_waiting(covered().unchanged(), FILLS);
    begun().ends_waiting(covered().at("https://elsewhere.test/in"), FILLS);
}

#[test]
fn a_busy_site_is_asked_again_after_a_while() {
    let busy = || account_page().says(Notice::Busy);
    signed_in()
        .then(account_page(), "note signed_in | press | look")
        .then(busy(), "look")
        .then(busy().unchanged(), "press | look")
        .ends_waiting(Input::CreateAsked(ONE), "create");
}

#[test]
fn a_password_is_not_given_again_to_a_busy_site() {
    signed_in().ends(sign_in_page().says(Notice::Busy), "note stopped | end RateLimited");
}

#[test]
fn a_site_that_was_too_busy_for_the_passkey_may_have_it() {
    let busy = || Page::new(PageKind::NameKey, "/keys").signal(SignedInSignal::SignOutControl).says(Notice::Busy);
    registered()
        .then(busy(), "note proof_started | open Proof | go /keys | look")
        .then(sign_in_page().action(UsePasskey, 1), "press | look")
        .then(Input::GetAsked(TWO), "assert")
        .then(asserted_input(TWO), "note asserted | answer | look")
        .then(account_page(), "go /keys | look")
        .ends(account_page(), "note proven | end Passwordless");
}

#[test]
fn a_passkey_that_a_busy_site_does_not_have_is_made_anew_once() {
    let busy = || Page::new(PageKind::NameKey, "/keys").signal(SignedInSignal::SignOutControl).says(Notice::Busy);
    let unknown = |script: Script| {
        script
            .then(busy(), "note proof_started | open Proof | go /keys | look")
            .then(sign_in_page().action(UsePasskey, 1), "press | look")
            .then(Input::GetAsked(TWO), "assert")
            .then(asserted_input(TWO), "note asserted | answer | look")
            .then(sign_in_page().says(Notice::Refused), BESIDE)
            .then(sign_in_page(), FILLS)
    };
    unknown(registered()).ends_waiting(account_page(), "open Enrolment | go /in | look");
}

#[test]
fn a_busy_site_is_shown_the_passkey_again() {
    let taking = || sign_in_page().action(UsePasskey, 1);
    asserted()
        .then(taking().says(Notice::Busy), "look")
        .then(taking().says(Notice::Busy).unchanged(), "press | look")
        .then(Input::GetAsked(TWO), "assert")
        .then(asserted_input(TWO), "note asserted | answer | look")
        .then(account_page(), "go /keys | look")
        .ends(account_page(), "note proven | end Passwordless");
}

#[test]
fn why_there_is_no_passkey_page_is_what_the_site_says() {
    let check = |notice, reason: &str| {
        signed_in()
            .then(plain().says(notice).action(ToSecuritySettings, 0), "note signed_in | press | look")
            .then(plain().unchanged(), "look")
            .ends(plain().unchanged(), &format!("note stopped | end {reason}"));
        // It may be said of other things too: a page that adds a passkey decides.
        signed_in().ends_waiting(account_page().says(notice), "note signed_in | press | look");
    };
    check(Notice::AddressUnconfirmed, "AddressUnconfirmed");
    check(Notice::Barred, "Barred");
}
