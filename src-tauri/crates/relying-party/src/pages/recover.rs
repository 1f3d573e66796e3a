//! The way back for somebody who cannot sign in.

use maud::html;

use super::frame::{Frame, Page, token_field};
use super::parts::alert;
use super::security::new_password;
use super::view::RecoverView;

/// User name, recovery code and a new password, all in one step: nothing is left half done.
pub(crate) fn recover(frame: impl Into<Frame>, view: &RecoverView) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let main = html! {
        h1 { (t.recover_title) }
        (alert(view.error.as_deref()))
        form.card method="post" action="/recover" {
            (token_field(frame))
            p { (t.recover_intro) }
            p {
                label for="recover-name" { (t.user_name) }
                input #recover-name name="username" type="text" autocomplete="username" autocapitalize="none"
                    spellcheck="false" required maxlength="200" value=(view.user_name);
            }
            p {
                label for="recovery-code" { (t.recovery_code) }
                input #recovery-code name="recovery_code" type="text" autocomplete="off" autocapitalize="none"
                    spellcheck="false" required maxlength="40";
            }
            (new_password(frame, view.min_length))
            p.buttons {
                button type="submit" { (t.set_password) }
                " "
                a href="/login" { (t.back_to_sign_in) }
            }
        }
        p.note { (t.recover_no_code) }
    };
    Page::new(t.recover_title, main).script("reveal.js")
}
