use libtest_mimic::Trial;
use rekey_app::Goal;
use rekey_app::migrate::Launch;
use rekey_desktop::site_window;
use rekey_relying_party::{Config, Seed, SignInMethod};
use rekey_tests::rehearsal::Rehearsal;
use tempfile::TempDir;

use super::support::options;
use super::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![trial("practice_accounts_are_proven", practice_accounts_are_proven)]
}

pub(crate) fn launch(data: &TempDir) -> Launch {
    let options = options(data);
    site_window::launch(move || options.clone())
}

async fn practice_accounts_are_proven() {
    let (site, mut rehearsal) =
        Rehearsal::practice(Config { accounts: Seed::practice(3), ..Config::default() }).await.unwrap();
    let data = TempDir::new().unwrap();
    let (ended, summary) = rehearsal.run_in(Goal::Migrate, launch(&data), None, None).await.unwrap();
    assert_eq!(summary.proven, ended.len(), "{ended:?}\n{:#?}", rehearsal.lines);
    // The site's own word, not only Rekey's.
    for record in site.records().unwrap() {
        assert_eq!(record.last_sign_in, Some(SignInMethod::Passkey), "{}", record.user_name);
        assert!(record.passkeys.iter().all(|passkey| passkey.user_verified), "{}", record.user_name);
    }
    site.stop().await;
}
