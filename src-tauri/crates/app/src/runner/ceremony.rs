//! Bridged ceremonies: the page's request goes through the client's rules to the authenticator; the answer waits until
//! the ledger knows of it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rekey_authenticator::{Authenticator as _, AuthenticatorError, Home, UserVerification};
use rekey_browser::{CeremonyKind, CeremonyReply, CeremonyRequest, NativeCeremony};
use rekey_journey::{CeremonyFailure, CeremonyRef, Credential, EvidenceSource, Input};
use rekey_webauthn::{Caller, ClientError, CreateRequest, CredentialId, GetRequest};

use super::Circle;
use crate::AppError;

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
            CeremonyFailure::VerificationNeeded | CeremonyFailure::Refused => {
                self.exception.unwrap_or("NotAllowedError")
            }
        }
    }
}

impl Circle<'_, '_> {
    pub(super) async fn create(&mut self, ceremony: CeremonyRef) -> Result<Input, AppError> {
        let Some(asked) = self.caller(ceremony) else { return Ok(failed(ceremony, CeremonyFailure::Refused)) };
        let request = match CreateRequest::parse(&asked.0, &asked.1) {
            Ok(request) => request,
            Err(error) => return Ok(self.against_the_rules(ceremony, &error)),
        };
        let Some(verification) = self.verify()? else { return Ok(failed(ceremony, CeremonyFailure::Refused)) };
        let Some(bridge) = self.runner.bridge.as_deref_mut() else {
            return Ok(failed(ceremony, CeremonyFailure::Refused));
        };
        let made = match bridge.store.make_credential(&request, verification).await {
            Ok(made) => made,
            Err(error) => return self.authenticator_failed(ceremony, error),
        };
        let credential = Credential {
            id: made.credential_id.to_string(),
            rp_id: request.rp_id.to_string(),
            user_handle: URL_SAFE_NO_PAD.encode(&request.user.id),
            home: bridge.store.info().home.code().to_owned(),
            source: EvidenceSource::MadeByRekey,
        };
        self.keep_reply(ceremony, request.response(&made));
        Ok(Input::PasskeyMade { ceremony: Some(ceremony), credential })
    }

    pub(super) async fn assert(&mut self, ceremony: CeremonyRef, only: &str) -> Result<Input, AppError> {
        let Some(asked) = self.caller(ceremony) else { return Ok(failed(ceremony, CeremonyFailure::Refused)) };
        let request = match GetRequest::parse(&asked.0, &asked.1) {
            Ok(request) => request,
            Err(error) => return Ok(self.against_the_rules(ceremony, &error)),
        };
        let Ok(only) = only.parse::<CredentialId>() else {
            return Ok(failed(ceremony, CeremonyFailure::Refused));
        };
        let Some(verification) = self.verify()? else { return Ok(failed(ceremony, CeremonyFailure::Refused)) };
        let Some(bridge) = self.runner.bridge.as_deref_mut() else {
            return Ok(failed(ceremony, CeremonyFailure::Refused));
        };
        let made = match bridge.store.get_assertion(&request, Some(&only), verification).await {
            Ok(made) => made,
            Err(error) => return self.authenticator_failed(ceremony, error),
        };
        self.keep_reply(ceremony, request.response(&made));
        Ok(Input::Asserted {
            ceremony: Some(ceremony),
            credential: made.credential_id.to_string(),
            user_handle: URL_SAFE_NO_PAD.encode(made.user_handle.unwrap_or_default()),
            user_verified: made.user_verified,
        })
    }

    /// A passkey that the site refused is of no use to anybody; failing to remove it harms nobody either.
    pub(super) async fn forget(&mut self, id: &str) {
        if let Ok(id) = id.parse::<CredentialId>()
            && let Some(bridge) = self.runner.bridge.as_deref_mut()
            && let Err(error) = bridge.store.forget(&id).await
        {
            tracing::warn!(%error, "a refused passkey could not be removed");
        }
    }

    /// What may be claimed of the person now, where Rekey makes the passkeys; a renewed verification is a fact of its
    /// own.
    fn verify(&mut self) -> Result<Option<UserVerification>, AppError> {
        let account = self.runner.account.account;
        let Some(bridge) = self.runner.bridge.as_deref_mut() else { return Ok(None) };
        let (verification, renewed) = bridge.verification(&account);
        self.append(renewed.as_slice())?;
        Ok(Some(verification))
    }

    fn caller(&self, ceremony: CeremonyRef) -> Option<(Caller, String)> {
        let request = &self.pending.get(&ceremony)?.request;
        // The account's own site only: another page in the same window gets nothing made or signed.
        if !self.runner.account.site.contains(&request.origin) {
            return None;
        }
        let caller = Caller { origin: request.origin.clone(), top_level: request.top_level };
        Some((caller, request.options.clone()))
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
            AuthenticatorError::UserVerificationRequired => failed(ceremony, CeremonyFailure::VerificationNeeded),
            AuthenticatorError::Store(error) => return Err(error.into()),
            _ => failed(ceremony, CeremonyFailure::Refused),
        })
    }
}

fn failed(ceremony: CeremonyRef, failure: CeremonyFailure) -> Input {
    Input::CeremonyFailed { ceremony, failure }
}

/// What a page got from the browser's own authenticators, in the page's words.
pub(super) fn reported(native: NativeCeremony, simulated: bool) -> Input {
    let parsed = native.outcome.ok().and_then(|json| serde_json::from_str::<serde_json::Value>(&json).ok());
    let text = |value: Option<&serde_json::Value>| value.and_then(|v| v.as_str()).unwrap_or_default().to_owned();
    let Some(credential) = parsed else { return Input::ActFailed(rekey_journey::ActFailure::Stale) };
    let id = text(credential.get("id"));
    match native.kind {
        CeremonyKind::Create => Input::PasskeyMade {
            ceremony: None,
            credential: Credential {
                id,
                rp_id: native.origin.host().to_string(),
                user_handle: String::new(),
                home: Home::BrowserProfile.code().to_owned(),
                source: if simulated { EvidenceSource::Simulated } else { EvidenceSource::ReportedByPage },
            },
        },
        CeremonyKind::Get => {
            Input::Asserted { ceremony: None, credential: id, user_handle: String::new(), user_verified: false }
        }
    }
}
