//! Who signed a list: an OpenPGP message that holds what it signs (RFC 9580, section 10.3).

use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pgp::composed::Message;
use pgp::crypto::hash::HashAlgorithm;
use pgp::packet::{Packet, PacketParser, PublicKey, Signature, SignatureType};
use pgp::types::KeyDetails as _;

/// The fingerprint of the publisher's key, *2FactorAuth (Code signing key)*, RSA-4096 of 2021.
///
/// The publisher gives the key out in DNS, as the CERT record (RFC 4398) of `security.2fa.directory`. The key here is that
/// record as one program pins it (KPPasskeyChecker, 2026); two more that fetched it themselves pin the same fingerprint
/// (telesma; one of them over DNS on 2026-09-22). A fingerprint is the hash of its key, so that the one vouches for the
/// other (`the_pinned_key_is_the_publishers`).
pub const FINGERPRINT: &str = "0D504141CE290061BD4F95A4AD8483C1CBABC36D";

/// The bare public-key packet. The record has no self-signature, so there is no expiry to look at.
const PINNED: &[u8] = include_bytes!("publisher.pgp");

/// The most that a message may inflate to.
const MOST_INFLATED: usize = 16 << 20;

/// The key that lists must be signed with.
#[derive(Debug, Clone)]
pub struct PublisherKey(PublicKey);

/// Why a list is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Not an OpenPGP message with exactly one signature.
    #[error("the list is not signed")]
    NotSigned,
    /// Signed by another key.
    #[error("the list is signed by somebody else")]
    OtherKey,
    /// The signature does not belong to the content.
    #[error("the signature is wrong")]
    Wrong,
    /// The signature is of a kind that proves nothing any more.
    #[error("the signature is too weak")]
    Weak,
    /// The message inflates to more than a list can have.
    #[error("the list is too large")]
    TooLarge,
    /// The key itself cannot be read.
    #[error("the publisher's key cannot be read")]
    Key,
}

impl SignatureError {
    /// The stable name of the kind of error, for texts and scripts.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotSigned => "list_not_signed",
            Self::OtherKey => "list_signed_by_other",
            Self::Wrong => "list_signature_wrong",
            Self::Weak => "list_signature_weak",
            Self::TooLarge => "list_too_large",
            Self::Key => "list_key",
        }
    }
}

impl PublisherKey {
    /// The key of 2factorauth. A new key of theirs needs a new version of Rekey, or [`PublisherKey::read`].
    ///
    /// # Errors
    /// [`SignatureError::Key`], which a test excludes.
    pub fn pinned() -> Result<Self, SignatureError> {
        Self::read(PINNED)
    }

    /// The primary key of a public key file in binary form. Signatures by subkeys are not accepted.
    ///
    /// # Errors
    /// [`SignatureError::Key`] where the file does not begin with a public key.
    pub fn read(file: &[u8]) -> Result<Self, SignatureError> {
        match PacketParser::new(file).next() {
            Some(Ok(Packet::PublicKey(key))) => Ok(Self(key)),
            _ => Err(SignatureError::Key),
        }
    }

    /// The fingerprint in upper-case hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        format!("{:X}", self.0.fingerprint())
    }
}

/// What a message says, and when its publisher signed it (seconds since 1970).
pub(crate) struct Opened {
    pub(crate) content: Vec<u8>,
    pub(crate) signed: u32,
}

/// Opens a message that the key's owner signed.
pub(crate) fn open(message: &[u8], key: &PublisherKey) -> Result<Opened, SignatureError> {
    // The reader of OpenPGP asserts its own states; hostile bytes must not end Rekey if one of them is wrong.
    catch_unwind(AssertUnwindSafe(|| open_message(message, key))).unwrap_or(Err(SignatureError::NotSigned))
}

fn open_message(message: &[u8], key: &PublisherKey) -> Result<Opened, SignatureError> {
    let not_signed = |_| SignatureError::NotSigned;
    let mut message = Message::from_bytes(message).map_err(not_signed)?;
    if message.is_compressed() {
        message = message.decompress().map_err(not_signed)?;
    }
    // Counted before the content is read: each signature costs a hash of all of it.
    match &message {
        Message::Signed { reader, .. } if reader.num_signatures() == 1 && reader.get_ref().is_literal() => {}
        _ => return Err(SignatureError::NotSigned),
    }
    let mut content = Vec::new();
    let most = u64::try_from(MOST_INFLATED).unwrap_or(u64::MAX);
    (&mut message).take(most + 1).read_to_end(&mut content).map_err(|_| SignatureError::NotSigned)?;
    if content.len() > MOST_INFLATED {
        return Err(SignatureError::TooLarge);
    }
    let Message::Signed { reader, .. } = &message else { return Err(SignatureError::NotSigned) };
    let signature = reader.signature(0).ok_or(SignatureError::NotSigned)?;
    let signed = check_kind(signature, key)?;
    message.verify(&key.0).map_err(|_| SignatureError::Wrong)?;
    Ok(Opened { content, signed })
}

/// What a signature says of itself, before it is checked.
fn check_kind(signature: &Signature, key: &PublisherKey) -> Result<u32, SignatureError> {
    let fingerprints = signature.issuer_fingerprint();
    let ids = signature.issuer_key_id();
    let of_key = fingerprints.iter().all(|fingerprint| **fingerprint == key.0.fingerprint())
        && ids.iter().all(|id| **id == key.0.legacy_key_id());
    if !of_key || (fingerprints.is_empty() && ids.is_empty()) {
        return Err(SignatureError::OtherKey);
    }
    let strong =
        matches!(signature.hash_alg(), Some(HashAlgorithm::Sha256 | HashAlgorithm::Sha384 | HashAlgorithm::Sha512));
    if !strong || signature.typ() != Some(SignatureType::Binary) {
        return Err(SignatureError::Weak);
    }
    signature.created().map(|created| created.as_secs()).ok_or(SignatureError::Weak)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pinned_key_is_the_publishers() {
        assert_eq!(PublisherKey::pinned().unwrap().fingerprint(), FINGERPRINT);
    }
}
