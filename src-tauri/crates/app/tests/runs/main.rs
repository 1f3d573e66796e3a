//! What a run makes of failures that are none of the sites': every account has its end, the browser is shut down, and
//! the summary adds up.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod controls;
mod window;

use std::path::PathBuf;
use std::sync::Arc;

use rekey_app::migrate::{self, Goal, Keeper, MigrateRequest};
use rekey_app::text::{Language, Texts};
use rekey_app::{
    AccountId, AppError, Assist, Event, EvidenceSource, Outcome, Passphrase, ReadRequest, RunLine, Session, StopReason,
    Summary, VaultAccount, Vaults,
};
use rekey_authenticator::Store;
use rekey_browser::DriverError;
use rekey_journey::Credential;
use secrecy::SecretString;
use window::{Count, Then, browsers};

/// A profile with a vault of two accounts, ann's and bob's at example.com.
struct Desk {
    session: Session,
    vault: Vec<VaultAccount>,
    accounts: Vec<AccountId>,
    lines: Vec<RunLine>,
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let entry = |user: &str| {
            serde_json::json!({ "id": user, "type": 1, "name": user, "login": {
                "uris": [{ "uri": "https://example.com/in" }], "username": user, "password": "secret",
            }})
        };
        let export = serde_json::json!({ "encrypted": false, "folders": [], "items": [entry("ann"), entry("bob")] });
        let file = folder.path().join("vault.json");
        std::fs::write(&file, export.to_string()).unwrap();
        let vault = Vaults::of(ReadRequest::new(&file).read_here().unwrap());
        let mut session = Session::open(Some(&folder.path().join("profile"))).unwrap();
        session.import(&vault, false, &Texts::new(Language::English)).unwrap();
        let accounts = vault.accounts.iter().map(|a| session.ledger.account_id(&a.site, &a.user_name)).collect();
        Self { session, vault: vault.accounts, accounts, lines: Vec::new(), folder }
    }

    fn store(&self) -> PathBuf {
        self.session.profile.store()
    }

    /// The ledger says that ann has a passkey in a store.
    fn ann_has_a_passkey_elsewhere(&mut self) {
        let credential = Credential {
            id: "b3RoZXI".into(),
            rp_id: "example.com".into(),
            user_handle: "dXNlcg".into(),
            home: "store".into(),
            source: EvidenceSource::MadeByRekey,
        };
        self.session.ledger.append(Some(self.accounts[0]), &[Event::PasskeyCreated { credential }], 1).unwrap();
    }

    async fn run(
        &mut self,
        there: usize,
        count: &Arc<Count>,
        then: Then,
        change: impl FnOnce(&mut MigrateRequest),
    ) -> Result<Summary, AppError> {
        let file = self.folder.path().join("passphrase");
        std::fs::write(&file, "correct horse\n").unwrap();
        let passphrase = Passphrase::from_file(rekey_app::read_secret_file(&file).unwrap(), file);
        let mut request = MigrateRequest {
            accounts: self.accounts.clone(),
            vault: self.vault.clone(),
            goal: Goal::Migrate,
            launch: browsers(there, count, then),
            keeper: Keeper::Store { file: self.store(), passphrase },
            assist: Assist::Auto,
            sign_in: None,
            passkeys: None,
            timeout: None,
            stop: Box::pin(std::future::pending()),
            controls: None,
        };
        change(&mut request);
        let lines = &mut self.lines;
        migrate::run(&mut self.session, request, &mut |line| lines.push(line)).await
    }

    /// How the accounts ended, in their order.
    fn ends(&self) -> Vec<(Outcome, Option<StopReason>)> {
        let end = |line: &RunLine| match line {
            RunLine::AccountFinished { outcome, reason, .. } => Some((*outcome, *reason)),
            _ => None,
        };
        self.lines.iter().filter_map(end).collect()
    }

    fn failures(&self) -> Vec<&'static str> {
        let code = |line: &RunLine| if let RunLine::Failed { code, .. } = line { Some(*code) } else { None };
        self.lines.iter().filter_map(code).collect()
    }
}

fn nothing() -> Then {
    Arc::new(|| Ok(()))
}

const SKIPPED: (Outcome, Option<StopReason>) = (Outcome::Skipped, None);

#[tokio::test]
async fn a_store_that_another_program_changed_ends_the_account_and_not_the_words_about_it() {
    let (mut desk, count) = (Desk::new(), Arc::default());
    let store = desk.store();
    let changed = Arc::new(move || {
        std::fs::write(&store, "another program was here").unwrap();
        Ok(())
    });
    let summary = desk.run(1, &count, changed, |_| {}).await.unwrap();
    assert_eq!(desk.ends(), [(Outcome::Stuck, Some(StopReason::StoreFailed)), SKIPPED], "{:?}", desk.lines);
    assert_eq!(summary, Summary { total: 2, stuck: 1, skipped: 1, ..Summary::default() });
    assert_eq!((desk.failures(), count.get()), (vec!["store_conflict"], (1, 1)));
    let progress = desk.session.ledger.progress(desk.accounts[0]).unwrap();
    assert_eq!((progress.stopped, progress.credential), (Some(StopReason::StoreFailed), None));
    assert_eq!(std::fs::read_to_string(desk.store()).unwrap(), "another program was here");
}

#[tokio::test]
async fn a_ledger_that_fails_is_told_and_the_browser_is_shut_down() {
    let (mut desk, count) = (Desk::new(), Arc::default());
    let ledger = desk.session.profile.ledger();
    let broken = Arc::new(move || {
        rusqlite::Connection::open(&ledger).unwrap().execute_batch("DROP TABLE events").unwrap();
        Ok(())
    });
    let summary = desk.run(1, &count, broken, |_| {}).await.unwrap();
    assert_eq!(desk.ends(), [(Outcome::Stuck, None), SKIPPED]);
    assert_eq!((summary.total, summary.is_complete()), (2, false));
    assert_eq!((desk.failures(), count.get()), (vec!["ledger_failed"], (1, 1)));
}

#[tokio::test]
async fn a_browser_that_does_not_start_again_ends_the_account_that_needed_it() {
    let (mut desk, count) = (Desk::new(), Arc::default());
    let summary = desk.run(1, &count, Arc::new(|| Err(DriverError::Gone)), |_| {}).await.unwrap();
    let gone = (Outcome::Stuck, Some(StopReason::BrowserGone));
    assert_eq!(desk.ends(), [gone, gone]);
    assert_eq!((summary.stuck, desk.failures(), count.get()), (2, vec!["browser_missing"], (1, 1)));
    let stopped = desk.session.ledger.progress(desk.accounts[1]).unwrap().stopped;
    assert_eq!(stopped, Some(StopReason::BrowserGone));
}

#[tokio::test]
async fn without_any_browser_there_is_no_run() {
    let (mut desk, count) = (Desk::new(), Arc::default());
    let error = desk.run(0, &count, nothing(), |_| {}).await.unwrap_err();
    assert_eq!((error.code(), error.exit().code()), ("browser_missing", 4));
    assert_eq!(desk.session.ledger.progress(desk.accounts[0]).unwrap().stopped, None);
}

#[tokio::test]
async fn a_passkey_in_another_place_is_left_alone_unless_a_new_one_was_asked_for() {
    let check = async |keeper: Option<Keeper>, goal: Goal, expect: Option<StopReason>, started: usize| {
        let (mut desk, count) = (Desk::new(), Arc::default());
        desk.ann_has_a_passkey_elsewhere();
        drop(Store::create(&desk.store(), &SecretString::from("correct horse")).unwrap());
        let ann = desk.accounts[0];
        let gone = Arc::new(|| Err(DriverError::Gone));
        let change = |request: &mut MigrateRequest| {
            request.accounts = vec![ann];
            request.goal = goal;
            request.keeper = keeper.unwrap_or_else(|| std::mem::replace(&mut request.keeper, Keeper::Browser));
        };
        desk.run(1, &count, gone, change).await.unwrap();
        assert_eq!(desk.ends(), [(Outcome::Stuck, expect)]);
        assert_eq!(count.get().0, started, "{goal:?}");
        assert!(desk.session.ledger.progress(ann).unwrap().credential.is_some());
    };
    let elsewhere = Some(StopReason::PasskeyElsewhere);
    for goal in [Goal::Migrate, Goal::Prove] {
        check(None, goal, elsewhere, 0).await;
        check(Some(Keeper::Browser), goal, elsewhere, 0).await;
    }
    check(None, Goal::Again, Some(StopReason::BrowserGone), 1).await;
}

#[tokio::test]
async fn a_proof_makes_no_store() {
    let (mut desk, count) = (Desk::new(), Arc::default());
    let error = desk.run(1, &count, nothing(), |request| request.goal = Goal::Prove).await.unwrap_err();
    assert_eq!((error.code(), error.exit().code()), ("store_missing", 3));
    assert!(!desk.store().exists());
}

#[tokio::test]
async fn an_account_without_a_passkey_is_left_as_it_is_by_a_proof() {
    let (mut desk, count) = (Desk::new(), Arc::default());
    drop(Store::create(&desk.store(), &SecretString::from("correct horse")).unwrap());
    let captcha = Event::Stopped { reason: StopReason::Captcha };
    desk.session.ledger.append(Some(desk.accounts[0]), &[captcha], 1).unwrap();
    desk.run(1, &count, nothing(), |request| request.goal = Goal::Prove).await.unwrap();
    assert!(desk.ends().iter().all(|end| *end == (Outcome::Skipped, Some(StopReason::NothingToProve))));
    let progress = desk.session.ledger.progress(desk.accounts[0]).unwrap();
    assert_eq!((progress.stopped, count.get().0), (Some(StopReason::Captcha), 0));
}

#[tokio::test]
async fn a_proven_account_is_taken_up_again_only_on_purpose() {
    for (goal, started) in [(Goal::Migrate, 0), (Goal::Again, 1)] {
        let (mut desk, count) = (Desk::new(), Arc::default());
        desk.ann_has_a_passkey_elsewhere();
        let ann = desk.accounts[0];
        let proven = Event::Proven {
            credential: "b3RoZXI".into(),
            proof: rekey_app::ProofKind::Passwordless,
            signals: vec![],
            source: EvidenceSource::MadeByRekey,
        };
        desk.session.ledger.append(Some(ann), &[proven], 2).unwrap();
        let change = |request: &mut MigrateRequest| (request.accounts, request.goal) = (vec![ann], goal);
        desk.run(1, &count, Arc::new(|| Err(DriverError::Gone)), change).await.unwrap();
        assert_eq!(count.get().0, started, "{goal:?}");
    }
}

#[tokio::test]
async fn one_address_is_not_for_several_accounts() {
    let (mut desk, count) = (Desk::new(), Arc::default());
    let address = |request: &mut MigrateRequest| request.passkeys = "https://example.com/keys".parse().ok();
    let error = desk.run(1, &count, nothing(), address).await.unwrap_err();
    assert_eq!((error.code(), error.exit().code(), count.get().0), ("address_for_several", 2, 0));
    assert!(!desk.store().exists());
}

#[tokio::test]
async fn a_vault_is_never_taken_for_a_store() {
    let (mut desk, count) = (Desk::new(), Arc::default());
    let vault = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../vault/tests/fixtures/accounts.kdbx");
    let copy = desk.folder.path().join("accounts.kdbx");
    std::fs::copy(vault, &copy).unwrap();
    let before = std::fs::read(&copy).unwrap();
    let (file, passphrase) = (copy.clone(), Passphrase::once(SecretString::from("correct horse")));
    let change = |request: &mut MigrateRequest| request.keeper = Keeper::Store { file, passphrase };
    let error = desk.run(1, &count, nothing(), change).await.unwrap_err();
    assert_eq!((error.code(), error.exit().code()), ("store_foreign", 3));
    assert_eq!(std::fs::read(&copy).unwrap(), before);
}

#[tokio::test]
async fn a_new_store_is_said_to_be_new_once() {
    let (mut desk, count) = (Desk::new(), Arc::default());
    desk.run(2, &count, Arc::new(|| Err(DriverError::Gone)), |_| {}).await.unwrap();
    let Some(RunLine::StoreCreated { store, passphrase_file: Some(file) }) = desk.lines.first() else {
        panic!("{:?}", desk.lines)
    };
    assert!(store.ends_with("Passkeys.kdbx") && file.ends_with("passphrase"));
    desk.lines.clear();
    desk.run(2, &count, Arc::new(|| Err(DriverError::Gone)), |_| {}).await.unwrap_err();
    assert!(desk.lines.iter().all(|line| !matches!(line, RunLine::StoreCreated { .. })));
}

/// The profile's folder keeps the permissions that the person gave it; what Rekey writes there is its owner's alone.
#[cfg(unix)]
#[tokio::test]
async fn files_in_a_folder_that_others_may_read_are_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let (mut desk, count) = (Desk::new(), Arc::default());
    let folder = desk.session.profile.folder().to_owned();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    desk.session = Session::open(Some(&folder)).unwrap();
    desk.run(2, &count, nothing(), |request| request.timeout = Some(std::time::Duration::from_secs(20))).await.unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o755);
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let names: Vec<_> = files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
    for name in [
        "ledger.sqlite3",
        "ledger.sqlite3-wal",
        "ledger.sqlite3-shm",
        "ledger.sqlite3.lock",
        "Passkeys.kdbx",
        ".Passkeys.kdbx.rekey-lock",
    ] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
    }
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}
