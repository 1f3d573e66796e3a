//! What the fuzz targets need of the inner layers.

use crate::{Format, Import, Limits};

/// An inner header and a document, as they are behind encryption and compression.
pub(crate) fn payload(xml: &str) -> Vec<u8> {
    [&b"\x01\x04\0\0\0\x03\0\0\0\x02\x40\0\0\0"[..], &[7; 64], b"\0\0\0\0\0", xml.as_bytes()].concat()
}

/// Reads a payload and converts its entries; the answer does not matter.
pub(crate) fn read_payload(bytes: &[u8], limits: &Limits) {
    let mut payload = super::payload::open(bytes, false, limits, crate::progress::Watch::default());
    let Ok(keystream) = super::payload::inner_header(&mut payload, limits) else { return };
    if let Ok(document) = super::document::parse(payload, keystream, None, limits) {
        let mut import = Import::new(Format::KDBX);
        super::entries::convert(document, &mut import);
        let _ = crate::accounts(vec![import.entries], &|_| None);
    }
}
