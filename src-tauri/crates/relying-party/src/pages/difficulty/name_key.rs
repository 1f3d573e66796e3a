//! A name for the passkey that was just made.

use maud::html;

use super::super::frame::{Frame, Page, token_field};
use super::super::view::PasskeyView;

/// Asks for the name.
pub(crate) fn name_passkey(frame: impl Into<Frame>, passkey: &PasskeyView) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let main = html! {
        h1 { (t.name_passkey_title) }
        form.card method="post" action="/account/passkeys/rename" {
            (token_field(frame))
            input type="hidden" name="id" value=(passkey.id);
            p { (t.name_passkey_intro) }
            p {
                label for="key-name" { (t.key_name) }
                input #key-name name="name" type="text" autocomplete="off" maxlength="60" required;
            }
            button type="submit" { (t.save) }
        }
    };
    Page::new(t.name_passkey_title, main)
}
