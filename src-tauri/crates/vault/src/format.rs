use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A file format this crate reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// KeePass 2 database, KDBX 3 and 4: <https://keepass.info/help/kb/kdbx.html>.
    Kdbx,
    /// Bitwarden's JSON export: <https://bitwarden.com/help/export-your-data/>.
    BitwardenJson,
}

impl Format {
    /// Every format, in the order they are shown.
    pub const ALL: [Self; 2] = [Self::Kdbx, Self::BitwardenJson];

    /// The name used on the command line and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kdbx => "kdbx",
            Self::BitwardenJson => "bitwarden-json",
        }
    }

    /// Whether files of this format are locked, so that a password or key file has to be asked for.
    pub fn is_locked(self) -> bool {
        match self {
            Self::Kdbx => true,
            Self::BitwardenJson => false,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names none of [`Format::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a vault format")]
pub struct UnknownFormatName;

impl FromStr for Format {
    type Err = UnknownFormatName;

    fn from_str(text: &str) -> Result<Self, UnknownFormatName> {
        Self::ALL.into_iter().find(|format| format.name() == text).ok_or(UnknownFormatName)
    }
}

/// The first two signature words of a KeePass 2 file.
const KDBX: [u8; 8] = [0x03, 0xd9, 0xa2, 0x9a, 0x67, 0xfb, 0x4b, 0xb5];

/// What the content looks like. A JSON file counts where it has one of the members every Bitwarden export has.
pub fn detect(bytes: &[u8]) -> Option<Format> {
    // The second word differs between KeePass 1, KeePass 2's test releases and KeePass 2; the reader tells them apart.
    if bytes.get(..4) == KDBX.get(..4) {
        return Some(Format::Kdbx);
    }
    crate::bitwarden::recognises(bytes).then_some(Format::BitwardenJson)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expect: Option<Format>) {
        assert_eq!(detect(bytes), expect, "{:?}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn content_tells_the_format() {
        check(b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5\0\0\x04\0", Some(Format::Kdbx));
        check(b"\x03\xd9\xa2", None);
        check(b"\xef\xbb\xbf {\"encrypted\":false,\"items\":[]}", Some(Format::BitwardenJson));
        check(b"{\"encrypted\":true,\"data\":\"2.x\"}", Some(Format::BitwardenJson));
        check(b"{\"a\":1}", None);
        check(b"[]", None);
        check(b"", None);
        check(b"url,username,password\n", None);
    }

    #[test]
    fn names_are_read_back() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        assert_eq!("csv".parse::<Format>(), Err(UnknownFormatName));
    }
}
