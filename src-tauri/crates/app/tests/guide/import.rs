//! Several files, what they leave open, and what the person says to it.

use std::path::{Path, PathBuf};

use rekey_app::VaultReader;
use rekey_app::guide::{ColumnsView, PasswordQuestion, QueueView, Screen, VaultAnswer, View};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::desk::{Desk, PASSPHRASE, VAULT_PASSWORD};

/// A login of a Bitwarden export.
fn login(name: &str, user: &str, password: &str, uri: Option<&str>) -> Value {
    let uris: Vec<Value> = uri.map(|uri| json!({ "uri": uri })).into_iter().collect();
    json!({ "type": 1, "name": name, "login": { "username": user, "password": password, "uris": uris } })
}

fn export(folder: &Path, name: &str, items: &[Value]) -> PathBuf {
    let file = folder.join(name);
    std::fs::write(&file, json!({ "encrypted": false, "folders": [], "items": items }).to_string()).unwrap();
    file
}

fn table(folder: &Path, name: &str, text: &str) -> PathBuf {
    let file = folder.join(name);
    std::fs::write(&file, text).unwrap();
    file
}

fn charted(view: &View) -> ColumnsView {
    match view.screen.clone() {
        Screen::Columns(columns) => columns,
        other => panic!("{other:?}"),
    }
}

const UNKNOWN: &str = "alpha;beta;gamma\nmarker-one;ann;https://example.com\nmarker-two;bob;https://example.org\n";

#[tokio::test]
async fn several_files_come_one_after_the_other_and_add_up() {
    let desk = Desk::new();
    let folder = desk.folder.path().to_owned();
    let home = export(&folder, "home.json", &[login("Shop", "ann", "p", Some("https://shop.example"))]);
    let broken = table(&folder, "notes.txt", "no vault");
    desk.guide.bring(vec![home, broken, desk.vault(&["ann"])]).await.unwrap();

    // The plain one is read, the broken one is told later, the locked one waits.
    let Screen::Unlock(shown) = desk.guide.view().screen else { panic!("{:?}", desk.guide.view()) };
    assert_eq!((shown.queue, shown.adding), (Some(QueueView { number: 3, total: 3 }), true));
    desk.unlock(VAULT_PASSWORD).await;
    let shown = desk.accounts();
    let files: Vec<(&str, u32)> = shown.sources.iter().map(|source| (source.file.as_str(), source.accounts)).collect();
    assert_eq!(files, [("home.json", 1), ("vault.kdbx", 1)]);
    assert_eq!((shown.imported.accounts, shown.imported.new, shown.rows.len()), (2, 2, 2));
    assert!(shown.problem.unwrap().message.starts_with("notes.txt: "));

    desk.guide.remove_source(&shown.sources[0].id).await.unwrap();
    let shown = desk.accounts();
    assert_eq!((shown.sources.len(), shown.rows.len()), (1, 1));
    assert_eq!(
        desk.guide.remove_source(&shown.sources[0].id).await.unwrap_err().code(),
        "not_now",
        "the last one stays"
    );
}

#[tokio::test]
async fn a_file_of_several_is_skipped() {
    let desk = Desk::new();
    let last = export(desk.folder.path(), "home.json", &[login("Shop", "ann", "p", Some("https://shop.example"))]);
    desk.guide.bring(vec![desk.vault(&["ann"]), last]).await.unwrap();
    desk.guide.skip_file().await.unwrap();
    assert_eq!(desk.accounts().sources.len(), 1);
    assert_eq!(desk.guide.skip_file().await.unwrap_err().code(), "not_now");
}

#[tokio::test]
async fn unknown_columns_are_charted_and_remembered() {
    let desk = Desk::new();
    let file = table(desk.folder.path(), "old.csv", UNKNOWN);
    desk.guide.bring(vec![file.clone()]).await.unwrap();
    assert!(!format!("{:?}", desk.guide.view()).contains("marker"), "cells are never shown");
    let shapes: Vec<_> = charted(&desk.guide.view()).columns.into_iter().map(|column| column.shapes).collect();
    assert_eq!(shapes, [["10 characters"], ["3 characters"], ["web address"]]);
    for (column, kind) in [(0, "ignore"), (1, "ignore"), (2, "url")] {
        desk.guide.set_column(column, kind).unwrap();
    }
    assert!(charted(&desk.guide.view()).missing.unwrap().contains("password"));
    assert_eq!(desk.guide.read_columns().await.unwrap_err().code(), "not_now");
    assert_eq!(desk.guide.set_column(7, "url").unwrap_err().code(), "not_now");
    assert_eq!(desk.guide.set_column(0, "no-such-kind").unwrap_err().code(), "not_now");
    desk.guide.set_column(0, "password").unwrap();
    desk.guide.set_column(1, "password").unwrap();
    assert!(charted(&desk.guide.view()).missing.is_some(), "one password is enough");
    desk.guide.set_column(1, "user_name").unwrap();

    desk.guide.set_heading(false).unwrap();
    let without = charted(&desk.guide.view());
    assert_eq!((without.rows, without.columns[0].name.as_str()), (3, "Column 1"));
    desk.guide.set_heading(true).unwrap();
    assert_eq!((charted(&desk.guide.view()).rows, charted(&desk.guide.view()).missing), (2, None));
    desk.guide.read_columns().await.unwrap();
    let users: Vec<String> = desk.accounts().rows.into_iter().map(|row| row.user).collect();
    assert_eq!(users, ["ann", "bob"]);

    desk.guide.leave().await.unwrap();
    desk.guide.bring(vec![file]).await.unwrap();
    let kinds: Vec<String> = charted(&desk.guide.view()).columns.into_iter().map(|column| column.kind).collect();
    assert_eq!(kinds, ["password", "user_name", "url"]);
}

#[tokio::test]
async fn an_entry_without_an_address_goes_where_the_person_says() {
    let desk = Desk::new();
    let items = [login("Router", "admin", "p", None), login("github.com", "ann", "p", None)];
    desk.guide.bring(vec![export(desk.folder.path(), "home.json", &items)]).await.unwrap();
    let asked = desk.accounts().questions.sites;
    let shown: Vec<_> = asked.iter().map(|ask| (ask.entry.as_str(), ask.suggestion.as_deref())).collect();
    assert_eq!(shown, [("Router", None), ("github.com", Some("github.com"))]);

    let answer = |address: &str| VaultAnswer::Site { id: asked[0].id.clone(), address: address.into() };
    assert_eq!(desk.guide.answer_vault(answer("nowhere")).await.unwrap_err().code(), "site_unreadable");
    desk.guide.answer_vault(answer("router.example")).await.unwrap();
    assert_eq!(desk.guide.answer_vault(answer("router.example")).await.unwrap_err().code(), "not_now", "answered once");
    let shown = desk.accounts();
    assert_eq!((shown.rows[0].site.as_str(), shown.questions.sites.len()), ("router.example", 1));

    desk.guide.answer_vault(VaultAnswer::Later { id: asked[1].id.clone() }).await.unwrap();
    assert_eq!((desk.accounts().questions.sites.len(), desk.accounts().questions.later), (0, 1));
    desk.guide.answer_vault(VaultAnswer::AskAgain).await.unwrap();
    assert_eq!((desk.accounts().questions.sites.len(), desk.accounts().questions.later), (1, 0));
}

#[tokio::test]
async fn the_person_says_which_password_is_right_and_sees_none() {
    let desk = Desk::new();
    let folder = desk.folder.path().to_owned();
    let one = export(&folder, "one.json", &[login("Shop", "ann", "marker-1", Some("https://shop.example"))]);
    let other = export(&folder, "two.json", &[login("Shop", "ann", "marker-2", Some("https://shop.example"))]);
    desk.guide.bring(vec![one, other]).await.unwrap();
    let ask = || -> PasswordQuestion { desk.accounts().questions.passwords.remove(0) };
    assert_eq!(desk.accounts().rows[0].sources.len(), 2);
    let before = ask();
    assert!(!before.answered && before.options.len() == 2);
    let (used, unused) = (&before.options[0], &before.options[1]);
    assert!(used.in_use && !unused.in_use && used.file != unused.file);

    let answer = VaultAnswer::Password { id: before.id.clone(), option: unused.id.clone() };
    desk.guide.answer_vault(answer).await.unwrap();
    let after = ask();
    assert_eq!((after.answered, after.options[0].file.as_str()), (true, unused.file.as_str()));

    let source = desk.accounts().sources.into_iter().find(|source| source.file == used.file).unwrap().id;
    desk.guide.answer_vault(VaultAnswer::PasswordsOf { source }).await.unwrap();
    assert_eq!(ask().options[0].file, used.file);
    let shown = serde_json::to_string(&desk.guide.view()).unwrap();
    assert!(!shown.contains("marker"), "a view holds no password");
}

#[tokio::test]
async fn passwords_that_stand_in_like_entries_are_told_apart() {
    let desk = Desk::new();
    let shop = |password: &str| login("Shop", "ann", password, Some("https://shop.example"));
    let file = export(desk.folder.path(), "home.json", &[shop("marker-1"), shop("marker-2"), shop("marker-3")]);
    desk.guide.bring(vec![file]).await.unwrap();
    let options = || -> Vec<String> {
        desk.accounts().questions.passwords.remove(0).options.into_iter().map(|option| option.id).collect()
    };
    let before = options();
    let id = desk.accounts().questions.passwords[0].id.clone();
    let answer = VaultAnswer::Password { id, option: before[2].clone() };
    desk.guide.answer_vault(answer).await.unwrap();
    assert_eq!(options(), [before[2].clone(), before[0].clone(), before[1].clone()], "each keeps its name");
    assert!(before[0] != before[1] && before[1] != before[2] && before[0] != before[2]);
}

#[tokio::test]
async fn the_person_says_whose_code_it_is() {
    let desk = Desk::new();
    let folder = desk.folder.path().to_owned();
    let shop = |user: &str| login("Shop", user, "p", Some("https://shop.example"));
    let logins = export(&folder, "home.json", &[shop("bob"), shop("carol")]);
    // One that fits both accounts by its site alone, one that fits bob's in all, and one of a site that nobody is at.
    let code = |issuer: &str, name: &str, secret: &str| {
        json!({ "type": "totp", "uuid": "", "name": name, "issuer": issuer, "note": "", "icon": null,
            "info": { "secret": secret, "algo": "SHA1", "digits": 6, "period": 30 } })
    };
    let codes = [
        code("Shop", "ann", "JBSWY3DPEHPK3PXP"),
        code("Shop", "bob", "GEZDGNBVGY3TQOJQ"),
        code("Nowhere", "dan", "KRSXG5CTMVRXEZLU"),
    ];
    let app = json!({ "version": 1, "header": { "slots": null, "params": null },
        "db": { "version": 2, "entries": codes } });
    let app = table(&folder, "aegis.json", &app.to_string());
    desk.guide.bring(vec![logins, app]).await.unwrap();
    let with_codes =
        || -> Vec<String> { desk.accounts().rows.into_iter().filter(|row| row.has_totp).map(|row| row.user).collect() };
    assert_eq!(with_codes(), ["bob"], "what is beyond doubt is not asked");
    let asked = desk.accounts().questions.codes;
    assert_eq!(asked.len(), 1);
    assert_eq!((asked[0].name.as_str(), asked[0].file.as_str()), ("Shop: ann", "aegis.json"));
    let mut users: Vec<&str> = asked[0].candidates.iter().map(|candidate| candidate.user.as_str()).collect();
    users.sort_unstable();
    assert_eq!(users, ["bob", "carol"]);
    let problems = desk.accounts().problems;
    let homeless = problems.iter().find(|group| group.code == "code_unplaced").unwrap();
    assert_eq!((homeless.count, homeless.places[0].location.as_str()), (1, "Nowhere: dan"));

    let carol = asked[0].candidates.iter().find(|candidate| candidate.user == "carol").unwrap().account.clone();
    let answer = |account: &str| VaultAnswer::Code { id: asked[0].id.clone(), account: Some(account.into()) };
    assert_eq!(desk.guide.answer_vault(answer("nobody")).await.unwrap_err().code(), "not_now");
    desk.guide.answer_vault(answer(&carol)).await.unwrap();
    assert_eq!((with_codes(), desk.accounts().questions.codes.len()), (vec!["bob".into(), "carol".into()], 0));
    assert_eq!(desk.guide.answer_vault(answer(&carol)).await.unwrap_err().code(), "not_now", "answered once");
    let shown = serde_json::to_string(&desk.guide.view()).unwrap();
    assert!(!shown.contains("JBSWY3DPEHPK3PXP"), "a view holds no secret");
}

#[tokio::test]
async fn a_code_that_is_nobodys_here_is_asked_no_more() {
    let desk = Desk::new();
    let folder = desk.folder.path().to_owned();
    let logins = export(&folder, "home.json", &[login("Shop", "bob", "p", Some("https://shop.example"))]);
    let codes = table(&folder, "codes.txt", "otpauth://totp/Shop:ann?secret=JBSWY3DPEHPK3PXP&issuer=Shop\n");
    desk.guide.bring(vec![logins, codes]).await.unwrap();
    let id = desk.accounts().questions.codes[0].id.clone();
    desk.guide.answer_vault(VaultAnswer::Code { id, account: None }).await.unwrap();
    let shown = desk.accounts();
    assert_eq!((shown.questions.codes.len(), shown.questions.later, shown.rows[0].has_totp), (0, 0, false));
}

#[tokio::test]
async fn a_plain_text_export_is_deleted_on_request_and_nothing_else() {
    let desk = Desk::open(&["ann"]).await;
    assert!(desk.accounts().exposed.is_empty(), "a locked vault stands where it stands");
    let file = export(desk.folder.path(), "export.json", &[login("Shop", "ann", "p", Some("https://shop.example"))]);
    desk.guide.bring(vec![file.clone()]).await.unwrap();
    let id = desk.accounts().exposed[0].id.clone();
    assert_eq!(desk.guide.delete_export("k0").await.unwrap_err().code(), "not_now");

    // Another file has come to stand there: it is none of Rekey's business.
    let content = std::fs::read(&file).unwrap();
    std::fs::copy(desk.folder.path().join("vault.kdbx"), &file).unwrap();
    desk.guide.delete_export(&id).await.unwrap();
    assert_eq!(desk.accounts().exposed[0].problem.as_ref().unwrap().code, "export_changed");
    assert!(file.exists());

    std::fs::write(&file, content).unwrap();
    desk.guide.delete_export(&id).await.unwrap();
    assert!(desk.accounts().exposed[0].deleted && !file.exists());
    assert_eq!(desk.accounts().rows.len(), 2, "what was read stays");
    desk.guide.keep_export(&id).unwrap();
    assert!(desk.accounts().exposed.is_empty());
}

#[tokio::test]
async fn a_field_is_revealed_alone_and_only_in_a_run() {
    let desk = Desk::new();
    let mut item = login("Example", "ann", "p", Some("https://example.com/in"));
    item["notes"] = json!("marker-notes");
    item["fields"] = json!([{ "name": "Mother", "value": "marker-answer", "type": 1 }]);
    desk.guide.bring(vec![export(desk.folder.path(), "export.json", &[item])]).await.unwrap();
    let id = desk.accounts().rows[0].id.clone();
    assert_eq!(desk.guide.reveal(&id, 0).unwrap_err().code(), "not_now");

    desk.guide.start(std::slice::from_ref(&id)).await.unwrap();
    let rekey_app::guide::Prompt::MakeStore(prompt) = desk.prompt().await else { panic!() };
    desk.present(prompt.id, PASSPHRASE).await;
    let run = desk.until(crate::desk::running).await;
    let labels: Vec<&str> = run.accounts[0].fields.iter().map(|field| field.label.as_str()).collect();
    let (notes, mother) = (labels.iter().position(|l| l.is_empty()), labels.iter().position(|l| *l == "Mother"));
    let reveal = |at: Option<usize>| desk.guide.reveal(&id, u32::try_from(at.unwrap()).unwrap()).unwrap();
    assert!(reveal(notes).expose_secret() == "marker-notes" && reveal(mother).expose_secret() == "marker-answer");
    assert_eq!(desk.guide.reveal(&id, 9).unwrap_err().code(), "not_now");
    assert_eq!(desk.guide.reveal("nobody", 0).unwrap_err().code(), "account_unknown");
    let shown = serde_json::to_string(&desk.guide.view()).unwrap();
    assert!(!shown.contains("marker"), "a view holds labels only");
}

#[cfg(unix)]
#[tokio::test]
async fn a_reading_ends_when_the_person_wants_no_more_of_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let program = table(folder.path(), "hangs", "#!/bin/sh\nexec sleep 600\n");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
    let desk = Desk::with_reader(VaultReader::Child { program });
    desk.guide.bring(vec![desk.vault(&["ann"])]).await.unwrap();
    let guide = desk.guide.clone();
    let unlocking = tokio::spawn(async move {
        let to = rekey_app::guide::PassphraseFor::Vault;
        guide.present_passphrase(to, VAULT_PASSWORD.into()).await
    });
    let reading = |view: &View| match &view.screen {
        Screen::Unlock(unlock) => unlock.reading.clone(),
        _ => None,
    };
    assert_eq!(desk.until(reading).await.file, "vault.kdbx");
    let begun = std::time::Instant::now();
    desk.guide.cancel_reading().unwrap();
    unlocking.await.unwrap().unwrap();
    assert!(begun.elapsed() < std::time::Duration::from_secs(1));
    let Screen::Unlock(shown) = desk.guide.view().screen else { panic!() };
    assert_eq!((shown.busy, shown.reading, shown.problem), (false, None, None));
    assert_eq!(desk.guide.cancel_reading().unwrap_err().code(), "not_now");
}
