//! Looking sites up, beside a `HashMap` of the same names: `cargo xtask bench sites`.
#![allow(clippy::print_stdout, reason = "a program's output")]

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

use rekey_origin::Site;
use rekey_sites::{Directory, MAX_SITES, Refresh, Refreshes};
use url::Url;

/// Each figure is the best of so many rounds, taken in turn, so that what else runs disturbs all alike.
const ROUNDS: usize = 60;
/// Look-ups in one round.
const LOOK_UPS: usize = 100_000;

fn main() {
    println!("look-ups of a site, best of {ROUNDS} rounds of {LOOK_UPS}, in turn");
    let known: Vec<String> = Directory::built_in().records().iter().map(|record| record.domain.to_string()).collect();
    let unknown: Vec<String> = known.iter().map(|domain| format!("un{domain}")).collect();
    compare("compiled in, known", &Directory::built_in(), &known, &known);
    compare("compiled in, unknown", &Directory::built_in(), &known, &unknown);

    let many: Vec<String> = (0..MAX_SITES).map(|number| format!("site-{number}.com")).collect();
    let refreshed = many.iter().map(|domain| Refresh {
        domain: domain.clone(),
        passwordless: true,
        mfa: false,
        documentation: Some(format!("https://{domain}/help")),
    });
    match Refreshes::new(refreshed, "2026-11-27") {
        Ok((layer, refused)) if refused.is_empty() => {
            let directory = Directory::built_in().with_refreshed(layer);
            let others: Vec<String> = many.iter().map(|domain| format!("un{domain}")).collect();
            compare("and a layer of 100,000, known", &directory, &many, &many);
            compare("and a layer of 100,000, unknown", &directory, &many, &others);
            from_address(&directory, &many);
        }
        _ => println!("the synthetic layer was not taken"),
    }
    from_address(&Directory::built_in(), &known);
}

/// Times the look-up of the same names in both, and prints their ratio.
fn compare(name: &str, directory: &Directory, held: &[String], asked: &[String]) {
    let map: HashMap<String, usize> = held.iter().cloned().zip(0..).collect();
    let sites: Vec<Site> = shuffled(asked.iter().filter_map(|domain| Site::parse(domain)).collect());
    if sites.is_empty() {
        return println!("{name:<34} no records");
    }
    let (mut ours, mut theirs) = (f64::MAX, f64::MAX);
    for _ in 0..ROUNDS {
        theirs = theirs.min(round(&sites, |site| map.contains_key(site.as_str())));
        ours = ours.min(round(&sites, |site| directory.look_up_site(site).is_some()));
    }
    println!("{name:<34} {ours:>7.1} ns   HashMap {theirs:>7.1} ns   ratio {:>5.2} ×", ours / theirs);
}

/// The whole way from an address as a vault has it.
fn from_address(directory: &Directory, domains: &[String]) {
    let addresses = shuffled(domains.iter().map(|domain| format!("https://www.{domain}/login?next=%2F")).collect());
    if addresses.is_empty() {
        return;
    }
    let urls: Vec<Url> = addresses.iter().filter_map(|address| Url::parse(address).ok()).collect();
    let (mut of_text, mut of_url) = (f64::MAX, f64::MAX);
    for _ in 0..ROUNDS {
        of_text = of_text.min(round(&addresses, |address| directory.look_up_text(address).is_some()));
        of_url = of_url.min(round(&urls, |url| directory.look_up_url(url).is_some()));
    }
    let count = domains.len();
    println!("{:<34} {of_url:>7.1} ns   with its parsing {of_text:>7.1} ns", format!("address to record, of {count}"));
}

/// Nanoseconds for each item.
fn round<T>(items: &[T], look_up: impl Fn(&T) -> bool) -> f64 {
    let start = Instant::now();
    for item in items.iter().cycle().take(LOOK_UPS) {
        black_box(look_up(black_box(item)));
    }
    start.elapsed().as_nanos() as f64 / LOOK_UPS as f64
}

/// Always the same order, and none that memory is laid out in.
fn shuffled<T>(mut items: Vec<T>) -> Vec<T> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for at in (1..items.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        items.swap(at, usize::try_from(state % (at as u64 + 1)).unwrap_or(0));
    }
    items
}
