//! Records as they stand in `data/`, and as a person writes down corrections: TOML, each field with its source.
//!
//! The text need not be trusted: its size and everything in it is bounded, and what is wrong is said with its line. What a
//! field means and how it is written is in `data/README.md`.

#[cfg(test)]
mod fuzz;
mod sources;
#[cfg(test)]
mod tests;
mod value;

pub use sources::read_sources;
pub use value::Fault;

use std::fmt;
use std::ops::Range;

use rekey_origin::{Host, registrable_domain};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use url::Url;

use crate::record::{Fact, Provenance, Record, Text};

/// The longest text that is read, in bytes: more than a record with everything at its own bound takes when it is written.
pub const LONGEST: usize = 96 * 1024;

/// What is wrong in a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// The line, counted from 1.
    pub line: usize,
    /// The field, where it is one.
    pub field: Option<String>,
    /// What is wrong with it.
    pub fault: Fault,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Some(field) => write!(f, "line {}: {field} {}", self.line, self.fault),
            None => write!(f, "line {}: {}", self.line, self.fault),
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads a record; `today` is the last date that something can have been observed on, as `2026-08-14`.
///
/// # Errors
/// Everything that is wrong with it, in the order of the lines; at least one.
pub fn read(text: &str, today: &str) -> Result<Record, Vec<ReadError>> {
    let mut reader = Reader { text, today, errors: Vec::new() };
    match reader.table().and_then(|table| reader.record(table.get_ref())) {
        Some(record) if reader.errors.is_empty() => Ok(record),
        _ => Err(reader.into_errors()),
    }
}

const FACTS: &[&str] = &[
    "equivalent",
    "rp_ids",
    "sign_in",
    "passkey_page",
    "manage_page",
    "role",
    "asks_first",
    "authenticator",
    "capacity",
    "usernameless",
    "password_after",
    "change_password",
    "recovery_page",
    "help",
    "kind",
    "notes",
];

/// A text on its way to a record, and what was found wrong so far.
struct Reader<'t> {
    text: &'t str,
    today: &'t str,
    errors: Vec<ReadError>,
}

impl<'t> Reader<'t> {
    fn table(&mut self) -> Option<Spanned<DeTable<'t>>> {
        if self.text.len() > LONGEST {
            self.fail(0..0, None, Fault::TooLong(LONGEST));
            return None;
        }
        DeTable::parse(self.text)
            .map_err(|error| {
                let what = error.message().chars().filter(|letter| !letter.is_control()).take(120).collect();
                self.fail(error.span().unwrap_or_default(), None, Fault::NotToml(what));
            })
            .ok()
    }

    fn record(&mut self, table: &DeTable) -> Option<Record> {
        self.known_only(table, "", &[&["name", "domain"], FACTS].concat());
        let name = self.plain(table, "name", value::text);
        let domain = self.plain(table, "domain", value::domain);
        let equivalent = self.fact(table, "equivalent", &[], |v| value::list(v, value::domain));
        let rp_ids = self.fact(table, "rp_ids", &["foreign"], |v| value::list(v, value::domain));
        let sign_in = self.fact(table, "sign_in", &[], value::url);
        let passkey_page = self.fact(table, "passkey_page", &[], value::url);
        let manage_page = self.fact(table, "manage_page", &[], value::url);
        let role = self.fact(table, "role", &[], value::word);
        let asks_first = self.fact(table, "asks_first", &[], value::checks);
        let authenticator = self.fact(table, "authenticator", &[], value::word);
        let capacity = self.fact(table, "capacity", &[], value::capacity);
        let usernameless = self.fact(table, "usernameless", &[], value::truth);
        let password_after = self.fact(table, "password_after", &[], value::word);
        let change_password = self.fact(table, "change_password", &[], value::url);
        let recovery_page = self.fact(table, "recovery_page", &[], value::url);
        let help = self.fact(table, "help", &[], value::url);
        let kind = self.fact(table, "kind", &[], value::word);
        let notes = self.fact(table, "notes", &[], value::notes);
        let record = Record {
            name: name?,
            domain: domain?,
            equivalent,
            rp_ids,
            sign_in,
            passkey_page,
            manage_page,
            role,
            asks_first,
            authenticator,
            capacity,
            usernameless,
            password_after,
            change_password,
            recovery_page,
            help,
            kind,
            notes,
        };
        self.agreement(table, &record);
        Some(record)
    }

    /// What two fields have to do with one another.
    fn agreement(&mut self, table: &DeTable, record: &Record) {
        if let (Some(fact), Some(at)) = (&record.equivalent, table.get("equivalent"))
            && fact.value.contains(&record.domain)
        {
            self.fail(at.span(), Some("equivalent"), Fault::Repeated);
        }
        let (Some(fact), Some(at)) = (&record.rp_ids, table.get("rp_ids")) else { return };
        let said = match at.get_ref().get("foreign").map(|value| value.get_ref().as_bool()) {
            None => false,
            Some(Some(true)) => true,
            Some(_) => return self.fail(at.span(), Some("rp_ids.foreign"), Fault::NotTrue),
        };
        match (fact.value.iter().any(|id| is_foreign(record, id)), said) {
            (true, false) => self.fail(at.span(), Some("rp_ids"), Fault::Foreign),
            (false, true) => self.fail(at.span(), Some("rp_ids"), Fault::NotForeign),
            _ => {}
        }
    }

    /// A field that is a value alone.
    fn plain<T>(&mut self, table: &DeTable, field: &str, read: impl FnOnce(&DeValue) -> Result<T, Fault>) -> Option<T> {
        let Some(value) = table.get(field) else {
            self.fail(0..0, Some(field), Fault::Missing);
            return None;
        };
        read(value.get_ref()).map_err(|fault| self.fail(value.span(), Some(field), fault)).ok()
    }

    /// A field that is a value with where it comes from; `more` are keys that this field alone may have.
    fn fact<T: Clone>(
        &mut self,
        table: &DeTable,
        field: &str,
        more: &[&str],
        read: impl FnOnce(&DeValue) -> Result<T, Fault>,
    ) -> Option<Fact<T>> {
        let at = table.get(field)?;
        let Some(parts) = at.get_ref().as_table() else {
            self.fail(at.span(), Some(field), Fault::NotA("{ value = …, source = […], confidence = … }"));
            return None;
        };
        self.known_only(parts, &format!("{field}."), &[&["value", "source", "observed", "confidence"], more].concat());
        let today = self.today;
        let value = self.part(at, field, "value", read);
        let sources = self.part(at, field, "source", value::source_ids);
        let confidence = self.part(at, field, "confidence", value::word);
        let observed = match parts.contains_key("observed") {
            true => Some(self.part(at, field, "observed", |date| value::date(date, today))?),
            false => None,
        };
        Some(Fact { value: value?, provenance: Provenance { sources: sources?, observed, confidence: confidence? } })
    }

    fn part<T>(
        &mut self,
        at: &Spanned<DeValue>,
        field: &str,
        part: &str,
        read: impl FnOnce(&DeValue) -> Result<T, Fault>,
    ) -> Option<T> {
        let name = if part == "value" { field.to_owned() } else { format!("{field}.{part}") };
        let Some(value) = at.get_ref().get(part) else {
            self.fail(at.span(), Some(&format!("{field}.{part}")), Fault::Missing);
            return None;
        };
        read(value.get_ref()).map_err(|fault| self.fail(value.span(), Some(&name), fault)).ok()
    }

    fn known_only(&mut self, table: &DeTable, prefix: &str, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name: String = key.get_ref().chars().filter(|letter| !letter.is_control()).take(40).collect();
            self.fail(key.span(), Some(&format!("{prefix}{name}")), Fault::UnknownField);
        }
    }

    fn fail(&mut self, at: Range<usize>, field: Option<&str>, fault: Fault) {
        let before = self.text.as_bytes().get(..at.start).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        self.errors.push(ReadError { line, field: field.map(str::to_owned), fault });
    }

    fn into_errors(mut self) -> Vec<ReadError> {
        self.errors.sort_by_key(|error| error.line);
        self.errors
    }
}

/// Whether a relying party identifier belongs to none of the record's domains and addresses.
pub(crate) fn is_foreign(record: &Record, id: &str) -> bool {
    let urls = [&record.sign_in, &record.passkey_page, &record.manage_page, &record.change_password];
    let hosts = urls.into_iter().flatten().filter_map(|fact| Host::of(&Url::parse(&fact.value).ok()?));
    let hosts: Vec<String> = hosts.map(|host| host.to_string()).collect();
    let equivalent = record.equivalent.iter().flat_map(|fact| fact.value.iter().map(Text::as_ref));
    let own = std::iter::once(record.domain.as_ref()).chain(equivalent).chain(hosts.iter().map(String::as_str));
    let site = registrable_domain(id);
    site.is_none() || !own.filter_map(registrable_domain).any(|domain| Some(domain) == site)
}
