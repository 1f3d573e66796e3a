//! `webauthn-rs-core`, in this process.

use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::Value;
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::proto::{
    AuthenticationState, COSEAlgorithm, Credential, RegistrationState, UserVerificationPolicy,
};

use super::{Case, Verdict};

pub(super) fn judge(case: &Case) -> Verdict {
    match verify(case) {
        Ok(()) => Verdict { accepted: true, reason: String::new() },
        Err(refused) => Verdict { accepted: false, reason: format!("{refused:#}") },
    }
}

fn verify(case: &Case) -> Result<()> {
    let core = WebauthnCore::new_unsafe_experts_only(
        "Practice",
        &case.rp_id,
        vec![case.origin.parse()?],
        Duration::from_secs(300),
        Some(false),
        Some(false),
    );
    let policy =
        if case.verified { UserVerificationPolicy::Required } else { UserVerificationPolicy::Discouraged_DO_NOT_USE };
    let builder = core.new_challenge_register_builder(b"practice", "practice", "practice")?;
    let builder = builder
        .credential_algorithms(COSEAlgorithm::all_possible_algs())
        .user_verification_policy(policy)
        .attestation(webauthn_rs_core::proto::AttestationConveyancePreference::None);
    let (_, state) = core.generate_challenge_register(builder)?;
    let state: RegistrationState = with_challenge(&state, &case.registration_challenge)?;
    let credential = core.register_credential(&serde_json::from_value(case.registration.clone())?, &state, None)?;

    let builder = core.new_challenge_authenticate_builder(vec![credential.clone()], Some(policy))?;
    let (_, state) = core.generate_challenge_authenticate(builder)?;
    let mut state: AuthenticationState = with_challenge(&state, &case.authentication_challenge)?;
    state.set_allowed_credentials(vec![Credential { counter: 0, ..credential }]);
    core.authenticate_credential(&serde_json::from_value(case.authentication.clone())?, &state)?;
    Ok(())
}

/// The state with the challenge that the case was made with, in place of the library's own.
fn with_challenge<T: serde::Serialize + serde::de::DeserializeOwned>(state: &T, challenge: &str) -> Result<T> {
    let mut state = serde_json::to_value(state)?;
    *state.get_mut("challenge").context("a state without a challenge")? = Value::from(challenge);
    Ok(serde_json::from_value(state)?)
}
