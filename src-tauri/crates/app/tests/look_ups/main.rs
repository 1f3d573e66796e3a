//! Looking again, from the ledger's accounts to what is kept and said, against a server that is every host.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

#[allow(dead_code, unused_imports, reason = "the look-ups' own tests use the rest")]
#[path = "../../../lookup/tests/lookup/support/mod.rs"]
mod support;

use std::collections::HashMap;
use std::future::{pending, ready};
use std::path::Path;

use rekey_app::plan::{Judgement, PasskeyRole, Reason, day_of};
use rekey_app::text::{Language, Texts};
use rekey_app::{
    AccountFilter, AppError, Check, Checked, LookUp, Placements, ReadRequest, Session, Settings, Vaults, judge_accounts,
};
use sha1::{Digest as _, Sha1};
use support::{Asked, Publisher, Reply, Server, client, limits};

const DAY: u64 = 86_400_000;
/// 2026-11-27.
const NOW: u64 = 1_795_780_800_000;

const VAULT: &str = "name,url,username,password\n\
    Says,https://says.com/login,anna,hunter2\n\
    Silent,https://silent.com/,anna,Zk3!hs9_Kdl2pQ\n\
    Adobe,https://account.adobe.com/,anna,Qk3!hs9_Kdl2pR\n\
    Box,https://nas.lan/,anna,Tk3!hs9_Kdl2pS\n\
    Router,http://192.168.1.1/,admin,Rk3!hs9_Kdl2pT\n";

struct Sitting {
    session: Session,
    vaults: Vaults,
    settings: Settings,
    _folder: tempfile::TempDir,
}

impl Sitting {
    fn new(on: &[LookUp]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut session = Session::open(Some(&folder.path().join("profile"))).unwrap();
        let vaults = open(&folder.path().join("vault.csv"), VAULT);
        session.import(&vaults, false, &Texts::new(Language::English)).unwrap();
        let settings = Settings::change(&session.profile, |settings| {
            on.iter().for_each(|look_up| settings.switch(*look_up, true));
        });
        let settings = settings.unwrap();
        Self { session, vaults, settings, _folder: folder }
    }

    async fn look(&mut self, server: &Server, now: u64, cancelled: bool) -> Result<Checked, AppError> {
        let directory = self.session.profile.directory(now);
        let judged = judge_accounts(&self.vaults.accounts, &directory, |_, _| std::ops::ControlFlow::Continue(()));
        let accounts = self.vaults.accounts.iter();
        let ids = accounts.map(|account| self.session.ledger.account_id(&account.site, &account.user_name));
        let mut live: HashMap<_, _> = ids.zip(judged.unwrap()).collect();
        self.session.keep_health(&mut live)?;
        let check = Check::of(&self.session, &self.settings, &directory, Some(&self.vaults), now)?;
        let client = client(server, limits());
        let found = match cancelled {
            true => check.run(&client, |_, _| {}, ready(())).await,
            false => check.run(&client, |_, _| {}, pending()).await,
        };
        let checked = self.session.take_in(found, &mut live, &Texts::new(Language::English))?;
        self.session.told_of(checked.news.iter().map(|news| &news.site))?;
        Ok(checked)
    }

    fn judged(&self, site: &str) -> Option<Judgement> {
        let views = self.session.accounts(&AccountFilter::default()).unwrap();
        views.into_iter().find(|view| view.site.as_str() == site).unwrap().judged
    }
}

fn open(path: &Path, text: &str) -> Vaults {
    std::fs::write(path, text).unwrap();
    let mut vaults = Vaults::default();
    let read = ReadRequest::new(path).read_here().unwrap();
    vaults.add(read, &Placements::default());
    vaults
}

/// What the internet says: one site takes passkeys, one password is known, no list is signed.
fn internet(asked: &Asked) -> Reply {
    let hash = Sha1::digest(b"hunter2").iter().map(|byte| format!("{byte:02X}")).collect::<String>();
    match (asked.host.as_str(), asked.path.as_str()) {
        ("says.com", "/.well-known/passkey-endpoints") => {
            Reply::ok("application/json", r#"{"enroll": "https://id.says.com/keys", "manage": "https://evil.com/"}"#)
        }
        ("api.pwnedpasswords.com", path) if path == format!("/range/{}", &hash[..5]) => {
            Reply::ok("text/plain", format!("{}:52", &hash[5..]))
        }
        ("api.pwnedpasswords.com", _) => Reply::ok("text/plain", format!("{}:0", "0".repeat(35))),
        ("passkeys-api.2fa.directory", _) => {
            let list = r#"{"silent.com": {"passwordless": "allowed"}}"#;
            Reply::ok("application/octet-stream", Publisher::new(7).sign(list))
        }
        _ => Reply::not_found(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_sites_and_ranges_say_is_kept_and_news_is_told_once() {
    let server = Server::start(internet).await;
    let mut sitting = Sitting::new(&[LookUp::AskSites, LookUp::Breaches]);
    let checked = sitting.look(&server, NOW, false).await.unwrap();
    let sites = checked.sites.unwrap();
    assert_eq!((sites.asked, sites.found, sites.failed), (3, 1, 0), "neither a device nor a number is asked");
    let breaches = checked.breaches.unwrap();
    assert_eq!((breaches.asked, breaches.found), (5, 1));
    assert_eq!(checked.refresh, None);
    let news: Vec<_> = checked.news.iter().map(|news| (news.site.as_str(), news.role)).collect();
    assert_eq!(news, [("says.com", PasskeyRole::Unknown)], "the site does not say what they are good for");
    let directory = sitting.session.profile.directory(NOW);
    let known = directory.look_up_text("says.com").unwrap();
    assert_eq!(known.passkey_page().unwrap().value, "https://id.says.com/keys");
    assert_eq!(known.manage_page(), None, "a link to another site is not believed");
    assert_eq!(sitting.judged("says.com").unwrap().breached, Some(true));
    let silent = sitting.judged("silent.com").unwrap();
    assert_eq!((silent.breached, silent.breached_day), (Some(false), Some(day_of(NOW))));
    let plan = sitting.session.plan(&directory, &HashMap::new(), NOW).unwrap();
    let says = plan.iter().find(|planned| planned.site.as_str() == "says.com").unwrap();
    assert!(says.reasons.contains(&Reason::Breached), "{:?}", says.reasons);
    for asked in server.asked() {
        assert!(!asked.head.contains("hunter2") && !asked.head.contains("anna"), "{}", asked.path);
        assert!(
            ["says.com", "silent.com", "adobe.com", "api.pwnedpasswords.com"]
                .iter()
                .any(|own| asked.host.ends_with(own))
        );
    }

    let before = server.asked().iter().filter(|asked| asked.path.starts_with("/.well-known")).count();
    let again = sitting.look(&server, NOW + DAY, false).await.unwrap();
    assert_eq!((again.sites.unwrap().asked, again.news.len()), (0, 0), "asked yesterday, and told");
    let after = server.asked().iter().filter(|asked| asked.path.starts_with("/.well-known")).count();
    assert_eq!(before, after);
    let later = sitting.look(&server, NOW + 7 * DAY, false).await.unwrap();
    assert_eq!((later.sites.unwrap().asked, later.news.len()), (3, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_somebody_else_signed_changes_nothing() {
    let server = Server::start(internet).await;
    let mut sitting = Sitting::new(&[LookUp::Refresh]);
    let checked = sitting.look(&server, NOW, false).await.unwrap();
    let refresh = checked.refresh.unwrap();
    assert_eq!((refresh.found, refresh.failed), (0, 1));
    assert_eq!(refresh.problems[0].code, "list_signed_by_other");
    assert_eq!((checked.sites, checked.breaches, checked.news.len()), (None, None, 0));
    assert!(sitting.session.profile.directory(NOW).look_up_text("silent.com").is_none());
    let hosts: Vec<String> = server.asked().into_iter().map(|asked| asked.host).collect();
    assert_eq!(hosts, ["passkeys-api.2fa.directory"], "what is off is not asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cancelled_is_left_and_loses_nothing() {
    let server = Server::start(internet).await;
    let mut sitting = Sitting::new(&[LookUp::AskSites]);
    sitting.look(&server, NOW, false).await.unwrap();
    let cancelled = sitting.look(&server, NOW + 8 * DAY, true).await.unwrap();
    assert!(cancelled.cancelled && cancelled.sites.is_none(), "what was not reached is not said to be done");
    assert_eq!(Settings::of(&sitting.session.profile).last_checked(), Some(NOW));
    assert!(sitting.session.profile.directory(NOW).look_up_text("says.com").is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn with_everything_off_nobody_is_asked() {
    let server = Server::start(internet).await;
    let error = Sitting::new(&[]).look(&server, NOW, false).await.unwrap_err();
    assert_eq!(error.code(), "look_ups_off");
    assert_eq!(server.connections(), 0);
}
