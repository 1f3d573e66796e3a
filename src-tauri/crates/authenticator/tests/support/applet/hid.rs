//! The applet on USB: CTAPHID from the key's side (CTAP 11.2), report by report.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use async_trait::async_trait;
use rekey_authenticator::security_key::hid::Reports;

use super::link::SoftKey;

const CHANNEL: [u8; 4] = [0, 0, 0, 42];
const BROADCAST: [u8; 4] = [0xff; 4];

/// A plugged-in key.
pub struct Plugged {
    key: SoftKey,
    u2f_only: bool,
    incoming: Vec<u8>,
    length: usize,
    outgoing: VecDeque<[u8; 64]>,
    /// A command that waits for a touch.
    waits: Option<Vec<u8>>,
    /// Reports that a nasty key, or somebody else's conversation, puts before every answer.
    pub noise: Vec<[u8; 64]>,
}

impl Plugged {
    pub fn new(key: &SoftKey) -> Self {
        Self {
            key: key.clone(),
            u2f_only: false,
            incoming: Vec::new(),
            length: 0,
            outgoing: VecDeque::new(),
            waits: None,
            noise: Vec::new(),
        }
    }

    pub fn u2f_only(key: &SoftKey) -> Self {
        Self { u2f_only: true, ..Self::new(key) }
    }

    fn say(&mut self, channel: [u8; 4], command: u8, data: &[u8]) {
        self.outgoing.extend(self.noise.iter().copied());
        let (first, rest) = data.split_at(data.len().min(57));
        let length = u16::try_from(data.len()).unwrap().to_be_bytes();
        let header = [channel.as_slice(), &[command | 0x80], &length].concat();
        let pad = |mut bytes: Vec<u8>| {
            bytes.resize(64, 0);
            <[u8; 64]>::try_from(bytes).unwrap()
        };
        self.outgoing.push_back(pad([header.as_slice(), first].concat()));
        for (sequence, chunk) in rest.chunks(59).enumerate() {
            let sequence = [u8::try_from(sequence).unwrap()];
            self.outgoing.push_back(pad([channel.as_slice(), &sequence, chunk].concat()));
        }
    }

    fn whole(&mut self, command: u8) {
        let data = std::mem::take(&mut self.incoming);
        match command {
            0x06 => {
                let capabilities = if self.u2f_only { 0x00 } else { 0x04 };
                self.say(BROADCAST, 0x06, &[&data, CHANNEL.as_slice(), &[2, 1, 0, 0, capabilities]].concat());
            }
            0x10 if self.key.must_wait(&data) => self.waits = Some(data),
            0x10 => self.finish(&data),
            0x11 if self.waits.take().is_some() => {
                self.key.was_withdrawn();
                self.say(CHANNEL, 0x10, &[0x2d]);
            }
            0x11 => {}
            _ => self.say(CHANNEL, 0x3f, &[0x01]),
        }
    }

    fn finish(&mut self, message: &[u8]) {
        let answer = self.key.applet.lock().unwrap().answer(message);
        self.say(CHANNEL, 0x10, &answer);
    }
}

#[async_trait]
impl Reports for Plugged {
    async fn read(&mut self) -> io::Result<[u8; 64]> {
        loop {
            if let Some(report) = self.outgoing.pop_front() {
                return Ok(report);
            }
            let Some(message) = self.waits.take() else { std::future::pending().await };
            if self.key.try_finger() {
                self.finish(&message);
            } else {
                self.waits = Some(message);
                // As real keys do, ten times a second.
                tokio::time::sleep(Duration::from_millis(20)).await;
                self.say(CHANNEL, 0x3b, &[2]);
            }
        }
    }

    fn write(&mut self, report: &[u8; 64]) -> io::Result<()> {
        let (command, data) = (report[4], &report[5..]);
        if command & 0x80 != 0 {
            self.length = usize::from(u16::from_be_bytes([report[5], report[6]]));
            self.incoming = data[2..].to_vec();
        } else {
            self.incoming.extend_from_slice(data);
        }
        // The command of a message is in its first report; only CTAPHID_CBOR has more than one.
        let command = if command & 0x80 != 0 { command & 0x7f } else { 0x10 };
        if self.incoming.len() >= self.length {
            self.incoming.truncate(self.length);
            self.whole(command);
        }
        Ok(())
    }
}
