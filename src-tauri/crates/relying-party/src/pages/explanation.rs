//! What happened in a ceremony, on a page of its own.

use maud::{Markup, html};

use super::frame::{Frame, Page};

/// `panel` is `None` where the session made no ceremony yet.
pub(crate) fn explanation(frame: impl Into<Frame>, panel: Option<Markup>) -> Page {
    let t = frame.into().texts;
    let main = html! {
        h1 { (t.to_explain) }
        @match panel {
            Some(panel) => div.wide { (panel) },
            None => {
                p { (t.explain_nothing) }
                p { a.button href="/login" { (t.sign_in) } }
            },
        }
    };
    Page::new(t.to_explain, main).style("explain.css")
}
