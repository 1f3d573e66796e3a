//! The password and the recovery codes of the person signed in.

use maud::{Markup, html};
use zeroize::Zeroizing;

use super::frame::{Frame, Page, token_field};
use super::parts::alert;
use super::view::PasswordView;

/// A new password, after the current one where there is one.
pub(crate) fn password(frame: impl Into<Frame>, view: &PasswordView) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let title = if view.has_password { t.change_password } else { t.set_password };
    let main = html! {
        h1 { (title) }
        (alert(view.error.as_deref()))
        form.card method="post" action="/account/password" {
            (token_field(frame))
            // Tells password managers whose password it is.
            input.visually-hidden type="text" name="username" autocomplete="username" value=(view.user_name) readonly
                tabindex="-1" aria-hidden="true";
            @if view.has_password {
                p {
                    label for="current-password" { (t.current_password) }
                    input #current-password name="current_password" type="password" autocomplete="current-password"
                        required maxlength="1000";
                }
            }
            (new_password(frame, view.min_length))
            p.note { (t.password_signs_out) }
            p.buttons {
                button type="submit" { (t.save) }
                " "
                a href="/account" { (t.cancel) }
            }
        }
    };
    Page::new(title, main).script("reveal.js")
}

/// The field of a new password, which its script can show.
pub(super) fn new_password(frame: &Frame, min_length: u32) -> Markup {
    let t = frame.texts;
    html! {
        p {
            label for="new-password" { (t.new_password) }
            input #new-password name="new_password" type="password" autocomplete="new-password" required
                minlength=(min_length) maxlength="1000" aria-describedby="new-password-hint";
        }
        p.check hidden data-reveals="new-password" {
            input #reveal type="checkbox";
            " "
            label for="reveal" { (t.show_password) }
        }
        p.note #new-password-hint { ((t.password_length)(min_length)) }
    }
}

/// Explains what an account without a password is, before the password is removed. `Err` says why it cannot be.
pub(crate) fn remove_password(frame: impl Into<Frame>, allowed: Result<(), &str>) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let main = html! {
        h1 { (t.remove_password) }
        div.card {
            @match allowed {
                Ok(()) => {
                    p { (t.remove_password_effect) }
                    p { (t.remove_password_lost) }
                    p { (t.remove_password_back) }
                    form method="post" action="/account/password/remove" {
                        (token_field(frame))
                        p.buttons {
                            button.danger type="submit" { (t.remove_password) }
                            " "
                            a href="/account" { (t.keep_password) }
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
    Page::new(t.remove_password, main)
}

/// What recovery codes are, and the button that makes new ones.
pub(crate) fn recovery_codes(frame: impl Into<Frame>, left: u32) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let main = html! {
        h1 { (t.recovery_codes) }
        form.card method="post" action="/account/recovery-codes" {
            (token_field(frame))
            p { (t.recovery_codes_intro) }
            p { ((t.codes_left)(left)) }
            @if left > 0 { p { (t.new_codes_replace) } }
            p.buttons {
                button type="submit" { (t.new_codes) }
                " "
                a href="/account" { (t.cancel) }
            }
        }
    };
    Page::new(t.recovery_codes, main)
}

/// New recovery codes, shown this once.
pub(crate) fn new_recovery_codes(frame: impl Into<Frame>, codes: &[Zeroizing<String>]) -> Page {
    let t = frame.into().texts;
    let main = html! {
        h1 { (t.new_codes_title) }
        div.card {
            p { (t.new_codes_once) }
            ol.codes dir="ltr" { @for code in codes { li { code { (code.as_str()) } } } }
            p.buttons data-codes hidden {
                button.quiet type="button" data-copy data-copied=(t.codes_copied) data-failed=(t.codes_not_copied) {
                    (t.copy)
                }
                " "
                button.quiet type="button" data-print { (t.print) }
            }
            p.progress role="status" {}
            // A GET that changes nothing: the box makes the person stop, no more.
            form method="get" action="/account" {
                p.check {
                    input #kept type="checkbox" required;
                    " "
                    label for="kept" { (t.codes_kept) }
                }
                button type="submit" { (t.back_to_account) }
            }
        }
    };
    Page::new(t.new_codes_title, main).script("codes.js")
}
