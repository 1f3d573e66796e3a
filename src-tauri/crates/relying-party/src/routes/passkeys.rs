//! The passkeys of somebody who is signed in: the page that makes one, names, removal.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::account_view::{passkey_view, removable};
use super::change::{Owned, owned, turned_away};
use super::register::named;
use crate::Difficulty;
use crate::eligibility::eligible;
use crate::pages;
use crate::records::AuditEvent;
use crate::store::{Flash, Passkey, StoreError};
use crate::visit::{Answer, Visit};

pub(super) async fn new_passkey(visit: Visit) -> Answer {
    let refusal = eligible(&visit.site, &visit.site.state(), &visit.session)?.err();
    match refusal {
        None => Ok(visit.page(StatusCode::OK, pages::new_passkey(&visit))),
        Some(why) => turned_away(&visit, why, "/account/passkeys/new"),
    }
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
    let credential_id = URL_SAFE_NO_PAD.decode(&form.id).unwrap_or_default();
    let name = named(&form.name, visit.texts.key_name_default);
    {
        let state = visit.site.state();
        // A name says nothing to the site: whoever is signed in may change it.
        let account = state.store.stage(&visit.session)?.signed_in();
        let Some(account) = account.map(|id| state.store.account(id)).transpose()?.flatten() else {
            drop(state);
            return Ok(visit.go("/login"));
        };
        if !account.has(Difficulty::OnHold) && state.store.rename_passkey(account.id, &credential_id, &name)? {
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
    let Some((passkey, all)) = own(&visit, &id)? else {
        return Ok(visit.page(StatusCode::NOT_FOUND, pages::not_found(&visit)));
    };
    let account = match owned(&visit)? {
        Ok(owned) => owned.account,
        Err(why) => return turned_away(&visit, why, &format!("/account/passkeys/{}/remove", passkey.id_text())),
    };
    let view = passkey_view(visit.texts, &account, &passkey, &all);
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
    match owned(&visit)? {
        Err(why) => return turned_away(&visit, why, "/account"),
        Ok(Owned { state, account }) => {
            let all = state.store.passkeys(account.id)?;
            if let Some(passkey) = all.iter().find(|passkey| passkey.id_text() == form.id) {
                let flash = if removable(visit.texts, &account, passkey, &all).is_err() {
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
        }
    }
    Ok(visit.go("/account"))
}
