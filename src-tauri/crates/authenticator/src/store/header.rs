//! A look at a KDBX 4 header before its key is derived: a damaged or hostile one may ask for terabytes of memory, and
//! what it asks is not authenticated until the key was derived.
//!
//! <https://keepass.info/help/kb/kdbx.html>

use crate::Damage;

const SIGNATURE: [u8; 8] = [0x03, 0xd9, 0xa2, 0x9a, 0x67, 0xfb, 0x4b, 0xb5];
const END: u8 = 0;
const KDF_PARAMETERS: u8 = 11;
/// One gibibyte, in bytes.
const MAX_MEMORY: u64 = 1 << 30;
const MAX_ARGON2_PASSES: u64 = 1_000;
const MAX_LANES: u64 = 64;
const MAX_AES_ROUNDS: u64 = 200_000_000;

/// Refuses what is no KDBX 4 file, and headers that ask for too much.
pub(super) fn check(file: &[u8]) -> Result<(), Damage> {
    let mut rest = file;
    if take(&mut rest, 8).ok_or(Damage::NotKdbx4)? != SIGNATURE {
        return Err(Damage::NotKdbx4);
    }
    let version = take(&mut rest, 4).ok_or(Damage::Header)?;
    if version.get(2..) != Some(&[4, 0]) {
        return Err(Damage::NotKdbx4);
    }
    loop {
        let (kind, value) = header_field(&mut rest).ok_or(Damage::Header)?;
        match kind {
            END => return Ok(()),
            KDF_PARAMETERS => kdf(value)?,
            _ => {}
        }
    }
}

fn header_field<'a>(rest: &mut &'a [u8]) -> Option<(u8, &'a [u8])> {
    let kind = *take(rest, 1)?.first()?;
    let length = number(take(rest, 4)?)?;
    Some((kind, take(rest, usize::try_from(length).ok()?)?))
}

/// The key derivation's variant dictionary: version, then type, name and value until type 0.
fn kdf(dictionary: &[u8]) -> Result<(), Damage> {
    let mut rest = dictionary;
    take(&mut rest, 2).ok_or(Damage::Header)?;
    loop {
        let kind = take(&mut rest, 1).and_then(<[u8]>::first).ok_or(Damage::Header)?;
        if *kind == 0 {
            return Ok(());
        }
        let name = sized(&mut rest).ok_or(Damage::Header)?;
        let value = sized(&mut rest).ok_or(Damage::Header)?;
        let limit = match name {
            b"M" => MAX_MEMORY,
            b"I" => MAX_ARGON2_PASSES,
            b"P" => MAX_LANES,
            b"R" => MAX_AES_ROUNDS,
            _ => continue,
        };
        if number(value).ok_or(Damage::Header)? > limit {
            return Err(Damage::TooCostly);
        }
    }
}

fn sized<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = number(take(rest, 4)?)?;
    take(rest, usize::try_from(length).ok()?)
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}

/// A little-endian number of at most eight bytes.
fn number(bytes: &[u8]) -> Option<u64> {
    let mut whole = [0; 8];
    whole.get_mut(..bytes.len())?.copy_from_slice(bytes);
    Some(u64::from_le_bytes(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(version: u8, parameters: &[(&[u8], u64)]) -> Vec<u8> {
        let mut kdf = vec![0, 1];
        for (name, value) in parameters {
            kdf.push(5);
            kdf.extend(u32::try_from(name.len()).unwrap().to_le_bytes());
            kdf.extend(*name);
            kdf.extend(8u32.to_le_bytes());
            kdf.extend(value.to_le_bytes());
        }
        kdf.push(0);
        let mut file = SIGNATURE.to_vec();
        file.extend([1, 0, version, 0, KDF_PARAMETERS]);
        file.extend(u32::try_from(kdf.len()).unwrap().to_le_bytes());
        file.extend(kdf);
        file.extend([END, 4, 0, 0, 0, 13, 10, 13, 10]);
        file
    }

    #[test]
    fn headers() {
        let check = |file: &[u8], expect| assert_eq!(check(file), expect, "{file:02x?}");
        let good = header(4, &[(b"M", 64 << 20), (b"I", 8), (b"P", 2)]);
        check(&good, Ok(()));
        check(&header(4, &[(b"M", 1 << 40)]), Err(Damage::TooCostly));
        check(&header(4, &[(b"I", 1 << 40)]), Err(Damage::TooCostly));
        check(&header(3, &[]), Err(Damage::NotKdbx4));
        check(b"", Err(Damage::NotKdbx4));
        check(b"Title,URL,Username\n", Err(Damage::NotKdbx4));
        for length in 8..good.len() {
            check(&good[..length], Err(Damage::Header));
        }
    }
}
