//! What is measured: each in a process of its own.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use argon2::{Algorithm, Argon2, Params, Version};
use csv::{ByteRecord, ReaderBuilder};
use rekey_vault::{Options, Unlock};
use serde::de::IgnoredAny;

use crate::inputs::{ARGON2_LANES, ARGON2_MEMORY, ARGON2_PASSES, PASSWORD};

/// The argument that makes this program do one [`Work`].
pub(crate) const WORK: &str = "work";

/// One thing to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// Nothing: what any process takes.
    Idle,
    /// From bytes to entries.
    Entries,
    /// From bytes to accounts.
    Accounts,
    /// Argon2 alone.
    Argon2,
    /// Every record of a table, kept nowhere.
    CsvAlone,
    /// Every value of a JSON document, kept nowhere.
    JsonAlone,
}

const NAMES: [(Work, &str); 6] = [
    (Work::Idle, "idle"),
    (Work::Entries, "entries"),
    (Work::Accounts, "accounts"),
    (Work::Argon2, "argon2"),
    (Work::CsvAlone, "csv"),
    (Work::JsonAlone, "json"),
];

impl Work {
    /// The command line that does it.
    pub(crate) fn command(self, file: &Path) -> Result<Vec<OsString>> {
        let name = NAMES.iter().find(|(work, _)| *work == self).map_or("", |(_, name)| name);
        Ok(vec![std::env::current_exe()?.into(), WORK.into(), name.into(), file.into()])
    }

    fn of(name: &OsStr) -> Option<Self> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(work, _)| *work)
    }
}

/// Does it. The results are kept to the end of the process, as a program that goes on with them would.
pub(crate) fn run(arguments: &[OsString]) -> Result<()> {
    let [name, file] = arguments else { bail!("a work and a file") };
    let work = Work::of(name).context("no such work")?;
    match work {
        Work::Idle => {}
        Work::Argon2 => argon2_alone()?,
        Work::Entries => keep(rekey_vault::read(&std::fs::read(file)?, &Unlock::none(), &Options::default())?),
        Work::Accounts => {
            let unlock = Unlock::password(PASSWORD);
            let import = rekey_vault::read(&std::fs::read(file)?, &unlock, &Options::default())?;
            keep(rekey_vault::accounts(vec![import.entries], &|_| None));
        }
        Work::CsvAlone => {
            let bytes = std::fs::read(file)?;
            let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes.as_slice());
            let mut record = ByteRecord::new();
            let mut count = 0;
            while reader.read_byte_record(&mut record)? {
                count += record.len();
            }
            keep(count);
        }
        Work::JsonAlone => keep(serde_json::from_slice::<IgnoredAny>(&std::fs::read(file)?)?),
    }
    Ok(())
}

/// Nothing is freed before the process ends: a real one goes on with what was read.
fn keep<T>(result: T) {
    std::mem::forget(std::hint::black_box(result));
}

fn argon2_alone() -> Result<()> {
    let failed = |error| anyhow::anyhow!("Argon2: {error}");
    let parameters = Params::new(ARGON2_MEMORY / 1024, ARGON2_PASSES, ARGON2_LANES, Some(32)).map_err(failed)?;
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2d, Version::V0x13, parameters)
        .hash_password_into(&[1; 32], &[2; 32], &mut key)
        .map_err(failed)?;
    keep(key);
    Ok(())
}
