//! CBOR, as a key reads and writes it.

use ciborium::Value;

pub fn encode(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    bytes
}

pub fn map<K: Into<Value>>(entries: impl IntoIterator<Item = (K, Option<Value>)>) -> Value {
    let entries = entries.into_iter().filter_map(|(key, value)| Some((key.into(), value?))).collect();
    sorted(Value::Map(entries))
}

/// A message, where it is written canonically (CTAP section 8).
pub fn canonical(bytes: &[u8]) -> Option<Value> {
    let value: Value = ciborium::from_reader(bytes).ok()?;
    (encode(&sorted(value.clone())) == bytes).then_some(value)
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Map(mut entries) => {
            entries.sort_by_key(|(key, _)| {
                let key = encode(key);
                (key[0] & 0xe0, key.len(), key)
            });
            Value::Map(entries.into_iter().map(|(key, value)| (key, sorted(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}

/// The member with this number.
pub fn get(map: &Value, key: i64) -> Option<Value> {
    map.as_map()?.iter().find(|(k, _)| *k == Value::from(key)).map(|(_, value)| value.clone())
}

/// The member with this name.
pub fn text(map: &Value, key: &str) -> Option<Value> {
    map.as_map()?.iter().find(|(k, _)| k.as_text() == Some(key)).map(|(_, value)| value.clone())
}

pub fn bytes(map: &Value, key: i64) -> Result<Vec<u8>, u8> {
    get(map, key).ok_or(0x14_u8)?.into_bytes().map_err(|_| 0x11)
}

/// The ids of a list of descriptors.
pub fn ids(list: Option<Value>) -> Result<Option<Vec<Vec<u8>>>, u8> {
    let Some(list) = list else { return Ok(None) };
    let id = |descriptor: Value| {
        if text(&descriptor, "type") != Some(Value::from("public-key")) {
            return Err(0x11);
        }
        text(&descriptor, "id").ok_or(0x14_u8)?.into_bytes().map_err(|_| 0x11)
    };
    list.into_array().map_err(|_| 0x11)?.into_iter().map(id).collect::<Result<Vec<_>, u8>>().map(Some)
}
