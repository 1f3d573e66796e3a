use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::layout::{Decode, Keep, Layout, Row};
use super::{Column, urls};
use crate::container::records::Record;
use crate::container::table::{Dialect, Width};
use crate::container::{table, text};
use crate::entry::location;
use crate::formats::Input;
use crate::progress::Stage;
use crate::{Entry, Import, ProblemCode, ReadError, TotpError, timestamp};

/// How the rows of a table are read.
pub(super) struct Rows<'a> {
    /// One for each column.
    pub columns: &'a [Column],
    /// What stands behind the last of them.
    pub behind: Column,
    pub has_heading: bool,
    pub layout: Option<&'a Layout>,
}

/// Reads the rows of a table whose columns are known.
pub(super) fn read_rows(input: &Input<'_>, how: &Rows<'_>) -> Result<Import, ReadError> {
    let text = text::utf8(input.bytes());
    let total = u64::try_from(text.len()).unwrap_or(u64::MAX);
    let mut dialect = input.sample.dialect().unwrap_or_else(|| Dialect::of(&text));
    if let Some(layout) = how.layout {
        dialect.quotes = layout.quotes;
        dialect.width = if how.has_heading { layout.width } else { Width::Any };
    } else if !how.has_heading {
        // What the person has named counts, even where the first row is shorter.
        let is_named = |column: &Column| !matches!(column, Column::Ignore | Column::Extra);
        dialect.columns = how.columns.iter().rposition(is_named).map_or(0, |at| at + 1);
    }
    let decode = how.layout.and_then(|layout| layout.decoder).and_then(|decoder| decoder(&text, dialect));
    let heading = if how.has_heading { input.sample.heading() } else { &[] };
    let place = |name: &&str| heading.iter().position(|column| column == name);
    let looked_up = how.layout.map_or(&[][..], |layout| layout.looked_up);
    let mut reading = Reading {
        how,
        heading,
        looked_up: looked_up.iter().map(place).collect(),
        labels: Vec::new(),
        decode,
        names: Names::default(),
        folder: Arc::default(),
        import: Import::new(input.format),
    };
    let mut first = how.has_heading;
    table::rows(&text, dialect, input.limits, |line, record| {
        let Some(record) = record else {
            reading.import.report(format!("line {line}"), ProblemCode::ItemUnreadable);
            return;
        };
        if std::mem::take(&mut first) {
            reading.labels = record.iter().map(|name| String::from_utf8_lossy(name).trim().into()).collect();
        } else if !record.iter().all(|field| field.trim_ascii().is_empty()) {
            reading.row(line, record);
        }
        if reading.import.entries.len().is_multiple_of(4096) {
            input.watch.tell(Stage::Entries, u64::try_from(record.begin()).unwrap_or(u64::MAX), total);
        }
    })?;
    Ok(reading.import)
}

struct Reading<'a> {
    how: &'a Rows<'a>,
    /// The names of the columns, lower case.
    heading: &'a [String],
    /// The places of the columns that the layout looks up.
    looked_up: Vec<Option<usize>>,
    /// The same as they stand.
    labels: Vec<Box<str>>,
    decode: Option<Decode>,
    names: Names,
    /// The folder that a row before named for those behind it.
    folder: Arc<str>,
    import: Import,
}

impl Reading<'_> {
    fn row(&mut self, line: u64, record: &Record) {
        let decoded = self.decode.map(|decode| decoded(record, decode));
        let record = decoded.as_ref().unwrap_or(record);
        let row = Row::new(self.heading, &self.looked_up, record);
        let mut draft = Draft {
            entry: Entry::default(),
            keep: Keep::Login,
            problems: Vec::new(),
            names: &mut self.names,
            folder: &mut self.folder,
            between: self.how.layout.map_or("/", |layout| layout.between_groups),
        };
        for (at, text) in row.texts().enumerate() {
            let column = self.how.columns.get(at).copied().unwrap_or(self.how.behind);
            if column == Column::Ignore {
                continue;
            }
            match text {
                Some("") => {}
                Some(text) => draft.take(column, self.labels.get(at).map_or("", |label| label), text),
                None => draft.problems.push(ProblemCode::NotText),
            }
        }
        let hook = self.how.layout.and_then(|layout| layout.row);
        let finished = hook.map_or(Keep::Login, |hook| hook(&mut draft, &row));
        let Draft { mut entry, keep, problems, .. } = draft;
        if entry.group.is_empty() {
            entry.group = self.folder.clone();
        }
        let import = &mut self.import;
        match if keep == Keep::Login { finished } else { keep } {
            Keep::Login if entry.is_login() => {
                for code in problems {
                    import.report(location(&entry.group, &entry.title), code);
                }
                import.entries.push(entry);
            }
            Keep::Login | Keep::Other => import.left_out.not_logins += 1,
            Keep::Recycled => import.left_out.recycled += 1,
            Keep::Broken => import.report(format!("line {line}"), ProblemCode::ItemUnreadable),
            Keep::Nothing => {}
        }
    }
}

fn decoded(record: &Record, decode: Decode) -> Record {
    let mut decoded = Record::default();
    for field in record.iter() {
        match str::from_utf8(field) {
            Ok(text) => match decode(text) {
                Cow::Borrowed(text) => decoded.push(text.as_bytes()),
                Cow::Owned(text) => decoded.push(Zeroizing::new(text).as_bytes()),
            },
            Err(_) => decoded.push(field),
        }
    }
    decoded
}

/// Folder names, each kept once.
#[derive(Default)]
pub(super) struct Names {
    known: HashMap<Box<str>, Arc<str>>,
    /// The one asked for last, and its path: rows of a folder mostly stand together.
    last: (Box<str>, Arc<str>),
}

impl Names {
    /// The path of a folder, its parts between `/`.
    fn path(&mut self, name: &str, between: &str) -> Arc<str> {
        if *self.last.0 == *name {
            return self.last.1.clone();
        }
        let path = self.known.get(name).cloned().unwrap_or_else(|| {
            let parts = name.split(between).map(str::trim).filter(|part| !part.is_empty());
            let path: Arc<str> = parts.collect::<Vec<_>>().join("/").into();
            self.known.insert(name.into(), path.clone());
            path
        });
        self.last = (name.into(), path.clone());
        path
    }
}

/// An entry in the making.
pub(crate) struct Draft<'a> {
    pub entry: Entry,
    keep: Keep,
    problems: Vec<ProblemCode>,
    names: &'a mut Names,
    folder: &'a mut Arc<str>,
    between: &'static str,
}

impl Draft<'_> {
    /// The rows behind this one are in a folder, those that do not name one themselves.
    pub(crate) fn begin_folder(&mut self, path: &str) {
        *self.folder = self.names.path(path, self.between);
    }

    /// Something of the entry could not be read.
    pub(crate) fn report(&mut self, problem: ProblemCode) {
        self.problems.push(problem);
    }

    /// Takes over a TOTP setting whose parts stand apart; without a secret there is none.
    pub(crate) fn take_totp_parts(&mut self, secret: &str, algorithm: &str, digits: &str, period: &str) {
        self.take_totp(|entry| entry.set_totp_parts(secret, algorithm, digits, period));
    }

    /// Sets a TOTP setting. The first one stays: which of several is in use cannot be told.
    fn take_totp(&mut self, set: impl FnOnce(&mut Entry) -> Result<(), TotpError>) {
        let before = self.entry.totp.take();
        if let Err(error) = set(&mut self.entry) {
            self.problems.push(error.problem());
        }
        if before.is_some() {
            if self.entry.totp.is_some() && self.entry.totp != before {
                self.problems.push(ProblemCode::DuplicateField);
            }
            self.entry.totp = before;
        }
    }

    /// Takes over a field as the column says; an empty one is none.
    pub(crate) fn take(&mut self, column: Column, label: &str, field: &str) {
        let entry = &mut self.entry;
        match column {
            Column::Ignore => {}
            Column::Title if entry.title.is_empty() => entry.title = text::trim(field).into(),
            Column::Title => entry.add_extra(label, field),
            Column::Group => entry.group = self.names.path(field, self.between),
            Column::Url => urls::all(field).for_each(|url| entry.add_url(url)),
            Column::UserName => {
                // A further name may have come first, in a column before this one.
                let other = std::mem::take(&mut entry.user_name);
                entry.add_name(field);
                entry.add_name(&other);
            }
            Column::OtherName => entry.add_name(field),
            Column::Password => {
                let before = entry.password.take();
                entry.set_password(field);
                let same = |one: &secrecy::SecretString| secrecy::ExposeSecret::expose_secret(one) == field;
                if before.is_some_and(|before| !same(&before)) {
                    self.problems.push(ProblemCode::DuplicateField);
                }
            }
            Column::Totp => self.take_totp(|entry| entry.set_totp(field)),
            Column::Note => entry.add_extra("", field),
            Column::Extra => entry.add_extra(label, field),
            Column::Modified => entry.modified_at = timestamp::any(field).or(entry.modified_at()).into(),
            Column::PasswordChanged => {
                entry.password_changed_at = timestamp::any(field).or(entry.password_changed_at()).into();
            }
            Column::Expires => entry.set_expires_at(timestamp::any(field)),
            Column::Archived => entry.set_archived(is_set(field)),
            Column::Deleted if is_set(field) => self.keep = Keep::Recycled,
            Column::Deleted => {}
        }
    }
}

/// Whether a field marks its entry: anything but a word for no.
pub(super) fn is_set(field: &str) -> bool {
    !matches!(field.trim().to_ascii_lowercase().as_str(), "" | "0" | "false" | "no" | "null" | "none")
}
