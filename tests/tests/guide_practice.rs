//! The window's whole practice without the window: the guide, the practice site and a real browser.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test program")]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rekey_app::Assist;
use rekey_app::guide::{Answer, Guide, GuideHost, PracticeSite, Prompt, Screen, Setup, View};
use rekey_app::migrate::{Mode, OwnBrowser, own_browser};
use rekey_app::text::Language;
use rekey_relying_party::{Config, PracticeSite as Site, Seed, SignInMethod};
use rekey_tests::rehearsal::is_root;
use rekey_tests::vault_file::{VaultEntry, write_kdbx};
use secrecy::{ExposeSecret as _, SecretString};

/// A host that shows sites in a browser without a window, and keeps the practice site where the test can look at it.
fn host(folder: &std::path::Path, kept: Arc<Mutex<Option<Arc<Site>>>>) -> GuideHost {
    GuideHost {
        profile: Some(folder.to_owned()),
        client: Box::new(|| rekey_app::Client::new(rekey_app::LookUpLimits::default())),
        devices: rekey_app::guide::Devices::of_this_computer(),
        reader: rekey_app::VaultReader::default(),
        language: Language::Spanish,
        practice: Box::new(move |folder| {
            let kept = Arc::clone(&kept);
            Box::pin(async move {
                let accounts = Seed::practice(3);
                let started = Site::start(Config { accounts: accounts.clone(), ..Config::default() }).await;
                let site = Arc::new(started.map_err(|error| rekey_app::AppError::Practice(error.into()))?);
                let entries: Vec<_> = accounts
                    .iter()
                    .map(|seed| VaultEntry {
                        title: seed.user_name.clone(),
                        url: seed.sign_in_url(site.url()).to_string(),
                        user_name: seed.user_name.clone(),
                        password: seed.password.expose_secret().to_owned(),
                        otp: seed.totp.as_ref().map(|totp| totp.expose_secret().to_owned()).unwrap_or_default(),
                    })
                    .collect();
                let vault = folder.join("practice.kdbx");
                write_kdbx(&vault, "practice", &entries).map_err(rekey_app::AppError::unexpected)?;
                *kept.lock().unwrap() = Some(Arc::clone(&site));
                let stop = Box::pin(async move { drop(site) });
                Ok(PracticeSite { vault, password: SecretString::from("practice"), stop })
            })
        }),
        embedded: Some(Box::new(|options| {
            own_browser(OwnBrowser {
                profile: options.data,
                headless: true,
                mode: Mode::Bridged,
                assist: options.assist,
                no_sandbox: is_root(),
                capabilities: rekey_browser::Capabilities::default(),
            })
        })),
        no_browser_sandbox: is_root(),
    }
}

fn id(prompt: &Prompt) -> u32 {
    match prompt {
        Prompt::MakeStore(prompt) | Prompt::OpenStore(prompt) => prompt.id,
        Prompt::MakePasskey(prompt) | Prompt::UsePasskey(prompt) => prompt.id,
        Prompt::Pin(prompt) => prompt.id,
        Prompt::NewPin(prompt) => prompt.id,
    }
}

fn is_over(view: &View) -> bool {
    matches!(&view.screen, Screen::Run(run) if run.summary.is_some())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_practises_from_the_first_screen_to_the_last() {
    let (folder, kept) = (tempfile::tempdir().unwrap(), Arc::default());
    let guide = Guide::new(host(folder.path(), Arc::clone(&kept)));
    guide.start_practice().await.unwrap();
    guide.unlock_practice().await.unwrap();
    let Screen::Accounts(accounts) = guide.view().screen else { panic!("{:#?}", guide.view()) };
    assert!(matches!(accounts.setup, Setup { assist: Assist::Auto, .. }));
    let ids: Vec<String> = accounts.rows.iter().map(|row| row.id.clone()).collect();
    guide.start(&ids).await.unwrap();

    let mut commits = guide.watch();
    let mut approved = 0;
    let view = loop {
        commits.mark_unchanged();
        let view = guide.view();
        if is_over(&view) {
            break view;
        }
        if let Some(prompt) = &view.prompt {
            guide.answer_prompt(id(prompt), Answer::Approve).unwrap();
            approved += 1;
        }
        let woken = tokio::time::timeout(Duration::from_secs(180), commits.changed()).await;
        assert!(woken.is_ok(), "{view:#?}");
    };
    let Screen::Run(run) = view.screen else { panic!("{view:#?}") };
    assert_eq!(run.summary.unwrap().proven, 3, "{:#?}", run.accounts);
    assert_eq!(approved, 1 + 2 * 3, "the store, and two ceremonies for each account");
    for account in &run.accounts {
        assert!(account.facts.iter().any(|fact| fact.kind == "user_verified"));
        assert_eq!(account.result.as_ref().map(|result| result.title.as_str()), Some("Comprobada"));
    }
    let site: Arc<Site> = kept.lock().unwrap().take().unwrap();
    for record in site.records().unwrap() {
        assert_eq!(record.last_sign_in, Some(SignInMethod::Passkey), "{}", record.user_name);
        assert!(record.passkeys.iter().all(|passkey| passkey.user_verified));
    }
    guide.finish().unwrap();
    guide.leave().await.unwrap();
    assert!(!guide.view().practice);
}
