//! The relying party's side of the two ceremonies, on top of `webauthn-rs-core`.
//!
//! The core's builder is used, and not `webauthn-rs` itself, because its passkey registration asks for
//! `residentKey: "discouraged"`, while signing in without a user name needs a discoverable credential.

use url::Url;
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{
    AttestationConveyancePreference, AuthenticationResult, AuthenticationState, CreationChallengeResponse, Credential,
    CredentialID, PublicKeyCredential, RegisterPublicKeyCredential, RegistrationState, RequestChallengeResponse,
    RequestRegistrationExtensions, UserVerificationPolicy,
};

use crate::challenges::LIFETIME;

/// The relying party `localhost`.
pub(crate) struct Ceremonies {
    core: WebauthnCore,
}

impl Ceremonies {
    /// `origin` is the one origin whose answers are accepted.
    pub(crate) fn new(name: &str, origin: &Url) -> Self {
        // No subdomains and no other ports: two sites on localhost are two sites.
        Self {
            core: WebauthnCore::new_unsafe_experts_only(
                name,
                "localhost",
                vec![origin.clone()],
                LIFETIME,
                Some(false),
                Some(false),
            ),
        }
    }

    /// Options for a discoverable credential with user verification
    /// (<https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential>, step 1).
    pub(crate) fn start_registration(
        &self,
        user_handle: &[u8],
        user_name: &str,
        existing: Vec<CredentialID>,
    ) -> Result<(CreationChallengeResponse, RegistrationState), WebauthnError> {
        let builder = self
            .core
            .new_challenge_register_builder(user_handle, user_name, user_name)?
            .attestation(AttestationConveyancePreference::None)
            .user_verification_policy(UserVerificationPolicy::Required)
            .require_resident_key(true)
            .exclude_credentials(Some(existing))
            .extensions(Some(RequestRegistrationExtensions {
                cred_protect: None,
                uvm: None,
                cred_props: Some(true),
                min_pin_length: None,
                hmac_create_secret: None,
            }));
        self.core.generate_challenge_register(builder)
    }

    /// Steps 5 to 25 of the same section. That the credential is new to every account is for the caller to check.
    pub(crate) fn finish_registration(
        &self,
        answer: &RegisterPublicKeyCredential,
        state: &RegistrationState,
    ) -> Result<Credential, WebauthnError> {
        self.core.register_credential(answer, state, None)
    }

    /// Options for an assertion (<https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion>, step 1). With no
    /// credential named, any discoverable credential of this relying party may answer.
    pub(crate) fn start_assertion(
        &self,
        allowed: Vec<Credential>,
    ) -> Result<(RequestChallengeResponse, AuthenticationState), WebauthnError> {
        let builder = self.core.new_challenge_authenticate_builder(allowed, Some(UserVerificationPolicy::Required))?;
        self.core.generate_challenge_authenticate(builder)
    }

    /// Steps 6 to 24 of the same section, for the credential that the caller found by user handle and id.
    pub(crate) fn finish_assertion(
        &self,
        answer: &PublicKeyCredential,
        state: &AuthenticationState,
        credential: &Credential,
    ) -> Result<AuthenticationResult, WebauthnError> {
        self.core.authenticate_single_credential(answer, state, credential)
    }
}
