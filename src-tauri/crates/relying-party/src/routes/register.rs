//! The two requests that add a passkey: options, then the credential.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use webauthn_rs_core::proto::RegisterPublicKeyCredential;

use super::refusal::{Received, Refusal, read};
use super::scene::{Scene, keep_trace};
use crate::Difficulty;
use crate::challenges::{Ceremony, Registration, claimed};
use crate::eligibility::eligible;
use crate::explain::CeremonyKind;
use crate::records::AuditEvent;
use crate::store::{Account, Flash, Passkey, Stage};
use crate::visit::{Answer, Visit};

/// What the page wishes.
#[derive(Deserialize)]
struct Wish {
    #[serde(default)]
    name: String,
    /// The browser makes it on its own, if it wants to.
    #[serde(default)]
    conditional: bool,
    /// The box "use it without the password".
    #[serde(default)]
    passwordless: bool,
}

pub(super) async fn options(visit: Visit, body: Received) -> Answer {
    match begin(&visit, body) {
        Ok(options) => Ok(visit.json(StatusCode::OK, &options)),
        Err(refusal) => refuse(&visit, refusal, visit.texts.failed, false),
    }
}

fn begin(visit: &Visit, body: Received) -> Result<Value, Refusal> {
    visit.genuine_script()?;
    let (wish, _) = read::<Wish>(body)?;
    let mut state = visit.site.state();
    let (account, passkeys) = eligible(&visit.site, &state, &visit.session)??;
    let conditional = wish.conditional && makes_by_itself(&account, &passkeys, &state.store.stage(&visit.session)?);
    let (options, registration) = visit.site.ceremonies.start_registration(&account, &passkeys, conditional)?;
    let options = json!(options);
    let passwordless = !account.has(Difficulty::PasskeySecondFactorOnly)
        && (wish.passwordless || !account.has(Difficulty::PasswordlessBox));
    let ceremony = Ceremony::Registration(Box::new(Registration {
        account: account.id,
        name: named(&wish.name, visit.texts.key_name_default),
        conditional,
        passwordless,
        state: registration,
    }));
    state.challenges.issue(visit.session.clone(), ceremony, options.clone(), visit.site.now());
    Ok(options)
}

/// Whether a browser may make the account's first passkey on its own now: after a sign-in with the password, where the
/// site's rules have it.
pub(super) fn makes_by_itself(account: &Account, passkeys: &[Passkey], stage: &Stage) -> bool {
    let by_password = matches!(stage, Stage::SignedIn { method, .. } if method.is_by_password());
    by_password && passkeys.is_empty() && account.has(Difficulty::ConditionalCreate)
}

/// The name of a passkey: what was wished, bounded, or the usual one.
pub(super) fn named(wish: &str, usual: &str) -> String {
    match wish.trim() {
        "" => usual.to_owned(),
        name => name.chars().filter(|c| !c.is_control()).take(60).collect(),
    }
}

pub(super) async fn credential(visit: Visit, body: Received) -> Answer {
    let mut scene = None;
    let result = add(&visit, body, &mut scene);
    let made = scene.is_some();
    keep_trace(&visit, &visit.session, scene, result.as_ref().err());
    match result {
        Ok(response) => Ok(response),
        Err(refusal) => {
            let orphan = made && !matches!(refusal, Refusal::AlreadyRegistered);
            refuse(&visit, refusal, visit.texts.passkey_refused, orphan)
        }
    }
}

fn add(visit: &Visit, body: Received, scene: &mut Option<Scene>) -> Result<Response, Refusal> {
    visit.genuine_script()?;
    let (answer, sent) = read::<RegisterPublicKeyCredential>(body)?;
    let challenge = claimed(answer.response.client_data_json.as_slice()).ok_or(Refusal::Malformed)?;
    let now = visit.site.now();
    let mut state = visit.site.state();
    let (ceremony, options) = state.challenges.take(&visit.session, &challenge, now)?;
    let conditional = matches!(&ceremony, Ceremony::Registration(registration) if registration.conditional);
    *scene = Some(Scene { kind: CeremonyKind::Registration { conditional }, options, answer: sent, passkey: None });
    let (account, passkeys) = eligible(&visit.site, &state, &visit.session)??;
    let registration = match ceremony {
        Ceremony::Registration(registration) if registration.account == account.id => registration,
        _ => return Err(Refusal::OtherCeremony),
    };
    // Whoever has it: it stays that one's.
    if state.store.passkey(answer.raw_id.as_slice())?.is_some() {
        return Err(Refusal::AlreadyRegistered);
    }
    let passkey = visit.site.ceremonies.finish_registration(&answer, &registration, now)?;
    if account.has(Difficulty::RefuseCredential) {
        return Err(Refusal::NotTaken);
    }
    state
        .store
        .together(|| {
            let added = state.store.add_passkey(&passkey)?;
            if added {
                let credential_id = passkey.id_text();
                state.store.note(account.id, now, &AuditEvent::PasskeyAdded { credential_id })?;
                state.store.set_flash(&visit.session, Flash::PasskeyAdded)?;
            }
            Ok(added)
        })
        .map_err(Refusal::from)
        .and_then(|added| if added { Ok(()) } else { Err(Refusal::AlreadyRegistered) })?;
    let location = match (account.has(Difficulty::NameAfterCreation), passkeys.is_empty()) {
        (true, _) => format!("/account/passkeys/{}/name", passkey.id_text()),
        (_, true) if account.has(Difficulty::RecoveryCodesAfterFirst) => {
            let codes = state.new_recovery_codes(account.id, now)?;
            state.fresh_codes.keep(visit.session.clone(), codes);
            "/account/recovery-codes".to_owned()
        }
        _ => "/account".to_owned(),
    };
    Ok(visit.json(StatusCode::OK, &json!({ "location": location })))
}

fn refuse(visit: &Visit, refusal: Refusal, otherwise: &'static str, orphan: bool) -> Answer {
    let account = visit.signed_in().map(|account| account.id);
    refusal.answer(visit, account, |reason| AuditEvent::RegistrationRefused { reason }, otherwise, orphan)
}
