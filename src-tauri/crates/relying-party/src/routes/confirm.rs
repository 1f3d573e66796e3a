//! Somebody who is signed in shows once more who they are.

use axum::extract::Form;
use axum::http::StatusCode;
use secrecy::SecretString;
use serde::Deserialize;

use crate::pages;
use crate::pages::view::{ConfirmStep, ConfirmView};
use crate::sign_in::Outcome;
use crate::store::{Missing, Passkey, Stage};
use crate::visit::{Answer, Visit};

/// What is asked for next; `None` where nobody is signed in.
fn view(visit: &Visit, error: Option<&str>) -> Result<Option<ConfirmView>, crate::StoreError> {
    let (Some(account), Stage::SignedIn { verified, .. }) = (visit.signed_in(), &visit.stage) else { return Ok(None) };
    let passkeys = visit.site.state().store.passkeys(account.id)?;
    let missing = verified.missing(account.totp.is_some(), visit.site.now());
    let step = match (missing, &account.password) {
        (Some(Missing::Totp), _) => ConfirmStep::Code,
        (_, Some(_)) => ConfirmStep::Password,
        (_, None) => ConfirmStep::PasskeyOnly,
    };
    let passkey = passkeys.iter().any(Passkey::lets_in);
    Ok(Some(ConfirmView { step, passkey, error: error.map(str::to_owned) }))
}

fn page(visit: &Visit, status: StatusCode, error: Option<&str>) -> Answer {
    Ok(match view(visit, error)? {
        None => visit.go("/login"),
        Some(view) => visit.page(status, pages::confirm(visit, &view)),
    })
}

pub(super) async fn show(visit: Visit) -> Answer {
    page(&visit, StatusCode::OK, None)
}

#[derive(Deserialize)]
pub(super) struct ConfirmForm {
    #[serde(default)]
    csrf_token: String,
    #[serde(alias = "access")]
    password: Option<SecretString>,
    #[serde(alias = "token")]
    otp: Option<String>,
}

pub(super) async fn send(mut visit: Visit, Form(form): Form<ConfirmForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    let t = visit.texts;
    let (outcome, wrong) = match (form.password, form.otp) {
        (Some(password), _) => (visit.site.clone().confirm_password(&visit.session, password).await?, t.wrong_password),
        (None, Some(code)) => (visit.site.confirm_code(&visit.session, &code)?, t.wrong_code),
        (None, None) => return page(&visit, StatusCode::OK, None),
    };
    match outcome {
        Outcome::Next(session, path) => {
            visit.renew(session);
            Ok(visit.go(&path))
        }
        Outcome::Refused => page(&visit, StatusCode::OK, Some(wrong)),
        Outcome::Locked(wait) => {
            let locked = visit.locked(wait);
            Ok(Visit::retry_after(page(&visit, StatusCode::TOO_MANY_REQUESTS, Some(&locked))?, wait))
        }
        Outcome::Dropped | Outcome::NotAsked => Ok(visit.go("/login")),
    }
}
