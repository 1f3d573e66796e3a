//! How well the open vaults' passwords are kept: judged off the threads that answer the window, anew whenever the vaults
//! change. What comes of it is coarse, and no password is among it.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};

use rekey_journey::AccountId;
use rekey_ledger::{AccountFilter, unix_now};
use rekey_sites::Directory;
use rekey_vault::{Account, Health, HealthKey, Strength as Guessed, judge_with};
use uuid::Uuid;

use super::Guide;
use crate::plan::{HealthFacts, Judgement, LiveFacts, Reuse, Strength, service_of};
use crate::{AppError, Session};

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
            let Some(mut live) = live_facts(&accounts, &ids, &directory, &over) else { return };
            drop(accounts);
            let mut session = session.blocking_lock();
            if let Err(error) = keep(&mut session, &mut live) {
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

/// `None` as soon as it is over.
fn live_facts(
    accounts: &[Account],
    ids: &[AccountId],
    directory: &Directory,
    over: &AtomicBool,
) -> Option<HashMap<AccountId, LiveFacts>> {
    let now = i64::try_from(unix_now() / 1000).unwrap_or(i64::MAX);
    let go_on = |_, _| if over.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let judged = judge_with(accounts, &new_key(), now, |site| service_of(directory, site), go_on)?;
    Some(ids.iter().copied().zip(judged.iter().map(facts_of)).collect())
}

fn new_key() -> HealthKey {
    let mut random = [0; 32];
    // Two random UUIDs: 244 bits that nobody can guess.
    for (half, uuid) in random.chunks_exact_mut(16).zip([Uuid::new_v4(), Uuid::new_v4()]) {
        half.copy_from_slice(uuid.as_bytes());
    }
    HealthKey::new(random)
}

fn facts_of(health: &Health) -> LiveFacts {
    let judged = Judgement {
        strength: health.strength.map(|strength| match strength {
            Guessed::VeryWeak | Guessed::Weak => Strength::Weak,
            Guessed::Fair => Strength::Fair,
            Guessed::Strong | Guessed::VeryStrong => Strength::Strong,
        }),
        reused: Reuse::of(health.reused),
        is_old: health.is_old == Some(true),
        open_line: health.open_line,
        is_duplicate: health.is_duplicate(),
        // Only a look-up knows.
        breached: None,
        judged_day: 0,
    };
    let reused_on = u32::try_from(health.reused).ok();
    LiveFacts {
        health: Some(HealthFacts { judged, reused_on, second_factor: health.second_factor }),
        recovers: u32::try_from(health.recoveries).unwrap_or(u32::MAX),
        signs_in_with: None,
    }
}

/// Writes down what differs from what the ledger knows, and takes over what only the ledger knows.
fn keep(session: &mut Session, live: &mut HashMap<AccountId, LiveFacts>) -> Result<(), AppError> {
    let found: Vec<(AccountId, Judgement)> =
        live.iter().filter_map(|(id, live)| Some((*id, live.health?.judged))).collect();
    session.judge(&found, unix_now())?;
    for view in session.accounts(&AccountFilter::default())? {
        if let (Some(kept), Some(health)) = (view.judged, live.get_mut(&view.id).and_then(|live| live.health.as_mut()))
        {
            health.judged = kept;
        }
    }
    Ok(())
}
