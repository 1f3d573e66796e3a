//! What the person switched on, kept in the profile. Everything that leaves the computer is off until then.

use std::collections::BTreeSet;
use std::fs;

use serde::{Deserialize, Serialize};

use crate::{AppError, Profile};

const FILE: &str = "settings.json";

/// The person's switches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The look-ups that may leave the computer, by name.
    pub look_ups: BTreeSet<String>,
    /// Whether Rekey looks by itself once a week while it is open.
    pub watch: bool,
    /// When the sites were last looked at again, in milliseconds since 1970.
    pub checked_at: Option<u64>,
}

impl Settings {
    /// The settings of a profile. What cannot be read counts as not there, which is everything off.
    pub fn of(profile: &Profile) -> Self {
        let text = fs::read(profile.folder().join(FILE)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Keeps them.
    ///
    /// # Errors
    /// [`AppError::Write`] where the file cannot be written; the former settings stay.
    pub fn save(&self, profile: &Profile) -> Result<(), AppError> {
        profile.write(FILE, &serde_json::to_vec_pretty(self).map_err(AppError::unexpected)?)
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
        let kept = Settings { look_ups: ["refresh".to_owned()].into(), watch: true, checked_at: Some(5) };
        kept.save(&profile).unwrap();
        assert_eq!(Settings::of(&profile), kept);
        fs::write(dir.path().join(FILE), "{\"watch\": 7").unwrap();
        assert_eq!(Settings::of(&profile), Settings::default(), "what is damaged switches nothing on");
    }
}
