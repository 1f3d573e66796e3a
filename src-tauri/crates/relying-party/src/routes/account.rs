//! What somebody who is signed in can do, except for the ceremonies.

use axum::extract::Form;
use axum::http::StatusCode;
use secrecy::SecretString;
use serde::Deserialize;

use crate::eligibility::{Ineligible, eligible};
use crate::pages;
use crate::records::AuditEvent;
use crate::sign_in::Outcome;
use crate::store::{Flash, Stage};
use crate::visit::{Answer, Visit};

pub(super) async fn show(visit: Visit) -> Answer {
    let Some(account) = visit.signed_in() else { return Ok(visit.go("/login")) };
    let (flash, passkeys) = {
        let state = visit.site.state();
        (state.store.take_flash(&visit.session)?, state.store.passkeys(account.id)?)
    };
    let message = (flash == Some(Flash::PasskeyAdded)).then_some(visit.texts.passkey_added);
    Ok(visit.page(StatusCode::OK, pages::account(&visit, account, &passkeys, message)))
}

pub(super) async fn confirm(visit: Visit) -> Answer {
    match visit.signed_in() {
        None => Ok(visit.go("/login")),
        Some(_) => Ok(visit.page(StatusCode::OK, pages::confirm(&visit, None))),
    }
}

#[derive(Deserialize)]
pub(super) struct ConfirmForm {
    #[serde(default)]
    csrf_token: String,
    password: SecretString,
}

pub(super) async fn send_confirm(mut visit: Visit, Form(form): Form<ConfirmForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    let t = visit.texts;
    Ok(match visit.site.clone().confirm_password(&visit.session, form.password).await? {
        Outcome::Next(session, path) => {
            visit.renew(session);
            visit.go(path)
        }
        Outcome::Refused => visit.page(StatusCode::OK, pages::confirm(&visit, Some(t.wrong_password))),
        Outcome::Locked(wait) => {
            let page = pages::confirm(&visit, Some(t.locked));
            Visit::retry_after(visit.page(StatusCode::TOO_MANY_REQUESTS, page), wait)
        }
        Outcome::Dropped | Outcome::NotAsked => visit.go("/login"),
    })
}

pub(super) async fn new_passkey(visit: Visit) -> Answer {
    let refusal = eligible(&visit.site, &visit.site.state(), &visit.session)?.err();
    Ok(match refusal {
        None => visit.page(StatusCode::OK, pages::new_passkey(&visit)),
        Some(Ineligible::NotSignedIn) => visit.go("/login"),
        Some(Ineligible::NotConfirmed | Ineligible::CodeNotConfirmed) => visit.go("/account/confirm"),
        Some(_) => visit.page(StatusCode::NOT_FOUND, pages::notice(&visit, visit.texts.not_found)),
    })
}

#[derive(Deserialize)]
pub(super) struct SignOutForm {
    #[serde(default)]
    csrf_token: String,
}

pub(super) async fn sign_out(mut visit: Visit, Form(form): Form<SignOutForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    let now = visit.site.now();
    let session = {
        let state = visit.site.state();
        if let Some(account) = visit.signed_in() {
            state.store.note(account.id, now, &AuditEvent::SignedOut)?;
        }
        let session = state.store.rotate_session(&visit.session, now, Stage::Anonymous)?;
        state.store.set_flash(&session, Flash::SignedOut)?;
        session
    };
    visit.renew(session);
    Ok(visit.go("/"))
}
