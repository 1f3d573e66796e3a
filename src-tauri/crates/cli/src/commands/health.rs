//! How well the passwords of open vaults are kept goes into the ledger, in buckets.

use std::collections::HashMap;
use std::io::IsTerminal as _;
use std::ops::ControlFlow;
use std::time::Instant;

use rekey_app::plan::LiveFacts;
use rekey_app::text::messages as m;
use rekey_app::{AccountId, AppError, Directory, Session, Vaults, judge_accounts};

use crate::output::{Output, erase_line, rewrite_line};
use crate::vaults::QUIET;

/// Judges every account of the vaults, and writes down what differs from what is known. A person who presses Ctrl-C ends
/// this program at once; nothing is half written.
pub(super) fn judge(
    session: &mut Session,
    vaults: &Vaults,
    directory: &Directory,
    output: &Output,
) -> Result<HashMap<AccountId, LiveFacts>, AppError> {
    let (start, is_told) = (Instant::now(), std::io::stderr().is_terminal());
    let facts = judge_accounts(&vaults.accounts, directory, |done, total| {
        if is_told && done % 50 == 0 && start.elapsed() > QUIET {
            let words = [("done", done.into()), ("total", total.into())];
            rewrite_line(&output.texts.with(m::IMPORT_JUDGING, &words));
        }
        ControlFlow::Continue(())
    });
    if is_told && start.elapsed() > QUIET {
        erase_line();
    }
    let ids = vaults.accounts.iter().map(|account| session.ledger.account_id(&account.site, &account.user_name));
    let mut live = ids.zip(facts.unwrap_or_default()).collect();
    session.keep_health(&mut live)?;
    Ok(live)
}
