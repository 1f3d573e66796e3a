//! The *passphrase in* door of the command line: from stdin, a file, or a terminal without echo. Never an argument or an
//! environment variable, which other programs can read.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use rekey_app::text::messages as m;
use rekey_app::{AppError, Passphrase, read_secret, read_secret_file};
use secrecy::{ExposeSecret as _, SecretString};

use crate::arguments::VaultKey;
use crate::output::Output;

/// The passwords of locked vaults, in their order. With `needed` false for one, a key file may open it by itself.
pub(crate) fn vault_passwords(
    locked: &[Locked<'_>],
    key: &VaultKey,
    output: &Output,
) -> Result<Vec<Option<SecretString>>, AppError> {
    let of_file = |path: &PathBuf| read_secret_file(path).map(Some);
    if key.password_stdin {
        return from_stdin(locked.len()).map_err(AppError::Terminal);
    }
    if !key.password_file.is_empty() && !locked.is_empty() {
        if key.password_file.len() != locked.len() {
            return Err(AppError::NotOneEach { option: "--password-file" });
        }
        return key.password_file.iter().map(of_file).collect();
    }
    locked
        .iter()
        .map(|vault| {
            let prompt = match locked {
                [_] => output.texts.get(m::ASK_VAULT_PASSWORD),
                _ => output.texts.with(m::ASK_VAULT_PASSWORD_OF, &[("file", vault.file.into())]),
            };
            match ask(&prompt, "--password-stdin") {
                Err(AppError::SecretNeeded { .. }) if vault.has_key_file => Ok(None),
                Ok(typed) if typed.expose_secret().is_empty() && vault.has_key_file => Ok(None),
                typed => typed.map(Some),
            }
        })
        .collect()
}

/// A vault that needs a password, or a key file.
pub(crate) struct Locked<'a> {
    pub(crate) file: &'a str,
    pub(crate) has_key_file: bool,
}

/// All of stdin for one vault; a line each for several.
fn from_stdin(vaults: usize) -> io::Result<Vec<Option<SecretString>>> {
    let all = read_secret(io::stdin().lock())?;
    if vaults == 1 {
        return Ok(vec![Some(all)]);
    }
    let mut lines = all.expose_secret().split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    Ok((0..vaults).map(|_| lines.next().map(SecretString::from)).collect())
}

/// The store's passphrase. For a new store a person types it twice.
pub(crate) fn store_passphrase(store: &Path, file: Option<&Path>, output: &Output) -> Result<Passphrase, AppError> {
    if let Some(path) = file {
        return Ok(Passphrase::from_file(
            read_secret_file(path)?,
            std::path::absolute(path).unwrap_or_else(|_| path.into()),
        ));
    }
    const OPTION: &str = "--store-password-file";
    let ask = |prompt| ask(&output.texts.get(prompt), OPTION);
    let typed = if store.exists() {
        ask(m::ASK_STORE_PASSPHRASE)?
    } else {
        let typed = ask(m::ASK_NEW_STORE_PASSPHRASE)?;
        if typed.expose_secret().is_empty() {
            return Err(AppError::PassphraseEmpty);
        }
        if ask(m::ASK_AGAIN)?.expose_secret() != typed.expose_secret() {
            return Err(AppError::PassphrasesDiffer);
        }
        typed
    };
    let prompt = output.texts.get(m::ASK_STORE_PASSPHRASE_AGAIN);
    Ok(Passphrase::typed(typed, move || rpassword::prompt_password(&prompt).ok().map(SecretString::from)))
}

/// The passphrase of a store that is there.
pub(crate) fn present_passphrase(file: Option<&Path>, output: &Output) -> Result<SecretString, AppError> {
    match file {
        Some(path) => read_secret_file(path),
        None => ask(&output.texts.get(m::ASK_STORE_PASSPHRASE), "--store-password-file"),
    }
}

/// A passphrase that a store shall have from now on; a person types it twice.
pub(crate) fn new_passphrase(file: Option<&Path>, output: &Output) -> Result<SecretString, AppError> {
    const OPTION: &str = "--new-password-file";
    if let Some(path) = file {
        return read_secret_file(path);
    }
    let typed = ask(&output.texts.get(m::ASK_NEW_PASSPHRASE), OPTION)?;
    if typed.expose_secret().is_empty() {
        return Err(AppError::PassphraseEmpty);
    }
    let again = ask(&output.texts.get(m::ASK_AGAIN), OPTION)?;
    if again.expose_secret() == typed.expose_secret() { Ok(typed) } else { Err(AppError::PassphrasesDiffer) }
}

/// The passphrase of a file that is encrypted with age; where the file is new, a person types it twice.
pub(crate) fn age_passphrase(file: Option<&Path>, is_new: bool, output: &Output) -> Result<SecretString, AppError> {
    const OPTION: &str = "--age-password-file";
    let passphrase = match file {
        Some(path) => read_secret_file(path)?,
        None => ask(&output.texts.get(m::ASK_AGE_PASSPHRASE), OPTION)?,
    };
    if passphrase.expose_secret().is_empty() {
        return Err(AppError::PassphraseEmpty);
    }
    let is_typed = is_new && file.is_none();
    if is_typed && ask(&output.texts.get(m::ASK_AGAIN), OPTION)?.expose_secret() != passphrase.expose_secret() {
        return Err(AppError::PassphrasesDiffer);
    }
    Ok(passphrase)
}

pub(crate) fn ask(prompt: &str, option: &'static str) -> Result<SecretString, AppError> {
    if !io::stdin().is_terminal() {
        return Err(AppError::SecretNeeded { option });
    }
    rpassword::prompt_password(prompt).map(SecretString::from).map_err(AppError::Terminal)
}
