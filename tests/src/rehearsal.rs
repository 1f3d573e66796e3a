//! Runs over the accounts of a vault, through the app's own API and a real browser.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use rekey_app::migrate::{Goal, Keeper, Launch, MigrateRequest, Mode, OwnBrowser, own_browser, run};
use rekey_app::text::{Language, Texts};
use rekey_app::{AccountRef, Assist, Outcome, Passphrase, ReadRequest, RunLine, Session, StopReason, Summary, Vaults};
use rekey_browser::own_browser::{Options, discover, launch};
use rekey_browser::{Driver, DriverError};
use rekey_relying_party::{Config, PracticeSite, Seed};
use secrecy::{ExposeSecret as _, SecretString};
use tempfile::TempDir;

use crate::vault_file::{VaultEntry, write_kdbx};

const VAULT_PASSWORD: &str = "vault of a test";

/// A profile into which a vault was imported.
pub struct Rehearsal {
    /// The open profile.
    pub session: Session,
    /// What the runs said so far.
    pub lines: Vec<RunLine>,
    vault: Vec<rekey_app::VaultAccount>,
    folder: TempDir,
}

/// How an account ended in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Which account.
    pub account: AccountRef,
    /// How.
    pub outcome: Outcome,
    /// Why it stopped short.
    pub reason: Option<StopReason>,
    /// How long it took since the one before.
    pub took: Duration,
}

impl Rehearsal {
    /// Starts a practice site and imports a vault with its accounts.
    pub async fn practice(config: Config) -> Result<(PracticeSite, Self)> {
        let seeds: Vec<Seed> = config.accounts.clone();
        let site = PracticeSite::start(config).await?;
        let entries: Vec<_> = seeds.iter().map(|seed| entry(seed, &site)).collect();
        let rehearsal = Self::start(&entries)?;
        Ok((site, rehearsal))
    }

    /// Imports a vault with these entries into a new profile.
    pub fn start(entries: &[VaultEntry]) -> Result<Self> {
        let folder = TempDir::with_prefix("rekey-rehearsal-")?;
        let file = folder.path().join("practice.kdbx");
        write_kdbx(&file, VAULT_PASSWORD, entries)?;
        let mut session = Session::open(Some(&folder.path().join("profile")))?;
        let vault = Vaults::of(ReadRequest::new(&file).with_password(VAULT_PASSWORD).read_here()?);
        session.import(&vault, false, &Texts::new(Language::English))?;
        let vault = vault.accounts;
        Ok(Self { session, lines: Vec::new(), vault, folder })
    }

    /// One run over all accounts; how each ended, in the vault's order.
    pub async fn run(&mut self, goal: Goal) -> Result<(Vec<Ended>, Summary)> {
        self.run_at(goal, None, None).await
    }

    /// The same with addresses that the person gives.
    pub async fn run_at(
        &mut self,
        goal: Goal,
        sign_in: Option<&str>,
        passkeys: Option<&str>,
    ) -> Result<(Vec<Ended>, Summary)> {
        let launch = own_browser(OwnBrowser {
            profile: self.session.profile.browser(),
            headless: true,
            mode: Mode::Bridged,
            assist: Assist::Auto,
            no_sandbox: is_root(),
            capabilities: rekey_browser::Capabilities::default(),
        });
        self.run_in(goal, launch, sign_in, passkeys).await
    }

    /// The same in a driver that the caller brings.
    pub async fn run_in(
        &mut self,
        goal: Goal,
        launch: Launch,
        sign_in: Option<&str>,
        passkeys: Option<&str>,
    ) -> Result<(Vec<Ended>, Summary)> {
        let keeper = Keeper::Store {
            file: self.session.profile.store(),
            passphrase: Passphrase::once(SecretString::from("store of a test")),
        };
        self.run_with(goal, launch, keeper, (sign_in, passkeys)).await
    }

    /// One run in which the browser answers the ceremonies itself, with a virtual authenticator.
    pub async fn run_native(&mut self, goal: Goal) -> Result<(Vec<Ended>, Summary)> {
        let profile = self.session.profile.browser();
        let launch: Launch = Box::new(move || {
            let profile = profile.clone();
            Box::pin(async move {
                let found = discover().await.into_iter().next().ok_or(DriverError::NoBrowser)?;
                let options = Options {
                    headless: true,
                    mode: Mode::Native,
                    no_sandbox: is_root(),
                    capabilities: rekey_browser::Capabilities::default(),
                    virtual_authenticator: true,
                    ..Options::new(found.path, profile)
                };
                Ok(Box::new(launch(options).await?) as Box<dyn Driver>)
            })
        });
        self.run_with(goal, launch, Keeper::Browser, (None, None)).await
    }

    async fn run_with(
        &mut self,
        goal: Goal,
        launch: Launch,
        keeper: Keeper,
        (sign_in, passkeys): (Option<&str>, Option<&str>),
    ) -> Result<(Vec<Ended>, Summary)> {
        let accounts = self.vault.iter().map(|a| self.session.ledger.account_id(&a.site, &a.user_name)).collect();
        let request = MigrateRequest {
            accounts,
            vault: self.vault.clone(),
            goal,
            launch,
            keeper,
            assist: Assist::Auto,
            sign_in: sign_in.map(str::parse).transpose()?,
            passkeys: passkeys.map(str::parse).transpose()?,
            timeout: Some(Duration::from_secs(150)),
            stop: Box::pin(std::future::pending()),
            controls: None,
        };
        let lines = &mut self.lines;
        let mut ended = Vec::new();
        let mut since = Instant::now();
        let mut listen = |line: RunLine| {
            if let RunLine::AccountFinished { account, outcome, reason } = &line {
                let took = std::mem::replace(&mut since, Instant::now()).elapsed();
                ended.push(Ended { account: account.clone(), outcome: *outcome, reason: *reason, took });
            }
            lines.push(line);
        };
        let summary = run(&mut self.session, request, &mut listen).await?;
        Ok((ended, summary))
    }

    /// How the account of this user name ended.
    pub fn of<'a>(ended: &'a [Ended], user: &str) -> Result<&'a Ended> {
        ended.iter().find(|e| e.account.user == user).context("no such account in the run")
    }

    /// The folder that holds the profile and the vault.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// The vault entry of a practice account.
pub fn entry(seed: &Seed, site: &PracticeSite) -> VaultEntry {
    VaultEntry {
        title: format!("Practice: {}", seed.user_name),
        url: seed.sign_in_url(site.url()).to_string(),
        user_name: seed.user_name.clone(),
        password: seed.password.expose_secret().to_owned(),
        otp: seed.totp.as_ref().map(|secret| secret.expose_secret().to_owned()).unwrap_or_default(),
    }
}

/// Whether the browser's sandbox cannot start because the tests run as root.
pub fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|meta| {
        use std::os::unix::fs::MetadataExt as _;
        meta.uid() == 0
    })
}
