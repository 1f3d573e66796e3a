//! The practice site, driven by clients that other people wrote: python-fido2's, and a browser through Playwright.
//!
//! A case is an entry in `tests/clients/cases/`: what the client does, and what the site must answer. The Python
//! programs beside them only play cases and say what they saw; whether that is right is decided here, with the site's
//! own records at hand.

mod cases;
mod child;
mod verdict;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail, ensure};
use rekey_relying_party::{AccountRecord, Attestation, Clock, Config, Difficulty, PracticeSite, Seed};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

pub use cases::Case;
use child::{Child, authority};
pub use verdict::Verdicts;

/// Which Python program plays the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// python-fido2's client with an authenticator in software.
    Fido2,
    /// An installed Chromium with a virtual authenticator.
    Browser,
}

/// What one case led to.
#[derive(Debug)]
pub struct Played {
    /// The case.
    pub case: Case,
    /// What the client saw.
    pub seen: Value,
    /// The site's records of the case's accounts, when everything was over.
    pub records: Vec<AccountRecord>,
    /// The line that the site noted of nobody, where the case says that it must.
    pub noted: Option<String>,
}

/// Seconds since 1970 by the site's clock when it starts. It stands still until a case advances it.
const START: u64 = 1_800_000_000;

/// Plays all cases, those of one kind of site on one site.
pub async fn play(client: Client, cases: Vec<Case>) -> Result<Vec<Played>> {
    let mut sites: BTreeMap<Option<String>, Vec<Case>> = BTreeMap::new();
    for case in cases {
        sites.entry(case.site.clone()).or_default().push(case);
    }
    let mut played = Vec::new();
    for (site, cases) in sites {
        played.extend(play_on(config(site.as_deref())?, client, cases).await?);
    }
    Ok(played)
}

/// The authority whose attestations the site `attestation` trusts.
const AUTHORITY: &str = "Practice authority";

/// How a site of this kind is set up.
fn config(site: Option<&str>) -> Result<Config> {
    let difficult = |difficulty| Config { difficulties: vec![difficulty], ..Config::default() };
    match site {
        None => Ok(Config::default()),
        Some("second-factor") => Ok(difficult(Difficulty::PasskeySecondFactorOnly)),
        Some("conditional-create") => Ok(difficult(Difficulty::ConditionalCreate)),
        Some("attestation") => {
            let attestation = Attestation::Direct { roots: vec![authority(AUTHORITY)?] };
            Ok(Config { attestation, ..Config::default() })
        }
        Some(other) => bail!("the practice site cannot be set up as \"{other}\""),
    }
}

/// Starts a site with accounts for each case, and plays them one after the other.
async fn play_on(config: Config, client: Client, cases: Vec<Case>) -> Result<Vec<Played>> {
    let now = Arc::new(AtomicU64::new(START));
    let shared = Arc::clone(&now);
    let clock = Clock::from_fn(move || UNIX_EPOCH + Duration::from_secs(shared.load(Ordering::SeqCst)));
    let seeds: Vec<Vec<Seed>> = cases.iter().map(seeds).collect();
    let accounts = seeds.iter().flatten().cloned().collect();
    let site = PracticeSite::start(Config { accounts, clock, ..config }).await?;

    let plays: Vec<Value> = cases.iter().zip(&seeds).map(|(case, seeds)| case.for_client(seeds)).collect();
    let mut job = json!({ "origin": site.url().origin().ascii_serialization(), "now": START, "plays": plays });
    if client == Client::Browser {
        job["browser"] = child::browser().await?;
    }
    let lines = tokio::task::spawn_blocking(move || -> Result<Vec<Value>> {
        let mut child = Child::start(&job)?;
        let mut lines = Vec::new();
        while let Some(line) = child.next_line()? {
            match line["advance"].as_u64() {
                Some(seconds) => {
                    now.fetch_add(seconds, Ordering::SeqCst);
                    child.go_on()?;
                }
                None => lines.push(line),
            }
        }
        child.finish()?;
        Ok(lines)
    })
    .await??;

    for secret in seeds.iter().flatten().flat_map(|seed| [Some(&seed.password), seed.totp.as_ref()]).flatten() {
        let said = lines.iter().any(|line| line.to_string().contains(secret.expose_secret()));
        ensure!(!said, "the client says a secret");
    }
    let mut records = site.records()?;
    let mut of_nobody: Vec<String> = site.refused()?.iter().map(|line| line.event.to_string()).collect();
    cases
        .into_iter()
        .map(|case| {
            let seen = lines.iter().find(|line| line["case"] == case.name).cloned();
            let seen = seen.with_context(|| format!("{}: not played", case.name))?;
            let own = records.drain(..case.accounts).collect();
            // Each case needs a line of its own.
            let wanted = case.expect["noted"].as_str();
            let found = wanted.and_then(|wanted| of_nobody.iter().position(|line| line.starts_with(wanted)));
            let noted = found.map(|at| of_nobody.swap_remove(at));
            Ok(Played { case, seen, records: own, noted })
        })
        .collect()
}

/// The accounts of a case, named after it.
fn seeds(case: &Case) -> Vec<Seed> {
    let mut seeds = Seed::practice(case.accounts);
    for (index, seed) in seeds.iter_mut().enumerate() {
        seed.user_name = format!("{}.{index}", case.name);
        if !case.totp {
            seed.totp = None;
        }
    }
    seeds
}
