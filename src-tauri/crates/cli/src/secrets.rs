//! The *passphrase in* door of the command line: from stdin, a file, or a terminal without echo. Never an argument or an
//! environment variable, which other programs can read.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use rekey_app::text::{Message, messages as m};
use rekey_app::{AppError, Passphrase, ReadRequest, Vaults, look_at, read_secret, read_secret_file};
use secrecy::{ExposeSecret as _, SecretString};

use crate::arguments::VaultKey;
use crate::output::Output;

/// Opens a vault with the password that the person gives, asking only where one is needed.
pub(crate) fn unlock(file: &Path, key: &VaultKey, output: &Output) -> Result<Vaults, AppError> {
    let password = if key.password_stdin {
        Some(read_secret(io::stdin().lock()).map_err(AppError::Terminal)?)
    } else if let Some(path) = &key.password_file {
        Some(read_secret_file(path)?)
    } else if look_at(file)?.is_locked() {
        match ask(output, m::ASK_VAULT_PASSWORD, "--password-stdin") {
            // A key file may open a vault by itself.
            Err(AppError::SecretNeeded { .. }) if key.key_file.is_some() => None,
            Ok(typed) if typed.expose_secret().is_empty() && key.key_file.is_some() => None,
            typed => Some(typed?),
        }
    } else {
        None
    };
    let request =
        ReadRequest { password, key_file: key.key_file.clone(), format: key.format, ..ReadRequest::new(file) };
    Ok(Vaults::of(request.read_here()?))
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
    Ok(Passphrase::typed(typed, move || rpassword::prompt_password(&prompt).ok().map(SecretString::from)))
}

fn ask(output: &Output, prompt: Message, option: &'static str) -> Result<SecretString, AppError> {
    if !io::stdin().is_terminal() {
        return Err(AppError::SecretNeeded { option });
    }
    rpassword::prompt_password(output.texts.get(prompt)).map(SecretString::from).map_err(AppError::Terminal)
}
