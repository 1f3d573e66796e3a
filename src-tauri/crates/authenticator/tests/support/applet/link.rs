//! The applet, reached in process.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use rekey_authenticator::security_key::transport::{CtapTransport, KeyEvent, KeySource, OnWaiting, Waiting};
use rekey_authenticator::security_key::{CtapError, CtapStatus};
use rekey_webauthn::AuthenticatorTransport;
use tokio::sync::{Semaphore, mpsc};

use super::{Applet, Fault};

/// A key and the finger on it.
#[derive(Clone)]
pub struct SoftKey {
    pub applet: Arc<Mutex<Applet>>,
    /// One permit a touch; `None` where it is touched at once.
    finger: Option<Arc<Semaphore>>,
    withdrawn: Arc<Mutex<usize>>,
}

impl SoftKey {
    /// A key that is touched whenever it asks.
    pub fn new(applet: Applet) -> Self {
        Self { applet: Arc::new(Mutex::new(applet)), finger: None, withdrawn: Arc::default() }
    }

    /// A key that waits for [`touch`](Self::touch).
    pub fn untouched(applet: Applet) -> Self {
        Self { finger: Some(Arc::new(Semaphore::new(0))), ..Self::new(applet) }
    }

    pub fn touch(&self) {
        self.finger.as_ref().unwrap().add_permits(1);
    }

    /// Whether it must be touched before it does this.
    pub fn must_wait(&self, message: &[u8]) -> bool {
        self.finger.is_some() && self.applet.lock().unwrap().wants_touch(message)
    }

    /// Takes a touch, where there was one.
    pub fn try_finger(&self) -> bool {
        self.finger.as_ref().is_none_or(|finger| {
            finger.try_acquire().is_ok_and(|touch| {
                touch.forget();
                true
            })
        })
    }

    pub fn was_withdrawn(&self) {
        *self.withdrawn.lock().unwrap() += 1;
    }

    /// How many commands were given up while they waited.
    pub fn withdrawn(&self) -> usize {
        *self.withdrawn.lock().unwrap()
    }
}

struct Link(SoftKey);

struct Waits<'a>(&'a SoftKey, bool);

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        if !self.1 {
            self.0.was_withdrawn();
        }
    }
}

#[async_trait]
impl CtapTransport for Link {
    fn transport(&self) -> AuthenticatorTransport {
        AuthenticatorTransport::Usb
    }

    async fn cbor(&mut self, message: &[u8], waiting: OnWaiting<'_>) -> Result<Vec<u8>, CtapError> {
        if let Some(finger) = self.0.finger.as_ref().filter(|_| self.0.must_wait(message)) {
            waiting(Waiting::Processing);
            waiting(Waiting::Touch);
            waiting(Waiting::Touch);
            let mut waits = Waits(&self.0, false);
            finger.acquire().await.unwrap().forget();
            waits.1 = true;
        }
        let fault = self.0.applet.lock().unwrap().fault(message);
        if matches!(fault, Some(Fault::Silence)) {
            return std::future::pending().await;
        }
        let mut applet = self.0.applet.lock().unwrap();
        match fault {
            Some(Fault::Removed) => return Err(CtapError::Removed),
            Some(fault) => applet.fail(message[0], fault),
            None => {}
        }
        let answer = applet.answer(message);
        match answer.split_first().unwrap() {
            (0, cbor) => Ok(cbor.to_vec()),
            (status, _) => Err(CtapError::Status(CtapStatus(*status))),
        }
    }
}

/// Keys that are there, and the way for more.
#[derive(Clone, Default)]
pub struct Keyring {
    present: Arc<Mutex<Vec<SoftKey>>>,
    listeners: Arc<Mutex<Vec<mpsc::UnboundedSender<KeyEvent>>>>,
    too_old: bool,
}

impl Keyring {
    pub fn of(keys: &[&SoftKey]) -> Self {
        Self { present: Arc::new(Mutex::new(keys.iter().copied().cloned().collect())), ..Self::default() }
    }

    /// One key that speaks U2F only.
    pub fn too_old() -> Self {
        Self { too_old: true, ..Self::default() }
    }

    pub fn plug_in(&self, key: &SoftKey) {
        self.present.lock().unwrap().push(key.clone());
        for listener in self.listeners.lock().unwrap().iter() {
            let _ = listener.send(KeyEvent::Added(Box::new(Link(key.clone()))));
        }
    }
}

impl KeySource for Keyring {
    fn watch(&self) -> mpsc::UnboundedReceiver<KeyEvent> {
        let (sender, receiver) = mpsc::unbounded_channel();
        for key in self.present.lock().unwrap().iter() {
            let _ = sender.send(KeyEvent::Added(Box::new(Link(key.clone()))));
        }
        if self.too_old {
            let _ = sender.send(KeyEvent::Unusable(CtapError::U2fOnly));
        }
        let _ = sender.send(KeyEvent::Enumerated);
        self.listeners.lock().unwrap().push(sender);
        receiver
    }

    fn transports(&self) -> Vec<AuthenticatorTransport> {
        vec![AuthenticatorTransport::Usb]
    }
}
