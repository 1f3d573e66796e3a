//! What is measured: each in a process of its own.

use std::collections::HashMap;
use std::ffi::OsString;
use std::ops::ControlFlow;

use anyhow::{Context as _, Result, bail};
use rekey_app::plan::{Planned, candidates, plan};
use rekey_app::{AccountId, judge_accounts};
use rekey_journey::AccountState;
use rekey_ledger::{AccountView, Held};
use rekey_sites::Directory;
use rekey_vault::{Account, Entry, accounts};
use secrecy::ExposeSecret as _;
use zxcvbn::zxcvbn;

use crate::inputs::{Habit, entries};

/// The argument that makes this program do one work: what, how many entries, and their habit.
pub(crate) const WORK: &str = "work";

/// Nothing but the entries.
pub(crate) const IDLE: &str = "idle";
/// From entries to the plan: accounts matched, judged and ranked.
pub(crate) const PLAN: &str = "plan";
/// The estimate of each entry's password, by itself.
pub(crate) const ZXCVBN: &str = "zxcvbn";

/// The stable names of habits.
pub(crate) const HABITS: [(&str, Habit); 3] =
    [("mixed", Habit::Mixed), ("distinct", Habit::Distinct), ("own-names", Habit::OwnNames)];

/// The milliseconds at which the accounts are ranked.
const NOW: u64 = 1_800_000_000_000;

/// Does it. The results are kept to the end of the process, as a program that goes on with them would.
pub(crate) fn run(arguments: &[OsString]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().filter_map(|word| word.to_str()).collect();
    let [work, count, habit] = words.as_slice() else { bail!("a work, a count and a habit") };
    let habit = HABITS.iter().find(|(name, _)| name == habit).context("no such habit")?.1;
    let entries = entries(count.parse()?, habit);
    match *work {
        IDLE => keep(entries),
        PLAN => keep(planned(entries)?),
        ZXCVBN => {
            let passwords = entries.iter().filter_map(|entry| entry.password.as_ref());
            let scores: Vec<_> = passwords.map(|password| zxcvbn(password.expose_secret(), &[]).score()).collect();
            keep((entries, scores));
        }
        _ => bail!("no such work"),
    }
    Ok(())
}

fn planned(entries: Vec<Entry>) -> Result<(Vec<Account>, Vec<Planned>)> {
    let directory = Directory::built_in();
    let accounts = accounts(vec![entries], &|_| None).accounts;
    let judged = judge_accounts(&accounts, &directory, |_, _| ControlFlow::Continue(())).context("not judged")?;
    let views: Vec<AccountView> = accounts.iter().map(view).collect();
    let live: HashMap<_, _> = views.iter().map(|view| view.id).zip(judged).collect();
    let plan = plan(candidates(views, &directory, &live, &[]), NOW);
    Ok((accounts, plan))
}

/// The account as a ledger shows it that it was just written into.
fn view(account: &Account) -> AccountView {
    AccountView {
        id: AccountId::new(uuid::Uuid::nil(), &account.site, &account.user_name),
        site: account.site.clone(),
        user_name: account.user_name.clone(),
        title: account.title.clone(),
        format: "csv".to_owned(),
        has_password: account.password().is_some(),
        has_totp: account.totp.is_some(),
        has_passkey: false,
        held: vec![Held {
            source: "vault".to_owned(),
            format: "csv".to_owned(),
            title: account.title.clone(),
            has_password: account.password().is_some(),
            has_totp: account.totp.is_some(),
            has_passkey: false,
            is_archived: false,
            expires_at: None,
            is_gone: false,
        }],
        state: AccountState::New,
        last_code_step: None,
        usable_in: Vec::new(),
        credential: None,
        proof: None,
        proof_source: None,
        proven_at: None,
        stopped: None,
        browser: None,
        judged: None,
        choice: None,
        changed_at: NOW,
    }
}

/// Nothing is freed before the process ends.
fn keep<T>(result: T) {
    std::mem::forget(std::hint::black_box(result));
}
