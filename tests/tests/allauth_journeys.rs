//! `rekey migrate` on a site that none of us wrote: django-allauth, in two languages, with passkeys for signing in and
//! as a second factor only. The account's vault entry and two addresses are all it gets.

#![allow(clippy::indexing_slicing, reason = "an index into JSON gives null where there is nothing")]

use anyhow::{Context as _, Result};
use rekey_tests::command::{Desk, facts, start, summary};
use rekey_tests::relying_party::{Allauth, AllauthOptions};

fn check(options: AllauthOptions, proof: &str, exit: i32) -> Result<()> {
    let site = Allauth::start(&options)?;
    let desk = Desk::new(&[site.entry()])?;
    let command = desk.migrate(&["--all", "--sign-in", &site.sign_in_url, "--passkeys", &site.passkeys_url])?;
    let (status, lines) = start(command)?.finish()?;
    let told = || format!("{lines:#?}");
    assert_eq!(status.code(), Some(exit), "{}", told());
    let summary = summary(&lines)?;
    assert_eq!(summary["total"], 1, "{summary}");
    assert_eq!(summary[if proof == "passwordless" { "proven" } else { "second_factor" }], 1, "{}", told());

    assert_eq!(facts(&lines, "code_given").count(), 1, "the second factor was given once");
    assert_eq!(facts(&lines, "reauthenticated").count(), 1, "the site asked for the password once more");
    let ticked = facts(&lines, "passwordless_box_ticked").count();
    assert_eq!(ticked, usize::from(options.passkey_login), "the box for signing in was ticked where there is one");
    let proven = facts(&lines, "proven").next().with_context(told)?;
    assert_eq!(proven["proof"], proof);
    assert_eq!(proven["source"], "made_by_rekey");
    let signals: Vec<_> = proven["signals"].as_array().into_iter().flatten().filter_map(|s| s.as_str()).collect();
    assert!(signals.contains(&"protected-page-opened") && signals.len() >= 2, "what said signed in: {signals:?}");

    for (file, bytes) in desk.artefacts()? {
        for secret in [site.password, site.totp_secret.unwrap_or(site.password)] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "a secret of the vault stands in {}", file.display());
        }
    }
    Ok(())
}

#[test]
fn signing_in_with_the_passkey_alone() -> Result<()> {
    check(AllauthOptions::default(), "passwordless", 0)
}

#[test]
fn in_spanish() -> Result<()> {
    check(AllauthOptions { language: "es", ..AllauthOptions::default() }, "passwordless", 0)
}

#[test]
fn a_second_factor_only() -> Result<()> {
    check(AllauthOptions { passkey_login: false, ..AllauthOptions::default() }, "second_factor", 0)
}

/// The site refuses a code that it has seen, so the second run must wait for the next one.
#[test]
fn killed_after_the_code_was_submitted() -> Result<()> {
    let site = Allauth::start(&AllauthOptions::default())?;
    let desk = Desk::new(&[site.entry()])?;
    let command = || desk.migrate(&["--all", "--sign-in", &site.sign_in_url, "--passkeys", &site.passkeys_url]);
    let mut first = start(command()?)?;
    let given = first.until_fact("code_given")?["fact"]["step"].as_u64();
    first.until_fact("signed_in")?;
    first.kill()?;

    let (status, lines) = start(command()?)?.finish()?;
    assert_eq!(status.code(), Some(0), "{lines:#?}");
    let again = facts(&lines, "code_given").next().and_then(|fact| fact["step"].as_u64());
    assert!(again > given && given.is_some(), "the code of step {again:?} was given after that of {given:?}");
    assert_eq!(summary(&lines)?["proven"], 1);
    Ok(())
}
