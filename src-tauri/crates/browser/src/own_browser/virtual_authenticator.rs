//! Tests only: a virtual authenticator in each context, which knows the passkeys made in every context before it, as a
//! platform authenticator would.
//!
//! <https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/>

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use super::OwnBrowser;
use crate::{ContextId, DriverError};

/// A virtual authenticator answers a field's suggestions at once, where a person would have to pick one. So pages are told
/// that there are none.
/// <https://www.w3.org/TR/webauthn-3/#dom-publickeycredential-isconditionalmediationavailable>
const NO_SUGGESTIONS: &str = "PublicKeyCredential.isConditionalMediationAvailable = async () => false;";

/// What the virtual authenticators of one browser hold.
#[derive(Default)]
pub(super) struct Virtual {
    /// The authenticator of each open context, with the session it belongs to.
    open: Vec<(ContextId, String, String)>,
    /// Passkeys of contexts that were closed.
    kept: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Added {
    authenticator_id: String,
}

#[derive(Deserialize)]
struct Credentials {
    credentials: Vec<serde_json::Value>,
}

impl OwnBrowser {
    /// Gives a fresh context its authenticator.
    pub(super) async fn add_virtual_authenticator(&mut self, context: ContextId) -> Result<(), DriverError> {
        let Some(known) = &self.virtual_authenticators else { return Ok(()) };
        let session = self.shared.state().page(context)?.0.clone();
        let on = Some(session.as_str());
        let mut credentials = known.kept.clone();
        for (_, session, authenticator) in &known.open {
            credentials.extend(self.virtual_credentials(session, authenticator).await?);
        }
        self.connection.call::<IgnoredAny>(on, "WebAuthn.enable", &json!({"enableUI": false})).await?;
        let script = json!({"source": NO_SUGGESTIONS});
        self.connection.call::<IgnoredAny>(on, "Page.addScriptToEvaluateOnNewDocument", &script).await?;
        let options = json!({"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true, "automaticPresenceSimulation": true,
        }});
        let added: Added = self.connection.call(on, "WebAuthn.addVirtualAuthenticator", &options).await?;
        for credential in credentials {
            let params = json!({"authenticatorId": added.authenticator_id, "credential": credential});
            self.connection.call::<IgnoredAny>(on, "WebAuthn.addCredential", &params).await?;
        }
        if let Some(known) = &mut self.virtual_authenticators {
            known.open.push((context, session, added.authenticator_id));
        }
        Ok(())
    }

    /// Keeps the passkeys of a context that is about to be closed.
    pub(super) async fn keep_virtual_credentials(&mut self, context: ContextId) -> Result<(), DriverError> {
        let Some(known) = &mut self.virtual_authenticators else { return Ok(()) };
        let Some(at) = known.open.iter().position(|(of, _, _)| *of == context) else { return Ok(()) };
        let (_, session, authenticator) = known.open.remove(at);
        let credentials = self.virtual_credentials(&session, &authenticator).await?;
        if let Some(known) = &mut self.virtual_authenticators {
            // As they are now: a passkey that was used has another counter.
            let id = |credential: &serde_json::Value| credential.get("credentialId").cloned();
            known.kept.retain(|old| !credentials.iter().any(|new| id(new) == id(old)));
            known.kept.extend(credentials);
        }
        Ok(())
    }

    async fn virtual_credentials(
        &self,
        session: &str,
        authenticator: &str,
    ) -> Result<Vec<serde_json::Value>, DriverError> {
        let params = json!({"authenticatorId": authenticator});
        let reply: Credentials = self.connection.call(Some(session), "WebAuthn.getCredentials", &params).await?;
        Ok(reply.credentials)
    }
}
