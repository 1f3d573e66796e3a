//! Buffers of plaintext that grow without leaving what they held behind: a full one moves to a larger one and is wiped.

use std::io::Read;

use zeroize::Zeroizing;

/// Bytes that are read at once.
const CHUNK: usize = 1 << 14;

/// Appends bytes.
pub(crate) fn append(buffer: &mut Zeroizing<Vec<u8>>, more: &[u8]) {
    if let Some(capacity) = larger(buffer.len(), buffer.capacity(), more.len()) {
        let mut larger = Zeroizing::new(Vec::with_capacity(capacity));
        larger.extend_from_slice(buffer);
        *buffer = larger;
    }
    buffer.extend_from_slice(more);
}

/// Appends text.
pub(crate) fn append_text(buffer: &mut Zeroizing<String>, more: &str) {
    if let Some(capacity) = larger(buffer.len(), buffer.capacity(), more.len()) {
        let mut larger = Zeroizing::new(String::with_capacity(capacity));
        larger.push_str(buffer);
        *buffer = larger;
    }
    buffer.push_str(more);
}

/// The capacity that a buffer needs to take so much more, where its own is too small.
fn larger(length: usize, capacity: usize, more: usize) -> Option<usize> {
    let needed = length.saturating_add(more);
    (needed > capacity).then(|| needed.max(capacity.saturating_mul(2)))
}

/// Reads a stream to its end; room for `expected` bytes is made at once.
pub(crate) fn read(mut stream: impl Read, expected: usize) -> std::io::Result<Zeroizing<Vec<u8>>> {
    let mut content = Zeroizing::new(Vec::with_capacity(expected));
    let mut chunk = Zeroizing::new([0; CHUNK]);
    loop {
        match stream.read(chunk.as_mut_slice()) {
            Ok(0) => return Ok(content),
            Ok(length) => append(&mut content, chunk.get(..length).unwrap_or_default()),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_appended_is_there_and_room_doubles() {
        let (mut bytes, mut text) = (Zeroizing::new(Vec::new()), Zeroizing::new(String::new()));
        for _ in 0..1000 {
            append(&mut bytes, b"abc");
            append_text(&mut text, "abc");
        }
        let expect = "abc".repeat(1000);
        assert!(bytes.as_slice() == expect.as_bytes() && text.as_str() == expect);
        assert!(bytes.capacity() < 8000 && text.capacity() < 8000);
        let read = read(expect.as_bytes().chain(&b"d"[..]), 5).unwrap();
        assert!(read.strip_suffix(b"d") == Some(expect.as_bytes()));
    }
}
