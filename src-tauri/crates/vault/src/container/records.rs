//! The rows of a table one by one, as `csv_core` takes them apart.

use std::ops::Range;

use csv_core::{ReadRecordResult, Reader};
use zeroize::Zeroizing;

/// The fields of one row: one buffer for all rows, which is overwritten when it grows and when it is dropped.
#[derive(Default)]
pub(crate) struct Record {
    /// The fields one behind the other, and room for more.
    buffer: Zeroizing<Vec<u8>>,
    /// Where each of them ends, and room for more.
    ends: Vec<usize>,
    count: usize,
    begin: usize,
}

impl Record {
    /// Where its row begins in the text, in bytes.
    pub(crate) fn begin(&self) -> usize {
        self.begin
    }

    /// How many fields there are.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Where the fields stand in [`Self::bytes`].
    pub(crate) fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        let mut begin = 0;
        self.ends.iter().take(self.count).map(move |end| std::mem::replace(&mut begin, *end)..*end)
    }

    /// Where a field stands by its place, from 0.
    pub(crate) fn range(&self, field: usize) -> Option<Range<usize>> {
        let ends = self.ends.get(..self.count)?;
        let begin = field.checked_sub(1).and_then(|before| ends.get(before));
        Some(begin.copied().unwrap_or(0)..*ends.get(field)?)
    }

    /// All fields, with nothing between them.
    pub(crate) fn bytes(&self) -> &[u8] {
        let end = self.count.checked_sub(1).and_then(|last| self.ends.get(last));
        self.buffer.get(..end.copied().unwrap_or(0)).unwrap_or_default()
    }

    /// The fields.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.ranges().map(|range| self.buffer.get(range).unwrap_or_default())
    }

    /// Adds a field.
    pub(crate) fn push(&mut self, field: &[u8]) {
        let begin = self.bytes().len();
        let end = begin + field.len();
        while self.buffer.len() < end {
            self.grow_buffer();
        }
        if let Some(place) = self.buffer.get_mut(begin..end) {
            place.copy_from_slice(field);
        }
        self.ends.truncate(self.count);
        self.ends.push(end);
        self.count += 1;
    }

    fn grow_buffer(&mut self) {
        // Not in place: where that moves, what it leaves behind is not overwritten.
        let mut larger = Zeroizing::new(vec![0; (self.buffer.len() * 2).max(1024)]);
        if let Some(start) = larger.get_mut(..self.buffer.len()) {
            start.copy_from_slice(&self.buffer);
        }
        self.buffer = larger;
    }

    fn grow_ends(&mut self) {
        self.ends.resize((self.ends.len() * 2).max(32), 0);
    }
}

/// Goes through the rows of a text.
pub(crate) struct Records<'a> {
    text: &'a [u8],
    at: usize,
    reader: Reader,
}

impl<'a> Records<'a> {
    pub(crate) fn new(text: &'a [u8], reader: Reader) -> Self {
        Self { text, at: 0, reader }
    }

    /// How much of the text is read.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The number of the line that is read next, as long as no row ended with half of a line's end.
    pub(crate) fn line(&self) -> u64 {
        self.reader.line()
    }

    /// Goes on at another place, which is on that line.
    pub(crate) fn seek(&mut self, at: usize, line: u64) {
        self.at = at;
        self.reader.reset();
        self.reader.set_line(line);
    }

    /// Reads the next row over the last one; false where there is none.
    pub(crate) fn read(&mut self, record: &mut Record) -> bool {
        let (mut filled, mut fields) = (0, 0);
        (record.count, record.begin) = (0, self.at);
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let buffer = record.buffer.get_mut(filled..).unwrap_or_default();
            let ends = record.ends.get_mut(fields..).unwrap_or_default();
            let (result, read, written, ended) = self.reader.read_record(rest, buffer, ends);
            self.at += read;
            filled += written;
            fields += ended;
            match result {
                // That nothing is left is said once more, which ends the last row.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => record.grow_buffer(),
                ReadRecordResult::OutputEndsFull => record.grow_ends(),
                ReadRecordResult::Record => {
                    record.count = fields;
                    return true;
                }
                ReadRecordResult::End => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both as the `csv` crate reads them, whatever the buffers' sizes.
    #[test]
    fn records_are_those_of_the_csv_crate() {
        let long = format!("{},\"{}\"\n{}x", "y".repeat(5000), "z\n".repeat(2000), ",".repeat(300));
        let texts =
            ["", "\n", "a", "a,b\n\nc\r\nd,\"e\"\"\n,\"", "\"a\"b,c\"d\re", "\u{feff}a,b", &long, "a,\"b", ",,\n"];
        for text in texts {
            let mut expect = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let expect: Vec<Vec<Vec<u8>>> =
                expect.byte_records().map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect()).collect();
            let mut records = Records::new(text.as_bytes(), Reader::new());
            let (mut record, mut got) = (Record::default(), Vec::new());
            while records.read(&mut record) {
                let fields: Vec<Vec<u8>> = record.iter().map(<[u8]>::to_vec).collect();
                assert_eq!((record.len(), record.bytes()), (fields.len(), fields.concat().as_slice()));
                assert!(record.ranges().enumerate().all(|(at, range)| record.range(at) == Some(range)));
                assert_eq!(record.range(fields.len()), None);
                let mut pushed = Record::default();
                fields.iter().for_each(|field| pushed.push(field));
                assert!(pushed.iter().eq(record.iter()));
                got.push(fields);
            }
            assert_eq!((got, records.at()), (expect, text.len()), "{text}");
        }
    }
}
