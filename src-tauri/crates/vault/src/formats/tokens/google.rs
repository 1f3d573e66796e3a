//! Google Authenticator's transfer codes: `otpauth-migration://offline?data=` and a message in protocol buffers
//! (<https://protobuf.dev/programming-guides/encoding/>), whose layout Google does not document.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use super::{Draft, Kind, Secret};
use crate::Import;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The scheme of such an address.
const SCHEME: &str = "otpauth-migration://";

/// Which part of a transfer an address is; one that fits into one address is part 0 of 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub transfer: u64,
    pub index: u64,
    pub count: u64,
}

/// Whether the text is such an address.
pub(super) fn is_address(text: &str) -> bool {
    text.get(..SCHEME.len()).is_some_and(|start| start.eq_ignore_ascii_case(SCHEME))
}

/// Adds what an address holds; `None` where it cannot be read at all.
pub(super) fn read(address: &str, import: &mut Import) -> Option<Part> {
    let (_, query) = address.split_once('?')?;
    let (_, data) = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "data")?;
    // A plus sign that was not escaped is a space by now; some write the alphabet of addresses.
    let plain = |character| match character {
        ' ' | '-' => '+',
        '_' => '/',
        other => other,
    };
    let data: Zeroizing<String> = Zeroizing::new(data.trim().chars().map(plain).collect());
    let message = Zeroizing::new(BASE64.decode(data.as_bytes()).ok()?);
    let mut part = Part { transfer: 0, index: 0, count: 1 };
    let mut drafts = Vec::new();
    for field in Fields(&message) {
        match field? {
            (1, Value::Bytes(parameters)) => drafts.push(draft(parameters)?),
            (3, Value::Number(count)) => part.count = count,
            (4, Value::Number(index)) => part.index = index,
            (5, Value::Number(transfer)) => part.transfer = transfer,
            _ => {}
        }
    }
    for draft in drafts {
        draft.add_to(import);
    }
    Some(part)
}

fn draft(message: &[u8]) -> Option<Draft> {
    let mut draft = Draft::default();
    let text = |bytes: &[u8]| Some(String::from_utf8_lossy(bytes).into_owned());
    for field in Fields(message) {
        match field? {
            (1, Value::Bytes(secret)) => draft.secret = Secret::Bytes(Zeroizing::new(secret.to_vec())),
            (2, Value::Bytes(name)) => draft.name = text(name),
            (3, Value::Bytes(issuer)) => draft.issuer = text(issuer),
            (4, Value::Number(algorithm)) => {
                let name = match algorithm {
                    0 | 1 => "SHA1",
                    2 => "SHA256",
                    3 => "SHA512",
                    _ => "unknown",
                };
                draft.algorithm = Some(name.to_owned());
            }
            (5, Value::Number(digits)) => {
                draft.digits = Some(match digits {
                    0 | 1 => 6,
                    2 => 8,
                    3 => 7,
                    _ => 0,
                });
            }
            (6, Value::Number(kind)) => draft.kind = if matches!(kind, 0 | 2) { Kind::Totp } else { Kind::Other },
            _ => {}
        }
    }
    Some(draft)
}

/// A field's value, as far as this message has such.
#[derive(Debug, PartialEq, Eq)]
enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// Eight or four bytes, of no field that is known.
    Fixed,
}

/// The fields of a message in order; ends with `None` inside where it is cut or of another make.
struct Fields<'a>(&'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Option<(u64, Value<'a>)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field)
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Option<(u64, Value<'a>)> {
        let key = self.number()?;
        let value = match key & 7 {
            0 => Value::Number(self.number()?),
            1 => self.take(8).map(|_| Value::Fixed)?,
            2 => {
                let length = self.number()?;
                Value::Bytes(self.take(usize::try_from(length).ok()?)?)
            }
            5 => self.take(4).map(|_| Value::Fixed)?,
            _ => return None,
        };
        Some((key >> 3, value))
    }

    /// A number of seven bits a byte, the lowest first, at most ten bytes.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        let check = |bytes: &[u8], expect: &[Option<(u64, Value<'_>)>]| {
            assert_eq!(Fields(bytes).collect::<Vec<_>>(), expect, "{bytes:?}");
        };
        check(b"", &[]);
        check(b"\x08\x96\x01", &[Some((1, Value::Number(150)))]);
        check(b"\x12\x02hi\x20\x00", &[Some((2, Value::Bytes(b"hi"))), Some((4, Value::Number(0)))]);
        check(b"\x09abcdefgh\x0dabcd", &[Some((1, Value::Fixed)), Some((1, Value::Fixed))]);
        check(b"\x28\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", &[Some((5, Value::Number(u64::MAX)))]);
        // Cut, longer than what follows, a number without end, a group.
        check(b"\x08", &[None]);
        check(b"\x0a\x05ab", &[None]);
        check(b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", &[None]);
        check(b"\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", &[None]);
        check(b"\x0b", &[None]);
    }
}
