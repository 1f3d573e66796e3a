//! The steps between the password and being signed in.

use axum::extract::Form;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;

use super::account::TokenForm;
use crate::pages::{self, Page};
use crate::sign_in::{CodeKind, Outcome};
use crate::store::{Flash, Hurdle, Stage};
use crate::visit::{Answer, Visit};

/// The hurdle ahead of this session.
fn ahead(visit: &Visit) -> Option<&Hurdle> {
    match &visit.stage {
        Stage::Pending { hurdles, .. } => hurdles.front(),
        _ => None,
    }
}

/// Nothing is asked of this session here: to the hurdle that is, or to the beginning.
fn elsewhere(visit: &Visit) -> Answer {
    if let Some(hurdle) = ahead(visit) {
        return Ok(visit.go(hurdle.path()));
    }
    if let Stage::SignedIn { .. } = visit.stage {
        return Ok(visit.go("/account"));
    }
    visit.site.state().store.set_flash(&visit.session, Flash::StartAgain)?;
    Ok(visit.go("/login"))
}

/// Whether the account on the way has a time-based code.
fn has_totp(visit: &Visit) -> bool {
    visit.account.as_ref().is_some_and(|account| account.totp.is_some())
}

pub(super) async fn totp(visit: Visit) -> Answer {
    match ahead(&visit) {
        Some(Hurdle::Totp) => Ok(visit.page(StatusCode::OK, pages::totp(&visit, None))),
        Some(Hurdle::Passkey) if has_totp(&visit) => Ok(visit.page(StatusCode::OK, pages::totp(&visit, None))),
        _ => elsewhere(&visit),
    }
}

pub(super) async fn email(visit: Visit) -> Answer {
    match ahead(&visit) {
        Some(Hurdle::EmailCode { .. }) => Ok(visit.page(StatusCode::OK, pages::email_code(&visit, None))),
        _ => elsewhere(&visit),
    }
}

pub(super) async fn human(visit: Visit) -> Answer {
    match ahead(&visit) {
        Some(Hurdle::Captcha { .. }) => Ok(visit.page(StatusCode::OK, pages::human(&visit, None))),
        _ => elsewhere(&visit),
    }
}

pub(super) async fn picture(visit: Visit) -> Answer {
    match ahead(&visit) {
        Some(Hurdle::Captcha { answer }) => {
            Ok(([(header::CONTENT_TYPE, "image/svg+xml")], pages::picture(answer)).into_response())
        }
        _ => Ok(StatusCode::NOT_FOUND.into_response()),
    }
}

pub(super) async fn passkey(visit: Visit) -> Answer {
    match ahead(&visit) {
        Some(Hurdle::Passkey) => {
            let page = pages::passkey_second(&visit, has_totp(&visit));
            Ok(visit.page(StatusCode::OK, page))
        }
        _ => elsewhere(&visit),
    }
}

pub(super) async fn stay(visit: Visit) -> Answer {
    match ahead(&visit) {
        Some(Hurdle::StaySignedIn) => Ok(visit.page(StatusCode::OK, pages::stay_signed_in(&visit))),
        _ => elsewhere(&visit),
    }
}

/// Either answer goes on: sessions are short here.
pub(super) async fn send_stay(mut visit: Visit, Form(form): Form<TokenForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    match visit.site.answer_stay(&visit.session)? {
        Outcome::Next(session, path) => {
            visit.renew(session);
            Ok(visit.go(&path))
        }
        _ => elsewhere(&visit),
    }
}

/// A code in one field, or in six of a digit each.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct CodeForm {
    csrf_token: String,
    #[serde(alias = "otp", alias = "token", alias = "email_code", alias = "captcha")]
    code: String,
    d1: String,
    d2: String,
    d3: String,
    d4: String,
    d5: String,
    d6: String,
}

impl CodeForm {
    fn code(&self) -> String {
        [&self.code, &self.d1, &self.d2, &self.d3, &self.d4, &self.d5, &self.d6].map(String::as_str).concat()
    }
}

pub(super) async fn send_totp(visit: Visit, Form(form): Form<CodeForm>) -> Answer {
    send(visit, CodeKind::Totp, &form, |visit, error| pages::totp(visit, Some(error)))
}

pub(super) async fn send_email(visit: Visit, Form(form): Form<CodeForm>) -> Answer {
    send(visit, CodeKind::Email, &form, |visit, error| pages::email_code(visit, Some(error)))
}

pub(super) async fn send_human(visit: Visit, Form(form): Form<CodeForm>) -> Answer {
    send(visit, CodeKind::Picture, &form, |visit, error| pages::human(visit, Some(error)))
}

fn send(mut visit: Visit, kind: CodeKind, form: &CodeForm, again: impl FnOnce(&Visit, &'static str) -> Page) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    let wrong = if kind == CodeKind::Picture { visit.texts.wrong_picture } else { visit.texts.wrong_code };
    match visit.site.give_code(&visit.session, kind, &form.code())? {
        Outcome::Next(session, path) => {
            visit.renew(session);
            Ok(visit.go(&path))
        }
        Outcome::Locked(wait) => {
            let page = again(&visit, visit.texts.locked);
            Ok(Visit::retry_after(visit.page(StatusCode::TOO_MANY_REQUESTS, page), wait))
        }
        Outcome::Refused => Ok(visit.page(StatusCode::OK, again(&visit, wrong))),
        Outcome::Dropped | Outcome::NotAsked => elsewhere(&visit),
    }
}
