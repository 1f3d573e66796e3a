use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use passkey_types::webauthn::{AuthenticatorAttachment, AuthenticatorTransport};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{AssertionExtensions, MadeExtensions};

/// The longest credential id, in bytes (<https://www.w3.org/TR/webauthn-3/#credential-id>).
const MAX_CREDENTIAL_ID: usize = 1023;

/// A credential's id: 1 to 1023 bytes, written in base64url without padding.
///
/// <https://www.w3.org/TR/webauthn-3/#credential-id>
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CredentialId(Vec<u8>);

/// Why bytes or a text are no credential id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CredentialIdError {
    /// The text is not base64url.
    #[error("a credential id is written in base64url")]
    NotBase64,
    /// The id is empty or longer than 1023 bytes.
    #[error("a credential id has 1 to 1023 bytes")]
    Length,
}

impl CredentialId {
    /// An id from its bytes.
    ///
    /// # Errors
    /// Where there are none, or more than 1023.
    pub fn new(bytes: Vec<u8>) -> Result<Self, CredentialIdError> {
        match bytes.len() {
            1..=MAX_CREDENTIAL_ID => Ok(Self(bytes)),
            _ => Err(CredentialIdError::Length),
        }
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl FromStr for CredentialId {
    type Err = CredentialIdError;

    fn from_str(text: &str) -> Result<Self, CredentialIdError> {
        let bytes = passkey_types::encoding::try_from_base64url(text).ok_or(CredentialIdError::NotBase64)?;
        Self::new(bytes)
    }
}

impl fmt::Display for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64url(&self.0))
    }
}

impl fmt::Debug for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for CredentialId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CredentialId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A credential that a page allows or excludes.
///
/// <https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialdescriptor>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialDescriptor {
    /// Its id.
    pub id: CredentialId,
    /// How its authenticator may be reached; empty where the page does not say.
    pub transports: Vec<AuthenticatorTransport>,
}

/// What an authenticator answers to a [`CreateRequest`](crate::CreateRequest).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeCredential {
    /// The new credential.
    pub credential_id: CredentialId,
    /// The CBOR attestation object, <https://www.w3.org/TR/webauthn-3/#attestation-object>.
    pub attestation_object: Vec<u8>,
    /// The authenticator data within it, <https://www.w3.org/TR/webauthn-3/#authenticator-data>.
    pub authenticator_data: Vec<u8>,
    /// The public key as a DER SubjectPublicKeyInfo, where its kind of key has one.
    pub public_key: Option<Vec<u8>>,
    /// The COSE algorithm of the key (-7 is ES256, -8 EdDSA).
    pub algorithm: i64,
    /// How the authenticator can be reached.
    pub transports: Vec<AuthenticatorTransport>,
    /// Where the authenticator is.
    pub attachment: Option<AuthenticatorAttachment>,
    /// Whether the credential can be found without its id; `None` where the authenticator does not tell.
    pub discoverable: Option<bool>,
    /// Whether the authenticator says that it verified the person.
    pub user_verified: bool,
    /// What it made of the extensions.
    pub extensions: MadeExtensions,
}

/// What an authenticator answers to a [`GetRequest`](crate::GetRequest).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssertionMade {
    /// The credential that signed.
    pub credential_id: CredentialId,
    /// <https://www.w3.org/TR/webauthn-3/#authenticator-data>
    pub authenticator_data: Vec<u8>,
    /// The signature over the authenticator data and the client data's hash.
    pub signature: Vec<u8>,
    /// The user handle that the site gave when it registered the credential, where the authenticator kept it.
    pub user_handle: Option<Vec<u8>>,
    /// Where the authenticator is.
    pub attachment: Option<AuthenticatorAttachment>,
    /// Whether the authenticator says that it verified the person.
    pub user_verified: bool,
    /// What it made of the extensions.
    pub extensions: AssertionExtensions,
}

/// The `type` of every credential that exists.
pub(crate) const PUBLIC_KEY: &str = "public-key";

pub(crate) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credential_ids() {
        let check = |text: &str, expect: Result<&[u8], CredentialIdError>| {
            assert_eq!(text.parse::<CredentialId>().map(|id| id.0), expect.map(<[u8]>::to_vec), "{text}");
        };
        check("AQID", Ok(&[1, 2, 3]));
        check("-_8", Ok(&[0xfb, 0xff]));
        check("-_8=", Ok(&[0xfb, 0xff]));
        check("", Err(CredentialIdError::Length));
        check("+/8", Err(CredentialIdError::NotBase64));
        assert_eq!(CredentialId::new(vec![0; 1024]), Err(CredentialIdError::Length));
        assert_eq!(CredentialId::new(vec![0xfb, 0xff]).unwrap().to_string(), "-_8");
    }
}
