//! The WebAuthn client: what a browser does between a page's `navigator.credentials` call and an authenticator.
//!
//! [`CreateRequest`] and [`GetRequest`] are read from a page's options and its caller's origin, hold everything an
//! authenticator needs, and turn the authenticator's answer into the JSON that the page gets. Everything here is a pure
//! function of its arguments. The rules are those of Web Authentication Level 3,
//! <https://www.w3.org/TR/webauthn-3/#sctn-api>; its steps are named by the variables they set, since their numbers
//! differ between its drafts.
#![forbid(unsafe_code)]

mod caller;
mod client_data;
mod create;
mod credential;
mod dictionary;
mod error;
mod extensions;
mod get;

pub use caller::{Caller, Frame, MAX_RELATED_ORIGINS, RelatedOrigins, related_origins};
pub use client_data::ClientData;
pub use create::{CreateRequest, User};
pub use credential::{AssertionMade, CredentialDescriptor, CredentialId, CredentialIdError, MadeCredential};
pub use error::ClientError;
pub use extensions::{
    AssertionExtensions, CreateExtensions, CredProtect, GetExtensions, LargeBlobOutcome, LargeBlobSupport,
    LargeBlobUse, MAX_LARGE_BLOB, MadeExtensions, PrfCreate, PrfGet, PrfMade, PrfResults, PrfSalts, Protection,
};
pub use get::GetRequest;
pub use passkey_types::webauthn::{
    AttestationConveyancePreference as Attestation, AuthenticatorAttachment, AuthenticatorTransport,
    PublicKeyCredentialHints as Hint, ResidentKeyRequirement, UserVerificationRequirement,
};

use std::time::Duration;

/// The longest options that are read, in bytes of JSON.
pub const MAX_OPTIONS: usize = 64 * 1024;
/// The longest list of credentials or algorithms that is read.
pub const MAX_LIST: usize = 256;

/// The time a ceremony may take: the page's wish, kept within the range that Level 3 recommends.
///
/// <https://www.w3.org/TR/webauthn-3/#recommended-range-and-default-for-a-webauthn-ceremony-timeout>
fn ceremony_timeout(wished_ms: Option<u64>) -> Duration {
    const RANGE: std::ops::RangeInclusive<u64> = 300_000..=600_000;
    Duration::from_millis(wished_ms.unwrap_or(*RANGE.start()).clamp(*RANGE.start(), *RANGE.end()))
}
