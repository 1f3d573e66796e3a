//! PIN/UV auth protocols one and two (CTAP 6.5.6 and 6.5.7): how a PIN, a token and a PRF's input reach the key unseen.

use std::fmt;

use aes::Aes256;
use aes::cipher::{Array, BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
use ciborium::Value;
use hmac::{Hmac, KeyInit as _, Mac as _};
use p256::PublicKey;
use p256::ecdh::EphemeralSecret;
use p256::elliptic_curve::Generate as _;
use p256::elliptic_curve::sec1::ToSec1Point as _;
use rand::RngCore as _;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::CtapError;
use super::cbor::map;

const BLOCK: usize = 16;

/// The protocols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    One,
    Two,
}

impl Protocol {
    pub(crate) fn from_number(number: u64) -> Option<Self> {
        match number {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            _ => None,
        }
    }

    pub(crate) fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }

    fn authenticate(self, key: &[u8], message: &[u8]) -> Vec<u8> {
        let mut mac = hmac(key, &[message]).to_vec();
        if self == Self::One {
            mac.truncate(16);
        }
        mac
    }
}

/// What one conversation about a PIN, or one evaluation of a PRF, is encrypted with.
pub(crate) struct SharedSecret {
    pub(crate) protocol: Protocol,
    hmac_key: Zeroizing<[u8; 32]>,
    aes_key: Zeroizing<[u8; 32]>,
    /// Our half, a COSE key.
    pub(crate) key_agreement: Value,
}

impl SharedSecret {
    /// Agrees on a secret with a key, whose half is a COSE key.
    pub(crate) fn agree(protocol: Protocol, theirs: &Value) -> Result<Self, CtapError> {
        const WRONG: CtapError = CtapError::Malformed("key agreement");
        let theirs = public_key(theirs).ok_or(WRONG)?;
        let ours = EphemeralSecret::try_generate().map_err(|_| CtapError::Transport("no random numbers".to_owned()))?;
        let shared = ours.diffie_hellman(&theirs);
        let z = shared.raw_secret_bytes();
        let (hmac_key, aes_key) = match protocol {
            Protocol::One => {
                let key = Zeroizing::new(<[u8; 32]>::from(Sha256::digest(z)));
                (key.clone(), key)
            }
            Protocol::Two => {
                // HKDF-SHA-256 of one block: extract with a salt of zeros, expand to 32 bytes.
                let extracted = Zeroizing::new(hmac(&[0; 32], &[z]));
                let expand = |info: &[u8]| Zeroizing::new(hmac(extracted.as_slice(), &[info, &[1]]));
                (expand(b"CTAP2 HMAC key"), expand(b"CTAP2 AES key"))
            }
        };
        Ok(Self { protocol, hmac_key, aes_key, key_agreement: cose(&ours.public_key()).ok_or(WRONG)? })
    }

    /// Whole blocks only.
    pub(crate) fn encrypt(&self, plain: &[u8]) -> Vec<u8> {
        let mut iv = [0; BLOCK];
        if self.protocol == Protocol::Two {
            rand::rng().fill_bytes(&mut iv);
        }
        let mut data = plain.to_vec();
        let mut mode = cbc::Encryptor::<Aes256>::new((&*self.aes_key).into(), &iv.into());
        let (blocks, _) = Array::slice_as_chunks_mut(&mut data);
        mode.encrypt_blocks(blocks);
        match self.protocol {
            Protocol::One => data,
            Protocol::Two => [iv.as_slice(), &data].concat(),
        }
    }

    pub(crate) fn decrypt(&self, encrypted: &[u8]) -> Result<Zeroizing<Vec<u8>>, CtapError> {
        const WRONG: CtapError = CtapError::Malformed("an encrypted value");
        let (iv, data) = match self.protocol {
            Protocol::One => ([0; BLOCK], encrypted),
            Protocol::Two => encrypted.split_first_chunk::<BLOCK>().map(|(iv, data)| (*iv, data)).ok_or(WRONG)?,
        };
        if data.is_empty() || data.len() % BLOCK != 0 {
            return Err(WRONG);
        }
        let mut data = Zeroizing::new(data.to_vec());
        let mut mode = cbc::Decryptor::<Aes256>::new((&*self.aes_key).into(), &iv.into());
        let (blocks, _) = Array::slice_as_chunks_mut(&mut data);
        mode.decrypt_blocks(blocks);
        Ok(data)
    }

    pub(crate) fn authenticate(&self, message: &[u8]) -> Vec<u8> {
        self.protocol.authenticate(self.hmac_key.as_slice(), message)
    }
}

impl fmt::Debug for SharedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedSecret")
    }
}

/// What a key gives for a right PIN: it vouches for commands until the key forgets it.
pub(crate) struct PinToken {
    protocol: Protocol,
    key: Zeroizing<Vec<u8>>,
}

impl PinToken {
    pub(super) fn decrypt(shared: &SharedSecret, encrypted: &[u8]) -> Result<Self, CtapError> {
        let key = shared.decrypt(encrypted)?;
        // Protocol one allows 16 bytes as well.
        let right = key.len() == 32 || (shared.protocol == Protocol::One && key.len() == 16);
        if right { Ok(Self { protocol: shared.protocol, key }) } else { Err(CtapError::Malformed("PIN/UV token")) }
    }

    pub(crate) fn protocol(&self) -> Protocol {
        self.protocol
    }

    pub(crate) fn authenticate(&self, message: &[u8]) -> Vec<u8> {
        self.protocol.authenticate(&self.key, message)
    }
}

impl fmt::Debug for PinToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PinToken")
    }
}

fn hmac(key: &[u8], message: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of every length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in message {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn public_key(cose: &Value) -> Option<PublicKey> {
    let part = |label: i64| {
        let (_, value) = cose.as_map()?.iter().find(|(key, _)| *key == Value::from(label))?;
        <[u8; 32]>::try_from(value.as_bytes()?.as_slice()).ok()
    };
    // Refuses points that are not on the curve.
    PublicKey::from_sec1_bytes(&[[4].as_slice(), &part(-2)?, &part(-3)?].concat()).ok()
}

/// CTAP 6.5.6, "getPublicKey": a key with the algorithm -25, although it is none of that.
fn cose(key: &PublicKey) -> Option<Value> {
    let point = key.to_sec1_point(false);
    let coordinate = |bytes: &[u8]| Value::Bytes(bytes.to_vec());
    Some(map([
        (1, Some(Value::from(2))),
        (3, Some(Value::from(-25))),
        (-1, Some(Value::from(1))),
        (-2, Some(coordinate(point.x()?))),
        (-3, Some(coordinate(point.y()?))),
    ]))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// Both sides of an agreement, each made from the other's public half.
    fn check(protocol: Protocol) {
        let theirs = EphemeralSecret::try_generate().unwrap();
        let ours = SharedSecret::agree(protocol, &cose(&theirs.public_key()).unwrap()).unwrap();
        let z = theirs.diffie_hellman(&public_key(&ours.key_agreement).unwrap());
        let expected = match protocol {
            Protocol::One => <[u8; 32]>::from(Sha256::digest(z.raw_secret_bytes())),
            Protocol::Two => hmac(&hmac(&[0; 32], &[z.raw_secret_bytes()]), &[b"CTAP2 AES key\x01"]),
        };
        assert!(*ours.aes_key == expected);
        let plain = [7; 64];
        let encrypted = ours.encrypt(&plain);
        assert_eq!(encrypted.len(), if protocol == Protocol::One { 64 } else { 80 });
        assert!(ours.decrypt(&encrypted).unwrap().as_slice() == plain.as_slice());
        assert!(ours.decrypt(encrypted.get(..encrypted.len() - 1).unwrap()).is_err());
        assert!(ours.decrypt(&[]).is_err());
        assert_eq!(ours.authenticate(b"a").len(), if protocol == Protocol::One { 16 } else { 32 });
        assert_eq!(format!("{ours:?}"), "SharedSecret");
    }

    #[test]
    fn both_sides_agree() {
        check(Protocol::One);
        check(Protocol::Two);
    }

    #[test]
    fn a_point_that_is_not_on_the_curve_is_refused() {
        let at = |value: u8| Some(Value::Bytes(vec![value; 32]));
        let off_the_curve = map([(-2, at(1)), (-3, at(1))]);
        assert!(SharedSecret::agree(Protocol::Two, &off_the_curve).is_err());
        assert!(SharedSecret::agree(Protocol::Two, &map([(1, Some(Value::from(2)))])).is_err());
    }

    /// The HMAC of RFC 4231, test case 2.
    #[test]
    fn hmac_is_hmac() {
        let mac = hmac(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        assert_eq!(mac.get(..4), Some([0x5b, 0xdc, 0xc1, 0x46].as_slice()));
    }
}
