//! What the person switched on, kept in the profile. Everything that leaves the computer is off until then.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{AppError, Profile};

const FILE: &str = "settings.json";
/// Held while the settings are changed, by this process or another.
const LOCK: &str = "settings.lock";

/// The person's switches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The look-ups that may leave the computer, by name.
    pub look_ups: BTreeSet<String>,
    /// Whether Rekey looks by itself once a week while it is open.
    pub watch: bool,
    /// When each look-up was last made and came to something, in milliseconds since 1970.
    pub checked: BTreeMap<String, u64>,
    /// The sites of which the person was told that they take passkeys now.
    pub told: BTreeSet<String>,
    /// After how many minutes without use the window locks the store; 0 for never.
    pub lock_after_minutes: LockAfter,
    /// The newest copy of the store that was tried.
    pub store_copy: Option<TriedCopy>,
}

/// After how many minutes without use the store is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LockAfter(pub u32);

impl Default for LockAfter {
    fn default() -> Self {
        Self(15)
    }
}

/// A copy of the store that was opened and found to hold the same passkeys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedCopy {
    /// The store that was copied.
    pub store: PathBuf,
    /// The copy.
    pub path: PathBuf,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// How many passkeys were in it.
    pub passkeys: usize,
}

impl Settings {
    /// The settings of a profile. What cannot be read counts as not there, which is everything off.
    pub fn of(profile: &Profile) -> Self {
        let text = fs::read(profile.folder().join(FILE)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Changes the settings as they stand in the profile now, whoever wrote them last: what another window or command
    /// switched off meanwhile stays off.
    ///
    /// # Errors
    /// [`AppError::Write`] where the file cannot be written; the former settings stay.
    pub fn change(profile: &Profile, change: impl FnOnce(&mut Self)) -> Result<Self, AppError> {
        let path = profile.folder().join(LOCK);
        let lock = fs::File::options().create(true).truncate(false).write(true).open(&path);
        let lock = lock.and_then(|file| file.lock().map(|()| file)).map_err(|error| AppError::write(&path, error))?;
        let before = Self::of(profile);
        let mut settings = before.clone();
        change(&mut settings);
        if settings != before {
            profile.write(FILE, &serde_json::to_vec_pretty(&settings).map_err(AppError::unexpected)?)?;
        }
        drop(lock);
        Ok(settings)
    }

    /// When anything was last looked up, in milliseconds since 1970.
    pub fn last_checked(&self) -> Option<u64> {
        self.checked.values().max().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_off_until_it_is_switched_on_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::open(Some(dir.path())).unwrap();
        assert_eq!(Settings::of(&profile), Settings::default());
        assert!(!Settings::default().watch && Settings::default().look_ups.is_empty());
        let kept = Settings::change(&profile, |settings| {
            settings.look_ups.insert("refresh".to_owned());
            settings.watch = true;
        });
        assert_eq!(Settings::of(&profile), kept.unwrap());
        fs::write(dir.path().join(FILE), "{\"watch\": 7").unwrap();
        assert_eq!(Settings::of(&profile), Settings::default(), "what is damaged switches nothing on");
    }

    #[test]
    fn those_who_change_them_at_once_lose_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::open(Some(dir.path())).unwrap();
        std::thread::scope(|scope| {
            for number in 0..8 {
                let profile = &profile;
                scope.spawn(move || {
                    Settings::change(profile, |settings| {
                        settings.told.insert(number.to_string());
                    })
                    .unwrap();
                });
            }
        });
        assert_eq!(Settings::of(&profile).told.len(), 8);
    }
}
