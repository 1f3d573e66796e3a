//! The keys of this computer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rekey_webauthn::AuthenticatorTransport;
use tokio::sync::mpsc;

use super::transport::{KeyEvent, KeySource};

/// The keys that are plugged in, or held to a reader. Needs a running tokio runtime.
#[derive(Debug, Default)]
pub struct ConnectedKeys(());

impl KeySource for ConnectedKeys {
    fn watch(&self) -> mpsc::UnboundedReceiver<KeyEvent> {
        let (events, receiver) = mpsc::unbounded_channel();
        let mut sources: Vec<mpsc::UnboundedReceiver<KeyEvent>> = Vec::new();
        #[cfg(target_os = "linux")]
        {
            let (usb, watched) = mpsc::unbounded_channel();
            tokio::spawn(super::hid::linux::watch(usb));
            sources.push(watched);
        }
        #[cfg(target_os = "macos")]
        sources.push(super::token::sources::usb());
        #[cfg(any(target_os = "linux", target_os = "macos"))]
        sources.push(super::token::sources::nfc());
        merge(sources, &events);
        receiver
    }

    fn transports(&self) -> Vec<AuthenticatorTransport> {
        if cfg!(any(target_os = "linux", target_os = "macos")) {
            vec![AuthenticatorTransport::Nfc, AuthenticatorTransport::Usb]
        } else {
            Vec::new()
        }
    }
}

/// All events of several sources; they are enumerated when the last of them is.
fn merge(sources: Vec<mpsc::UnboundedReceiver<KeyEvent>>, into: &mpsc::UnboundedSender<KeyEvent>) {
    let left = Arc::new(AtomicUsize::new(sources.len()));
    if sources.is_empty() {
        let _ = into.send(KeyEvent::Enumerated);
    }
    for mut source in sources {
        let (into, left) = (into.clone(), Arc::clone(&left));
        tokio::spawn(async move {
            let mut enumerated = false;
            loop {
                let event = tokio::select! {
                    event = source.recv() => event,
                    () = into.closed() => return,
                };
                // A source that ends has nothing more to tell.
                let ended = event.is_none();
                match event {
                    Some(KeyEvent::Enumerated) | None => {
                        let first = !std::mem::replace(&mut enumerated, true);
                        if first && left.fetch_sub(1, Ordering::AcqRel) == 1 {
                            let _ = into.send(KeyEvent::Enumerated);
                        }
                    }
                    Some(event) => {
                        let _ = into.send(event);
                    }
                }
                if ended {
                    return;
                }
            }
        });
    }
}
