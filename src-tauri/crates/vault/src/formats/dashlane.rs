//! Dashlane's exports: an archive of tables, one a kind of item
//! (<https://support.dashlane.com/hc/en-us/articles/202625092>), and the JSON of its former desktop program.

use serde::Deserialize;

use super::csv;
use crate::container::json::{self, Loose};
use crate::container::loose::each;
use crate::container::{table, text, zip};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Entry, Import, Part, ReadError};

pub(crate) static ZIP: Source = Source {
    name: "dashlane-zip",
    product: "Dashlane",
    kind: "ZIP",
    evidence: Evidence::Documentation,
    reader: Reader::Own { recognises: |sample| sample.is_zip_with(is_logins), lock: |_| Lock::Open, read: read_zip },
};

pub(crate) static JSON: Source = Source {
    name: "dashlane-json",
    product: "Dashlane",
    kind: "JSON",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| sample.has_member("AUTHENTIFIANT"),
        lock: |_| Lock::Open,
        read: read_json,
    },
};

fn is_logins(name: &str) -> bool {
    name.ends_with("credentials.csv")
}

/// Tables of what is no sign-in.
fn is_other(name: &str) -> bool {
    ["securenotes.csv", "payments.csv", "ids.csv", "personalinfo.csv"].iter().any(|end| name.ends_with(end))
}

fn read_zip(input: &Input<'_>) -> Result<Import, ReadError> {
    let mut archive = zip::Archive::open(input.bytes(), input.limits)?;
    let mut import = Import::new(input.format);
    for name in archive.names(|name| is_logins(&name.to_ascii_lowercase())) {
        let content = archive.file(&name)?;
        let mut read = csv::read_table(input, &content).map_err(|error| match error {
            ReadError::UnknownFormat | ReadError::NeedsMapping => ReadError::damaged(Part::Table),
            error => error,
        })?;
        import.entries.append(&mut read.entries);
        import.left_out.not_logins += read.left_out.not_logins;
        for problem in read.problems.into_vec() {
            import.problems.push(problem);
        }
    }
    for name in archive.names(|name| is_other(&name.to_ascii_lowercase())) {
        import.left_out.not_logins += rows(&archive.file(&name)?, input)?;
    }
    Ok(import)
}

/// The rows of a table below its heading.
fn rows(content: &[u8], input: &Input<'_>) -> Result<usize, ReadError> {
    let text = text::utf8(content);
    let mut count = 0usize;
    table::rows(&text, table::Dialect::of(&text), input.limits, |_, _| count += 1)?;
    Ok(count.saturating_sub(1))
}

/// An object of lists, one a kind of item.
#[derive(Deserialize)]
struct Export<'a> {
    #[serde(rename = "AUTHENTIFIANT", borrow)]
    logins: Option<json::Items<json::Raw<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Login<'a> {
    #[serde(borrow)]
    title: Loose<'a>,
    domain: Loose<'a>,
    email: Loose<'a>,
    login: Loose<'a>,
    secondary_login: Loose<'a>,
    password: Loose<'a>,
    note: Loose<'a>,
    otp_secret: Loose<'a>,
}

fn read_json(input: &Input<'_>) -> Result<Import, ReadError> {
    let document = json::document(input.bytes());
    let export: Export<'_> = json::parse(&document, input.limits)?;
    let mut import = Import::new(input.format);
    each(export.logins.unwrap_or_default(), "AUTHENTIFIANT", input, &mut import, |login: Login<'_>, import| {
        let mut entry = Entry { title: login.title.text().trim().into(), ..Entry::default() };
        entry.add_url(login.domain.text());
        for name in [&login.login, &login.email, &login.secondary_login] {
            entry.add_name(name.text());
        }
        entry.set_password(login.password.text());
        entry.add_extra("", login.note.text());
        if let Err(error) = entry.set_totp(login.otp_secret.text()) {
            import.report(entry.location(), error.problem());
        }
        import.take(entry);
    })?;
    Ok(import)
}
