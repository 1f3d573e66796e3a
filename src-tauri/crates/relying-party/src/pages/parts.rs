//! Pieces that several pages have.

use maud::{Markup, html};
use serde_json::json;

use super::frame::Frame;
use super::view::Message;
use crate::texts::Texts;

/// A message that screen readers announce.
pub(super) fn alert(text: Option<&str>) -> Markup {
    html! { @if let Some(text) = text { p.alert role="alert" { (text) } } }
}

/// How what was done just now ended.
pub(super) fn message(message: Option<&Message>) -> Markup {
    match message {
        Some(Message { text, good: true }) => html! { p.status role="status" { (text) } },
        Some(Message { text, good: false }) => alert(Some(text)),
        None => html! {},
    }
}

/// What a page's passkey button does, in the names of its script.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ceremony<'a> {
    /// Signs in whoever the passkey belongs to.
    SignIn,
    /// Signs this person in.
    Named(&'a str),
    /// Confirms that it is the person who is signed in.
    Confirm,
}

/// The button that starts an assertion, and the places for what happens to it. `way_back` says what else there is to do
/// when it fails.
pub(super) fn passkey_button(t: &Texts, label: &str, ceremony: Ceremony<'_>, way_back: &str) -> Markup {
    let user_name = if let Ceremony::Named(name) = ceremony { Some(name) } else { None };
    let purpose = matches!(ceremony, Ceremony::Confirm).then_some("confirm");
    html! {
        div.passkey data-ceremony="get" data-words=(ceremony_words(t)) data-user-name=[user_name] data-purpose=[purpose] {
            button type="button" { (label) }
            (ceremony_progress(t, way_back))
        }
    }
}

/// The same below a password form, where the site offers it.
pub(super) fn passkey_alternative(frame: &Frame, ceremony: Ceremony<'_>) -> Markup {
    let t = frame.texts;
    html! {
        @if frame.offers_passkeys {
            p.or { span { (t.or) } }
            (passkey_button(t, t.passkey_sign_in, ceremony, t.way_back_sign_in))
        }
    }
}

/// Where a ceremony says how far it is, can be stopped, and says why it ended.
pub(super) fn ceremony_progress(t: &Texts, way_back: &str) -> Markup {
    html! {
        p.progress role="status" {}
        p hidden data-stop { button.quiet type="button" { (t.cancel) } }
        div.alert role="alert" hidden {
            p data-says {}
            p { (way_back) }
            p data-explain hidden { a href="/explain" { (t.see_why) } }
        }
    }
}

/// What a ceremony's script may have to say, as a JSON object.
pub(super) fn ceremony_words(t: &Texts) -> String {
    json!({
        "waitingForSite": t.ceremony_waiting_for_site,
        "waitingForDevice": t.ceremony_waiting_for_device,
        "sending": t.ceremony_sending,
        "done": t.ceremony_done,
        "cancelled": t.ceremony_cancelled,
        "excluded": t.ceremony_excluded,
        "unsupported": t.ceremony_unsupported,
        "noLock": t.ceremony_no_lock,
        "wrongAddress": t.ceremony_wrong_address,
        "noAnswer": t.ceremony_no_answer,
        "strangeAnswer": t.ceremony_strange_answer,
        "failed": t.failed,
    })
    .to_string()
}
