//! The front page.

use maud::{Markup, html};

use super::frame::{Frame, Page};
use super::parts::message;
use super::view::{HomeView, PersonView};
use crate::seed::FormStyle;
use crate::texts::Texts;

/// The front page: an ordinary page for everybody.
pub(crate) fn home(frame: impl Into<Frame>, view: &HomeView) -> Page {
    let frame = frame.into();
    let t = frame.texts;
    // Elsewhere each person has an inbox of their own, once signed in.
    let has_inbox = frame.stays_here || frame.signed_in.is_some();
    let main = html! {
        (message(view.message.as_ref()))
        div.welcome {
            div {
                h1 { (t.home_title) }
                p { (t.home_intro) }
            }
            img src="/assets/key.svg" alt="" width="120" height="120";
        }
        @if !view.people.is_empty() {
            h2 { (t.people) }
            p { (t.people_intro) }
            ul.list.card { @for person in &view.people { (one_person(t, person)) } }
        }
        h2 { (t.home_ways) }
        ul.list.card {
            @for style in [FormStyle::OnePage, FormStyle::TwoStep, FormStyle::LateScript] {
                li { a href=(style.path()) { (way(t, style)) } }
            }
        }
        h2 { (t.home_more) }
        ul.list.card {
            li { a href="/explain" { (t.to_explain) } p.facts { (t.to_explain_why) } }
            @if has_inbox { li { a href="/inbox" { (t.to_inbox) } p.facts { (t.to_inbox_why) } } }
        }
    };
    Page::new(t.home_title, main)
}

fn one_person(t: &Texts, person: &PersonView) -> Markup {
    html! {
        li {
            a href=(person.sign_in) { bdi { (person.user_name) } }
            p.facts {
                @if person.has_totp { (t.person_totp) }
                @if person.has_totp && person.passkeys > 0 { " · " }
                @if person.passkeys > 0 { (t.person_passkeys) " " (person.passkeys) }
            }
        }
    }
}

fn way(t: &Texts, style: FormStyle) -> &'static str {
    match style {
        FormStyle::OnePage => t.way_one_page,
        FormStyle::TwoStep => t.way_two_step,
        FormStyle::LateScript => t.way_late,
    }
}
