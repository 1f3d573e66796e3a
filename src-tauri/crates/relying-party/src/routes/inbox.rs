//! The e-mails that the site would have sent, for everybody at this computer to read.

use axum::extract::Path;
use axum::http::StatusCode;

use crate::pages::view::{InboxView, MailView};
use crate::pages::{self, moment};
use crate::records::{AuditEvent, Change, Letter, Mail};
use crate::store::{Flash, StoreError};
use crate::texts::Texts;
use crate::visit::{Answer, Visit};

/// E-mails shown, newest first.
const SHOWN: usize = 50;

pub(super) async fn show(visit: Visit) -> Answer {
    let view = InboxView { mails: mails(&visit)? };
    Ok(visit.page(StatusCode::OK, pages::inbox(&visit, &view)))
}

fn mails(visit: &Visit) -> Result<Vec<MailView>, StoreError> {
    let all = visit.site.state().store.all_mail(SHOWN)?;
    Ok(all.iter().map(|(to, mail)| mail_view(visit.texts, to, mail)).collect())
}

fn mail_view(t: &Texts, to: &str, mail: &Mail) -> MailView {
    let (subject, text, code, link) = match &mail.letter {
        Letter::Code(code) => (t.mails.code_subject, t.mails.code_text, Some(code.clone()), None),
        Letter::Confirmation(token) => {
            (t.mails.confirm_subject, t.mails.confirm_text, None, Some(format!("/inbox/confirm/{token}")))
        }
        Letter::Change(change) => {
            let subject = match change {
                Change::PasskeyAdded => t.mails.passkey_added_subject,
                Change::PasskeyRemoved => t.mails.passkey_removed_subject,
                Change::PasswordChanged => t.mails.password_changed_subject,
                Change::PasswordRemoved => t.mails.password_removed_subject,
                Change::Recovered => t.mails.recovered_subject,
            };
            (subject, t.mails.change_text, None, None)
        }
    };
    MailView {
        to: to.to_owned(),
        when: moment(mail.at),
        subject: subject.to_owned(),
        text: text.to_owned(),
        code,
        link,
    }
}

/// The link of a confirmation. The random part is the proof; a GET is enough, as in any e-mail.
pub(super) async fn confirm(visit: Visit, Path(token): Path<String>) -> Answer {
    let confirmed = {
        let state = visit.site.state();
        let account = state.store.account_of_confirmation(&token)?;
        if let Some(account) = account {
            state.store.confirm_email(account)?;
            state.store.note(account, visit.site.now(), &AuditEvent::EmailConfirmed)?;
            state.store.set_flash(&visit.session, Flash::EmailConfirmed)?;
        }
        account.is_some()
    };
    if !confirmed {
        return Ok(visit.page(StatusCode::NOT_FOUND, pages::not_found(&visit)));
    }
    Ok(visit.go(if visit.signed_in().is_some() { "/account" } else { "/login" }))
}
