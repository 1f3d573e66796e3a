use zeroize::Zeroizing;

/// What a byte is, where it is no digit of the alphabet.
const BETWEEN: u8 = 0xfd;
const PADDING: u8 = 0xfe;
const NEITHER: u8 = 0xff;

/// The value of each byte.
#[allow(clippy::indexing_slicing, reason = "a byte is below 256, and this runs when the program is compiled")]
static VALUES: [u8; 256] = {
    let mut values = [NEITHER; 256];
    let mut byte = 0u8;
    loop {
        values[byte as usize] = match byte {
            b' ' | b'-' | b'\t' | b'\r' | b'\n' => BETWEEN,
            b'=' => PADDING,
            b'0' => 14,
            b'1' => 11,
            b'8' => 1,
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a',
            b'2'..=b'7' => byte - b'2' + 26,
            _ => NEITHER,
        };
        if byte == u8::MAX {
            break values;
        }
        byte += 1;
    }
};

/// Decodes base32 (RFC 4648, section 6) as people store it: lower case, grouped by spaces or hyphens, padded or not.
///
/// The digits 0, 1 and 8 are not of the alphabet; they stand for the letters they are misread from, as in KeePassXC.
pub(super) fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() * 5 / 8));
    let (mut buffer, mut bits) = (0u32, 0u32);
    let mut padded = false;
    for byte in text.bytes() {
        let value = VALUES.get(usize::from(byte)).copied().unwrap_or(NEITHER);
        match value {
            // Nothing but padding follows padding.
            0..32 if !padded => {}
            BETWEEN => continue,
            PADDING => {
                padded = true;
                continue;
            }
            _ => return None,
        }
        buffer = (buffer << 5 | u32::from(value)) & 0xfff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(buffer >> bits & 0xff).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<&[u8]>) {
        assert_eq!(decode(text).as_ref().map(|bytes| bytes.as_slice()), expect, "{text}");
    }

    /// RFC 4648, section 10, and the ways people write it.
    #[test]
    fn base32() {
        check("", Some(b""));
        check("MY======", Some(b"f"));
        check("MZXQ====", Some(b"fo"));
        check("MZXW6===", Some(b"foo"));
        check("MZXW6YQ=", Some(b"foob"));
        check("MZXW6YTB", Some(b"fooba"));
        check("MZXW6YTBOI======", Some(b"foobar"));
        check("mzxw 6ytb-oi", Some(b"foobar"));
        check("MZXW6YTB0I", Some(&[0x66, 0x6f, 0x6f, 0x62, 0x61, 0x72]));
        check("MZ=XW6", None);
        check("MZXW9", None);
        check("мzxw", None);
    }
}
