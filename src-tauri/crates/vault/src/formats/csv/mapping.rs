//! Tables that no layout knows: a guess at the columns, which the person corrects.

use csv::ByteRecord;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Column;
use super::layout::read_rows;
use crate::container::{table, text};
use crate::formats::Input;
use crate::sample::Sample;
use crate::{Import, Limits, ReadError};

/// What the columns of a table hold, as the person said or confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Whether the first row names the columns.
    pub heading: bool,
    /// One for each column; further columns are ignored.
    pub columns: Vec<Column>,
}

/// What a person sees of a table before it is read. Of the rows only the shape is shown, because any column may hold a
/// secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The first row's texts where they name the columns; empty otherwise.
    pub names: Vec<String>,
    /// What the columns seem to be.
    pub guess: Mapping,
    /// How many rows there are, without the heading.
    pub rows: usize,
    /// A mark of the first row (SHA-256 of its texts in lower case, hexadecimal): tables with the same heading have the
    /// same.
    pub mark: String,
}

/// Looks at a table. `None` where the content is none.
pub fn preview(bytes: &[u8]) -> Option<Preview> {
    let sample = Sample::new(bytes);
    let heading = sample.heading();
    if heading.is_empty() {
        return None;
    }
    let text = text::utf8(bytes);
    let mut rows = 0;
    let mut first = ByteRecord::new();
    table::rows(&text, table::delimiter(&text), &Limits::default(), |_, record| {
        if rows == 0 {
            first.clone_from(record);
        }
        rows += 1;
    })
    .ok()?;
    let mut mark = Sha256::new();
    for name in heading {
        mark.update((name.len() as u64).to_le_bytes());
        mark.update(name);
    }
    let mark = mark.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let columns: Vec<Column> = heading.iter().map(|name| guess(name)).collect();
    let named = columns.iter().any(|column| !matches!(column, Column::Extra));
    let names = first.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned());
    Some(Preview {
        names: if named { names.collect() } else { Vec::new() },
        guess: Mapping { heading: named, columns },
        rows: if named { rows - 1 } else { rows },
        mark,
    })
}

/// What a column of that name (lower case) usually is.
fn guess(name: &str) -> Column {
    match name {
        "title" | "name" => Column::Title,
        "url" | "website" | "web site" | "site" | "login_uri" => Column::Url,
        "username" | "user name" | "user" | "login" => Column::UserName,
        "email" | "e-mail" => Column::OtherName,
        "password" | "pwd" => Column::Password,
        "totp" | "otp" => Column::Totp,
        "note" | "notes" => Column::Note,
        "folder" | "group" => Column::Group,
        _ => Column::Extra,
    }
}

/// Reads a table as the person mapped it.
pub(super) fn read(input: &Input<'_>, mapping: &Mapping) -> Result<Import, ReadError> {
    let mut columns = mapping.columns.clone();
    columns.resize(columns.len().max(input.sample.heading().len()), Column::Ignore);
    read_rows(input, &columns, mapping.heading, None)
}
