//! Password Safe's XML export; its schema comes with the program: <https://pwsafe.org>.

use crate::container::xml::{Attributes, Visitor, walk};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Entry, Import, Limits, ReadError, timestamp};

pub(crate) static SOURCE: Source = Source {
    name: "passwordsafe-xml",
    product: "Password Safe",
    kind: "XML",
    evidence: Evidence::Documentation,
    reader: Reader::Own { recognises: |sample| sample.is_xml("passwordsafe"), lock: |_| Lock::Open, read },
};

struct Entries<'a> {
    import: Import,
    limits: &'a Limits,
    rows: u64,
    /// What the file writes for a line break in notes.
    delimiter: String,
    entry: Entry,
    email: String,
    otp: Otp,
}

/// The parts of a TOTP setting.
#[derive(Default)]
struct Otp {
    secret: zeroize::Zeroizing<String>,
    digits: String,
    period: String,
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let mut entries = Entries {
        import: Import::new(input.format),
        limits: input.limits,
        rows: 0,
        delimiter: String::new(),
        entry: Entry::default(),
        email: String::new(),
        otp: Otp::default(),
    };
    walk(input.bytes(), input.limits, &mut entries)?;
    Ok(entries.import)
}

impl Visitor for Entries<'_> {
    fn start(&mut self, path: &[String], element: &Attributes<'_, '_>) -> Result<(), ReadError> {
        match path {
            [_] => self.delimiter = element.get("delimiter").unwrap_or_default(),
            [_, name] if name == "entry" => {
                self.rows += 1;
                self.limits.allow_rows(self.rows)?;
                self.entry = Entry::default();
                self.email.clear();
                self.otp = Otp::default();
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, path: &[String], text: &str) -> Result<(), ReadError> {
        let [_, entry, inner @ ..] = path else { return Ok(()) };
        if entry != "entry" {
            return Ok(());
        }
        let names: Vec<&str> = inner.iter().map(String::as_str).collect();
        match names.as_slice() {
            [] => self.finish(),
            ["title"] => self.entry.title = text.trim().into(),
            // Groups are separated by dots.
            ["group"] => self.entry.group = text.trim().replace('.', "/").into(),
            ["username"] => self.entry.add_name(text),
            ["email"] => text.trim().clone_into(&mut self.email),
            ["password"] => self.entry.set_password(text),
            ["url"] => self.entry.add_url(text),
            ["notes"] if self.delimiter.is_empty() => self.entry.add_extra("", text),
            ["notes"] => self.entry.add_extra("", &zeroize::Zeroizing::new(text.replace(&self.delimiter, "\n"))),
            ["twofactorkey"] => self.otp.secret = zeroize::Zeroizing::new(text.to_owned()),
            ["totplength"] => text.clone_into(&mut self.otp.digits),
            ["totptimestep"] => text.clone_into(&mut self.otp.period),
            ["rmtimex"] => self.entry.modified_at = timestamp::any(text).or(self.entry.modified_at),
            ["ctimex" | "pmtimex"] => self.entry.modified_at = self.entry.modified_at.or(timestamp::any(text)),
            ["xtimex"] => self.entry.set_expires_at(timestamp::any(text)),
            _ => {}
        }
        Ok(())
    }
}

impl Entries<'_> {
    fn finish(&mut self) {
        let mut entry = std::mem::take(&mut self.entry);
        entry.add_name(&self.email);
        if let Err(error) = entry.set_totp_parts(&self.otp.secret, "", &self.otp.digits, &self.otp.period) {
            self.import.report(entry.location(), error.problem());
        }
        self.import.take(entry);
    }
}
