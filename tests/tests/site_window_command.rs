//! `rekey migrate --browser embedded`: the command line hands over to the desktop shell beside it, and the site is shown
//! in a window of Rekey's own. On a site that none of us wrote.
#![cfg(target_os = "linux")]
#![allow(clippy::indexing_slicing, reason = "an index into JSON gives null where there is nothing")]

use anyhow::{Context as _, Result};
use rekey_tests::command::{Desk, facts, start, summary};
use rekey_tests::relying_party::{Allauth, AllauthOptions};
use rekey_tests::vault_file::VaultEntry;
use rekey_tests::window::{Display, sandbox_starts};

#[test]
fn a_site_of_other_people_is_proven_in_a_window_of_its_own() -> Result<()> {
    let site = Allauth::start(&AllauthOptions::default())?;
    let desk = Desk::new(&[site.entry()])?;
    let display = Display::start(1280, 900)?;
    let mut command = desk.migrate_in(
        "embedded",
        !sandbox_starts(),
        &["--all", "--sign-in", &site.sign_in_url, "--passkeys", &site.passkeys_url],
    )?;
    display.apply(&mut command);
    let (status, lines) = start(command)?.finish()?;
    let told = || format!("{lines:#?}");
    assert_eq!(status.code(), Some(0), "{}", told());
    assert_eq!(summary(&lines)?["proven"], 1, "{}", told());
    let started = facts(&lines, "journey_started").next().with_context(told)?;
    assert!(started["browser"].as_str().is_some_and(|name| name.contains("WebKitGTK")), "{started}");
    let proven = facts(&lines, "proven").next().with_context(told)?;
    assert_eq!((proven["proof"].as_str(), proven["source"].as_str()), (Some("passwordless"), Some("made_by_rekey")));
    for (file, bytes) in desk.artefacts()? {
        let found = bytes.windows(site.password.len()).any(|window| window == site.password.as_bytes());
        assert!(!found, "the password stands in {}", file.display());
    }
    Ok(())
}

#[test]
fn without_a_screen_it_says_so() -> Result<()> {
    let entry = VaultEntry {
        title: "A site".into(),
        url: "http://localhost:1/".into(),
        user_name: "ann".into(),
        password: "a password".into(),
        otp: String::new(),
    };
    let desk = Desk::new(&[entry])?;
    let mut command = desk.migrate_in("embedded", false, &["--all"])?;
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").stderr(std::process::Stdio::piped());
    let output = command.output()?;
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("browser_no_display"), "{output:?}");
    Ok(())
}
