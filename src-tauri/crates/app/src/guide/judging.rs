//! How well the open vaults' passwords are kept: judged off the threads that answer the window, and anew whenever the
//! vaults change. What comes of it is coarse, and no password is among it.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};

use rekey_journey::AccountId;

use super::Guide;
use crate::judge_accounts;
use crate::plan::LiveFacts;

/// Passwords that are being judged; dropping it ends that.
#[derive(Debug, Default)]
pub(super) struct Judging(Arc<AtomicBool>);

impl Drop for Judging {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Guide {
    /// Judges the open vaults' passwords, and no more those that were there before.
    pub(super) fn judge(&self) {
        let begun = self.shared.change(|state| {
            let sitting = state.sitting;
            let desk = state.desk.as_mut()?;
            let judging = Judging::default();
            let over = Arc::clone(&judging.0);
            desk.judging = Some(judging);
            let accounts = desk.vaults.lock().unwrap_or_else(PoisonError::into_inner).accounts.clone();
            Some((sitting, over, accounts, desk.sheet.ids(), desk.directory.clone(), Arc::clone(&desk.session)))
        });
        let Some((sitting, over, accounts, ids, directory, session)) = begun else { return };
        let guide = self.clone();
        // Nobody waits for it: what comes of it is shown when it is there.
        drop(tokio::task::spawn_blocking(move || {
            let go_on =
                |_, _| if over.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
            let Some(judged) = judge_accounts(&accounts, &directory, go_on) else { return };
            drop(accounts);
            let mut live: HashMap<AccountId, LiveFacts> = ids.into_iter().zip(judged).collect();
            let mut session = session.blocking_lock();
            if let Err(error) = session.keep_health(&mut live) {
                tracing::warn!(%error, "what the passwords were found to be is not kept");
            }
            guide.shared.change(|state| {
                let Some(desk) = state.desk.as_mut().filter(|_| state.sitting == sitting) else { return };
                if over.load(Ordering::Relaxed) {
                    return;
                }
                (desk.live, desk.judging) = (live, None);
                if let Err(error) = desk.take_stock(&session) {
                    tracing::warn!(%error, "the plan is as it was before the passwords were judged");
                }
            });
        }));
    }
}
