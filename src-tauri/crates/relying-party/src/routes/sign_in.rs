//! The front page, and signing in with a password in three kinds of form.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::Response;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;

use super::refusal::{Received, Refusal, read};
use crate::pages::view::{HomeView, Message, PersonView};
use crate::pages::{self, Page};
use crate::records::AuditEvent;
use crate::sign_in::Outcome;
use crate::site::State;
use crate::store::{Account, Flash, Stage, StoreError};
use crate::visit::{Answer, Visit};

/// What the flash on a sign-in page says.
fn sign_in_error(visit: &Visit) -> Result<Option<&'static str>, StoreError> {
    let flash = visit.site.state().store.take_flash(&visit.session)?;
    Ok((flash == Some(Flash::StartAgain)).then_some(visit.texts.start_again))
}

pub(super) async fn home(visit: Visit) -> Answer {
    let t = visit.texts;
    let view = {
        let state = visit.site.state();
        let message = match state.store.take_flash(&visit.session)? {
            Some(Flash::SignedOut) => Some(t.signed_out),
            Some(Flash::SignedOutEverywhere) => Some(t.signed_out_everywhere),
            _ => None,
        };
        let people = if visit.site.stays_here { people(&state)? } else { Vec::new() };
        HomeView { people, message: message.map(|text| Message { text: text.to_owned(), good: true }) }
    };
    Ok(visit.page(StatusCode::OK, pages::home(&visit, &view)))
}

/// Accounts that the front page names, at most: it is a list to choose from, no directory.
const NAMED: usize = 40;

fn people(state: &State) -> Result<Vec<PersonView>, StoreError> {
    let view = |account: Account| {
        Ok(PersonView {
            passkeys: state.store.passkeys(account.id)?.len(),
            has_totp: account.totp.is_some(),
            sign_in: account.sign_in,
            user_name: account.user_name,
        })
    };
    state.store.accounts(NAMED)?.into_iter().map(view).collect()
}

/// Sends somebody who is signed in to the account, and shows everybody else the page.
fn unless_signed_in(visit: &Visit, page: impl FnOnce(Option<&'static str>) -> Page) -> Answer {
    match visit.stage {
        Stage::SignedIn { .. } => Ok(visit.go("/account")),
        _ => Ok(visit.page(StatusCode::OK, page(sign_in_error(visit)?).beside(visit.explanation()))),
    }
}

pub(super) async fn one_page(visit: Visit) -> Answer {
    unless_signed_in(&visit, |error| pages::one_page(&visit, "", error))
}

pub(super) async fn two_step(visit: Visit) -> Answer {
    unless_signed_in(&visit, |error| pages::two_step_name(&visit, error))
}

pub(super) async fn late_script(visit: Visit) -> Answer {
    unless_signed_in(&visit, |_| pages::late_script(&visit))
}

#[derive(Deserialize)]
pub(super) struct OnePageForm {
    #[serde(default)]
    csrf_token: String,
    #[serde(alias = "email")]
    username: String,
    #[serde(alias = "access")]
    password: SecretString,
}

pub(super) async fn send_one_page(mut visit: Visit, Form(form): Form<OnePageForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    let outcome = visit.site.clone().give_password(&visit.session, &form.username, form.password).await?;
    Ok(answer(&mut visit, outcome, |visit, error| pages::one_page(visit, &form.username, Some(error))))
}

#[derive(Deserialize)]
pub(super) struct NameForm {
    #[serde(default)]
    csrf_token: String,
    identifier: String,
}

pub(super) async fn send_name(visit: Visit, Form(form): Form<NameForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    let name: String = form.identifier.trim().chars().take(200).collect();
    if name.is_empty() {
        return Ok(visit.go("/signin"));
    }
    visit.site.state().store.set_stage(&visit.session, &Stage::Named(name))?;
    Ok(visit.go("/signin/password"))
}

pub(super) async fn two_step_password(visit: Visit) -> Answer {
    Ok(match &visit.stage {
        Stage::Named(name) => visit.page(StatusCode::OK, pages::two_step_password(&visit, name, None)),
        _ => visit.go("/signin"),
    })
}

#[derive(Deserialize)]
pub(super) struct PasswordForm {
    #[serde(default)]
    csrf_token: String,
    #[serde(rename = "Passwd")]
    password: SecretString,
}

pub(super) async fn send_password(mut visit: Visit, Form(form): Form<PasswordForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    let Stage::Named(name) = visit.stage.clone() else { return Ok(visit.go("/signin")) };
    let outcome = visit.site.clone().give_password(&visit.session, &name, form.password).await?;
    Ok(answer(&mut visit, outcome, |visit, error| pages::two_step_password(visit, &name, Some(error))))
}

/// The words for the script-driven form, which take a while as on a slow site.
pub(super) async fn late_form(visit: Visit) -> Answer {
    tokio::time::sleep(visit.site.late_form_delay).await;
    let t = visit.texts;
    let body = json!({ "userName": t.user_name, "password": t.password, "submit": t.sign_in });
    Ok(visit.json(StatusCode::OK, &body))
}

#[derive(Deserialize)]
pub(super) struct LateForm {
    user: String,
    secret: SecretString,
}

pub(super) async fn send_late_form(mut visit: Visit, body: Received) -> Answer {
    let refused = |reason| AuditEvent::RequestRefused { reason };
    if let Err(forged) = visit.genuine_script() {
        return Refusal::from(forged).answer(&visit, None, refused, visit.texts.failed, false);
    }
    let form = match read::<LateForm>(body) {
        Ok((form, _)) => form,
        Err(refusal) => return refusal.answer(&visit, None, refused, visit.texts.failed, false),
    };
    Ok(match visit.site.clone().give_password(&visit.session, &form.user, form.secret).await? {
        Outcome::Next(session, path) => {
            visit.renew(session);
            visit.json(StatusCode::OK, &json!({ "location": path }))
        }
        Outcome::Locked(wait) => {
            Visit::retry_after(visit.message(StatusCode::TOO_MANY_REQUESTS, visit.texts.locked), wait)
        }
        Outcome::Dropped => visit.break_off(),
        Outcome::Refused | Outcome::NotAsked => visit.message(StatusCode::UNAUTHORIZED, visit.texts.wrong_password),
    })
}

/// The page after a password was sent by a form.
fn answer(visit: &mut Visit, outcome: Outcome, again: impl FnOnce(&Visit, &'static str) -> Page) -> Response {
    let t = visit.texts;
    match outcome {
        Outcome::Next(session, path) => {
            visit.renew(session);
            visit.go(&path)
        }
        Outcome::Locked(wait) => {
            Visit::retry_after(visit.page(StatusCode::TOO_MANY_REQUESTS, again(visit, t.locked)), wait)
        }
        Outcome::Dropped => visit.break_off(),
        // 200 and not 401, which would want a WWW-Authenticate header.
        Outcome::Refused | Outcome::NotAsked => visit.page(StatusCode::OK, again(visit, t.wrong_password)),
    }
}
