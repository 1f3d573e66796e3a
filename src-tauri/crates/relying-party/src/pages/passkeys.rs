//! Making a passkey, and removing one.

use maud::html;

use super::frame::{Frame, Page, token_field};
use super::parts::{ceremony_progress, ceremony_words};
use super::view::{PasskeyView, RefusalView};
use crate::Difficulty;

/// A name for the new passkey, and the button that makes it.
pub(crate) fn new_passkey(frame: impl Into<Frame>) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let main = html! {
        h1 { (t.new_passkey_title) }
        form.card data-ceremony="create" data-words=(ceremony_words(t)) {
            @if frame.has(Difficulty::NameAfterCreation) {
                p { (t.passkeys_intro) }
            } @else {
                p { (t.new_passkey_intro) }
                p {
                    label for="key-name" { (t.key_name) }
                    input #key-name name="name" type="text" autocomplete="off" maxlength="60" required
                        value=(t.key_name_default);
                }
            }
            @if frame.has(Difficulty::PasswordlessBox) {
                p.check {
                    input #passwordless name="passwordless" type="checkbox";
                    " "
                    label for="passwordless" { (t.passwordless_box) }
                }
            }
            p.note data-hint hidden {}
            p.buttons {
                button type="submit" { (t.create_passkey) }
                " "
                a href="/account" { (t.cancel) }
            }
            (ceremony_progress(t, t.way_back_create))
        }
        noscript { p { (t.script_needed) } }
    };
    let page = Page::new(t.new_passkey_title, main).script("passkeys.js");
    if frame.has(Difficulty::CeremonyAtPageLoad) { page.script("at-load.js") } else { page }
}

/// Asks before a passkey is removed.
pub(crate) fn remove_passkey(frame: impl Into<Frame>, passkey: &PasskeyView) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let main = html! {
        h1 { (t.remove_passkey_title) }
        div.card {
            p { strong { bdi { (passkey.name) } } }
            @match &passkey.removable {
                Ok(()) => {
                    p { (t.remove_passkey_effect) }
                    p { (t.remove_passkey_elsewhere) }
                    form method="post" action="/account/passkeys/remove" {
                        (token_field(frame))
                        input type="hidden" name="id" value=(passkey.id);
                        p.buttons {
                            button.danger type="submit" { (t.remove_passkey) }
                            " "
                            a href="/account" { (t.cancel) }
                        }
                    }
                },
                Err(why) => {
                    p { (why) }
                    p { a href="/account" { (t.back_to_account) } }
                },
            }
        }
    };
    Page::new(t.remove_passkey_title, main)
}

/// Why no passkey can be added: what happened, what is safe, what next.
pub(crate) fn refusal(frame: impl Into<Frame>, view: &RefusalView) -> Page {
    let t = frame.into().texts;
    let main = html! {
        h1 { (t.refusal_title) }
        div.card {
            p { (view.what_happened) }
            p { (view.what_is_safe) }
            p { (view.what_next) }
            p { a.button href="/account" { (t.back_to_account) } }
        }
    };
    Page::new(t.refusal_title, main)
}
