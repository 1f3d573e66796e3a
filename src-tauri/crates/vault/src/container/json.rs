//! JSON exports: a document whose rows are parsed one by one, so that a bad one loses nothing but itself.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use zeroize::Zeroize as _;

use super::text;
use crate::{Cost, Limits, Part, ReadError};

/// A row that is not parsed yet.
pub(crate) type Raw<'a> = &'a RawValue;

/// The file's text, without a byte order mark.
pub(crate) fn document(bytes: &[u8]) -> text::Plain<'_, [u8]> {
    text::utf8(bytes)
}

/// Parses a document. `serde_json` refuses more than 128 nested values, so that no input exhausts the stack.
pub(crate) fn parse<'a, T: Deserialize<'a>>(document: &'a [u8]) -> Result<T, ReadError> {
    // Text that is known to be UTF-8 is read faster.
    let parsed = match str::from_utf8(document) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(document),
    };
    parsed.map_err(|_| ReadError::damaged(Part::Json))
}

/// Parses one row.
pub(crate) fn row<'a, T: Deserialize<'a>>(raw: Raw<'a>) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

/// Refuses more rows than the limits allow.
pub(crate) fn bounded(rows: usize, limits: &Limits) -> Result<(), ReadError> {
    let rows = u64::try_from(rows).unwrap_or(u64::MAX);
    if rows > limits.rows {
        return Err(ReadError::TooCostly { cost: Cost::Rows, asked: rows, limit: limits.rows });
    }
    Ok(())
}

/// What takes the rows of an array as they come, so that they are never held as rows.
pub(crate) trait Gather<'a>: Default {
    type Row: Deserialize<'a>;

    /// Takes the row at a place, or `None` for one that cannot be read.
    fn take(&mut self, at: usize, row: Option<Self::Row>);
}

/// An array whose rows are gathered. Strict, it is read in one go and any bad row is an error; otherwise each row is
/// first looked through and then parsed by itself, which takes longer.
#[derive(Default)]
pub(crate) struct Rows<G, const STRICT: bool> {
    pub gathered: G,
    pub count: usize,
}

impl<'de, G: Gather<'de>, const STRICT: bool> Deserialize<'de> for Rows<G, STRICT> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<G, const STRICT: bool>(PhantomData<G>);
        impl<'de, G: Gather<'de>, const STRICT: bool> Visitor<'de> for Read<G, STRICT> {
            type Value = Rows<G, STRICT>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let (mut gathered, mut count) = (G::default(), 0);
                loop {
                    let next = if STRICT {
                        items.next_element()?.map(Some)
                    } else {
                        items.next_element::<Raw<'de>>()?.map(row)
                    };
                    let Some(next) = next else { return Ok(Rows { gathered, count }) };
                    gathered.take(count, next);
                    count += 1;
                }
            }
        }
        deserializer.deserialize_seq(Read(PhantomData))
    }
}

/// A string, borrowed from the document where it has no escapes, and wiped when dropped where it has.
#[derive(Default)]
pub(crate) struct Text<'a>(Cow<'a, str>);

/// A text that may be missing, as one that may be empty.
pub(crate) fn text<'a>(text: Option<&'a Text<'_>>) -> &'a str {
    text.map_or("", |text| text)
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'a> From<Cow<'a, str>> for Text<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self(text)
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
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Read)
    }
}

/// A list within a row whose bad members are left out; `null` is an empty one.
pub(crate) struct List<T>(Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Read<T> {
            type Value = List<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array or null")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(List::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::new();
                while let Some(raw) = items.next_element::<Raw<'de>>()? {
                    list.extend(row(raw));
                }
                Ok(List(list))
            }
        }
        deserializer.deserialize_any(Read(PhantomData))
    }
}

/// The members of an object in the order of the document.
pub(crate) struct Members<'a, T>(pub Vec<(Text<'a>, T)>);

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Members<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Read<T> {
            type Value = Members<'de, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Read(PhantomData))
    }
}

/// A value that exporters write in more than one way: text, a number, a truth value, or something else.
#[derive(Default)]
pub(crate) enum Loose<'a> {
    /// `null`, an object or an array.
    #[default]
    Other,
    Text(Text<'a>),
    Number(i64),
    Truth(bool),
}

impl Loose<'_> {
    /// What a person would read; `None` where it is no single value.
    pub(crate) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Other => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Number(number) => Some(Cow::Owned(number.to_string())),
            Self::Truth(truth) => Some(Cow::Borrowed(if *truth { "true" } else { "false" })),
        }
    }

    /// A number, also one that is written as text.
    pub(crate) fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Other | Self::Truth(_) => None,
        }
    }

    /// A time in seconds since 1970; what is no plausible one is none.
    pub(crate) fn seconds(&self) -> Option<i64> {
        self.number().filter(|seconds| *seconds > 0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Loose<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Loose::Other)
            }

            fn visit_bool<E>(self, truth: bool) -> Result<Self::Value, E> {
                Ok(Loose::Truth(truth))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Loose::Number(number))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
                Ok(i64::try_from(number).map_or(Loose::Other, Loose::Number))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
                #[allow(clippy::cast_possible_truncation, reason = "times with a fraction; the cast saturates")]
                Ok(Loose::Number(number as i64))
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Loose::Text(Text(Cow::Borrowed(text))))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Loose::Text(Text(Cow::Owned(text.to_owned()))))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Loose::Other)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Loose::Other)
            }
        }
        deserializer.deserialize_any(Read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_they_come() {
        let check = |json: &str, text: Option<&str>, seconds: Option<i64>| {
            let value: Loose<'_> = parse(json.as_bytes()).unwrap();
            assert_eq!((value.text().as_deref(), value.seconds()), (text, seconds), "{json}");
        };
        check("\"a\\n\"", Some("a\n"), None);
        check("\" 12\"", Some(" 12"), Some(12));
        check("12", Some("12"), Some(12));
        check("12.75", Some("12"), Some(12));
        check("-12", Some("-12"), None);
        check("1e300", Some("9223372036854775807"), Some(i64::MAX));
        check("18446744073709551615", None, None);
        check("true", Some("true"), None);
        for json in ["null", "[1,[2]]", "{\"a\":{\"b\":1}}"] {
            check(json, None, None);
        }
    }

    #[test]
    fn a_bad_member_of_a_list_is_left_out() {
        let check = |json: &str, expect: Option<&[&str]>| {
            let list: Option<List<Text<'_>>> = parse(json.as_bytes()).ok();
            assert_eq!(list.as_ref().map(|list| list.iter().map(|text| &**text).collect()), expect.map(<[_]>::to_vec));
        };
        check(r#"["a", 1, null, "b\ud800", {"c":[]}, "d\u0041"]"#, Some(&["a", "dA"]));
        check("null", Some(&[]));
        check("{}", None);
        check("[", None);
    }
}
