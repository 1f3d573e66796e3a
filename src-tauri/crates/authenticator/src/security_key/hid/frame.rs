//! Messages in reports of 64 bytes (CTAP 11.2.4).

/// The bytes of a report.
pub(super) const REPORT: usize = 64;
/// The channel of everybody.
pub(super) const BROADCAST: u32 = 0xffff_ffff;

const FIRST_DATA: usize = REPORT - 7;
const NEXT_DATA: usize = REPORT - 5;
/// A first report and 128 more.
const LONGEST: usize = FIRST_DATA + 128 * NEXT_DATA;
/// Tells first reports from later ones.
const IS_FIRST: u8 = 0x80;

/// What a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Init,
    Cbor,
    Cancel,
    KeepAlive,
    Error,
    Other(u8),
}

impl Command {
    fn code(self) -> u8 {
        match self {
            Self::Init => 0x06,
            Self::Cbor => 0x10,
            Self::Cancel => 0x11,
            Self::KeepAlive => 0x3b,
            Self::Error => 0x3f,
            Self::Other(code) => code,
        }
    }

    fn from_code(code: u8) -> Self {
        let known = [Self::Init, Self::Cbor, Self::Cancel, Self::KeepAlive, Self::Error];
        known.into_iter().find(|command| command.code() == code).unwrap_or(Self::Other(code))
    }
}

/// A message, or its beginning.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) command: Command,
    length: usize,
    pub(super) data: Vec<u8>,
}

impl Message {
    pub(super) fn is_whole(&self) -> bool {
        self.data.len() >= self.length
    }

    /// What of a report belongs to it.
    pub(super) fn append(&mut self, data: &[u8]) {
        let left = self.length.saturating_sub(self.data.len());
        self.data.extend(data.iter().take(left));
    }
}

/// A report of our channel.
#[derive(Debug)]
pub(super) enum Report {
    First(Message),
    Next { sequence: u8, data: Vec<u8> },
}

/// A message in reports; `None` where it is too long for any number of them.
pub(super) fn split(channel: u32, command: Command, data: &[u8]) -> Option<Vec<[u8; REPORT]>> {
    let length = u16::try_from(data.len()).ok().filter(|_| data.len() <= LONGEST)?;
    let (first, rest) = data.split_at(data.len().min(FIRST_DATA));
    let [high, low] = length.to_be_bytes();
    let mut reports = vec![report(channel, &[command.code() | IS_FIRST, high, low], first)];
    let numbered = (0..).zip(rest.chunks(NEXT_DATA));
    reports.extend(numbered.map(|(sequence, chunk): (u8, _)| report(channel, &[sequence], chunk)));
    Some(reports)
}

fn report(channel: u32, header: &[u8], data: &[u8]) -> [u8; REPORT] {
    let mut report = [0; REPORT];
    let channel = channel.to_be_bytes();
    let bytes = channel.iter().chain(header).chain(data);
    report.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    report
}

/// A report, where it is of this channel.
pub(super) fn read(channel: u32, report: &[u8; REPORT]) -> Option<Report> {
    let (of, rest) = report.split_first_chunk::<4>()?;
    if u32::from_be_bytes(*of) != channel {
        return None;
    }
    let (&code, rest) = rest.split_first()?;
    if code & IS_FIRST == 0 {
        return Some(Report::Next { sequence: code, data: rest.to_vec() });
    }
    let (length, data) = rest.split_first_chunk::<2>()?;
    let mut message = Message {
        command: Command::from_code(code & !IS_FIRST),
        length: usize::from(u16::from_be_bytes(*length)).min(LONGEST),
        data: Vec::new(),
    };
    message.append(data);
    Some(Report::First(message))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use super::*;

    fn check(length: usize, reports: usize) {
        let data: Vec<u8> = (0..length).map(|i| u8::try_from(i % 251).unwrap()).collect();
        let sent = split(7, Command::Cbor, &data).unwrap();
        assert_eq!(sent.len(), reports, "{length}");
        let mut sent = sent.iter().map(|report| read(7, report).unwrap());
        let Some(Report::First(mut message)) = sent.next() else { panic!("{length}") };
        for (expected, report) in sent.enumerate() {
            let Report::Next { sequence, data } = report else { panic!("{length}") };
            assert_eq!(usize::from(sequence), expected);
            message.append(&data);
        }
        assert!(message.is_whole() && message.command == Command::Cbor && message.data == data, "{length}");
    }

    #[test]
    fn messages_are_split_and_put_together() {
        check(0, 1);
        check(57, 1);
        check(58, 2);
        check(57 + 59, 2);
        check(57 + 60, 3);
        check(LONGEST, 129);
        assert!(split(7, Command::Cbor, &vec![0; LONGEST + 1]).is_none());
        assert!(read(8, &split(7, Command::Init, &[]).unwrap()[0]).is_none());
    }
}
