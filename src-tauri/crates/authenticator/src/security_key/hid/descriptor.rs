//! HID report descriptors (<https://www.usb.org/document-library/device-class-definition-hid-111>, section 6.2.2).

/// The usage of security keys (CTAP 11.2.8.2): page 0xf1d0, usage 1.
const FIDO: (u32, u32) = (0xf1d0, 0x01);

const USAGE_PAGE: u8 = 0x04;
const USAGE: u8 = 0x08;
const LONG_ITEM: u8 = 0xfe;

/// Whether a device with this descriptor is a security key.
pub(super) fn is_security_key(mut descriptor: &[u8]) -> bool {
    let mut page = 0;
    while let Some((&prefix, rest)) = descriptor.split_first() {
        if prefix == LONG_ITEM {
            let Some((&length, rest)) = rest.split_first() else { return false };
            let Some(rest) = rest.get(usize::from(length) + 1..) else { return false };
            descriptor = rest;
            continue;
        }
        let length = match prefix & 0x03 {
            3 => 4,
            length => usize::from(length),
        };
        let Some((data, rest)) = rest.split_at_checked(length) else { return false };
        let value = data.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte));
        match prefix & 0xfc {
            USAGE_PAGE => page = value,
            USAGE if (page, value) == FIDO => return true,
            _ => {}
        }
        descriptor = rest;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn security_keys_are_told_from_other_devices() {
        let check = |descriptor: &[u8], expect| assert_eq!(is_security_key(descriptor), expect, "{descriptor:02x?}");
        check(&[0x06, 0xd0, 0xf1, 0x09, 0x01, 0xa1, 0x01], true);
        // Another item before it, and a long one.
        check(&[0xfe, 0x02, 0x10, 9, 9, 0x05, 0x01, 0x09, 0x06, 0xc0, 0x06, 0xd0, 0xf1, 0x09, 0x01], true);
        // A keyboard, another usage of the page, and pieces.
        check(&[0x05, 0x01, 0x09, 0x06, 0xa1, 0x01], false);
        check(&[0x06, 0xd0, 0xf1, 0x09, 0x02], false);
        check(&[0x06, 0xd0], false);
        check(&[0xfe, 0xff, 0x01], false);
        check(&[0xfe], false);
        check(&[], false);
    }
}
