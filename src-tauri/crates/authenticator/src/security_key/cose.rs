//! COSE public keys (RFC 9053, RFC 8230) as pages want them.

use ciborium::Value;

const KEY_TYPE: i64 = 1;
const ALGORITHM: i64 = 3;
const OKP: u64 = 1;
const EC2: u64 = 2;
const RSA: u64 = 3;

/// `SEQUENCE { SEQUENCE { id-ecPublicKey, prime256v1 }, BIT STRING` with room for an uncompressed point (RFC 5480).
const P256: [u8; 27] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
];
/// The same of `id-Ed25519` (RFC 8410).
const ED25519: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
/// `SEQUENCE { rsaEncryption, NULL }` (RFC 8017).
const RSA_ENCRYPTION: [u8; 15] =
    [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

/// The COSE number of the key's algorithm.
pub(super) fn algorithm(key: &Value) -> Option<i64> {
    part(key, ALGORITHM)?.as_integer()?.try_into().ok()
}

/// The key as a DER SubjectPublicKeyInfo, for the kinds that a client must know
/// (<https://www.w3.org/TR/webauthn-3/#sctn-public-key-easy>).
pub(super) fn public_der(key: &Value) -> Option<Vec<u8>> {
    let number = |label| u64::try_from(part(key, label)?.as_integer()?).ok();
    let bytes = |label| part(key, label)?.as_bytes();
    let coordinate = |label| bytes(label).filter(|bytes| bytes.len() == 32);
    match (number(KEY_TYPE)?, number(-1)) {
        (EC2, Some(1)) => Some([P256.as_slice(), coordinate(-2)?, coordinate(-3)?].concat()),
        (OKP, Some(6)) => Some([ED25519.as_slice(), coordinate(-2)?].concat()),
        (RSA, _) => {
            let key = der(0x30, &[integer(bytes(-1)?), integer(bytes(-2)?)].concat());
            let bits = der(0x03, &[&[0], key.as_slice()].concat());
            Some(der(0x30, &[RSA_ENCRYPTION.as_slice(), &bits].concat()))
        }
        _ => None,
    }
}

fn part(key: &Value, label: i64) -> Option<&Value> {
    key.as_map()?.iter().find(|(name, _)| *name == Value::from(label)).map(|(_, value)| value)
}

/// A positive DER INTEGER.
fn integer(bytes: &[u8]) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let digits = bytes.get(zeros..).unwrap_or_default();
    let sign: &[u8] = if digits.first().is_none_or(|first| first & 0x80 != 0) { &[0] } else { &[] };
    der(0x02, &[sign, digits].concat())
}

fn der(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = contents.len().to_be_bytes();
    let significant: Vec<u8> = length.iter().copied().skip_while(|byte| *byte == 0).collect();
    let mut bytes = vec![tag];
    match significant.as_slice() {
        [] => bytes.push(0),
        [short @ ..=0x7f] => bytes.push(*short),
        long => {
            // At most eight bytes of length.
            bytes.push(0x80 | u8::try_from(long.len()).unwrap_or_default());
            bytes.extend(long);
        }
    }
    bytes.extend(contents);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_signs_are_der() {
        assert_eq!(integer(&[0, 0, 0x80]), [0x02, 0x02, 0x00, 0x80]);
        assert_eq!(integer(&[0x7f]), [0x02, 0x01, 0x7f]);
        assert_eq!(integer(&[]), [0x02, 0x01, 0x00]);
        assert_eq!(der(0x04, &[0; 0x80]).get(..3), Some([0x04, 0x81, 0x80].as_slice()));
        assert_eq!(der(0x04, &[0; 0x123]).get(..4), Some([0x04, 0x82, 0x01, 0x23].as_slice()));
    }
}
