//! The transports of `webauthn-authenticator-rs`, each key on a thread of its own: what that crate calls asynchronous
//! waits for the key in the system.

use std::fmt;
use std::sync::mpsc as std_mpsc;
use std::thread;
use std::time::Duration;

use async_trait::async_trait;
use rekey_webauthn::AuthenticatorTransport;
use tokio::sync::{mpsc, oneshot};
use webauthn_authenticator_rs::error::WebauthnCError;
use webauthn_authenticator_rs::transport::Token;
use webauthn_authenticator_rs::types::{CableRequestType, CableState, EnrollSampleStatus};
use webauthn_authenticator_rs::ui::UiCallback;
use zeroize::Zeroizing;

use super::ctap::{CtapError, CtapStatus};
use super::transport::{CtapTransport, OnWaiting, Waiting};

/// How long the end of a connection is waited for: until then nobody else can use the key.
const TO_CLOSE: Duration = Duration::from_secs(2);

/// A key whose thread does what it is sent.
pub(super) struct TokenKey {
    /// `None` when it is being dropped.
    requests: Option<mpsc::UnboundedSender<Request>>,
    closed: std_mpsc::Receiver<()>,
    transport: AuthenticatorTransport,
}

struct Request {
    message: Zeroizing<Vec<u8>>,
    waiting: mpsc::UnboundedSender<Waiting>,
    /// Its other half is dropped when the request is withdrawn.
    answer: oneshot::Sender<Result<Vec<u8>, CtapError>>,
}

impl TokenKey {
    /// Starts the thread of a key that is ready for use.
    pub(super) fn start<T: Token + 'static>(token: T, transport: AuthenticatorTransport) -> Result<Self, CtapError> {
        let (requests, received) = mpsc::unbounded_channel();
        let (closing, closed) = std_mpsc::channel();
        let run = move || {
            // Dropped, and so heard of, when the thread ends in whatever way.
            let _closing = closing;
            if let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() {
                runtime.block_on(serve(token, received));
                runtime.shutdown_background();
            }
        };
        let started = thread::Builder::new().name("security-key".to_owned()).spawn(run);
        started.map_err(|error| CtapError::Transport(error.kind().to_string()))?;
        Ok(Self { requests: Some(requests), closed, transport })
    }
}

async fn serve<T: Token>(mut token: T, mut requests: mpsc::UnboundedReceiver<Request>) {
    while let Some(Request { message, waiting, mut answer }) = requests.recv().await {
        let ui = Listening(waiting);
        let result = tokio::select! {
            result = token.transmit_raw(&message, &ui) => Some(result),
            () = answer.closed() => None,
        };
        let Some(result) = result else {
            // The withdrawn command's answer would be taken for the next one's.
            let _ = token.cancel().await;
            break;
        };
        let _ = answer.send(result.map_err(error));
    }
    let _ = token.close().await;
}

#[async_trait]
impl CtapTransport for TokenKey {
    fn transport(&self) -> AuthenticatorTransport {
        self.transport
    }

    fn presence_by_tap(&self) -> bool {
        self.transport == AuthenticatorTransport::Nfc
    }

    async fn cbor(&mut self, message: &[u8], waiting: OnWaiting<'_>) -> Result<Vec<u8>, CtapError> {
        let (said, mut heard) = mpsc::unbounded_channel();
        let (answer, mut answered) = oneshot::channel();
        let request = Request { message: Zeroizing::new(message.to_vec()), waiting: said, answer };
        let sent = self.requests.as_ref().is_some_and(|requests| requests.send(request).is_ok());
        if !sent {
            return Err(CtapError::Removed);
        }
        loop {
            tokio::select! {
                biased;
                Some(status) = heard.recv() => waiting(status),
                // Without an answer the thread is gone: the transport gave the key up.
                answer = &mut answered => return answer.unwrap_or(Err(CtapError::Removed)),
            }
        }
    }
}

impl Drop for TokenKey {
    fn drop(&mut self) {
        self.requests = None;
        // Nothing is ever sent: it ends when the thread does.
        let _ = self.closed.recv_timeout(TO_CLOSE);
    }
}

struct Listening(mpsc::UnboundedSender<Waiting>);

impl fmt::Debug for Listening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listening")
    }
}

impl UiCallback for Listening {
    fn request_touch(&self) {
        let _ = self.0.send(Waiting::Touch);
    }

    fn processing(&self) {
        let _ = self.0.send(Waiting::Processing);
    }

    // The rest belongs to that crate's own CTAP layer, which is not used.
    fn request_pin(&self) -> Option<String> {
        None
    }

    fn fingerprint_enrollment_feedback(&self, _: u32, _: Option<EnrollSampleStatus>) {}

    fn cable_qr_code(&self, _: CableRequestType, _: String) {}

    fn dismiss_qr_code(&self) {}

    fn cable_status_update(&self, _: CableState) {}
}

/// Watches the transports of that crate.
pub(super) mod sources {
    use tokio::sync::mpsc;

    use super::TokenKey;
    use crate::security_key::transport::KeyEvent;
    use futures::StreamExt as _;
    use rekey_webauthn::AuthenticatorTransport;
    use std::thread;
    use webauthn_authenticator_rs::error::WebauthnCError;
    use webauthn_authenticator_rs::transport::{TokenEvent, Transport};

    /// Keys at readers; none where the system has no service for readers.
    pub(in crate::security_key) fn nfc() -> mpsc::UnboundedReceiver<KeyEvent> {
        watch(AuthenticatorTransport::Nfc, async || {
            webauthn_authenticator_rs::nfc::NFCTransport::new(pcsc::Scope::User)
        })
    }

    /// Keys on USB.
    #[cfg(target_os = "macos")]
    pub(in crate::security_key) fn usb() -> mpsc::UnboundedReceiver<KeyEvent> {
        watch(AuthenticatorTransport::Usb, webauthn_authenticator_rs::usb::USBTransport::new)
    }

    fn watch<T, O>(transport: AuthenticatorTransport, open: O) -> mpsc::UnboundedReceiver<KeyEvent>
    where
        T: Transport<'static>,
        O: AsyncFnOnce() -> Result<T, WebauthnCError> + Send + 'static,
    {
        let (events, receiver) = mpsc::unbounded_channel();
        let run = move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
            runtime.block_on(async {
                let opened = open().await;
                let watched = match &opened {
                    Ok(transport) => transport.watch().await,
                    Err(_) => return,
                };
                let Ok(mut watched) = watched else { return };
                loop {
                    let event = tokio::select! {
                        event = watched.next() => event,
                        () = events.closed() => return,
                    };
                    let event = match event {
                        Some(TokenEvent::Added(token)) => match TokenKey::start(token, transport) {
                            Ok(key) => KeyEvent::Added(Box::new(key)),
                            Err(error) => KeyEvent::Unusable(error),
                        },
                        Some(TokenEvent::EnumerationComplete) => KeyEvent::Enumerated,
                        // Whoever uses it finds out.
                        Some(TokenEvent::Removed(_)) => continue,
                        None => return,
                    };
                    // Fails only where nobody listens any more.
                    let _ = events.send(event);
                }
            });
            // Its watcher looks up once a second.
            runtime.shutdown_background();
        };
        // Without a thread there are no keys: the receiver says so by its end.
        let _ = thread::Builder::new().name("security-keys".to_owned()).spawn(run);
        receiver
    }
}

/// What that crate's transports say.
fn error(error: WebauthnCError) -> CtapError {
    match error {
        WebauthnCError::Ctap(status) => CtapError::Status(CtapStatus(status.into())),
        WebauthnCError::MessageTooLarge => CtapError::TooLarge,
        // A card that has left the field of its reader often says nothing before the reader knows.
        WebauthnCError::Closed | WebauthnCError::ApduTransmission => CtapError::Removed,
        WebauthnCError::NotSupported => CtapError::U2fOnly,
        #[cfg(target_os = "macos")]
        WebauthnCError::HidError(_) => CtapError::Removed,
        WebauthnCError::PcscError(error) => match error {
            pcsc::Error::RemovedCard
            | pcsc::Error::NoSmartcard
            | pcsc::Error::ResetCard
            | pcsc::Error::ReaderUnavailable
            | pcsc::Error::UnknownReader
            | pcsc::Error::NotTransacted
            | pcsc::Error::CommError => CtapError::Removed,
            other => CtapError::Transport(other.to_string()),
        },
        other => CtapError::Transport(other.to_string()),
    }
}
