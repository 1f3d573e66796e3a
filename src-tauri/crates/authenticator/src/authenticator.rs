use async_trait::async_trait;
use rekey_webauthn::{
    AssertionMade, AuthenticatorAttachment, AuthenticatorTransport, CreateRequest, CredentialId, GetRequest,
    MadeCredential,
};
use uuid::Uuid;

use crate::{AuthenticatorError, Home, UserVerification};

/// What an authenticator is, for the ledger, `doctor` and the guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthenticatorInfo {
    /// Where its passkeys live.
    pub home: Home,
    /// Its model, <https://www.w3.org/TR/webauthn-3/#aaguid>; `None` where it is not known before a credential is made.
    pub aaguid: Option<Uuid>,
    /// Where it is.
    pub attachment: AuthenticatorAttachment,
    /// How it is reached.
    pub transports: Vec<AuthenticatorTransport>,
    /// Whether it verifies the person itself (PIN, fingerprint); then the `verification` it is given is ignored.
    pub verifies_itself: bool,
}

/// Makes credentials and signs with them.
///
/// A request was checked by the client (`rekey-webauthn`) before it gets here: its RP ID belongs to the caller.
#[async_trait]
pub trait Authenticator: Send {
    /// What this authenticator is.
    fn info(&self) -> AuthenticatorInfo;

    /// Makes a credential, and returns when it is safely kept.
    ///
    /// # Errors
    /// See [`AuthenticatorError`]; nothing was made then.
    async fn make_credential(
        &mut self,
        request: &CreateRequest,
        verification: UserVerification,
    ) -> Result<MadeCredential, AuthenticatorError>;

    /// Signs with a credential of the request's RP ID. With `only`, with that credential or not at all, even where
    /// others match.
    ///
    /// # Errors
    /// See [`AuthenticatorError`].
    async fn get_assertion(
        &mut self,
        request: &GetRequest,
        only: Option<&CredentialId>,
        verification: UserVerification,
    ) -> Result<AssertionMade, AuthenticatorError>;

    /// Sets a credential aside that the site did not accept after all: it answers no more. It is not destroyed where the
    /// authenticator can keep it, since the site may hold it all the same.
    ///
    /// # Errors
    /// [`AuthenticatorError::NoCredential`] where there is none of this id.
    async fn forget(&mut self, id: &CredentialId) -> Result<(), AuthenticatorError>;
}
