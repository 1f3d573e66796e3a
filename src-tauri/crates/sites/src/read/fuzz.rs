//! Whatever the bytes, a record is read or refused, within bounds and without a panic; what was read is written as it was
//! meant. Two seconds, or `REKEY_FUZZ_SECONDS`; `BOLERO_RANDOM_SEED=…` repeats a failure.

use bolero::check;

use super::{read, read_sources};
use crate::fuzz::fuzzing::{Edit, edited, time};
use crate::write::write;

const TOKENS: &[&[u8]] = &[
    b"value = ",
    b"source = [\"a\"]",
    b"confidence = \"low\"",
    b"observed = \"2026\"",
    b"foreign = true",
    b"[",
    b"]",
    b"{",
    b"}",
    b"\"",
    b"'''",
    b"\\u202e",
    b"https://",
    b"xn--",
    b"@",
    b"[notes]\n",
    b"en = \"A\"",
    b", ",
    b"\n",
    b"= 7",
];

#[test]
fn a_record() {
    let seeds: Vec<String> = ["paypal.com", "telekom.de", "kayak.com"]
        .iter()
        .filter_map(|domain| crate::compiled::RECORDS.iter().find(|record| record.domain == *domain))
        .map(write)
        .collect();
    assert_eq!(seeds.len(), 3);
    check!().with_type::<(u8, Vec<Edit>)>().with_iterations(usize::MAX).with_test_time(time()).for_each(
        |(seed, edits)| {
            let bytes = edited(seeds[usize::from(*seed) % seeds.len()].as_bytes(), edits, TOKENS);
            let text = String::from_utf8_lossy(&bytes);
            let _ = read_sources(&text);
            match read(&text, "2026-11-27") {
                Ok(record) => {
                    let written = write(&record);
                    assert!(read(&written, "2026-11-27").as_ref() == Ok(&record));
                }
                Err(errors) => assert!(!errors.is_empty()),
            }
        },
    );
}
