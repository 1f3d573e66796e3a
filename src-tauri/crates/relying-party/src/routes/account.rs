//! The account's own page, and the ways out of it.

use axum::extract::Form;
use axum::http::StatusCode;
use serde::Deserialize;

use super::account_view::account_view;
use crate::pages;
use crate::records::AuditEvent;
use crate::store::{Flash, Stage};
use crate::visit::{Answer, Visit};

pub(super) async fn show(visit: Visit) -> Answer {
    let Some(account) = visit.signed_in() else { return Ok(visit.go("/login")) };
    let view = account_view(&visit, account, &visit.site.state())?;
    Ok(visit.page(StatusCode::OK, pages::account(&visit, &view).beside(visit.explanation())))
}

/// A form that carries nothing but its token.
#[derive(Deserialize)]
pub(super) struct TokenForm {
    #[serde(default)]
    pub(super) csrf_token: String,
}

pub(super) async fn sign_out(mut visit: Visit, Form(form): Form<TokenForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    let now = visit.site.now();
    let session = {
        let mut state = visit.site.state();
        state.traces.forget(&visit.session);
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

/// Ends every session of the account, this one too.
pub(super) async fn sign_out_everywhere(mut visit: Visit, Form(form): Form<TokenForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    let Some(account) = visit.signed_in() else { return Ok(visit.go("/login")) };
    let now = visit.site.now();
    let session = {
        let mut state = visit.site.state();
        state.traces.forget(&visit.session);
        let sessions = state.store.end_sessions_of(account.id, None)?;
        state.store.note(account.id, now, &AuditEvent::SignedOutEverywhere { sessions })?;
        let session = state.store.begin_session(now)?.id;
        state.store.set_flash(&session, Flash::SignedOutEverywhere)?;
        session
    };
    visit.renew(session);
    Ok(visit.go("/"))
}
