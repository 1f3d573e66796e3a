//! What the owner of an account can do with it.

use axum::http::StatusCode;
use serde_json::json;

use super::Stage;
use super::browser::Browser;
use super::soft_key::{Claims, SoftKey};
use crate::records::SignInMethod;
use crate::{Config, Difficulty};

const NEW_PASSWORD: &str = "a password that nobody had";

impl Stage {
    /// A browser signed in with a new passkey of the account.
    async fn with_passkey(&self, account: usize, key: &mut SoftKey) -> Browser {
        let mut browser = self.ready_to_add(account).await;
        let options = browser.script("/passkeys/register/options", &json!({ "name": "First" })).await;
        let credential = key.create(&options, &Claims::default());
        browser.script("/passkeys/register", &credential).await;
        assert_eq!(browser.status, StatusCode::OK, "{} {:?}", browser.body, self.audit(account).last());
        let mut browser = self.browser();
        self.sign_in_with(&mut browser, key).await;
        browser
    }

    async fn sign_in_with(&self, browser: &mut Browser, key: &SoftKey) {
        browser.get("/login").await;
        let options = browser.script("/passkeys/sign-in/options", &json!({})).await;
        browser.script("/passkeys/sign-in", &key.get(&options, &Claims::default())).await;
        assert_eq!(browser.status, StatusCode::OK, "{}", browser.body);
        browser.get("/account").await;
        assert_eq!(browser.status, StatusCode::OK);
    }
}

/// The codes on the page that shows them once.
fn codes(browser: &Browser) -> Vec<String> {
    browser.body.split("<code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_passkey_gets_another_name_and_goes() {
    let stage = Stage::new();
    let mut key = SoftKey::new();
    let mut browser = stage.with_passkey(0, &mut key).await;
    browser.post("/account/passkeys/rename", &[("id", &key.id()), ("name", "  Büro <b>  ")]).await;
    browser.get("/account").await;
    assert!(browser.shows("Büro &lt;b&gt;"), "{}", browser.body);
    browser.get(&format!("/account/passkeys/{}/remove", key.id())).await;
    assert_eq!(browser.status, StatusCode::OK);
    browser.post("/account/passkeys/remove", &[("id", &key.id())]).await;
    assert_eq!(stage.record(0).passkeys, []);
    assert_eq!(stage.audit(0).last().unwrap(), &format!("passkey removed: {}", key.id()));
    browser.get("/account").await;
    assert!(browser.shows("allAcceptedCredentialIds"), "the browser is told which passkeys are left");
}

#[tokio::test]
async fn nobody_touches_the_passkeys_of_another_account() {
    let stage = Stage::new();
    let (mut alma, mut bruno) = (SoftKey::new(), SoftKey::new());
    stage.with_passkey(0, &mut alma).await;
    let mut browser = stage.with_passkey(1, &mut bruno).await;
    browser.post("/account/passkeys/rename", &[("id", &alma.id()), ("name", "mine")]).await;
    browser.post("/account/passkeys/remove", &[("id", &alma.id())]).await;
    assert_eq!(stage.record(0).passkeys[0].name, "First");
    browser.get(&format!("/account/passkeys/{}/remove", alma.id())).await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn changes_take_a_fresh_check_and_lead_back() {
    let stage = Stage::new();
    let mut key = SoftKey::new();
    let mut browser = stage.with_passkey(0, &mut key).await;
    stage.pass(301);
    browser.get("/account/recovery-codes").await;
    assert_eq!(browser.location(), Some("/account/confirm"));
    browser.follow().await;
    browser.post("/account/confirm", &[("password", stage.password(0))]).await;
    assert_eq!(browser.location(), Some("/account/confirm"), "the code as well");
    browser.follow().await;
    browser.post("/account/confirm", &[("otp", &stage.code(0))]).await;
    assert_eq!(browser.location(), Some("/account/recovery-codes"));
    stage.pass(301);
    browser.get("/account/recovery-codes").await;
    browser.follow().await;
    let options = browser.script("/passkeys/sign-in/options", &json!({ "purpose": "confirm" })).await;
    assert_eq!(options["publicKey"]["allowCredentials"][0]["id"], key.id());
    let answer = browser.script("/passkeys/sign-in", &key.get(&options, &Claims::default())).await;
    assert_eq!(answer, json!({ "location": "/account/recovery-codes" }), "a passkey does as well");
}

#[tokio::test]
async fn the_password_goes_and_comes_back_with_a_recovery_code() {
    let stage = Stage::new();
    let mut browser = stage.ready_to_add(0).await;
    browser.post("/account/password/remove", &[]).await;
    assert_eq!(browser.status, StatusCode::CONFLICT, "the only way in");
    let mut key = SoftKey::new();
    let mut browser = stage.with_passkey(0, &mut key).await;
    browser.post("/account/password/remove", &[]).await;
    assert!(stage.record(0).has_password && browser.shows("Make recovery codes"), "no second way in yet");
    browser.post("/account/recovery-codes", &[]).await;
    let codes = codes(&browser);
    assert_eq!((codes.len(), stage.record(0).recovery_codes), (8, 8));
    browser.post("/account/password/remove", &[]).await;
    assert!(!stage.record(0).has_password);

    // The last way in stays.
    browser.post("/account/passkeys/remove", &[("id", &key.id())]).await;
    assert_eq!(stage.record(0).passkeys.len(), 1);
    let mut lost = stage.browser();
    stage.give_password(&mut lost, 0, stage.password(0)).await;
    assert!(lost.shows("role=\"alert\""), "the old password is worth nothing");

    let recover = |code: String| vec![("username", "ALMA".to_owned()), ("recovery_code", code)];
    let mut send = async |code: &str, password: &str| {
        lost.get("/recover").await;
        let fields = recover(code.to_owned());
        let fields: Vec<_> = fields.iter().map(|(k, v)| (*k, v.as_str())).chain([("new_password", password)]).collect();
        lost.post("/recover", &fields).await;
        lost.location().map(str::to_owned)
    };
    assert_eq!(send("AAAA-BBBB-CCCC-DDDD", NEW_PASSWORD).await, None);
    assert_eq!(send(&codes[0], "short").await, None, "a code is used up only where it gives a password");
    let typed = codes[0].to_lowercase().replace('-', " ");
    assert_eq!(send(&typed, NEW_PASSWORD).await.as_deref(), Some("/verify/code"), "the code is not recovered");
    stage.pass(30);
    lost.get("/verify/code").await;
    lost.post("/verify/code", &[("otp", &stage.code(0))]).await;
    assert_eq!(lost.location(), Some("/account"));
    let mut again = stage.browser();
    again.get("/recover").await;
    let fields = [("username", "alma"), ("recovery_code", &codes[0]), ("new_password", NEW_PASSWORD)];
    again.post("/recover", &fields).await;
    assert_eq!(again.location(), None, "once");
    let record = stage.record(0);
    assert!(record.has_password && record.recovery_codes == 7);
    assert_eq!(record.last_sign_in, Some(SignInMethod::RecoveryCode));
    browser.get("/account").await;
    assert_eq!(browser.location(), Some("/login"), "the other sessions are ended");
    stage.give_password(&mut browser, 0, NEW_PASSWORD).await;
    assert_eq!(browser.location(), Some("/verify/code"));
}

#[tokio::test]
async fn recovery_codes_are_not_guessed() {
    let stage = Stage::new();
    let mut browser = stage.browser();
    for (name, wait) in [("alma", 60), ("nobody", 60)] {
        for n in 0..6 {
            browser.get("/recover").await;
            let fields = [("username", name), ("recovery_code", "AAAA"), ("new_password", NEW_PASSWORD)];
            browser.post("/recover", &fields).await;
            let expect = if n < 5 { StatusCode::OK } else { StatusCode::TOO_MANY_REQUESTS };
            assert_eq!(browser.status, expect, "{name} {n}");
        }
        assert_eq!(browser.headers["retry-after"], wait.to_string());
    }
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    let stage = Stage::new();
    let (mut here, mut there) = (stage.browser(), stage.browser());
    stage.sign_in(&mut here, 0).await;
    stage.sign_in(&mut there, 0).await;
    here.get("/.well-known/change-password").await;
    here.follow().await;
    assert_eq!(here.location(), Some("/account/confirm"));
    here.follow().await;
    here.post("/account/confirm", &[("password", stage.password(0))]).await;
    here.follow().await;
    let fields = |current| [("current_password", current), ("new_password", NEW_PASSWORD)];
    here.post("/account/password", &fields("wrong")).await;
    assert!(here.shows("role=\"alert\""));
    here.post("/account/password", &fields(stage.password(0))).await;
    assert_eq!(here.location(), Some("/account"), "{}", here.body);
    here.follow().await;
    assert!(here.status == StatusCode::OK && here.shows("Password changed"));
    there.get("/account").await;
    assert_eq!(there.location(), Some("/login"));
}

#[tokio::test]
async fn everywhere_is_everywhere() {
    let stage = Stage::new();
    let (mut here, mut there) = (stage.browser(), stage.browser());
    stage.sign_in(&mut here, 0).await;
    stage.sign_in(&mut there, 0).await;
    let cookie = here.cookie.clone();
    here.post("/account/sign-out-everywhere", &[]).await;
    for browser in [&mut here, &mut there] {
        browser.get("/account").await;
        assert_eq!(browser.location(), Some("/login"));
    }
    assert_ne!(here.cookie, cookie);
    assert_eq!(stage.audit(0).last().unwrap(), "signed out everywhere: 2 sessions");
}

#[tokio::test]
async fn whoever_may_not_add_a_passkey_learns_why() {
    let cases = [
        (Difficulty::EmailUnconfirmed, StatusCode::FORBIDDEN, "email_unconfirmed", "confirm link in your inbox"),
        (Difficulty::OnHold, StatusCode::FORBIDDEN, "on_hold", "on hold"),
        (Difficulty::NoPasskeysByPolicy, StatusCode::FORBIDDEN, "policy", "rules of this site"),
        (Difficulty::NoPasskeyPage, StatusCode::NOT_FOUND, "no_passkeys", ""),
    ];
    for (difficulty, status, code, words) in cases {
        let mut stage = Stage::new();
        stage.seeds[2].difficulties = vec![difficulty];
        let config = Config { accounts: stage.seeds.clone(), ..Config::default() };
        stage.site = super::site(&config).into();
        let mut browser = stage.browser();
        stage.sign_in(&mut browser, 2).await;
        browser.get("/account/passkeys/new").await;
        assert_eq!(browser.status, status, "{code}");
        assert!(browser.shows(words), "{code}: {}", browser.body);
        let answer = browser.script("/passkeys/register/options", &json!({})).await;
        assert_eq!(answer["code"], code);
        assert!(stage.audit(2).last().unwrap().starts_with("registration refused"), "{code}");
    }
}

#[tokio::test]
async fn an_account_has_its_limit_of_passkeys() {
    let stage = Stage::of(Difficulty::OnePasskeyLimit);
    let mut key = SoftKey::new();
    let mut browser = stage.with_passkey(0, &mut key).await;
    let answer = browser.script("/passkeys/register/options", &json!({})).await;
    assert_eq!((browser.status, &answer["code"]), (StatusCode::CONFLICT, &json!("limit_reached")));
}

#[tokio::test]
async fn a_confirmed_address_is_confirmed() {
    let mut stage = Stage::new();
    stage.seeds[2].difficulties = vec![Difficulty::EmailUnconfirmed];
    stage.site = super::site(&Config { accounts: stage.seeds.clone(), ..Config::default() }).into();
    let mut browser = stage.browser();
    browser.get("/inbox").await;
    let (_, rest) = browser.body.split_once("href=\"/inbox/confirm/").expect("a link");
    let link = format!("/inbox/confirm/{}", rest.split('"').next().unwrap());
    browser.get("/inbox/confirm/something-else").await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
    browser.get(&link).await;
    assert_eq!(stage.audit(2).last().unwrap(), "e-mail address confirmed");
    stage.sign_in(&mut browser, 2).await;
    browser.get("/account/passkeys/new").await;
    assert_eq!(browser.location(), Some("/account/confirm"), "only the password is asked now");
}

#[tokio::test]
async fn sign_ins_on_their_way_end_with_the_sessions() {
    let stage = Stage::new();
    let (mut thief, mut owner) = (stage.browser(), stage.browser());
    stage.give_password(&mut thief, 0, stage.password(0)).await;
    assert_eq!(thief.location(), Some("/verify/code"));
    stage.sign_in(&mut owner, 0).await;
    owner.post("/account/sign-out-everywhere", &[]).await;
    stage.pass(30);
    thief.post("/verify/code", &[("otp", &stage.code(0))]).await;
    thief.get("/account").await;
    assert_eq!(thief.location(), Some("/login"));
}

#[tokio::test]
async fn a_suspended_second_factor_is_still_one() {
    let stage = Stage::of(Difficulty::PasskeySecondFactorOnly);
    let mut key = SoftKey::new();
    let mut browser = stage.ready_to_add(2).await;
    let options = browser.script("/passkeys/register/options", &json!({})).await;
    browser.script("/passkeys/register", &key.create(&options, &Claims { sign_count: 7, ..Claims::default() })).await;
    let mut browser = stage.browser();
    stage.give_password(&mut browser, 2, stage.password(2)).await;
    browser.follow().await;
    let options = browser.script("/passkeys/sign-in/options", &json!({})).await;
    let answer = browser.script("/passkeys/sign-in", &key.get(&options, &Claims::default())).await;
    assert_eq!(answer["code"], "counter_regressed");
    let mut browser = stage.browser();
    stage.give_password(&mut browser, 2, stage.password(2)).await;
    assert_eq!(browser.location(), Some("/verify/passkey"), "not the password alone");
}

#[tokio::test]
async fn a_second_factor_is_no_confirmation() {
    let stage = Stage::of(Difficulty::PasskeySecondFactorOnly);
    let mut key = SoftKey::new();
    let mut browser = stage.ready_to_add(2).await;
    let options = browser.script("/passkeys/register/options", &json!({})).await;
    browser.script("/passkeys/register", &key.create(&options, &Claims::default())).await;
    let options = browser.script("/passkeys/sign-in/options", &json!({ "purpose": "confirm" })).await;
    let answer = browser.script("/passkeys/sign-in", &key.get(&options, &Claims::default())).await;
    assert_eq!(answer["code"], "second_factor_only");
}

#[tokio::test]
async fn whoever_signs_out_leaves_no_ceremony_behind() {
    let stage = Stage::new();
    let mut key = SoftKey::new();
    let mut browser = stage.with_passkey(0, &mut key).await;
    browser.post("/sign-out", &[]).await;
    browser.get("/explain").await;
    assert_eq!(browser.status, StatusCode::NOT_FOUND);
}
