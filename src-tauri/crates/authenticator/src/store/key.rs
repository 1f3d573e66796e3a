//! Private keys between COSE, which the authenticator uses, and PKCS#8 in PEM, which KeePassXC keeps.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use passkey_crypto::coset::Label;
use passkey_crypto::iana::{self, EnumI64 as _};
use passkey_crypto::rust_crypto::{RustCryptoPublicKey, RustCryptoSecretKey};
use passkey_crypto::{CoseKey, Pkcs8 as _, PublicKeyT as _, SecretKeyT as _, coset};
use zeroize::Zeroizing;

use super::entry::Unreadable;

const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const END: &str = "-----END PRIVATE KEY-----";

/// What stands before the 32 bytes of an Ed25519 key in its PKCS#8 version 1 form (RFC 8410, section 7).
const ED25519_PREFIX: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// A private COSE key as PEM.
pub(super) fn to_pem(key: &CoseKey) -> Option<Zeroizing<String>> {
    let der = match key.alg {
        // The version without the public key, which more readers know.
        Some(coset::RegisteredLabelWithPrivate::Assigned(iana::Algorithm::EdDSA)) => {
            let d = Label::Int(iana::OkpKeyParameter::D.to_i64());
            let seed = key.params.iter().find(|(label, _)| *label == d)?.1.as_bytes()?;
            Zeroizing::new([ED25519_PREFIX.as_slice(), seed].concat())
        }
        _ => Zeroizing::new(RustCryptoSecretKey::from_cose_key(key).ok()?.to_pkcs8().ok()?),
    };
    Some(pem_of(&der))
}

/// A private key in DER as PEM, as it stands.
pub(crate) fn pem_of(der: &[u8]) -> Zeroizing<String> {
    let body = Zeroizing::new(STANDARD.encode(der));
    let mut pem = Zeroizing::new(String::with_capacity(body.len() + 80));
    pem.push_str(BEGIN);
    for (i, c) in body.chars().enumerate() {
        if i % 64 == 0 {
            pem.push('\n');
        }
        pem.push(c);
    }
    pem.push('\n');
    pem.push_str(END);
    pem.push('\n');
    pem
}

/// A private COSE key out of PEM.
pub(super) fn from_pem(pem: &str) -> Result<CoseKey, Unreadable> {
    from_der(&der(pem).ok_or(Unreadable::Damaged)?)
}

/// A private COSE key out of PKCS#8 in DER.
pub(crate) fn from_der(der: &[u8]) -> Result<CoseKey, Unreadable> {
    if !is_sequence(der) {
        return Err(Unreadable::Damaged);
    }
    let key = RustCryptoSecretKey::from_pkcs8(der).map_err(|_| Unreadable::KeyKind)?.to_cose_key();
    let known = algorithm(&key).is_some_and(|a| super::ceremony::ALGORITHMS.contains(&a));
    if known { Ok(key) } else { Err(Unreadable::KeyKind) }
}

/// What PEM holds.
pub(crate) fn der(pem: &str) -> Option<Zeroizing<Vec<u8>>> {
    let pem = pem.trim().strip_prefix(BEGIN)?.strip_suffix(END)?;
    let mut body = Zeroizing::new(String::with_capacity(pem.len()));
    body.extend(pem.chars().filter(|c| !c.is_ascii_whitespace()));
    STANDARD.decode(body.as_bytes()).ok().map(Zeroizing::new)
}

/// Whether the bytes are one whole DER sequence, as every PKCS#8 key is.
fn is_sequence(der: &[u8]) -> bool {
    let (length, content) = match der {
        [0x30, length @ ..=0x7f, content @ ..] => (usize::from(*length), content),
        [0x30, 0x81, length, content @ ..] => (usize::from(*length), content),
        [0x30, 0x82, high, low, content @ ..] => (usize::from(u16::from_be_bytes([*high, *low])), content),
        _ => return false,
    };
    length == content.len()
}

/// The COSE algorithm of a key.
pub(super) fn algorithm(key: &CoseKey) -> Option<iana::Algorithm> {
    match key.alg {
        Some(coset::RegisteredLabelWithPrivate::Assigned(algorithm)) => Some(algorithm),
        _ => None,
    }
}

/// The signature of a private key over a message.
pub(super) fn sign(key: &CoseKey, message: &[u8]) -> Option<Vec<u8>> {
    Some(RustCryptoSecretKey::from_cose_key(key).ok()?.sign(message))
}

/// A public key as a DER SubjectPublicKeyInfo.
pub(super) fn public_der(key: &CoseKey) -> Option<Vec<u8>> {
    RustCryptoPublicKey::der_from_cose_key(key).ok()
}

#[cfg(test)]
mod tests {
    use passkey_crypto::CryptoBackend as _;
    use passkey_crypto::rust_crypto::RustCryptoBackend;

    use super::*;

    #[test]
    fn keys_survive_pem() {
        for algorithm in [iana::Algorithm::ES256, iana::Algorithm::EdDSA] {
            let key = RustCryptoBackend.generate_key(algorithm).unwrap().to_cose_key();
            let pem = to_pem(&key).unwrap();
            assert!(pem.lines().all(|line| line.len() <= 64));
            assert_eq!(from_pem(&pem), Ok(key.clone()));
            assert_eq!(from_pem(&pem.replace('\n', "\r\n")), Ok(key));
        }
    }

    #[test]
    fn other_texts_are_no_keys() {
        let check = |text: &str, expect| assert_eq!(from_pem(text), Err(expect), "{text}");
        let pem = |body: &str| format!("{BEGIN}\n{body}\n{END}\n");
        check("", Unreadable::Damaged);
        check(BEGIN, Unreadable::Damaged);
        check("-----BEGIN RSA", Unreadable::Damaged);
        check(&pem("AAAA"), Unreadable::Damaged);
        check(&pem("MAIA"), Unreadable::Damaged);
        // A whole sequence, but of nothing that is known here.
        check(&pem("MAA="), Unreadable::KeyKind);
        check(&pem(&STANDARD.encode([[0x30, 0x82, 1, 0].as_slice(), &[0; 256]].concat())), Unreadable::KeyKind);
    }
}
