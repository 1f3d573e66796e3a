//! What is measured: each in a process of its own.

use std::ffi::OsString;

use anyhow::{Context as _, Result, bail};
use rekey_vault::{HealthKey, accounts, judge};
use secrecy::ExposeSecret as _;
use zxcvbn::zxcvbn;

use crate::inputs::{Habit, entries};

/// The argument that makes this program do one work: what, how many entries, and their habit.
pub(crate) const WORK: &str = "work";

/// Nothing but the entries.
pub(crate) const IDLE: &str = "idle";
/// From entries to what is known of each account.
pub(crate) const JUDGE: &str = "judge";
/// The estimate of each entry's password, by itself.
pub(crate) const ZXCVBN: &str = "zxcvbn";

/// The stable names of habits.
pub(crate) const HABITS: [(&str, Habit); 3] =
    [("mixed", Habit::Mixed), ("distinct", Habit::Distinct), ("own-names", Habit::OwnNames)];

/// The seconds at which the accounts are judged.
const NOW: i64 = 1_800_000_000;

/// Does it. The results are kept to the end of the process, as a program that goes on with them would.
pub(crate) fn run(arguments: &[OsString]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    let [work, count, habit] = words.as_slice() else { bail!("a work, a count and a habit") };
    let habit = HABITS.iter().find(|(name, _)| name == habit).context("no such habit")?.1;
    let entries = entries(count.parse()?, habit);
    match *work {
        IDLE => keep(entries),
        JUDGE => {
            let grouped = accounts(vec![entries], &|_| None);
            let health = judge(&grouped.accounts, &HealthKey::new([7; 32]), NOW, |site| site.clone());
            keep((grouped, health));
        }
        ZXCVBN => {
            let passwords = entries.iter().filter_map(|entry| entry.password.as_ref());
            let scores: Vec<_> = passwords.map(|password| zxcvbn(password.expose_secret(), &[]).score()).collect();
            keep((entries, scores));
        }
        _ => bail!("no such work"),
    }
    Ok(())
}

/// Nothing is freed before the process ends.
fn keep<T>(result: T) {
    std::mem::forget(std::hint::black_box(result));
}
