//! What a reading process answers.

use super::*;

/// What a reading process answers, which the file may have taken over.
#[test]
fn answers() {
    let seed = crate::wire::tests::full().encode();
    let error = crate::ReadError::Unsupported { what: "this cipher" }.encode();
    let tokens: [&[u8]; 4] = [&[0xff; 4], &[0; 4], &[1], b"too_costly"];
    run!([seed.as_slice(), error.as_slice()], tokens, |bytes: &[u8]| {
        if let Ok(import) = crate::Import::decode(bytes) {
            // What is accepted is what could have been written.
            let again = crate::Import::decode(&import.encode()).map(|import| import.entries.len());
            assert_eq!(again, Ok(import.entries.len()));
        }
        // Texts for good only where they are few.
        if !bytes.starts_with(b"\x0b\0\0\0unsupported") {
            let _ = crate::ReadError::decode(bytes);
        }
    });
}
