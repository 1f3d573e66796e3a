//! Pages that only say something went wrong, and what to do.

use maud::html;

use super::frame::{Frame, Page};

/// One sentence.
pub(crate) fn notice(frame: impl Into<Frame>, text: &str) -> Page {
    let t = frame.into().texts;
    page(t.notice_title, text, t.to_front_page)
}

/// There is no such page.
pub(crate) fn not_found(frame: impl Into<Frame>) -> Page {
    let t = frame.into().texts;
    page(t.not_found_title, t.not_found, t.to_front_page)
}

/// The form was sent without its session's token.
pub(crate) fn form_expired(frame: impl Into<Frame>) -> Page {
    let t = frame.into().texts;
    page(t.form_expired_title, t.form_expired, t.to_front_page)
}

fn page(title: &'static str, text: &str, back: &str) -> Page {
    let main = html! {
        h1 { (title) }
        p.alert role="alert" { (text) }
        p { a href="/" { (back) } }
    };
    Page::new(title, main)
}
