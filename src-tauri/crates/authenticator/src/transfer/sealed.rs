//! Encryption with age: <https://age-encryption.org/v1>.

use std::io::{Read as _, Write as _};
use std::str::FromStr;

use age::armor::ArmoredReader;
use age::secrecy::{ExposeSecret as _, SecretString};
use age::{Decryptor, Encryptor, scrypt, x25519};
use zeroize::Zeroizing;

use super::{LARGEST, TransferError};

/// scrypt's work for a passphrase, as a power of two, as `age` has it: 256 MiB and about a second.
const WORK: u8 = 18;
/// The most that is done to open a file: 1 GiB.
const MOST_WORK: u8 = 20;
/// The largest header that is read, in bytes: dozens of recipients. The crate's reader of headers starts anew at each
/// line.
const LARGEST_HEADER: usize = 16 << 10;
/// What a file begins with, and what one in ASCII armour does.
const BINARY: &[u8] = b"age-encryption.org/v1\n";
const ARMOURED: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
/// What the last line of a header begins with.
const HEADER_END: &[u8] = b"\n--- ";
/// What a line with a private key of age's begins with.
const IDENTITY: &str = "AGE-SECRET-KEY-1";

/// How a file is to be protected.
pub enum Protection {
    /// Not at all: whoever gets hold of the file can sign in.
    Plain,
    /// By a passphrase.
    Passphrase(SecretString),
    /// For the holders of these keys; one of them is enough.
    Recipients(Vec<Recipient>),
}

/// A public key of age's (`age1…`).
#[derive(Clone)]
pub struct Recipient(x25519::Recipient);

impl FromStr for Recipient {
    type Err = TransferError;

    fn from_str(text: &str) -> Result<Self, TransferError> {
        text.trim().parse().map(Self).map_err(|_| TransferError::NotAKey)
    }
}

impl std::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Protection {
    /// Whether what is written can be read by anybody.
    pub fn is_plain(&self) -> bool {
        matches!(self, Self::Plain)
    }

    pub(super) fn seal(&self, plain: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, TransferError> {
        let encryptor = match self {
            Self::Plain => return Ok(plain),
            Self::Passphrase(passphrase) if passphrase.expose_secret().is_empty() => return Err(TransferError::Locked),
            Self::Passphrase(passphrase) => {
                let mut recipient = scrypt::Recipient::new(passphrase.clone());
                recipient.set_work_factor(WORK);
                Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
            }
            Self::Recipients(keys) => Encryptor::with_recipients(keys.iter().map(|key| &key.0 as &dyn age::Recipient)),
        };
        let encryptor = encryptor.map_err(|_| TransferError::Locked)?;
        let mut sealed = Vec::new();
        let mut writer = encryptor.wrap_output(&mut sealed).map_err(|_| TransferError::Encode)?;
        writer.write_all(&plain).map_err(|_| TransferError::Encode)?;
        writer.finish().map_err(|_| TransferError::Encode)?;
        Ok(Zeroizing::new(sealed))
    }
}

/// What a file needs to be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferLock {
    /// Nothing: it is no file of age's.
    Open,
    /// A passphrase.
    Passphrase,
    /// One of the private keys it was encrypted for.
    Identity,
}

/// What opens a file of age's.
#[derive(Default)]
pub struct Openers {
    /// A passphrase.
    pub passphrase: Option<SecretString>,
    /// The text of a file with private keys, as `age-keygen` writes it.
    pub identities: Option<SecretString>,
}

/// What a file needs. A file of age's that is damaged needs nothing that anybody has; [`open`] says so.
pub fn lock(bytes: &[u8]) -> TransferLock {
    match dearmoured(bytes).map(|sealed| sealed.map(|sealed| decryptor(&sealed).map(|d| d.is_scrypt()))) {
        Ok(None) => TransferLock::Open,
        Ok(Some(Ok(true))) => TransferLock::Passphrase,
        _ => TransferLock::Identity,
    }
}

/// What a file holds, decrypted where it is encrypted; a file that is not is given back as it is.
///
/// # Errors
/// [`TransferError::Locked`] where the opener it needs is not given, [`TransferError::WrongKey`],
/// [`TransferError::TooCostly`], [`TransferError::NotAKey`], [`TransferError::TooLarge`], [`TransferError::Damaged`].
pub fn open(bytes: Zeroizing<Vec<u8>>, with: &Openers) -> Result<Zeroizing<Vec<u8>>, TransferError> {
    let Some(sealed) = dearmoured(&bytes)? else { return Ok(bytes) };
    let decryptor = decryptor(&sealed)?;
    let keys: Vec<Box<dyn age::Identity>> = if decryptor.is_scrypt() {
        let passphrase = with.passphrase.clone().ok_or(TransferError::Locked)?;
        let mut identity = scrypt::Identity::new(passphrase);
        identity.set_max_work_factor(MOST_WORK);
        vec![Box::new(identity)]
    } else {
        identities(with.identities.as_ref().ok_or(TransferError::Locked)?)?
    };
    let mut reader = decryptor.decrypt(keys.iter().map(|key| &**key)).map_err(reason)?.take(LARGEST as u64 + 1);
    // The plain text is shorter than the file, so that the buffer never grows and leaves no copy behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len().min(LARGEST).saturating_add(1)));
    reader.read_to_end(&mut plain).map_err(|_| TransferError::Damaged)?;
    if plain.len() > LARGEST { Err(TransferError::TooLarge) } else { Ok(plain) }
}

/// The bytes of a file of age's, without its armour; `None` where it is none.
fn dearmoured(bytes: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, TransferError> {
    if bytes.len() > LARGEST {
        return Err(TransferError::TooLarge);
    }
    if bytes.starts_with(BINARY) {
        return Ok(Some(Zeroizing::new(bytes.to_vec())));
    }
    if !bytes.trim_ascii_start().starts_with(ARMOURED) {
        return Ok(None);
    }
    let mut sealed = Zeroizing::new(Vec::new());
    ArmoredReader::new(bytes.trim_ascii_start()).read_to_end(&mut sealed).map_err(|_| TransferError::Damaged)?;
    if sealed.starts_with(BINARY) { Ok(Some(sealed)) } else { Err(TransferError::Damaged) }
}

fn decryptor(sealed: &[u8]) -> Result<Decryptor<&[u8]>, TransferError> {
    let head = sealed.get(..LARGEST_HEADER).unwrap_or(sealed);
    if !head.windows(HEADER_END.len()).any(|part| part == HEADER_END) {
        return Err(TransferError::Damaged);
    }
    Decryptor::new_buffered(sealed).map_err(reason)
}

fn identities(text: &SecretString) -> Result<Vec<Box<dyn age::Identity>>, TransferError> {
    let lines = text.expose_secret().lines().map(str::trim).filter(|line| line.starts_with(IDENTITY));
    let keys = lines.map(|line| x25519::Identity::from_str(line).map(|key| Box::new(key) as Box<dyn age::Identity>));
    let keys: Vec<_> = keys.collect::<Result<_, _>>().map_err(|_| TransferError::NotAKey)?;
    if keys.is_empty() { Err(TransferError::NotAKey) } else { Ok(keys) }
}

fn reason(error: age::DecryptError) -> TransferError {
    use age::DecryptError;
    match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys => {
            TransferError::WrongKey
        }
        DecryptError::ExcessiveWork { .. } => TransferError::TooCostly,
        _ => TransferError::Damaged,
    }
}
