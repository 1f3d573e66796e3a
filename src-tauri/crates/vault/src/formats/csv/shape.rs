//! What a field looks like, without showing it.

use crate::timestamp;

/// What a field looks like. Says nothing of what it holds but how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CellKind {
    /// Nothing, or only white space.
    Empty,
    /// A web address, with a scheme or without.
    WebAddress,
    /// An e-mail address.
    Email,
    /// Digits.
    Number,
    /// A date, with a time or without.
    Date,
    /// A one-time password setting as an address (`otpauth:`).
    Otp,
    /// Anything else.
    Text {
        /// How many characters it has.
        characters: usize,
    },
}

impl CellKind {
    pub(super) fn of(field: &str) -> Self {
        let text = field.trim();
        if text.is_empty() {
            return Self::Empty;
        }
        let starts = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        if starts("otpauth://") || starts("steam://") {
            return Self::Otp;
        }
        if ["http://", "https://", "androidapp://", "android://", "ftp://"].into_iter().any(starts) {
            return Self::WebAddress;
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Self::Number;
        }
        if text.len() >= 8 && text.contains(['-', '/', '.']) && timestamp::any(text).is_some() {
            return Self::Date;
        }
        if is_email(text) {
            return Self::Email;
        }
        if is_host(text) {
            return Self::WebAddress;
        }
        Self::Text { characters: field.chars().count() }
    }

    /// The stable name of the kind, for texts and scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::WebAddress => "web_address",
            Self::Email => "email",
            Self::Number => "number",
            Self::Date => "date",
            Self::Otp => "otp",
            Self::Text { .. } => "text",
        }
    }
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    !name.is_empty() && !name.contains(char::is_whitespace) && is_host(host)
}

/// A name with dots, as of a computer: `example.com`, with a path or not. The last part must be letters, lest `1.5` or
/// a password with a dot counts.
fn is_host(text: &str) -> bool {
    let host = text.split(['/', ':', '?']).next().unwrap_or(text);
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| (c.is_alphanumeric() && !c.is_uppercase()) || c == '-')
    };
    let mut labels = host.rsplit('.');
    let last = labels.next().unwrap_or_default();
    let is_top = last.chars().count() >= 2 && last.chars().all(char::is_alphabetic);
    host.contains('.') && is_top && is_label(last) && labels.all(is_label)
}

/// Whether a field may be the secret of a one-time password in base32.
pub(super) fn is_base32(field: &str) -> bool {
    let letters: Vec<u8> = field.bytes().filter(|byte| !matches!(byte, b' ' | b'-')).collect();
    let is_upper = letters.iter().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7' | b'='));
    let is_lower = letters.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7' | b'='));
    let digits = letters.iter().filter(|byte| byte.is_ascii_digit()).count();
    letters.len() >= 16 && (is_upper || is_lower) && digits > 0
}

/// Whether a field looks like a password: no white space and characters of several kinds, or digits in the middle.
pub(super) fn looks_random(field: &str) -> bool {
    let length = field.chars().count();
    if !(6..=128).contains(&length) || field.contains(char::is_whitespace) {
        return false;
    }
    let kinds: [fn(char) -> bool; 4] = [
        char::is_lowercase,
        char::is_uppercase,
        |c| c.is_ascii_digit(),
        |c| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_' | '@'),
    ];
    kinds.iter().filter(|kind| field.chars().any(**kind)).count() >= 3
        || (kinds.iter().filter(|kind| field.chars().any(**kind)).count() == 2 && length >= 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_look_like_something() {
        let text = |characters| CellKind::Text { characters };
        for (field, kind) in [
            (" ", CellKind::Empty),
            ("https://a.example/x", CellKind::WebAddress),
            ("bücher.example", CellKind::WebAddress),
            ("a.example:8080/x", CellKind::WebAddress),
            ("android://a==@com.example/", CellKind::WebAddress),
            ("ann@a.example", CellKind::Email),
            ("123456", CellKind::Number),
            ("2024-01-31", CellKind::Date),
            ("31.01.2024 10:00:00", CellKind::Date),
            ("otpauth://totp/x?secret=AA", CellKind::Otp),
            ("Paß.word1", text(9)),
            ("x", text(1)),
            ("a@b", text(3)),
        ] {
            assert_eq!(CellKind::of(field), kind, "{field}");
        }
        assert!(is_base32("GEZD GNBV GY3T QOJQ") && !is_base32("GEZDGNBV") && !is_base32("correcthorsebattery"));
        assert!(looks_random("aB3!xyz") && !looks_random("Example") && !looks_random("correct horse"));
    }
}
