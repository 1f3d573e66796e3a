//! Password Safe's XML export; its schema comes with the program: <https://pwsafe.org>.

use crate::container::xml::{Attributes, Visitor, walk};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Entry, Import, Limits, ProblemCode, ReadError, timestamp};

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
    /// Whether the entry has a one-time password.
    has_totp: bool,
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let mut entries = Entries {
        import: Import::new(input.format),
        limits: input.limits,
        rows: 0,
        delimiter: String::new(),
        entry: Entry::default(),
        email: String::new(),
        has_totp: false,
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
                self.has_totp = false;
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
        let name = match inner {
            [] => {
                self.finish();
                return Ok(());
            }
            [name] => name.as_str(),
            _ => return Ok(()),
        };
        match name {
            "title" => self.entry.title = text.trim().into(),
            // Groups are separated by dots.
            "group" => self.entry.group = text.trim().replace('.', "/").into(),
            "username" => self.entry.add_name(text),
            "email" => text.trim().clone_into(&mut self.email),
            "password" => self.entry.set_password(text),
            "url" => self.entry.add_url(text),
            "notes" if self.delimiter.is_empty() => self.entry.add_extra("", text),
            "notes" => self.entry.add_extra("", &zeroize::Zeroizing::new(text.replace(&self.delimiter, "\n"))),
            // How its bytes are written is not known for sure, and a wrong secret is worse than none.
            "twofactorkey" => {
                self.has_totp |= !text.trim().is_empty();
                self.entry.add_extra(name, text);
            }
            "rmtimex" => self.entry.modified_at = timestamp::any(text).or(self.entry.modified_at()).into(),
            "pmtimex" => {
                self.entry.password_changed_at = timestamp::any(text).into();
                self.entry.modified_at = self.entry.modified_at().or(self.entry.password_changed_at()).into();
            }
            "ctimex" => self.entry.modified_at = self.entry.modified_at().or(timestamp::any(text)).into(),
            "xtimex" => self.entry.set_expires_at(timestamp::any(text)),
            _ => {}
        }
        Ok(())
    }
}

impl Entries<'_> {
    fn finish(&mut self) {
        let mut entry = std::mem::take(&mut self.entry);
        entry.add_name(&self.email);
        if std::mem::take(&mut self.has_totp) {
            self.import.report(entry.location(), ProblemCode::TotpUnsupported);
        }
        self.import.take(entry);
    }
}
