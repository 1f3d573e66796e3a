//! JSON that holds private keys, in and out: bounded, and wiped where it was held.

use std::borrow::Cow;
use std::fmt;
use std::io;

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, URL_SAFE_NO_PAD};
use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::Serialize;
use serde_json::value::RawValue;
use zeroize::{Zeroize as _, Zeroizing};

use super::TransferError;

/// The most rows of one list.
const MOST_ROWS: usize = 100_000;

/// A text, wiped where it is a copy. `null`, and a member that is absent, are the empty text; a number is its digits.
#[derive(Default)]
pub(super) struct Text<'a>(Cow<'a, str>);

impl std::ops::Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Drop for Text<'_> {
    fn drop(&mut self) {
        if let Cow::Owned(text) = &mut self.0 {
            text.zeroize();
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }

            fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
                Ok(Text::default())
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// The members of a list, not parsed yet, so that a bad one loses nothing but itself. `null` is an empty list.
#[derive(Default)]
pub(super) struct Rows<'a>(pub(super) Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Rows<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Rows<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut rows = Vec::new();
                while let Some(row) = list.next_element()? {
                    if rows.len() >= MOST_ROWS {
                        return Err(de::Error::custom("too many rows"));
                    }
                    rows.push(row);
                }
                Ok(Rows(rows))
            }

            fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
                Ok(Rows::default())
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// Parses a document or a row; the error says nothing of what is in it.
pub(super) fn parse<'a, T: Deserialize<'a>>(json: &'a str) -> Option<T> {
    serde_json::from_str(json).ok()
}

/// Parses a member that may be of another kind in other programs.
pub(super) fn member<'a, T: Deserialize<'a>>(raw: Option<&'a RawValue>) -> Option<T> {
    parse(raw?.get())
}

/// Writes JSON into a buffer that never grows, so that no copy of a key is left behind.
pub(super) fn write(value: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, TransferError> {
    let mut size = Counted(0);
    serde_json::to_writer_pretty(&mut size, value).map_err(|_| TransferError::Encode)?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(size.0.saturating_add(1)));
    serde_json::to_writer_pretty(&mut *bytes, value).map_err(|_| TransferError::Encode)?;
    bytes.push(b'\n');
    Ok(bytes)
}

struct Counted(usize);

impl io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.saturating_add(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Base64url without padding, as every format here wants it.
pub(super) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The same for a key.
pub(super) fn base64url_secret(bytes: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(base64url(bytes))
}

/// Bytes out of base64url or base64, padded or not: programs differ.
pub(super) fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let lenient = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let standard = text.contains(['+', '/']);
    let alphabet = if standard { &base64::alphabet::STANDARD } else { &base64::alphabet::URL_SAFE };
    let mut bytes = Zeroizing::new(Vec::with_capacity(base64::decoded_len_estimate(text.len())));
    GeneralPurpose::new(alphabet, lenient).decode_vec(text, &mut bytes).ok()?;
    Some(bytes)
}
