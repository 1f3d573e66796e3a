//! What a run survives: the browser's death, a lost site, Ctrl-C, and being killed at any fact.

#![allow(clippy::indexing_slicing, reason = "an index into JSON gives null where there is nothing")]

use std::process::Command;

use anyhow::{Context as _, Result};
use rekey_relying_party::{Config, PracticeSite, Seed};
use rekey_tests::command::{Desk, document, facts, start, summary};
use rekey_tests::rehearsal::entry;

async fn practice(count: usize) -> Result<(PracticeSite, Desk)> {
    // Without one-time codes no run has to wait for the next one.
    let mut accounts = Seed::practice(count);
    accounts.iter_mut().for_each(|seed| seed.totp = None);
    let seeds = accounts.clone();
    let site = PracticeSite::start(Config { accounts, ..Config::default() }).await?;
    let entries: Vec<_> = seeds.iter().map(|seed| entry(seed, &site)).collect();
    Ok((site, Desk::new(&entries)?))
}

/// The ledger answers, and every account is in a state that a run can go on from.
fn ledger_is_whole(desk: &Desk, accounts: u64) -> Result<()> {
    let (status, counts) = document(desk.rekey(&["status"])?)?;
    assert_eq!(status.code(), Some(0));
    assert_eq!(counts["accounts"].as_u64(), Some(accounts), "{counts}");
    Ok(())
}

/// The processes that a process started, of which the browser is one.
fn children(parent: u32) -> Result<Vec<String>> {
    let listed = Command::new("ps").args(["-o", "pid=", "--ppid", &parent.to_string()]).output()?;
    Ok(String::from_utf8(listed.stdout)?.split_whitespace().map(str::to_owned).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_every_kind_of_fact() -> Result<()> {
    let (site, desk) = practice(1).await?;
    for kind in ["journey_started", "password_given", "signed_in", "passkey_created", "proof_started", "asserted"] {
        let mut run = start(desk.migrate(&["--all"])?)?;
        run.until_fact(kind).with_context(|| format!("before {kind}"))?;
        run.kill()?;
        ledger_is_whole(&desk, 1)?;
    }
    let (status, lines) = start(desk.migrate(&["--all"])?)?.finish()?;
    assert_eq!(status.code(), Some(0), "{lines:#?}");
    assert_eq!(summary(&lines)?["proven"], 1);
    let record = site.records()?.pop().context("one account")?;
    assert_eq!(record.failed_attempts, 0, "nothing was refused on the way");
    assert!(record.passkeys.iter().any(|passkey| passkey.last_used_at.is_some()));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_dies_and_the_next_account_gets_another() -> Result<()> {
    let (_site, desk) = practice(2).await?;
    let mut run = start(desk.migrate(&["--all"])?)?;
    run.until_fact("journey_started")?;
    for browser in children(run.id())? {
        Command::new("kill").args(["-9", &browser]).status()?;
    }
    let (status, lines) = run.finish()?;
    assert_eq!(status.code(), Some(4), "{lines:#?}");
    let told = summary(&lines)?;
    assert_eq!((told["stuck"].as_u64(), told["proven"].as_u64()), (Some(1), Some(1)), "{lines:#?}");
    assert_eq!(facts(&lines, "stopped").map(|f| f["reason"].clone()).collect::<Vec<_>>(), ["browser_gone"]);

    let (status, lines) = start(desk.migrate(&["--all"])?)?.finish()?;
    assert_eq!((status.code(), summary(&lines)?["proven"].as_u64()), (Some(0), Some(2)), "{lines:#?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_site_is_said_and_nothing_is_lost() -> Result<()> {
    let (site, desk) = practice(1).await?;
    let mut run = start(desk.migrate(&["--all"])?)?;
    run.until_fact("user_name_given")?;
    site.stop().await;
    let (status, lines) = run.finish()?;
    assert_eq!(status.code(), Some(4), "{lines:#?}");
    assert_eq!(facts(&lines, "stopped").map(|f| f["reason"].clone()).collect::<Vec<_>>(), ["unreachable"]);
    ledger_is_whole(&desk, 1)
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_ends_cleanly_and_the_same_command_goes_on() -> Result<()> {
    let (_site, desk) = practice(3).await?;
    let mut run = start(desk.migrate(&["--all"])?)?;
    run.until_fact("signed_in")?;
    run.interrupt()?;
    let (status, lines) = run.finish()?;
    assert_eq!(status.code(), Some(4), "{lines:#?}");
    let told = summary(&lines)?;
    assert_eq!((told["total"].as_u64(), told["skipped"].as_u64()), (Some(3), Some(3)), "{told}");

    let (status, lines) = start(desk.migrate(&["--all"])?)?.finish()?;
    assert_eq!((status.code(), summary(&lines)?["proven"].as_u64()), (Some(0), Some(3)), "{lines:#?}");
    Ok(())
}
