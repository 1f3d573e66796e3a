//! A signed-in person shows once more who they are.

use maud::{Markup, html};

use super::difficulty::FieldNames;
use super::frame::{Frame, Page, token_field};
use super::parts::{Ceremony, alert, passkey_button};
use super::view::{ConfirmStep, ConfirmView};

/// The password, then a code where one is asked for; or a passkey.
pub(crate) fn confirm(frame: impl Into<Frame>, view: &ConfirmView) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let names = FieldNames::of(frame);
    let form = match view.step {
        ConfirmStep::Password => Some(html! {
            p { (t.confirm_intro) }
            (token_field(frame))
            p {
                label for="confirm-password" { (t.password) }
                input #confirm-password name=(names.password) type="password"
                    autocomplete=(names.autocomplete("current-password")) required maxlength="1000";
            }
        }),
        ConfirmStep::Code => Some(html! {
            p #code-hint { (t.code_intro) }
            (token_field(frame))
            p {
                label for="code" { (t.code) }
                input #code name=(names.code) type="text" inputmode="numeric" pattern="[0-9 ]*" maxlength="10" required
                    autocomplete=(names.autocomplete("one-time-code")) aria-describedby="code-hint";
            }
        }),
        ConfirmStep::PasskeyOnly => None,
    };
    let way_back = if form.is_some() { t.way_back_confirm } else { t.way_back_recover };
    let main = html! {
        h1 { (t.confirm_title) }
        (alert(view.error.as_deref()))
        @if let Some(fields) = &form {
            form.card method="post" action="/account/confirm" {
                (fields)
                (buttons(t.confirm, t.cancel))
            }
        } @else {
            p { (t.confirm_passkey_intro) }
        }
        @if view.passkey || form.is_none() {
            @if form.is_some() { p.or { span { (t.or) } } }
            (passkey_button(t, t.confirm_passkey, Ceremony::Confirm, way_back))
            @if form.is_none() { p { a href="/account" { (t.cancel) } } }
        }
    };
    Page::new(t.confirm_title, main).script("passkeys.js")
}

fn buttons(go: &str, cancel: &str) -> Markup {
    html! {
        p.buttons {
            button type="submit" { (go) }
            " "
            a href="/account" { (cancel) }
        }
    }
}
