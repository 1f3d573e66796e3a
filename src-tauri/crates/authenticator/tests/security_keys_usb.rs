//! Security keys on USB: CTAPHID with a key in software at the other end of the reports.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test program")]

mod support;

use std::io;
use std::time::Duration;

use async_trait::async_trait;
use rekey_authenticator::security_key::hid::{HidKey, Reports};
use rekey_authenticator::security_key::transport::{CtapTransport, KeyEvent, KeySource};
use rekey_authenticator::security_key::{CtapError, CtapStatus, SecurityKeys};
use rekey_webauthn::AuthenticatorTransport;
use support::applet::hid::Plugged;
use support::applet::link::SoftKey;
use support::applet::{Applet, Model, SELECTION};
use support::holder::Person;
use support::{RelyingParty, register, sign_in};
use tokio::sync::mpsc;
use webauthn_rs_core::proto::UserVerificationPolicy::Required;

/// One key in the socket.
struct Socket(SoftKey, Vec<[u8; 64]>);

impl KeySource for Socket {
    fn watch(&self) -> mpsc::UnboundedReceiver<KeyEvent> {
        let (events, receiver) = mpsc::unbounded_channel();
        let mut plugged = Plugged::new(&self.0);
        plugged.noise = self.1.clone();
        tokio::spawn(async move {
            let key = HidKey::open(plugged).await.unwrap();
            let _ = events.send(KeyEvent::Added(Box::new(key)));
            let _ = events.send(KeyEvent::Enumerated);
            events.closed().await;
        });
        receiver
    }

    fn transports(&self) -> Vec<AuthenticatorTransport> {
        vec![AuthenticatorTransport::Usb]
    }
}

#[tokio::test]
async fn a_passkey_is_registered_and_signs_in_amid_other_conversations() {
    let key = SoftKey::new(Applet::with_pin(Model { max_message: 7609, ..Model::ctap_2_1() }, "s3cret-pin"));
    let mut others = [7; 64];
    others[..7].copy_from_slice(&[0, 0, 0, 9, 0x90, 0, 3]);
    let mut keys = SecurityKeys::over(Box::new(Socket(key, vec![others])));
    let rp = RelyingParty::new("example.com", "https://example.com");
    let person = Person::with_pins(&["s3cret-pin", "s3cret-pin"]);
    let credential = register(&rp, &mut keys, "ann", Required, &person).await.unwrap();
    assert!(sign_in(&rp, &mut keys, &[credential], Required, &person).await.unwrap());
}

#[tokio::test]
async fn a_withdrawn_command_is_cancelled_and_its_answer_belongs_to_nobody() {
    let finger = SoftKey::untouched(Applet::new(Model::ctap_2_1()));
    let mut key = HidKey::open(Plugged::new(&finger)).await.unwrap();
    let (asked, mut touch) = mpsc::unbounded_channel();
    let waiting = move |_| asked.send(()).unwrap();
    tokio::select! {
        biased;
        chosen = key.cbor(&[SELECTION], &waiting) => panic!("{chosen:?}"),
        _ = touch.recv() => {}
    }
    assert_eq!(finger.withdrawn(), 1);
    // The next command gets its own answer, not "cancelled".
    let info = key.cbor(&[4], &|_| ()).await.unwrap();
    assert!(info.len() > 40);
    finger.touch();
    assert!(key.cbor(&[SELECTION], &|_| ()).await.unwrap().is_empty());
    assert_eq!(key.cbor(&[0x77], &|_| ()).await.unwrap_err(), CtapError::Status(CtapStatus::INVALID_COMMAND));
    assert_eq!(key.cbor(&[4; 8000], &|_| ()).await.unwrap_err(), CtapError::TooLarge);
}

#[tokio::test]
async fn a_key_that_speaks_u2f_only_is_known_by_its_greeting() {
    let old = SoftKey::new(Applet::new(Model::ctap_2_0()));
    assert_eq!(HidKey::open(Plugged::u2f_only(&old)).await.err(), Some(CtapError::U2fOnly));
}

/// A device that says what it likes.
struct Hostile(Vec<[u8; 64]>);

#[async_trait]
impl Reports for Hostile {
    async fn read(&mut self) -> io::Result<[u8; 64]> {
        self.0.pop().ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    fn write(&mut self, _: &[u8; 64]) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nonsense_on_the_wire_ends_in_an_error() {
    let report = |bytes: &[u8]| {
        let mut report = [0; 64];
        report[..bytes.len()].copy_from_slice(bytes);
        report
    };
    for (reports, expect) in [
        (vec![], CtapError::Removed),
        // Everybody's channel: another program's greeting, then nothing.
        (vec![report(&[0xff, 0xff, 0xff, 0xff, 0x86, 0, 17, 1, 2, 3])], CtapError::Removed),
        (vec![report(&[0xff, 0xff, 0xff, 0xff, 0x90, 0, 1, 0])], CtapError::Malformed("CTAPHID_INIT")),
        (vec![report(&[0xff, 0xff, 0xff, 0xff, 0xbf, 0, 1, 0x06])], CtapError::Status(CtapStatus::CHANNEL_BUSY)),
        (vec![report(&[0xff, 0xff, 0xff, 0xff, 0xbf, 0, 0])], CtapError::Malformed("CTAPHID_ERROR")),
        (
            vec![report(&[0xff, 0xff, 0xff, 0xff, 9]), report(&[0xff, 0xff, 0xff, 0xff, 0x86, 0xff, 0xff])],
            CtapError::Malformed("the order of its reports"),
        ),
    ] {
        assert_eq!(HidKey::open(Hostile(reports)).await.err(), Some(expect));
    }
}

#[tokio::test(start_paused = true)]
async fn a_device_that_is_silent_is_given_up() {
    struct Silent;
    #[async_trait]
    impl Reports for Silent {
        async fn read(&mut self) -> io::Result<[u8; 64]> {
            std::future::pending().await
        }

        fn write(&mut self, _: &[u8; 64]) -> io::Result<()> {
            Ok(())
        }
    }
    let opened = tokio::time::timeout(Duration::from_secs(10), HidKey::open(Silent)).await.unwrap();
    assert!(matches!(opened.err(), Some(CtapError::Transport(_))));
}
