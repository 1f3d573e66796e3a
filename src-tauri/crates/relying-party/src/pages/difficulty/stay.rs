//! "Stay signed in?"

use maud::html;

use super::super::frame::{Frame, Page, token_field};

/// The question between the sign-in and the account. Either answer goes on.
pub(crate) fn stay_signed_in(frame: impl Into<Frame>) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let main = html! {
        h1 { (t.stay_title) }
        form.card method="post" action="/verify/stay" {
            (token_field(frame))
            p { (t.stay_intro) }
            p.buttons {
                button type="submit" name="stay" value="yes" { (t.yes) }
                " "
                button.quiet type="submit" name="stay" value="no" { (t.no) }
            }
        }
    };
    Page::new(t.stay_title, main)
}
