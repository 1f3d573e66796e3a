//! Tables: what each program calls its columns, one [`Layout`] a program; and, for a table that none of them knows, the
//! person's own [`Mapping`].
//!
//! A layout is data. What a program does beyond naming columns (rows that are no sign-ins, two values in one column) is
//! its layout's `row` function.

pub(crate) mod bitwarden;
pub(crate) mod browsers;
mod column;
mod layout;
mod mapping;

use crate::format::{Evidence, Reader, Source};
use crate::formats::Input;
use crate::{Import, ReadError};

pub use column::Column;
pub(crate) use layout::{Keep, Layout, Row};
pub use mapping::{Mapping, Preview, preview};

/// A table of columns that the person has named.
pub(crate) static ANY: Source = Source {
    name: "csv",
    product: "Any table",
    kind: "CSV",
    evidence: Evidence::Documentation,
    reader: Reader::Own { recognises: |_| false, lock: |_| crate::Lock::Open, read: read_any },
};

/// Reads a table by the person's mapping.
fn read_any(input: &Input<'_>) -> Result<Import, ReadError> {
    match input.mapping {
        Some(mapping) => mapping::read(input, mapping),
        None if input.sample.heading().is_empty() => Err(ReadError::UnknownFormat),
        None => Err(ReadError::NeedsMapping),
    }
}
