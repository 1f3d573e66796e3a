//! Variant dictionaries, KDBX 4's form of typed parameters.

use crate::{Part, ReadError};

const DAMAGED: ReadError = ReadError::damaged(Part::Header);

/// A typed value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value<'a> {
    U32(u32),
    U64(u64),
    Bytes(&'a [u8]),
    /// Booleans, signed numbers and strings: no key derivation parameter has these types.
    Other,
}

/// A dictionary; of a name that is there twice the last value counts.
pub(super) struct Dictionary<'a>(Vec<(&'a [u8], Value<'a>)>);

impl<'a> Dictionary<'a> {
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let (version, mut rest) = bytes.split_first_chunk::<2>().ok_or(DAMAGED)?;
        // The high byte is the major version; a later one need not be readable.
        if version[1] != 1 {
            return Err(ReadError::Unsupported { what: "this version of the key derivation's parameters" });
        }
        let mut items = Vec::new();
        loop {
            let (&kind, after) = rest.split_first().ok_or(DAMAGED)?;
            if kind == 0 {
                return Ok(Self(items));
            }
            let (name, after) = sized(after)?;
            let (value, after) = sized(after)?;
            rest = after;
            items.push((name, typed(kind, value)?));
        }
    }

    pub(super) fn bytes(&self, name: &str) -> Option<&'a [u8]> {
        match self.get(name) {
            Some(Value::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }

    pub(super) fn u32(&self, name: &str) -> Option<u32> {
        match self.get(name) {
            Some(Value::U32(number)) => Some(number),
            _ => None,
        }
    }

    pub(super) fn u64(&self, name: &str) -> Option<u64> {
        match self.get(name) {
            Some(Value::U64(number)) => Some(number),
            _ => None,
        }
    }

    fn get(&self, name: &str) -> Option<Value<'a>> {
        self.0.iter().rev().find(|(key, _)| *key == name.as_bytes()).map(|(_, value)| *value)
    }
}

fn sized(rest: &[u8]) -> Result<(&[u8], &[u8]), ReadError> {
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(DAMAGED)?;
    let length = usize::try_from(i32::from_le_bytes(*length)).map_err(|_| DAMAGED)?;
    rest.split_at_checked(length).ok_or(DAMAGED)
}

fn typed(kind: u8, value: &[u8]) -> Result<Value<'_>, ReadError> {
    Ok(match kind {
        0x04 => Value::U32(u32::from_le_bytes(value.try_into().map_err(|_| DAMAGED)?)),
        0x05 => Value::U64(u64::from_le_bytes(value.try_into().map_err(|_| DAMAGED)?)),
        0x42 => Value::Bytes(value),
        0x08 | 0x0c | 0x0d | 0x18 => Value::Other,
        _ => return Err(DAMAGED),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_two_values_counts() {
        let bytes = b"\x00\x01\x04\x01\0\0\0P\x04\0\0\0\x01\0\0\0\x04\x01\0\0\0P\x04\0\0\0\x02\0\0\0\x00";
        assert_eq!(Dictionary::parse(bytes).unwrap().u32("P"), Some(2));
    }

    #[test]
    fn what_is_cut_or_unknown_is_damaged() {
        for bytes in
            [&b""[..], b"\x00\x01", b"\x00\x01\x04", b"\x00\x01\x04\xff\xff\xff\xff", b"\x00\x01\x99\0\0\0\0\0\0\0\0\0"]
        {
            assert!(Dictionary::parse(bytes).is_err(), "{bytes:?}");
        }
    }
}
