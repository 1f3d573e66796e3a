use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use windows_sys::core::GUID;

use super::dll::{SharedDll, WebauthnDll};
use super::error::{self, WindowsError};
use crate::AuthenticatorError;

/// How long to wait between two words of cancelling, and how often to say it.
const AGAIN: Duration = Duration::from_millis(250);
const TIMES: u32 = 40;

/// One call after the other: Windows shows one dialog, and a cancelled one takes a moment to go.
pub(super) type Turn = Arc<tokio::sync::Mutex<()>>;

/// Runs a ceremony, which blocks until the person has answered, on a thread for such work. It is cancelled when the future
/// is dropped and when its time is over, whichever Windows does with the time it is told.
pub(super) async fn ceremony<T: Send + 'static>(
    dll: &SharedDll,
    turn: &Turn,
    timeout: Duration,
    work: impl FnOnce(&dyn WebauthnDll, GUID) -> Result<T, AuthenticatorError> + Send + 'static,
) -> Result<T, AuthenticatorError> {
    let id = dll.cancellation_id().map_err(|code| error::meaning(code, dll.as_ref()))?;
    let operation = Operation { dll: Arc::clone(dll), id, state: Arc::default() };
    let (worker, state) = (Arc::clone(dll), Arc::clone(&operation.state));
    let limited = tokio::time::timeout(timeout, async {
        let turn = Arc::clone(turn).lock_owned().await;
        blocking(move || {
            let _turn = turn;
            let _ended = state.begin().ok_or(AuthenticatorError::Timeout)?;
            work(worker.as_ref(), id)
        })
        .await
    });
    // `operation` is dropped after this, and cancels what has not ended.
    limited.await.unwrap_or(Err(AuthenticatorError::Timeout))
}

/// Runs a call that shows nothing.
pub(super) async fn quietly<T: Send + 'static>(
    dll: &SharedDll,
    work: impl FnOnce(&dyn WebauthnDll) -> Result<T, AuthenticatorError> + Send + 'static,
) -> Result<T, AuthenticatorError> {
    let dll = Arc::clone(dll);
    blocking(move || work(dll.as_ref())).await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AuthenticatorError> + Send + 'static,
) -> Result<T, AuthenticatorError> {
    tokio::task::spawn_blocking(work).await.map_err(WindowsError::BrokenOff)?
}

/// A ceremony that is cancelled when this is dropped, unless it has ended.
struct Operation {
    dll: SharedDll,
    id: GUID,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    phase: Mutex<Phase>,
    changed: Condvar,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Phase {
    #[default]
    Waiting,
    Running,
    Ended,
    /// Cancelled before it began.
    Withdrawn,
}

impl State {
    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins, unless it was withdrawn; ends when the value is dropped.
    fn begin(self: &Arc<Self>) -> Option<Ended> {
        let mut phase = self.phase();
        if *phase == Phase::Withdrawn {
            return None;
        }
        *phase = Phase::Running;
        Some(Ended(Arc::clone(self)))
    }

    /// Waits for the end, but not for ever; whether it came.
    fn ended_within(&self, limit: Duration) -> bool {
        let still_running = |phase: &mut Phase| *phase == Phase::Running;
        let waited = self.changed.wait_timeout_while(self.phase(), limit, still_running);
        *waited.unwrap_or_else(PoisonError::into_inner).0 != Phase::Running
    }
}

struct Ended(Arc<State>);

impl Drop for Ended {
    fn drop(&mut self) {
        *self.0.phase() = Phase::Ended;
        self.0.changed.notify_all();
    }
}

impl Drop for Operation {
    fn drop(&mut self) {
        let mut phase = self.state.phase();
        match *phase {
            Phase::Waiting => *phase = Phase::Withdrawn,
            Phase::Running => {
                // Windows forgets a cancellation that comes before its dialog is up, so it is said until the call ends.
                let (dll, id, state) = (Arc::clone(&self.dll), self.id, Arc::clone(&self.state));
                std::thread::spawn(move || {
                    for _ in 0..TIMES {
                        // What it answers does not matter: the end of the call does.
                        let _ = dll.cancel(&id);
                        if state.ended_within(AGAIN) {
                            break;
                        }
                    }
                });
            }
            Phase::Ended | Phase::Withdrawn => {}
        }
    }
}
