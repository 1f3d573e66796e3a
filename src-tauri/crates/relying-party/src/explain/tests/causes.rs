//! Which check an explanation makes of a refusal.

use serde_json::json;
use webauthn_rs_core::error::WebauthnError;

use super::ceremony::{Scene, Tricks, edit, refused, unnamed};
use super::refusals::{SIGN_IN, check};
use crate::challenges::ChallengeError;
use crate::eligibility::Ineligible;
use crate::explain::{CeremonyKind, Trace};
use crate::records::Suspicion;
use crate::routes::Refusal;
use crate::store::StoreError;
use crate::visit::Forged;

/// What the trace alone cannot show, the server's refusal does: nothing else is wrong with these two ceremonies.
#[tokio::test]
async fn each_refusal_of_the_routes_is_shown_at_its_check() {
    let mut scene = Scene::new();
    let made = scene.register(false, Tricks::default()).await;
    let used = scene.sign_in(SIGN_IN, Tricks::default()).await;
    let both = |refusals: Vec<Refusal>, at_registration: &str, at_sign_in: &str| {
        for refusal in refusals {
            let refusal = Some(refused(refusal));
            check(&Trace { refusal: refusal.clone(), ..made.clone() }, at_registration);
            check(&Trace { refusal, ..used.clone() }, at_sign_in);
        }
    };
    let steps = |errors: Vec<WebauthnError>, at_registration: &str, at_sign_in: &str| {
        both(errors.into_iter().map(Refusal::from).collect(), at_registration, at_sign_in);
    };
    // Where the other kind of ceremony has no such check, "site-rule" stands for it.
    both(vec![Refusal::Malformed, Refusal::TooLarge], "readable", "readable");
    let eligibility = [
        Ineligible::NotSignedIn,
        Ineligible::NotConfirmed,
        Ineligible::CodeNotConfirmed,
        Ineligible::NoPasskeys,
        Ineligible::Policy,
        Ineligible::OnHold,
        Ineligible::EmailUnconfirmed,
        Ineligible::LimitReached { limit: 10 },
    ];
    both(eligibility.map(Refusal::from).into(), "eligible", "site-rule");
    let challenges = [ChallengeError::Missing, ChallengeError::Foreign, ChallengeError::Expired];
    both(challenges.map(Refusal::from).into(), "waiting", "waiting");
    both(vec![Refusal::OtherCeremony], "waiting", "waiting");
    both(vec![Refusal::AlreadyRegistered], "new-to-site", "site-rule");
    both(vec![Refusal::UnknownCredential], "site-rule", "known");
    // Suspended at an earlier sign-in.
    let suspicions = [Suspicion::CounterRegressed, Suspicion::BackupEligibilityChanged];
    both(suspicions.map(Refusal::Suspended).into(), "site-rule", "site-rule");
    both(vec![Refusal::SecondFactorOnly, Refusal::NotTaken], "site-rule", "site-rule");
    both(vec![Refusal::Forged(Forged), Refusal::Store(StoreError::Sealed)], "site-rule", "site-rule");
    use WebauthnError as E;
    steps(vec![E::InvalidClientDataType], "type", "type");
    steps(vec![E::MismatchedChallenge], "challenge", "challenge");
    steps(vec![E::InvalidRPOrigin], "origin", "origin");
    steps(vec![E::CredentialCrossOrigin], "cross-origin", "cross-origin");
    steps(vec![E::InvalidRPIDHash], "rp-id-hash", "rp-id-hash");
    steps(vec![E::UserNotPresent], "user-present", "user-present");
    steps(vec![E::UserNotVerified], "user-verified", "user-verified");
    steps(vec![E::CredentialMayNotBeHardwareBound], "backup-consistent", "backup-consistent");
    steps(vec![E::CredentialBackupEligibilityInconsistent], "site-rule", "backup-unchanged");
    let keys =
        [E::COSEKeyInvalidType, E::COSEKeyInvalidAlgorithm, E::COSEKeyEDUnsupported, E::SshPublicKeyEDUnsupported];
    steps(keys.into(), "algorithm", "site-rule");
    steps(vec![E::AttestationNotSupported, E::AttestationStatementSigInvalid], "attestation", "site-rule");
    steps(vec![E::ParseNOMFailure, E::ParseInsufficientBytesAvailable], "readable", "readable");
    steps(vec![E::CredentialNotFound], "site-rule", "known");
    steps(vec![E::AuthenticationFailure, E::SignatureInvalid], "site-rule", "signature");
    steps(vec![E::CredentialPossibleCompromise], "site-rule", "counter");
    steps(vec![E::CredentialAlteredAlgFromRequest], "new-to-site", "site-rule");
    steps(vec![E::MissingAttestationCredentialData], "readable", "readable");
    steps(vec![E::Configuration], "site-rule", "site-rule");
}

/// A refusal that names no check, or two, is shown at the one that does not hold.
#[tokio::test]
async fn what_the_refusal_leaves_open_is_decided_by_the_checks() {
    let mut scene = Scene::new();
    let made = scene.register(false, Tricks::default()).await;
    let mut named = scene.sign_in(CeremonyKind::SecondFactor, Tricks::default()).await;
    named.options["publicKey"]["allowCredentials"][0]["id"] = json!("AAAA");
    check(&Trace { refusal: Some(unnamed("?")), ..named }, "allowed");
    let mut unoffered = made.clone();
    unoffered.options["publicKey"]["pubKeyCredParams"] = json!([{ "type": "public-key", "alg": -257 }]);
    let altered = Some(refused(WebauthnError::CredentialAlteredAlgFromRequest));
    check(&Trace { refusal: altered.clone(), ..unoffered }, "algorithm");
    let mut doubled = made.clone();
    doubled.options["publicKey"]["excludeCredentials"] = json!([{ "type": "public-key", "id": made.answer["rawId"] }]);
    check(&Trace { refusal: altered, ..doubled }, "new-to-site");
    let mut stated = made;
    edit(&mut stated.answer, "attestationObject", |bytes| {
        let at = bytes.windows(9).position(|part| part == b"\x67attStmt\xa0").unwrap();
        // {"a": 0}
        bytes.splice(at + 8..at + 9, [0xa1, 0x61, b'a', 0x00]);
    });
    let missing = Some(refused(WebauthnError::MissingAttestationCredentialData));
    check(&Trace { refusal: missing, ..stated }, "attestation");
}
