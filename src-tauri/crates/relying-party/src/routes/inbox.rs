//! The e-mails that the site would have sent: all of them for everybody at this computer, where nobody else reaches the
//! site; elsewhere each person's own.

use axum::extract::Path;
use axum::http::StatusCode;

use crate::pages::view::{InboxView, MailView};
use crate::pages::{self, moment};
use crate::records::{AuditEvent, Change, Letter, Mail};
use crate::store::{Confirmation, Flash, StoreError};
use crate::texts::Texts;
use crate::visit::{Answer, Visit};

/// E-mails shown, newest first.
const SHOWN: usize = 50;

pub(super) async fn show(visit: Visit) -> Answer {
    let Some(mails) = mails(&visit)? else {
        return Ok(visit.page(StatusCode::NOT_FOUND, pages::not_found(&visit)));
    };
    let view = InboxView { mails };
    Ok(visit.page(StatusCode::OK, pages::inbox(&visit, &view)))
}

/// What this visitor may read; `None` where there is no inbox for them.
fn mails(visit: &Visit) -> Result<Option<Vec<MailView>>, StoreError> {
    let store = &visit.site.state().store;
    // Who gave an account's password may read the code that the next page asks for: there is no other way to it here.
    let mails = match visit.account.as_ref() {
        _ if visit.site.stays_here => store.all_mail(SHOWN)?,
        None => return Ok(None),
        Some(account) => {
            let own = store.mail(account.id)?.into_iter().rev().take(SHOWN);
            own.map(|mail| (account.user_name.clone(), mail)).collect()
        }
    };
    Ok(Some(mails.iter().map(|(to, mail)| mail_view(visit.texts, to, mail)).collect()))
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
                Change::PasskeySuspended => t.mails.passkey_suspended_subject,
                Change::RecoveryCodesMade => t.mails.recovery_codes_made_subject,
                Change::Locked => t.mails.locked_subject,
            };
            let text = match change {
                Change::PasskeySuspended => t.suspended_what_to_do,
                Change::Locked => t.mails.locked_text,
                _ => t.mails.change_text,
            };
            (subject, text, None, None)
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
    let (status, text) = {
        let now = visit.site.now();
        let state = visit.site.state();
        match state.store.confirm_email(&token, now)? {
            Confirmation::Confirmed(account) => {
                state.store.note(account, now, &AuditEvent::EmailConfirmed)?;
                state.store.set_flash(&visit.session, Flash::EmailConfirmed)?;
                drop(state);
                return Ok(visit.go(if visit.signed_in().is_some() { "/account" } else { "/login" }));
            }
            Confirmation::Expired(account) => {
                state.store.send_confirmation(account, now)?;
                (StatusCode::GONE, visit.texts.confirmation_expired)
            }
            Confirmation::Unknown => (StatusCode::NOT_FOUND, visit.texts.not_found),
        }
    };
    Ok(visit.page(status, pages::notice(&visit, text)))
}
