//! Journeys on a site that none of us wrote: django-allauth, in two languages, with passkeys for signing in and as a
//! second factor only.

use rekey_app::migrate::Goal;
use rekey_app::{Event, Outcome, ProofKind, RunLine};
use rekey_tests::rehearsal::Rehearsal;
use rekey_tests::relying_party::{Allauth, AllauthOptions};
use rekey_tests::vault_file::VaultEntry;

fn logged() {
    if std::env::var_os("REKEY_TEST_LOG").is_some() {
        let _ = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_env_filter("rekey_app=debug")
            .with_writer(std::io::stderr)
            .try_init();
    }
}

/// Migrates the site's one account with nothing but its vault entry and the two addresses.
async fn check(options: AllauthOptions, expect: ProofKind) -> anyhow::Result<()> {
    logged();
    let site = Allauth::start(&options)?;
    let entry = VaultEntry {
        title: "A site".into(),
        url: site.url.clone(),
        user_name: site.user_name.into(),
        password: site.password.into(),
        otp: site.totp_secret.unwrap_or_default().into(),
    };
    let mut rehearsal = Rehearsal::start(&[entry])?;
    let (ended, _) = rehearsal.run_at(Goal::Migrate, Some(&site.sign_in_url), Some(&site.passkeys_url)).await?;
    let outcome = match expect {
        ProofKind::Passwordless => Outcome::Proven,
        ProofKind::SecondFactor => Outcome::SecondFactor,
    };
    assert_eq!(ended.iter().map(|e| (e.outcome, e.reason)).collect::<Vec<_>>(), [(outcome, None)]);

    let facts: Vec<_> = rehearsal
        .lines
        .iter()
        .filter_map(|line| match line {
            RunLine::Ledger { fact, .. } => Some(fact),
            _ => None,
        })
        .collect();
    let has = |wanted: fn(&Event) -> bool| facts.iter().any(|fact| wanted(fact));
    assert!(has(|f| matches!(f, Event::CodeGiven { .. })), "the second factor was given");
    assert!(has(|f| matches!(f, Event::Reauthenticated)), "the site asked for the password once more");
    if options.passkey_login {
        assert!(has(|f| matches!(f, Event::PasswordlessBoxTicked)), "the box for signing in was ticked");
    }
    let proven = facts.iter().find_map(|fact| match fact {
        Event::Proven { proof, signals, .. } => Some((*proof, signals.clone())),
        _ => None,
    });
    let (proof, signals) = proven.expect("a proof");
    assert_eq!(proof, expect);
    assert!(signals.len() >= 2, "several signals said signed in: {signals:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_with_the_passkey_alone() -> anyhow::Result<()> {
    check(AllauthOptions::default(), ProofKind::Passwordless).await
}

#[tokio::test(flavor = "multi_thread")]
async fn in_spanish() -> anyhow::Result<()> {
    check(AllauthOptions { language: "es", ..AllauthOptions::default() }, ProofKind::Passwordless).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_only() -> anyhow::Result<()> {
    check(AllauthOptions { passkey_login: false, ..AllauthOptions::default() }, ProofKind::SecondFactor).await
}
