//! Parts of JSON exports that no program is strict about: a text that comes as a number, a flag that comes as a text, an
//! object whose members are not known beforehand.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use zeroize::Zeroizing;

use super::json::{self, Raw};
use crate::formats::Input;
use crate::progress::Stage;
use crate::{Import, ProblemCode, ReadError, timestamp};

/// A value as text: numbers and flags as they are written, nothing for `null`, lists and objects.
#[derive(Default)]
pub(crate) struct Loose(Zeroizing<String>);

impl Loose {
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// Whether it marks its item: anything but a word for no.
    pub(crate) fn is_set(&self) -> bool {
        !matches!(self.0.trim().to_ascii_lowercase().as_str(), "" | "0" | "false" | "no" | "null")
    }

    /// A point in time, in seconds since 1970 UTC.
    pub(crate) fn time(&self) -> Option<i64> {
        timestamp::any(&self.0)
    }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalar;
        impl<'de> Visitor<'de> for Scalar {
            type Value = Loose;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_str<E>(self, text: &str) -> Result<Loose, E> {
                Ok(Loose(Zeroizing::new(text.to_owned())))
            }

            fn visit_string<E>(self, text: String) -> Result<Loose, E> {
                Ok(Loose(Zeroizing::new(text)))
            }

            fn visit_bool<E>(self, flag: bool) -> Result<Loose, E> {
                Ok(Loose(Zeroizing::new(flag.to_string())))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Loose, E> {
                Ok(Loose(Zeroizing::new(number.to_string())))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Loose, E> {
                Ok(Loose(Zeroizing::new(number.to_string())))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Loose, E> {
                Ok(Loose(Zeroizing::new(number.to_string())))
            }

            fn visit_unit<E>(self) -> Result<Loose, E> {
                Ok(Loose::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Loose, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Loose::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Loose, A::Error> {
                while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Loose::default())
            }
        }
        deserializer.deserialize_any(Scalar)
    }
}

/// The members of an object in file order, not parsed yet; none where the value is no object.
#[derive(Default)]
pub(crate) struct Members<'a>(Vec<(String, Raw<'a>)>);

impl<'a> Members<'a> {
    /// The text of a member; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> Loose {
        self.0.iter().find(|(known, _)| known == name).map(|(_, raw)| loose(raw)).unwrap_or_default()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Raw<'a>)> {
        self.0.iter().map(|(name, raw)| (name.as_str(), *raw))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object<'a>(std::marker::PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for Object<'a> {
            type Value = Members<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Members<'a>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = object.next_entry::<String, Raw<'de>>()? {
                    members.push((name, value as Raw<'a>));
                }
                Ok(Members(members))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Members<'a>, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Members::default())
            }

            fn visit_unit<E>(self) -> Result<Members<'a>, E> {
                Ok(Members::default())
            }

            fn visit_str<E>(self, _: &str) -> Result<Members<'a>, E> {
                Ok(Members::default())
            }

            fn visit_bool<E>(self, _: bool) -> Result<Members<'a>, E> {
                Ok(Members::default())
            }
        }
        deserializer.deserialize_any(Object(std::marker::PhantomData))
    }
}

/// A value as text.
pub(crate) fn loose(raw: Raw<'_>) -> Loose {
    json::row(raw).unwrap_or_default()
}

/// Parses a value that is an object; `serde` would take a list's values for the members of one.
pub(crate) fn object<'a, T: Deserialize<'a>>(raw: Raw<'a>) -> Option<T> {
    raw.get().starts_with('{').then(|| json::row(raw)).flatten()
}

/// Parses rows one after the other, as many as the limits allow. One that cannot be parsed is reported as `PLACE[n]`.
pub(crate) fn each<'a, T: Deserialize<'a>>(
    rows: Vec<Raw<'a>>,
    place: &str,
    input: &Input<'_>,
    import: &mut Import,
    mut take: impl FnMut(T, &mut Import),
) -> Result<(), ReadError> {
    json::bounded(rows.len(), input.limits)?;
    let total = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    for (at, raw) in rows.into_iter().enumerate() {
        match object::<T>(raw) {
            Some(row) => take(row, import),
            None => import.report(format!("{place}[{at}]"), ProblemCode::ItemUnreadable),
        }
        if at.is_multiple_of(4096) {
            input.watch.tell(Stage::Entries, u64::try_from(at).unwrap_or(total), total);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_other_types_are_read_as_text() {
        let check = |json: &str, expect: &str| assert_eq!(serde_json::from_str::<Loose>(json).unwrap().text(), expect);
        check("\"a\\nb\"", "a\nb");
        check("12", "12");
        check("-1.5", "-1.5");
        check("true", "true");
        check("null", "");
        check("[\"a\",{}]", "");
        check("{\"a\":[1]}", "");
    }

    #[test]
    fn members_keep_their_order_and_what_is_no_object_has_none() {
        let check = |json: &str, expect: &[&str]| {
            let members: Members<'_> = serde_json::from_str(json).unwrap();
            assert_eq!(members.iter().map(|(name, _)| name).collect::<Vec<_>>(), expect, "{json}");
        };
        check(r#"{"b":1,"a":{"c":[]},"b":2}"#, &["b", "a", "b"]);
        check("[{}]", &[]);
        check("null", &[]);
        check("\"a\"", &[]);
        check("false", &[]);
    }
}
