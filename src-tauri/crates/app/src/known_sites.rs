//! The directory of sites with all that this profile adds to it: what was fetched, what sites said, what the person
//! corrected. Each is a file of its own, and one that cannot be read costs only itself.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use rekey_lookup::refresh::{Kept, List, Listing, PublisherKey, Role};
use rekey_sites::record::Record;
use rekey_sites::{Answer, Answers, Corrections, Directory, Refresh, Refreshes, read, write};
use serde::{Deserialize, Serialize};

use crate::{AppError, Profile, time_for_scripts};

/// What sites said when they were asked.
const ASKED: &str = "asked.json";
/// The folder of the person's corrections, a file each.
const OWN: &str = "sites";
/// The folder of what was fetched.
const FETCHED: &str = "fetched";
/// More is no file of Rekey's.
const LARGEST_FILE: u64 = 16 << 20;
/// More corrections than anybody writes.
const MOST_CORRECTIONS: usize = 10_000;

/// A site's answer as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptAnswer {
    pub(crate) domain: String,
    pub(crate) takes_passkeys: bool,
    #[serde(default)]
    pub(crate) enroll: Option<String>,
    #[serde(default)]
    pub(crate) manage: Option<String>,
    #[serde(default)]
    pub(crate) change_password: Option<String>,
    pub(crate) day: String,
}

impl Profile {
    /// The directory with what this profile adds to it; `now` is in milliseconds since 1970. What cannot be read is left
    /// out, and said in the log.
    pub fn directory(&self, now: u64) -> Directory {
        let mut directory = Directory::built_in().with_own(self.corrections(now));
        let answers = self.answers().into_values().map(|kept| Answer {
            domain: kept.domain,
            takes_passkeys: kept.takes_passkeys,
            enroll: kept.enroll,
            manage: kept.manage,
            change_password: kept.change_password,
            day: kept.day,
        });
        match Answers::new(answers) {
            Ok((layer, refused)) => {
                tracing::debug!(sites = layer.len(), refused = refused.len(), "what sites said");
                directory = directory.with_asked(layer);
            }
            Err(error) => tracing::warn!(%error, "what sites said is left out"),
        }
        if let Some(listing) = self.fetched() {
            directory = with_list(directory, &listing);
        }
        directory
    }

    /// Where the fetched list is kept.
    ///
    /// # Errors
    /// Where the publisher's key cannot be read, which is a fault of this program.
    pub(crate) fn fetched_list(&self) -> Result<Kept, AppError> {
        let key = PublisherKey::pinned().map_err(AppError::unexpected)?;
        Ok(Kept::new(self.folder().join(FETCHED), List::Supported, key))
    }

    fn fetched(&self) -> Option<Listing> {
        self.fetched_list()
            .ok()?
            .read()
            .inspect_err(|error| tracing::warn!(%error, "the fetched list is left out"))
            .ok()?
    }

    /// What sites said, by domain.
    pub(crate) fn answers(&self) -> BTreeMap<String, KeptAnswer> {
        let Some(text) = bounded(&self.folder().join(ASKED)) else { return BTreeMap::new() };
        let answers: Vec<KeptAnswer> = serde_json::from_str(&text)
            .inspect_err(|error| tracing::warn!(%error, "what sites said is left out"))
            .unwrap_or_default();
        answers.into_iter().map(|answer| (answer.domain.clone(), answer)).collect()
    }

    /// Keeps what sites said.
    pub(crate) fn keep_answers(&self, answers: &BTreeMap<String, KeptAnswer>) -> Result<(), AppError> {
        let all: Vec<&KeptAnswer> = answers.values().collect();
        self.write(ASKED, &serde_json::to_vec_pretty(&all).map_err(AppError::unexpected)?)
    }

    /// The person's corrections: the TOML files in the profile's folder `sites`, written as those of Rekey's own directory,
    /// each named after its domain. So there is one place where a domain's correction can be, and be taken back.
    pub fn corrections(&self, now: u64) -> Corrections {
        let today = today(now);
        let mut files: Vec<PathBuf> =
            fs::read_dir(self.own()).into_iter().flatten().flatten().map(|e| e.path()).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
        files.sort();
        let records = files.iter().take(MOST_CORRECTIONS).filter_map(|path| {
            let record = read::read(&bounded(path)?, &today)
                .inspect_err(|errors| tracing::warn!(?path, ?errors, "a correction is left out"))
                .ok()?;
            let is_its_own = path.file_stem().is_some_and(|name| name == record.domain.as_ref());
            if !is_its_own {
                tracing::warn!(?path, domain = %record.domain, "a correction is left out: not named after its domain");
            }
            is_its_own.then_some(record)
        });
        let (corrections, refused) = Corrections::new(records);
        if !refused.is_empty() {
            tracing::warn!(?refused, "corrections are left out");
        }
        corrections
    }

    /// Keeps a correction in the place of the former one of its domain.
    ///
    /// # Errors
    /// [`AppError::Write`] where it cannot be written.
    pub(crate) fn keep_correction(&self, record: &Record) -> Result<(), AppError> {
        let folder = self.own();
        fs::create_dir_all(&folder).map_err(|error| AppError::write(&folder, error))?;
        self.write(&format!("{OWN}/{}.toml", record.domain), write::write(record).as_bytes())
    }

    /// Takes the correction of a domain back. Whether there was one.
    ///
    /// # Errors
    /// [`AppError::Write`] where it cannot be removed.
    pub(crate) fn forget_correction(&self, domain: &str) -> Result<bool, AppError> {
        let path = self.own().join(format!("{domain}.toml"));
        match fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(AppError::write(&path, error)),
        }
    }

    fn own(&self) -> PathBuf {
        self.folder().join(OWN)
    }
}

/// The day of a moment, as records write it.
pub(crate) fn today(now: u64) -> String {
    time_for_scripts(now).chars().take(10).collect()
}

/// The directory with a fetched list above it.
pub(crate) fn with_list(directory: Directory, listing: &Listing) -> Directory {
    let sites = listing.sites.iter().map(|site| Refresh {
        domain: site.domain.clone(),
        passwordless: matches!(site.role, Role::SignIn | Role::Both),
        mfa: matches!(site.role, Role::SecondFactor | Role::Both),
        documentation: site.documentation.as_ref().map(ToString::to_string),
    });
    let signed = u64::try_from(listing.signed.as_millisecond()).unwrap_or(0);
    match Refreshes::new(sites, &today(signed)) {
        Ok((layer, refused)) => {
            tracing::debug!(sites = layer.len(), refused = refused.len(), "the fetched list");
            directory.with_refreshed(layer)
        }
        Err(error) => {
            tracing::warn!(%error, "the fetched list is left out");
            directory
        }
    }
}

/// A file of a bounded size, if it is there and is text.
fn bounded(path: &std::path::Path) -> Option<String> {
    let mut text = String::new();
    fs::File::open(path).ok()?.take(LARGEST_FILE).read_to_string(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use rekey_sites::record::Role;

    use super::*;

    const NOW: u64 = 1_790_000_000_000;

    fn profile() -> (tempfile::TempDir, Profile) {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::open(Some(dir.path())).unwrap();
        (dir, profile)
    }

    fn role(profile: &Profile, domain: &str) -> Option<Role> {
        profile.directory(NOW).look_up_text(domain).and_then(|known| known.role().map(|fact| fact.value))
    }

    #[test]
    fn a_correction_counts_until_it_is_taken_back() {
        let (dir, profile) = profile();
        assert_eq!(role(&profile, "corrected.test.org"), None);
        let text = "name = \"Mine\"\ndomain = \"corrected.com\"\n\
                    role = { value = \"second_factor\", source = [\"own\"], observed = \"2026-08-01\", confidence = \"high\" }\n";
        let record = read::read(text, &today(NOW)).unwrap();
        profile.keep_correction(&record).unwrap();
        assert_eq!(role(&profile, "www.corrected.com"), Some(Role::SecondFactor));
        fs::write(dir.path().join("sites/broken.toml"), "name = ").unwrap();
        assert_eq!(role(&profile, "corrected.com"), Some(Role::SecondFactor), "a broken file costs only itself");
        let other = text.replace("second_factor", "sign_in");
        fs::write(dir.path().join("sites/a.toml"), other).unwrap();
        assert_eq!(
            role(&profile, "corrected.com"),
            Some(Role::SecondFactor),
            "a file speaks of the domain in its name"
        );
        assert!(profile.forget_correction("corrected.com").unwrap());
        assert!(!profile.forget_correction("corrected.com").unwrap());
        assert_eq!(role(&profile, "corrected.com"), None);
    }

    #[test]
    fn what_a_site_said_is_kept_and_nothing_of_another_site_is_believed() {
        let (dir, profile) = profile();
        let answer = |enroll: &str| KeptAnswer {
            domain: "said.com".to_owned(),
            takes_passkeys: true,
            enroll: Some(enroll.to_owned()),
            day: "2026-09-01".to_owned(),
            ..KeptAnswer::default()
        };
        let page = |profile: &Profile| {
            let directory = profile.directory(NOW);
            directory.look_up_text("said.com").and_then(|known| Some(known.passkey_page()?.value.to_string()))
        };
        for (enroll, expect) in [("https://id.said.com/keys", true), ("https://evil.test.com/", false)] {
            profile.keep_answers(&BTreeMap::from([("said.com".to_owned(), answer(enroll))])).unwrap();
            assert_eq!(page(&profile), expect.then(|| enroll.to_owned()));
        }
        fs::write(dir.path().join(ASKED), "[{]").unwrap();
        assert_eq!(page(&profile), None);
        fs::create_dir_all(dir.path().join(FETCHED)).unwrap();
        fs::write(dir.path().join(FETCHED).join("supported.json"), "not signed").unwrap();
        assert!(profile.directory(NOW).look_up_text("adobe.com").is_some(), "the compiled-in records are always there");
    }

    #[test]
    fn a_fetched_list_fills_gaps_and_weakens_nothing() {
        let listed = |domain: &str, role| rekey_lookup::refresh::Listed {
            domain: domain.to_owned(),
            role,
            documentation: None,
            recovery: None,
        };
        use rekey_lookup::refresh::Role::SignIn;
        let signed = "2026-11-01T00:00:00Z".parse().unwrap();
        let listing = Listing {
            signed,
            fetched: signed,
            checked: signed,
            sites: vec![listed("heard-of.com", SignIn), listed("bitbucket.org", SignIn)],
            problems: Vec::new(),
            problem_count: 0,
        };
        let directory = with_list(Directory::built_in(), &listing);
        let role = |domain: &str| directory.look_up_text(domain).unwrap().role().unwrap().value;
        assert_eq!(role("heard-of.com"), Role::SignIn);
        assert_eq!(role("bitbucket.org"), Role::SecondFactor, "the more careful word counts");
        let known = directory.look_up_text("heard-of.com").unwrap();
        assert_eq!(known.role().unwrap().provenance.observed.as_deref(), Some("2026-11-01"));
    }
}
