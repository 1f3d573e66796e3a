//! Ente Auth's encrypted export: <https://ente.com/help/auth/migration/export>. Its plain one is of [`super::lines`].
//!
//! What it calls XChaCha20-Poly1305 is a stream of libsodium with one message in it:
//! <https://doc.libsodium.org/secret-key_cryptography/secretstream>.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20::cipher::{KeyIvInit, StreamCipher, StreamCipherSeek};
use chacha20::{ChaCha20, R20, hchacha};
use poly1305::Poly1305;
use poly1305::universal_hash::KeyInit;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{lines, password};
use crate::container::json;
use crate::crypto::Key;
use crate::crypto::cipher::Plain;
use crate::crypto::derive::{self, ArgonCost};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Import, Part, ReadError};

const DAMAGED: ReadError = ReadError::damaged(Part::Json);

/// Bytes of the stream's first block, of which one is encrypted.
const BLOCK: usize = 64;
/// Bytes of the message's checksum.
const MAC: usize = 16;

pub(crate) static SOURCE: Source = Source {
    name: "ente-auth",
    product: "Ente Auth",
    kind: "JSON",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| sample.is_json(false, &["kdfParams", "encryptedData", "encryptionNonce"]),
        lock: |_| Lock::Password,
        read,
    },
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Export {
    kdf_params: Costs,
    encrypted_data: String,
    encryption_nonce: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Costs {
    /// Bytes.
    mem_limit: u64,
    ops_limit: u64,
    salt: String,
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let document = json::document(input.bytes());
    let export: Export = json::parse(&document, input.limits)?;
    let decode = |text: &str| STANDARD.decode(text).map_err(|_| DAMAGED);
    let sealed = decode(&export.encrypted_data)?;
    let header: [u8; 24] = decode(&export.encryption_nonce)?.try_into().map_err(|_| DAMAGED)?;
    let costs = export.kdf_params;
    let salt = decode(&costs.salt)?;
    let cost = ArgonCost { memory: costs.mem_limit, iterations: costs.ops_limit, lanes: 1 };
    let key = derive::argon2id(password(input.unlock)?, &salt, cost, input.limits)?;
    // A wrong password and a changed file look alike.
    let text = open(&key, &header, &sealed).ok_or(ReadError::WrongKey)?;
    lines::read_text(&text, input)
}

/// Opens the one message of a stream.
fn open(key: &Key, header: &[u8; 24], sealed: &[u8]) -> Option<Plain> {
    let (input, inner) = header.split_first_chunk::<16>()?;
    let subkey = Zeroizing::new(hchacha::<R20>(&(**key).into(), &(*input).into()));
    // The counter of messages, from one on, and what the header holds beside.
    let mut nonce = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    nonce.last_chunk_mut::<8>()?.copy_from_slice(inner);
    let mut stream = ChaCha20::new(&subkey, &nonce.into());

    let (body, mac) = sealed.split_at_checked(sealed.len().checked_sub(MAC)?)?;
    let (tag, message) = body.split_first()?;
    let mut mac_key = Zeroizing::new([0u8; 32]);
    stream.apply_keystream(mac_key.as_mut_slice());
    let mut block = Zeroizing::new([0u8; BLOCK]);
    stream.seek(BLOCK);
    stream.apply_keystream(block.as_mut_slice());
    *block.first_mut()? = *tag;

    let length = u64::try_from(BLOCK.checked_add(message.len())?).ok()?;
    let padding = [0; 16];
    // Short by what libsodium is short by: the length itself, not what it lacks of a whole block.
    let padding = padding.get(..message.len() % 16)?;
    let authenticated = [&block[..], message, padding, &0u64.to_le_bytes(), &length.to_le_bytes()].concat();
    let expect = Poly1305::new(&(*mac_key).into()).compute_unpadded(&authenticated);
    // The attacker of a file learns nothing from how long this takes.
    if expect.as_slice() != mac {
        return None;
    }
    let mut text = Zeroizing::new(message.to_vec());
    stream.seek(2 * BLOCK);
    stream.apply_keystream(&mut text);
    Some(text)
}
