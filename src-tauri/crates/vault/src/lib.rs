//! A vault file's bytes become entries ([`read`]) and entries become accounts ([`accounts()`]).
//!
//! Everything here is a pure function of its arguments: no clock, file, network, process or randomness. What cannot
//! be read is a [`Problem`] beside the entries; only a file that cannot be read *at all* is a [`ReadError`].
//!
//! # Formats
//!
//! One file a format under `formats/`; [`Format::all`] lists them, and [`Format::evidence`] says on what each stands.
//! Formats are told by their content alone. What they are made of (tables, JSON rows, archives, XML) is read by
//! `container/`, within bounds.
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
mod address;
mod apps;
mod container;
mod crypto;
mod entry;
mod error;
mod few;
mod format;
mod formats;
#[cfg(test)]
mod fuzz;
mod health;
mod join;
mod key_file;
mod limits;
mod problem;
mod progress;
mod sample;
mod short;
mod timestamp;
mod totp;
mod unlock;
mod wire;

pub use account::{Account, Grouped, StoredPassword, accounts};
pub use entry::{Entry, Extra, Import, LeftOut, Passkey, Token};
pub use error::{Cost, KeyFileError, Part, ReadError};
pub use few::Few;
pub use format::{Evidence, Format, Found, Lock, UnknownFormatName, detect};
pub use formats::csv::{CellKind, Column, Mapping, Preview, PreviewColumn, preview};
pub use formats::pass_store::{pass_entry, pass_store};
pub use health::{Health, HealthKey, OLD_AFTER, Strength, judge, judge_with, mail_domain, signs_in_with};
pub use join::{Doubtful, Joined, join};
pub use limits::Limits;
pub use problem::{Problem, ProblemCode, Problems};
pub use progress::{Progress, Stage};
pub use short::Short;
pub use totp::{Algorithm, Totp, TotpError};
pub use unlock::{KeyFile, Unlock};
pub use wire::WireError;

use format::Reader;
use formats::Input;
use progress::Watch;
use sample::Sample;

/// How a vault file is read; all defaults are right for a file that nothing is known of.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// What the person said the file is; `None` looks at the content. The content must agree, but for tables, which may
    /// be read as another table.
    pub format: Option<Format>,
    /// What the columns of a table are, for one that is of no known program.
    pub mapping: Option<&'a Mapping>,
    /// What the file may ask for.
    pub limits: Limits,
    /// Told how far it is.
    pub progress: Option<&'a dyn Fn(Progress)>,
}

/// Reads a vault file.
///
/// # Errors
/// Where nothing of the file can be read; see [`ReadError`].
pub fn read(bytes: &[u8], unlock: &Unlock, options: &Options<'_>) -> Result<Import, ReadError> {
    let sample = Sample::new(bytes);
    let found = format::recognise(&sample);
    let format = match (options.format, found) {
        _ if options.mapping.is_some() => Format::of(&formats::csv::ANY),
        (None, None) if !sample.heading().is_empty() => return Err(ReadError::NeedsMapping),
        (None, None) => return Err(ReadError::UnknownFormat),
        (None, Some(found)) => found,
        (Some(asked), found) if Some(asked) == found => asked,
        // One heading may be two programs'; the person knows which.
        (Some(asked), Some(found)) if asked.is_table() && found.is_table() && asked.fits(&sample) => asked,
        (Some(asked), found) => return Err(ReadError::OtherFormat { asked, found }),
    };
    let watch = Watch::new(options.progress);
    let input = Input { format, sample: &sample, unlock, limits: &options.limits, mapping: options.mapping, watch };
    let mut import = match format.reader() {
        Reader::Own { read, .. } => read(&input),
        Reader::Csv(layout) => layout.read(&input),
    }?;
    import.bound();
    Ok(import)
}
