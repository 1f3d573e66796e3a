//! Bridged ceremonies: the page's request goes through the client's rules to the authenticator; the answer waits until
//! the ledger knows of it.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rekey_authenticator::{AuthenticatorError, Home, StoreError, TpmError, UserVerification};
use rekey_browser::{
    CeremonyId, CeremonyKind, CeremonyReply, CeremonyRequest, ContextId, Driver, DriverError, FrameKind, Mediation,
    NativeCeremony, Seen,
};
use rekey_journey::{ActFailure, CeremonyFailure, CeremonyRef, Credential, EvidenceSource, Input, Purpose};
use rekey_origin::{RpId, Site};
use rekey_webauthn::{Caller, ClientError, CreateRequest, CredentialId, Frame, GetRequest};

use serde::Deserialize;
use tokio::time::Instant;

use super::{Circle, failed_look, left};
use crate::AppError;
use crate::controls::{Consent, ConsentRequest, Controls};

/// A call that waits, and what it will get.
pub(super) struct Pending {
    request: CeremonyRequest,
    reply: Option<CeremonyReply>,
    /// The exception that the client's rules prescribe, where they refused.
    exception: Option<&'static str>,
}

impl Pending {
    pub(super) fn asked(request: CeremonyRequest) -> Self {
        Self { request, reply: None, exception: None }
    }

    pub(super) fn into_reply(self) -> Option<CeremonyReply> {
        self.reply
    }

    /// The exception the page gets; only an excluded credential may be told apart.
    /// <https://www.w3.org/TR/webauthn-3/#sctn-make-credential-privacy>
    pub(super) fn refusal(&self, failure: CeremonyFailure) -> &'static str {
        match failure {
            CeremonyFailure::Excluded => "InvalidStateError",
            CeremonyFailure::VerificationNeeded
            | CeremonyFailure::Declined
            | CeremonyFailure::NotAskedFor
            | CeremonyFailure::Withdrawn
            | CeremonyFailure::PinBlocked
            | CeremonyFailure::AuthenticatorFull
            | CeremonyFailure::AuthenticatorGone
            | CeremonyFailure::Refused => self.exception.unwrap_or("NotAllowedError"),
        }
    }
}

impl Circle<'_, '_> {
    /// What there is to see next, but for what asks nobody anything: a conditional `get` waits until the person wants to
    /// sign in with a passkey, which is what a proof is; a conditional `create` is refused, a frame that has no business
    /// here is refused as well, and a signal is taken from whoever may speak for its RP ID.
    pub(super) async fn next(&mut self, context: ContextId, patience: Duration) -> Result<Seen, DriverError> {
        let until = Instant::now() + patience;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let (ceremony, reply) = match self.runner.driver.next(context, left).await? {
                Seen::Ceremony(asked) if self.is_strange_frame(&asked) => {
                    (asked.id, CeremonyReply::Refusal("NotAllowedError"))
                }
                Seen::Ceremony(asked) if asked.mediation == Mediation::Conditional => match asked.kind {
                    CeremonyKind::Get if self.purpose == Purpose::Proof => return Ok(Seen::Ceremony(asked)),
                    CeremonyKind::Get => continue,
                    CeremonyKind::Create => (asked.id, CeremonyReply::Refusal("NotAllowedError")),
                },
                Seen::Signal(signal) => match RpId::for_origin(&signal.origin, Some(&signal.rp_id)) {
                    Ok(_) => (signal.id, CeremonyReply::Taken),
                    Err(_) => (signal.id, CeremonyReply::Refusal("SecurityError")),
                },
                seen => return Ok(seen),
            };
            match self.runner.driver.answer(context, ceremony, reply).await {
                Ok(()) | Err(DriverError::Stale) => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Whether a call comes from a frame of another site, in another site, or without leave of the page that holds it. What
    /// such a frame does says nothing about the account's way.
    fn is_strange_frame(&self, asked: &CeremonyRequest) -> bool {
        let site = &self.runner.account.site;
        let strange = match &asked.standing.frame {
            FrameKind::Top => return false,
            FrameKind::SameOrigin => false,
            // A page of another site that holds this one could make the person believe that it is the account's.
            FrameKind::CrossOrigin { top } => !site.contains(top),
        };
        strange || !site.contains(&asked.origin) || !asked.standing.allowed_by_policy
    }

    pub(super) async fn create(&mut self, ceremony: CeremonyRef) -> Result<Input, AppError> {
        let Some(asked) = self.caller(ceremony).await else { return Ok(failed(ceremony, CeremonyFailure::Refused)) };
        let request = match CreateRequest::parse(&asked.0, &asked.1) {
            Ok(request) => request,
            Err(error) => return Ok(self.against_the_rules(ceremony, &error)),
        };
        let verification =
            match self.consent(ceremony, CeremonyKind::Create, request.rp_id.as_str(), request.timeout).await? {
                Ok(verification) => verification,
                Err(failure) => return Ok(failed(ceremony, failure)),
            };
        let Some(bridge) = self.runner.bridge.as_deref_mut() else {
            return Ok(failed(ceremony, CeremonyFailure::Refused));
        };
        let (waits, since) = (bridge.waits_for_person(), Instant::now());
        let (controls, driver) = (self.runner.controls, &*self.runner.driver);
        let given_up = given_up(controls, driver, self.context, ceremony, request.timeout);
        let made = unless(waits.then_some(given_up), bridge.make(&request, verification)).await;
        if waits && made.is_ok() {
            self.runner.deadline += since.elapsed();
        }
        let made = match made {
            Ok(Ok(made)) => made,
            Ok(Err(error)) => return self.authenticator_failed(ceremony, error),
            Err(failure) => return Ok(failed(ceremony, failure)),
        };
        let credential = Credential {
            id: made.credential_id.to_string(),
            rp_id: request.rp_id.to_string(),
            user_handle: URL_SAFE_NO_PAD.encode(&request.user.id),
            home: bridge.home().code().to_owned(),
            source: EvidenceSource::MadeByRekey,
        };
        self.keep_reply(ceremony, request.response(&made));
        Ok(Input::PasskeyMade { ceremony: Some(ceremony), credential })
    }

    pub(super) async fn assert(&mut self, ceremony: CeremonyRef, only: &str) -> Result<Input, AppError> {
        let Some(asked) = self.caller(ceremony).await else { return Ok(failed(ceremony, CeremonyFailure::Refused)) };
        let request = match GetRequest::parse(&asked.0, &asked.1) {
            Ok(request) => request,
            Err(error) => return Ok(self.against_the_rules(ceremony, &error)),
        };
        let Ok(only) = only.parse::<CredentialId>() else {
            return Ok(failed(ceremony, CeremonyFailure::Refused));
        };
        // Nobody is asked about a passkey that cannot answer here: pages call as soon as they load.
        let Some(bridge) = self.runner.bridge.as_deref_mut() else {
            return Ok(failed(ceremony, CeremonyFailure::Refused));
        };
        if !request.allows(&only) || bridge.cannot_answer(&request, &only).await {
            return Ok(failed(ceremony, CeremonyFailure::NotAskedFor));
        }
        let verification =
            match self.consent(ceremony, CeremonyKind::Get, request.rp_id.as_str(), request.timeout).await? {
                Ok(verification) => verification,
                Err(failure) => return Ok(failed(ceremony, failure)),
            };
        let Some(bridge) = self.runner.bridge.as_deref_mut() else {
            return Ok(failed(ceremony, CeremonyFailure::Refused));
        };
        let (waits, since) = (bridge.waits_for_person(), Instant::now());
        let (controls, driver) = (self.runner.controls, &*self.runner.driver);
        let given_up = given_up(controls, driver, self.context, ceremony, request.timeout);
        let made = unless(waits.then_some(given_up), bridge.sign(&request, &only, verification)).await;
        if waits && made.is_ok() {
            self.runner.deadline += since.elapsed();
        }
        let made = match made {
            Ok(Ok(made)) => made,
            Ok(Err(error)) => return self.authenticator_failed(ceremony, error),
            Err(failure) => return Ok(failed(ceremony, failure)),
        };
        self.keep_reply(ceremony, request.response(&made));
        Ok(Input::Asserted {
            ceremony: Some(ceremony),
            credential: made.credential_id.to_string(),
            user_handle: URL_SAFE_NO_PAD.encode(made.user_handle.unwrap_or_default()),
            user_verified: made.user_verified,
            source: EvidenceSource::MadeByRekey,
        })
    }

    /// A passkey that the site refused is of no use to anybody; failing to remove it harms nobody either.
    pub(super) async fn forget(&mut self, id: &str) {
        if let Ok(id) = id.parse::<CredentialId>()
            && let Some(bridge) = self.runner.bridge.as_deref_mut()
            && let Err(error) = bridge.forget(&id).await
        {
            tracing::warn!(%error, "a refused passkey could not be removed");
        }
    }

    /// Asks the person in the window, where there is one, and says what may be claimed of them now.
    async fn consent(
        &mut self,
        ceremony: CeremonyRef,
        kind: CeremonyKind,
        relying_party: &str,
        lifetime: Duration,
    ) -> Result<Result<UserVerification, CeremonyFailure>, AppError> {
        let Some(controls) = self.runner.controls else {
            return Ok(self.verify().await?.ok_or(CeremonyFailure::Refused));
        };
        let account = self.runner.account;
        let Some(context) = self.context else { return Ok(Err(CeremonyFailure::Withdrawn)) };
        let mut was_wrong = false;
        // lifetimeTimer: when it expires, the page is refused as if nobody were there.
        let over = Instant::now() + lifetime;
        loop {
            let Some(bridge) = self.runner.bridge.as_deref_mut() else { return Ok(Err(CeremonyFailure::Refused)) };
            let needs_passphrase = bridge.needs_passphrase(SystemTime::now());
            let request = ConsentRequest {
                account: account.clone(),
                kind,
                relying_party: relying_party.to_owned(),
                home: bridge.home().code(),
                needs_passphrase,
                was_wrong,
            };
            let since = Instant::now();
            let consent = tokio::select! {
                biased;
                // The account ends before anybody hears of this refusal.
                () = left(Some(controls)) => Some(Consent::Decline),
                () = tokio::time::sleep_until(over) => return Ok(Err(CeremonyFailure::VerificationNeeded)),
                // A passkey that no page waits for would be made for nobody.
                () = self.runner.driver.withdrawn(context, CeremonyId(ceremony.0)) => None,
                consent = controls.person.consents(request) => Some(consent),
            };
            // A person may take their time.
            self.runner.deadline += since.elapsed();
            let now = SystemTime::now();
            let Some(consent) = consent else { return Ok(Err(CeremonyFailure::Withdrawn)) };
            match consent {
                Consent::Decline => return Ok(Err(CeremonyFailure::Declined)),
                // It lapsed while they thought about it.
                Consent::Approve if !needs_passphrase && bridge.needs_passphrase(now) => {}
                Consent::Approve => return Ok(Ok(bridge.claim(&account.account, now))),
                Consent::ApproveWith(passphrase) => match bridge.present(&passphrase, &account.account, now) {
                    Ok(fact) => {
                        let verification = bridge.claim(&account.account, now);
                        self.append(fact.as_slice())?;
                        return Ok(Ok(verification));
                    }
                    Err(StoreError::WrongPassphrase) => was_wrong = true,
                    Err(error) => return Err(error.into()),
                },
            }
        }
    }

    /// What may be claimed of the person now, where Rekey makes the passkeys; a renewed verification is a fact of its
    /// own.
    async fn verify(&mut self) -> Result<Option<UserVerification>, AppError> {
        let account = self.runner.account.account;
        let Some(bridge) = self.runner.bridge.as_deref_mut() else { return Ok(None) };
        // Nobody may be there to present the passphrase again.
        let asked = tokio::time::timeout_at(self.runner.deadline, bridge.verification(&account)).await;
        let (verification, renewed) = asked.unwrap_or((UserVerification::NotVerified, None));
        self.append(renewed.as_slice())?;
        Ok(Some(verification))
    }

    async fn caller(&mut self, ceremony: CeremonyRef) -> Option<(Caller, String)> {
        let request = &self.pending.get(&ceremony)?.request;
        // The account's own site only: another page in the same window gets nothing made or signed.
        if !self.runner.account.site.contains(&request.origin) || self.is_strange_frame(request) {
            return None;
        }
        let standing = request.standing.clone();
        let frame = match standing.frame {
            FrameKind::Top => Frame::Top,
            FrameKind::SameOrigin => Frame::SameOrigin,
            FrameKind::CrossOrigin { top } => Frame::CrossOrigin { top },
        };
        let allowed_by_policy = standing.allowed_by_policy;
        let (consent, origin, options) = (self.runner.consent, request.origin.clone(), request.options.clone());
        let related = match allowed_by_policy {
            true => self.related.of(consent, &origin, &options).await,
            false => None,
        };
        let activated = standing.activated;
        Some((Caller { origin, frame, allowed_by_policy, activated, related }, options))
    }

    fn keep_reply(&mut self, ceremony: CeremonyRef, json: String) {
        if let Some(pending) = self.pending.get_mut(&ceremony) {
            pending.reply = Some(CeremonyReply::Credential(json));
        }
    }

    fn against_the_rules(&mut self, ceremony: CeremonyRef, error: &ClientError) -> Input {
        tracing::debug!(%error, "a page's request breaks the client's rules");
        if let Some(pending) = self.pending.get_mut(&ceremony) {
            pending.exception = Some(error.dom_exception());
        }
        failed(ceremony, CeremonyFailure::Refused)
    }

    fn authenticator_failed(&self, ceremony: CeremonyRef, error: AuthenticatorError) -> Result<Input, AppError> {
        tracing::debug!(%error, "the authenticator refused");
        Ok(match error {
            AuthenticatorError::Excluded => failed(ceremony, CeremonyFailure::Excluded),
            AuthenticatorError::NoCredential => failed(ceremony, CeremonyFailure::NotAskedFor),
            AuthenticatorError::UserVerificationRequired
            | AuthenticatorError::PinWrong { .. }
            | AuthenticatorError::PinNotSet => failed(ceremony, CeremonyFailure::VerificationNeeded),
            AuthenticatorError::Declined => failed(ceremony, CeremonyFailure::Declined),
            AuthenticatorError::PinPaused | AuthenticatorError::PinBlocked => {
                failed(ceremony, CeremonyFailure::PinBlocked)
            }
            AuthenticatorError::Full => failed(ceremony, CeremonyFailure::AuthenticatorFull),
            AuthenticatorError::NotFound
            | AuthenticatorError::Removed
            | AuthenticatorError::Timeout
            | AuthenticatorError::Transport(_) => failed(ceremony, CeremonyFailure::AuthenticatorGone),
            AuthenticatorError::Tpm(TpmError::LockedOut { .. }) => failed(ceremony, CeremonyFailure::PinBlocked),
            AuthenticatorError::Store(error) => return Err(error.into()),
            AuthenticatorError::Tpm(error) => return Err(error.into()),
            AuthenticatorError::Algorithm
            | AuthenticatorError::Key
            | AuthenticatorError::Status(_)
            | AuthenticatorError::Unsupported
            | AuthenticatorError::Windows(_)
            | AuthenticatorError::Unreadable => failed(ceremony, CeremonyFailure::Refused),
        })
    }
}

/// Resolves where nobody wants an answer any more: the person left the account, the page took its call back, or the time
/// that it gave is over.
async fn given_up(
    controls: Option<&Controls>,
    driver: &dyn Driver,
    context: Option<ContextId>,
    ceremony: CeremonyRef,
    lifetime: Duration,
) -> CeremonyFailure {
    let withdrawn = async {
        match context {
            Some(context) => driver.withdrawn(context, CeremonyId(ceremony.0)).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        biased;
        () = left(controls) => CeremonyFailure::Declined,
        () = withdrawn => CeremonyFailure::Withdrawn,
        () = tokio::time::sleep(lifetime) => CeremonyFailure::AuthenticatorGone,
    }
}

/// What an authenticator makes, unless it is given up before: what is dropped then blinks and asks no more. Where it cannot
/// be given up it is never broken off.
async fn unless<T>(
    given_up: Option<impl Future<Output = CeremonyFailure>>,
    making: impl Future<Output = T>,
) -> Result<T, CeremonyFailure> {
    let Some(given_up) = given_up else { return Ok(making.await) };
    tokio::select! {
        biased;
        made = making => Ok(made),
        failure = given_up => Err(failure),
    }
}

fn failed(ceremony: CeremonyRef, failure: CeremonyFailure) -> Input {
    Input::CeremonyFailed { ceremony, failure }
}

/// What a page got from the browser's own authenticators, in the page's words. Another site's page has no say.
pub(super) fn reported(native: NativeCeremony, site: &Site, simulated: bool) -> Input {
    let report = native.outcome.ok().and_then(|json| serde_json::from_str::<Reported>(&json).ok());
    let Some(report) = report.filter(|_| site.contains(&native.origin)) else {
        return failed_look(ActFailure::Stale);
    };
    let source = if simulated { EvidenceSource::Simulated } else { EvidenceSource::ReportedByPage };
    match native.kind {
        CeremonyKind::Create => Input::PasskeyMade {
            ceremony: None,
            credential: Credential {
                id: report.id,
                rp_id: native.origin.host().to_string(),
                // What a page gets of a new credential does not name the user.
                user_handle: String::new(),
                home: Home::BrowserProfile.code().to_owned(),
                source,
            },
        },
        CeremonyKind::Get => Input::Asserted {
            ceremony: None,
            credential: report.id,
            user_handle: report.response.user_handle.unwrap_or_default(),
            user_verified: false,
            source,
        },
    }
}

/// The members that matter of `RegistrationResponseJSON` and `AuthenticationResponseJSON`.
#[derive(Deserialize)]
struct Reported {
    id: String,
    response: ReportedResponse,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReportedResponse {
    #[serde(default)]
    user_handle: Option<String>,
}
