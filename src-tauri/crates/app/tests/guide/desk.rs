//! A guide with a scripted site, and somebody in front of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use keepass::config::{DatabaseConfig, KdfConfig};
use keepass::db::fields;
use keepass::{Database, DatabaseKey};
use rekey_app::guide::{
    AccountsView, Guide, GuideHost, PassphraseFor, PracticeSite, Prompt, RunView, Screen, Verification, View,
};
use rekey_app::text::Language;
use rekey_app::{Assist, Client, VaultReader};
use secrecy::SecretString;

use crate::key::Key;
use crate::site::Site;

pub(crate) const VAULT_PASSWORD: &str = "marker-vault-password";
pub(crate) const SITE_PASSWORD: &str = "marker-site-password";
pub(crate) const PASSPHRASE: &str = "marker-passphrase";

pub(crate) struct Desk {
    pub(crate) guide: Guide,
    pub(crate) site: Arc<Site>,
    pub(crate) practice_ended: Arc<AtomicBool>,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) key: Key,
}

/// A vault of accounts at example.com.
pub(crate) fn write_vault(path: &Path, users: &[&str]) {
    write_vault_with(path, users, 1);
}

/// The same with a key derivation of so many lanes.
pub(crate) fn write_vault_with(path: &Path, users: &[&str], lanes: u32) {
    let mut config = DatabaseConfig::default();
    if let KdfConfig::Argon2 { iterations, memory, parallelism, .. } = &mut config.kdf_config {
        (*iterations, *memory, *parallelism) = (1, u64::from(lanes).max(128) * 8192, lanes);
    }
    let mut database = Database::with_config(config);
    for user in users {
        let mut root = database.root_mut();
        let mut entry = root.add_entry();
        entry.set_unprotected(fields::TITLE, format!("Example ({user})"));
        entry.set_unprotected(fields::USERNAME, (*user).to_owned());
        entry.set_protected(fields::PASSWORD, SITE_PASSWORD);
        entry.set_unprotected(fields::URL, "https://example.com/in".to_owned());
    }
    let mut file = std::fs::File::create(path).unwrap();
    database.save(&mut file, DatabaseKey::new().with_password(VAULT_PASSWORD)).unwrap();
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::with_reader(VaultReader::Here)
    }

    pub(crate) fn with_reader(reader: VaultReader) -> Self {
        Self::with(reader, || Err(rekey_lookup::Error::NoTrust))
    }

    pub(crate) fn with_client(client: fn() -> Result<Client, rekey_lookup::Error>) -> Self {
        Self::with(VaultReader::Here, client)
    }

    fn with(reader: VaultReader, client: fn() -> Result<Client, rekey_lookup::Error>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (site, key) = (Arc::<Site>::default(), Key::default());
        let practice_ended = Arc::new(AtomicBool::new(false));
        let (shown, ended) = (Arc::clone(&site), Arc::clone(&practice_ended));
        let host = GuideHost {
            profile: Some(folder.path().join("profile")),
            language: Language::English,
            practice: Box::new(move |folder| {
                let ended = Arc::clone(&ended);
                Box::pin(async move {
                    let vault = folder.join("practice.kdbx");
                    write_vault(&vault, &["ann"]);
                    let stop = Box::pin(async move { ended.store(true, Ordering::SeqCst) });
                    Ok(PracticeSite { vault, password: SecretString::from(VAULT_PASSWORD), stop })
                })
            }),
            embedded: Some(Box::new(move |_| shown.launch())),
            client: Box::new(client),
            devices: key.devices(folder.path()),
            reader,
            no_browser_sandbox: false,
        };
        Self { guide: Guide::new(host), site, practice_ended, folder, key }
    }

    pub(crate) fn vault(&self, users: &[&str]) -> PathBuf {
        let path = self.folder.path().join("vault.kdbx");
        write_vault(&path, users);
        path
    }

    /// Up to the accounts of a vault.
    pub(crate) async fn open(users: &[&str]) -> Self {
        let desk = Self::new();
        desk.sit_down(users).await;
        desk
    }

    pub(crate) async fn sit_down(&self, users: &[&str]) {
        self.guide.bring(vec![self.vault(users)]).await.unwrap();
        self.unlock(VAULT_PASSWORD).await;
        self.guide.choose_assist(Assist::Auto).unwrap();
    }

    pub(crate) async fn unlock(&self, password: &str) {
        self.guide.present_passphrase(PassphraseFor::Vault, SecretString::from(password)).await.unwrap();
    }

    pub(crate) async fn present(&self, id: u32, passphrase: &str) {
        let passphrase = SecretString::from(passphrase);
        self.guide.present_passphrase(PassphraseFor::Prompt { id }, passphrase).await.unwrap();
    }

    /// Starts all accounts, and makes the store.
    pub(crate) async fn started(users: &[&str], verification: Verification) -> Self {
        let desk = Self::open(users).await;
        desk.guide.choose_verification(verification).unwrap();
        let ids: Vec<String> = desk.accounts().rows.into_iter().map(|row| row.id).collect();
        desk.guide.start(&ids).await.unwrap();
        let Prompt::MakeStore(prompt) = desk.prompt().await else { panic!("{:?}", desk.guide.view()) };
        desk.present(prompt.id, PASSPHRASE).await;
        desk
    }

    /// Waits for the window to show something; the wait is bounded so that a failure says what it shows instead.
    pub(crate) async fn until<T>(&self, mut shown: impl FnMut(&View) -> Option<T>) -> T {
        let mut commits = self.guide.watch();
        loop {
            commits.mark_unchanged();
            let view = self.guide.view();
            if let Some(found) = shown(&view) {
                return found;
            }
            let woken = tokio::time::timeout(Duration::from_secs(60), commits.changed()).await;
            assert!(woken.is_ok(), "{view:#?}\n{:?}", self.site.log());
        }
    }

    pub(crate) async fn prompt(&self) -> Prompt {
        self.until(|view| view.prompt.clone()).await
    }

    /// The next ceremony's prompt: its id, and whether it takes the passphrase.
    pub(crate) async fn ceremony(&self) -> (&'static str, u32, bool) {
        self.until(|view| match view.prompt.clone()? {
            Prompt::MakePasskey(prompt) => Some(("make", prompt.id, prompt.needs_passphrase)),
            Prompt::UsePasskey(prompt) => Some(("use", prompt.id, prompt.needs_passphrase)),
            _ => None,
        })
        .await
    }

    pub(crate) fn accounts(&self) -> AccountsView {
        match self.guide.view().screen {
            Screen::Accounts(accounts) => accounts,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn run(&self) -> RunView {
        running(&self.guide.view()).unwrap()
    }

    /// The run once it is over.
    pub(crate) async fn over(&self) -> RunView {
        self.until(|view| running(view).filter(|run| run.summary.is_some())).await
    }

    pub(crate) async fn back_at_the_accounts(&self) -> AccountsView {
        self.until(|view| match &view.screen {
            Screen::Accounts(accounts) if !accounts.busy => Some(accounts.clone()),
            _ => None,
        })
        .await
    }
}

pub(crate) fn running(view: &View) -> Option<RunView> {
    if let Screen::Run(run) = &view.screen { Some(run.clone()) } else { None }
}
