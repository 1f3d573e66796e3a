//! Journeys on the practice site, in a real browser: the main job, and every way in which a site can refuse.

use rekey_app::migrate::Goal;
use rekey_app::{EvidenceSource, Outcome, StopReason, Summary};
use rekey_relying_party::{Config, Difficulty, Seed, SignInMethod};
use rekey_tests::rehearsal::Rehearsal;

fn logged() {
    if std::env::var_os("REKEY_TEST_LOG").is_some() {
        let _ = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_env_filter("rekey_app=debug")
            .with_writer(std::io::stderr)
            .try_init();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_is_migrated_and_proven() -> anyhow::Result<()> {
    logged();
    let (site, mut rehearsal) =
        Rehearsal::practice(Config { accounts: Seed::practice(3), ..Config::default() }).await?;
    let (ended, summary) = rehearsal.run(Goal::Migrate).await?;
    assert_eq!(summary, Summary { total: 3, proven: 3, ..Summary::default() }, "{ended:#?}");
    for record in site.records()? {
        assert_eq!(record.passkeys.len(), 1, "{}", record.user_name);
        assert_eq!(record.last_sign_in, Some(SignInMethod::Passkey), "{}", record.user_name);
        assert!(record.passkeys.iter().all(|passkey| passkey.user_verified && passkey.last_used_at.is_some()));
    }
    // A second run has nothing left to do, and a proof can be repeated.
    let (_, summary) = rehearsal.run(Goal::Migrate).await?;
    assert_eq!(summary.proven, 3);
    let (ended, summary) = rehearsal.run(Goal::Prove).await?;
    assert_eq!(summary.proven, 3, "{ended:#?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_ends_where_it_must() -> anyhow::Result<()> {
    logged();
    let cases = [
        (Difficulty::RefusePassword, Outcome::Stuck, Some(StopReason::PasswordRefused)),
        (Difficulty::RefuseTotp, Outcome::Stuck, Some(StopReason::TotpRefused)),
        (Difficulty::RefuseCredential, Outcome::Stuck, Some(StopReason::SiteRefusedCredential)),
        (Difficulty::RefuseAssertion, Outcome::Stuck, Some(StopReason::ProofFailed)),
        (Difficulty::OrdinaryPageAfterAssertion, Outcome::Stuck, Some(StopReason::ProofFailed)),
        (Difficulty::PasskeySecondFactorOnly, Outcome::SecondFactor, None),
        (Difficulty::NoPasskeyPage, Outcome::Stuck, Some(StopReason::NoPasskeyPage)),
        (Difficulty::OneTimeCodeByEmail, Outcome::NeedsPerson, Some(StopReason::CodeSent)),
        (Difficulty::Captcha, Outcome::NeedsPerson, Some(StopReason::Captcha)),
        (Difficulty::DropConnectionAfterPassword, Outcome::Stuck, Some(StopReason::Unreachable)),
    ];
    let mut accounts = Seed::practice(3 * cases.len());
    // The one-page account of each group of three has a one-time-code secret.
    let mut index = 0;
    accounts.retain(|_| {
        index += 1;
        index % 3 == 1
    });
    for (seed, (difficulty, ..)) in accounts.iter_mut().zip(cases) {
        seed.difficulties.push(difficulty);
    }
    let users: Vec<_> = accounts.iter().map(|seed| seed.user_name.clone()).collect();
    let (_site, mut rehearsal) = Rehearsal::practice(Config { accounts, ..Config::default() }).await?;
    let (ended, summary) = rehearsal.run(Goal::Migrate).await?;
    let mut wrong = Vec::new();
    for (user, (difficulty, outcome, reason)) in users.iter().zip(cases) {
        let found = Rehearsal::of(&ended, user)?;
        if (found.outcome, found.reason) != (outcome, reason) {
            wrong.push(format!(
                "{difficulty:?}: expected {outcome:?} {reason:?}, found {:?} {:?}",
                found.outcome, found.reason
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!((summary.total, summary.proven), (cases.len(), 0));
    Ok(())
}

/// The page's word is all there is in native mode, and it is filed as such; a virtual authenticator counts for tests only.
#[tokio::test(flavor = "multi_thread")]
async fn a_browser_with_its_own_authenticator_is_observed() -> anyhow::Result<()> {
    logged();
    let (site, mut rehearsal) =
        Rehearsal::practice(Config { accounts: Seed::practice(1), ..Config::default() }).await?;
    let (ended, summary) = rehearsal.run_native(Goal::Migrate).await?;
    assert_eq!(summary.proven, 1, "{ended:#?}");
    let account = ended.first().map(|e| e.account.account).expect("one account");
    let credential = rehearsal.session.ledger.progress(account)?.credential.expect("a passkey");
    assert_eq!((credential.source, credential.home.as_str()), (EvidenceSource::Simulated, "browser-profile"));
    let record = site.records()?.pop().expect("one account");
    assert_eq!(record.passkeys.iter().map(|p| p.credential_id.as_str()).collect::<Vec<_>>(), [credential.id.as_str()]);
    assert_eq!(record.last_sign_in, Some(SignInMethod::Passkey));
    Ok(())
}
