//! The other end of [`crate::VaultReader::Child`]: a process that reads one vault for its parent.
//!
//! The request comes over stdin: its head as JSON behind its length, then password, key file and file as the head says
//! how long they are. The answers go to stdout, each a byte for its kind, its length, and its bytes. Numbers are 64 bits,
//! little endian. Nothing of it stands in arguments or the environment, which others can read, and stderr is nobody's.
//!
//! File descriptors: the standard library opens all of its own so that no child inherits them, and there is no way in
//! safe code to close others.

use std::cell::Cell;
use std::io::{self, Read, Write as _};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use rekey_vault::{Format, Import, KeyFile, Limits, Mapping, Options, Progress, ReadError, Stage, Unlock};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::vault_file::{Bytes, LARGEST};

/// The first word of a command line that makes a program read one vault for its parent; see [`read_vault`].
pub const READ_VAULT: &str = "read-vault";

/// How often the parent is told how far it is.
const TELL: Duration = Duration::from_millis(50);

/// What a request begins with. The lengths are in bytes.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Request {
    pub(crate) format: Option<Format>,
    pub(crate) mapping: Option<Mapping>,
    pub(crate) patient: bool,
    pub(crate) password: Option<u64>,
    pub(crate) key_file: Option<u64>,
    pub(crate) file: u64,
}

/// The kinds of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reply {
    Progress,
    Import,
    Error,
}

impl Reply {
    pub(crate) fn of(byte: u8) -> Option<Self> {
        [Self::Progress, Self::Import, Self::Error].into_iter().find(|kind| kind.byte() == byte)
    }

    fn byte(self) -> u8 {
        match self {
            Self::Progress => 1,
            Self::Import => 2,
            Self::Error => 3,
        }
    }
}

/// Reads one vault: the request from stdin, the answer to stdout.
pub fn read_vault() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn serve() -> io::Result<()> {
    let mut stdin = io::stdin().lock();
    let mut length = [0; 8];
    stdin.read_exact(&mut length)?;
    let head = take(&mut stdin, u64::from_le_bytes(length).min(1 << 20))?;
    let head: Request = serde_json::from_slice(&head)?;
    let limits = if head.patient { Limits::default().with_patience() } else { Limits::default() };
    bounds::set(head.file, limits.kdf_memory);
    let mut part = |length: Option<u64>| length.map(|length| take(&mut stdin, length)).transpose();
    let password = part(head.password)?.map(|bytes| std::str::from_utf8(&bytes).map(SecretString::from));
    let password = password.transpose().map_err(io::Error::other)?;
    let key_file = part(head.key_file)?.map(KeyFile::from);
    let file = part(Some(head.file))?.unwrap_or_default();
    drop(stdin);
    end_with_parent();

    let told = Cell::new(None::<(Instant, Stage)>);
    let tell = |progress: Progress| {
        if told.get().is_none_or(|(at, stage)| stage != progress.stage || at.elapsed() >= TELL) {
            told.set(Some((Instant::now(), progress.stage)));
            // A parent that is gone ends this process by itself.
            let _ = send(Reply::Progress, &bytes_of(progress));
        }
    };
    let options = Options { format: head.format, mapping: head.mapping.as_ref(), limits, progress: Some(&tell) };
    match rekey_vault::read(&file, &Unlock { password, key_file }, &options) {
        Ok(import) => {
            drop(file);
            answer(&import)
        }
        Err(error) => refuse(&error),
    }
}

fn answer(import: &Import) -> io::Result<()> {
    send(Reply::Import, &import.encode())
}

fn refuse(error: &ReadError) -> io::Result<()> {
    send(Reply::Error, &error.encode())
}

fn send(kind: Reply, bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(&[kind.byte()])?;
    stdout.write_all(&(bytes.len() as u64).to_le_bytes())?;
    stdout.write_all(bytes)?;
    stdout.flush()
}

fn take(from: &mut impl Read, length: u64) -> io::Result<Bytes> {
    if length > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Zeroizing::new(vec![0; usize::try_from(length).map_err(io::Error::other)?]);
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// The parent keeps the request's pipe open for as long as it waits.
fn end_with_parent() {
    std::thread::spawn(|| {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        std::process::exit(1);
    });
}

/// How long a [`Reply::Progress`] is.
pub(crate) const PROGRESS_BYTES: u64 = 17;

fn bytes_of(progress: Progress) -> Vec<u8> {
    let stage = match progress.stage {
        Stage::Key => 0,
        Stage::Entries => 1,
    };
    [[stage].as_slice(), &progress.done.to_le_bytes(), &progress.total.to_le_bytes()].concat()
}

/// What [`bytes_of`] wrote.
pub(crate) fn progress_of(bytes: &[u8]) -> Option<Progress> {
    let (stage, rest) = bytes.split_first()?;
    let (done, rest) = rest.split_first_chunk()?;
    let total = rest.try_into().ok()?;
    let stage = match stage {
        0 => Stage::Key,
        1 => Stage::Entries,
        _ => return None,
    };
    Some(Progress { stage, done: u64::from_le_bytes(*done), total: u64::from_le_bytes(total) })
}

/// What this process may take of the computer. Each bound is one more net: where the system refuses one, the reading goes
/// on within the limits of the formats.
#[cfg(unix)]
mod bounds {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    /// For the program itself, its threads, and what the entries take beside the bytes they stand in.
    const ROOM: u64 = 1 << 30;

    /// A file's bytes are held once, its entries about once more, and their form on the wire at most three times.
    const TIMES: u64 = 8;

    /// `file` and `kdf_memory` in bytes.
    pub(super) fn set(file: u64, kdf_memory: u64) {
        let memory = kdf_memory.min(physical_memory()).saturating_add(file.saturating_mul(TIMES)).saturating_add(ROOM);
        lower(Resource::Core, 0);
        // Of the address space much is only set aside, on Linux the data says what is used
        // (<https://man7.org/linux/man-pages/man2/getrlimit.2.html>).
        lower(if cfg!(target_os = "linux") { Resource::Data } else { Resource::As }, memory);
        #[cfg(target_os = "linux")]
        {
            use rustix::process::{DumpableBehavior, set_dumpable_behavior};
            // Where memory runs out all the same, this process is the one to go.
            let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
            // Other processes of the person cannot look into this one, and it can become nobody else.
            let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
            let _ = rustix::thread::set_no_new_privs(true);
        }
    }

    fn lower(resource: Resource, to: u64) {
        let most = getrlimit(resource).maximum.map_or(to, |most| most.min(to));
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }

    /// The computer's memory in bytes; where nobody says, without bound.
    fn physical_memory() -> u64 {
        let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
        kib.map_or(u64::MAX, |kib| kib.saturating_mul(1024))
    }
}

#[cfg(not(unix))]
mod bounds {
    pub(super) fn set(_file: u64, _kdf_memory: u64) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_comes_out_as_it_went_in() {
        for progress in [
            Progress { stage: Stage::Key, done: 1, total: u64::MAX },
            Progress { stage: Stage::Entries, done: 0, total: 0 },
        ] {
            assert_eq!(progress_of(&bytes_of(progress)), Some(progress));
        }
        assert_eq!(progress_of(&[0; 16]), None);
        assert_eq!(progress_of(&[0; 18]), None);
        assert_eq!(progress_of(&[9; 17]), None);
    }
}
