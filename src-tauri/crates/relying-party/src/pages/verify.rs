//! The steps between the password and being signed in.

use maud::html;

use super::difficulty::{self, FieldNames, segmented};
use super::frame::{Frame, Page, token_field};
use super::parts::{Ceremony, alert, passkey_button};
use crate::Difficulty;

/// The code of an authenticator app.
pub(crate) fn totp(frame: impl Into<Frame>, error: Option<&str>) -> Page {
    let frame = frame.into();
    let t = frame.texts;
    let names = FieldNames::of(&frame);
    code_page(&frame, "/verify/code", (t.code_title, t.code_intro), (names.code, names.honest), error)
}

/// A code that came by e-mail.
pub(crate) fn email_code(frame: impl Into<Frame>, error: Option<&str>) -> Page {
    let frame = frame.into();
    let t = frame.texts;
    let mut page = code_page(&frame, "/verify/email", (t.email_title, t.email_intro), ("email_code", true), error);
    page.main = html! { (page.main) p { a href="/inbox" { (t.open_inbox) } } };
    page
}

fn code_page(
    frame: &Frame,
    action: &str,
    (title, intro): (&'static str, &str),
    (field, honest): (&str, bool),
    error: Option<&str>,
) -> Page {
    let t = frame.texts;
    let in_boxes = frame.has(Difficulty::SegmentedCode);
    let main = html! {
        h1 { (title) }
        (alert(error))
        form.card method="post" action=(action) {
            p #code-hint { (intro) }
            (token_field(frame))
            @if in_boxes {
                (segmented(t))
            } @else {
                p {
                    label for="code" { (t.code) }
                    input #code name=(field) type="text" inputmode="numeric" pattern="[0-9 ]*" maxlength="10" required
                        autocomplete=(if honest { "one-time-code" } else { "off" }) aria-describedby="code-hint";
                }
            }
            button type="submit" { (t.verify) }
        }
    };
    let page = Page::new(title, main);
    if in_boxes { page.script("segmented.js").style(difficulty::STYLE) } else { page }
}

/// A picture with letters.
pub(crate) fn human(frame: impl Into<Frame>, error: Option<&str>) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let main = html! {
        h1 { (t.human_title) }
        (alert(error))
        form.card.captcha method="post" action="/verify/human" {
            p { (t.human_intro) }
            img src="/verify/human.svg" width="220" height="70" alt=(t.human_picture);
            (token_field(frame))
            p {
                label for="letters" { (t.human_answer) }
                input #letters name="captcha" type="text" autocomplete="off" autocapitalize="characters"
                    spellcheck="false" maxlength="10" required;
            }
            button type="submit" { (t.verify) }
        }
    };
    Page::new(t.human_title, main)
}

/// The picture of [`human`], tilted letters over lines.
pub(crate) fn picture(letters: &str) -> String {
    let places = [(20, -14), (60, 9), (100, -6), (140, 15), (180, -11)];
    html! {
        svg xmlns="http://www.w3.org/2000/svg" width="220" height="70" viewBox="0 0 220 70" {
            rect width="220" height="70" fill="#eef1f5" {}
            path d="M0 22 60 50 120 18 220 55M0 60 90 30 220 20" stroke="#8a94a6" fill="none" {}
            g font-family="monospace" font-size="34" fill="#27364f" {
                @for (letter, (x, tilt)) in letters.chars().zip(places) {
                    text x=(x) y="48" transform={ "rotate(" (tilt) " " (x) " 40)" } { (letter) }
                }
            }
        }
    }
    .into_string()
}

/// A passkey as the second factor.
pub(crate) fn passkey_second(frame: impl Into<Frame>, has_totp: bool) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let way_back = if has_totp { t.way_back_code } else { t.way_back_sign_in };
    let main = html! {
        h1 { (t.second_passkey_title) }
        div.card {
            p { (t.second_passkey_intro) }
            (passkey_button(t, t.use_passkey, Ceremony::SignIn, way_back))
            @if has_totp { p { a href="/verify/code" { (t.use_code) } } }
        }
    };
    Page::new(t.second_passkey_title, main).script("passkeys.js")
}
