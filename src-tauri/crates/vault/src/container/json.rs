//! JSON exports: a document whose rows are parsed one by one, so that a bad one loses nothing but itself.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use zeroize::Zeroize as _;

use super::text;
use crate::{Cost, Limits, Part, ReadError, timestamp};

/// A row that is not parsed yet.
pub(crate) type Raw<'a> = &'a RawValue;

/// The file's text, without a byte order mark.
pub(crate) fn document(bytes: &[u8]) -> text::Plain<'_, [u8]> {
    text::utf8(bytes)
}

/// What a list may hold, and whether one held more.
#[derive(Clone, Copy)]
struct Bound {
    limit: u64,
    exceeded: bool,
}

thread_local! {
    /// Of the document that is read. `serde` hands nothing to the lists of a derived type, and they must not grow first
    /// and be counted then.
    static BOUND: Cell<Bound> = const { Cell::new(Bound { limit: 250_000, exceeded: false }) };
}

/// Refuses a list that grew beyond the limits.
pub(super) fn allow<E: de::Error>(length: usize) -> Result<(), E> {
    let bound = BOUND.get();
    if u64::try_from(length).unwrap_or(u64::MAX) <= bound.limit {
        return Ok(());
    }
    BOUND.set(Bound { exceeded: true, ..bound });
    Err(E::custom("too many rows"))
}

/// Parses a document, none of whose lists may have more members than the limits allow rows. `serde_json` refuses more than
/// 128 nested values, so that no input exhausts the stack.
pub(crate) fn parse<'a, T: Deserialize<'a>>(document: &'a [u8], limits: &Limits) -> Result<T, ReadError> {
    BOUND.set(Bound { limit: limits.rows, exceeded: false });
    // Text that is known to be UTF-8 is read faster.
    let parsed = match str::from_utf8(document) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(document),
    };
    let asked = limits.rows.saturating_add(1);
    parsed.map_err(|_| match BOUND.get().exceeded {
        true => ReadError::TooCostly { cost: Cost::Rows, asked, limit: limits.rows },
        false => ReadError::damaged(Part::Json),
    })
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
                    let Some(next) = next else { return Ok(Rows { gathered }) };
                    allow(count + 1)?;
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

/// A list whose members are read in one go; with [`Raw`] members, rows that are parsed later.
pub(crate) struct Items<T>(Vec<T>);

impl<T> Default for Items<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for Items<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> IntoIterator for Items<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Items<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Read<T> {
            type Value = Items<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                    allow(list.len())?;
                }
                Ok(Items(list))
            }
        }
        deserializer.deserialize_seq(Read(PhantomData))
    }
}

/// A list within a row whose bad members are left out and counted; `null` is an empty one, and as a member nothing.
pub(crate) struct List<T> {
    items: Vec<T>,
    bad: usize,
}

impl<T> List<T> {
    /// How many members could not be read.
    pub(crate) fn bad(&self) -> usize {
        self.bad
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { items: Vec::new(), bad: 0 }
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
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
                let mut list = List::default();
                while let Some(raw) = items.next_element::<Raw<'de>>()? {
                    match row(raw) {
                        Some(item) => list.items.push(item),
                        None if raw.get() == "null" => {}
                        None => list.bad += 1,
                    }
                    allow(list.items.len().saturating_add(list.bad))?;
                }
                Ok(list)
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
                    allow(members.len())?;
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
    /// As the document has it: as a number, a long one or `1.10` would come out changed.
    Number(&'a str),
    Truth(bool),
}

impl<'a> Loose<'a> {
    /// What a value is.
    pub(crate) fn of(raw: Raw<'a>) -> Self {
        let text = raw.get();
        match text.bytes().next() {
            Some(b'"') => row(raw).map_or(Self::Other, Self::Text),
            Some(b't' | b'f') => Self::Truth(text == "true"),
            Some(b'-' | b'0'..=b'9') => Self::Number(text),
            _ => Self::Other,
        }
    }

    /// What a person would read; empty where it is no single value.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Other => "",
            Self::Text(text) => text,
            Self::Number(number) => number,
            Self::Truth(truth) => {
                if *truth {
                    "true"
                } else {
                    "false"
                }
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text().trim().is_empty()
    }

    /// Whether it marks its item: anything but a word for no.
    pub(crate) fn is_set(&self) -> bool {
        !matches!(self.text().trim().to_ascii_lowercase().as_str(), "" | "0" | "false" | "no" | "null")
    }

    /// A whole number, also one that is written as text; of a fraction what stands before the point.
    pub(crate) fn number(&self) -> Option<i64> {
        match self {
            #[allow(clippy::cast_possible_truncation, reason = "times with a fraction; the cast saturates")]
            Self::Number(text) => text.parse().ok().or_else(|| Some(text.parse::<f64>().ok()? as i64)),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Other | Self::Truth(_) => None,
        }
    }

    /// A time in seconds since 1970; what is no plausible one is none.
    pub(crate) fn seconds(&self) -> Option<i64> {
        self.number().filter(|seconds| *seconds > 0)
    }

    /// A point in time however it is written, in seconds since 1970 UTC.
    pub(crate) fn time(&self) -> Option<i64> {
        match self {
            Self::Number(_) => timestamp::any(&self.number()?.to_string()),
            _ => timestamp::any(self.text()),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Raw::deserialize(deserializer).map(Self::of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_they_come() {
        let check = |json: &str, text: &str, seconds: Option<i64>| {
            let value: Loose<'_> = parse(json.as_bytes(), &Limits::default()).unwrap();
            assert_eq!((value.text(), value.seconds()), (text, seconds), "{json}");
        };
        check("\"a\\n\"", "a\n", None);
        check("\" 12\"", " 12", Some(12));
        check("12", "12", Some(12));
        check(" 12.75 ", "12.75", Some(12));
        check("-12", "-12", None);
        check("1.10", "1.10", Some(1));
        check("12345678901234567890123", "12345678901234567890123", Some(i64::MAX));
        check("1e300", "1e300", Some(i64::MAX));
        check("true", "true", None);
        check("false", "false", None);
        for json in ["null", "[1,[2]]", "{\"a\":{\"b\":1}}", "\"\\ud800\""] {
            check(json, "", None);
        }
    }

    #[test]
    fn times_of_any_kind() {
        let check = |json: &str, expect: Option<i64>| {
            let value: Loose<'_> = parse(json.as_bytes(), &Limits::default()).unwrap();
            assert_eq!(value.time(), expect, "{json}");
        };
        check("1700000000", Some(1_700_000_000));
        check("1700000000.5", Some(1_700_000_000));
        check("1.7e9", Some(1_700_000_000));
        check("\"2023-11-14T22:13:20Z\"", Some(1_700_000_000));
        check("true", None);
    }

    #[test]
    fn a_bad_member_of_a_list_is_left_out_and_counted() {
        let check = |json: &str, expect: Option<(&[&str], usize)>| {
            let list: Option<List<Text<'_>>> = parse(json.as_bytes(), &Limits::default()).ok();
            let got = list.as_ref().map(|list| (list.iter().map(|text| &**text).collect(), list.bad()));
            assert_eq!(got, expect.map(|(texts, bad)| (texts.to_vec(), bad)), "{json}");
        };
        check(r#"["a", 1, null, "b\ud800", {"c":[]}, "d\u0041"]"#, Some((&["a", "dA"], 3)));
        check("null", Some((&[], 0)));
        check("{}", None);
        check("[", None);
    }

    /// Counts the rows that came so far.
    #[derive(Default)]
    struct Count;

    impl Gather<'_> for Count {
        type Row = de::IgnoredAny;

        fn take(&mut self, at: usize, _: Option<de::IgnoredAny>) {
            assert!(at < 3, "a row beyond the limit was kept");
        }
    }

    #[test]
    fn no_list_grows_beyond_the_limits() {
        fn check<'a, T: Deserialize<'a>>(json: &'a str, expect: Result<(), &str>) {
            let limits = Limits { rows: 3, ..Limits::default() };
            let got = parse::<T>(json.as_bytes(), &limits).map(|_| ()).map_err(|error| error.code());
            assert_eq!(got, expect, "{json}");
        }
        let rows = ["[1,2,3]", "[1,2,3,4]", "[1,2,3,4,5,"];
        for (json, expect) in rows.into_iter().zip([Ok(()), Err("too_costly"), Err("too_costly")]) {
            check::<Items<Raw<'_>>>(json, expect);
            check::<List<Loose<'_>>>(json, expect);
            check::<List<Text<'_>>>(json, expect);
            check::<Rows<Count, true>>(json, expect);
            check::<Rows<Count, false>>(json, expect);
        }
        check::<Members<'_, Raw<'_>>>(r#"{"a":1,"b":2,"c":3,"d":4}"#, Err("too_costly"));
        check::<crate::container::loose::Members<'_>>(r#"{"a":1,"b":2,"c":3,"d":4}"#, Err("too_costly"));
        check::<Items<Raw<'_>>>("[1,2", Err("damaged"));
    }
}
