//! The signature of a sign-in, verified once more.

use ed25519_dalek::{Signature, VerifyingKey};
use webauthn_rs_core::proto::{COSEAlgorithm, COSEEC2Key, COSEKey, COSEKeyType, ECDSACurve};

use super::bytes::{CoseKey, Numbers};
use super::reading::Reading;

/// Whether the signature over the authenticator data and the hash of the client data is the stored key's
/// (<https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion>, step 21). `None` where it cannot be told here: a part is
/// missing, or the key is neither of ES256 on P-256 nor of Ed25519.
pub(super) fn verify(reading: &Reading) -> Option<bool> {
    let key = reading.stored_key.as_ref().ok()?;
    let signature = reading.signature.as_ref().ok()?;
    let hash = reading.client_data_hash().ok()?;
    let signed = [reading.authenticator_bytes.as_ref().ok()?.as_slice(), &hash].concat();
    // An error means that it is not even of a signature's form.
    match es256(key) {
        Some(key) => Some(key.verify_signature(signature, &signed).unwrap_or(false)),
        None => ed25519(key).map(|key| {
            Signature::from_slice(signature).is_ok_and(|signature| key.verify_strict(&signed, &signature).is_ok())
        }),
    }
}

fn es256(key: &CoseKey) -> Option<COSEKey> {
    match key {
        CoseKey { key_type: 2, algorithm: -7, numbers: Numbers::Point { curve: 1, x, y: Some(y) } }
            if (x.len(), y.len()) == (32, 32) =>
        {
            let key = COSEEC2Key { curve: ECDSACurve::SECP256R1, x: x.clone(), y: y.clone() };
            Some(COSEKey { type_: COSEAlgorithm::ES256, key: COSEKeyType::EC_EC2(key) })
        }
        _ => None,
    }
}

fn ed25519(key: &CoseKey) -> Option<VerifyingKey> {
    match key {
        CoseKey { key_type: 1, algorithm: -8, numbers: Numbers::Point { curve: 6, x, .. } } => {
            VerifyingKey::from_bytes(x.as_slice().try_into().ok()?).ok()
        }
        _ => None,
    }
}
