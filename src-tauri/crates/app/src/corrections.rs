//! What the person knows better of a site than the directory, and how it is given to everybody.

use std::fs;
use std::path::Path;

use rekey_origin::Site;
use rekey_sites::record::Record;
use rekey_sites::{Directory, Sharing, read, write};
use serde::Serialize;

use crate::known_sites::today;
use crate::{AccountFilter, AppError, Session};

/// The id of the source that the person's own facts name.
const OWN: &str = "own";

/// What was written for everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Contributed {
    /// The files, a site each.
    pub files: Vec<String>,
    /// What may tell who wrote it, and was kept back: the domain and the field.
    pub kept_back: Vec<(String, &'static str)>,
}

impl Session {
    /// Corrects fields of a site by their names in the directory. An empty value takes that field's correction back.
    ///
    /// # Errors
    /// [`AppError::NotASite`], [`AppError::BadCorrection`] for the first field that cannot be so, and where the profile
    /// cannot be written; then nothing has changed.
    pub fn correct_site(&self, site: &str, fields: &[(String, String)], now: u64) -> Result<(), AppError> {
        let directory = self.profile.directory(now);
        let domain = domain_of(&directory, site)?;
        let name = directory.look_up_text(site).map_or_else(|| domain.clone(), |known| known.name().to_owned());
        let corrections = self.profile.corrections(now);
        let mut record = corrections.correction(&domain).cloned();
        for (field, value) in fields {
            record = Some(corrected(record.as_ref(), &name, &domain, field, value, &today(now))?);
        }
        match record {
            Some(record)
                if record != (Record { name: record.name.clone(), ..Record::about(record.domain.clone()) }) =>
            {
                self.profile.keep_correction(&record)
            }
            _ => self.profile.forget_correction(&domain).map(|_| ()),
        }
    }

    /// Takes every correction of a site back. Whether there was one.
    ///
    /// # Errors
    /// [`AppError::NotASite`], and where the profile cannot be written.
    pub fn forget_corrections(&self, site: &str, now: u64) -> Result<bool, AppError> {
        let domain = domain_of(&self.profile.directory(now), site)?;
        self.profile.forget_correction(&domain)
    }

    /// Writes the corrections into a folder as records for everybody, without anything about the person.
    ///
    /// # Errors
    /// Where the folder cannot be written, or the ledger fails.
    pub fn contribute(&self, folder: &Path, with_notes: bool, now: u64) -> Result<Contributed, AppError> {
        let views = self.accounts(&AccountFilter::default())?;
        let names: Vec<&str> = views.iter().map(|view| view.user_name.as_str()).collect();
        let contribution = self.profile.corrections(now).contribution(&Sharing { names: &names, notes: with_notes });
        let mut contributed = Contributed { files: Vec::new(), kept_back: contribution.kept_back };
        fs::create_dir_all(folder).map_err(|error| AppError::write(folder, error))?;
        for record in contribution.records {
            let path = folder.join(format!("{}.toml", record.domain));
            fs::write(&path, write::write(&record)).map_err(|error| AppError::write(&path, error))?;
            contributed.files.push(path.display().to_string());
        }
        Ok(contributed)
    }
}

/// The domain that a site's facts are filed under.
fn domain_of(directory: &Directory, site: &str) -> Result<String, AppError> {
    if let Some(known) = directory.look_up_text(site) {
        return Ok(known.domain().to_owned());
    }
    Site::parse(site).map(|site| site.to_string()).ok_or_else(|| AppError::NotASite { text: site.to_owned() })
}

/// A record with one field said anew. It is written down as the person would in a file and read back, so that a correction
/// is held to what every record is held to.
fn corrected(
    record: Option<&Record>,
    name: &str,
    domain: &str,
    field: &str,
    value: &str,
    today: &str,
) -> Result<Record, AppError> {
    let bad = |said: String| AppError::BadCorrection { field: field.to_owned(), said };
    let text = record.map_or_else(|| format!("name = {}\ndomain = {}\n", quoted(name), quoted(domain)), write::write);
    let is_it = |line: &&str| line.split_once(" =").is_some_and(|(key, _)| key == field);
    let mut text: String = text.lines().filter(|line| !is_it(line)).flat_map(|line| [line, "\n"]).collect();
    if !value.is_empty() {
        let value = literal(field, value);
        text.push_str(&format!(
            "{field} = {{ value = {value}, source = [{}], observed = {}, confidence = \"high\" }}\n",
            quoted(OWN),
            quoted(today)
        ));
    }
    read::read(&text, today)
        .map_err(|errors| bad(errors.first().map(|error| error.fault.to_string()).unwrap_or_default()))
}

/// A value as records write it: words and addresses in quotes, several of them in a list.
fn literal(field: &str, value: &str) -> String {
    match field {
        "usernameless" => match value {
            "yes" => "true".to_owned(),
            "no" => "false".to_owned(),
            other => quoted(other),
        },
        "capacity" if value.parse::<u16>().is_ok() => value.to_owned(),
        "asks_first" if value == "nothing" => "[]".to_owned(),
        "asks_first" | "rp_ids" | "equivalent" => {
            let all: Vec<String> = value.split(',').map(|one| quoted(one.trim())).collect();
            format!("[{}]", all.join(", "))
        }
        "notes" => format!("{{ en = {} }}", quoted(value)),
        _ => quoted(value),
    }
}

/// A basic string of TOML (<https://toml.io/en/v1.0.0#string>).
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            letter if letter.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use rekey_ledger::Ledger;
    use rekey_sites::record::{Capacity, Role};

    use super::*;
    use crate::Profile;

    const NOW: u64 = 1_790_000_000_000;

    fn session() -> (tempfile::TempDir, Session) {
        let dir = tempfile::tempdir().unwrap();
        let profile = Profile::open(Some(&dir.path().join("profile"))).unwrap();
        (dir, Session { profile, ledger: Ledger::in_memory().unwrap() })
    }

    fn correct(session: &Session, site: &str, field: &str, value: &str) -> Result<(), String> {
        session
            .correct_site(site, &[(field.to_owned(), value.to_owned())], NOW)
            .map_err(|error| error.code().to_owned())
    }

    #[test]
    fn every_field_can_be_corrected_and_taken_back() {
        let (_dir, session) = session();
        let fields = [
            ("role", "second_factor"),
            ("passkey_page", "https://id.example.com/keys"),
            ("asks_first", "password, optional email"),
            ("authenticator", "platform"),
            ("capacity", "3"),
            ("usernameless", "yes"),
            ("password_after", "stays"),
            ("sign_in", "https://example.com/in"),
            ("manage_page", "https://example.com/m"),
            ("change_password", "https://example.com/p"),
            ("recovery_page", "https://example.com/r"),
            ("help", "https://example.com/h"),
            ("rp_ids", "example.com"),
            ("equivalent", "example.org, example.net"),
            ("kind", "work"),
            ("notes", "A \"quoted\" word"),
        ];
        for (field, value) in fields {
            assert_eq!(correct(&session, "example.com", field, value), Ok(()), "{field}");
        }
        let directory = session.profile.directory(NOW);
        let known = directory.look_up_text("www.example.org").unwrap();
        assert_eq!(known.role().unwrap().value, Role::SecondFactor);
        assert_eq!(known.capacity().unwrap().value, Capacity::AtMost(3));
        assert_eq!(known.notes().unwrap().value[0].1, "A \"quoted\" word");
        for (field, _) in fields {
            assert_eq!(correct(&session, "example.com", field, ""), Ok(()), "{field}");
        }
        assert!(session.profile.corrections(NOW).is_empty());
    }

    #[test]
    fn what_cannot_be_so_changes_nothing() {
        let (_dir, session) = session();
        for (field, value) in [
            ("role", "perhaps"),
            ("passkey_page", "http://example.com/"),
            ("passkey_page", "javascript:alert(1)"),
            ("capacity", "many"),
            ("colour", "red"),
            ("role = 1\nkind", "mail"),
        ] {
            assert_eq!(correct(&session, "example.com", field, value), Err("correction_bad".to_owned()), "{field}");
        }
        assert_eq!(correct(&session, "no site", "role", "both"), Err("site_unreadable".to_owned()));
        assert!(session.profile.corrections(NOW).is_empty());
    }

    #[test]
    fn a_contribution_says_nothing_of_the_person() {
        let (dir, mut session) = session();
        let site = Site::parse("example.com").unwrap();
        let id = session.ledger.account_id(&site, "jane.doe");
        let imported = serde_json::json!({
            "kind": "account_imported", "site": "example.com", "user_name": "jane.doe", "title": "", "format": "csv",
            "has_password": true, "has_totp": false
        });
        session.ledger.append(Some(id), &[serde_json::from_value(imported).unwrap()], NOW).unwrap();
        correct(&session, "example.com", "role", "both").unwrap();
        correct(&session, "example.com", "passkey_page", "https://example.com/users/jane.doe/keys").unwrap();
        let out = dir.path().join("out");
        let contributed = session.contribute(&out, false, NOW).unwrap();
        assert_eq!(contributed.kept_back, [("example.com".to_owned(), "passkey_page")]);
        let text = fs::read_to_string(&contributed.files[0]).unwrap();
        assert!(text.contains("role") && !text.contains("jane"), "{text}");
    }
}
