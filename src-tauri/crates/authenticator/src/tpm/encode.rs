//! The byte forms of a P-256 key, its signatures, and what an authenticator says of itself.

use rekey_webauthn::{CredentialId, Protection};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::chip::{EcdsaSignature, KeyPair};

/// User present (bit 0) and user verified (bit 2). Not backup eligible, not backed up: bound to this computer.
///
/// <https://www.w3.org/TR/webauthn-3/#authdata-flags>
const PRESENT_AND_VERIFIED: u8 = 0b0000_0101;
/// Attested credential data included (bit 6).
const ATTESTED: u8 = 0b0100_0000;
/// Extension data included (bit 7).
const EXTENDED: u8 = 0b1000_0000;
/// The signature counter is not kept: zero, always.
const COUNTER: [u8; 4] = [0; 4];
/// What stands before the point in a SubjectPublicKeyInfo of an uncompressed P-256 key (RFC 5480).
const SPKI_PREFIX: [u8; 27] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
];
/// `{1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}` up to x, and from x to y (RFC 9053, section 7.1).
const COSE_BEFORE_X: [u8; 10] = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
const COSE_BEFORE_Y: [u8; 3] = [0x22, 0x58, 0x20];

/// The public key as a DER SubjectPublicKeyInfo.
pub(super) fn public_der(key: &KeyPair) -> Vec<u8> {
    [SPKI_PREFIX.as_slice(), &key.x, &key.y].concat()
}

/// The authenticator data of an assertion.
pub(super) fn assertion_data(rp_id: &str) -> Vec<u8> {
    [Sha256::digest(rp_id).as_slice(), &[PRESENT_AND_VERIFIED], &COUNTER].concat()
}

/// The authenticator data of a new credential. With `protection`, it says that the credential has this one (and it has:
/// nothing is signed without verifying the person).
pub(super) fn attested_data(
    rp_id: &str,
    aaguid: Uuid,
    id: &CredentialId,
    key: &KeyPair,
    protection: Option<Protection>,
) -> Vec<u8> {
    let id = id.as_bytes();
    // A credential id has at most 1023 bytes.
    let length = u16::try_from(id.len()).unwrap_or(u16::MAX).to_be_bytes();
    // `{"credProtect": number}`; CBOR writes so small a number as itself.
    let extensions = protection.map(|held| [b"\xa1\x6bcredProtect".as_slice(), &[held.number()]].concat());
    let extended = if extensions.is_some() { EXTENDED } else { 0 };
    [
        Sha256::digest(rp_id).as_slice(),
        &[PRESENT_AND_VERIFIED | ATTESTED | extended],
        &COUNTER,
        aaguid.as_bytes(),
        &length,
        id,
        &COSE_BEFORE_X,
        &key.x,
        &COSE_BEFORE_Y,
        &key.y,
        extensions.as_deref().unwrap_or_default(),
    ]
    .concat()
}

/// The attestation object of the format "none", in canonical CBOR.
///
/// <https://www.w3.org/TR/webauthn-3/#sctn-none-attestation>
pub(super) fn attestation_object(data: &[u8]) -> Vec<u8> {
    // A byte string with a length of two bytes; for less than 256 bytes canonical CBOR wants one byte.
    let length = match u8::try_from(data.len()) {
        Ok(short) => vec![0x58, short],
        Err(_) => [&[0x59], u16::try_from(data.len()).unwrap_or(u16::MAX).to_be_bytes().as_slice()].concat(),
    };
    [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData".as_slice(), &length, data].concat()
}

/// An ECDSA signature in DER (RFC 3279, section 2.2.3).
pub(super) fn signature_der(signature: &EcdsaSignature) -> Vec<u8> {
    let content = [der_integer(&signature.r), der_integer(&signature.s)].concat();
    [&[0x30, short_length(&content)], content.as_slice()].concat()
}

fn der_integer(number: &[u8]) -> Vec<u8> {
    let leading = number.iter().take_while(|byte| **byte == 0).count();
    let number = number.get(leading..).unwrap_or_default();
    let sign: &[u8] = if number.first().is_none_or(|first| first & 0x80 != 0) { &[0] } else { &[] };
    let content = [sign, number].concat();
    [&[0x02, short_length(&content)], content.as_slice()].concat()
}

/// Two numbers of 32 bytes stay below the 128 bytes that need a longer form.
fn short_length(content: &[u8]) -> u8 {
    u8::try_from(content.len()).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_minimal_der() {
        let check = |r: &[u8], s: &[u8], expect: &[u8]| {
            let signature = EcdsaSignature { r: r.to_vec(), s: s.to_vec() };
            assert_eq!(signature_der(&signature), expect, "{r:?} {s:?}");
        };
        check(&[1], &[0x7f], &[0x30, 6, 2, 1, 1, 2, 1, 0x7f]);
        check(&[0x80], &[0, 0, 5], &[0x30, 7, 2, 2, 0, 0x80, 2, 1, 5]);
        check(&[], &[0], &[0x30, 6, 2, 1, 0, 2, 1, 0]);
        let long = EcdsaSignature { r: vec![0xff; 32], s: vec![0xff; 32] };
        assert_eq!(signature_der(&long).len(), 72);
    }
}
