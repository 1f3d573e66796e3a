//! The whole way on the practice site: start it, write a vault, import, migrate, prove, report.

use std::path::{Path, PathBuf};

use rekey_app::migrate::{Keeper, MigrateRequest};
use rekey_app::text::messages as m;
use rekey_app::{
    AppError, BrowserChoice, Exit, Goal, Home, ReadRequest, ReportFormat, Session, Vaults, read_secret_file, unix_now,
};
use rekey_relying_party::Seed;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use crate::SiteWindows;
use crate::arguments::Demo;
use crate::commands::run::{all_of, choices, from_file, launch, live};
use crate::commands::{asked_to_end, runtime};
use crate::output::Output;
use crate::practice::start_site;
use crate::practice_vault::{self, Existing, random_passphrase, write_private};

pub(crate) fn run(
    profile: Option<&Path>,
    arguments: &Demo,
    windows: &SiteWindows,
    output: &Output,
) -> Result<Exit, AppError> {
    let (browser, assist) = choices(&arguments.browser, BrowserChoice::OwnHeadless, windows)?;
    let folder = match profile {
        Some(folder) => folder.to_owned(),
        None => new_folder()?,
    };
    let mut session = Session::open(Some(&folder))?;
    runtime()?.block_on(async {
        let seeds = Seed::practice(arguments.accounts.into());
        let site = start_site(0, seeds.clone()).await?;
        let vault_path = session.profile.folder().join("practice.kdbx");
        let written = practice_vault::write_with_password_file(&vault_path, site.url(), &seeds, Existing::Replace)?;
        announce(site.url().as_str(), &written.vault, output)?;

        let password = read_secret_file(&written.password_file)?;
        let vault = Vaults::of(ReadRequest::new(&written.vault).with_password(password).read_here()?);
        let imported = session.import(&vault, false, &output.texts)?;
        if output.json {
            let mut line = serde_json::to_value(&imported).map_err(AppError::unexpected)?;
            if let Some(object) = line.as_object_mut() {
                object.insert("event".to_owned(), "imported".into());
            }
            output.json_line(&line)?;
        } else {
            output.say(
                m::IMPORT_DONE,
                &[
                    ("format", imported.format.unwrap_or_default().into()),
                    ("entries", imported.entries.into()),
                    ("accounts", imported.accounts.into()),
                ],
            )?;
        }
        let store = session.profile.store();
        let passphrase_file = session.profile.folder().join("Passkeys.kdbx.password");
        let passphrase = store_passphrase(&store, &passphrase_file)?;
        let request = MigrateRequest {
            accounts: all_of(&session, &vault),
            vault: vault.accounts,
            goal: Goal::Migrate,
            launch: launch(
                &session,
                (browser, assist),
                Home::Store,
                arguments.browser.no_browser_sandbox,
                windows,
                output,
            ),
            keeper: Keeper::Store { file: store, passphrase: from_file(passphrase, &passphrase_file) },
            assist,
            sign_in: None,
            passkeys: None,
            timeout: arguments.browser.timeout,
            stop: Box::pin(asked_to_end()),
            controls: None,
        };
        let exit = live(&mut session, request, output, |session| report(session, output)).await;
        site.stop().await;
        exit
    })
}

/// A folder that stays, so that the report and the passkeys can be looked at afterwards.
fn new_folder() -> Result<PathBuf, AppError> {
    let folder = tempfile::Builder::new().prefix("rekey-demo-").tempdir();
    folder.map(tempfile::TempDir::keep).map_err(|error| AppError::write(&std::env::temp_dir(), error))
}

/// A random passphrase in a file beside the store; that of a store from an earlier demo is used again.
fn store_passphrase(store: &Path, file: &Path) -> Result<SecretString, AppError> {
    if store.exists() {
        return read_secret_file(file);
    }
    let passphrase = random_passphrase();
    write_private(file, format!("{}\n", passphrase.expose_secret()).as_bytes(), Existing::Replace)?;
    Ok(passphrase)
}

fn announce(url: &str, vault: &Path, output: &Output) -> Result<(), AppError> {
    if output.json {
        return output.json_line(&json!({ "event": "practice_started", "url": url, "vault": vault }));
    }
    output.say(m::PRACTICE_ADDRESS, &[("url", url.into())])?;
    output.say(m::PRACTICE_VAULT, &[("path", vault.display().to_string().into())])
}

fn report(session: &Session, output: &Output) -> Result<(), AppError> {
    let path = session.profile.report();
    let page = session.report(ReportFormat::Html, &output.texts, unix_now())?;
    write_private(&path, page.as_bytes(), Existing::Replace)?;
    if output.json {
        return output.json_line(&json!({ "event": "report_written", "path": path }));
    }
    output.say(m::REPORT_WRITTEN, &[("path", path.display().to_string().into())])
}
