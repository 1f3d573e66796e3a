//! CBOR as CTAP wants it: canonical when written (CTAP section 8), bounded when read.

use std::collections::BTreeMap;

use ciborium::Value;

use super::CtapError;

/// CTAP nests at most four levels; a few more for attestation statements.
const DEPTH: usize = 10;

/// A map in canonical order, which is that of the encoded keys: kind, then length, then bytes. Entries without a value
/// are left out.
pub(crate) fn map<K: Into<Value>>(entries: impl IntoIterator<Item = (K, Option<Value>)>) -> Value {
    let entries = entries.into_iter().filter_map(|(key, value)| Some((key.into(), value?)));
    let mut keyed: Vec<(Vec<u8>, (Value, Value))> = entries.map(|(key, value)| (encode(&key), (key, value))).collect();
    keyed.sort_by(|(a, _), (b, _)| order(a).cmp(&order(b)));
    Value::Map(keyed.into_iter().map(|(_, entry)| entry).collect())
}

fn order(key: &[u8]) -> (u8, usize, &[u8]) {
    (key.first().map_or(0, |first| first >> 5), key.len(), key)
}

/// The value in bytes: definite lengths, shortest numbers.
pub(crate) fn encode(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Only a writer fails, and this one does not.
    let _ = ciborium::into_writer(value, &mut bytes);
    bytes
}

/// The first value of some bytes, and what follows it.
pub(crate) fn first(mut bytes: &[u8]) -> Result<(Value, &[u8]), CtapError> {
    let value = ciborium::de::from_reader_with_recursion_limit(&mut bytes, DEPTH);
    value.map(|value| (value, bytes)).map_err(|_| CtapError::Malformed("CBOR"))
}

/// The one value that the bytes are.
pub(crate) fn whole(bytes: &[u8]) -> Result<Value, CtapError> {
    match first(bytes)? {
        (value, []) => Ok(value),
        _ => Err(CtapError::Malformed("CBOR with something after it")),
    }
}

/// The members of an answer, by their numbers.
#[derive(Default)]
pub(crate) struct Fields(BTreeMap<i128, Value>);

impl Fields {
    /// An answer without members is empty, or an empty map.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, CtapError> {
        if bytes.is_empty() { Ok(Self::default()) } else { Self::of(whole(bytes)?) }
    }

    /// The members of a map.
    pub(crate) fn of(map: Value) -> Result<Self, CtapError> {
        let Value::Map(entries) = map else { return Err(CtapError::Malformed("no map")) };
        let mut fields = BTreeMap::new();
        for (key, value) in entries {
            // Members with other keys are not known.
            let Value::Integer(key) = key else { continue };
            if fields.insert(key.into(), value).is_some() {
                return Err(CtapError::Malformed("a member twice"));
            }
        }
        Ok(Self(fields))
    }

    pub(crate) fn take(&mut self, key: u8) -> Option<Value> {
        self.0.remove(&key.into()).filter(|value| !value.is_null())
    }

    pub(crate) fn bytes(&mut self, key: u8, name: &'static str) -> Result<Vec<u8>, CtapError> {
        self.take(key).and_then(bytes).ok_or(CtapError::Malformed(name))
    }

    pub(crate) fn number(&mut self, key: u8) -> Option<u64> {
        self.take(key).and_then(number)
    }
}

pub(crate) fn bytes(value: Value) -> Option<Vec<u8>> {
    value.into_bytes().ok()
}

pub(crate) fn number(value: Value) -> Option<u64> {
    value.into_integer().ok()?.try_into().ok()
}

/// A member of a map with names.
pub(crate) fn member(map: &Value, name: &str) -> Option<Value> {
    let found = map.as_map()?.iter().find(|(key, _)| key.as_text() == Some(name))?;
    Some(found.1.clone())
}

/// A list of texts; anything else in it is left out.
pub(crate) fn texts(value: Value) -> Vec<String> {
    value.into_array().unwrap_or_default().into_iter().filter_map(|text| text.into_text().ok()).collect()
}

/// `{ "type": "public-key", "id": … }`, canonical.
pub(crate) fn descriptor(id: &[u8]) -> Value {
    map([("id", Some(Value::Bytes(id.to_vec()))), ("type", Some("public-key".into()))])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn maps_are_in_canonical_order() {
        let value = map([("type", Some(1.into())), ("id", Some(2.into())), ("gone", None), ("alg", Some(3.into()))]);
        assert_eq!(encode(&value), [&b"\xa3\x62id\x02\x63alg\x03\x64type\x01"[..]].concat());
        let numbers = map([(-1, Some(Value::Null)), (24, Some(Value::Null)), (1, Some(Value::Null))]);
        assert_eq!(encode(&numbers), b"\xa3\x01\xf6\x18\x18\xf6\x20\xf6");
    }

    #[test]
    fn hostile_cbor_is_refused() {
        for bytes in [
            &b"\xa1\x01"[..],
            b"\xa2\x01\x02\x01\x03",
            b"\x81\x01",
            b"\xa0\x00",
            b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff\x01\x02",
            b"\xa1\x01\x5b\x7f\xff\xff\xff\xff\xff\xff\xff",
            &[b"\xa1\x01".as_slice(), &[0x81; 4000]].concat(),
        ] {
            assert!(Fields::read(bytes).is_err(), "{bytes:02x?}");
        }
        assert!(Fields::read(b"").is_ok() && Fields::read(b"\xa0").is_ok());
    }
}
