//! The four requests of the two ceremonies, as JSON.

use axum::extract::Json;
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::json;
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{PublicKeyCredential, RegisterPublicKeyCredential};

use crate::Difficulty;
use crate::accounts::{Account, AccountId, Passkey};
use crate::challenges::{Ceremony, ChallengeError};
use crate::records::{AuditEvent, SignInMethod};
use crate::sessions::{Flash, Hurdle, Stage};
use crate::site::{Outcome, State, is_confirmed};
use crate::visit::Visit;

/// Why a ceremony ended without success. Its text is for the audit trail.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("not signed in")]
    NotSignedIn,
    #[error("the password was not confirmed within five minutes")]
    NotConfirmed,
    #[error("this account takes no passkeys")]
    NoPasskeys,
    #[error(transparent)]
    Challenge(#[from] ChallengeError),
    #[error("the challenge is for another ceremony or account")]
    OtherCeremony,
    #[error("the credential is registered already")]
    AlreadyRegistered,
    #[error("no account has this credential")]
    UnknownCredential,
    #[error("the passkey is good only after the password")]
    SecondFactorOnly,
    #[error("the site does not take this passkey")]
    NotTaken,
    #[error("{0}")]
    Invalid(#[from] WebauthnError),
}

impl Refusal {
    fn answer(&self, visit: &Visit, otherwise: &str) -> Response {
        let t = visit.texts;
        let (status, text) = match self {
            Self::NotSignedIn | Self::NotConfirmed => (StatusCode::FORBIDDEN, t.form_expired),
            Self::NoPasskeys => (StatusCode::NOT_FOUND, t.not_found),
            Self::Challenge(_) | Self::OtherCeremony => (StatusCode::BAD_REQUEST, t.challenge_gone),
            Self::AlreadyRegistered => (StatusCode::CONFLICT, t.ceremony_excluded),
            Self::SecondFactorOnly => (StatusCode::FORBIDDEN, t.second_factor_only),
            Self::UnknownCredential | Self::NotTaken | Self::Invalid(_) => (StatusCode::FORBIDDEN, otherwise),
        };
        visit.message(status, text)
    }
}

/// The account that may add a passkey now: signed in, and its password checked within five minutes.
fn may_register<'a>(visit: &Visit, state: &'a mut State) -> Result<&'a mut Account, Refusal> {
    let Stage::SignedIn { account, confirmed } = state.sessions.stage(&visit.session) else {
        return Err(Refusal::NotSignedIn);
    };
    if !is_confirmed(confirmed, visit.site.now()) {
        return Err(Refusal::NotConfirmed);
    }
    let account = state.accounts.get(account).ok_or(Refusal::NotSignedIn)?;
    if account.has(Difficulty::NoPasskeyPage) { Err(Refusal::NoPasskeys) } else { Ok(account) }
}

#[derive(Deserialize)]
pub(super) struct NewPasskey {
    #[serde(default)]
    name: String,
}

pub(super) async fn register_options(visit: Visit, Json(wish): Json<NewPasskey>) -> Response {
    if let Some(refusal) = visit.forged_script() {
        return refusal;
    }
    let begin = || {
        let mut state = visit.site.state();
        let account = may_register(&visit, &mut state)?;
        let existing = account.passkeys.iter().map(|p| p.credential.cred_id.clone()).collect();
        let (options, registration) =
            visit.site.ceremonies.start_registration(account.id.as_bytes(), &account.user_name, existing)?;
        let name = match wish.name.trim() {
            "" => visit.texts.key_name_default.to_owned(),
            name => name.chars().take(60).collect(),
        };
        let ceremony = Ceremony::Registration { account: account.id, name, state: Box::new(registration) };
        state.challenges.issue(visit.session.clone(), ceremony, visit.site.now());
        Ok::<_, Refusal>(options)
    };
    match begin() {
        Ok(options) => visit.json(StatusCode::OK, &json!(options)),
        Err(refusal) => refusal.answer(&visit, visit.texts.failed),
    }
}

pub(super) async fn register(visit: Visit, Json(answer): Json<RegisterPublicKeyCredential>) -> Response {
    if let Some(refusal) = visit.forged_script() {
        return refusal;
    }
    match add_passkey(&visit, &answer) {
        Ok(()) => visit.json(StatusCode::OK, &json!({ "location": "/account" })),
        Err(refusal) => {
            let now = visit.site.now();
            let mut state = visit.site.state();
            if let Stage::SignedIn { account, .. } = state.sessions.stage(&visit.session)
                && let Some(account) = state.accounts.get(account)
            {
                account.note(now, AuditEvent::RegistrationRefused { reason: refusal.to_string() });
            }
            drop(state);
            refusal.answer(&visit, visit.texts.passkey_refused)
        }
    }
}

fn add_passkey(visit: &Visit, answer: &RegisterPublicKeyCredential) -> Result<(), Refusal> {
    let now = visit.site.now();
    let mut state = visit.site.state();
    let ceremony = state.challenges.take(&visit.session, now)?;
    let signed_in = may_register(visit, &mut state)?.id;
    let Ceremony::Registration { account, name, state: registration } = ceremony else {
        return Err(Refusal::OtherCeremony);
    };
    if account != signed_in {
        return Err(Refusal::OtherCeremony);
    }
    let credential = visit.site.ceremonies.finish_registration(answer, &registration)?;
    if state.accounts.knows_credential(credential.cred_id.as_slice()) {
        return Err(Refusal::AlreadyRegistered);
    }
    let account = state.accounts.get(account).ok_or(Refusal::NotSignedIn)?;
    if account.has(Difficulty::RefuseCredential) {
        return Err(Refusal::NotTaken);
    }
    let credential_id = URL_SAFE_NO_PAD.encode(credential.cred_id.as_slice());
    account.note(now, AuditEvent::PasskeyAdded { credential_id });
    account.passkeys.push(Passkey { credential, name, created_at: now, last_used_at: None });
    state.sessions.set_flash(&visit.session, Flash::PasskeyAdded);
    Ok(())
}

/// Whose password this session gave, where a passkey is the hurdle ahead.
fn awaits_passkey(visit: &Visit, state: &State) -> Option<AccountId> {
    match state.sessions.stage(&visit.session) {
        Stage::Pending { account, hurdles, .. } if hurdles.front() == Some(&Hurdle::Passkey) => Some(account),
        _ => None,
    }
}

pub(super) async fn sign_in_options(visit: Visit) -> Response {
    if let Some(refusal) = visit.forged_script() {
        return refusal;
    }
    let begin = || {
        let mut state = visit.site.state();
        let second = awaits_passkey(&visit, &state);
        let allowed = second
            .and_then(|id| state.accounts.get(id))
            .map(|account| account.passkeys.iter().map(|p| p.credential.clone()).collect())
            .unwrap_or_default();
        let (options, assertion) = visit.site.ceremonies.start_assertion(allowed)?;
        let assertion = Box::new(assertion);
        let ceremony = match second {
            Some(account) => Ceremony::SecondFactor { account, state: assertion },
            None => Ceremony::SignIn { state: assertion },
        };
        state.challenges.issue(visit.session.clone(), ceremony, visit.site.now());
        Ok::<_, Refusal>(options)
    };
    match begin() {
        Ok(options) => visit.json(StatusCode::OK, &json!(options)),
        Err(refusal) => refusal.answer(&visit, visit.texts.failed),
    }
}

pub(super) async fn sign_in(mut visit: Visit, Json(answer): Json<PublicKeyCredential>) -> Response {
    if let Some(refusal) = visit.forged_script() {
        return refusal;
    }
    match use_passkey(&visit, &answer) {
        Ok(Outcome::Next(session, path)) => {
            visit.renew(session);
            visit.json(StatusCode::OK, &json!({ "location": path }))
        }
        Ok(_) => visit.json(StatusCode::OK, &json!({ "location": "/" })),
        Err(refusal) => {
            let now = visit.site.now();
            let mut state = visit.site.state();
            let named = answer.get_user_unique_id().and_then(AccountId::from_handle);
            let account = named.or_else(|| awaits_passkey(&visit, &state)).and_then(|id| state.accounts.get(id));
            if let Some(account) = account {
                account.note(now, AuditEvent::AssertionRefused { reason: refusal.to_string() });
            }
            drop(state);
            refusal.answer(&visit, visit.texts.assertion_refused)
        }
    }
}

/// `Outcome::NotAsked` stands for the site that takes the passkey and then signs nobody in.
fn use_passkey(visit: &Visit, answer: &PublicKeyCredential) -> Result<Outcome, Refusal> {
    let now = visit.site.now();
    let mut state = visit.site.state();
    let ceremony = state.challenges.take(&visit.session, now)?;
    let handle = answer.get_user_unique_id().map(|h| AccountId::from_handle(h).ok_or(Refusal::UnknownCredential));
    let handle = handle.transpose()?;
    // https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion, step 6: the user must own the credential; one who was
    // identified before must match the handle, if there is one, and one who was not must have sent it.
    let (id, assertion, second) = match ceremony {
        Ceremony::SignIn { state } => (handle.ok_or(Refusal::UnknownCredential)?, state, false),
        Ceremony::SecondFactor { account, state } if handle.is_none_or(|h| h == account) => (account, state, true),
        Ceremony::SecondFactor { .. } | Ceremony::Registration { .. } => return Err(Refusal::OtherCeremony),
    };
    let State { accounts, sessions, .. } = &mut *state;
    let account = accounts.get(id).ok_or(Refusal::UnknownCredential)?;
    let passkey = account.passkey(answer.get_credential_id()).ok_or(Refusal::UnknownCredential)?;
    let result = visit.site.ceremonies.finish_assertion(answer, &assertion, &passkey.credential)?;
    let end = if account.has(Difficulty::PasskeySecondFactorOnly) && !second {
        Some(Err(Refusal::SecondFactorOnly))
    } else if account.has(Difficulty::RefuseAssertion) {
        Some(Err(Refusal::NotTaken))
    } else {
        account.has(Difficulty::OrdinaryPageAfterAssertion).then_some(Ok(Outcome::NotAsked))
    };
    account.update_passkey(&result, end.is_none().then_some(now));
    if let Some(end) = end {
        return end;
    }
    let (hurdles, method) = match sessions.stage(&visit.session) {
        Stage::Pending { mut hurdles, .. } if second => {
            hurdles.pop_front();
            (hurdles, SignInMethod::PasswordPasskey)
        }
        _ if second => return Err(Refusal::OtherCeremony),
        _ => (Default::default(), SignInMethod::Passkey),
    };
    Ok(visit.site.advance(account, sessions, &visit.session, hurdles, method, now))
}
