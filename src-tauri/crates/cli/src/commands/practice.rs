use std::path::{Path, PathBuf};

use rekey_app::text::messages as m;
use rekey_app::{AppError, Exit, Profile as Folder};
use rekey_relying_party::{Config, PracticeSite, Profile, Reach, Seed, Storage, StorageKey};
use serde::Serialize;
use url::Url;
use zeroize::Zeroizing;

use crate::arguments::Practice;
use crate::commands::{asked_to_end, runtime};
use crate::output::Output;
use crate::practice::start_with;
use crate::practice_vault::{self, Existing, PracticeVault};

/// The port of a site whose data is kept: its vault has the port in every address. (R, E, K, E on a telephone.)
const KEPT_PORT: u16 = 7353;

/// What a script needs to work with the site.
#[derive(Serialize)]
struct Started {
    url: Url,
    passkeys: Url,
    explain: Url,
    inbox: Url,
    vault: PathBuf,
    password_file: PathBuf,
    /// Where the site's data stays; absent where it is forgotten.
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<PathBuf>,
    accounts: Vec<PracticeAccount>,
}

#[derive(Serialize)]
struct PracticeAccount {
    user: String,
    sign_in: Url,
    totp: bool,
}

/// Accounts where nothing is said.
const ACCOUNTS: u16 = 3;

pub(crate) fn run(profile: Option<&Path>, arguments: &Practice, output: &Output) -> Result<Exit, AppError> {
    if arguments.keep {
        return run_kept(profile, arguments, output);
    }
    let (path, existing) = match &arguments.vault_out {
        Some(path) => (std::path::absolute(path).unwrap_or_else(|_| path.clone()), Existing::Keep),
        None => (Folder::open(profile)?.folder().join("practice.kdbx"), Existing::Replace),
    };
    runtime()?.block_on(async {
        let seeds = seeds(arguments);
        let site = start_with(Config {
            port: arguments.port.unwrap_or_default(),
            accounts: seeds.clone(),
            reach: reach(arguments),
            ..Config::default()
        })
        .await?;
        let base = arguments.origin.clone().unwrap_or_else(|| site.url().clone());
        let written = practice_vault::write_with_password_file(&path, &base, &seeds, existing)?;
        serve(site, &base, written, None, output).await
    })
}

/// With data that stays. The vault is written before the accounts are made: accounts whose passwords nobody has are of no
/// use, while a vault without accounts is written again.
fn run_kept(profile: Option<&Path>, arguments: &Practice, output: &Output) -> Result<Exit, AppError> {
    let port = arguments.port.filter(|port| *port != 0).unwrap_or(KEPT_PORT);
    let kept = Kept::open(Folder::open(profile)?.folder(), port)?;
    let base = match &arguments.origin {
        Some(origin) => origin.clone(),
        None => Url::parse(&format!("http://localhost:{port}/")).map_err(AppError::unexpected)?,
    };
    let (seeds, written) = if kept.is_there {
        if arguments.accounts.is_some() || !arguments.rehearse.is_empty() {
            output.note(&output.texts.get(m::PRACTICE_KEPT_AS_IT_WAS));
        }
        (Vec::new(), PracticeVault::at(&kept.vault))
    } else {
        let seeds = seeds(arguments);
        let written = practice_vault::write_with_password_file(&kept.vault, &base, &seeds, Existing::Replace)?;
        (seeds, written)
    };
    runtime()?.block_on(async {
        let storage = kept.storage();
        let site =
            start_with(Config { port, accounts: seeds, storage, reach: reach(arguments), ..Config::default() }).await?;
        serve(site, &base, written, Some(kept.data), output).await
    })
}

/// Says what there is, and serves until somebody ends it.
async fn serve(
    site: PracticeSite,
    base: &Url,
    written: PracticeVault,
    data: Option<PathBuf>,
    output: &Output,
) -> Result<Exit, AppError> {
    show(&started(&site, base, written, data)?, output)?;
    asked_to_end().await;
    site.stop().await;
    Ok(Exit::Done)
}

fn seeds(arguments: &Practice) -> Vec<Seed> {
    let chosen = |profile: &&'static Profile| arguments.rehearse.iter().any(|id| id == "all" || id == profile.id);
    let usual = match (arguments.accounts, arguments.rehearse.is_empty()) {
        (Some(accounts), _) => accounts,
        (None, true) => ACCOUNTS,
        (None, false) => 0,
    };
    let mut seeds = Seed::practice(usual.into());
    seeds.extend(Profile::ALL.iter().filter(chosen).map(Seed::of_profile));
    seeds
}

fn reach(arguments: &Practice) -> Reach {
    match (arguments.listen, &arguments.origin) {
        (Some(address), Some(origin)) => Reach::Network { address, origin: origin.clone(), related: Vec::new() },
        _ => Reach::Loopback,
    }
}

/// The files of a site whose data stays.
struct Kept {
    data: PathBuf,
    vault: PathBuf,
    key: StorageKey,
    /// Whether they are from an earlier time.
    is_there: bool,
}

impl Kept {
    /// Those of this port. Each port is a site of its own.
    fn open(folder: &Path, port: u16) -> Result<Self, AppError> {
        let data = folder.join(format!("practice-{port}.sqlite"));
        let key_file = folder.join(format!("practice-{port}.sqlite.key"));
        let vault = folder.join(format!("practice-{port}.kdbx"));
        let is_there = data.exists();
        if is_there && !PracticeVault::at(&vault).is_there() {
            // Nobody knows the passwords of those accounts any more.
            let source = std::io::Error::from(std::io::ErrorKind::NotFound);
            return Err(AppError::PracticeStorage { path: data, source: source.into() });
        }
        let key = if is_there { read_key(&key_file)? } else { new_key(&key_file)? };
        Ok(Self { data, vault, key, is_there })
    }

    fn storage(&self) -> Storage {
        Storage::File { path: self.data.clone(), key: self.key.clone() }
    }
}

fn read_key(file: &Path) -> Result<StorageKey, AppError> {
    let bytes = Zeroizing::new(std::fs::read(file).map_err(|error| AppError::read(file, error))?);
    let length = std::io::Error::from(std::io::ErrorKind::InvalidData);
    let bytes: Zeroizing<[u8; 32]> =
        Zeroizing::new(bytes.as_slice().try_into().map_err(|_| AppError::read(file, length))?);
    Ok(StorageKey::from_bytes(*bytes))
}

fn new_key(file: &Path) -> Result<StorageKey, AppError> {
    let key = StorageKey::random();
    practice_vault::write_private(file, key.as_bytes(), Existing::Replace)?;
    Ok(key)
}

fn started(
    site: &PracticeSite,
    base: &Url,
    written: PracticeVault,
    data: Option<PathBuf>,
) -> Result<Started, AppError> {
    let at = |path: &str| base.join(path).map_err(AppError::unexpected);
    let accounts = site.records().map_err(|error| AppError::Practice(error.into()))?;
    let account = |record: rekey_relying_party::AccountRecord| {
        Ok(PracticeAccount { sign_in: at(&record.sign_in)?, user: record.user_name, totp: record.has_totp })
    };
    Ok(Started {
        url: base.clone(),
        passkeys: Seed::passkeys_url(base),
        explain: at("/explain")?,
        inbox: at("/inbox")?,
        vault: written.vault,
        password_file: written.password_file,
        data,
        accounts: accounts.into_iter().map(account).collect::<Result<_, AppError>>()?,
    })
}

fn show(started: &Started, output: &Output) -> Result<(), AppError> {
    if output.json {
        return output.document(started);
    }
    output.say(m::PRACTICE_ADDRESS, &[("url", started.url.as_str().into())])?;
    let width = started.accounts.iter().map(|account| account.user.chars().count()).max().unwrap_or_default();
    for account in &started.accounts {
        let args = [
            ("user", format!("{:width$}", account.user).into()),
            ("url", account.sign_in.as_str().into()),
            ("totp", if account.totp { "yes" } else { "no" }.into()),
        ];
        output.line(&format!("  {}", output.texts.with(m::PRACTICE_ACCOUNT, &args)))?;
    }
    output.say(m::PRACTICE_VAULT, &[("path", started.vault.display().to_string().into())])?;
    output.say(m::PRACTICE_PASSWORD, &[("path", started.password_file.display().to_string().into())])?;
    output.say(m::PRACTICE_EXPLAIN, &[("url", started.explain.as_str().into())])?;
    output.say(m::PRACTICE_INBOX, &[("url", started.inbox.as_str().into())])?;
    if let Some(data) = &started.data {
        output.say(m::PRACTICE_KEPT, &[("path", data.display().to_string().into())])?;
    }
    output.note(&output.texts.get(m::PRACTICE_END));
    Ok(())
}
