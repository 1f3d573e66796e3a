//! Which check a refusal comes from.

use webauthn_rs_core::error::WebauthnError;

use super::checks::{CheckKind, Finding};
use super::reading::Reading;
use crate::challenges::ChallengeError;
use crate::eligibility::Ineligible;

/// Whether the site trusts a passkey no more: found out just now, or at an earlier sign-in. Which of the two, the checks say
/// when they are done again.
pub(super) fn is_suspension(reason: &str) -> bool {
    reason.starts_with("the passkey is suspended")
}

/// The check at which the server stopped. A reason that is not known here is taken for the first check that does not hold
/// when it is done again; where all hold, for a rule of the site's own.
pub(super) fn failed_check(reading: &Reading, reason: &str) -> CheckKind {
    let fails = |kind: &CheckKind| matches!(reading.find(*kind), Finding::Fails { .. });
    let checks = CheckKind::of_server(reading.registration);
    named(reading, reason)
        .filter(|kind| checks.contains(kind))
        .or_else(|| checks.iter().copied().find(fails))
        .unwrap_or(CheckKind::SiteRule)
}

fn named(reading: &Reading, reason: &str) -> Option<CheckKind> {
    use WebauthnError as E;
    // One error stands for two: an algorithm that was not offered, and a credential that was to be left out.
    let altered = match reading.find(CheckKind::Algorithm) {
        Finding::Holds => CheckKind::NewToSite,
        _ => CheckKind::Algorithm,
    };
    // And one for data that cannot be read, and for a statement that should have been empty.
    let missing = match (reading.find(CheckKind::Readable), reading.find(CheckKind::Attestation)) {
        (Finding::Holds, Finding::Fails { .. }) => CheckKind::Attestation,
        _ => CheckKind::Readable,
    };
    let errors = [
        (E::InvalidClientDataType, CheckKind::Type),
        (E::MismatchedChallenge, CheckKind::Challenge),
        (E::InvalidRPOrigin, CheckKind::Origin),
        (E::CredentialCrossOrigin, CheckKind::CrossOrigin),
        (E::InvalidRPIDHash, CheckKind::RpIdHash),
        (E::UserNotPresent, CheckKind::UserPresent),
        (E::UserNotVerified, CheckKind::UserVerified),
        (E::CredentialMayNotBeHardwareBound, CheckKind::BackupConsistent),
        (E::CredentialBackupEligibilityInconsistent, CheckKind::BackupUnchanged),
        (E::CredentialAlteredAlgFromRequest, altered),
        (E::COSEKeyInvalidType, CheckKind::Algorithm),
        (E::COSEKeyInvalidAlgorithm, CheckKind::Algorithm),
        (E::COSEKeyEDUnsupported, CheckKind::Algorithm),
        (E::AttestationNotSupported, CheckKind::Attestation),
        (E::AttestationStatementSigInvalid, CheckKind::Attestation),
        (E::MissingAttestationCredentialData, missing),
        (E::ParseNOMFailure, CheckKind::Readable),
        (E::ParseInsufficientBytesAvailable, CheckKind::Readable),
        (E::CredentialNotFound, CheckKind::Known),
        (E::AuthenticationFailure, CheckKind::Signature),
        (E::SignatureInvalid, CheckKind::Signature),
        (E::CredentialPossibleCompromise, CheckKind::Counter),
    ];
    if let Some((_, kind)) = errors.iter().find(|(error, _)| error.to_string() == reason) {
        return Some(*kind);
    }
    let challenges = [ChallengeError::Missing, ChallengeError::Foreign, ChallengeError::Expired];
    if challenges.iter().any(|error| error.to_string() == reason) {
        return Some(CheckKind::Waiting);
    }
    let eligibility = [
        Ineligible::NotSignedIn,
        Ineligible::NotConfirmed,
        Ineligible::CodeNotConfirmed,
        Ineligible::NoPasskeys,
        Ineligible::Policy,
        Ineligible::OnHold,
        Ineligible::EmailUnconfirmed,
    ];
    if eligibility.iter().any(|error| error.to_string() == reason) || reason.starts_with("the account has its limit of")
    {
        return Some(CheckKind::Eligible);
    }
    // The routes' own reasons.
    match reason {
        "the challenge is for another ceremony or account" => Some(CheckKind::Waiting),
        "the request cannot be read" | "the request is too large" => Some(CheckKind::Readable),
        "the credential is registered already" => Some(CheckKind::NewToSite),
        "no account has this credential" => Some(CheckKind::Known),
        "the passkey is good only after the password" | "the site does not take this passkey" => {
            Some(CheckKind::SiteRule)
        }
        _ => None,
    }
}
