//! Commands to the browser and their replies.

use std::collections::HashMap;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{mpsc, oneshot};

use super::wire::{self, Incoming, Outgoing, RemoteError};
use crate::DriverError;

/// How long the browser may take for a command that waits for nothing outside the browser.
pub(super) const COMMAND_LIMIT: Duration = Duration::from_secs(30);

/// The sending half; cheap to clone.
#[derive(Clone)]
pub(super) struct Connection(Arc<Shared>);

struct Shared {
    outgoing: mpsc::UnboundedSender<Outgoing>,
    next_id: AtomicU64,
    pending: Mutex<Pending>,
}

#[derive(Default)]
struct Pending {
    gone: bool,
    waiting: HashMap<u64, oneshot::Sender<Result<String, RemoteError>>>,
}

/// Why a command brought no result.
#[derive(Debug)]
pub(super) enum CallError {
    /// The browser said no.
    Remote(RemoteError),
    /// Anything else.
    Driver(DriverError),
}

impl CallError {
    /// As an error of the driver; the browser's words are passed on, so never use it where a secret was sent.
    pub(super) fn of(self, method: &'static str) -> DriverError {
        match self {
            Self::Remote(remote) => DriverError::Refused { method, message: remote.message },
            Self::Driver(error) => error,
        }
    }
}

/// A command that was sent and whose reply is awaited.
pub(super) struct Reply {
    id: u64,
    shared: Arc<Shared>,
    receiver: oneshot::Receiver<Result<String, RemoteError>>,
}

impl Drop for Reply {
    fn drop(&mut self) {
        self.shared.pending().waiting.remove(&self.id);
    }
}

impl Shared {
    fn pending(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    /// Starts reading and writing. `event` is called for each event in the order they come, between the replies; `gone`
    /// once, when the pipe has ended.
    pub(super) fn start<R, W>(
        reader: R,
        mut writer: W,
        event: impl FnOnce(Connection) -> Box<dyn FnMut(Incoming<'_>) + Send>,
        gone: impl FnOnce() + Send + 'static,
    ) -> Self
    where
        R: AsyncRead + Unpin + Send + 'static,
        W: AsyncWrite + Unpin + Send + 'static,
    {
        let (outgoing, mut queue) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared { outgoing, next_id: AtomicU64::new(1), pending: Mutex::default() });
        let connection = Self(Arc::clone(&shared));

        let mut event = event(connection.clone());
        let reading = tokio::spawn(async move {
            let read = wire::read_all(reader, |incoming| match incoming.id {
                Some(id) => shared.settle(id, incoming),
                None => event(incoming),
            });
            if let Err(error) = read.await {
                tracing::debug!(%error, "the browser's pipe broke");
            }
            let mut pending = shared.pending();
            pending.gone = true;
            pending.waiting.clear();
            drop(pending);
            gone();
        });
        tokio::spawn(async move {
            // Ends with the reader, so that the pipe is closed however the browser went.
            let write = async {
                while let Some(message) = queue.recv().await {
                    if wire::write(&mut writer, message).await.is_err() {
                        break;
                    }
                }
            };
            tokio::select! {
                () = write => {}
                _ = reading => {}
            }
        });
        connection
    }

    /// Sends a command and returns at once; commands keep their order.
    pub(super) fn send(&self, session: Option<&str>, method: &'static str, params: &impl Serialize) -> Reply {
        self.send_with_capacity(session, method, params, 512)
    }

    /// As [`Connection::send`], for params that hold a secret: `capacity` covers the whole message.
    pub(super) fn send_with_capacity(
        &self,
        session: Option<&str>,
        method: &'static str,
        params: &impl Serialize,
        capacity: usize,
    ) -> Reply {
        // Never the params: they can hold a secret.
        tracing::debug!(method, "to the browser");
        let id = self.0.next_id.fetch_add(1, Ordering::Relaxed);
        let (sender, receiver) = oneshot::channel();
        // A dropped sender tells the receiver that the browser is gone.
        if let Ok(message) = Outgoing::command(id, method, params, session, capacity) {
            let mut pending = self.0.pending();
            if !pending.gone && self.0.outgoing.send(message).is_ok() {
                pending.waiting.insert(id, sender);
            }
        }
        Reply { id, shared: Arc::clone(&self.0), receiver }
    }

    /// Sends a command whose outcome does not matter.
    pub(super) fn post(&self, session: Option<&str>, method: &'static str, params: &impl Serialize) {
        drop(self.send(session, method, params));
    }

    /// Sends a command and waits for its result.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        session: Option<&str>,
        method: &'static str,
        params: &impl Serialize,
    ) -> Result<T, DriverError> {
        self.send(session, method, params).result().await.map_err(|error| error.of(method))
    }
}

impl Shared {
    fn settle(&self, id: u64, incoming: Incoming<'_>) {
        let Some(sender) = self.pending().waiting.remove(&id) else { return };
        let outcome = match incoming.error {
            Some(error) => Err(error),
            None => Ok(incoming.result.map_or_else(|| "{}".to_owned(), |result| result.get().to_owned())),
        };
        // The one who asked may have stopped waiting.
        drop(sender.send(outcome));
    }
}

impl Reply {
    /// The result, within [`COMMAND_LIMIT`].
    pub(super) fn result<T: DeserializeOwned>(self) -> impl Future<Output = Result<T, CallError>> {
        self.result_within(COMMAND_LIMIT)
    }

    /// The result, within a limit of the caller's.
    pub(super) async fn result_within<T: DeserializeOwned>(mut self, limit: Duration) -> Result<T, CallError> {
        let text = match tokio::time::timeout(limit, &mut self.receiver).await {
            Err(_) => return Err(CallError::Driver(DriverError::TimedOut)),
            Ok(Err(_)) => return Err(CallError::Driver(DriverError::Gone)),
            Ok(Ok(Err(remote))) => return Err(CallError::Remote(remote)),
            Ok(Ok(Ok(text))) => text,
        };
        serde_json::from_str(&text).map_err(|_| CallError::Driver(DriverError::Malformed))
    }
}
