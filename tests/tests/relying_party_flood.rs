//! Ten thousand ceremonies that nobody finishes.

use anyhow::{Context as _, Result};
use rekey_relying_party::{Config, PracticeSite, Seed};
use rekey_tests::load::{Key, Visitor, agent, in_parallel, resident_memory};
use serde_json::json;

/// Sessions, each with as many challenges as one may hold.
const SESSIONS: usize = 2_500;
const EACH: usize = 4;
const CONNECTIONS: usize = 16;

/// The site holds 4,096 challenges at once and 16,384 sessions, some kilobytes each.
const MEMORY: f64 = 100.0;

#[tokio::test(flavor = "multi_thread")]
async fn half_open_ceremonies_cost_their_owners_only_and_little() -> Result<()> {
    let seed = Seed { totp: None, ..Seed::practice(1).remove(0) };
    let config = Config { accounts: vec![seed.clone()], reauthenticate_always: false, ..Config::default() };
    let site = PracticeSite::start(config).await?;
    let origin = site.url().origin().ascii_serialization();
    tokio::task::spawn_blocking(move || check(&site, &origin, &seed)).await?
}

fn check(site: &PracticeSite, origin: &str, seed: &Seed) -> Result<()> {
    let agent = agent();
    let mut owner = Visitor::arrive(&agent, origin)?;
    owner.give_password(seed)?;
    let key = owner.add_passkey()?;
    let mut early = Visitor::arrive(&agent, origin)?;
    let (to_get, to_create) =
        (early.options("/passkeys/sign-in/options")?, owner.options("/passkeys/register/options")?);
    let before = resident_memory();
    let stored = || anyhow::Ok(site.records()?.pop().context("one account")?.passkeys);
    let passkeys = stored()?;

    in_parallel(CONNECTIONS, &[(); SESSIONS], |agent, ()| {
        let mut visitor = Visitor::arrive(agent, origin)?;
        (0..EACH).try_for_each(|_| visitor.options("/passkeys/sign-in/options").map(drop))
    })?;

    if let (Some(before), Some(after)) = (before, resident_memory()) {
        assert!(after - before < MEMORY, "{before} MiB became {after} MiB");
    }
    assert_eq!(early.get("/")?.status, 200);
    // What anybody can begin had to make room for the later ones.
    let refused = early.script("/passkeys/sign-in", &key.get(&to_get, origin)?)?;
    assert_eq!((refused.status, refused.json().pointer("/code").cloned()), (400, Some(json!("challenge_missing"))));
    assert_eq!(stored()?, passkeys);
    let audit = site.records()?.pop().context("one account")?.audit;
    let last = audit.last().map(|line| line.event.to_string());
    assert_eq!(last.as_deref(), Some("passkey sign-in refused: no challenge is waiting"));
    // What somebody began who had shown who they are, did not.
    let (_, credential) = Key::create(&to_create, origin)?;
    assert_eq!(owner.script("/passkeys/register", &credential)?.status, 200);
    assert_eq!(stored()?.len(), 2);
    // Whoever comes now is served as before.
    let another = owner.add_passkey()?;
    Visitor::arrive(&agent, origin)?.use_passkey(&key)?;
    Visitor::arrive(&agent, origin)?.use_passkey(&another)?;
    assert_eq!(stored()?.len(), 3);
    Ok(())
}
