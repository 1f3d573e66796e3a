//! The two requests of a sign-in with a passkey: options, then the assertion. Also for the step after a password, and
//! for showing once more who one is.

use std::time::SystemTime;

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::PublicKeyCredential;

use super::refusal::{Received, Refusal, read};
use super::scene::{Scene, keep_trace};
use crate::Difficulty;
use crate::ceremonies::{Asserted, CeremonyError, is_allowed};
use crate::challenges::{Ceremony, Named, claimed};
use crate::decoy::decoy;
use crate::eligibility::Ineligible;
use crate::explain::CeremonyKind;
use crate::records::{AuditEvent, SignInMethod, Suspicion};
use crate::sign_in::{Outcome, confirmed};
use crate::site::State;
use crate::store::{Account, AccountId, Hurdle, Passkey, Stage, Verified, id_text};
use crate::visit::{Answer, Visit};

/// What the page asks for.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Wish {
    /// Whose passkeys; without it any discoverable one may answer.
    user_name: Option<String>,
    mediation: Mediation,
    purpose: Purpose,
}

/// <https://www.w3.org/TR/credential-management-1/#enumdef-credentialmediationrequirement>, as far as it matters here.
#[derive(Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mediation {
    #[default]
    Optional,
    Required,
    Conditional,
}

#[derive(Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Purpose {
    #[default]
    SignIn,
    Confirm,
}

/// Whose password this session gave, where a passkey is the hurdle ahead.
fn awaits_passkey(visit: &Visit) -> Option<&Account> {
    match &visit.stage {
        Stage::Pending { hurdles, .. } if hurdles.front() == Some(&Hurdle::Passkey) => visit.account.as_ref(),
        _ => None,
    }
}

pub(super) async fn options(visit: Visit, body: Received) -> Answer {
    match begin(&visit, body) {
        Ok(options) => Ok(visit.json(StatusCode::OK, &options)),
        Err(refusal) => refuse(&visit, refusal, None, visit.texts.failed),
    }
}

fn begin(visit: &Visit, body: Received) -> Result<Value, Refusal> {
    visit.genuine_script()?;
    let (wish, _) = read::<Wish>(body)?;
    let mut state = visit.site.state();
    let (options, assertion) = visit.site.ceremonies.start_assertion()?;
    let mut options = json!(options);
    let assertion = Box::new(assertion);
    let ceremony = if wish.purpose == Purpose::Confirm {
        let account = visit.signed_in().ok_or(Ineligible::NotSignedIn)?;
        allow(&mut options, &state.store.passkeys(account.id)?);
        Ceremony::Confirmation { account: account.id, state: assertion }
    } else if let Some(account) = awaits_passkey(visit) {
        allow(&mut options, &state.store.passkeys(account.id)?);
        Ceremony::SecondFactor { account: account.id, state: assertion }
    } else {
        let named = match &wish.user_name {
            None => None,
            Some(name) => Some(name_passkeys(visit, &state, name, &mut options)?),
        };
        Ceremony::SignIn { named, conditional: wish.mediation == Mediation::Conditional, state: assertion }
    };
    state.challenges.issue(visit.session.clone(), ceremony, options.clone(), visit.site.now());
    Ok(options)
}

/// Names the passkeys that may answer, but for those that are suspended.
fn allow(options: &mut Value, passkeys: &[Passkey]) {
    let usable = passkeys.iter().filter(|passkey| passkey.suspended.is_none());
    let descriptors = usable.map(|passkey| {
        let transports = passkey.transports.clone().unwrap_or_default();
        json!({ "type": "public-key", "id": passkey.id_text(), "transports": transports })
    });
    set_allowed(options, descriptors.collect());
}

/// The same for a name that somebody gave who has shown nothing yet. Without transports, which would tell real ones from
/// decoys.
fn name_passkeys(visit: &Visit, state: &State, name: &str, options: &mut Value) -> Result<Named, Refusal> {
    let account = state.store.account_by_name(name)?;
    let mut passkeys =
        account.as_ref().map(|account| state.store.passkeys(account.id)).transpose()?.unwrap_or_default();
    passkeys.retain(|passkey| passkey.suspended.is_none());
    let named = match account {
        Some(account) if !passkeys.is_empty() => Named::Account(account.id),
        _ => {
            let decoy = decoy(&visit.site.decoy, name).ok_or(Refusal::UnknownCredential)?;
            passkeys = vec![decoy.clone()];
            Named::Nobody(Box::new(decoy))
        }
    };
    let descriptor = |passkey: &Passkey| json!({ "type": "public-key", "id": passkey.id_text() });
    set_allowed(options, passkeys.iter().map(descriptor).collect());
    Ok(named)
}

fn set_allowed(options: &mut Value, descriptors: Vec<Value>) {
    if let Some(options) = options.pointer_mut("/publicKey").and_then(Value::as_object_mut) {
        options.insert("allowCredentials".to_owned(), descriptors.into());
    }
}

pub(super) async fn assertion(mut visit: Visit, body: Received) -> Answer {
    let (mut owner, mut scene) = (None, None);
    let result = finish(&visit, body, &mut owner, &mut scene);
    keep_trace(&visit, &visit.session, scene, result.as_ref().err());
    match result {
        Ok(Outcome::Next(session, path)) => {
            visit.renew(session);
            Ok(visit.json(StatusCode::OK, &json!({ "location": path })))
        }
        Ok(_) => Ok(visit.json(StatusCode::OK, &json!({ "location": "/" }))),
        Err(refusal) => refuse(&visit, refusal, owner, visit.texts.assertion_refused),
    }
}

/// What an assertion is for, once it was asked for.
enum For {
    SignIn,
    SecondFactor,
    Confirmation,
}

/// `Outcome::NotAsked` stands for the site that takes the passkey and then signs nobody in. `owner` is whose audit trail
/// a refusal belongs into.
fn finish(
    visit: &Visit,
    body: Received,
    owner: &mut Option<AccountId>,
    scene: &mut Option<Scene>,
) -> Result<Outcome, Refusal> {
    visit.genuine_script()?;
    let (answer, sent) = read::<PublicKeyCredential>(body)?;
    let now = visit.site.now();
    let mut state = visit.site.state();
    let passkey = state.store.passkey(answer.get_credential_id())?;
    *owner = passkey.as_ref().map(|passkey| passkey.account);
    let challenge = claimed(answer.response.client_data_json.as_slice()).ok_or(Refusal::Malformed)?;
    let (ceremony, options) = state.challenges.take(&visit.session, &challenge, now)?;
    let listed = is_allowed(&options, &id_text(answer.get_credential_id()));
    let scene = scene.insert(Scene { kind: kind_of(&ceremony), options, answer: sent, passkey: None });

    // https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion, step 5: one of those that were listed.
    if !listed {
        return Err(match ceremony {
            Ceremony::SignIn { .. } => Refusal::UnknownCredential,
            _ => Refusal::OtherCeremony,
        });
    }
    // https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion, step 6: the user must own the credential; one who was
    // identified before must match the handle, if there is one, and one who was not must have sent it.
    let handle = answer.get_user_unique_id().map(AccountId::from_handle);
    let owned_by = |account: AccountId| -> Result<Passkey, Refusal> {
        let passkey = passkey.clone().ok_or(Refusal::UnknownCredential)?;
        let owns = passkey.account == account && handle.is_none_or(|h| h == Some(account));
        if owns { Ok(passkey) } else { Err(Refusal::UnknownCredential) }
    };
    let (assertion, purpose, passkey) = match ceremony {
        Ceremony::SignIn { named: None, state, .. } => {
            let account = handle.flatten().ok_or(Refusal::UnknownCredential)?;
            (state, For::SignIn, owned_by(account)?)
        }
        Ceremony::SignIn { named: Some(Named::Account(account)), state, .. } => {
            (state, For::SignIn, owned_by(account)?)
        }
        Ceremony::SignIn { named: Some(Named::Nobody(decoy)), state, .. } => {
            if decoy.credential_id != answer.get_credential_id() {
                return Err(Refusal::UnknownCredential);
            }
            visit.site.ceremonies.finish_assertion(&answer, &state, &decoy)?;
            return Err(Refusal::Invalid(WebauthnError::AuthenticationFailure));
        }
        // Who gave a password, or is signed in, may see the passkey in the explanation.
        Ceremony::SecondFactor { account, state } => {
            let passkey = owned_by(account).map_err(|_| Refusal::OtherCeremony)?;
            scene.passkey = Some(passkey.clone());
            (state, For::SecondFactor, passkey)
        }
        Ceremony::Confirmation { account, state } => {
            let passkey = owned_by(account).map_err(|_| Refusal::OtherCeremony)?;
            scene.passkey = Some(passkey.clone());
            (state, For::Confirmation, passkey)
        }
        Ceremony::Registration(_) => return Err(Refusal::OtherCeremony),
    };
    let account = state.store.account(passkey.account)?.ok_or(Refusal::UnknownCredential)?;
    let asserted = match visit.site.ceremonies.finish_assertion(&answer, &assertion, &passkey) {
        Ok(asserted) => asserted,
        Err(CeremonyError::Suspicious(why)) => {
            scene.passkey = Some(passkey.clone());
            if passkey.suspended.is_none() {
                suspend(&state, &passkey, why, now)?;
            }
            return Err(Refusal::Suspended(passkey.suspended.unwrap_or(why)));
        }
        Err(CeremonyError::Step(error)) => return Err(error.into()),
    };
    scene.passkey = Some(passkey.clone());
    // Only who has the key learns that it is suspended.
    if let Some(suspicion) = passkey.suspended {
        return Err(Refusal::Suspended(suspicion));
    }
    take_over(&state, &passkey, asserted, now)?;
    if account.has(Difficulty::RefuseAssertion) {
        return Err(Refusal::NotTaken);
    }
    if account.has(Difficulty::OrdinaryPageAfterAssertion) {
        return Ok(Outcome::NotAsked);
    }
    if !passkey.passwordless && !matches!(purpose, For::SecondFactor) {
        return Err(Refusal::SecondFactorOnly);
    }
    let outcome = go_on(visit, &state, &account, asserted, &purpose)?;
    if !matches!(purpose, For::Confirmation) {
        state.store.passkey_used(&passkey.credential_id, now)?;
    }
    Ok(outcome)
}

fn kind_of(ceremony: &Ceremony) -> CeremonyKind {
    match ceremony {
        Ceremony::SignIn { named, conditional, .. } => {
            CeremonyKind::SignIn { conditional: *conditional, named: named.is_some() }
        }
        Ceremony::SecondFactor { .. } | Ceremony::Confirmation { .. } | Ceremony::Registration(_) => {
            CeremonyKind::SecondFactor
        }
    }
}

/// What the assertion gives its session.
fn go_on(
    visit: &Visit,
    state: &State,
    account: &Account,
    asserted: Asserted,
    purpose: &For,
) -> Result<Outcome, Refusal> {
    let now = visit.site.now();
    let shown = asserted.user_verified.then_some(now);
    let outcome = match purpose {
        For::SignIn => {
            let verified = Verified { passkey: shown, ..Verified::default() };
            // A passkey that did not check who is there is one factor.
            let code = (shown.is_none() && account.totp.is_some()).then_some(Hurdle::Totp);
            let stay = account.has(Difficulty::StaySignedIn).then_some(Hurdle::StaySignedIn);
            let hurdles = code.into_iter().chain(stay).collect();
            visit.site.advance(state, account, &visit.session, hurdles, SignInMethod::Passkey, verified)?
        }
        For::SecondFactor => match state.store.stage(&visit.session)? {
            Stage::Pending { account: id, mut hurdles, mut verified, .. }
                if id == account.id && hurdles.front() == Some(&Hurdle::Passkey) =>
            {
                hurdles.pop_front();
                verified.totp = Some(now);
                let method = SignInMethod::PasswordPasskey;
                visit.site.advance(state, account, &visit.session, hurdles, method, verified)?
            }
            _ => return Err(Refusal::OtherCeremony),
        },
        For::Confirmation if shown.is_some() => {
            confirmed(state, account, &visit.session, now, |verified| verified.passkey = shown)?
        }
        For::Confirmation => {
            return Err(Refusal::Invalid(WebauthnError::UserNotVerified));
        }
    };
    Ok(outcome)
}

/// What the assertion told of its passkey is true whatever becomes of the sign-in.
fn take_over(state: &State, passkey: &Passkey, asserted: Asserted, now: SystemTime) -> Result<(), Refusal> {
    state.store.update_passkey(&passkey.credential_id, asserted.sign_count, asserted.backup_state)?;
    if asserted.backup_state != passkey.backup_state {
        let event =
            AuditEvent::BackupStateChanged { credential_id: passkey.id_text(), backed_up: asserted.backup_state };
        state.store.note(passkey.account, now, &event)?;
    }
    Ok(())
}

/// From now on it signs nobody in.
fn suspend(state: &State, passkey: &Passkey, why: Suspicion, now: SystemTime) -> Result<(), Refusal> {
    state.store.suspend_passkey(&passkey.credential_id, why)?;
    let event = AuditEvent::PasskeySuspended { credential_id: passkey.id_text(), why };
    state.store.note(passkey.account, now, &event)?;
    Ok(())
}

fn refuse(visit: &Visit, refusal: Refusal, owner: Option<AccountId>, otherwise: &'static str) -> Answer {
    let account = owner.or_else(|| visit.account.as_ref().map(|account| account.id));
    // Not where the passkey is known and the account is not the one it was asked for.
    let orphan = owner.is_none() && matches!(refusal, Refusal::UnknownCredential);
    refusal.answer(visit, account, |reason| AuditEvent::AssertionRefused { reason }, otherwise, orphan)
}
