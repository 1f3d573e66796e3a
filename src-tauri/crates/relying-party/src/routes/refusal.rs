//! Why a request of a page's script was refused, and what the script is told.

use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use webauthn_rs_core::error::WebauthnError;

use crate::ceremonies::CeremonyError;
use crate::challenges::ChallengeError;
use crate::eligibility::Ineligible;
use crate::records::{AuditEvent, Suspicion};
use crate::store::{AccountId, StoreError};
use crate::visit::{Answer, Forged, Visit};

/// What a script sent, or why it cannot be read.
pub(super) type Received = Result<axum::Json<Value>, JsonRejection>;

/// Why a ceremony ended without success. Its text is for the audit trail.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    #[error(transparent)]
    Forged(#[from] Forged),
    #[error("the request cannot be read")]
    Malformed,
    #[error("the request does not say that it is JSON")]
    NotJson,
    #[error("the request is too large")]
    TooLarge,
    #[error(transparent)]
    Ineligible(#[from] Ineligible),
    #[error(transparent)]
    Challenge(#[from] ChallengeError),
    #[error("the challenge is for another ceremony or account")]
    OtherCeremony,
    #[error("the credential is registered already")]
    AlreadyRegistered,
    #[error("no account has this credential")]
    UnknownCredential,
    #[error("the passkey is suspended: {0}")]
    Suspended(Suspicion),
    #[error("the passkey is good only after the password")]
    SecondFactorOnly,
    #[error("the site does not take this passkey")]
    NotTaken,
    #[error("{0}")]
    Invalid(#[from] WebauthnError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<CeremonyError> for Refusal {
    fn from(error: CeremonyError) -> Self {
        match error {
            CeremonyError::Step(error) => Self::Invalid(error),
            CeremonyError::Suspicious(suspicion) => Self::Suspended(suspicion),
        }
    }
}

/// Reads what a script sent.
pub(super) fn read<T: DeserializeOwned>(received: Received) -> Result<(T, Value), Refusal> {
    match received {
        Ok(axum::Json(value)) => {
            let typed = serde_json::from_value(value.clone()).map_err(|_| Refusal::Malformed)?;
            Ok((typed, value))
        }
        Err(rejection) => Err(match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Refusal::NotJson,
            _ => Refusal::Malformed,
        }),
    }
}

impl Refusal {
    /// A word for programs.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Forged(_) => "form_expired",
            Self::Malformed => "malformed",
            Self::NotJson => "not_json",
            Self::TooLarge => "too_large",
            Self::Ineligible(Ineligible::NotSignedIn) => "not_signed_in",
            Self::Ineligible(Ineligible::NotConfirmed) => "not_confirmed",
            Self::Ineligible(Ineligible::CodeNotConfirmed) => "code_not_confirmed",
            Self::Ineligible(Ineligible::NoPasskeys) => "no_passkeys",
            Self::Ineligible(Ineligible::Policy) => "policy",
            Self::Ineligible(Ineligible::OnHold) => "on_hold",
            Self::Ineligible(Ineligible::EmailUnconfirmed) => "email_unconfirmed",
            Self::Ineligible(Ineligible::LimitReached { .. }) => "limit_reached",
            Self::Challenge(ChallengeError::Missing) => "challenge_missing",
            Self::Challenge(ChallengeError::Foreign) => "challenge_foreign",
            Self::Challenge(ChallengeError::Expired) => "challenge_expired",
            Self::OtherCeremony => "other_ceremony",
            Self::AlreadyRegistered => "already_registered",
            Self::UnknownCredential => "unknown_credential",
            Self::Suspended(Suspicion::CounterRegressed) => "counter_regressed",
            Self::Suspended(Suspicion::BackupEligibilityChanged) => "backup_eligibility_changed",
            Self::SecondFactorOnly => "second_factor_only",
            Self::NotTaken => "not_taken",
            Self::Invalid(error) => step_code(error),
            Self::Store(_) => "storage_failed",
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed | Self::Challenge(_) | Self::OtherCeremony => StatusCode::BAD_REQUEST,
            Self::Ineligible(Ineligible::NoPasskeys) => StatusCode::NOT_FOUND,
            Self::AlreadyRegistered | Self::Ineligible(Ineligible::LimitReached { .. }) => StatusCode::CONFLICT,
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::FORBIDDEN,
        }
    }

    /// What the person reads. `otherwise` stands for all that only a broken or hostile client gets to see.
    pub(super) fn words(&self, visit: &Visit, otherwise: &'static str) -> String {
        let t = visit.texts;
        match self {
            Self::Forged(_) => t.form_expired.to_owned(),
            Self::Ineligible(why) => why.words(t),
            Self::Challenge(_) | Self::OtherCeremony => t.challenge_gone.to_owned(),
            Self::AlreadyRegistered => t.ceremony_excluded.to_owned(),
            Self::SecondFactorOnly => t.second_factor_only.to_owned(),
            _ => otherwise.to_owned(),
        }
    }

    /// Writes the line of audit, and answers the script. `orphan` says that the browser has a passkey now that the site
    /// does not know, so that its script can tell the password manager.
    pub(super) fn answer(
        self,
        visit: &Visit,
        account: Option<AccountId>,
        event: impl FnOnce(String) -> AuditEvent,
        otherwise: &'static str,
        orphan: bool,
    ) -> Answer {
        if let Self::Store(error) = self {
            return Err(error.into());
        }
        let reason = self.to_string();
        let now = visit.site.now();
        {
            let state = visit.site.state();
            match account {
                Some(account) => state.store.note(account, now, &event(reason))?,
                None => state.store.note_of_nobody(now, &AuditEvent::RequestRefused { reason })?,
            }
        }
        let mut body = json!({ "message": self.words(visit, otherwise), "code": self.code() });
        if orphan && let Some(body) = body.as_object_mut() {
            body.insert("unknownCredential".to_owned(), true.into());
        }
        Ok(visit.json(self.status(), &body))
    }
}

/// The steps that a test or a developer wants to tell apart.
fn step_code(error: &WebauthnError) -> &'static str {
    match error {
        WebauthnError::InvalidClientDataType => "type_mismatch",
        WebauthnError::MismatchedChallenge => "challenge_mismatch",
        WebauthnError::InvalidRPOrigin => "origin_mismatch",
        WebauthnError::CredentialCrossOrigin => "cross_origin",
        WebauthnError::InvalidRPIDHash => "rp_id_mismatch",
        WebauthnError::UserNotPresent => "user_not_present",
        WebauthnError::UserNotVerified => "user_not_verified",
        WebauthnError::AuthenticationFailure | WebauthnError::SignatureInvalid => "signature_wrong",
        WebauthnError::CredentialPersistenceError => "credential_id_too_long",
        WebauthnError::CredentialNotFound => "credential_id_mismatch",
        WebauthnError::COSEKeyInvalidType => "key_not_taken",
        WebauthnError::CredentialAlteredAlgFromRequest => "algorithm_not_asked",
        WebauthnError::AttestationChainNotTrusted(_)
        | WebauthnError::AttestationNotVerifiable
        | WebauthnError::AttestationNotSupported
        | WebauthnError::AttestationStatementSigInvalid
        | WebauthnError::MissingAttestationCaList
        | WebauthnError::AttestationCertificateTrustStoreEmpty => "attestation_not_trusted",
        _ => "invalid",
    }
}
