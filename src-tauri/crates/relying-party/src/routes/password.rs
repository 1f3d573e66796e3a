//! The password: changing, removing, and coming back to one with a recovery code.

use axum::extract::Form;
use axum::http::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::account::TokenForm;
use super::account_view::may_remove_password;
use super::change::{Owned, owned, turned_away};
use crate::pages;
use crate::pages::view::{PasswordView, RecoverView};
use crate::passwords;
use crate::records::{AuditEvent, SignInMethod};
use crate::sign_in::{Outcome, hurdles_of};
use crate::store::{Flash, StoreError, Verified, comparable};
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
    let Some(account) = visit.signed_in() else { return Ok(visit.go("/login")) };
    // Where the password is all there is, it is given with the new one; everybody else shows who they are first.
    if account.password.is_none() || account.totp.is_some() {
        let refusal = owned(&visit)?.err();
        if let Some(why) = refusal {
            return turned_away(&visit, why, "/account/password");
        }
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
    let Some(has_password) = visit.signed_in().map(|account| account.password.is_some()) else {
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
                let locked = visit.locked(wait);
                return Ok(Visit::retry_after(page(&visit, StatusCode::TOO_MANY_REQUESTS, Some(&locked))?, wait));
            }
            _ => return page(&visit, StatusCode::OK, Some(t.wrong_current_password)),
        }
    }
    let Some(hash) = hash(form.new_password).await else { return page(&visit, StatusCode::OK, Some(t.failed)) };
    match owned(&visit)? {
        Err(why) => return turned_away(&visit, why, "/account/password"),
        Ok(Owned { state, account }) => state.store.together(|| {
            state.store.set_password(account.id, Some(&hash))?;
            state.store.end_sessions_of(account.id, Some(&visit.session))?;
            state.store.note(account.id, visit.site.now(), &AuditEvent::PasswordChanged)?;
            state.store.set_flash(&visit.session, Flash::PasswordChanged)
        })?,
    }
    Ok(visit.go("/account"))
}

async fn hash(password: SecretString) -> Option<argon2::password_hash::phc::PasswordHash> {
    passwords::hash_async(password).await.ok()
}

/// Whether the password may go.
fn removable(visit: &Visit, owned: &Owned<'_>) -> Result<Result<(), &'static str>, StoreError> {
    let passkeys = owned.state.store.passkeys(owned.account.id)?;
    let codes = owned.state.store.recovery_codes_left(owned.account.id)?;
    Ok(may_remove_password(visit.texts, &passkeys, codes))
}

pub(super) async fn removal(visit: Visit) -> Answer {
    let removable = match owned(&visit)? {
        Err(why) => return turned_away(&visit, why, "/account/password/remove"),
        Ok(owned) => removable(&visit, &owned)?,
    };
    Ok(visit.page(StatusCode::OK, pages::remove_password(&visit, removable)))
}

pub(super) async fn remove(visit: Visit, Form(form): Form<TokenForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    let refusal = match owned(&visit)? {
        Err(why) => return turned_away(&visit, why, "/account/password/remove"),
        Ok(owned) => {
            let refusal = removable(&visit, &owned)?.err();
            let Owned { state, account } = owned;
            if refusal.is_none() {
                state.store.together(|| {
                    state.store.set_password(account.id, None)?;
                    state.store.end_sessions_of(account.id, Some(&visit.session))?;
                    state.store.note(account.id, visit.site.now(), &AuditEvent::PasswordRemoved)?;
                    state.store.set_flash(&visit.session, Flash::PasswordRemoved)
                })?;
            }
            refusal
        }
    };
    Ok(match refusal {
        Some(why) => visit.page(StatusCode::CONFLICT, pages::remove_password(&visit, Err(why))),
        None => visit.go("/account"),
    })
}

pub(super) async fn recovery_codes(visit: Visit) -> Answer {
    let (left, fresh) = match owned(&visit)? {
        Err(why) => return turned_away(&visit, why, "/account/recovery-codes"),
        Ok(Owned { mut state, account }) => {
            (state.store.recovery_codes_left(account.id)?, state.fresh_codes.take(&visit.session))
        }
    };
    Ok(match fresh {
        Some(codes) => visit.page(StatusCode::OK, pages::new_recovery_codes(&visit, &codes)),
        None => visit.page(StatusCode::OK, pages::recovery_codes(&visit, left)),
    })
}

pub(super) async fn new_recovery_codes(visit: Visit, Form(form): Form<TokenForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    let codes = match owned(&visit)? {
        Err(why) => return turned_away(&visit, why, "/account/recovery-codes"),
        Ok(Owned { state, account }) => state.new_recovery_codes(account.id, visit.site.now())?,
    };
    Ok(visit.page(StatusCode::OK, pages::new_recovery_codes(&visit, &codes)))
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
    let locks = match begun {
        Ok(locks) => locks,
        Err(locked) => {
            let text = visit.locked(locked.remaining);
            return Ok(Visit::retry_after(again(&visit, StatusCode::TOO_MANY_REQUESTS, &text)?, locked.remaining));
        }
    };
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
            Some(account) => {
                // The code is used up only where it gives a password.
                let used = state.store.together(|| {
                    if !state.store.use_recovery_code(account.id, code, now)? {
                        state.store.note(account.id, now, &AuditEvent::RecoveryCodeRefused)?;
                        return Ok(false);
                    }
                    state.store.set_password(account.id, Some(&hash))?;
                    state.store.end_sessions_of(account.id, None)?;
                    state.store.note(account.id, now, &AuditEvent::RecoveryCodeUsed)?;
                    Ok(true)
                })?;
                if used {
                    state.throttle.succeeded(&attempt);
                    // A code stands for the password alone: what else the account asks for is asked.
                    let hurdles = hurdles_of(&state, &account, now)?;
                    let method = SignInMethod::RecoveryCode;
                    let verified = Verified::default();
                    match visit.site.advance(&state, &account, &visit.session, hurdles, method, verified)? {
                        Outcome::Next(session, path) => Some((session, path)),
                        _ => None,
                    }
                } else {
                    if locks {
                        state.store.note(account.id, now, &AuditEvent::Locked)?;
                    }
                    None
                }
            }
        }
    };
    match session {
        None => again(&visit, StatusCode::OK, t.wrong_recovery),
        Some((session, path)) => {
            visit.renew(session);
            Ok(visit.go(&path))
        }
    }
}
