//! Text with rows and columns: RFC 4180 as programs write it, with whatever delimiter, ragged rows allowed.

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::{Cost, Limits, Part, ReadError};

/// The delimiters that exports come with, the likelier one first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The delimiter of a text: the one that its first row has most of.
pub(crate) fn delimiter(text: &[u8]) -> u8 {
    let columns = |delimiter| {
        let mut first = ByteRecord::new();
        let read = reader(text, delimiter).read_byte_record(&mut first);
        read.map_or(0, |_| first.len())
    };
    // Of equals the first.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| columns(*delimiter)).unwrap_or(b',')
}

fn reader(text: &[u8], delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text)
}

/// The first row, trimmed and in lower case; `None` where there is only one column in it.
pub(crate) fn heading(text: &str) -> Option<Vec<String>> {
    let mut first = ByteRecord::new();
    let bytes = text.trim_start_matches('\u{feff}').as_bytes();
    reader(bytes, delimiter(bytes)).read_byte_record(&mut first).ok()?;
    let names = first.iter().map(|name| String::from_utf8_lossy(name).trim().to_lowercase());
    (first.len() > 1).then(|| names.collect())
}

/// Goes through the rows of a text in UTF-8, the heading among them, with the number of the line each begins on.
pub(crate) fn rows(
    text: &[u8],
    delimiter: u8,
    limits: &Limits,
    mut visit: impl FnMut(u64, &ByteRecord),
) -> Result<(), ReadError> {
    let mut reader = reader(text, delimiter);
    let mut record = ByteRecord::new();
    let mut count = 0u64;
    while reader.read_byte_record(&mut record).map_err(|_| ReadError::damaged(Part::Table))? {
        count += 1;
        if count > limits.rows {
            return Err(ReadError::TooCostly { cost: Cost::Rows, asked: count, limit: limits.rows });
        }
        let longest = record.iter().map(<[u8]>::len).max().unwrap_or(0);
        let longest = u64::try_from(longest).unwrap_or(u64::MAX);
        if longest > limits.field {
            // A quote that is never closed swallows all rows behind it: that is damage, not a long note.
            return Err(ReadError::TooCostly { cost: Cost::Field, asked: longest, limit: limits.field });
        }
        visit(record.position().map_or(count, csv::Position::line), &record);
    }
    Ok(())
}
