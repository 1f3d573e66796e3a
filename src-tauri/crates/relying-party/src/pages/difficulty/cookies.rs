//! A cookie banner. Its script opens it as a modal dialog, so that nothing below can be used before it is answered; where
//! there is no script there is no banner.

use maud::{Markup, html};

use crate::texts::Texts;

pub(in crate::pages) const SCRIPT: &str = "cookies.js";

/// The dialog, closed.
pub(in crate::pages) fn banner(t: &Texts) -> Markup {
    let c = &t.cookies;
    html! {
        dialog #cookies aria-labelledby="cookies-title" {
            h2 #cookies-title { (c.title) }
            p { (c.intro) }
            p.buttons {
                button type="button" value="all" { (c.accept_all) }
                " "
                button type="button" value="necessary" { (c.only_necessary) }
            }
            details {
                summary { (c.settings) }
                p.check {
                    input #cookies-statistics type="checkbox";
                    " "
                    label for="cookies-statistics" { (c.statistics) }
                }
                p { button.quiet type="button" value="chosen" { (c.save) } }
            }
        }
    }
}
