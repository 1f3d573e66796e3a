use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::AppError;

/// The longest password that is read, in bytes.
const LONGEST: u64 = 64 * 1024;

/// The password or passphrase that a file holds; see [`read_secret`].
///
/// # Errors
/// [`AppError::Read`] where the file cannot be read or holds no password.
pub fn read_secret_file(path: &Path) -> Result<SecretString, AppError> {
    let failed = |error| AppError::read(path, error);
    let file = File::open(path).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    read_secret(file).map_err(failed)
}

/// Everything up to the end, without the one line ending that editors and `echo` add.
///
/// # Errors
/// Where reading fails, and for more than 64 KiB or anything that is not UTF-8.
pub fn read_secret(from: impl Read) -> io::Result<SecretString> {
    // With room for all of it from the start, no copy is left behind by growing.
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(LONGEST).unwrap_or(0) + 1));
    from.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
    let text = text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
    Ok(SecretString::from(text))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn one_trailing_line_ending_is_not_part_of_a_password() {
        for (input, expect) in [
            ("secret", "secret"),
            ("secret\n", "secret"),
            ("secret\r\n", "secret"),
            ("secret \n", "secret "),
            ("secret\n\n", "secret\n"),
            ("", ""),
        ] {
            assert_eq!(read_secret(input.as_bytes()).unwrap().expose_secret(), expect, "{input:?}");
        }
        assert!(read_secret(&b"\xff\xfe"[..]).is_err());
        assert!(read_secret(io::repeat(b'a')).is_err());
    }
}
