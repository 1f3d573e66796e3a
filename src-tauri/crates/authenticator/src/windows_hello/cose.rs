//! Public keys of new credentials: Windows Hello makes RSA keys too, which the software authenticator's library leaves out.

use passkey_crypto::PublicKeyT as _;
use passkey_crypto::coset::{CoseKey, Label, RegisteredLabelWithPrivate};
use passkey_crypto::iana::{self, EnumI64 as _};
use passkey_crypto::rust_crypto::RustCryptoPublicKey;

/// `AlgorithmIdentifier` of rsaEncryption: its object identifier and NULL (RFC 8017, appendix A.1).
const RSA_ALGORITHM: [u8; 15] =
    [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
/// DER's tags.
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const SEQUENCE: u8 = 0x30;

/// The COSE algorithm of a key.
pub(super) fn algorithm(key: &CoseKey) -> Option<i64> {
    match key.alg {
        Some(RegisteredLabelWithPrivate::Assigned(algorithm)) => Some(algorithm.to_i64()),
        _ => None,
    }
}

/// The key as a DER SubjectPublicKeyInfo; `None` for a kind that has none here.
pub(super) fn public_der(key: &CoseKey) -> Option<Vec<u8>> {
    if algorithm(key) == Some(iana::Algorithm::RS256.to_i64()) {
        let parameter = |of: iana::RsaKeyParameter| {
            let label = Label::Int(of.to_i64());
            key.params.iter().find(|(one, _)| *one == label)?.1.as_bytes()
        };
        return Some(rsa(parameter(iana::RsaKeyParameter::N)?, parameter(iana::RsaKeyParameter::E)?));
    }
    RustCryptoPublicKey::der_from_cose_key(key).ok()
}

/// An RSA key's modulus and exponent, big-endian, as a SubjectPublicKeyInfo (RFC 5280, section 4.1).
fn rsa(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let numbers = element(SEQUENCE, &[unsigned(modulus), unsigned(exponent)].concat());
    let bits = element(BIT_STRING, &[&[0], numbers.as_slice()].concat());
    element(SEQUENCE, &[RSA_ALGORITHM.as_slice(), &bits].concat())
}

/// An integer that is not negative: as short as it can be, with a zero before a first bit that is set.
fn unsigned(big_endian: &[u8]) -> Vec<u8> {
    let zeros = big_endian.iter().take_while(|byte| **byte == 0).count();
    let digits = big_endian.get(zeros..).unwrap_or_default();
    match digits.first() {
        Some(..=0x7f) => element(INTEGER, digits),
        Some(_) | None => element(INTEGER, &[&[0], digits].concat()),
    }
}

/// A DER element: its tag, its length in the shortest form, its content.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut der = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short @ ..=0x7f) => der.push(short),
        _ => {
            let length = content.len().to_be_bytes();
            let digits: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
            der.push(0x80 | u8::try_from(digits.len()).unwrap_or(0));
            der.extend(digits);
        }
    }
    der.extend_from_slice(content);
    der
}
