//! The site driven over HTTP, by a small browser and a software authenticator, and a clock that the test sets.

mod account;
mod browser;
mod checks;
mod difficulties;
mod hardening;
pub(crate) mod key;
mod passkeys;
mod profiles;
mod server;
mod sign_in;
mod soft_key;
mod storage;

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::http::StatusCode;
use secrecy::ExposeSecret;
use url::Url;

use self::browser::Browser;
use crate::routes::router;
use crate::site::Site;
use crate::totp::Totp;
use crate::{AccountRecord, Clock, Config, Difficulty, Seed};

fn site(config: &Config) -> Site {
    Site::new(config, &Url::parse("http://localhost:4321/").unwrap()).unwrap()
}

/// A site with practice accounts: `alma` (one page, TOTP), `bruno` (two steps, TOTP), `carla` (script, no TOTP).
struct Stage {
    site: Arc<Site>,
    seeds: Vec<Seed>,
    now: Arc<Mutex<SystemTime>>,
}

impl Stage {
    fn new() -> Self {
        Self::with(Config::default())
    }

    fn of(difficulty: Difficulty) -> Self {
        Self::with(Config { difficulties: vec![difficulty], ..Config::default() })
    }

    fn with(config: Config) -> Self {
        let now = Arc::new(Mutex::new(UNIX_EPOCH + Duration::from_secs(1_800_000_000)));
        let shared = Arc::clone(&now);
        let clock = Clock::from_fn(move || *shared.lock().unwrap());
        let seeds = Seed::practice(3);
        let config = Config { accounts: seeds.clone(), clock, ..config };
        Self { site: Arc::new(site(&config)), seeds, now }
    }

    fn browser(&self) -> Browser {
        Browser::new(router(Arc::clone(&self.site)))
    }

    fn pass(&self, seconds: u64) {
        *self.now.lock().unwrap() += Duration::from_secs(seconds);
    }

    fn password(&self, account: usize) -> &str {
        self.seeds[account].password.expose_secret()
    }

    /// What the account's authenticator app shows now.
    fn code(&self, account: usize) -> String {
        let secret = self.seeds[account].totp.as_ref().unwrap();
        Totp::from_base32(secret.expose_secret()).unwrap().at(*self.now.lock().unwrap())
    }

    fn record(&self, account: usize) -> AccountRecord {
        self.site.records().unwrap().swap_remove(account)
    }

    fn audit(&self, account: usize) -> Vec<String> {
        self.record(account).audit.iter().map(|line| line.event.to_string()).collect()
    }

    /// Sends the one-page form; where it leads is for the caller to look at.
    async fn give_password(&self, browser: &mut Browser, account: usize, password: &str) {
        browser.get("/login").await;
        let name = self.seeds[account].user_name.clone();
        browser.post("/login", &[("username", &name), ("password", password)]).await;
    }

    /// Signs an account in, with its code where it has one. A new time step begins, so that the code is a fresh one.
    async fn sign_in(&self, browser: &mut Browser, account: usize) {
        self.pass(30);
        self.give_password(browser, account, self.password(account)).await;
        if browser.location() == Some("/verify/code") {
            browser.follow().await;
            let code = self.code(account);
            browser.post("/verify/code", &[("otp", &code)]).await;
        }
        assert_eq!(browser.location(), Some("/account"), "{}", browser.body);
        browser.follow().await;
    }

    /// Gives the password once more, and opens the page where a passkey is made.
    async fn confirm(&self, browser: &mut Browser, account: usize) {
        browser.get("/account/confirm").await;
        browser.post("/account/confirm", &[("password", self.password(account))]).await;
        assert_eq!(browser.location(), Some("/account/passkeys/new"), "{}", browser.body);
        browser.follow().await;
        assert_eq!(browser.status, StatusCode::OK);
    }

    /// A signed-in browser on the page where a passkey is made.
    async fn ready_to_add(&self, account: usize) -> Browser {
        let mut browser = self.browser();
        self.sign_in(&mut browser, account).await;
        self.confirm(&mut browser, account).await;
        browser
    }
}
