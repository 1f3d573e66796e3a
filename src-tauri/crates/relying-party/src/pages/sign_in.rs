//! The three kinds of sign-in page. Their markup differs on purpose, as that of real sites does.

use maud::{Markup, html};

use super::difficulty::FieldNames;
use super::frame::{Frame, Page, token_field};
use super::parts::{Ceremony, alert, passkey_alternative};

const PASSKEY_SCRIPT: &str = "passkeys.js";

/// The way for somebody who cannot sign in.
fn recovery_link(frame: &Frame) -> Markup {
    html! { p.aside-link { a href="/recover" { (frame.texts.recover_link) } } }
}

/// User name and password in one form.
pub(crate) fn one_page(frame: impl Into<Frame>, user_name: &str, error: Option<&str>) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    // https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#attr-fe-autocomplete-webauthn
    let autocomplete = if frame.offers_passkeys { "username webauthn" } else { "username" };
    let names = FieldNames::of(frame);
    let main = html! {
        h1 { (t.sign_in) }
        (alert(error))
        form.card method="post" action="/login" {
            (token_field(frame))
            p {
                label for="login-name" { (t.user_name) }
                input #login-name name=(names.user_name) type="text" inputmode=[(!names.honest).then_some("email")]
                    autocomplete=(names.autocomplete(autocomplete)) autocapitalize="none" spellcheck="false" required
                    maxlength="200" value=(user_name);
            }
            p {
                label for="login-password" { (t.password) }
                input #login-password name=(names.password) type="password"
                    autocomplete=(names.autocomplete("current-password")) required maxlength="1000";
            }
            p.check {
                input #login-remember name="remember" type="checkbox" value="1";
                " "
                label for="login-remember" { (t.remember) }
            }
            button type="submit" { (t.sign_in) }
        }
        (passkey_alternative(frame, Ceremony::SignIn))
        (recovery_link(frame))
    };
    Page::new(t.sign_in, main).script(PASSKEY_SCRIPT)
}

/// The first of two steps. The field is not called what it is (but where passkeys are suggested in it, it has to be),
/// and its label wraps it.
pub(crate) fn two_step_name(frame: impl Into<Frame>, error: Option<&str>) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let autocomplete = frame.offers_passkeys.then_some("username webauthn");
    let main = html! {
        section.card aria-labelledby="step-title" {
            h1 #step-title { (t.sign_in) }
            (alert(error))
            form method="post" action="/signin" {
                (token_field(frame))
                label.block {
                    (t.user_name)
                    input name="identifier" type="text" inputmode="email" autocomplete=[autocomplete]
                        autocapitalize="none" required maxlength="200";
                }
                input type="submit" value=(t.next);
            }
            (passkey_alternative(frame, Ceremony::SignIn))
        }
        (recovery_link(frame))
    };
    Page::new(t.sign_in, main).script(PASSKEY_SCRIPT)
}

/// The second of two steps.
pub(crate) fn two_step_password(frame: impl Into<Frame>, user_name: &str, error: Option<&str>) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let main = html! {
        section.card aria-labelledby="step-title" {
            h1 #step-title { (t.hello) " " (user_name) }
            p { a href="/signin" { (t.not_you) } }
            (alert(error))
            form method="post" action="/signin/password" {
                (token_field(frame))
                input.visually-hidden type="text" name="identifier" autocomplete="username" value=(user_name) readonly
                    tabindex="-1" aria-hidden="true";
                label.block {
                    (t.password)
                    input name="Passwd" type="password" required maxlength="1000";
                }
                input type="submit" value=(t.next);
            }
            (passkey_alternative(frame, Ceremony::Named(user_name)))
        }
        (recovery_link(frame))
    };
    Page::new(t.sign_in, main).script(PASSKEY_SCRIPT)
}

/// A page whose form a script builds later.
pub(crate) fn late_script(frame: impl Into<Frame>) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let main = html! {
        h1 { (t.welcome_back) }
        div #entry.card aria-busy="true" data-failed=(t.failed) data-again=(t.try_again) { p.waiting { (t.loading) } }
        noscript { p { (t.script_needed) } }
        (passkey_alternative(frame, Ceremony::SignIn))
        (recovery_link(frame))
    };
    Page::new(t.welcome_back, main).script(PASSKEY_SCRIPT).script("late.js")
}
