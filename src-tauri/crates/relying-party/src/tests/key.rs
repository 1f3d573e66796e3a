//! A software authenticator with room for one passkey, behind a WebAuthn client.

use passkey_authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod};
use passkey_client::{Client, DefaultClientData, WebauthnError};
use passkey_crypto::AvailableBackend;
use passkey_types::Passkey;
use passkey_types::ctap2::{Aaguid, Ctap2Error};
use serde_json::Value;
use url::Url;

/// Whoever is asked. Says no where there is nothing to say yes to.
#[derive(Clone, Copy)]
pub(crate) struct Person {
    pub(crate) verified: bool,
}

#[async_trait::async_trait]
impl UserValidationMethod for Person {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        hint: UiHint<'a, Passkey>,
        presence: bool,
        _verification: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        match hint {
            UiHint::InformExcludedCredentialFound(_) => Err(Ctap2Error::CredentialExcluded),
            UiHint::InformNoCredentialsFound => Err(Ctap2Error::NoCredentials),
            _ => Ok(UserCheck { presence, verification: self.verified }),
        }
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(true)
    }
}

pub(super) struct Key {
    person: Person,
    passkey: Option<Passkey>,
}

impl Key {
    pub(super) fn new() -> Self {
        Self { person: Person { verified: true }, passkey: None }
    }

    /// One that does not check who is there.
    pub(super) fn unverified() -> Self {
        Self { person: Person { verified: false }, passkey: None }
    }

    fn authenticator(&self) -> Authenticator<Option<Passkey>, Person, AvailableBackend> {
        Authenticator::new(Aaguid::new_empty(), self.passkey.clone(), self.person, AvailableBackend)
    }

    pub(super) async fn create(&mut self, origin: &str, options: Value) -> Result<Value, WebauthnError> {
        let origin = Url::parse(origin).unwrap();
        let options = serde_json::from_value(options).unwrap();
        let mut client = Client::new(self.authenticator()).allows_insecure_localhost(true);
        let credential = client.register(&origin, options, DefaultClientData).await?;
        self.passkey = client.authenticator().store().clone();
        Ok(serde_json::to_value(credential).unwrap())
    }

    pub(super) async fn get(&mut self, origin: &str, options: Value) -> Result<Value, WebauthnError> {
        let origin = Url::parse(origin).unwrap();
        let options = serde_json::from_value(options).unwrap();
        let mut client = Client::new(self.authenticator()).allows_insecure_localhost(true);
        let assertion = client.authenticate(&origin, options, DefaultClientData).await?;
        Ok(serde_json::to_value(assertion).unwrap())
    }
}
