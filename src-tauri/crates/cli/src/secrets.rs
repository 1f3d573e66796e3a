//! The *passphrase in* door of the command line: from stdin, a file, or a terminal without echo. Never an argument or an
//! environment variable, which other programs can read.

use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use rekey_app::text::{Message, messages as m};
use rekey_app::{AppError, OpenVault, Passphrase, needs_password, open_vault};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::arguments::VaultKey;
use crate::output::Output;

/// The longest password that is read, in bytes.
const LONGEST: u64 = 64 * 1024;

/// Opens a vault with the password that the person gives, asking only where one is needed.
pub(crate) fn unlock(file: &Path, key: &VaultKey, output: &Output) -> Result<OpenVault, AppError> {
    let password = if key.password_stdin {
        Some(read(io::stdin().lock()).map_err(AppError::Terminal)?)
    } else if let Some(path) = &key.password_file {
        Some(read_file(path)?)
    } else if needs_password(file)? == Some(true) {
        match ask(output, m::ASK_VAULT_PASSWORD, "--password-stdin") {
            // A key file may open a vault by itself.
            Err(AppError::SecretNeeded { .. }) if key.key_file.is_some() => None,
            Ok(typed) if typed.expose_secret().is_empty() && key.key_file.is_some() => None,
            typed => Some(typed?),
        }
    } else {
        None
    };
    open_vault(file, password, key.key_file.as_deref(), key.format)
}

/// The store's passphrase. For a new store a person types it twice.
pub(crate) fn store_passphrase(store: &Path, file: Option<&Path>, output: &Output) -> Result<Passphrase, AppError> {
    if let Some(path) = file {
        return Ok(Passphrase::from_file(read_file(path)?, std::path::absolute(path).unwrap_or_else(|_| path.into())));
    }
    const OPTION: &str = "--store-password-file";
    let typed = if store.exists() {
        ask(output, m::ASK_STORE_PASSPHRASE, OPTION)?
    } else {
        let typed = ask(output, m::ASK_NEW_STORE_PASSPHRASE, OPTION)?;
        if typed.expose_secret().is_empty() {
            return Err(AppError::PassphraseEmpty);
        }
        if ask(output, m::ASK_AGAIN, OPTION)?.expose_secret() != typed.expose_secret() {
            return Err(AppError::PassphrasesDiffer);
        }
        typed
    };
    let prompt = output.texts.get(m::ASK_STORE_PASSPHRASE_AGAIN);
    Ok(Passphrase::typed(typed, Box::new(move || rpassword::prompt_password(&prompt).ok().map(SecretString::from))))
}

fn ask(output: &Output, prompt: Message, option: &'static str) -> Result<SecretString, AppError> {
    if !io::stdin().is_terminal() {
        return Err(AppError::SecretNeeded { option });
    }
    rpassword::prompt_password(output.texts.get(prompt)).map(SecretString::from).map_err(AppError::Terminal)
}

fn read_file(path: &Path) -> Result<SecretString, AppError> {
    let failed = |error| AppError::read(path, error);
    let file = std::fs::File::open(path).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    read(file).map_err(failed)
}

/// Everything up to the end, without the line ending that editors and `echo` add.
fn read(from: impl io::Read) -> io::Result<SecretString> {
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
            assert_eq!(read(input.as_bytes()).unwrap().expose_secret(), expect, "{input:?}");
        }
        assert!(read(&b"\xff\xfe"[..]).is_err());
        assert!(read(io::repeat(b'a')).is_err());
    }
}
