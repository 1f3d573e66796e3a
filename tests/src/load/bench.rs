//! Sign-ins a second, beside the cheapest answer of the same server in the same run.

use std::time::{Duration, Instant};

use anyhow::Result;
use rekey_relying_party::{Config, PracticeSite, Seed};

use super::{Key, Visitor, in_parallel, resident_memory};

const ACCOUNTS: usize = 1_000;
const PASSKEYS: usize = 5;
const CLIENTS: usize = 8;

/// A small JSON file without a session, as the server sends it.
const ECHO: &str = "/.well-known/webauthn";

/// Fills a site with accounts and passkeys by its own API, lets every passkey sign in once, and prints how fast that
/// went.
#[allow(clippy::print_stdout, reason = "a program's output")]
pub async fn bench() -> Result<()> {
    let total = ACCOUNTS * PASSKEYS;
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    println!(
        "practice site ({build} build, storage in memory): {ACCOUNTS} accounts with {PASSKEYS} Ed25519 passkeys each, \
         {CLIENTS} clients; about two minutes on two cores, most of it for 2 × {ACCOUNTS} password hashes"
    );
    let started = Instant::now();
    let mut accounts = Seed::practice(ACCOUNTS);
    for account in &mut accounts {
        account.totp = None;
    }
    let config = Config { accounts: accounts.clone(), reauthenticate_always: false, ..Config::default() };
    let site = PracticeSite::start(config).await?;
    let origin = site.url().origin().ascii_serialization();
    tokio::task::spawn_blocking(move || -> Result<()> {
        let keys = in_parallel(CLIENTS, &accounts, |agent, account| register(agent, &origin, account))?;
        // Not one account after the other.
        let keys: Vec<&Key> =
            (0..PASSKEYS).flat_map(|place| keys.iter().filter_map(move |own| own.get(place))).collect();
        println!("{:<12} {:>8.1} s to hash, sign in and register", "prepared", started.elapsed().as_secs_f64());
        let before = resident_memory();

        let echo = Round::run(&vec![(); total], |agent, ()| {
            agent.get(format!("{origin}{ECHO}")).call()?.body_mut().read_to_vec()?;
            Ok(())
        })?;
        echo.print("echo");
        let sign_ins = Round::run(&keys, |agent, key| Visitor::arrive(agent, &origin)?.use_passkey(key))?;
        sign_ins.print("sign-ins");
        println!(
            "{:<12} {:>8.1} echoes take as long as one sign-in, which is three requests: page, options, answer",
            "ratio",
            echo.rate() / sign_ins.rate()
        );
        if let (Some(before), Some(after)) = (before, resident_memory()) {
            println!("{:<12} {before:>8.1} MiB before, {after:.1} MiB after, clients included", "resident");
        }
        Ok(())
    })
    .await??;
    site.stop().await;
    Ok(())
}

fn register(agent: &ureq::Agent, origin: &str, account: &Seed) -> Result<Vec<Key>> {
    let mut visitor = Visitor::arrive(agent, origin)?;
    visitor.give_password(account)?;
    (0..PASSKEYS).map(|_| visitor.add_passkey()).collect()
}

/// Many visits of one kind.
struct Round {
    elapsed: Duration,
    /// Of each visit, shortest first.
    latencies: Vec<Duration>,
}

impl Round {
    fn run<T: Sync>(items: &[T], visit: impl Fn(&ureq::Agent, &T) -> Result<()> + Sync) -> Result<Self> {
        let start = Instant::now();
        let mut latencies = in_parallel(CLIENTS, items, |agent, item| {
            let start = Instant::now();
            visit(agent, item)?;
            Ok(start.elapsed())
        })?;
        let elapsed = start.elapsed();
        latencies.sort_unstable();
        Ok(Self { elapsed, latencies })
    }

    /// A second.
    fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.elapsed.as_secs_f64()
    }

    fn percentile(&self, percent: usize) -> f64 {
        let at = (self.latencies.len() * percent / 100).min(self.latencies.len().saturating_sub(1));
        self.latencies.get(at).copied().unwrap_or_default().as_secs_f64() * 1000.0
    }

    #[allow(clippy::print_stdout, reason = "a program's output")]
    fn print(&self, name: &str) {
        println!(
            "{name:<12} {:>8.1} a second   p50 {:>6.1} ms   p99 {:>6.1} ms   ({} in {:.1} s)",
            self.rate(),
            self.percentile(50),
            self.percentile(99),
            self.latencies.len(),
            self.elapsed.as_secs_f64()
        );
    }
}
