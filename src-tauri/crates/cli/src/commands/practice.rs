use std::path::{Path, PathBuf};

use rekey_app::text::messages as m;
use rekey_app::{AppError, Exit, Profile};
use rekey_relying_party::{PracticeSite, Seed};
use serde::Serialize;
use url::Url;

use crate::arguments::Practice;
use crate::commands::{asked_to_end, runtime};
use crate::output::Output;
use crate::practice::start_site;
use crate::practice_vault::{self, Existing, PracticeVault};

/// What a script needs to work with the site.
#[derive(Serialize)]
struct Started {
    url: Url,
    passkeys: Url,
    vault: PathBuf,
    password_file: PathBuf,
    accounts: Vec<PracticeAccount>,
}

#[derive(Serialize)]
struct PracticeAccount {
    user: String,
    sign_in: Url,
    totp: bool,
}

pub(crate) fn run(profile: Option<&Path>, arguments: &Practice, output: &Output) -> Result<Exit, AppError> {
    let (path, existing) = match &arguments.vault_out {
        Some(path) => (std::path::absolute(path).unwrap_or_else(|_| path.clone()), Existing::Keep),
        None => (Profile::open(profile)?.folder().join("practice.kdbx"), Existing::Replace),
    };
    runtime()?.block_on(async {
        let seeds = Seed::practice(arguments.accounts.into());
        let site = start_site(arguments.port, seeds.clone()).await?;
        let written = practice_vault::write_with_password_file(&path, site.url(), &seeds, existing)?;
        show(&started(&site, &seeds, written), output)?;
        asked_to_end().await;
        site.stop().await;
        Ok(Exit::Done)
    })
}

fn started(site: &PracticeSite, seeds: &[Seed], written: PracticeVault) -> Started {
    let base = site.url();
    Started {
        url: base.clone(),
        passkeys: Seed::passkeys_url(base),
        vault: written.vault,
        password_file: written.password_file,
        accounts: seeds
            .iter()
            .map(|seed| PracticeAccount {
                user: seed.user_name.clone(),
                sign_in: seed.sign_in_url(base),
                totp: seed.totp.is_some(),
            })
            .collect(),
    }
}

fn show(started: &Started, output: &Output) -> Result<(), AppError> {
    if output.json {
        return output.document(started);
    }
    output.say(m::PRACTICE_ADDRESS, &[("url", started.url.as_str().into())])?;
    for account in &started.accounts {
        let args = [
            ("user", account.user.as_str().into()),
            ("url", account.sign_in.as_str().into()),
            ("totp", if account.totp { "yes" } else { "no" }.into()),
        ];
        output.line(&format!("  {}", output.texts.with(m::PRACTICE_ACCOUNT, &args)))?;
    }
    output.say(m::PRACTICE_VAULT, &[("path", started.vault.display().to_string().into())])?;
    output.say(m::PRACTICE_PASSWORD, &[("path", started.password_file.display().to_string().into())])?;
    output.note(&output.texts.get(m::PRACTICE_END));
    Ok(())
}
