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
use serde_json::Value;
use sha2::{Digest, Sha256};
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

use self::attested::{Attested, Head};
use self::eddsa::Demands;
use crate::challenges::{LIFETIME, Registration};
use crate::config::{Attestation, Requirement};
use crate::records::Suspicion;
use crate::store::{Account, NewPasskey, Passkey};
use crate::{Config, Error};

/// What new passkeys may sign with, best known first.
const ALGORITHMS: [COSEAlgorithm; 3] = [COSEAlgorithm::ES256, COSEAlgorithm::EDDSA, COSEAlgorithm::RS256];

/// Where the maker must vouch for it: who made the authenticator of an EdDSA passkey is not looked into.
const ATTESTED_ALGORITHMS: [COSEAlgorithm; 2] = [COSEAlgorithm::ES256, COSEAlgorithm::RS256];

/// The longest credential id, in bytes (<https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential>,
/// step 25). The core takes longer ones.
const LONGEST_ID: usize = 1023;

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
    rp_id_hash: [u8; 32],
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
            rp_id_hash: Sha256::digest(rp_id).into(),
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
        let (attestation, algorithms) = match self.trusted {
            None => (AttestationConveyancePreference::None, ALGORITHMS.to_vec()),
            Some(_) => (AttestationConveyancePreference::Direct, ATTESTED_ALGORITHMS.to_vec()),
        };
        let verification = if conditional { UserVerificationPolicy::Preferred } else { self.verification };
        let builder = self
            .core
            .new_challenge_register_builder(account.id.as_bytes(), &account.user_name, &account.user_name)?
            .attestation(attestation)
            .credential_algorithms(algorithms)
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
        let client_data = answer.response.client_data_json.as_slice();
        self.check_client(&answer.type_, "webauthn.create", client_data)?;
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
        let attestation_format = match registered {
            Ok(credential) => credential.attestation_format,
            // Not offered.
            Err(WebauthnError::SshPublicKeyEDUnsupported) if self.trusted.is_some() => {
                return Err(WebauthnError::CredentialAlteredAlgFromRequest);
            }
            Err(WebauthnError::SshPublicKeyEDUnsupported) => {
                let conditional = registration.conditional;
                let demands = self.demands(!conditional, !conditional && self.requires_verification());
                eddsa::check_registration(&attested, client_data, &demands)?
            }
            Err(error) => return Err(error),
        };
        let key = attested::cose_key(&attested.public_key)?;
        if answer.raw_id.as_slice() != attested.credential_id {
            return Err(WebauthnError::CredentialNotFound);
        }
        if attested.credential_id.len() > LONGEST_ID {
            return Err(WebauthnError::CredentialPersistenceError);
        }
        Ok(NewPasskey {
            credential_id: attested.credential_id,
            account: registration.account,
            name: registration.name.clone(),
            public_key: attested.public_key,
            algorithm: key.type_ as i64,
            sign_count: attested.head.sign_count,
            // Hints, whoever vouches for them; the core keeps those of some statements only.
            transports: answer.response.transports.clone(),
            user_verified: attested.head.user_verified(),
            // The next sign-in verifies the person, however this one was made.
            verification: self.verification,
            backup_eligible: attested.head.backup_eligible(),
            backup_state: attested.head.backup_state(),
            aaguid: attested.aaguid,
            attestation_format,
            attestation_object: object.to_vec(),
            created_at: now,
            last_used_at: None,
            suspended: None,
            passwordless: registration.passwordless,
        })
    }

    fn requires_verification(&self) -> bool {
        self.verification == UserVerificationPolicy::Required
    }

    fn demands(&self, present: bool, verified: bool) -> Demands {
        Demands { rp_id_hash: self.rp_id_hash, present, verified }
    }

    /// What the core leaves out, at both ceremonies: that the credential is a public key, that the origin is one of the
    /// site's to the letter (the core takes an address whose origin it is), and that the page was no frame of another
    /// site's, which the core asks at a registration only
    /// (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-crossorigin>). Client data that cannot be read is
    /// refused. The challenge is left to the core.
    fn check_client(
        &self,
        credential_type: &str,
        ceremony: &str,
        client_data_json: &[u8],
    ) -> Result<(), WebauthnError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct ClientData {
            #[serde(rename = "type")]
            ceremony: String,
            origin: String,
            cross_origin: Option<bool>,
            top_origin: Option<IgnoredAny>,
        }
        let data: ClientData = serde_json::from_slice(client_data_json).map_err(WebauthnError::ParseJSONFailure)?;
        if credential_type != "public-key" || data.ceremony != ceremony {
            return Err(WebauthnError::InvalidClientDataType);
        }
        if !self.origins.contains(&data.origin) {
            return Err(WebauthnError::InvalidRPOrigin);
        }
        if data.cross_origin == Some(true) || data.top_origin.is_some() {
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

    /// Steps 6 to 24 of the same section, for the passkey that the caller found by user handle and id. Only an answer
    /// with a valid signature makes a passkey suspicious: anybody can send one without.
    pub(crate) fn finish_assertion(
        &self,
        answer: &PublicKeyCredential,
        state: &AuthenticationState,
        passkey: &Passkey,
    ) -> Result<Asserted, CeremonyError> {
        self.check_client(&answer.type_, "webauthn.get", answer.response.client_data_json.as_slice())?;
        let head = Head::read(answer.response.authenticator_data.as_slice()).ok_or(WebauthnError::ParseNOMFailure)?;
        // The core would compare backup eligibility before it verifies the signature; what was stored is compared below.
        let credential = Credential { backup_eligible: head.backup_eligible(), counter: 0, ..credential(passkey)? };
        match self.core.authenticate_single_credential(answer, state, &credential) {
            Ok(_) => {}
            Err(WebauthnError::SshPublicKeyEDUnsupported) => {
                let verified = self.requires_verification()
                    || match passkey.verification {
                        UserVerificationPolicy::Required => true,
                        UserVerificationPolicy::Preferred => passkey.user_verified,
                        UserVerificationPolicy::Discouraged_DO_NOT_USE => false,
                    };
                eddsa::check_assertion(answer, &head, &passkey.public_key, &self.demands(true, verified))?;
            }
            Err(error) => return Err(error.into()),
        }
        match suspicion(&head, passkey) {
            Some(suspicion) => Err(CeremonyError::Suspicious(suspicion)),
            None => Ok(Asserted {
                sign_count: head.sign_count,
                backup_state: head.backup_state(),
                user_verified: head.user_verified(),
            }),
        }
    }
}

/// What signed authenticator data tells against a passkey
/// (<https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion>, steps 19 and 22).
fn suspicion(head: &Head, passkey: &Passkey) -> Option<Suspicion> {
    if head.backup_eligible() != passkey.backup_eligible {
        return Some(Suspicion::BackupEligibilityChanged);
    }
    let counts = head.sign_count > 0 || passkey.sign_count > 0;
    (counts && head.sign_count <= passkey.sign_count).then_some(Suspicion::CounterRegressed)
}

/// Whether a credential may answer these options: it is in their list, or they have none
/// (<https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion>, step 5). The id is in base64url, as the list has it.
pub(crate) fn is_allowed(options: &Value, credential_id: &str) -> bool {
    match options.pointer("/publicKey/allowCredentials") {
        None | Some(Value::Null) => true,
        Some(Value::Array(list)) => {
            list.is_empty() || list.iter().any(|entry| entry.get("id").and_then(Value::as_str) == Some(credential_id))
        }
        Some(_) => false,
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
