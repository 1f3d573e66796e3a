//! The passkeys of somebody who is signed in: the page that makes one, names, removal.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::account_view::{passkey_view, removable};
use super::register::named;
use crate::eligibility::{Ineligible, eligible, freshly_verified};
use crate::pages;
use crate::pages::view::RefusalView;
use crate::records::AuditEvent;
use crate::store::{Flash, Passkey, Stage, StoreError};
use crate::visit::{Answer, Visit};

pub(super) async fn new_passkey(visit: Visit) -> Answer {
    let refusal = eligible(&visit.site, &visit.site.state(), &visit.session)?.err();
    let t = visit.texts;
    match refusal {
        None => Ok(visit.page(StatusCode::OK, pages::new_passkey(&visit))),
        Some(Ineligible::NotSignedIn) => Ok(visit.go("/login")),
        Some(Ineligible::NotConfirmed | Ineligible::CodeNotConfirmed) => visit.confirm_first("/account/passkeys/new"),
        Some(Ineligible::NoPasskeys) => Ok(visit.page(StatusCode::NOT_FOUND, pages::not_found(&visit))),
        Some(why) => {
            let view = RefusalView {
                what_happened: why.words(t),
                what_is_safe: t.reasons.still_safe.to_owned(),
                what_next: t.reasons.try_later.to_owned(),
            };
            Ok(visit.page(StatusCode::FORBIDDEN, pages::refusal(&visit, &view)))
        }
    }
}

/// What has to come before a change to the account: signing in, or showing once more who one is. `None` where it may be
/// made now.
pub(super) fn comes_first(visit: &Visit, back: &str) -> Option<Answer> {
    let (Some(account), Stage::SignedIn { verified, .. }) = (visit.signed_in(), &visit.stage) else {
        return Some(Ok(visit.go("/login")));
    };
    freshly_verified(account, *verified, visit.site.now()).err().map(|_| visit.confirm_first(back))
}

/// A passkey of the person signed in, with all that person's.
fn own(visit: &Visit, id: &str) -> Result<Option<(Passkey, Vec<Passkey>)>, StoreError> {
    let Some(account) = visit.signed_in() else { return Ok(None) };
    let all = visit.site.state().store.passkeys(account.id)?;
    let found = all.iter().find(|passkey| passkey.id_text() == id).cloned();
    Ok(found.map(|passkey| (passkey, all)))
}

#[derive(Deserialize)]
pub(super) struct RenameForm {
    #[serde(default)]
    csrf_token: String,
    id: String,
    name: String,
}

pub(super) async fn rename(visit: Visit, Form(form): Form<RenameForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    let Some(account) = visit.signed_in() else { return Ok(visit.go("/login")) };
    let credential_id = URL_SAFE_NO_PAD.decode(&form.id).unwrap_or_default();
    let name = named(&form.name, visit.texts.key_name_default);
    {
        let state = visit.site.state();
        if state.store.rename_passkey(account.id, &credential_id, &name)? {
            let event = AuditEvent::PasskeyRenamed { credential_id: form.id };
            state.store.note(account.id, visit.site.now(), &event)?;
            state.store.set_flash(&visit.session, Flash::PasskeyRenamed)?;
        }
    }
    Ok(visit.go("/account"))
}

/// Asks for the name of a passkey that was just made.
pub(super) async fn name(visit: Visit, Path(id): Path<String>) -> Answer {
    let (Some(account), found) = (visit.signed_in(), own(&visit, &id)?) else { return Ok(visit.go("/login")) };
    let Some((passkey, all)) = found else {
        return Ok(visit.page(StatusCode::NOT_FOUND, pages::not_found(&visit)));
    };
    let view = passkey_view(visit.texts, account, &passkey, &all);
    Ok(visit.page(StatusCode::OK, pages::name_passkey(&visit, &view)))
}

pub(super) async fn removal(visit: Visit, Path(id): Path<String>) -> Answer {
    if let Some(first) = comes_first(&visit, &format!("/account/passkeys/{id}/remove")) {
        return first;
    }
    let (Some(account), Some((passkey, all))) = (visit.signed_in(), own(&visit, &id)?) else {
        return Ok(visit.page(StatusCode::NOT_FOUND, pages::not_found(&visit)));
    };
    let view = passkey_view(visit.texts, account, &passkey, &all);
    Ok(visit.page(StatusCode::OK, pages::remove_passkey(&visit, &view)))
}

#[derive(Deserialize)]
pub(super) struct RemoveForm {
    #[serde(default)]
    csrf_token: String,
    id: String,
}

pub(super) async fn remove(visit: Visit, Form(form): Form<RemoveForm>) -> Answer {
    if let Some(refusal) = visit.forged(&form.csrf_token) {
        return Ok(refusal);
    }
    if let Some(first) = comes_first(&visit, "/account") {
        return first;
    }
    let (Some(account), Some((passkey, _))) = (visit.signed_in(), own(&visit, &form.id)?) else {
        return Ok(visit.go("/account"));
    };
    {
        let state = visit.site.state();
        // Read again under the lock: two removals at once must not take both of the last two.
        let all = state.store.passkeys(account.id)?;
        let flash = if removable(visit.texts, account, &passkey, &all).is_err() {
            Flash::LastWayIn
        } else {
            state.store.together(|| {
                state.store.remove_passkey(account.id, &passkey.credential_id)?;
                let event = AuditEvent::PasskeyRemoved { credential_id: form.id };
                state.store.note(account.id, visit.site.now(), &event)
            })?;
            Flash::PasskeyRemoved
        };
        state.store.set_flash(&visit.session, flash)?;
    }
    Ok(visit.go("/account"))
}
