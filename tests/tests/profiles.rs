//! Every profile of the practice site, in a real browser: each ends proven, or for the reason that a person needs to know.

use rekey_app::migrate::Goal;
use rekey_app::{Outcome, StopReason};
use rekey_relying_party::{Config, Profile, Seed, SignInMethod};
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
    check(0).await
}

/// The other half, at the same time.
#[tokio::test(flavor = "multi_thread")]
async fn every_other_profile_ends_where_it_must() -> anyhow::Result<()> {
    check(1).await
}

#[expect(clippy::print_stdout, reason = "the table is for whoever asks for the output")]
async fn check(half: usize) -> anyhow::Result<()> {
    if std::env::var_os("REKEY_TEST_LOG").is_some() {
        let _ = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_env_filter("rekey_app=debug,rekey_browser=debug")
            .with_writer(std::io::stderr)
            .try_init();
    }
    // For work on a few: their names.
    let only = std::env::var("REKEY_TEST_PROFILE").ok();
    let chosen = |id: &str| only.as_ref().is_none_or(|only| only.split(',').any(|name| name == id));
    let profiles: Vec<_> = Profile::ALL.iter().skip(half).step_by(2).filter(|profile| chosen(profile.id)).collect();
    let mut accounts = Seed::of_profiles(Profile::ALL);
    accounts.retain(|seed| profiles.iter().any(|profile| profile.id == seed.user_name));
    let (site, mut rehearsal) = Rehearsal::practice(Config { accounts, ..Config::default() }).await?;
    let (ended, _) = rehearsal.run(Goal::Migrate).await?;
    let mut wrong = Vec::new();
    for profile in profiles {
        let found = Rehearsal::of(&ended, profile.id)?;
        let seconds = found.took.as_secs_f64();
        let line = format!("{}: {:?} {:?} in {seconds:.1} s", profile.id, found.outcome, found.reason);
        println!("{line}");
        let records = site.records()?;
        let record = records.iter().find(|record| record.user_name == profile.id);
        // The site's own word for it.
        let last = record.and_then(|record| record.last_sign_in);
        let proven = found.outcome != Outcome::Proven || last == Some(SignInMethod::Passkey);
        if (found.outcome, found.reason) != expected(profile) || !proven {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    Ok(())
}
