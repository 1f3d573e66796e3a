//! The relying party's side of the two ceremonies, on top of `webauthn-rs-core`.
//!
//! The core's builder is used, and not `webauthn-rs` itself, because its passkey registration asks for
//! `residentKey: "discouraged"`, while signing in without a user name needs a discoverable credential.

mod attested;
mod eddsa;

#[cfg(test)]
pub(crate) use attested::cose_key;

use std::time::SystemTime;

use serde::Deserialize;
use serde::de::IgnoredAny;
use url::Url;
use webauthn_attestation_ca::AttestationCaList;
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{
    AttestationConveyancePreference, AuthenticationState, COSEAlgorithm, CreationChallengeResponse, Credential,
    CredentialID, ParsedAttestation, PublicKeyCredential, RegisterPublicKeyCredential, RegisteredExtensions,
    RegistrationState, RequestChallengeResponse, RequestRegistrationExtensions, ResidentKeyRequirement,
    UserVerificationPolicy,
};

use self::attested::Attested;
use crate::challenges::{LIFETIME, Registration};
use crate::config::{Attestation, Requirement};
use crate::records::Suspicion;
use crate::store::{Account, NewPasskey, Passkey};
use crate::{Config, Error};

/// What new passkeys may sign with, best known first.
const ALGORITHMS: [COSEAlgorithm; 3] = [COSEAlgorithm::ES256, COSEAlgorithm::EDDSA, COSEAlgorithm::RS256];

/// Why the answer of a ceremony is not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CeremonyError {
    /// One of the steps of the specification failed.
    #[error("{0}")]
    Step(#[from] WebauthnError),
    /// The passkey itself is not to be trusted any more.
    #[error("{0}")]
    Suspicious(Suspicion),
}

/// What an assertion told of its passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asserted {
    pub(crate) sign_count: u32,
    pub(crate) backup_state: bool,
    pub(crate) user_verified: bool,
}

/// The relying party.
pub(crate) struct Ceremonies {
    core: WebauthnCore,
    /// As client data has them.
    origins: Vec<String>,
    discoverable: Requirement,
    verification: UserVerificationPolicy,
    trusted: Option<AttestationCaList>,
}

impl Ceremonies {
    /// `origins` are those whose answers are accepted.
    pub(crate) fn new(name: &str, rp_id: &str, origins: Vec<Url>, config: &Config) -> Result<Self, Error> {
        let trusted = match &config.attestation {
            Attestation::None => None,
            Attestation::Direct { roots } => Some(trust_list(roots)?),
        };
        Ok(Self {
            origins: origins.iter().map(|origin| origin.origin().ascii_serialization()).collect(),
            // No subdomains and no other ports: two sites on localhost are two sites.
            core: WebauthnCore::new_unsafe_experts_only(name, rp_id, origins, LIFETIME, Some(false), Some(false)),
            discoverable: config.discoverable,
            verification: match config.user_verification {
                Requirement::Required => UserVerificationPolicy::Required,
                Requirement::Preferred => UserVerificationPolicy::Preferred,
            },
            trusted,
        })
    }

    /// Options for a new passkey (<https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential>, step 1).
    /// One that the browser makes on its own cannot ask who is there.
    pub(crate) fn start_registration(
        &self,
        account: &Account,
        existing: &[Passkey],
        conditional: bool,
    ) -> Result<(CreationChallengeResponse, RegistrationState), WebauthnError> {
        let attestation = match self.trusted {
            None => AttestationConveyancePreference::None,
            Some(_) => AttestationConveyancePreference::Direct,
        };
        let verification = if conditional { UserVerificationPolicy::Preferred } else { self.verification };
        let builder = self
            .core
            .new_challenge_register_builder(account.id.as_bytes(), &account.user_name, &account.user_name)?
            .attestation(attestation)
            .credential_algorithms(ALGORITHMS.to_vec())
            .user_verification_policy(verification)
            .require_resident_key(self.discoverable == Requirement::Required)
            .exclude_credentials(Some(existing.iter().map(|p| CredentialID::from(p.credential_id.clone())).collect()))
            .extensions(Some(RequestRegistrationExtensions {
                cred_protect: None,
                uvm: None,
                cred_props: Some(true),
                min_pin_length: None,
                hmac_create_secret: None,
            }));
        let (mut options, state) = self.core.generate_challenge_register(builder)?;
        if self.discoverable == Requirement::Preferred
            && let Some(selection) = &mut options.public_key.authenticator_selection
        {
            // The core knows "required" and "discouraged" only.
            selection.resident_key = Some(ResidentKeyRequirement::Preferred);
        }
        Ok((options, state))
    }

    /// Steps 5 to 25 of the same section. That the credential is new to every account is for the store to check.
    pub(crate) fn finish_registration(
        &self,
        answer: &RegisterPublicKeyCredential,
        registration: &Registration,
        now: SystemTime,
    ) -> Result<NewPasskey, WebauthnError> {
        let object = answer.response.attestation_object.as_slice();
        self.check_client(&answer.type_, answer.response.client_data_json.as_slice())?;
        let attested = Attested::read(object).ok_or(WebauthnError::MissingAttestationCredentialData)?;
        let granted = registration.conditional.then(|| attested::with_user_present(object)).flatten();
        let registered = match granted {
            None => self.core.register_credential(answer, &registration.state, self.trusted.as_ref()),
            Some(granted) => {
                let mut answer = answer.clone();
                answer.response.attestation_object = granted;
                self.core.register_credential(&answer, &registration.state, self.trusted.as_ref())
            }
        };
        let credential = match registered {
            Err(WebauthnError::SshPublicKeyEDUnsupported) => match self.trusted {
                None => eddsa::finish_registration(answer, &attested)?,
                // Who made the authenticator of an EdDSA passkey is not looked into.
                Some(_) => return Err(WebauthnError::AttestationNotVerifiable),
            },
            registered => registered?,
        };
        Ok(NewPasskey {
            credential_id: credential.cred_id.to_vec(),
            account: registration.account,
            name: registration.name.clone(),
            public_key: attested.public_key,
            algorithm: credential.cred.type_ as i64,
            sign_count: credential.counter,
            transports: credential.transports,
            user_verified: credential.user_verified,
            // The next sign-in verifies the person, however this one was made.
            verification: self.verification,
            backup_eligible: credential.backup_eligible,
            backup_state: credential.backup_state,
            aaguid: attested.aaguid,
            attestation_format: credential.attestation_format,
            attestation_object: object.to_vec(),
            created_at: now,
            last_used_at: None,
            suspended: None,
            passwordless: registration.passwordless,
        })
    }

    /// What the core leaves out: that the credential is a public key, that the origin is one of the site's to the letter
    /// (the core takes an address whose origin it is), and, at an assertion, that the page was no frame of another
    /// site's (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-crossorigin>). What the core checks before
    /// these is left to it.
    fn check_client(&self, kind: &str, client_data_json: &[u8]) -> Result<(), WebauthnError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct ClientData {
            origin: String,
            #[serde(default)]
            cross_origin: bool,
            top_origin: Option<IgnoredAny>,
        }
        if kind != "public-key" {
            return Err(WebauthnError::InvalidClientDataType);
        }
        let Ok(data) = serde_json::from_slice::<ClientData>(client_data_json) else { return Ok(()) };
        if !self.origins.contains(&data.origin) {
            return Err(WebauthnError::InvalidRPOrigin);
        }
        if data.cross_origin || data.top_origin.is_some() {
            return Err(WebauthnError::CredentialCrossOrigin);
        }
        Ok(())
    }

    /// Options for an assertion (<https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion>, step 1). They name no
    /// passkey: which may answer is the caller's to say.
    pub(crate) fn start_assertion(&self) -> Result<(RequestChallengeResponse, AuthenticationState), WebauthnError> {
        let builder = self.core.new_challenge_authenticate_builder(Vec::new(), Some(self.verification))?;
        self.core.generate_challenge_authenticate(builder)
    }

    /// Steps 6 to 24 of the same section, for the passkey that the caller found by user handle and id.
    pub(crate) fn finish_assertion(
        &self,
        answer: &PublicKeyCredential,
        state: &AuthenticationState,
        passkey: &Passkey,
    ) -> Result<Asserted, CeremonyError> {
        self.check_client(&answer.type_, answer.response.client_data_json.as_slice())?;
        match self.core.authenticate_single_credential(answer, state, &credential(passkey)?) {
            Ok(result) => Ok(Asserted {
                sign_count: result.counter(),
                backup_state: result.backup_state(),
                user_verified: result.user_verified(),
            }),
            Err(WebauthnError::CredentialPossibleCompromise) => {
                Err(CeremonyError::Suspicious(Suspicion::CounterRegressed))
            }
            Err(WebauthnError::CredentialBackupEligibilityInconsistent) => {
                Err(CeremonyError::Suspicious(Suspicion::BackupEligibilityChanged))
            }
            Err(WebauthnError::SshPublicKeyEDUnsupported) => eddsa::finish_assertion(answer, passkey),
            Err(error) => Err(error.into()),
        }
    }
}

/// The passkey in the core's form.
fn credential(passkey: &Passkey) -> Result<Credential, WebauthnError> {
    Ok(Credential {
        cred_id: CredentialID::from(passkey.credential_id.clone()),
        cred: attested::cose_key(&passkey.public_key)?,
        counter: passkey.sign_count,
        transports: passkey.transports.clone(),
        user_verified: passkey.user_verified,
        backup_eligible: passkey.backup_eligible,
        backup_state: passkey.backup_state,
        registration_policy: passkey.verification,
        extensions: RegisteredExtensions::none(),
        attestation: ParsedAttestation::default(),
        attestation_format: passkey.attestation_format.clone(),
    })
}

fn trust_list(roots: &[String]) -> Result<AttestationCaList, Error> {
    let mut list = AttestationCaList::default();
    for root in roots {
        list.union(&AttestationCaList::try_from(root.as_bytes()).map_err(|_| Error::TrustList)?);
    }
    Ok(list)
}
