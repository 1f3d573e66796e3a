//! A vault file's bytes become entries ([`read`]) and entries become accounts ([`accounts`]).
//!
//! Everything here is a pure function of its arguments: no clock, file, network, process or randomness. What cannot
//! be read is a [`Problem`] beside the entries; only a file that cannot be read *at all* is a [`ReadError`].
//!
//! # Formats
//!
//! | [`Format`] | what |
//! |---|---|
//! | `kdbx` | KeePass 2, KDBX 3.0, 3.1, 4.0 and 4.1, with a password, a key file or both |
//! | `bitwarden-json` | Bitwarden's unencrypted JSON export, of a person or of an organisation |
//!
//! # Why KDBX has its own reader
//!
//! Protected values of a KDBX file share one key stream, which is used up *in the order of the document*. A reader
//! that first builds its entries and then decrypts them in the order of its own structures hands out wrong passwords,
//! without an error, as soon as a file's elements come in another order; a wrong password is the worst mistake this
//! project could make. The general-purpose `keepass` crate (0.17) has this fault and one more that matters here:
//!
//! 1. An entry whose `<History>` precedes its `<String>` elements is read with a **wrong password, silently**
//!    (`tests/fixtures/history-before-strings.kdbx`).
//! 2. An entry in which `<String>` and `<Binary>` elements alternate makes it **refuse the whole file**
//!    (`tests/fixtures/interleaved-binary.kdbx`); KeePassXC opens it, and pykeepass writes such files.
//!
//! The first is not about history alone: protected custom data in front of a password has the same effect
//! (`custom-data-protected.kdbx`).
//!
//! So this reader takes the document as a stream and decrypts every element marked `Protected="True"` where it
//! stands, whether it knows the element or not. These fixtures, and the list of other files that `keepass` refuses, are
//! read in `tests/differential.rs` by this reader, by KeePassXC and by `keepass`.
//!
//! A key stream that ran out of step shows itself: the bytes it yields are hardly ever UTF-8. Where a protected value is
//! not text and less than 32 bytes of protected text follow it, the file counts as damaged, because from some point on
//! every password may be wrong.
//!
//! # Bounds
//!
//! A header says how much memory and time the key derivation takes, before anything authenticates that header.
//! [`Limits`] are checked first. The payload is inflated as a stream and never held in memory as a whole.
#![forbid(unsafe_code)]

mod account;
mod bitwarden;
mod entry;
mod error;
mod format;
#[cfg(test)]
mod fuzz;
mod kdbx;
mod key_file;
mod limits;
mod problem;
mod timestamp;
mod totp;
mod unlock;

pub use account::{Account, accounts};
pub use entry::{Entry, Import};
pub use error::{Cost, KeyFileError, Part, ReadError};
pub use format::{Format, UnknownFormatName, detect};
pub use limits::Limits;
pub use problem::{Problem, ProblemCode};
pub use totp::{Algorithm, Totp, TotpError};
pub use unlock::{KeyFile, Unlock};

/// Reads a vault file with the default [`Limits`].
///
/// `format`: what the person said the file is; `None` looks at the content.
///
/// # Errors
/// Where nothing of the file can be read; see [`ReadError`].
pub fn read(bytes: &[u8], unlock: &Unlock, format: Option<Format>) -> Result<Import, ReadError> {
    read_with(bytes, unlock, format, &Limits::default())
}

/// Reads a vault file; see [`read`].
///
/// # Errors
/// Where nothing of the file can be read; see [`ReadError`].
pub fn read_with(bytes: &[u8], unlock: &Unlock, format: Option<Format>, limits: &Limits) -> Result<Import, ReadError> {
    let found = format::detect(bytes);
    let format = match (format, found) {
        (None, None) => return Err(ReadError::UnknownFormat),
        (Some(asked), Some(found)) if asked != found => {
            return Err(ReadError::OtherFormat { asked, found: Some(found) });
        }
        (Some(asked), None) => return Err(ReadError::OtherFormat { asked, found: None }),
        (_, Some(found)) => found,
    };
    match format {
        Format::Kdbx => kdbx::read(bytes, unlock, limits),
        Format::BitwardenJson => bitwarden::read(bytes),
    }
}
