//! A code in six boxes of one digit each.

use maud::{Markup, html};

use crate::texts::Texts;

pub(in crate::pages) const DIGITS: u32 = 6;

/// The boxes. Their script moves on, takes a pasted code apart, and sends the form at the sixth digit; without it the
/// form's button does.
pub(in crate::pages) fn segmented(t: &Texts) -> Markup {
    html! {
        fieldset.segments dir="ltr" data-segments {
            legend { (t.code) }
            @for place in 1..=DIGITS {
                @let id = format!("digit-{place}");
                label.visually-hidden for=(id) { ((t.code_digit)(place)) }
                input id=(id) name={ "d" (place) } type="text" inputmode="numeric" pattern="[0-9]" required
                    autocomplete=(if place == 1 { "one-time-code" } else { "off" })
                    // A browser may put the whole code into the first box.
                    maxlength=(if place == 1 { DIGITS } else { 1 });
            }
        }
    }
}
