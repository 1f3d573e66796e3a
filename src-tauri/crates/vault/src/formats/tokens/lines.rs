//! A text file of `otpauth://` addresses, one a line, as Ente Auth, Aegis and others export them; and one of Google
//! Authenticator's transfer codes, as code readers write them down.

use std::collections::{BTreeMap, BTreeSet};

use super::{add_uri, google};
use crate::container::text;
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::totp::Uri;
use crate::{Cost, Import, Part, ProblemCode, ReadError};

pub(crate) static SOURCE: Source = Source {
    name: "otpauth",
    product: "Ente Auth, Aegis, and other authenticator apps",
    kind: "otpauth://",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| first_line(sample.bytes).is_some_and(|line| Uri::parse(&line).is_some()),
        lock: |_| Lock::Open,
        read,
    },
};

pub(crate) static GOOGLE: Source = Source {
    name: "google-authenticator",
    product: "Google Authenticator",
    kind: "otpauth-migration://",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| first_line(sample.bytes).is_some_and(|line| google::is_address(&line)),
        lock: |_| Lock::Open,
        read,
    },
};

/// The start of the first line that is not blank.
fn first_line(bytes: &[u8]) -> Option<String> {
    let start = text::start(bytes, 4096)?;
    start.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned)
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    read_text(input.bytes(), input)
}

/// Reads addresses, one a line.
pub(super) fn read_text(bytes: &[u8], input: &Input<'_>) -> Result<Import, ReadError> {
    let document = text::utf8(bytes);
    let document = str::from_utf8(&document).map_err(|_| ReadError::damaged(Part::Structure))?;
    let mut import = Import::new(input.format);
    let mut addresses = Addresses::new(&mut import);
    for (number, line) in (1u64..).zip(document.lines()) {
        if number > input.limits.rows {
            return Err(ReadError::TooCostly { cost: Cost::Rows, asked: number, limit: input.limits.rows });
        }
        if !line.trim().is_empty() && !addresses.add(line.trim()) {
            addresses.import.report(format!("line {number}"), ProblemCode::ItemUnreadable);
        }
    }
    addresses.finish();
    Ok(import)
}

/// Takes in addresses one by one, and knows in the end which parts of a transfer are missing.
pub(super) struct Addresses<'a> {
    pub import: &'a mut Import,
    /// The parts that were seen and how many there are, by transfer.
    transfers: BTreeMap<u64, (u64, BTreeSet<u64>)>,
}

impl<'a> Addresses<'a> {
    /// More parts than a transfer of Google Authenticator has.
    const MOST_PARTS: u64 = 100;

    pub(super) fn new(import: &'a mut Import) -> Self {
        Self { import, transfers: BTreeMap::new() }
    }

    /// Adds what an address sets up; false where the text is none that can be read.
    pub(super) fn add(&mut self, text: &str) -> bool {
        if google::is_address(text) {
            let Some(part) = google::read(text, self.import) else { return false };
            let (count, seen) = self.transfers.entry(part.transfer).or_default();
            *count = part.count.max(*count);
            seen.insert(part.index);
            return true;
        }
        let uri = Uri::parse(text);
        uri.map(|uri| add_uri(self.import, uri)).is_some()
    }

    /// Reports the parts of transfers that were not there.
    pub(super) fn finish(self) {
        for (count, seen) in self.transfers.into_values() {
            for index in (0..count.min(Self::MOST_PARTS)).filter(|index| !seen.contains(index)) {
                self.import.report(format!("code {} of {count}", index + 1), ProblemCode::ItemUnreadable);
            }
        }
    }
}
