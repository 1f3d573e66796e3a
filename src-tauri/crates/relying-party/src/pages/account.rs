//! The account of the person signed in: passkeys, security, and what happened.

use maud::{Markup, html};
use serde_json::json;

use super::frame::{Frame, Page, token_field};
use super::parts::message;
use super::view::{AccountView, ActivityView, PasskeyView};
use crate::texts::Texts;

/// The account.
pub(crate) fn account(frame: impl Into<Frame>, view: &AccountView) -> Page {
    let frame = &frame.into();
    let t = frame.texts;
    let signal = view.offers_passkeys.then(|| json!(view.signal).to_string());
    let main = html! {
        (message(view.message.as_ref()))
        div data-signal=[signal] data-conditional-create[view.conditional_create] {
            h1 { (t.account_title) }
            p { (t.signed_in_as) " " strong { (view.user_name) } }
            @if view.offers_passkeys { (passkeys(frame, view)) }
            (security(frame, view))
            (activity(t, &view.activity))
        }
    };
    Page::new(t.account_title, main).script("account.js")
}

fn passkeys(frame: &Frame, view: &AccountView) -> Markup {
    let t = frame.texts;
    html! {
        section.card aria-labelledby="passkeys" {
            h2 #passkeys { (t.passkeys) }
            p { (t.passkeys_intro) }
            @if view.passkeys.is_empty() {
                p { (t.no_passkeys) }
            } @else {
                ul.list { @for (place, passkey) in view.passkeys.iter().enumerate() { (one_passkey(frame, place, passkey)) } }
            }
            @match &view.may_add {
                Ok(()) => p { a.button href="/account/passkeys/new" { (t.add_passkey) } },
                Err(why) => p.note { (why) },
            }
        }
    }
}

fn one_passkey(frame: &Frame, place: usize, passkey: &PasskeyView) -> Markup {
    let t = frame.texts;
    let field = format!("rename-{place}");
    html! {
        li.suspended[passkey.suspended.is_some()] {
            p.name {
                bdi { (passkey.name) }
                @if passkey.suspended.is_some() { " " span.badge.bad { (t.suspended) } }
            }
            p.facts {
                @if let Some(provider) = &passkey.provider { bdi { (provider) } " · " }
                (if passkey.synced { t.synced } else { t.one_device })
                br;
                (t.added_on) " " bdi.date { (passkey.added) } " · "
                @match &passkey.last_used {
                    Some(when) => { (t.last_used) " " bdi.date { (when) } },
                    None => (t.never_used),
                }
            }
            @if let Some(why) = &passkey.suspended { p.alert { (why) " " (t.suspended_what_to_do) } }
            div.actions {
                details {
                    summary { (t.rename) }
                    form method="post" action="/account/passkeys/rename" {
                        (token_field(frame))
                        input type="hidden" name="id" value=(passkey.id);
                        label for=(field) { (t.new_name) }
                        input id=(field) name="name" type="text" autocomplete="off" maxlength="60" required
                            value=(passkey.name);
                        button type="submit" { (t.save) }
                    }
                }
                @match &passkey.removable {
                    Ok(()) => a href={ "/account/passkeys/" (passkey.id) "/remove" } { (t.remove) },
                    Err(why) => p.note { (why) },
                }
            }
        }
    }
}

fn security(frame: &Frame, view: &AccountView) -> Markup {
    let t = frame.texts;
    html! {
        section.card aria-labelledby="security" {
            h2 #security { (t.security) }
            dl {
                dt { (t.password) }
                dd {
                    @if view.has_password {
                        p { a href="/account/password" { (t.change_password) } }
                        @match &view.may_remove_password {
                            Ok(()) => p { a href="/account/password/remove" { (t.remove_password) } },
                            Err(why) => p.note { (why) },
                        }
                    } @else {
                        p { (t.no_password) " " a href="/account/password" { (t.set_password) } }
                    }
                }
                dt { (t.two_steps) }
                dd { p { (if view.has_totp { t.totp_on } else { t.totp_off }) } }
                dt { (t.recovery_codes) }
                dd {
                    p { ((t.codes_left)(view.recovery_codes_left)) }
                    p { a href="/account/recovery-codes" { (t.new_codes) } }
                }
                dt { (t.sessions) }
                dd {
                    p { ((t.sessions_open)(view.sessions)) }
                    form method="post" action="/account/sign-out-everywhere" {
                        (token_field(frame))
                        button.quiet type="submit" { (t.sign_out_everywhere) }
                    }
                }
            }
        }
    }
}

fn activity(t: &Texts, lines: &[ActivityView]) -> Markup {
    html! {
        section.card aria-labelledby="activity" {
            h2 #activity { (t.activity) }
            @if lines.is_empty() {
                p { (t.no_activity) }
            } @else {
                ul.list.log {
                    @for line in lines {
                        li {
                            span.when { bdi { (line.when) } }
                            " "
                            span {
                                (line.text)
                                @if line.bad { " " span.badge.bad { (t.look_twice) } }
                            }
                        }
                    }
                }
                p.note { (t.activity_not_you) }
            }
        }
    }
}
