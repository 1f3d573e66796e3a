//! What was read, as bytes between two processes of Rekey: the one that reads a file, and the one that asked for it.
//!
//! The reading process may have been taken over by the file it read, so its answer is read like any foreign bytes:
//! nothing is believed, and what is allocated is in proportion to the bytes that came. The form is no file format: both ends are the same
//! program. Texts and lists begin with their length (32 bits, little endian), options with one byte.

use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use zeroize::Zeroizing;

use crate::entry::More;
use crate::totp::Parts;
use crate::{
    Algorithm, Cost, Entry, Extra, Import, KeyFileError, LeftOut, Part, Passkey, Problem, Problems, ReadError, Token,
    Totp,
};

/// The bytes are no answer of a reading process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not what a reading process answers")]
pub struct WireError;

type Result<T> = std::result::Result<T, WireError>;

impl Import {
    /// The import as bytes, with its secrets.
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut to = Writer::default();
        to.text(self.format.name());
        to.list(&self.entries, Writer::entry);
        to.list(&self.tokens, |to, token| {
            to.text(&token.issuer);
            to.text(&token.name);
            to.totp(&token.totp);
        });
        for count in [self.left_out.recycled, self.left_out.templates, self.left_out.not_logins, self.problems.count()]
        {
            to.u64(count as u64);
        }
        to.list(&self.problems, |to, problem| {
            to.text(&problem.location);
            to.text(problem.code.name());
        });
        to.0
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// [`WireError`] for any other bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        let from = &mut Cursor(bytes);
        let format = from.text()?.parse().map_err(|_| WireError)?;
        let mut group: Arc<str> = Arc::default();
        let import = Self {
            format,
            entries: from.list(|from| from.entry(&mut group))?,
            tokens: from.list(|from| {
                Ok(Token { issuer: from.text()?.into(), name: from.text()?.into(), totp: from.totp()? })
            })?,
            left_out: LeftOut { recycled: from.count()?, templates: from.count()?, not_logins: from.count()? },
            problems: {
                let count = from.count()?;
                let kept = from.list(|from| Ok(Problem::new(from.text()?, from.named()?)))?;
                Problems::of(kept, count)
            },
        };
        from.end()?;
        Ok(import)
    }
}

impl ReadError {
    /// The error as bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut to = Writer::default();
        to.text(self.code());
        match self {
            Self::OtherFormat { asked, found } => {
                to.text(asked.name());
                to.option(found.as_ref(), |to, found| to.text(found.name()));
            }
            Self::KeyFileInvalid(error) => to.text(match error {
                KeyFileError::Xml => "xml",
                KeyFileError::Version => "version",
                KeyFileError::Key => "key",
                KeyFileError::Checksum => "checksum",
            }),
            Self::Damaged { part } => to.text(part.name()),
            Self::TooCostly { cost, asked, limit } => {
                to.text(cost.name());
                to.u64(*asked);
                to.u64(*limit);
            }
            Self::Unsupported { what } => to.text(what),
            Self::UnknownFormat
            | Self::NeedsKey
            | Self::WrongKey
            | Self::EncryptedExport
            | Self::NeedsMapping
            | Self::NoQrCode => {}
        }
        to.0.to_vec()
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// [`WireError`] for any other bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        let from = &mut Cursor(bytes);
        let format = |from: &mut Cursor<'_>| from.text()?.parse().map_err(|_| WireError);
        let error = match from.text()? {
            "unknown_format" => Self::UnknownFormat,
            "other_format" => Self::OtherFormat { asked: format(from)?, found: from.option(format)? },
            "needs_key" => Self::NeedsKey,
            "wrong_key" => Self::WrongKey,
            "key_file_invalid" => Self::KeyFileInvalid(match from.text()? {
                "xml" => KeyFileError::Xml,
                "version" => KeyFileError::Version,
                "key" => KeyFileError::Key,
                "checksum" => KeyFileError::Checksum,
                _ => return Err(WireError),
            }),
            "damaged" => Self::Damaged { part: from.named::<Part>()? },
            "too_costly" => Self::TooCostly { cost: from.named::<Cost>()?, asked: from.u64()?, limit: from.u64()? },
            "unsupported" => Self::Unsupported { what: remembered(from.text()?)? },
            "encrypted_export" => Self::EncryptedExport,
            "needs_mapping" => Self::NeedsMapping,
            "no_qr_code" => Self::NoQrCode,
            _ => return Err(WireError),
        };
        from.end()?;
        Ok(error)
    }
}

/// What a file has that is not supported, for good: a few bytes for each reading that ends so.
fn remembered(what: &str) -> Result<&'static str> {
    if what.len() > 200 || what.chars().any(char::is_control) {
        return Err(WireError);
    }
    Ok(Box::leak(what.into()))
}

/// Bytes that are wiped when dropped, those too that growing leaves behind.
#[derive(Default)]
struct Writer(Zeroizing<Vec<u8>>);

impl Writer {
    fn bytes(&mut self, bytes: &[u8]) {
        if self.0.capacity() - self.0.len() < bytes.len() {
            let mut grown = Zeroizing::new(Vec::with_capacity((self.0.len() + bytes.len()) * 2 + 1024));
            grown.extend_from_slice(&self.0);
            self.0 = grown;
        }
        self.0.extend_from_slice(bytes);
    }

    fn u64(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    /// A length. No list of a file is longer than its limits, which are far below 2^32.
    fn length(&mut self, length: usize) {
        self.bytes(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
    }

    fn blob(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.bytes(bytes);
    }

    fn text(&mut self, text: &str) {
        self.blob(text.as_bytes());
    }

    fn list<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.length(items.len());
        items.iter().for_each(|item| write(self, item));
    }

    fn option<T>(&mut self, value: Option<T>, write: impl Fn(&mut Self, T)) {
        self.bytes(&[u8::from(value.is_some())]);
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn time(&mut self, time: Option<i64>) {
        self.option(time, |to, time| to.bytes(&time.to_le_bytes()));
    }

    fn secret(&mut self, secret: &SecretString) {
        self.text(secret.expose_secret());
    }

    fn totp(&mut self, totp: &Totp) {
        let Parts { secret, algorithm, digits, period } = totp.parts();
        self.blob(secret);
        self.bytes(&[match algorithm {
            Algorithm::Sha1 => 1,
            Algorithm::Sha256 => 2,
            Algorithm::Sha512 => 3,
        }]);
        self.option(digits, |to, digits| to.u64(digits.into()));
        self.u64(period);
    }

    fn entry(&mut self, entry: &Entry) {
        self.text(&entry.title);
        self.text(&entry.group);
        self.list(&entry.urls, |to, url| to.text(url));
        self.text(&entry.user_name);
        self.option(entry.password.as_ref(), Self::secret);
        self.option(entry.totp.as_deref(), Self::totp);
        self.time(entry.modified_at());
        self.time(entry.password_changed_at());
        self.option(entry.more.as_deref(), |to, more| {
            to.list(&more.other_names, |to, name| to.text(name));
            to.time(more.expires_at);
            to.bytes(&[u8::from(more.archived)]);
            to.list(&more.passkeys, |to, passkey| {
                to.text(&passkey.rp_id);
                to.text(&passkey.user_name);
            });
            to.list(&more.extras, |to, extra| {
                to.text(&extra.label);
                to.secret(&extra.value);
            });
        });
    }
}

/// How many items a list may have: an item takes more room in memory than on the wire.
const MOST_ITEMS: usize = 10_000_000;

/// What is left to read.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(WireError)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        self.take(N)?.try_into().map_err(|_| WireError)
    }

    fn end(&self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(WireError) }
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    fn flag(&mut self) -> Result<bool> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(WireError),
        }
    }

    fn u64(&mut self) -> Result<u64> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    fn count(&mut self) -> Result<usize> {
        usize::try_from(self.u64()?).map_err(|_| WireError)
    }

    fn length(&mut self) -> Result<usize> {
        usize::try_from(u32::from_le_bytes(self.array()?)).map_err(|_| WireError)
    }

    fn blob(&mut self) -> Result<&'a [u8]> {
        let length = self.length()?;
        self.take(length)
    }

    fn text(&mut self) -> Result<&'a str> {
        std::str::from_utf8(self.blob()?).map_err(|_| WireError)
    }

    /// One of an enumeration's names.
    fn named<T: for<'de> Deserialize<'de>>(&mut self) -> Result<T> {
        let name = self.text()?;
        T::deserialize(IntoDeserializer::<serde::de::value::Error>::into_deserializer(name)).map_err(|_| WireError)
    }

    /// A list. Each item takes bytes, so that a list can be no longer than what is left.
    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let length = self.length()?;
        if length > self.0.len() || length > MOST_ITEMS {
            return Err(WireError);
        }
        let mut items = Vec::new();
        for _ in 0..length {
            items.push(read(self)?);
        }
        items.shrink_to_fit();
        Ok(items)
    }

    fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T>) -> Result<Option<T>> {
        if self.flag()? { Ok(Some(read(self)?)) } else { Ok(None) }
    }

    fn time(&mut self) -> Result<Option<i64>> {
        self.option(|from| Ok(i64::from_le_bytes(from.array()?)))
    }

    fn secret(&mut self) -> Result<SecretString> {
        Ok(SecretString::from(self.text()?))
    }

    fn totp(&mut self) -> Result<Totp> {
        let secret = self.blob()?;
        let algorithm = match self.byte()? {
            1 => Algorithm::Sha1,
            2 => Algorithm::Sha256,
            3 => Algorithm::Sha512,
            _ => return Err(WireError),
        };
        let digits = self.option(|from| u32::try_from(from.u64()?).map_err(|_| WireError))?;
        let period = self.u64()?;
        Totp::of_parts(Parts { secret, algorithm, digits, period }).map_err(|_| WireError)
    }

    /// An entry. Entries of one group share its name, as those of a file do.
    fn entry(&mut self, group: &mut Arc<str>) -> Result<Entry> {
        let title = self.text()?.into();
        let name = self.text()?;
        if **group != *name {
            *group = name.into();
        }
        Ok(Entry {
            title,
            group: group.clone(),
            urls: self.list(|from| Ok(from.text()?.into()))?.into(),
            user_name: self.text()?.into(),
            password: self.option(Self::secret)?,
            totp: self.option(Self::totp)?.map(Box::new),
            modified_at: self.time()?.into(),
            password_changed_at: self.time()?.into(),
            more: self.option(Self::more)?.map(Box::new),
        })
    }

    fn more(&mut self) -> Result<More> {
        Ok(More {
            other_names: self.list(|from| Ok(from.text()?.into()))?,
            expires_at: self.time()?,
            archived: self.flag()?,
            // Said already, as a problem.
            is_overfull: false,
            passkeys: self.list(|from| Ok(Passkey { rp_id: from.text()?.into(), user_name: from.text()?.into() }))?,
            extras: self.list(|from| Ok(Extra { label: from.text()?.into(), value: from.secret()? }))?.into(),
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::Format;
    use crate::ProblemCode;

    /// An import with something in every field.
    pub(crate) fn full() -> Import {
        let mut import = Import::new(Format::KDBX);
        let mut entry = Entry { title: "Mail".into(), group: "Web/Mail".into(), ..Entry::default() };
        entry.add_url("https://example.com/in");
        entry.add_name("ann");
        entry.add_name("ann@example.com");
        entry.set_password("p-ann");
        entry.set_totp("GEZDGNBVGY3TQOJQ").unwrap();
        entry.modified_at = Some(-5).into();
        entry.password_changed_at = Some(-6).into();
        entry.set_expires_at(Some(1_700_000_000));
        entry.set_archived(true);
        entry.add_passkey(Passkey { rp_id: "example.com".into(), user_name: "ann".into() });
        entry.add_extra("Pet", "Rex");
        entry.add_extra("", "a note");
        import.entries = vec![entry, Entry::default(), Entry { group: "Web".into(), ..Entry::default() }];
        for totp in [Totp::steam(vec![1, 2]).unwrap(), Totp::new(vec![3], Algorithm::Sha512, 8, 60).unwrap()] {
            import.tokens.push(Token { issuer: "Site".into(), name: "bob".into(), totp });
        }
        import.left_out = LeftOut { recycled: 1, templates: 2, not_logins: 3 };
        import.report("Web/Mail", ProblemCode::NotText);
        import
    }

    #[test]
    fn what_was_read_comes_out_as_it_went_in() {
        let import = full();
        let read = Import::decode(&import.encode()).unwrap();
        assert_eq!((read.format, read.left_out, &read.problems), (import.format, import.left_out, &import.problems));
        assert_eq!(read.entries.len(), import.entries.len());
        for (one, other) in read.entries.iter().zip(&import.entries) {
            let exposed = |entry: &Entry| entry.password.as_ref().map(|p| p.expose_secret().to_owned());
            assert_eq!(format!("{one:?} {:?} {:?}", one.urls, one.other_names()), {
                format!("{other:?} {:?} {:?}", other.urls, other.other_names())
            });
            assert!(exposed(one) == exposed(other) && one.totp == other.totp && one.extras() == other.extras());
        }
        for (one, other) in read.tokens.iter().zip(&import.tokens) {
            assert!(one.issuer == other.issuer && one.name == other.name && one.totp == other.totp);
        }
    }

    #[test]
    fn cut_or_longer_answers_are_none() {
        let bytes = full().encode();
        for length in 0..bytes.len() {
            assert!(Import::decode(&bytes[..length]).is_err(), "{length}");
        }
        assert!(Import::decode(&[bytes.as_slice(), b"x"].concat()).is_err());
        // A list that says it is longer than what there is.
        assert!(Import::decode(b"\x04\0\0\0kdbx\xff\xff\xff\xff").is_err());
    }

    #[test]
    fn errors_come_out_as_they_went_in() {
        for error in [
            ReadError::UnknownFormat,
            ReadError::OtherFormat { asked: Format::KDBX, found: Some(Format::BITWARDEN_JSON) },
            ReadError::OtherFormat { asked: Format::KDBX, found: None },
            ReadError::NeedsKey,
            ReadError::WrongKey,
            ReadError::KeyFileInvalid(KeyFileError::Checksum),
            ReadError::Damaged { part: Part::HeaderChecksum },
            ReadError::TooCostly { cost: Cost::Pbkdf2Iterations, asked: u64::MAX, limit: 1 },
            ReadError::Unsupported { what: "this cipher" },
            ReadError::EncryptedExport,
            ReadError::NeedsMapping,
        ] {
            assert_eq!(ReadError::decode(&error.encode()), Ok(error));
        }
        assert_eq!(ReadError::decode(b"\x03\0\0\0abc"), Err(WireError));
    }

    /// The names that errors and problems have for people are those that are read back.
    #[test]
    fn every_name_is_read_back() {
        fn check<T: for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug>(
            all: &[T],
            name: impl Fn(&T) -> &'static str,
        ) {
            for value in all {
                let mut to = Writer::default();
                to.text(name(value));
                assert_eq!(Cursor(&to.0).named::<T>().as_ref(), Ok(value));
            }
        }
        check(
            &[
                ProblemCode::NoUrl,
                ProblemCode::PasswordsDiffer,
                ProblemCode::TotpUnsupported,
                ProblemCode::HeaderUnverified,
                ProblemCode::ItemUnreadable,
            ],
            |code| code.name(),
        );
        check(&[Part::Header, Part::ProtectedValues, Part::InnerHeader, Part::Json], |part| part.name());
        check(&[Cost::KdfMemory, Cost::AesRounds, Cost::Pbkdf2Iterations, Cost::ArchiveEntries], |cost| cost.name());
    }
}
