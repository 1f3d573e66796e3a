use std::time::Duration;

use passkey_types::webauthn::{AuthenticatorAttachment, UserVerificationRequirement};
use rekey_origin::RpId;
use serde::Serialize;

use crate::create::to_json;
use crate::credential::{PUBLIC_KEY, base64url};
use crate::dictionary::{self, Dictionary};
use crate::extensions::GetResults;
use crate::{
    AssertionMade, Caller, ClientData, ClientError, CredentialDescriptor, CredentialId, GetExtensions, Hint,
    ceremony_timeout,
};

/// `navigator.credentials.get()` of a page, checked and ready for an authenticator.
///
/// <https://www.w3.org/TR/webauthn-3/#sctn-getAssertion>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GetRequest {
    /// What the credential is bound to.
    pub rp_id: RpId,
    /// The origin of the calling page, for the person to see.
    pub origin: rekey_origin::Origin,
    /// Credentials that may answer; empty where any discoverable one may.
    pub allow: Vec<CredentialDescriptor>,
    /// Whether the person shall be verified.
    pub user_verification: UserVerificationRequirement,
    /// Kinds of authenticator that the site expects people to use, the most wanted first.
    pub hints: Vec<Hint>,
    /// How long the ceremony may take: 300 to 600 seconds.
    pub timeout: Duration,
    /// The extensions it asked for.
    pub extensions: GetExtensions,
    /// The client data.
    pub client_data: ClientData,
}

impl GetRequest {
    /// Reads the `publicKey` member of a page's options in its JSON form
    /// (`PublicKeyCredentialRequestOptionsJSON`).
    ///
    /// # Errors
    /// See [`ClientError`]; [`ClientError::dom_exception`] is what the page gets.
    pub fn parse(caller: &Caller, options_json: &str) -> Result<Self, ClientError> {
        let members = dictionary::parse(options_json)?;
        let options = Dictionary::new(&members);
        // Web IDL: the required member.
        let challenge = options.bytes("challenge")?;
        caller.must_be_allowed()?;

        // lifetimeTimer: the page's wish corrected into a reasonable range, or the default.
        let timeout = ceremony_timeout(options.milliseconds("timeout"));

        // callerOrigin is opaque: NotAllowedError; opaque origins are not representable here.
        // effectiveDomain is not a valid domain, or pkOptions.rpId neither equals it nor is a registrable domain suffix of
        // it: SecurityError. Without pkOptions.rpId it is effectiveDomain.
        let rp_id = caller.relying_party(options.string("rpId")?.as_deref())?;

        // collectedClientData, clientDataJSON and clientDataHash.
        let client_data = ClientData::new("webauthn.get", &challenge, caller);

        // "Issuing a credential request to an authenticator": if allowCredentials is not empty, only descriptors of known
        // types are eligible. A list of nothing but unknown types must not turn into an empty one, which would allow every
        // credential.
        let (allow, named) = options.descriptors("allowCredentials")?;
        if named && allow.is_empty() {
            return Err(ClientError::NothingAllowed);
        }

        let extensions = GetExtensions::read(options.dictionary("extensions")?, &allow)?;

        Ok(Self {
            rp_id,
            origin: caller.origin.clone(),
            allow,
            user_verification: options.known("userVerification").unwrap_or_default(),
            hints: options.known_list("hints"),
            timeout,
            extensions,
            client_data,
        })
    }

    /// Whether the site lets this credential answer.
    pub fn allows(&self, id: &CredentialId) -> bool {
        self.allow.is_empty() || self.allow.iter().any(|d| d.id == *id)
    }

    /// Whether an assertion without verifying the person is of no use to the site.
    pub fn requires_user_verification(&self) -> bool {
        self.user_verification == UserVerificationRequirement::Required
    }

    /// The assertion as the page gets it: an `AuthenticationResponseJSON`.
    ///
    /// <https://www.w3.org/TR/webauthn-3/#dictdef-authenticationresponsejson>
    pub fn response(&self, made: &AssertionMade) -> String {
        let id = made.credential_id.to_string();
        to_json(&AuthenticationResponseJson {
            raw_id: id.clone(),
            id,
            response: AssertionResponseJson {
                client_data_json: base64url(self.client_data.json()),
                authenticator_data: base64url(&made.authenticator_data),
                signature: base64url(&made.signature),
                user_handle: made.user_handle.as_deref().map(base64url),
            },
            authenticator_attachment: made.attachment,
            client_extension_results: self.extensions.results(&made.extensions),
            kind: PUBLIC_KEY,
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AuthenticationResponseJson {
    id: String,
    raw_id: String,
    response: AssertionResponseJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    authenticator_attachment: Option<AuthenticatorAttachment>,
    client_extension_results: GetResults,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AssertionResponseJson {
    #[serde(rename = "clientDataJSON")]
    client_data_json: String,
    authenticator_data: String,
    signature: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_handle: Option<String>,
}
