//! Security keys on USB: CTAPHID (CTAP 11.2) over whatever carries HID reports.
//!
//! On Linux the reports come from `/dev/hidraw*` ([`linux`]). `webauthn-authenticator-rs` has a transport for USB too, which
//! is used on macOS; on Linux it blocks the runtime's threads while a key waits for a touch, stops the program at an
//! answer with a wrong nonce, hides keys that are too old, and needs libclang and libudev to be built.

#[cfg(target_os = "linux")]
pub(super) mod descriptor;
mod frame;
#[cfg(target_os = "linux")]
pub(super) mod linux;

use std::io;
use std::time::Duration;

use async_trait::async_trait;
use rand::RngCore as _;
use rekey_webauthn::AuthenticatorTransport;

use self::frame::{BROADCAST, Command, Message, REPORT, Report};
use super::ctap::{CtapError, CtapStatus};
use super::transport::{CtapTransport, OnWaiting, Waiting};

/// A capability flag of `CTAPHID_INIT` (CTAP 11.2.9.1.3): the key knows CTAP2.
const CAPABILITY_CBOR: u8 = 0x04;
/// How long a key may take for what it does at once.
const AT_ONCE: Duration = Duration::from_secs(2);
const PROCESSING: u8 = 1;
const TOUCH_NEEDED: u8 = 2;

/// Carries reports of 64 bytes to and from a key.
#[async_trait]
pub trait Reports: Send {
    /// The next one.
    ///
    /// # Errors
    /// Where the key is gone.
    async fn read(&mut self) -> io::Result<[u8; REPORT]>;

    /// Sends one, at once.
    ///
    /// # Errors
    /// Where the key is gone.
    fn write(&mut self, report: &[u8; REPORT]) -> io::Result<()>;
}

/// A key on USB.
pub struct HidKey<R: Reports> {
    reports: R,
    channel: u32,
    /// A command was withdrawn, and its answer has not been read.
    withdrawn: bool,
}

impl<R: Reports> HidKey<R> {
    /// Takes a channel to a key of its own.
    ///
    /// # Errors
    /// [`CtapError::U2fOnly`] for a key that does not know CTAP2.
    pub async fn open(reports: R) -> Result<Self, CtapError> {
        let mut key = Self { reports, channel: BROADCAST, withdrawn: false };
        let mut nonce = [0; 8];
        rand::rng().fill_bytes(&mut nonce);
        key.send(Command::Init, &nonce)?;
        // Everybody hears what is said to everybody: only the answer to our nonce is ours.
        let ours = async {
            loop {
                let answer = key.receive().await?;
                let data = answer.data.strip_prefix(nonce.as_slice());
                match (answer.command, data) {
                    (Command::Init, Some(data)) => return Ok(data.to_vec()),
                    (Command::Init, None) => {}
                    (Command::Error, _) => return Err(error(&answer.data)),
                    _ => return Err(CtapError::Malformed("CTAPHID_INIT")),
                }
            }
        };
        let answer = within(AT_ONCE, ours).await?;
        const WRONG: CtapError = CtapError::Malformed("CTAPHID_INIT");
        let (channel, rest) = answer.split_first_chunk::<4>().ok_or(WRONG)?;
        let &[_protocol, _major, _minor, _build, capabilities, ..] = rest else { return Err(WRONG) };
        if capabilities & CAPABILITY_CBOR == 0 {
            return Err(CtapError::U2fOnly);
        }
        key.channel = u32::from_be_bytes(*channel);
        Ok(key)
    }

    fn send(&mut self, command: Command, data: &[u8]) -> Result<(), CtapError> {
        for report in frame::split(self.channel, command, data).ok_or(CtapError::TooLarge)? {
            self.reports.write(&report).map_err(|_| CtapError::Removed)?;
        }
        Ok(())
    }

    /// The next message of our channel.
    async fn receive(&mut self) -> Result<Message, CtapError> {
        let first = loop {
            match self.next().await? {
                Report::First(message) => break message,
                // The rest of a message that was given up.
                Report::Next { .. } => {}
            }
        };
        let mut message = first;
        let mut expected = 0;
        while !message.is_whole() {
            match self.next().await? {
                Report::Next { sequence, data } if sequence == expected => {
                    message.append(&data);
                    expected += 1;
                }
                _ => return Err(CtapError::Malformed("the order of its reports")),
            }
        }
        Ok(message)
    }

    async fn next(&mut self) -> Result<Report, CtapError> {
        loop {
            let report = self.reports.read().await.map_err(|_| CtapError::Removed)?;
            if let Some(report) = frame::read(self.channel, &report) {
                return Ok(report);
            }
        }
    }

    async fn answer(&mut self, waiting: OnWaiting<'_>) -> Result<Vec<u8>, CtapError> {
        loop {
            let message = self.receive().await?;
            match (message.command, message.data.as_slice()) {
                (Command::KeepAlive, [PROCESSING, ..]) => waiting(Waiting::Processing),
                (Command::KeepAlive, [TOUCH_NEEDED, ..]) => waiting(Waiting::Touch),
                (Command::KeepAlive, _) => {}
                (Command::Cbor, [0, cbor @ ..]) => return Ok(cbor.to_vec()),
                (Command::Cbor, [status, ..]) => return Err(CtapError::Status(CtapStatus(*status))),
                (Command::Error, data) => return Err(error(data)),
                _ => return Err(CtapError::Malformed("CTAPHID_CBOR")),
            }
        }
    }
}

#[async_trait]
impl<R: Reports> CtapTransport for HidKey<R> {
    fn transport(&self) -> AuthenticatorTransport {
        AuthenticatorTransport::Usb
    }

    async fn cbor(&mut self, message: &[u8], waiting: OnWaiting<'_>) -> Result<Vec<u8>, CtapError> {
        if self.withdrawn {
            // Its status is KEEPALIVE_CANCEL, or what it came to before it heard of that.
            let _ = within(AT_ONCE, self.answer(&|_| ())).await;
            self.withdrawn = false;
        }
        self.send(Command::Cbor, message)?;
        let mut pending = Pending { key: self, answered: false };
        let answer = pending.key.answer(waiting).await;
        pending.answered = true;
        answer
    }
}

/// A command without its answer; dropped so, it is withdrawn.
struct Pending<'a, R: Reports> {
    key: &'a mut HidKey<R>,
    answered: bool,
}

impl<R: Reports> Drop for Pending<'_, R> {
    fn drop(&mut self) {
        if !self.answered {
            self.key.withdrawn = true;
            // A key that is gone needs no cancellation.
            let _ = self.key.send(Command::Cancel, &[]);
        }
    }
}

async fn within<T>(time: Duration, what: impl Future<Output = Result<T, CtapError>>) -> Result<T, CtapError> {
    let late = || CtapError::Transport("it does not answer".to_owned());
    tokio::time::timeout(time, what).await.map_err(|_| late())?
}

/// `CTAPHID_ERROR` (CTAP 11.2.9.1.6).
fn error(data: &[u8]) -> CtapError {
    match data {
        [code @ (0x01..=0x06 | 0x0a | 0x0b), ..] => CtapError::Status(CtapStatus(*code)),
        _ => CtapError::Malformed("CTAPHID_ERROR"),
    }
}
