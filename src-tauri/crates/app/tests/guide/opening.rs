//! From nothing to a vault's accounts, and back.

use std::sync::atomic::Ordering;

use rekey_app::Assist;
use rekey_app::guide::{Answer, BrowserKind, RowAction, RowState, Screen, StoreState, UnlockView, WelcomeView};
use rekey_app::text::Language;

use crate::desk::{Desk, VAULT_PASSWORD, write_vault_with};

fn welcome(desk: &Desk) -> WelcomeView {
    match desk.guide.view().screen {
        Screen::Welcome(welcome) => welcome,
        other => panic!("{other:?}"),
    }
}

fn unlock(desk: &Desk) -> UnlockView {
    match desk.guide.view().screen {
        Screen::Unlock(unlock) => unlock,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_vault_is_brought_unlocked_and_listed() {
    let desk = Desk::new();
    desk.guide.hover(true);
    assert!(welcome(&desk).dropping);
    desk.guide.bring(vec![desk.vault(&["ann", "bob"])]).await.unwrap();
    let shown = unlock(&desk);
    assert_eq!((shown.file.as_str(), shown.practice, shown.problem), ("vault.kdbx", false, None));
    assert!(shown.recognised.contains("KeePass") && shown.takes_key_file && shown.queue.is_none() && !shown.adding);

    desk.unlock("wrong").await;
    let shown = unlock(&desk);
    assert_eq!(shown.problem.unwrap().code, "vault_wrong_key");
    assert!(!shown.busy);
    desk.guide.speak(Language::Spanish);
    assert!(unlock(&desk).problem.unwrap().message.starts_with("La contraseña"));
    desk.guide.speak(Language::English);

    desk.unlock(VAULT_PASSWORD).await;
    let shown = desk.accounts();
    assert_eq!((shown.imported.accounts, shown.imported.new, shown.rows.len()), (2, 2, 2));
    assert_eq!((shown.rows[0].user.as_str(), shown.rows[0].state), ("ann", RowState::New));
    assert_eq!((shown.rows[0].action, shown.counts.left), (Some(RowAction::Start), 2));
    assert_eq!((shown.setup.assist, shown.setup.browser), (Assist::Assist, BrowserKind::Embedded));
    assert_eq!(shown.setup.store.state, StoreState::Missing);
}

/// More lanes than any vault needs, and little work all the same.
#[tokio::test]
async fn what_asks_for_much_is_tried_on_the_persons_word() {
    let desk = Desk::new();
    let file = desk.folder.path().join("costly.kdbx");
    write_vault_with(&file, &["ann"], 300);
    desk.guide.bring(vec![file]).await.unwrap();
    assert_eq!(desk.guide.try_anyway().await.unwrap_err().code(), "not_now", "nothing was presented yet");
    desk.unlock(VAULT_PASSWORD).await;
    let shown = unlock(&desk);
    assert_eq!((shown.costly, shown.problem.unwrap().code.as_str()), (true, "vault_too_costly"));
    desk.guide.try_anyway().await.unwrap();
    assert_eq!(desk.accounts().rows.len(), 1);
}

/// A claim beyond all patience is told, and not offered again.
#[tokio::test]
async fn what_asks_for_more_than_anybody_has_is_not_tried_twice() {
    let desk = Desk::new();
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../vault/tests/fixtures");
    desk.guide.bring(vec![fixtures.join("argon2-lanes.kdbx")]).await.unwrap();
    desk.unlock("correct horse").await;
    assert!(unlock(&desk).costly);
    desk.guide.try_anyway().await.unwrap();
    let shown = unlock(&desk);
    assert_eq!((shown.busy, shown.costly, shown.problem.unwrap().code.as_str()), (false, false, "vault_too_costly"));
    assert_eq!(desk.guide.try_anyway().await.unwrap_err().code(), "not_now");
}

#[tokio::test]
async fn what_is_no_vault_is_said_on_the_first_screen() {
    let desk = Desk::new();
    let file = desk.folder.path().join("notes.txt");
    for (text, code) in [(None, "file_unreadable"), (Some("no vault"), "vault_unknown_format")] {
        if let Some(text) = text {
            std::fs::write(&file, text).unwrap();
        }
        desk.guide.bring(vec![file.clone()]).await.unwrap();
        let problem = welcome(&desk).problem.unwrap();
        assert_eq!(problem.code, code);
        assert!(!problem.next.contains("--"), "{problem:?}");
    }
}

#[tokio::test]
async fn a_vault_that_needs_no_password_is_listed_at_once_even_if_it_is_empty() {
    let desk = Desk::new();
    let file = desk.folder.path().join("export.json");
    std::fs::write(&file, serde_json::json!({ "encrypted": false, "folders": [], "items": [] }).to_string()).unwrap();
    desk.guide.bring(vec![file]).await.unwrap();
    let shown = desk.accounts();
    assert_eq!((shown.rows.len(), shown.sources[0].format.as_str()), (0, "Bitwarden, Vaultwarden (JSON)"));
}

#[tokio::test]
async fn a_key_file_is_chosen_and_forgotten() {
    let desk = Desk::new();
    desk.guide.bring(vec![desk.vault(&["ann"])]).await.unwrap();
    desk.guide.set_key_file(Some("/keys/my.keyx".into())).unwrap();
    assert_eq!(unlock(&desk).key_file.as_deref(), Some("my.keyx"));
    desk.unlock(VAULT_PASSWORD).await;
    assert_eq!(unlock(&desk).problem.unwrap().code, "file_unreadable");
    desk.guide.set_key_file(None).unwrap();
    assert_eq!((unlock(&desk).key_file, unlock(&desk).problem), (None, None));
}

#[tokio::test]
async fn leaving_forgets() {
    let desk = Desk::open(&["ann"]).await;
    let id = desk.accounts().rows[0].id.clone();
    desk.guide.leave().await.unwrap();
    welcome(&desk);
    assert_eq!(desk.guide.start(&[id]).await.unwrap_err().code(), "not_now");
    // The ledger remembers the account, the guide no password: the vault must be unlocked anew.
    desk.guide.bring(vec![desk.vault(&["ann"])]).await.unwrap();
    unlock(&desk);
    desk.unlock(VAULT_PASSWORD).await;
    assert_eq!(desk.accounts().imported.new, 0);
    assert_eq!(desk.accounts().setup.assist, Assist::Assist, "choices are for one sitting");
}

#[tokio::test]
async fn practice_has_a_ledger_of_its_own_and_ends_with_it() {
    let desk = Desk::new();
    for _ in 0..2 {
        desk.guide.start_practice().await.unwrap();
        assert!(unlock(&desk).practice && desk.guide.view().practice);
        desk.guide.unlock_practice().await.unwrap();
        // Made afresh each time.
        assert_eq!((desk.accounts().imported.new, desk.accounts().setup.assist), (1, Assist::Auto));
        assert!(!desk.folder.path().join("profile/ledger.sqlite3").exists());
        desk.guide.leave().await.unwrap();
        assert!(desk.practice_ended.swap(false, Ordering::SeqCst));
        assert!(!desk.guide.view().practice);
    }
}

#[tokio::test]
async fn every_change_wakes_who_watches_and_what_is_refused_changes_nothing() {
    let desk = Desk::new();
    let mut commits = desk.guide.watch();
    let before = desk.guide.view();
    assert_eq!(*commits.borrow_and_update(), before.commit);
    desk.guide.hover(true);
    assert!(commits.has_changed().unwrap());
    assert!(*commits.borrow_and_update() > before.commit);

    let refused = [
        desk.guide.finish(),
        desk.guide.pause(),
        desk.guide.resume(),
        desk.guide.skip(),
        desk.guide.stop(),
        desk.guide.choose_assist(Assist::Auto),
        desk.guide.start(&[]).await,
        desk.guide.unlock_practice().await,
        desk.guide.set_key_file(None),
    ];
    for error in refused.map(Result::unwrap_err) {
        assert_eq!(error.code(), "not_now");
        assert!(!desk.guide.explain(&error).next.is_empty());
    }
    assert_eq!(desk.guide.answer_prompt(1, Answer::Decline).unwrap_err().code(), "prompt_gone");
    assert!(!commits.has_changed().unwrap());
}
