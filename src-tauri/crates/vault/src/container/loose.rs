//! Parts of JSON exports that no program is strict about: an object whose members are not known beforehand, rows of which
//! some are none.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::json::{self, Loose, Raw};
use crate::formats::Input;
use crate::progress::Stage;
use crate::{Import, ProblemCode, ReadError};

/// The members of an object in file order, not parsed yet; none where the value is no object.
#[derive(Default)]
pub(crate) struct Members<'a>(Vec<(String, Raw<'a>)>);

impl<'a> Members<'a> {
    /// The text of a member; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> Loose<'a> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, raw)| Loose::of(raw)).unwrap_or_default()
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
                    json::allow(members.len())?;
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

/// Parses a value that is an object; `serde` would take a list's values for the members of one.
pub(crate) fn object<'a, T: Deserialize<'a>>(raw: Raw<'a>) -> Option<T> {
    raw.get().starts_with('{').then(|| json::row(raw)).flatten()
}

/// Parses rows one after the other, as many as the limits allow. One that cannot be parsed is reported as `PLACE[n]`.
pub(crate) fn each<'a, T: Deserialize<'a>>(
    rows: json::Items<Raw<'a>>,
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
