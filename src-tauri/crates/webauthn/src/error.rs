use rekey_origin::RpIdError;

/// Why a ceremony did not reach an authenticator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// The options are longer than [`MAX_OPTIONS`](crate::MAX_OPTIONS).
    #[error("the page's options are too long")]
    TooLong,
    /// The options are no JSON object.
    #[error("the page's options are no JSON object")]
    NotAnObject,
    /// A member that must be there is missing, or one has a value of the wrong type.
    #[error("the member {0} of the page's options is missing or has the wrong type")]
    Member(&'static str),
    /// A list is longer than [`MAX_LIST`](crate::MAX_LIST).
    #[error("the list {0} of the page's options is too long")]
    TooMany(&'static str),
    /// The user handle is empty or longer than 64 bytes.
    #[error("the user handle is not 1 to 64 bytes long")]
    UserHandle,
    /// The document's permissions policy does not allow the ceremony.
    #[error("the page that holds this one does not let it use passkeys")]
    Policy,
    /// A page inside another's, of another origin, wants to make a passkey without the person having done anything in it.
    #[error("a page inside another one asked for a passkey without the person's doing")]
    NotActivated,
    /// An extension is asked for in a way that its definition rules out.
    #[error("the extension {0} cannot be asked for like this")]
    Extension(&'static str),
    /// `evalByCredential` of the extension `prf` names a credential that the page does not allow.
    #[error("the extension prf names a credential that is not allowed")]
    PrfKey,
    /// The caller may not use the relying party identifier it asked for.
    #[error(transparent)]
    RpId(#[from] RpIdError),
    /// The page lists algorithms, but none for a public key credential.
    #[error("the page accepts no type of credential that exists")]
    NoCredentialType,
    /// The page lists algorithms, but none that any authenticator is known to have.
    #[error("the page accepts no algorithm that is known")]
    NoAlgorithm,
    /// The page names credentials, but none of a type that exists.
    #[error("the page allows no credential of a type that exists")]
    NothingAllowed,
}

impl ClientError {
    /// The exception that the page gets; it tells no more than the specification allows.
    ///
    /// <https://www.w3.org/TR/webauthn-3/#sctn-createCredential>, <https://www.w3.org/TR/webauthn-3/#sctn-getAssertion>,
    /// and the steps named in [`CreateRequest::parse`] and [`GetRequest::parse`].
    ///
    /// [`CreateRequest::parse`]: crate::CreateRequest::parse
    /// [`GetRequest::parse`]: crate::GetRequest::parse
    pub fn dom_exception(&self) -> &'static str {
        match self {
            Self::TooLong | Self::NotAnObject | Self::Member(_) | Self::UserHandle => "TypeError",
            Self::TooMany(_) | Self::NoCredentialType | Self::NoAlgorithm | Self::Extension(_) => "NotSupportedError",
            Self::PrfKey => "SyntaxError",
            Self::Policy | Self::NotActivated | Self::NothingAllowed => "NotAllowedError",
            Self::RpId(_) => "SecurityError",
        }
    }
}
