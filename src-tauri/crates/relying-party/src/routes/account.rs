//! What somebody who is signed in can do, except for the ceremonies.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::Response;
use secrecy::SecretString;
use serde::Deserialize;

use crate::Difficulty;
use crate::pages;
use crate::records::AuditEvent;
use crate::sessions::{Flash, Stage};
use crate::site::{Outcome, is_confirmed};
use crate::visit::Visit;

pub(super) async fn show(visit: Visit) -> Response {
    let page = {
        let mut state = visit.site.state();
        let Stage::SignedIn { account, .. } = state.sessions.stage(&visit.session) else {
            drop(state);
            return visit.go("/login");
        };
        let flash = state.sessions.take_flash(&visit.session);
        let message = (flash == Some(Flash::PasskeyAdded)).then_some(visit.texts.passkey_added);
        state.accounts.get(account).map(|account| pages::account(&visit, account, message))
    };
    match page {
        Some(page) => visit.page(StatusCode::OK, page),
        None => visit.go("/login"),
    }
}

/// The account signed in, where it may have passkeys.
enum Access {
    NotSignedIn,
    NoPasskeys,
    Unconfirmed,
    Confirmed,
}

fn access(visit: &Visit) -> Access {
    let now = visit.site.now();
    let mut state = visit.site.state();
    let Stage::SignedIn { account, confirmed } = state.sessions.stage(&visit.session) else {
        return Access::NotSignedIn;
    };
    match state.accounts.get(account) {
        None => Access::NotSignedIn,
        Some(account) if account.has(Difficulty::NoPasskeyPage) => Access::NoPasskeys,
        Some(_) if is_confirmed(confirmed, now) => Access::Confirmed,
        Some(_) => Access::Unconfirmed,
    }
}

pub(super) async fn confirm(visit: Visit) -> Response {
    match access(&visit) {
        Access::NotSignedIn => visit.go("/login"),
        _ => visit.page(StatusCode::OK, pages::confirm(&visit, None)),
    }
}

#[derive(Deserialize)]
pub(super) struct ConfirmForm {
    #[serde(default)]
    csrf_token: String,
    password: SecretString,
}

pub(super) async fn send_confirm(mut visit: Visit, Form(form): Form<ConfirmForm>) -> Response {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return refusal;
    }
    let t = visit.texts;
    match visit.site.clone().confirm_password(&visit.session, form.password).await {
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
    }
}

pub(super) async fn new_passkey(visit: Visit) -> Response {
    match access(&visit) {
        Access::NotSignedIn => visit.go("/login"),
        Access::NoPasskeys => visit.page(StatusCode::NOT_FOUND, pages::notice(&visit, visit.texts.not_found)),
        Access::Unconfirmed => visit.go("/account/confirm"),
        Access::Confirmed => visit.page(StatusCode::OK, pages::new_passkey(&visit)),
    }
}

#[derive(Deserialize)]
pub(super) struct SignOutForm {
    #[serde(default)]
    csrf_token: String,
}

pub(super) async fn sign_out(mut visit: Visit, Form(form): Form<SignOutForm>) -> Response {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return refusal;
    }
    let now = visit.site.now();
    let session = {
        let mut state = visit.site.state();
        if let Stage::SignedIn { account, .. } = state.sessions.stage(&visit.session)
            && let Some(account) = state.accounts.get(account)
        {
            account.note(now, AuditEvent::SignedOut);
        }
        let session = state.sessions.rotate(&visit.session, now, Stage::Anonymous);
        state.sessions.set_flash(&session, Flash::SignedOut);
        session
    };
    visit.renew(session);
    visit.go("/")
}
