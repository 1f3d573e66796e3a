use async_trait::async_trait;
use rekey_webauthn::{
    AssertionMade, AuthenticatorAttachment, AuthenticatorTransport, CreateRequest, CredentialId, GetRequest,
    MadeCredential,
};
use uuid::Uuid;

use crate::{AuthenticatorError, Home, Interaction, UserVerification};

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

/// A passkey that an authenticator holds, without its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPasskey {
    /// Its id.
    pub credential_id: CredentialId,
    /// What it is bound to.
    pub rp_id: String,
    /// The account's name as the site gave it; empty where the authenticator keeps none.
    pub user_name: String,
}

/// Makes credentials and signs with them.
///
/// A request was checked by the client (`rekey-webauthn`) before it gets here: its RP ID belongs to the caller. A future
/// that is dropped cancels what it was doing: no prompt stays, no key goes on blinking.
#[async_trait]
pub trait Authenticator: Send {
    /// What this authenticator is.
    fn info(&self) -> AuthenticatorInfo;

    /// Whether it holds a passkey that may answer this request: with `only`, that one. `None` where that cannot be told
    /// without the person, as with a security key that is not plugged in.
    async fn may_answer(&mut self, request: &GetRequest, only: Option<&CredentialId>) -> Option<bool>;

    /// Makes a credential, and returns when it is safely kept.
    ///
    /// # Errors
    /// See [`AuthenticatorError`]; nothing was made then.
    async fn make_credential(
        &mut self,
        request: &CreateRequest,
        verification: UserVerification,
        person: &dyn Interaction,
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
        person: &dyn Interaction,
    ) -> Result<AssertionMade, AuthenticatorError>;

    /// The passkeys that can be found without their ids, the oldest first where that is known.
    ///
    /// # Errors
    /// [`AuthenticatorError::Unsupported`] where it cannot list them.
    async fn passkeys(&mut self, person: &dyn Interaction) -> Result<Vec<HeldPasskey>, AuthenticatorError>;

    /// Sets a credential aside that the site did not accept after all: it answers no more. It is not destroyed where the
    /// authenticator can keep it, since the site may hold it all the same.
    ///
    /// # Errors
    /// [`AuthenticatorError::NoCredential`] where there is none of this id, [`AuthenticatorError::Unsupported`] where it
    /// cannot be taken away.
    async fn forget(&mut self, id: &CredentialId, person: &dyn Interaction) -> Result<(), AuthenticatorError>;
}
