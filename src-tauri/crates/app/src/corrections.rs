//! What the person knows better of a site than the directory, and how it is given to everybody.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use rekey_origin::Site;
use rekey_sites::read::Fault;
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
    /// [`AppError::NotASite`], [`AppError::LocalSite`] for a site of the person's own network, [`AppError::BadCorrection`] for
    /// the first field that cannot be so, and where the profile cannot be written; then nothing has changed.
    pub fn correct_site(&self, site: &str, fields: &[(String, String)], now: u64) -> Result<(), AppError> {
        let directory = self.profile.directory(now);
        let domain = domain_of(&directory, site)?;
        let name = directory.look_up_text(site).map_or_else(|| domain.clone(), |known| known.name().to_owned());
        let corrections = self.profile.corrections(now);
        let mut record = corrections.correction(&domain).cloned();
        for (field, value) in fields {
            record = Some(corrected(record.as_ref(), &name, &domain, field, value, &today(now))?);
        }
        if let Some(other) = record.as_ref().and_then(|record| known_as_another(record, &domain)) {
            let said = format!("{other} is known as another site");
            return Err(AppError::BadCorrection { field: "equivalent".to_owned(), said });
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

    /// Writes the corrections into a folder as records for everybody, without anything about the person. Each is a new
    /// file: nothing is overwritten, and nothing written through a link.
    ///
    /// # Errors
    /// Where one of the files is there already, as they are in the profile's own folder of corrections; then nothing is
    /// written. Where the folder cannot be written, or the ledger fails.
    pub fn contribute(&self, folder: &Path, with_notes: bool, now: u64) -> Result<Contributed, AppError> {
        let views = self.accounts(&AccountFilter::default())?;
        let names: Vec<&str> = views.iter().map(|view| view.user_name.as_str()).collect();
        let contribution = self.profile.corrections(now).contribution(&Sharing { names: &names, notes: with_notes });
        let mut contributed = Contributed { files: Vec::new(), kept_back: contribution.kept_back };
        fs::create_dir_all(folder).map_err(|error| AppError::write(folder, error))?;
        let path_of = |record: &Record| folder.join(format!("{}.toml", record.domain));
        if let Some(taken) = contribution.records.iter().map(path_of).find(|path| path.symlink_metadata().is_ok()) {
            return Err(AppError::write(&taken, io::ErrorKind::AlreadyExists.into()));
        }
        for record in contribution.records {
            let path = path_of(&record);
            File::create_new(&path)
                .and_then(|mut file| file.write_all(write::write(&record).as_bytes()))
                .map_err(|error| AppError::write(&path, error))?;
            contributed.files.push(path.display().to_string());
        }
        Ok(contributed)
    }
}

/// A domain that a correction claims for its site, and that the directory has as another site: what is said of the one
/// would count for the other.
fn known_as_another(record: &Record, domain: &str) -> Option<String> {
    let directory = Directory::built_in();
    let claimed = record.equivalent.iter().flat_map(|fact| fact.value.iter());
    let is_other = |claimed: &&rekey_sites::record::Text| {
        directory.look_up_text(claimed).is_some_and(|known| known.domain() != domain)
    };
    claimed.into_iter().find(is_other).map(ToString::to_string)
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
    read_as_meant(&text, today).map_err(|errors| {
        let first = errors.into_iter().next();
        // What is wrong may be the field's fault and another one's place.
        let at = first.as_ref().and_then(|error| error.field.as_deref()).unwrap_or(field);
        let at = at.split('.').next().unwrap_or(at).to_owned();
        if at == "domain" && field != "domain" {
            return AppError::LocalSite { text: domain.to_owned() };
        }
        AppError::BadCorrection { field: at, said: first.map(|error| error.fault.to_string()).unwrap_or_default() }
    })
}

/// Reads a record that the person means as it is: an RP ID of another domain than the site's is no mistake.
fn read_as_meant(text: &str, today: &str) -> Result<Record, Vec<read::ReadError>> {
    const FOREIGN: &str = "foreign = true, ";
    let with = |said: &str| -> String {
        let lines = text.lines().map(|line| match line.strip_prefix("rp_ids = { ") {
            Some(rest) => format!("rp_ids = {{ {said}{}\n", rest.replacen(FOREIGN, "", 1)),
            None => format!("{line}\n"),
        });
        lines.collect()
    };
    match read::read(&with(""), today) {
        Err(errors) if errors.iter().all(|error| error.fault == Fault::Foreign) => read::read(&with(FOREIGN), today),
        read => read,
    }
}

/// A value as records write it: words and addresses in quotes, several of them in a list.
fn literal(field: &str, value: &str) -> String {
    match field {
        "usernameless" => match value {
            "yes" | "true" => "true".to_owned(),
            "no" | "false" => "false".to_owned(),
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
            ("equivalent", "google.com"),
            ("role = 1\nkind", "mail"),
        ] {
            assert_eq!(correct(&session, "example.com", field, value), Err("correction_bad".to_owned()), "{field}");
        }
        assert_eq!(correct(&session, "no site", "role", "both"), Err("site_unreadable".to_owned()));
        assert!(session.profile.corrections(NOW).is_empty());
    }

    #[test]
    fn rp_ids_may_be_of_another_domain() {
        let (_dir, session) = session();
        let rp_ids = |session: &Session| -> Option<Vec<String>> {
            let directory = session.profile.directory(NOW);
            let known = directory.look_up_text("example.com")?;
            Some(known.rp_ids()?.value.iter().map(ToString::to_string).collect())
        };
        assert_eq!(correct(&session, "example.com", "rp_ids", "id.example.net"), Ok(()));
        assert_eq!(rp_ids(&session).unwrap(), ["id.example.net"]);
        // Other fields decide whether it is foreign, before and after.
        for (field, value) in [
            ("role", "both"),
            ("sign_in", "https://login.example.net/"),
            ("sign_in", ""),
            ("rp_ids", "id.example.net, example.com"),
            ("rp_ids", "example.com"),
        ] {
            assert_eq!(correct(&session, "example.com", field, value), Ok(()), "{field} = {value}");
        }
        assert_eq!(rp_ids(&session).unwrap(), ["example.com"]);
        assert_eq!(correct(&session, "example.com", "rp_ids", "not a domain"), Err("correction_bad".to_owned()));
    }

    #[test]
    fn an_error_is_said_of_its_own_field() {
        let (_dir, session) = session();
        let field_of = |fields: &[(&str, &str)]| {
            let fields: Vec<_> =
                fields.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect();
            match session.correct_site("example.com", &fields, NOW) {
                Err(AppError::BadCorrection { field, .. }) => field,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(field_of(&[("role", "perhaps")]), "role");
        assert_eq!(field_of(&[("domain", "example.org")]), "domain");
        // Kept by hand, of a day that has not come yet.
        let text = "name = \"Mine\"\ndomain = \"example.com\"\n\
                    kind = { value = \"mail\", source = [\"own\"], observed = \"2026-12-01\", confidence = \"high\" }\n";
        let record = read::read(text, "2026-12-31").unwrap();
        let error = corrected(Some(&record), "Mine", "example.com", "role", "both", "2026-11-01").unwrap_err();
        assert!(matches!(error, AppError::BadCorrection { field, .. } if field == "kind"));
    }

    #[test]
    fn sites_of_the_persons_own_network_are_not_corrected() {
        let (_dir, session) = session();
        for site in ["nas.lan", "localhost:8080", "192.168.1.1", "printer"] {
            assert_eq!(correct(&session, site, "role", "both"), Err("site_local".to_owned()), "{site}");
        }
    }

    #[test]
    fn a_contribution_overwrites_nothing() {
        let (dir, session) = session();
        for site in ["example.com", "example.org"] {
            correct(&session, site, "role", "both").unwrap();
        }
        let is_taken = |folder: &Path| match session.contribute(folder, false, NOW) {
            Err(AppError::Write { source, .. }) => source.kind() == io::ErrorKind::AlreadyExists,
            _ => false,
        };
        assert!(is_taken(&dir.path().join("profile/sites")), "the corrections themselves");
        let out = dir.path().join("out");
        fs::create_dir_all(&out).unwrap();
        fs::write(out.join("example.org.toml"), "another's").unwrap();
        assert!(is_taken(&out) && !out.join("example.com.toml").exists());
        assert_eq!(fs::read_to_string(out.join("example.org.toml")).unwrap(), "another's");
        #[cfg(unix)]
        {
            let (linked, target) = (dir.path().join("linked"), dir.path().join("target"));
            fs::create_dir_all(&linked).unwrap();
            std::os::unix::fs::symlink(&target, linked.join("example.com.toml")).unwrap();
            assert!(is_taken(&linked) && !target.exists());
        }
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
