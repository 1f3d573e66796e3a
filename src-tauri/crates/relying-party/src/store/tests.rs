//! What the store forgets, and what it shows.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::accounts::NAME_LENGTH;
use super::*;
use crate::records::{Letter, Mail, SignInMethod};

/// More than a session lasts after the beginning of time.
fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(86_400)
}

fn account(store: &Store, email_confirmed: bool) -> AccountId {
    let id = AccountId::random();
    let account = Account {
        id,
        user_name: "alma".to_owned(),
        password: None,
        totp: None,
        email_confirmed,
        difficulties: Vec::new(),
        sign_in: "/login".to_owned(),
        failed_attempts: 0,
        last_sign_in: None,
    };
    store.add_account(&account).unwrap();
    id
}

#[test]
fn sessions_of_nobody_give_way_first() {
    let store = Store::in_memory().unwrap();
    let account = account(&store, true);
    let first = store.begin_session(now()).unwrap().id;
    let stage = Stage::SignedIn { account, method: SignInMethod::Password, verified: Verified::default() };
    let signed_in = store.rotate_session(&first, now(), stage).unwrap();
    let later = now() + Duration::from_secs(1);
    store
        .connection
        .execute(
            "WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < 16383) \
             INSERT INTO sessions (id_hash, form_token, used_at, stage) SELECT CAST(n AS BLOB), '', ?1, '\"Anonymous\"' FROM n",
            [micros(later)],
        )
        .unwrap();
    let newest = store.begin_session(later).unwrap().id;
    assert_eq!(store.stage(&signed_in).unwrap().signed_in(), Some(account));
    assert!(store.touch_session(&newest, later).unwrap().is_some());
    let count: i64 = store.connection.query_row("SELECT count(*) FROM sessions", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 16_384);
}

#[test]
fn a_confirmation_is_good_once_and_for_a_day() {
    let day = Duration::from_secs(86_400);
    let sent = || {
        let store = Store::in_memory().unwrap();
        let account = account(&store, false);
        store.send_confirmation(account, now() + day).unwrap();
        let Letter::Confirmation(token) = store.mail(account).unwrap().remove(0).letter else { panic!() };
        (store, account, token)
    };
    let check = |after: Duration, expect: fn(AccountId) -> Confirmation| {
        let (store, account, token) = sent();
        assert_eq!(store.confirm_email(&token, now() + after).unwrap(), expect(account), "{after:?}");
    };
    check(2 * day - Duration::from_secs(1), Confirmation::Confirmed);
    check(2 * day, Confirmation::Expired);
    check(day - Duration::from_secs(1), Confirmation::Expired);
    let (store, account, token) = sent();
    assert_eq!(store.confirm_email("other", now() + day).unwrap(), Confirmation::Unknown);
    assert_eq!(store.confirm_email(&token, now() + day).unwrap(), Confirmation::Confirmed(account));
    assert_eq!(store.confirm_email(&token, now() + day).unwrap(), Confirmation::Unknown);
}

#[test]
fn codes_are_not_in_debug_output() {
    let code = || "731942".to_owned();
    let hurdles = [Hurdle::Captcha { answer: code() }, Hurdle::EmailCode { code: code(), failures: 0 }].into();
    let stage = Stage::Pending {
        account: AccountId::random(),
        hurdles,
        method: SignInMethod::Password,
        verified: Verified::default(),
        since: now(),
    };
    for shown in [
        format!("{stage:?}"),
        format!("{:?}", Mail { at: now(), letter: Letter::Code(code()) }),
        format!("{:?}", Letter::Confirmation(code())),
    ] {
        assert!(!shown.contains(&code()) && shown.contains(".."), "{shown}");
    }
}

#[test]
fn names_too_long_are_nobodys() {
    let store = Store::in_memory().unwrap();
    account(&store, true);
    let check = |spaces: usize, expect: bool| {
        let name = format!("alma{}", " ".repeat(spaces));
        assert_eq!(store.account_by_name(&name).unwrap().is_some(), expect, "{spaces}");
    };
    check(NAME_LENGTH - 4, true);
    check(NAME_LENGTH - 3, false);
}

#[cfg(unix)]
#[test]
fn a_file_that_others_could_read_is_made_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("site.sqlite");
    fs::write(&path, "").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let store = Store::in_file(&path, StorageKey::random()).unwrap();
    account(&store, true);
    for file in fs::read_dir(folder.path()).unwrap().map(io::Result::unwrap) {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", file.path());
    }
    assert!(fs::read_dir(folder.path()).unwrap().count() > 1, "files beside it");
}
