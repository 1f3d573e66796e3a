//! Every profile of the practice site, in a real browser: each ends proven, or for the reason that a person needs to know.

use rekey_app::migrate::Goal;
use rekey_app::{Outcome, StopReason};
use rekey_relying_party::{Config, Profile, Seed};
use rekey_tests::rehearsal::Rehearsal;

/// How a profile's account must end.
fn expected(profile: &Profile) -> (Outcome, Option<StopReason>) {
    match profile.id {
        "second-factor" => (Outcome::SecondFactor, None),
        "email-code" => (Outcome::NeedsPerson, Some(StopReason::CodeSent)),
        "captcha" => (Outcome::NeedsPerson, Some(StopReason::Captcha)),
        "email-unconfirmed" => (Outcome::NeedsPerson, Some(StopReason::AddressUnconfirmed)),
        "on-hold" | "policy" => (Outcome::Stuck, Some(StopReason::Barred)),
        "no-passkeys" => (Outcome::Stuck, Some(StopReason::NoPasskeyPage)),
        _ => (Outcome::Proven, None),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_profile_ends_where_it_must() -> anyhow::Result<()> {
    if std::env::var_os("REKEY_TEST_LOG").is_some() {
        let _ = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_env_filter("rekey_app=debug,rekey_browser=debug")
            .with_writer(std::io::stderr)
            .try_init();
    }
    // For work on one profile: its name.
    let only = std::env::var("REKEY_TEST_PROFILE").ok();
    let chosen = |seed: &Seed| only.as_ref().is_none_or(|only| only.split(',').any(|id| id == seed.user_name));
    let accounts: Vec<_> = Seed::of_profiles(Profile::ALL).into_iter().filter(chosen).collect();
    let (_site, mut rehearsal) = Rehearsal::practice(Config { accounts, ..Config::default() }).await?;
    let (ended, _) = rehearsal.run(Goal::Migrate).await?;
    let mut wrong = Vec::new();
    for profile in Profile::ALL {
        let Ok(found) = Rehearsal::of(&ended, profile.id) else { continue };
        let line =
            format!("{}: {:?} {:?} in {:.1} s", profile.id, found.outcome, found.reason, found.took.as_secs_f64());
        eprintln!("{line}");
        if (found.outcome, found.reason) != expected(profile) {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    Ok(())
}
