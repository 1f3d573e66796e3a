//! What a ceremony leaves behind for the explanation.

use serde_json::Value;
use webauthn_rs_core::error::WebauthnError;

use super::refusal::Refusal;
use crate::explain::{Cause, CeremonyKind, CheckKind, Expected, Refused, StoredKey, Trace};
use crate::store::{Passkey, SessionId};
use crate::visit::Visit;

/// A ceremony whose challenge was ours, as it came.
pub(super) struct Scene {
    pub(super) kind: CeremonyKind,
    pub(super) options: Value,
    pub(super) answer: Value,
    /// The passkey that was looked up, as it was before.
    pub(super) passkey: Option<Passkey>,
}

/// Keeps it for its session. An answer without a challenge of the session is none of its ceremonies.
pub(super) fn keep_trace(visit: &Visit, session: &SessionId, scene: Option<Scene>, refusal: Option<&Refusal>) {
    let Some(scene) = scene else { return };
    let trace = Trace {
        kind: scene.kind,
        at: visit.site.now(),
        options: scene.options,
        answer: scene.answer,
        expected: Expected { origins: visit.site.origins.clone(), rp_id: visit.site.rp_id.clone() },
        stored: scene.passkey.map(|passkey| StoredKey {
            public_key: passkey.public_key,
            sign_count: passkey.sign_count,
            backup_eligible: passkey.backup_eligible,
            backup_state: passkey.backup_state,
            name: passkey.name,
        }),
        account: visit.account.as_ref().map(|account| account.user_name.clone()),
        refusal: refusal.map(Refused::from),
    };
    visit.site.state().traces.keep(session.clone(), trace);
}

impl From<&Refusal> for Refused {
    fn from(refusal: &Refusal) -> Self {
        Self { cause: cause(refusal), reason: refusal.to_string() }
    }
}

/// The check that an explanation of the ceremony shows as failed.
fn cause(refusal: &Refusal) -> Cause {
    match refusal {
        Refusal::Malformed | Refusal::NotJson | Refusal::TooLarge => Cause::Check(CheckKind::Readable),
        Refusal::Ineligible(_) => Cause::Check(CheckKind::Eligible),
        Refusal::Challenge(_) | Refusal::OtherCeremony => Cause::Check(CheckKind::Waiting),
        Refusal::AlreadyRegistered => Cause::Check(CheckKind::NewToSite),
        Refusal::UnknownCredential => Cause::Check(CheckKind::Known),
        Refusal::Suspended(_) => Cause::Suspended,
        Refusal::SecondFactorOnly | Refusal::NotTaken => Cause::Check(CheckKind::SiteRule),
        Refusal::Invalid(error) => step_cause(error),
        Refusal::Forged(_) | Refusal::Store(_) => Cause::Unnamed,
    }
}

/// The step of the specification at which `webauthn-rs-core` and what stands around it stopped.
fn step_cause(error: &WebauthnError) -> Cause {
    let kind = match error {
        WebauthnError::InvalidClientDataType => CheckKind::Type,
        WebauthnError::MismatchedChallenge => CheckKind::Challenge,
        WebauthnError::InvalidRPOrigin => CheckKind::Origin,
        WebauthnError::CredentialCrossOrigin => CheckKind::CrossOrigin,
        WebauthnError::InvalidRPIDHash => CheckKind::RpIdHash,
        WebauthnError::UserNotPresent => CheckKind::UserPresent,
        WebauthnError::UserNotVerified => CheckKind::UserVerified,
        WebauthnError::CredentialMayNotBeHardwareBound => CheckKind::BackupConsistent,
        WebauthnError::CredentialBackupEligibilityInconsistent => CheckKind::BackupUnchanged,
        WebauthnError::COSEKeyInvalidType
        | WebauthnError::COSEKeyInvalidAlgorithm
        | WebauthnError::COSEKeyEDUnsupported
        | WebauthnError::SshPublicKeyEDUnsupported => CheckKind::Algorithm,
        WebauthnError::AttestationNotSupported
        | WebauthnError::AttestationStatementSigInvalid
        | WebauthnError::AttestationChainNotTrusted(_)
        | WebauthnError::AttestationNotVerifiable
        | WebauthnError::MissingAttestationCaList
        | WebauthnError::AttestationCertificateTrustStoreEmpty => CheckKind::Attestation,
        WebauthnError::ParseNOMFailure
        | WebauthnError::ParseInsufficientBytesAvailable
        | WebauthnError::ParseJSONFailure(_) => CheckKind::Readable,
        WebauthnError::CredentialNotFound => CheckKind::Known,
        WebauthnError::AuthenticationFailure | WebauthnError::SignatureInvalid => CheckKind::Signature,
        WebauthnError::CredentialPossibleCompromise => CheckKind::Counter,
        // Each of these two stands for two checks.
        WebauthnError::CredentialAlteredAlgFromRequest => return Cause::AlgorithmOrNewToSite,
        WebauthnError::MissingAttestationCredentialData => return Cause::ReadableOrAttestation,
        _ => return Cause::Unnamed,
    };
    Cause::Check(kind)
}
