//! The e-mails that the site would have sent.

use maud::{Markup, html};

use super::frame::{Frame, Page};
use super::view::{InboxView, MailView};
use crate::texts::Texts;

/// Every e-mail, newest first.
pub(crate) fn inbox(frame: impl Into<Frame>, view: &InboxView) -> Page {
    let t = frame.into().texts;
    let main = html! {
        h1 { (t.inbox_title) }
        p { (t.inbox_intro) }
        @if view.mails.is_empty() {
            div.card.empty {
                img src="/assets/inbox.svg" alt="" width="96" height="72";
                p { (t.inbox_empty) }
            }
        }
        @for mail in &view.mails { (one_mail(t, mail)) }
    };
    Page::new(t.inbox_title, main)
}

fn one_mail(t: &Texts, mail: &MailView) -> Markup {
    html! {
        article.card.mail {
            h2 { (mail.subject) }
            p.facts { (t.mail_to) " " bdi { (mail.to) } " · " bdi { (mail.when) } }
            p { (mail.text) }
            @if let Some(code) = &mail.code { p.large-code { bdi { (code) } } }
            @if let Some(link) = &mail.link { p { a.button href=(link) { (t.mail_open) } } }
        }
    }
}
