//! The encryption around a vault: AES-256 under a key that PBKDF2 makes of the password
//! (<https://github.com/perry-mitchell/iocane>). Six values stand between dollar signs: the content in base64, the
//! initialisation vector, the salt, the authentication code, the iterations, and the mode.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::ExposeSecret;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::container::gzip;
use crate::crypto::Key;
use crate::crypto::cipher::{Plain, decrypt_cbc, open_gcm};
use crate::crypto::derive::{Hash, pbkdf2};
use crate::formats::Input;
use crate::progress::Stage;
use crate::{Part, ReadError};

const DAMAGED: ReadError = ReadError::damaged(Part::Structure);
/// Of vaults that do not say.
const ROUNDS: u64 = 1000;

/// The history of a vault of format A: the characters of the decrypted text stand for the bytes of a GZIP stream.
pub(super) fn open_a(text: &[u8], input: &Input<'_>) -> Result<Plain, ReadError> {
    let plain = open(text, input)?;
    let text = str::from_utf8(&plain).map_err(|_| ReadError::damaged(Part::Ciphertext))?;
    let bytes: Option<Vec<u8>> = text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect();
    let bytes = Zeroizing::new(bytes.ok_or(ReadError::damaged(Part::Compression))?);
    gzip::inflate(&bytes, input.limits)
}

/// The document of a vault of format B: the decrypted text is base64 of a GZIP stream.
pub(super) fn open_b(text: &[u8], input: &Input<'_>) -> Result<Plain, ReadError> {
    let plain = open(text, input)?;
    let bytes = BASE64_STANDARD.decode(plain.trim_ascii()).map_err(|_| ReadError::damaged(Part::Compression))?;
    gzip::inflate(&Zeroizing::new(bytes), input.limits)
}

fn open(text: &[u8], input: &Input<'_>) -> Result<Plain, ReadError> {
    let password = input.unlock.password.as_ref().ok_or(ReadError::NeedsKey)?;
    let password = password.expose_secret().as_bytes();
    let text = str::from_utf8(text).map_err(|_| DAMAGED)?.trim();
    let mut parts = text.splitn(7, '$');
    let mut part = || parts.next();
    let (Some(content), Some(iv), Some(salt), Some(code)) = (part(), part(), part(), part()) else {
        return Err(DAMAGED);
    };
    let rounds = part().map_or(Ok(ROUNDS), |rounds| rounds.parse().map_err(|_| DAMAGED))?;
    let mode = part().unwrap_or("cbc");
    let data = BASE64_STANDARD.decode(content).map_err(|_| DAMAGED)?;
    let (iv_bytes, code) = (hex(iv).ok_or(DAMAGED)?, hex(code).ok_or(DAMAGED)?);
    input.watch.tell(Stage::Key, 0, 0);
    // Nothing tells a wrong password from changed content.
    match mode {
        "cbc" => {
            let keys = pbkdf2::<64>(Hash::Sha256, password, salt.as_bytes(), rounds, input.limits)?;
            let (key, mac_key) = keys.split_at_checked(32).ok_or(DAMAGED)?;
            let mac = Hmac::<Sha256>::new_from_slice(mac_key).map_err(|_| DAMAGED)?;
            // The code is of the texts, not of what they encode.
            let mac = mac.chain_update(content).chain_update(iv).chain_update(salt);
            mac.verify_slice(&code).map_err(|_| ReadError::WrongKey)?;
            let key: Key = Zeroizing::new(key.try_into().map_err(|_| DAMAGED)?);
            decrypt_cbc(&key, &iv_bytes, Zeroizing::new(data)).map_err(|_| ReadError::damaged(Part::Ciphertext))
        }
        "gcm" => {
            let key = pbkdf2::<32>(Hash::Sha256, password, salt.as_bytes(), rounds, input.limits)?;
            let sealed = [data, code].concat();
            open_gcm(&key, &iv_bytes, &sealed, format!("{iv}{salt}").as_bytes()).map_err(|_| ReadError::WrongKey)
        }
        _ => Err(ReadError::Unsupported { what: "this cipher of Buttercup" }),
    }
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let byte = |[high, low]: &[u8; 2]| u8::try_from(digit(*high)? * 16 + digit(*low)?).ok();
    rest.is_empty().then(|| pairs.iter().map(byte).collect()).flatten()
}
