//! What fuzz targets share: a valid input, changed in a few places so that it gets past the first checks, for two seconds
//! a target or `REKEY_FUZZ_SECONDS`.
#![allow(clippy::indexing_slicing, reason = "part of tests")]

use std::time::Duration;

use bolero::TypeGenerator;

/// One change of an input.
#[derive(Debug, Clone, TypeGenerator)]
pub enum Edit {
    /// A byte becomes another.
    Set(u16, u8),
    /// A byte more.
    Insert(u16, u8),
    /// Some bytes less.
    Remove(u16, u8),
    /// Some bytes once more.
    Repeat(u16, u8),
    /// A token more.
    Token(u16, u8),
    /// Nothing after this place.
    Cut(u16),
}

/// An input after its changes; a token is one of those that mean something there.
pub fn edited(seed: &[u8], edits: &[Edit], tokens: &[&[u8]]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for edit in edits.iter().take(12) {
        let place = |at: u16| usize::from(at) % (bytes.len() + 1);
        match *edit {
            Edit::Set(at, value) => {
                let at = place(at);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = value;
                }
            }
            Edit::Insert(at, value) => bytes.insert(place(at), value),
            Edit::Remove(at, count) => {
                let (at, end) = (place(at), (place(at) + usize::from(count)).min(bytes.len()));
                bytes.drain(at..end);
            }
            Edit::Repeat(at, count) => {
                let (at, end) = (place(at), (place(at) + usize::from(count)).min(bytes.len()));
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            Edit::Token(at, which) => {
                let at = place(at);
                bytes.splice(at..at, tokens[usize::from(which) % tokens.len()].iter().copied());
            }
            Edit::Cut(at) => bytes.truncate(place(at)),
        }
    }
    bytes
}

/// How long a target runs.
pub fn time() -> Duration {
    let seconds = std::env::var("REKEY_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(2))
}
