//! Extensions: what a page asks for, what an authenticator gives, and the JSON between. Those that are not named here are
//! ignored, as the specification wants it.
//!
//! <https://www.w3.org/TR/webauthn-3/#sctn-defined-extensions>,
//! <https://fidoalliance.org/specs/fido-v2.1-ps-20210615/fido-client-to-authenticator-protocol-v2.1-ps-errata-20220621.html#sctn-defined-extensions>

use std::fmt;

use serde::Serialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::credential::base64url;
use crate::dictionary::Dictionary;
use crate::{ClientError, CredentialDescriptor, CredentialId, MAX_LIST};

/// The longest blob that is written, in bytes. A security key has room for a few of 1024.
pub const MAX_LARGE_BLOB: usize = 16 * 1024;

/// Extensions of a [`CreateRequest`](crate::CreateRequest).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreateExtensions {
    /// `credProps`: the site wants to know whether the credential is discoverable.
    pub cred_props: bool,
    /// `prf`: the credential shall be able to derive secrets, and perhaps derive some at once.
    pub prf: Option<PrfCreate>,
    /// `credentialProtectionPolicy`: when the credential may be used without verifying the person.
    pub cred_protect: Option<CredProtect>,
    /// `minPinLength`: the site wants to know how long PINs are (in the authenticator data).
    pub min_pin_length: bool,
    /// `largeBlob`: the credential shall have room for data of the site's.
    pub large_blob: Option<LargeBlobSupport>,
}

/// Extensions of a [`GetRequest`](crate::GetRequest).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GetExtensions {
    /// `prf`: secrets to derive.
    pub prf: Option<PrfGet>,
    /// `largeBlob`: data to read or write.
    pub large_blob: Option<LargeBlobUse>,
}

/// What the `prf` extension derives secrets from: the page's inputs, hashed as the specification says, so that what a
/// site gets can never be what another program of the computer gets from the same authenticator.
///
/// <https://www.w3.org/TR/webauthn-3/#prf-extension>
#[derive(Clone, PartialEq, Eq)]
pub struct PrfSalts {
    /// `SHA-256(UTF8Encode("WebAuthn PRF") || 0x00 || first)`
    pub first: [u8; 32],
    /// The same of `second`.
    pub second: Option<[u8; 32]>,
}

impl fmt::Debug for PrfSalts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrfSalts")
    }
}

/// The `prf` extension at creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrfCreate {
    /// Salts to evaluate at once; an authenticator may leave that to the first assertion.
    pub eval: Option<PrfSalts>,
}

/// The `prf` extension of an assertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrfGet {
    /// Salts for whichever credential answers.
    pub eval: Option<PrfSalts>,
    /// Salts for single ones; they go before `eval`.
    pub by_credential: Vec<(CredentialId, PrfSalts)>,
}

impl PrfGet {
    /// The salts for the credential that answers.
    pub fn salts_for(&self, id: &CredentialId) -> Option<&PrfSalts> {
        let own = self.by_credential.iter().find(|(of, _)| of == id).map(|(_, salts)| salts);
        own.or(self.eval.as_ref())
    }
}

/// Secrets that the `prf` extension derived; the page gets them, and nobody else.
#[derive(Clone, PartialEq, Eq)]
pub struct PrfResults {
    /// Of the first salt.
    pub first: Zeroizing<[u8; 32]>,
    /// Of the second.
    pub second: Option<Zeroizing<[u8; 32]>>,
}

impl fmt::Debug for PrfResults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrfResults")
    }
}

/// When a credential may be used without verifying the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// Always (`userVerificationOptional`).
    Optional,
    /// Where the site names it (`userVerificationOptionalWithCredentialIDList`).
    OptionalWithList,
    /// Never (`userVerificationRequired`).
    Required,
}

impl Protection {
    /// CTAP's number of the policy.
    pub const fn number(self) -> u8 {
        match self {
            Self::Optional => 1,
            Self::OptionalWithList => 2,
            Self::Required => 3,
        }
    }
}

/// The `credProtect` extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredProtect {
    /// The policy.
    pub policy: Protection,
    /// Whether a credential without it is of no use to the site. It never is where the policy is `Optional`.
    pub enforce: bool,
}

/// Whether a credential without room for a blob is of use to the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LargeBlobSupport {
    /// It is not.
    Required,
    /// It is.
    Preferred,
}

/// What to do with a credential's blob.
#[derive(Clone, PartialEq, Eq)]
pub enum LargeBlobUse {
    /// Read it.
    Read,
    /// Write this in its place.
    Write(Vec<u8>),
}

impl fmt::Debug for LargeBlobUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "Read",
            Self::Write(_) => "Write",
        })
    }
}

/// What an authenticator made of [`CreateExtensions`]; `None` where it does not have the extension.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MadeExtensions {
    /// Whether the credential can derive secrets, and those that were derived at once.
    pub prf: Option<PrfMade>,
    /// Whether it has room for a blob.
    pub large_blob: bool,
}

/// The `prf` extension's outcome at creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrfMade {
    /// Whether the credential can derive secrets.
    pub enabled: bool,
    /// Secrets that were derived at once.
    pub results: Option<PrfResults>,
}

/// What an authenticator made of [`GetExtensions`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssertionExtensions {
    /// The secrets.
    pub prf: Option<PrfResults>,
    /// What became of the blob.
    pub large_blob: Option<LargeBlobOutcome>,
}

/// The `largeBlob` extension's outcome.
#[derive(Clone, PartialEq, Eq)]
pub enum LargeBlobOutcome {
    /// It was read; `None` where there is none.
    Read(Option<Vec<u8>>),
    /// Whether it was written.
    Written(bool),
}

impl fmt::Debug for LargeBlobOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(_) => f.write_str("Read"),
            Self::Written(done) => write!(f, "Written({done})"),
        }
    }
}

impl CreateExtensions {
    /// The client extension processing of a registration.
    pub(crate) fn read(extensions: Option<Dictionary<'_>>) -> Result<Self, ClientError> {
        let Some(asked) = extensions else { return Ok(Self::default()) };
        let prf = match asked.dictionary("prf")? {
            // "If evalByCredential is present": NotSupportedError.
            Some(prf) if prf.has("evalByCredential") => return Err(ClientError::Extension("prf")),
            Some(prf) => Some(PrfCreate { eval: salts(prf.dictionary("eval")?)? }),
            None => None,
        };
        let large_blob = match asked.dictionary("largeBlob")? {
            // "If read or write is present": NotSupportedError.
            Some(blob) if blob.has("read") || blob.has("write") => return Err(ClientError::Extension("largeBlob")),
            Some(blob) => Some(match blob.string("support")?.as_deref() {
                Some("required") => LargeBlobSupport::Required,
                _ => LargeBlobSupport::Preferred,
            }),
            None => None,
        };
        let cred_protect = asked.string("credentialProtectionPolicy")?.and_then(|policy| {
            let policy = match policy.as_str() {
                "userVerificationOptional" => Protection::Optional,
                "userVerificationOptionalWithCredentialIDList" => Protection::OptionalWithList,
                "userVerificationRequired" => Protection::Required,
                _ => return None,
            };
            let enforce = asked.flag("enforceCredentialProtectionPolicy") && policy != Protection::Optional;
            Some(CredProtect { policy, enforce })
        });
        Ok(Self {
            cred_props: asked.flag("credProps"),
            prf,
            cred_protect,
            min_pin_length: asked.flag("minPinLength"),
            large_blob,
        })
    }

    /// The client extension outputs of a registration.
    pub(crate) fn results(&self, made: &MadeExtensions, discoverable: Option<bool>) -> CreateResults {
        CreateResults {
            // credProps.rk is left out where it is not known
            // (<https://www.w3.org/TR/webauthn-3/#sctn-authenticator-credential-properties-extension>).
            cred_props: self.cred_props.then_some(CredProps { rk: discoverable }),
            prf: self.prf.as_ref().map(|_| PrfJson {
                enabled: Some(made.prf.as_ref().is_some_and(|prf| prf.enabled)),
                results: made.prf.as_ref().and_then(|prf| prf.results.as_ref()).map(PrfValuesJson::from),
            }),
            large_blob: self
                .large_blob
                .map(|_| LargeBlobJson { supported: Some(made.large_blob), ..LargeBlobJson::default() }),
        }
    }
}

impl GetExtensions {
    /// The client extension processing of an assertion; `allow` is what the page named, in the same order.
    pub(crate) fn read(
        extensions: Option<Dictionary<'_>>,
        allow: &[CredentialDescriptor],
    ) -> Result<Self, ClientError> {
        let Some(asked) = extensions else { return Ok(Self::default()) };
        let prf = match asked.dictionary("prf")? {
            Some(prf) => {
                let mut by_credential = Vec::new();
                for (id, values) in prf.record("evalByCredential", MAX_LIST)? {
                    // "If evalByCredential is not empty but allowCredentials is empty": NotSupportedError.
                    if allow.is_empty() {
                        return Err(ClientError::Extension("prf"));
                    }
                    // "If any key … is the empty string, or is not a valid base64url encoding, or does not equal the id of
                    // some element of allowCredentials": SyntaxError.
                    let id: CredentialId = id.parse().map_err(|_| ClientError::PrfKey)?;
                    if !allow.iter().any(|descriptor| descriptor.id == id) {
                        return Err(ClientError::PrfKey);
                    }
                    by_credential.extend(salts(Some(values))?.map(|salts| (id, salts)));
                }
                Some(PrfGet { eval: salts(prf.dictionary("eval")?)?, by_credential })
            }
            None => None,
        };
        let large_blob = match asked.dictionary("largeBlob")? {
            // "If support is present", "if both read and write are present": NotSupportedError.
            Some(blob) if blob.has("support") || (blob.has("read") && blob.has("write")) => {
                return Err(ClientError::Extension("largeBlob"));
            }
            // "If allowCredentials does not contain exactly one element": NotSupportedError.
            Some(blob) if blob.has("write") && allow.len() != 1 => return Err(ClientError::Extension("largeBlob")),
            Some(blob) if blob.has("write") => {
                let bytes = blob.bytes("write")?;
                if bytes.len() > MAX_LARGE_BLOB {
                    return Err(ClientError::Extension("largeBlob"));
                }
                Some(LargeBlobUse::Write(bytes))
            }
            Some(blob) => blob.flag("read").then_some(LargeBlobUse::Read),
            None => None,
        };
        Ok(Self { prf, large_blob })
    }

    /// The client extension outputs of an assertion.
    pub(crate) fn results(&self, made: &AssertionExtensions) -> GetResults {
        GetResults {
            prf: self
                .prf
                .as_ref()
                .map(|_| PrfJson { enabled: None, results: made.prf.as_ref().map(PrfValuesJson::from) }),
            large_blob: self.large_blob.as_ref().map(|_| match &made.large_blob {
                Some(LargeBlobOutcome::Read(Some(blob))) => {
                    LargeBlobJson { blob: Some(base64url(blob)), ..LargeBlobJson::default() }
                }
                Some(LargeBlobOutcome::Written(done)) => {
                    LargeBlobJson { written: Some(*done), ..LargeBlobJson::default() }
                }
                Some(LargeBlobOutcome::Read(None)) => LargeBlobJson::default(),
                // "Set written to false" where nothing could be written.
                None => LargeBlobJson {
                    written: matches!(self.large_blob, Some(LargeBlobUse::Write(_))).then_some(false),
                    ..LargeBlobJson::default()
                },
            }),
        }
    }
}

fn salts(values: Option<Dictionary<'_>>) -> Result<Option<PrfSalts>, ClientError> {
    let Some(values) = values else { return Ok(None) };
    let second = values.has("second").then(|| values.bytes("second").map(|input| salt(&input))).transpose()?;
    Ok(Some(PrfSalts { first: salt(&values.bytes("first")?), second }))
}

fn salt(input: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(b"WebAuthn PRF\0").chain_update(input).finalize().into()
}

/// `AuthenticationExtensionsClientOutputsJSON` of a registration.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CreateResults {
    #[serde(skip_serializing_if = "Option::is_none")]
    cred_props: Option<CredProps>,
    #[serde(skip_serializing_if = "Option::is_none")]
    prf: Option<PrfJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    large_blob: Option<LargeBlobJson>,
}

/// `AuthenticationExtensionsClientOutputsJSON` of an assertion.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GetResults {
    #[serde(skip_serializing_if = "Option::is_none")]
    prf: Option<PrfJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    large_blob: Option<LargeBlobJson>,
}

#[derive(Serialize)]
struct CredProps {
    #[serde(skip_serializing_if = "Option::is_none")]
    rk: Option<bool>,
}

#[derive(Serialize)]
struct PrfJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    results: Option<PrfValuesJson>,
}

#[derive(Serialize)]
struct PrfValuesJson {
    first: Zeroizing<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<Zeroizing<String>>,
}

impl From<&PrfResults> for PrfValuesJson {
    fn from(results: &PrfResults) -> Self {
        let text = |secret: &Zeroizing<[u8; 32]>| Zeroizing::new(base64url(secret.as_slice()));
        Self { first: text(&results.first), second: results.second.as_ref().map(text) }
    }
}

#[derive(Serialize, Default)]
struct LargeBlobJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    supported: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blob: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<bool>,
}
