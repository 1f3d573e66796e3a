//! The real window, driven by WebKit's driver: the way from the first screen to proven accounts in two languages, the
//! contract that the window's hosts share, one window a profile, and the site's window from the command line.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used, reason = "a test program")]

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rekey_app::text::{Language, Texts, messages as m};
use rekey_tests::pages::{Page, Server};
use rekey_tests::software::desktop;
use rekey_tests::vault_file::VaultEntry;
use rekey_tests::window::{Display, Session, WindowOptions, sandbox_starts, walk};
use tempfile::TempDir;

fn options(folder: &TempDir, language: Language) -> WindowOptions {
    let mut arguments = vec!["--profile".into(), folder.path().display().to_string()];
    arguments.extend(["--lang".into(), language.to_string()]);
    if !sandbox_starts() {
        arguments.push("--no-browser-sandbox".into());
    }
    WindowOptions { program: None, arguments, environment: Vec::new() }
}

/// Each question was asked in the window, one for the new passkey and one for the proof of each account, and the ledger
/// agrees with what the window says. (The practice site lives and ends with the window; its own records are read in
/// `practice_accounts_are_proven` and `guide_practice`.)
fn check(language: Language) {
    let display = Display::start(1960, 760).unwrap();
    let folder = TempDir::new().unwrap();
    let texts = Texts::new(language);
    let session = Session::start(&display, &options(&folder, language)).unwrap();
    let walked = walk(&session, &display, &texts, None).unwrap();
    assert_eq!(session.script("return document.documentElement.lang;", &[]).unwrap(), language.tag());
    drop(session);
    let all = texts.with(m::WINDOW_SUMMARY_TITLE, &[("proven", 3.into()), ("total", 3.into())]);
    assert_eq!(walked.summary, all);
    assert_eq!(walked.questions.len(), 1 + 2 * 3, "{:#?}", walked.questions);
    let output = Command::new(rekey_tests::software::rekey().unwrap())
        .arg("--profile")
        .arg(folder.path().join("practice"))
        .args(["--json", "status"])
        .output()
        .unwrap();
    let status: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((status["accounts"].as_u64(), status["proven"].as_u64()), (Some(3), Some(3)), "{status}");
}

#[test]
fn from_the_first_screen_to_three_proven_accounts() {
    check(Language::English);
}

#[test]
fn from_the_first_screen_to_three_proven_accounts_in_spanish() {
    check(Language::Spanish);
}

/// The suite that the UI's own tests hold the host in memory to, in the window and over the app itself.
#[test]
fn the_app_keeps_the_contract_that_the_window_relies_on() {
    let suite = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist-contract/contract.js");
    let suite = std::fs::read_to_string(suite).expect("`cargo xtask test` builds it, as does `npm run build:contract`");
    let display = Display::start(1960, 760).unwrap();
    let folder = TempDir::new().unwrap();
    let session = Session::start(&display, &options(&folder, Language::English)).unwrap();
    session.control("button", &Texts::new(Language::English).get(m::WINDOW_WELCOME_PRACTICE)).unwrap();
    let kept = session.script_later(&format!("{suite}\nrekeyContract.run().then(arguments[0]);")).unwrap();
    assert_eq!(kept["accounts"].as_u64(), Some(3), "{kept}");
}

/// Inside the real app: the site's window has nothing of it, though the main window beside it has.
#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_site_finds_nothing_of_the_app() {
    let server = Server::start().await;
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hostile");
    let read = |name: &str| std::fs::read_to_string(fixtures.join(name)).unwrap();
    server.page("/hunt", &format!("<!doctype html><body>{}", read("hunt-for-the-app.html")));
    let script = vec![("content-type", "text/javascript".to_owned())];
    server.add("/hostile.js", Page { body: read("hostile.js"), headers: script, status: 0 });
    let mut hunt = server.url("/hunt");
    hunt.query_pairs_mut().append_pair("name", "hunt").append_pair("other", &server.origin("127.0.0.1"));

    let profile = TempDir::new().unwrap();
    let vault = profile.path().join("mine.kdbx");
    let entry = VaultEntry {
        title: "Hostile".into(),
        url: hunt.to_string(),
        user_name: "ann".into(),
        password: "a password".into(),
        otp: String::new(),
    };
    rekey_tests::vault_file::write_kdbx(&vault, "a vault's password", &[entry]).unwrap();
    let mut options = options(&profile, Language::English);
    options.arguments.push(vault.display().to_string());
    let walked = tokio::task::spawn_blocking(move || {
        let display = Display::start(1960, 760).unwrap();
        let session = Session::start(&display, &options).unwrap();
        let texts = Texts::new(Language::English);
        let type_in = |number: usize, text: &str| {
            session
                .script(
                    "[...document.querySelectorAll('input[type=password]')][arguments[0]].focus();",
                    &[number.into()],
                )
                .unwrap();
            session.find("input[type=password]:focus").unwrap().unwrap().type_in(text).unwrap();
        };
        session.control("button", &texts.get(m::WINDOW_UNLOCK)).unwrap();
        type_in(0, "a vault's password");
        session.press(&texts.get(m::WINDOW_UNLOCK)).unwrap();
        session.press(&texts.with(m::WINDOW_ACCOUNTS_START, &[("count", 1.into())])).unwrap();
        session.control("[role=alertdialog] button", &texts.get(m::WINDOW_PROMPT_CREATE)).unwrap();
        type_in(0, "a passphrase of a test");
        type_in(1, "a passphrase of a test");
        session.press(&texts.get(m::WINDOW_PROMPT_CREATE)).unwrap();
        (session, display)
    });
    let _open = walked.await.unwrap();
    assert_eq!(server.report("hunt").await, "[]");
}

/// A bus that belongs to this test alone.
struct Bus(std::process::Child, String);

impl Bus {
    fn start() -> Self {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self(daemon, address.trim().to_owned())
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_second_start_hands_its_vault_to_the_first() {
    let display = Display::start(1280, 800).unwrap();
    let bus = Bus::start();
    let folder = TempDir::new().unwrap();
    let vault = folder.path().join("of-the-second-start.kdbx");
    rekey_tests::vault_file::write_kdbx(&vault, "a vault's password", &[]).unwrap();
    let profile = TempDir::new().unwrap();
    let mut options = options(&profile, Language::English);
    options.environment.push(("DBUS_SESSION_BUS_ADDRESS".into(), bus.1.clone()));
    let session = Session::start(&display, &options).unwrap();
    let texts = Texts::new(Language::English);
    session.control("button", &texts.get(m::WINDOW_WELCOME_PRACTICE)).unwrap();

    let mut second = Command::new(desktop().unwrap());
    second.args(&options.arguments).arg(&vault).env("DBUS_SESSION_BUS_ADDRESS", &bus.1).stdin(Stdio::null());
    display.apply(&mut second);
    let mut second = second.spawn().unwrap();
    let end = Instant::now() + Duration::from_secs(30);
    let status = loop {
        match second.try_wait().unwrap() {
            Some(status) => break status,
            None => assert!(Instant::now() < end, "the second start goes on"),
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(status.success());
    session.control("main strong", "of-the-second-start.kdbx").unwrap();
}

#[test]
fn a_wrong_password_is_said_and_the_field_is_empty_again() {
    let display = Display::start(1280, 800).unwrap();
    let profile = TempDir::new().unwrap();
    let vault = profile.path().join("mine.kdbx");
    rekey_tests::vault_file::write_kdbx(&vault, "a vault's password", &[]).unwrap();
    let mut options = options(&profile, Language::English);
    options.arguments.push(vault.display().to_string());
    let session = Session::start(&display, &options).unwrap();
    let texts = Texts::new(Language::English);
    let unlock = texts.get(m::WINDOW_UNLOCK);
    session.control("button", &unlock).unwrap();
    session.find("input[type=password]").unwrap().unwrap().type_in("something else").unwrap();
    session.press(&unlock).unwrap();
    session.wait("what is wrong", || session.text("[role=alert], .callout")).unwrap();
    let value = session.script("return document.querySelector('input[type=password]').value;", &[]).unwrap();
    assert_eq!(value, "");
    session.find("input[type=password]").unwrap().unwrap().type_in("a vault's password").unwrap();
    session.press(&unlock).unwrap();
    session.control("main *", &texts.get(m::WINDOW_ACCOUNTS_EMPTY_TITLE)).unwrap();
}
