//! Tables: what programs export as CSV, and any table whose columns the person names.
//!
//! One [`Source`] a product with its [`Layout`]; those without peculiarities stand together in `plain`. The rows of all
//! of them are read by `rows`.

pub(crate) mod aliasvault;
pub(crate) mod bitwarden;
pub(crate) mod browsers;
pub(crate) mod buttercup;
mod column;
pub(crate) mod dashlane;
pub(crate) mod enpass;
mod guess;
mod json;
pub(crate) mod keepass;
pub(crate) mod keeper;
pub(crate) mod lastpass;
mod layout;
mod mapping;
pub(crate) mod msecure;
pub(crate) mod nordpass;
pub(crate) mod onepassword;
pub(crate) mod plain;
pub(crate) mod proton;
pub(crate) mod psono;
pub(crate) mod quirks;
pub(crate) mod roboform;
mod rows;
mod shape;
#[cfg(test)]
mod tests;
mod urls;
mod words;
pub(crate) mod zoho;

use crate::format::{self, Evidence, Reader, Source};
use crate::formats::Input;
use crate::sample::Sample;
use crate::{Import, ReadError};

pub use column::Column;
pub(crate) use layout::{Keep, Layout, Row};
pub use mapping::{Mapping, Preview, PreviewColumn, preview};
pub(crate) use rows::Draft;
pub use shape::CellKind;

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

/// Reads a table that is part of a file, a member of an archive for one, as the program's table that its heading fits
/// best. The import is said to be of the whole file's format.
///
/// # Errors
/// [`ReadError::UnknownFormat`] where it is no table, [`ReadError::NeedsMapping`] where its heading is of no known
/// program, and what reading its rows may end with.
pub(crate) fn read_table(input: &Input<'_>, bytes: &[u8]) -> Result<Import, ReadError> {
    let sample = Sample::new(bytes);
    let Some(layout) = format::recognise_table(&sample) else {
        return Err(if sample.heading().is_empty() { ReadError::UnknownFormat } else { ReadError::NeedsMapping });
    };
    layout.read(&Input { sample: &sample, mapping: None, ..*input })
}

/// A program's table of which only the layout is known.
const fn table(name: &'static str, product: &'static str, layout: &'static Layout) -> Source {
    Source { name, product, kind: "CSV", evidence: Evidence::Documentation, reader: Reader::Csv(layout) }
}

/// What becomes of an item by its kind: a sign-in where it is one of `logins` (lower case) or has none.
fn logins(kind: &str, logins: &[&str]) -> Keep {
    let kind = kind.trim().to_lowercase();
    if kind.is_empty() || logins.contains(&kind.as_str()) { Keep::Login } else { Keep::Other }
}
