//! Files brought into the real window: a locked export, a vault that asks for too much, a table of unknown columns and a
//! vault, given as words of the command line, and all that a person is asked about them.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test program")]

use rekey_app::READ_VAULT;
use rekey_app::text::{Language, Texts, messages as m};
use rekey_tests::window::{Display, ImportFiles, Session, WindowOptions, import, sandbox_starts};
use tempfile::TempDir;

fn check(language: Language) {
    let (profile, folder) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let files = ImportFiles::write(folder.path()).unwrap();
    let mut arguments = vec!["--profile".into(), profile.path().display().to_string()];
    arguments.extend(["--lang".into(), language.to_string()]);
    if !sandbox_starts() {
        arguments.push("--no-browser-sandbox".into());
    }
    arguments.extend(files.arguments());
    // The practice site and the ledger of this profile alone, whatever the home folder is.
    let environment = vec![("HOME".into(), profile.path().display().to_string())];
    let display = Display::start(1280, 800).unwrap();
    let session = Session::start(&display, &WindowOptions { program: None, arguments, environment }).unwrap();
    let texts = Texts::new(language);
    let imported = import(&session, &display, &texts, None).unwrap();

    let wrong = [m::GUIDE_WRONG_PASSWORD, m::GUIDE_WRONG_PASSWORD_NEXT].map(|message| texts.get(message));
    assert_eq!(imported.refused, wrong.join(" "));
    assert_eq!(imported.reader[1..], [READ_VAULT], "nothing of the file is told to other processes");
    let characters = |count: u64| texts.with(m::GUIDE_CELL_TEXT, &[("count", count.into())]);
    assert_eq!(imported.shapes.len(), 3, "{:?}", imported.shapes);
    assert!(imported.shapes[1].contains(&characters(3)), "{:?}", imported.shapes);
    assert!(!imported.shapes.concat().contains("ann"), "the cells are not shown");
    let accounts = |count: u64| texts.with(m::WINDOW_ACCOUNTS_TITLE, &[("count", count.into())]);
    assert_eq!(imported.titles, [accounts(3), accounts(4)]);
    let holds = |entries: u64, accounts: u64| {
        let entries = texts.with(m::WINDOW_SOURCES_ENTRIES, &[("count", entries.into())]);
        format!("{entries} · {}", texts.with(m::WINDOW_SOURCES_ACCOUNTS, &[("count", accounts.into())]))
    };
    let sources: Vec<&str> = imported.sources.iter().map(String::as_str).collect();
    let [bitwarden, _, in_bitwarden, table, _, in_table, vault, _, in_vault] = sources[..] else {
        panic!("{sources:?}");
    };
    assert_eq!(
        (bitwarden, table, vault),
        ("bitwarden_encrypted_export.json", "old passwords.csv", "family.kdbx"),
        "the one that was given up is not there"
    );
    assert_eq!((in_bitwarden, in_table, in_vault), (&*holds(2, 2), &*holds(2, 2), &*holds(1, 0)));
    let one = |message| texts.with(message, &[("count", 1.into())]);
    assert_eq!(imported.questions, [one(m::WINDOW_QUESTIONS_PASSWORDS), one(m::WINDOW_QUESTIONS_SITES)]);
    let mut boxes = imported.accounts.clone();
    boxes.sort();
    let account = |(site, user): (&str, &str)| {
        texts.with(m::WINDOW_ACCOUNTS_SELECT, &[("site", site.into()), ("user", user.into())])
    };
    let all = [("example.com", "ann"), ("example.com", "bob"), ("example.org", "carol"), ("router.example", "admin")];
    assert_eq!(boxes, all.map(account));
    assert!(!files.table.exists(), "what the window says to be deleted is");
    assert!(files.bitwarden.exists() && files.slow.exists() && files.vault.exists(), "and nothing else");
}

#[test]
fn files_of_several_kinds_become_accounts() {
    check(Language::English);
}

#[test]
fn files_of_several_kinds_become_accounts_in_spanish() {
    check(Language::Spanish);
}
