//! Bytes as text: UTF-8 with or without a mark, and UTF-16 with one.

use std::borrow::Borrow;
use std::ops::Deref;

use zeroize::{Zeroize, Zeroizing};

/// How many characters are looked at to tell text.
const LOOK: usize = 4096;

/// What stands in a file, or what it was converted to, which is wiped when dropped.
pub(crate) enum Plain<'a, T: ToOwned<Owned: Zeroize> + ?Sized> {
    Borrowed(&'a T),
    Owned(Zeroizing<T::Owned>),
}

impl<T: ToOwned<Owned: Zeroize> + ?Sized> Deref for Plain<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Borrowed(text) => text,
            Self::Owned(text) => Borrow::borrow(&**text),
        }
    }
}

/// The whole file as bytes in UTF-8, without a byte order mark. UTF-16 is told by its mark; whatever has none is passed
/// on as it stands, because guessing an encoding would make wrong passwords.
pub(crate) fn utf8(bytes: &[u8]) -> Plain<'_, [u8]> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Plain::Borrowed(rest),
        [0xff, 0xfe, rest @ ..] => Plain::Owned(utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Plain::Owned(utf16(rest, u16::from_be_bytes)),
        _ => Plain::Borrowed(bytes),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Zeroizing<Vec<u8>> {
    let (pairs, _) = bytes.as_chunks::<2>();
    // Half a pair becomes a byte that is no UTF-8, so that its field counts as unreadable, never as another text.
    // Room for all of it, as a buffer that grows leaves copies behind: two bytes become three at most.
    let mut text = Zeroizing::new(Vec::with_capacity(pairs.len().saturating_mul(3)));
    for unit in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match unit {
            Ok(character) => text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            Err(_) => text.push(0xff),
        }
    }
    text
}

/// The first `most` bytes as text; `None` where they are none, which many control characters tell. A few stand in exports:
/// vertical tabs for line breaks, and what people pasted.
pub(crate) fn start(bytes: &[u8], most: usize) -> Option<Plain<'_, str>> {
    // Told by few bytes, so that no more of a large file is looked at in vain.
    let head = lossy(bytes.get(..LOOK.min(most)).unwrap_or(bytes));
    let is_control = |character: &char| character.is_control() && !matches!(character, '\t' | '\n' | '\r');
    let controls = head.chars().filter(is_control).count();
    (controls * 32 <= head.chars().count()).then(|| lossy(bytes.get(..most).unwrap_or(bytes)))
}

/// [`str::trim`], which takes long for texts with nothing to trim: nearly all.
pub(crate) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

fn lossy(bytes: &[u8]) -> Plain<'_, str> {
    let replaced = |text: &[u8]| Plain::Owned(Zeroizing::new(String::from_utf8_lossy(text).into_owned()));
    match utf8(bytes) {
        // Much faster than replacing what is no text, where nothing is to be replaced.
        Plain::Borrowed(text) => str::from_utf8(text).map_or_else(|_| replaced(text), Plain::Borrowed),
        Plain::Owned(text) => replaced(&text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_as_elsewhere() {
        for text in
            ["", " ", "a", " a", "a ", "\u{a0}ä\u{3000}", "ä", "\u{1f}a\u{1f}", "a\tb", "\u{b}a b\u{c}", "\u{7f}"]
        {
            assert_eq!(trim(text), text.trim(), "{text:?}");
        }
    }

    #[test]
    fn encodings_with_a_mark_are_read_and_none_is_guessed() {
        let check = |bytes: &[u8], expect: &[u8]| assert_eq!(&*utf8(bytes), expect);
        check("\u{feff}ä".as_bytes(), "ä".as_bytes());
        check(b"\xff\xfe\xe4\0=\xd8\x11\xdd", "ä🔑".as_bytes().get(..2).map_or(b"", |_| "ä🔑".as_bytes()));
        check(b"\xfe\xff\0\xe4", "ä".as_bytes());
        check(b"\xff\xfe=\xd8a\0", b"\xffa");
        check(b"\xe4", b"\xe4");
        assert!(start(b"a\0b", 10).is_none());
        assert_eq!(start("aä".as_bytes(), 2).as_deref(), Some("a\u{fffd}"));
    }
}
