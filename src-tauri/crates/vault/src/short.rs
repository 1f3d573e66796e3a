use std::fmt;
use std::ops::Deref;

/// A text that is mostly short, and then takes no memory of its own: a vault may have a hundred thousand of them. Not for
/// secrets: it is not wiped.
#[derive(Clone)]
pub struct Short(Text);

/// How many bytes a text has that stands where it is kept: as many as make this no larger than a vector.
const ROOM: usize = 22;

#[derive(Clone)]
enum Text {
    /// The first `length` of the bytes, which are UTF-8.
    Here {
        length: u8,
        bytes: [u8; ROOM],
    },
    Elsewhere(Box<str>),
}

impl Deref for Short {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Text::Here { length, bytes } => {
                bytes.get(..usize::from(*length)).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
            }
            Text::Elsewhere(text) => text,
        }
    }
}

impl From<&str> for Short {
    fn from(text: &str) -> Self {
        let mut bytes = [0; ROOM];
        Self(match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(text.as_bytes());
                Text::Here { length, bytes }
            }
            _ => Text::Elsewhere(text.into()),
        })
    }
}

impl From<String> for Short {
    fn from(text: String) -> Self {
        if text.len() > ROOM { Self(Text::Elsewhere(text.into())) } else { text.as_str().into() }
    }
}

impl Default for Short {
    fn default() -> Self {
        "".into()
    }
}

impl PartialEq for Short {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Short {}

impl fmt::Debug for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_every_length_are_kept() {
        for text in (0..ROOM * 2).flat_map(|length| ["x".repeat(length), "ä".repeat(length)]) {
            for short in [Short::from(text.as_str()), Short::from(text.clone())] {
                assert_eq!((&*short, short.clone()), (text.as_str(), short.clone()));
                assert_eq!(format!("{short} {short:?}"), format!("{text} {text:?}"));
                assert_eq!(matches!(short.0, Text::Here { .. }), text.len() <= ROOM);
            }
        }
        assert_eq!(&*Short::default(), "");
        assert_ne!(Short::from("a"), Short::from("b"));
        assert_eq!(size_of::<Short>(), size_of::<Vec<u8>>());
    }
}
