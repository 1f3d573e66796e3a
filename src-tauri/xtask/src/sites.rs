//! The directory's data: read from `data/`, compiled into the crate `sites`, counted for the README.

mod compiled;
mod counts;

pub(crate) use counts::origins;

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail};
use rekey_sites::read::{read, read_sources};
use rekey_sites::record::{Record, Source};

use crate::codegen::{Mode, put};
use crate::process::root;

/// Where the data is.
pub(crate) const DATA: &str = "src-tauri/crates/sites/data/";
const COMPILED: &str = "src-tauri/crates/sites/src/compiled.rs";
const README: &str = "README.md";

/// The whole of `data/`.
pub(crate) struct Data {
    /// Sorted by domain.
    pub(crate) records: Vec<Record>,
    /// Sorted by id.
    pub(crate) sources: Vec<Source>,
}

/// Writes what is made from the data, or checks that it is what stands there. The records themselves are written anew as
/// well, each field in its place.
pub(crate) fn generate(mode: Mode) -> Result<()> {
    let data = Data::read(&root().join(DATA), &today()?)?;
    for record in &data.records {
        let letter = record.domain.get(..1).unwrap_or_default();
        put(mode, &format!("{DATA}sites/{letter}/{}.toml", record.domain), &rekey_sites::write::write(record))?;
    }
    put(mode, COMPILED, &compiled::rust(&data))?;
    let readme = std::fs::read_to_string(root().join(README))?.replace("\r\n", "\n");
    put(mode, README, &counts::written_into(&readme, &data)?)
}

impl Data {
    fn read(folder: &Path, today: &str) -> Result<Self> {
        let mut records = Vec::new();
        for letter in std::fs::read_dir(folder.join("sites"))? {
            for file in std::fs::read_dir(letter?.path())? {
                let path = file?.path();
                let text = std::fs::read_to_string(&path)?;
                match read(&text, today) {
                    Ok(record) => records.push(record),
                    Err(errors) => bail!("{}: {}", path.display(), joined(&errors)),
                }
            }
        }
        records.sort_by(|a, b| a.domain.cmp(&b.domain));
        let text = std::fs::read_to_string(folder.join("sources.toml")).context("data/sources.toml")?;
        let sources = read_sources(&text).map_err(|errors| anyhow::anyhow!("sources.toml: {}", joined(&errors)))?;
        Ok(Self { records, sources })
    }
}

fn joined(errors: &[rekey_sites::read::ReadError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// The date of now, as `2026-08-14`, in UTC.
pub(crate) fn today() -> Result<String> {
    Ok(date(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() / 86_400))
}

/// The date of a day since 1970, after the Gregorian calendar's cycle of 400 years.
fn date(days: u64) -> String {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(11_016), "2000-02-29");
        assert_eq!(date(20_819), "2027-01-01");
    }
}
