//! PINs and tokens, from the key's side (CTAP 6.5).

use aes::Aes256;
use aes::cipher::{Array, BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
use ciborium::Value;
use hmac::{Hmac, KeyInit as _, Mac as _};
use p256::elliptic_curve::Generate as _;
use p256::elliptic_curve::sec1::ToSec1Point as _;
use p256::{PublicKey, SecretKey, ecdh};
use rand::RngCore as _;
use sha2::{Digest as _, Sha256};

use super::cbor::{bytes, get, map};
use super::{Answer, Applet, Status};

pub struct Token {
    pub key: [u8; 32],
    pub permissions: u8,
    pub rp_id: Option<String>,
}

pub struct Pin {
    hash: Option<[u8; 16]>,
    pub retries: u64,
    /// Wrong ones since it was put in.
    wrong_in_a_row: u8,
    agreement: SecretKey,
    pub token: Option<Token>,
}

impl Pin {
    pub fn new() -> Self {
        let agreement = SecretKey::try_generate().unwrap();
        Self { hash: None, retries: 8, wrong_in_a_row: 0, agreement, token: None }
    }

    pub fn set(&mut self, pin: &str) {
        self.hash = Some(half(pin.as_bytes()));
        self.retries = 8;
    }

    pub fn is_set(&self) -> bool {
        self.hash.is_some()
    }

    pub fn power_cycle(&mut self) {
        self.wrong_in_a_row = 0;
        self.token = None;
        self.agreement = SecretKey::try_generate().unwrap();
    }
}

fn half(pin: &[u8]) -> [u8; 16] {
    Sha256::digest(pin)[..16].try_into().unwrap()
}

fn mac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

pub fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    mac(key, message)
}

pub fn authenticate(protocol: u64, key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = mac(key, message);
    if protocol == 1 {
        mac.truncate(16);
    }
    mac
}

/// The key's end of an agreement.
pub struct Shared {
    protocol: u64,
    hmac_key: Vec<u8>,
    aes_key: Vec<u8>,
}

impl Shared {
    pub fn authentic(&self, message: &[u8], proof: &[u8]) -> Result<(), Status> {
        if authenticate(self.protocol, &self.hmac_key, message) == proof { Ok(()) } else { Err(0x33) }
    }

    pub fn decrypt(&self, data: &[u8]) -> Result<Vec<u8>, Status> {
        let (iv, data) =
            if self.protocol == 1 { ([0; 16].as_slice(), data) } else { data.split_at_checked(16).ok_or(0x33_u8)? };
        if data.is_empty() || data.len() % 16 != 0 {
            return Err(0x02);
        }
        let mut data = data.to_vec();
        let mut mode = cbc::Decryptor::<Aes256>::new_from_slices(&self.aes_key, iv).unwrap();
        let (blocks, _) = Array::slice_as_chunks_mut(&mut data);
        mode.decrypt_blocks(blocks);
        Ok(data)
    }

    pub fn encrypt(&self, plain: &[u8]) -> Vec<u8> {
        let mut iv = [0; 16];
        if self.protocol == 2 {
            rand::rng().fill_bytes(&mut iv);
        }
        let mut data = plain.to_vec();
        let mut mode = cbc::Encryptor::<Aes256>::new_from_slices(&self.aes_key, &iv).unwrap();
        let (blocks, _) = Array::slice_as_chunks_mut(&mut data);
        mode.encrypt_blocks(blocks);
        if self.protocol == 2 { [iv.as_slice(), &data].concat() } else { data }
    }
}

impl Applet {
    pub(super) fn shared(&self, protocol: u64, platform: &Value) -> Result<Shared, Status> {
        let known = if self.model.protocols.is_empty() { &[1] } else { self.model.protocols };
        if !known.contains(&protocol) {
            return Err(0x02);
        }
        let point = [[4].as_slice(), &bytes(platform, -2)?, &bytes(platform, -3)?].concat();
        let theirs = PublicKey::from_sec1_bytes(&point).map_err(|_| 0x02_u8)?;
        let z = ecdh::diffie_hellman(self.pin.agreement.to_nonzero_scalar(), theirs.as_affine());
        let z = z.raw_secret_bytes();
        let (hmac_key, aes_key) = if protocol == 1 {
            (Sha256::digest(z).to_vec(), Sha256::digest(z).to_vec())
        } else {
            let extracted = mac(&[0; 32], z);
            (mac(&extracted, b"CTAP2 HMAC key\x01"), mac(&extracted, b"CTAP2 AES key\x01"))
        };
        Ok(Shared { protocol, hmac_key, aes_key })
    }

    pub(super) fn client_pin(&mut self, parameters: &Value) -> Answer {
        if self.option("clientPin").is_none() && self.option("uv").is_none() {
            return Err(0x01);
        }
        let number = |key| get(parameters, key).and_then(|n| u64::try_from(n.as_integer()?).ok());
        let protocol = number(1);
        let shared = || {
            let platform = get(parameters, 3).ok_or(0x14_u8)?;
            self.shared(protocol.ok_or(0x14_u8)?, &platform)
        };
        let with_permissions = self.has("pinUvAuthToken");
        match number(2).ok_or(0x14)? {
            1 => Ok(Some(map([
                (3, Some(Value::from(self.pin.retries))),
                (4, (self.pin.wrong_in_a_row >= 3).then_some(Value::Bool(true))),
            ]))),
            2 => {
                let point = self.pin.agreement.public_key().to_sec1_point(false);
                let key = map([
                    (1, Some(Value::from(2))),
                    (3, Some(Value::from(-25))),
                    (-1, Some(Value::from(1))),
                    (-2, Some(Value::Bytes(point.x().unwrap().to_vec()))),
                    (-3, Some(Value::Bytes(point.y().unwrap().to_vec()))),
                ]);
                Ok(Some(map([(1, Some(key))])))
            }
            3 if self.pin.is_set() => Err(0x33),
            3 => {
                let shared = shared()?;
                let new = bytes(parameters, 5)?;
                shared.authentic(&new, &bytes(parameters, 4)?)?;
                self.take_pin(&shared.decrypt(&new)?)
            }
            4 => {
                let shared = shared()?;
                let (new, old) = (bytes(parameters, 5)?, bytes(parameters, 6)?);
                shared.authentic(&[new.as_slice(), &old].concat(), &bytes(parameters, 4)?)?;
                self.compare(&shared.decrypt(&old)?)?;
                self.take_pin(&shared.decrypt(&new)?)
            }
            5 if !with_permissions => {
                let shared = shared()?;
                self.compare(&shared.decrypt(&bytes(parameters, 6)?)?)?;
                self.token(&shared, 0x03 | 0x04, None)
            }
            9 if with_permissions => {
                let shared = shared()?;
                let permissions = u8::try_from(number(9).ok_or(0x14)?).unwrap();
                self.compare(&shared.decrypt(&bytes(parameters, 6)?)?)?;
                if self.model.must_change_pin {
                    return Err(0x37);
                }
                let rp_id = get(parameters, 10).and_then(|rp| rp.into_text().ok());
                self.token(&shared, permissions, rp_id)
            }
            6 if with_permissions && self.has("uv") => {
                let shared = shared()?;
                let permissions = u8::try_from(number(9).ok_or(0x14)?).unwrap();
                self.sense()?;
                let rp_id = get(parameters, 10).and_then(|rp| rp.into_text().ok());
                self.token(&shared, permissions, rp_id)
            }
            7 => Ok(Some(map([(5, Some(Value::from(self.uv_retries)))]))),
            _ => Err(0x3e),
        }
    }

    /// What the sensor says.
    pub(super) fn sense(&mut self) -> Result<(), Status> {
        if self.uv_retries == 0 {
            return Err(0x3c);
        }
        if self.sensor.pop_front().unwrap_or(true) {
            self.uv_retries = 3;
            return Ok(());
        }
        self.uv_retries -= 1;
        Err(if self.uv_retries == 0 { 0x3c } else { 0x3f })
    }

    fn take_pin(&mut self, block: &[u8]) -> Answer {
        if block.len() != 64 || block[63] != 0 {
            return Err(0x02);
        }
        let pin: Vec<u8> = block.iter().copied().take_while(|byte| *byte != 0).collect();
        let pin = String::from_utf8(pin).map_err(|_| 0x37_u8)?;
        // As some keys do, it refuses a PIN of one repeated character.
        if pin.chars().count() < self.model.min_pin_length || pin.chars().all(|c| pin.starts_with(c)) {
            return Err(0x37);
        }
        self.pin.set(&pin);
        self.pin.token = None;
        self.model.must_change_pin = false;
        Ok(None)
    }

    fn compare(&mut self, given: &[u8]) -> Result<(), Status> {
        let hash = self.pin.hash.ok_or(0x35_u8)?;
        if self.pin.retries == 0 {
            return Err(0x32);
        }
        if self.pin.wrong_in_a_row >= 3 {
            return Err(0x34);
        }
        self.pin.retries -= 1;
        if given != hash {
            self.pin.agreement = SecretKey::try_generate().unwrap();
            self.pin.wrong_in_a_row += 1;
            return Err(match (self.pin.retries, self.pin.wrong_in_a_row) {
                (0, _) => 0x32,
                (_, 3) => 0x34,
                _ => 0x31,
            });
        }
        self.pin.retries = 8;
        self.pin.wrong_in_a_row = 0;
        Ok(())
    }

    fn token(&mut self, shared: &Shared, permissions: u8, rp_id: Option<String>) -> Answer {
        let mut key = [0; 32];
        rand::rng().fill_bytes(&mut key);
        let encrypted = shared.encrypt(&key);
        self.pin.token = Some(Token { key, permissions, rp_id });
        Ok(Some(map([(2, Some(Value::Bytes(encrypted)))])))
    }
}
