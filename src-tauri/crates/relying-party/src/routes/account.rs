//! What somebody who is signed in can do, except for the ceremonies.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use serde::Deserialize;

use crate::Difficulty;
use crate::accounts::{Account, Passkey};
use crate::pages;
use crate::pages::view::{AccountView, Message, PasskeyView, Signal};
use crate::records::AuditEvent;
use crate::sessions::{Flash, Stage};
use crate::site::{Outcome, is_confirmed};
use crate::visit::Visit;

pub(super) async fn show(visit: Visit) -> Response {
    let view = {
        let mut state = visit.site.state();
        let Stage::SignedIn { account, .. } = state.sessions.stage(&visit.session) else {
            drop(state);
            return visit.go("/login");
        };
        let flash = state.sessions.take_flash(&visit.session);
        let message = (flash == Some(Flash::PasskeyAdded)).then_some(visit.texts.passkey_added);
        state.accounts.get(account).map(|account| view_of(&visit, account, message))
    };
    match view {
        Some(view) => visit.page(StatusCode::OK, pages::account(&visit, &view)),
        None => visit.go("/login"),
    }
}

fn view_of(visit: &Visit, account: &Account, message: Option<&str>) -> AccountView {
    let id = |passkey: &Passkey| URL_SAFE_NO_PAD.encode(passkey.credential.cred_id.as_slice());
    AccountView {
        user_name: account.user_name.clone(),
        passkeys: account
            .passkeys
            .iter()
            .map(|passkey| PasskeyView {
                id: id(passkey),
                name: passkey.name.clone(),
                added: pages::date(passkey.created_at),
                last_used: passkey.last_used_at.map(pages::moment),
                synced: passkey.credential.backup_state,
                provider: None,
                suspended: None,
                removable: Ok(()),
            })
            .collect(),
        may_add: Ok(()),
        offers_passkeys: !account.has(Difficulty::NoPasskeyPage),
        has_password: true,
        may_remove_password: Err(visit.texts.reasons.password_only_way.to_owned()),
        recovery_codes_left: 0,
        has_totp: account.totp.is_some(),
        sessions: 1,
        activity: Vec::new(),
        message: message.map(|text| Message { text: text.to_owned(), good: true }),
        signal: Signal {
            rp_id: "localhost".to_owned(),
            user_id: URL_SAFE_NO_PAD.encode(account.id.as_bytes()),
            accepted: account.passkeys.iter().map(id).collect(),
            name: account.user_name.clone(),
            display_name: account.user_name.clone(),
        },
        conditional_create: false,
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
