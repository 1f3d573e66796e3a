//! The few forms of CBOR that an authenticator writes, in CTAP's canonical order where the caller keeps to it.
//!
//! <https://www.rfc-editor.org/rfc/rfc8949>

/// `true`.
pub(super) const TRUE: [u8; 1] = [0xf5];

fn head(major: u8, value: u64) -> Vec<u8> {
    let first = major << 5;
    match value {
        0..=23 => vec![first | u8::try_from(value).unwrap_or_default()],
        24..=0xff => vec![first | 24, u8::try_from(value).unwrap_or_default()],
        0x100..=0xffff => {
            let mut head = vec![first | 25];
            head.extend(u16::try_from(value).unwrap_or_default().to_be_bytes());
            head
        }
        _ => {
            let mut head = vec![first | 27];
            head.extend(value.to_be_bytes());
            head
        }
    }
}

pub(super) fn unsigned(value: u64) -> Vec<u8> {
    head(0, value)
}

pub(super) fn integer(value: i64) -> Vec<u8> {
    match u64::try_from(value) {
        Ok(value) => unsigned(value),
        Err(_) => head(1, value.unsigned_abs() - 1),
    }
}

fn length(of: &[u8]) -> u64 {
    u64::try_from(of.len()).unwrap_or(u64::MAX)
}

pub(super) fn bytes(value: &[u8]) -> Vec<u8> {
    [head(2, length(value)), value.to_vec()].concat()
}

fn text(value: &str) -> Vec<u8> {
    [head(3, length(value.as_bytes())), value.as_bytes().to_vec()].concat()
}

/// A map of texts to encoded values, in the order given.
pub(super) fn map(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut map = head(5, u64::try_from(entries.len()).unwrap_or(u64::MAX));
    for (name, value) in entries {
        map.extend(text(name));
        map.extend(value);
    }
    map
}

/// <https://www.w3.org/TR/webauthn-3/#attestation-object>
pub(super) fn attestation(format: &str, statement: &[(&str, Vec<u8>)], authenticator_data: &[u8]) -> Vec<u8> {
    map(&[("fmt", text(format)), ("attStmt", map(statement)), ("authData", bytes(authenticator_data))])
}
