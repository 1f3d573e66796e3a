//! How well the passwords of open vaults are kept goes into the ledger, in buckets.

use std::collections::HashMap;
use std::io::{IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use rekey_app::plan::LiveFacts;
use rekey_app::text::messages as m;
use rekey_app::{AccountId, AppError, Session, Vaults, judge_accounts, unix_now};

use crate::output::Output;

/// What is over sooner is not worth a word.
const QUIET: Duration = Duration::from_secs(1);
/// Erases to the end of the line (ECMA-48, 8.3.41).
const ERASE: &str = "\u{1b}[K";

/// Judges every account of the vaults, and writes down what differs from what is known. A person who presses Ctrl-C ends
/// this program at once; nothing is half written.
pub(super) fn judge(
    session: &mut Session,
    vaults: &Vaults,
    output: &Output,
) -> Result<HashMap<AccountId, LiveFacts>, AppError> {
    let directory = session.profile.directory(unix_now());
    let (start, is_told) = (Instant::now(), std::io::stderr().is_terminal());
    let facts = judge_accounts(&vaults.accounts, &directory, |done, total| {
        if is_told && done % 50 == 0 && start.elapsed() > QUIET {
            let words = [("done", done.into()), ("total", total.into())];
            // Nothing is left to report a failing stderr to.
            let _ = write!(std::io::stderr(), "\r{}{ERASE}", output.texts.with(m::IMPORT_JUDGING, &words));
        }
        ControlFlow::Continue(())
    });
    if is_told && start.elapsed() > QUIET {
        let _ = write!(std::io::stderr(), "\r{ERASE}");
    }
    let ids = vaults.accounts.iter().map(|account| session.ledger.account_id(&account.site, &account.user_name));
    let mut live = ids.zip(facts.unwrap_or_default()).collect();
    session.keep_health(&mut live)?;
    Ok(live)
}
