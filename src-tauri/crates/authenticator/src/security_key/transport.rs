//! How a message reaches a security key.

use async_trait::async_trait;
use rekey_webauthn::AuthenticatorTransport;
use tokio::sync::mpsc;

use super::ctap::CtapError;

/// The longest answer that is read, in bytes; CTAPHID carries at most 7609.
pub const MAX_ANSWER: usize = 64 * 1024;

/// What a key says while it works on a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// It computes.
    Processing,
    /// It wants to be touched.
    Touch,
}

/// Hears what a key says while it works.
pub type OnWaiting<'a> = &'a (dyn Fn(Waiting) + Send + Sync);

/// One connection to one security key.
///
/// Dropping it, or a future of its [`cbor`](Self::cbor), tells the key to stop: what the key was asked is withdrawn.
/// After such a cancellation the connection is used no more.
#[async_trait]
pub trait CtapTransport: Send {
    /// How the key is reached.
    fn transport(&self) -> AuthenticatorTransport;

    /// Whether being reached already means that the person is present (a key held to a reader).
    fn presence_by_tap(&self) -> bool {
        false
    }

    /// Sends one CTAP2 message (the command and its CBOR), and gives the CBOR of the answer, without its status.
    ///
    /// # Errors
    /// [`CtapError::Status`] where the key refuses; [`CtapError::Removed`] where it is gone.
    async fn cbor(&mut self, message: &[u8], waiting: OnWaiting<'_>) -> Result<Vec<u8>, CtapError>;
}

/// What happens to the keys of this computer.
pub enum KeyEvent {
    /// A key is connected.
    Added(Box<dyn CtapTransport>),
    /// A key is connected that cannot be used: it is too old for passkeys, or the system does not let us.
    Unusable(CtapError),
    /// Every key that was connected at the start has been told.
    Enumerated,
}

/// Where keys come from.
pub trait KeySource: Send + Sync {
    /// Watches for keys: those that are connected, then [`KeyEvent::Enumerated`], then those that come, until the
    /// receiver is dropped.
    fn watch(&self) -> mpsc::UnboundedReceiver<KeyEvent>;

    /// How its keys are reached.
    fn transports(&self) -> Vec<AuthenticatorTransport>;
}
