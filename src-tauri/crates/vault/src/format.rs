use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::formats::csv::Layout;
use crate::formats::{self, Input};
use crate::sample::Sample;
use crate::{Import, ReadError};

/// A kind of file this crate reads: one program's database or export.
#[derive(Clone, Copy)]
pub struct Format(&'static Source);

/// What there is to know of a format. Adding a format is adding a file under `formats/` with one of these, and naming it
/// in [`formats::SOURCES`].
pub(crate) struct Source {
    /// The name used on the command line, in the ledger and in reports. Never changes.
    pub name: &'static str,
    /// The program or programs it comes from.
    pub product: &'static str,
    /// The kind of file, as people call it: `CSV`, `JSON`, `1PUX`.
    pub kind: &'static str,
    /// How well the reader is founded.
    pub evidence: Evidence,
    pub reader: Reader,
}

/// How files of a format are told from others and read.
pub(crate) enum Reader {
    /// Rows and columns, told by the heading.
    Csv(&'static Layout),
    /// Everything else.
    Own {
        /// Whether the content is of this format; a damaged file should still be recognised by its start.
        recognises: fn(&Sample<'_>) -> bool,
        /// What a recognised file needs to be opened.
        lock: fn(&Sample<'_>) -> Lock,
        /// Reads a recognised file.
        read: fn(&Input<'_>) -> Result<Import, ReadError>,
    },
}

/// What a file needs to be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// Nothing.
    Open,
    /// A password.
    Password,
    /// A password, a key file or both.
    PasswordOrKeyFile,
}

/// On what a format's reader stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Tests compare it with the program itself, which is named.
    Program(&'static str),
    /// It was tried on exports that the product wrote; where they are from.
    Export(&'static str),
    /// Documentation and other programs' importers; no real file was at hand.
    Documentation,
}

impl Format {
    /// KeePass 2.
    pub const KDBX: Self = Self(&formats::kdbx::SOURCE);
    /// Bitwarden's JSON export.
    pub const BITWARDEN_JSON: Self = Self(&formats::bitwarden::SOURCE);
    /// A password store, which is a folder; [`crate::pass_store`] reads it.
    pub const PASS: Self = Self(&formats::pass_store::SOURCE);

    pub(crate) const fn of(source: &'static Source) -> Self {
        Self(source)
    }

    /// Every format, in the order they are shown.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + Clone {
        formats::SOURCES.iter().copied().map(Self)
    }

    /// The name used on the command line and in reports.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The program or programs it comes from.
    pub fn product(self) -> &'static str {
        self.0.product
    }

    /// The kind of file, as people call it.
    pub fn kind(self) -> &'static str {
        self.0.kind
    }

    /// How well the reader is founded.
    pub fn evidence(self) -> Evidence {
        self.0.evidence
    }

    /// Whether it has rows and columns.
    pub fn is_table(self) -> bool {
        matches!(self.0.reader, Reader::Csv(_))
    }

    pub(crate) fn reader(self) -> &'static Reader {
        &self.0.reader
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Format {}

impl Hash for Format {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.name.hash(state);
    }
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

impl Serialize for Format {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name)
    }
}

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The text names no format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a vault format")]
pub struct UnknownFormatName;

impl FromStr for Format {
    type Err = UnknownFormatName;

    fn from_str(text: &str) -> Result<Self, UnknownFormatName> {
        Self::all().find(|format| format.name() == text).ok_or(UnknownFormatName)
    }
}

/// What a file is and what it needs, seen without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The format.
    pub format: Format,
    /// What the file needs to be opened.
    pub lock: Lock,
}

/// Looks at a file's content. `None` where it is of no known format; a table of unknown columns can still be read with a
/// [`crate::Mapping`].
pub fn detect(bytes: &[u8]) -> Option<Found> {
    let sample = Sample::new(bytes);
    recognise(&sample).map(|format| Found { format, lock: format.lock(&sample) })
}

/// The format of a sample: the first reader that knows it, and of the tables the one whose heading fits best.
pub(crate) fn recognise(sample: &Sample<'_>) -> Option<Format> {
    let own = Format::all().find(|format| match format.0.reader {
        Reader::Own { recognises, .. } => recognises(sample),
        Reader::Csv(_) => false,
    });
    own.or_else(|| table(sample).map(|(format, _)| format))
}

/// The layout of a table, of whichever program.
pub(crate) fn recognise_table(sample: &Sample<'_>) -> Option<&'static Layout> {
    table(sample).map(|(_, layout)| layout)
}

fn table(sample: &Sample<'_>) -> Option<(Format, &'static Layout)> {
    let fits = |format: Format| match format.0.reader {
        Reader::Csv(layout) => layout.fits(sample).map(|fit| (fit, format, layout)),
        Reader::Own { .. } => None,
    };
    // Of equals the first, so that the order of the table decides.
    let best = Format::all().filter_map(fits).reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, format, layout)| (format, layout))
}

impl Format {
    /// Whether the heading of a table has this format's marks.
    pub(crate) fn fits(self, sample: &Sample<'_>) -> bool {
        matches!(self.0.reader, Reader::Csv(layout) if layout.fits(sample).is_some())
    }

    pub(crate) fn lock(self, sample: &Sample<'_>) -> Lock {
        match self.0.reader {
            Reader::Own { lock, .. } => lock(sample),
            Reader::Csv(_) => Lock::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn check(bytes: &[u8], expect: Option<&str>) {
        let found = detect(bytes).map(|found| found.format.name());
        assert_eq!(found, expect, "{:?}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn content_tells_the_format() {
        check(b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5\0\0\x04\0", Some("kdbx"));
        check(b"\x03\xd9\xa2", None);
        check(b"\xef\xbb\xbf {\"encrypted\":false,\"items\":[]}", Some("bitwarden-json"));
        check(b"{\"encrypted\":true,\"data\":\"2.x\"}", Some("bitwarden-json"));
        check(b"{\"a\":1}", None);
        check(b"[]", None);
        check(b"", None);
    }

    #[test]
    fn names_are_read_back_and_never_twice() {
        let mut seen = HashSet::new();
        for format in Format::all() {
            assert_eq!(format.name().parse(), Ok(format));
            assert!(seen.insert(format.name()), "{format}");
            assert!(format.name().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        }
        assert_eq!("no-such-format".parse::<Format>(), Err(UnknownFormatName));
    }
}
