//! Passkeys on their way to another program and back, so that they live where the person's everyday browser finds them.
//!
//! Three formats are written and read, each told by its content; a file may be encrypted with `age`
//! (<https://age-encryption.org/v1>). Everything here is a function of its arguments: files are the caller's.
//!
//! What goes along: the credential id, the RP ID, the user's handle and names, and the private key, byte for byte; with
//! CXF the secrets of the extension `prf` too. What does not, in any of the formats: a sign counter (the store's are 0; a passkey with another one is not taken in, since
//! its site would take the copy for a clone), and the backup flags. *Backup eligible* never changes once a passkey was
//! made (<https://www.w3.org/TR/webauthn-3/#sctn-credential-backup>), and other programs say that it is: a passkey whose
//! site was told that it cannot be copied is therefore not written. *Backup state* stays as it is in the store, because a
//! file that was written is no copy that is kept; a passkey that comes in has it set, since two programs hold it now.

mod bitwarden;
mod cxf;
mod json;
mod keepassxc;
mod key;
mod passkey;
mod sealed;
mod time;

use std::time::SystemTime;

use rekey_webauthn::CredentialId;
use uuid::Uuid;
use zeroize::Zeroizing;

pub use key::{KeyKind, KeyProblem, PrivateKey};
pub use passkey::{Portable, PrfSecrets, Problem, ProblemKind};
pub use sealed::{Openers, Protection, Recipient, TransferLock, lock, open};

/// The largest file that is read, in bytes; a passkey takes about one kilobyte.
pub const LARGEST: usize = 16 << 20;
/// The most passkeys that are read from one file.
const MOST: usize = 10_000;

/// A format that passkeys travel in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransferFormat {
    /// The FIDO Alliance's Credential Exchange Format 1.0.
    Cxf,
    /// Bitwarden's JSON export.
    Bitwarden,
    /// KeePassXC's passkey files, one a passkey.
    KeePassXc,
}

impl TransferFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Cxf, Self::Bitwarden, Self::KeePassXc];

    /// Its name on the command line and in the ledger.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cxf => "cxf",
            Self::Bitwarden => "bitwarden",
            Self::KeePassXc => "keepassxc",
        }
    }

    /// Whether one file holds one passkey only.
    pub const fn is_one_each(self) -> bool {
        matches!(self, Self::KeePassXc)
    }
}

/// Why a file cannot be written or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransferError {
    /// It is of no format that is known here.
    #[error("no known format of passkeys")]
    Unknown,
    /// It is larger, or holds more, than any such file.
    #[error("the file is too large")]
    TooLarge,
    /// It is cut off or was altered.
    #[error("the file is damaged")]
    Damaged,
    /// It needs a passphrase, or a key of age's.
    #[error("the file is locked")]
    Locked,
    /// The passphrase or the key is not the right one.
    #[error("the passphrase or key is wrong")]
    WrongKey,
    /// Its passphrase takes more work to check than is done here.
    #[error("the file asks for too much work")]
    TooCostly,
    /// It is encrypted for one program, or by one program's own means.
    #[error("the file is encrypted for another program")]
    ForAnother,
    /// It is no recipient of age's, or no key.
    #[error("this is no key of age's")]
    NotAKey,
    /// It could not be encoded.
    #[error("the file could not be encoded")]
    Encode,
}

/// Who writes, and when.
#[derive(Debug, Clone, Copy)]
pub struct Writer {
    /// The store.
    pub store: Uuid,
    /// The time.
    pub now: SystemTime,
}

/// A file that is to be written.
pub struct TransferFile {
    /// What its name might be, without an ending for encryption.
    pub name: String,
    /// What is in it. Plain text unless it was encrypted.
    pub bytes: Zeroizing<Vec<u8>>,
    /// The passkeys in it.
    pub passkeys: Vec<CredentialId>,
}

/// What is to be written, and what cannot be.
#[derive(Default)]
pub struct Written {
    /// The files.
    pub files: Vec<TransferFile>,
    /// The passkeys that the format, or the program that reads it, cannot take.
    pub left: Vec<(CredentialId, Left)>,
    /// The passkeys that are written, but not with everything that belongs to them.
    pub lost: Vec<(CredentialId, Lost)>,
}

/// What of a passkey stays behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// Its secrets for encryption at the site (`prf`): what the site encrypted with them opens with the store alone.
    Prf,
    /// The blob that a site keeps with it.
    Blob,
}

impl Lost {
    /// Its code for texts and scripts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Prf => "prf",
            Self::Blob => "blob",
        }
    }
}

impl Left {
    /// Its code for texts and scripts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::KeyKind => "key-kind",
            Self::Bound => "bound",
        }
    }
}

/// Why a passkey is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// The program knows no keys of this kind.
    KeyKind,
    /// The site was told that this passkey cannot be copied, and would refuse it from a program that says otherwise.
    Bound,
}

/// Writes passkeys in a format, encrypted as wished.
///
/// # Errors
/// [`TransferError::Encode`]; [`TransferError::Locked`] where the protection has no passphrase or recipient.
pub fn write(
    format: TransferFormat,
    passkeys: &[Portable],
    protection: &Protection,
    writer: &Writer,
) -> Result<Written, TransferError> {
    let mut written = Written::default();
    let mut carried = Vec::new();
    for passkey in passkeys {
        let left = match passkey.key.kind() {
            _ if !passkey.may_be_copied => Some(Left::Bound),
            KeyKind::EdDsa if format == TransferFormat::Bitwarden => Some(Left::KeyKind),
            KeyKind::EdDsa | KeyKind::Es256 => None,
        };
        match left {
            Some(left) => written.left.push((passkey.credential_id.clone(), left)),
            None => {
                let lost = [
                    (passkey.prf.is_some() && format != TransferFormat::Cxf).then_some(Lost::Prf),
                    passkey.has_blob.then_some(Lost::Blob),
                ];
                written.lost.extend(lost.into_iter().flatten().map(|lost| (passkey.credential_id.clone(), lost)));
                carried.push(passkey);
            }
        }
    }
    let ids = |passkeys: &[&Portable]| passkeys.iter().map(|passkey| passkey.credential_id.clone()).collect();
    let mut add = |name: String, plain: Zeroizing<Vec<u8>>, passkeys: Vec<CredentialId>| {
        let bytes = protection.seal(plain)?;
        written.files.push(TransferFile { name, bytes, passkeys });
        Ok(())
    };
    match format {
        _ if carried.is_empty() => {}
        TransferFormat::Cxf => add("passkeys.cxf.json".to_owned(), cxf::write(&carried, writer)?, ids(&carried))?,
        TransferFormat::Bitwarden => {
            add("passkeys.bitwarden.json".to_owned(), bitwarden::write(&carried, writer)?, ids(&carried))?;
        }
        TransferFormat::KeePassXc => {
            for (passkey, name) in carried.iter().zip(keepassxc::names(&carried)) {
                add(name, keepassxc::write(passkey)?, ids(&[*passkey]))?;
            }
        }
    }
    Ok(written)
}

/// What was in a file.
#[derive(Debug)]
pub struct Brought {
    /// Its format.
    pub format: TransferFormat,
    /// The passkeys that the store can take.
    pub passkeys: Vec<Portable>,
    /// What could not be read, or not in full.
    pub problems: Vec<Problem>,
    /// Whether the file holds anything besides: passwords, notes.
    pub has_more: bool,
}

/// Reads a file that is not, or no longer, encrypted (see [`open`]). One passkey that cannot be read costs only itself.
///
/// # Errors
/// Where it holds passkeys in no known way.
pub fn read(bytes: &[u8]) -> Result<Brought, TransferError> {
    if bytes.len() > LARGEST {
        return Err(TransferError::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| TransferError::Unknown)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document: Document<'_> = json::parse(text).ok_or(match text.trim_start().starts_with('{') {
        true => TransferError::Damaged,
        false => TransferError::Unknown,
    })?;
    let mut into = passkey::Gathered::default();
    let format = if document.relying_party.is_some() && document.private_key.is_some() {
        keepassxc::read(text, &mut into);
        TransferFormat::KeePassXc
    } else if document.encrypted.is_some_and(|encrypted| encrypted.get() == "true") {
        return Err(TransferError::ForAnother);
    } else if document.accounts.is_some() {
        cxf::read(text, &mut into)?;
        TransferFormat::Cxf
    } else if document.items.is_some() {
        bitwarden::read(text, &mut into)?;
        TransferFormat::Bitwarden
    } else {
        return Err(TransferError::Unknown);
    };
    if into.is_full() {
        return Err(TransferError::TooLarge);
    }
    Ok(Brought { format, passkeys: into.passkeys, problems: into.problems, has_more: into.has_more })
}

/// The members that tell the formats apart.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    #[serde(borrow)]
    relying_party: Option<&'a serde_json::value::RawValue>,
    #[serde(borrow)]
    private_key: Option<&'a serde_json::value::RawValue>,
    #[serde(borrow)]
    encrypted: Option<&'a serde_json::value::RawValue>,
    #[serde(borrow)]
    accounts: Option<&'a serde_json::value::RawValue>,
    #[serde(borrow)]
    items: Option<&'a serde_json::value::RawValue>,
}
