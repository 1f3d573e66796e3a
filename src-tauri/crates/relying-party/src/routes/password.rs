//! The password: changing, removing, and coming back to one with a recovery code.

use axum::extract::Form;
use axum::http::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::account::TokenForm;
use super::account_view::may_remove_password;
use super::passkeys::comes_first;
use crate::Difficulty;
use crate::pages;
use crate::pages::view::{PasswordView, RecoverView};
use crate::passwords;
use crate::records::{AuditEvent, SignInMethod};
use crate::sign_in::Outcome;
use crate::store::{Account, Flash, Stage, Verified, comparable};
use crate::throttle::Attempt;
use crate::visit::{Answer, Visit};

/// Characters of a new password, at least
/// (<https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver>: fifteen where it is the only factor).
const MIN_LENGTH: u32 = 15;

fn is_long_enough(password: &SecretString) -> bool {
    password.expose_secret().chars().nth(MIN_LENGTH as usize - 1).is_some()
}

fn view(visit: &Visit, error: Option<&str>) -> Option<PasswordView> {
    visit.signed_in().map(|account| PasswordView {
        user_name: account.user_name.clone(),
        has_password: account.password.is_some(),
        min_length: MIN_LENGTH,
        error: error.map(str::to_owned),
    })
}

fn page(visit: &Visit, status: StatusCode, error: Option<&str>) -> Answer {
    Ok(match view(visit, error) {
        None => visit.go("/login"),
        Some(view) => visit.page(status, pages::password(visit, &view)),
    })
}

pub(super) async fn show(visit: Visit) -> Answer {
    // Somebody without a password shows a passkey first; everybody else gives the current password with the new one.
    if visit.signed_in().is_some_and(|account| account.password.is_none())
        && let Some(first) = comes_first(&visit, "/account/password")
    {
        return first;
    }
    page(&visit, StatusCode::OK, None)
}

#[derive(Deserialize)]
pub(super) struct PasswordForm {
    #[serde(default)]
    csrf_token: String,
    current_password: Option<SecretString>,
    new_password: SecretString,
}

pub(super) async fn change(mut visit: Visit, Form(form): Form<PasswordForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    let t = visit.texts;
    let Some((id, has_password)) = visit.signed_in().map(|account| (account.id, account.password.is_some())) else {
        return Ok(visit.go("/login"));
    };
    if !is_long_enough(&form.new_password) {
        return page(&visit, StatusCode::OK, Some(t.password_too_short));
    }
    if has_password {
        let current = form.current_password.unwrap_or_default();
        match visit.site.clone().confirm_password(&visit.session, current).await? {
            Outcome::Next(session, _) => visit.renew(session),
            Outcome::Locked(wait) => {
                let locked = (t.locked_for)(wait.as_secs().max(1));
                return Ok(Visit::retry_after(page(&visit, StatusCode::TOO_MANY_REQUESTS, Some(&locked))?, wait));
            }
            _ => return page(&visit, StatusCode::OK, Some(t.wrong_current_password)),
        }
    } else if let Some(first) = comes_first(&visit, "/account/password") {
        return first;
    }
    let Some(hash) = hash(form.new_password).await else { return page(&visit, StatusCode::OK, Some(t.failed)) };
    {
        let state = visit.site.state();
        state.store.together(|| {
            state.store.set_password(id, Some(&hash))?;
            state.store.end_sessions_of(id, Some(&visit.session))?;
            state.store.note(id, visit.site.now(), &AuditEvent::PasswordChanged)?;
            state.store.set_flash(&visit.session, Flash::PasswordChanged)
        })?;
    }
    Ok(visit.go("/account"))
}

async fn hash(password: SecretString) -> Option<argon2::password_hash::phc::PasswordHash> {
    passwords::hash_async(password).await.ok()
}

/// Whether the password may go, for the person signed in.
fn removable(visit: &Visit) -> Result<Result<(), &'static str>, crate::StoreError> {
    let Some(account) = visit.signed_in() else { return Ok(Err(visit.texts.form_expired)) };
    let state = visit.site.state();
    let passkeys = state.store.passkeys(account.id)?;
    Ok(may_remove_password(visit.texts, &passkeys, state.store.recovery_codes_left(account.id)?))
}

pub(super) async fn removal(visit: Visit) -> Answer {
    if let Some(first) = comes_first(&visit, "/account/password/remove") {
        return first;
    }
    Ok(visit.page(StatusCode::OK, pages::remove_password(&visit, removable(&visit)?)))
}

pub(super) async fn remove(visit: Visit, Form(form): Form<TokenForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    if let Some(first) = comes_first(&visit, "/account/password/remove") {
        return first;
    }
    if let Err(why) = removable(&visit)? {
        return Ok(visit.page(StatusCode::CONFLICT, pages::remove_password(&visit, Err(why))));
    }
    let Some(account) = visit.signed_in() else { return Ok(visit.go("/login")) };
    {
        let state = visit.site.state();
        state.store.together(|| {
            state.store.set_password(account.id, None)?;
            state.store.note(account.id, visit.site.now(), &AuditEvent::PasswordRemoved)?;
            state.store.set_flash(&visit.session, Flash::PasswordRemoved)
        })?;
    }
    Ok(visit.go("/account"))
}

pub(super) async fn recovery_codes(visit: Visit) -> Answer {
    if let Some(first) = comes_first(&visit, "/account/recovery-codes") {
        return first;
    }
    let Some(account) = visit.signed_in() else { return Ok(visit.go("/login")) };
    let left = visit.site.state().store.recovery_codes_left(account.id)?;
    if left == 0 && visit.has(Difficulty::RecoveryCodesAfterFirst) {
        return fresh_recovery_codes(&visit, account);
    }
    Ok(visit.page(StatusCode::OK, pages::recovery_codes(&visit, left)))
}

fn fresh_recovery_codes(visit: &Visit, account: &Account) -> Answer {
    let codes = {
        let state = visit.site.state();
        let codes = state.store.new_recovery_codes(account.id)?;
        state.store.note(account.id, visit.site.now(), &AuditEvent::RecoveryCodesMade)?;
        codes
    };
    Ok(visit.page(StatusCode::OK, pages::new_recovery_codes(visit, &codes)))
}

pub(super) async fn new_recovery_codes(visit: Visit, Form(form): Form<TokenForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    if let Some(first) = comes_first(&visit, "/account/recovery-codes") {
        return first;
    }
    let Some(account) = visit.signed_in() else { return Ok(visit.go("/login")) };
    fresh_recovery_codes(&visit, account)
}

fn recover_page(visit: &Visit, status: StatusCode, user_name: &str, error: Option<&str>) -> Answer {
    let view = RecoverView { user_name: user_name.to_owned(), min_length: MIN_LENGTH, error: error.map(str::to_owned) };
    Ok(visit.page(status, pages::recover(visit, &view)))
}

pub(super) async fn recover(visit: Visit) -> Answer {
    recover_page(&visit, StatusCode::OK, "", None)
}

#[derive(Deserialize)]
pub(super) struct RecoverForm {
    #[serde(default)]
    csrf_token: String,
    username: String,
    recovery_code: SecretString,
    new_password: SecretString,
}

/// User name, code and new password at once: a code is used up only where it gives a password.
pub(super) async fn send_recover(mut visit: Visit, Form(form): Form<RecoverForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    let t = visit.texts;
    let again = |visit: &Visit, status, error: &str| recover_page(visit, status, &form.username, Some(error));
    if !is_long_enough(&form.new_password) {
        return again(&visit, StatusCode::OK, t.password_too_short);
    }
    let attempt = Attempt::RecoveryCode(comparable(&form.username));
    let begun = visit.site.state().throttle.begin(&attempt, visit.site.now());
    if let Err(locked) = begun {
        let text = (t.locked_for)(locked.remaining.as_secs().max(1));
        return Ok(Visit::retry_after(again(&visit, StatusCode::TOO_MANY_REQUESTS, &text)?, locked.remaining));
    }
    // Before the code is looked at, so that a right one takes no longer than a wrong one.
    let Some(hash) = hash(form.new_password.clone()).await else { return again(&visit, StatusCode::OK, t.failed) };
    let now = visit.site.now();
    let session = {
        let mut state = visit.site.state();
        let account = state.store.account_by_name(&form.username)?;
        let code = form.recovery_code.expose_secret();
        match account {
            None => {
                state.store.note_of_nobody(now, &AuditEvent::RecoveryCodeRefused)?;
                None
            }
            Some(account) if !state.store.use_recovery_code(account.id, code, now)? => {
                state.store.note(account.id, now, &AuditEvent::RecoveryCodeRefused)?;
                None
            }
            Some(account) => {
                state.throttle.succeeded(&attempt);
                state.store.together(|| {
                    state.store.set_password(account.id, Some(&hash))?;
                    state.store.end_sessions_of(account.id, None)?;
                    state.store.note(account.id, now, &AuditEvent::RecoveryCodeUsed)?;
                    state.store.note(account.id, now, &AuditEvent::SignedIn(SignInMethod::RecoveryCode))
                })?;
                let method = SignInMethod::RecoveryCode;
                let stage = Stage::SignedIn { account: account.id, method, verified: Verified::default() };
                let session = state.store.rotate_session(&visit.session, now, stage)?;
                state.store.set_flash(&session, Flash::PasswordChanged)?;
                Some(session)
            }
        }
    };
    match session {
        None => again(&visit, StatusCode::OK, t.wrong_recovery),
        Some(session) => {
            visit.renew(session);
            Ok(visit.go("/account"))
        }
    }
}
