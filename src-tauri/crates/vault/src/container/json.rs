//! JSON exports: a document whose rows are parsed one by one, so that a bad one loses nothing but itself.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::text;
use crate::{Cost, Limits, Part, ReadError};

/// A row that is not parsed yet.
pub(crate) type Raw<'a> = &'a RawValue;

/// The file's text, without a byte order mark.
pub(crate) fn document(bytes: &[u8]) -> Cow<'_, [u8]> {
    text::utf8(bytes)
}

/// Parses a document. `serde_json` refuses more than 128 nested values, so that no input exhausts the stack.
pub(crate) fn parse<'a, T: Deserialize<'a>>(document: &'a [u8]) -> Result<T, ReadError> {
    serde_json::from_slice(document).map_err(|_| ReadError::damaged(Part::Json))
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
