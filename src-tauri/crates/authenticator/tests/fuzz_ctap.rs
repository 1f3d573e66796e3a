//! Whatever a security key answers, a ceremony ends without a panic, and never believes what was not signed for it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test program")]

mod support;

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use rekey_authenticator::security_key::hid::{HidKey, Reports};
use rekey_authenticator::security_key::transport::{CtapTransport, KeyEvent, KeySource, OnWaiting};
use rekey_authenticator::security_key::{CtapError, CtapStatus, SecurityKeys};
use rekey_authenticator::{Authenticator, UserVerification};
use rekey_webauthn::{AuthenticatorTransport, CreateRequest, GetRequest, PrfCreate, PrfGet, PrfSalts};
use support::applet::{Applet, GET_INFO, Model};
use support::holder::Person;
use support::{create, create_options, get};
use tokio::sync::mpsc;

fn seconds() -> Duration {
    let seconds = std::env::var("REKEY_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(2))
}

/// A key whose answers are changed on their way.
struct Mutant {
    applet: Arc<Mutex<Applet>>,
    /// Of three bytes each: which answer, where in it, and what becomes of that byte.
    edits: Vec<[u8; 3]>,
    answers: u8,
    /// In the place of every answer but the first.
    instead: Option<Vec<u8>>,
}

#[async_trait]
impl CtapTransport for Mutant {
    fn transport(&self) -> AuthenticatorTransport {
        AuthenticatorTransport::Usb
    }

    async fn cbor(&mut self, message: &[u8], _: OnWaiting<'_>) -> Result<Vec<u8>, CtapError> {
        let mut answer = self.applet.lock().unwrap().answer(message);
        if let Some(instead) = self.instead.as_ref().filter(|_| message != [GET_INFO]) {
            answer = instead.clone();
        }
        for [which, place, value] in &self.edits {
            if *which % 12 == self.answers && !answer.is_empty() {
                let place = usize::from(*place) * 3 % answer.len();
                match *value {
                    0 => answer.truncate(place),
                    1 => drop(answer.remove(place)),
                    value => answer[place] = value,
                }
            }
        }
        self.answers = self.answers.wrapping_add(1);
        match answer.split_first() {
            None => Err(CtapError::Removed),
            Some((0, cbor)) => Ok(cbor.to_vec()),
            Some((status, _)) => Err(CtapError::Status(CtapStatus(*status))),
        }
    }
}

struct One(Arc<Mutex<Applet>>, Vec<[u8; 3]>, Option<Vec<u8>>);

impl KeySource for One {
    fn watch(&self) -> mpsc::UnboundedReceiver<KeyEvent> {
        let (events, receiver) = mpsc::unbounded_channel();
        let key = Mutant { applet: self.0.clone(), edits: self.1.clone(), answers: 0, instead: self.2.clone() };
        let _ = events.send(KeyEvent::Added(Box::new(key)));
        let _ = events.send(KeyEvent::Enumerated);
        receiver
    }

    fn transports(&self) -> Vec<AuthenticatorTransport> {
        Vec::new()
    }
}

fn requests() -> (CreateRequest, GetRequest) {
    let mut creating = create("https://example.com", &create_options(None, "ann", &["AQID".to_owned()]));
    creating.extensions.prf = Some(PrfCreate { eval: None });
    let mut getting = get("https://example.com", &[], "required");
    let salts = PrfSalts { first: [1; 32], second: Some([2; 32]) };
    getting.extensions.prf = Some(PrfGet { eval: Some(salts), by_credential: Vec::new() });
    (creating, getting)
}

/// Everything that is asked of a key, with these answers.
async fn ceremonies(edits: &[[u8; 3]], instead: Option<Vec<u8>>) {
    let (creating, getting) = requests();
    let applet = Arc::new(Mutex::new(Applet::with_pin(Model::ctap_2_1(), "1234")));
    let mut keys = SecurityKeys::over(Box::new(One(applet, edits.to_vec(), instead)));
    let person = || Person::with_new_pins(&["1234"], &["123456"]).who_picks("ann");
    let not_verified = || UserVerification::NotVerified;
    if let Ok(made) = keys.make_credential(&creating, not_verified(), &person()).await {
        assert!(creating.algorithms.contains(&made.algorithm));
        creating.response(&made);
    }
    if let Ok(signed) = keys.get_assertion(&getting, None, not_verified(), &person()).await {
        assert!(signed.user_verified);
        getting.response(&signed);
    }
    let _ = keys.passkeys(&person()).await;
    let _ = keys.may_answer(&getting, None).await;
}

fn run(ceremonies: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async { tokio::time::timeout(Duration::from_secs(20), ceremonies).await.expect("it ends") });
}

#[test]
fn answers_that_were_changed() {
    bolero::check!().with_test_time(seconds()).for_each(|bytes: &[u8]| {
        let edits: Vec<[u8; 3]> = bytes.chunks_exact(3).take(8).map(|edit| edit.try_into().unwrap()).collect();
        run(ceremonies(&edits, None));
    });
}

#[test]
fn answers_of_any_bytes() {
    bolero::check!().with_test_time(seconds()).for_each(|bytes: &[u8]| {
        run(ceremonies(&[], Some([&[0], bytes].concat())));
    });
}

/// Reports of any bytes, and then nothing.
struct Noise<'a>(std::iter::Copied<std::slice::Iter<'a, u8>>);

#[async_trait]
impl Reports for Noise<'_> {
    async fn read(&mut self) -> io::Result<[u8; 64]> {
        let mut report = [0; 64];
        // Mostly of the one channel that is listened to before a key has given another.
        report[..4].fill(0xff);
        let length = usize::from(self.0.next().ok_or(io::ErrorKind::NotConnected)? % 60);
        for byte in &mut report[4..4 + length] {
            *byte = self.0.next().unwrap_or_default();
        }
        Ok(report)
    }

    fn write(&mut self, _: &[u8; 64]) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn reports_of_any_bytes() {
    bolero::check!().with_test_time(seconds()).for_each(|bytes: &[u8]| {
        run(async {
            let _ = HidKey::open(Noise(bytes.iter().copied())).await;
        });
    });
}
