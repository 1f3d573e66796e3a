use std::collections::HashMap;
use std::sync::Arc;

use csv::ByteRecord;

use super::Column;
use crate::container::{table, text};
use crate::entry::location;
use crate::formats::Input;
use crate::progress::Stage;
use crate::sample::Sample;
use crate::{Entry, Import, ProblemCode, ReadError, timestamp};

/// What a program's table looks like.
pub(crate) struct Layout {
    /// Columns that tell this program's tables from others'; each must be there. Lower case, as the heading is compared.
    pub marks: &'static [&'static str],
    /// What the columns hold, by lower-case name. A name may come more than once in the file; each counts. Columns that
    /// are not named here become custom fields.
    pub columns: &'static [(&'static str, Column)],
    /// What else a row needs, after its columns were taken over.
    pub row: Option<fn(&mut Entry, &Row<'_>) -> Keep>,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// It is an entry, where there is anything to sign in with.
    Login,
    /// It is something else: a card, an identity.
    Other,
    /// It is in the trash.
    Recycled,
    /// It was made out of something that cannot be read.
    Unreadable,
}

/// How well a layout fits a heading; greater is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fit {
    /// Columns of the heading that the layout knows.
    known: usize,
    /// Its marks: of two layouts that know as much, the more demanding one.
    marks: usize,
}

/// One row with its heading.
pub(crate) struct Row<'a> {
    heading: &'a [String],
    record: &'a ByteRecord,
}

impl Row<'_> {
    /// The text of the first column of that (lower-case) name; empty where there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        let at = self.heading.iter().position(|column| column == name);
        at.and_then(|at| self.record.get(at)).and_then(|text| str::from_utf8(text).ok()).unwrap_or_default()
    }

    /// All columns with their names, in order; those behind the heading's last have an empty one.
    pub(crate) fn cells(&self) -> impl Iterator<Item = (&str, &str)> {
        let names = self.heading.iter().map(String::as_str).chain(std::iter::repeat(""));
        names.zip(self.record.iter()).map(|(name, text)| (name, str::from_utf8(text).unwrap_or_default()))
    }
}

impl Layout {
    /// Whether a file is of this layout, and how well it fits.
    pub(crate) fn fits(&self, sample: &Sample<'_>) -> Option<Fit> {
        let heading = sample.heading();
        let has = |name: &&str| heading.iter().any(|column| column == name);
        if heading.is_empty() || !self.marks.iter().all(has) {
            return None;
        }
        let known = heading.iter().filter(|column| self.columns.iter().any(|(name, _)| name == column)).count();
        Some(Fit { known, marks: self.marks.len() })
    }

    /// Reads a file of this layout.
    pub(crate) fn read(&self, input: &Input<'_>) -> Result<Import, ReadError> {
        let columns: Vec<Column> = input
            .sample
            .heading()
            .iter()
            .map(|name| {
                self.columns.iter().find(|(known, _)| known == name).map_or(Column::Extra, |(_, column)| *column)
            })
            .collect();
        read_rows(input, &columns, true, self.row)
    }
}

/// Reads the rows of a table whose columns are known.
pub(super) fn read_rows(
    input: &Input<'_>,
    columns: &[Column],
    has_heading: bool,
    finish: Option<fn(&mut Entry, &Row<'_>) -> Keep>,
) -> Result<Import, ReadError> {
    let heading = if has_heading { input.sample.heading() } else { &[] };
    let text = text::utf8(input.bytes());
    let total = u64::try_from(text.len()).unwrap_or(u64::MAX);
    let mut import = Import::new(input.format);
    let mut names = Names::default();
    let mut first = has_heading;
    table::rows(&text, table::delimiter(&text), input.limits, |line, record| {
        if std::mem::take(&mut first) || record.iter().all(|field| field.trim_ascii().is_empty()) {
            return;
        }
        let row = Row { heading, record };
        let mut entry = Entry::default();
        let mut taken = Taken { keep: Keep::Login, problems: Vec::new() };
        for (at, field) in record.iter().enumerate() {
            // What stands behind the last column's name is kept as a field without one.
            let column = columns.get(at).copied().unwrap_or(Column::Extra);
            if !field.is_empty() && column != Column::Ignore {
                let label = heading.get(at).map_or("", String::as_str);
                take(&mut entry, column, label, field, &mut names, &mut taken);
            }
        }
        let finished = finish.map_or(Keep::Login, |finish| finish(&mut entry, &row));
        let keep = if taken.keep == Keep::Login { finished } else { taken.keep };
        match keep {
            Keep::Login if entry.is_login() => {
                for code in taken.problems {
                    import.report(location(&entry.group, &entry.title), code);
                }
                import.entries.push(entry);
            }
            Keep::Login | Keep::Other => import.left_out.not_logins += 1,
            Keep::Recycled => import.left_out.recycled += 1,
            Keep::Unreadable => import.report(format!("line {line}"), ProblemCode::ItemUnreadable),
        }
        if import.entries.len().is_multiple_of(4096) {
            let done = record.position().map_or(0, csv::Position::byte);
            input.watch.tell(Stage::Entries, done, total);
        }
    })?;
    Ok(import)
}

/// What the columns of a row said beside the entry.
struct Taken {
    keep: Keep,
    problems: Vec<ProblemCode>,
}

/// Folder names, each kept once.
#[derive(Default)]
struct Names(HashMap<Box<str>, Arc<str>>);

impl Names {
    fn shared(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return known.clone();
        }
        let shared: Arc<str> = name.into();
        self.0.insert(name.into(), shared.clone());
        shared
    }
}

fn take(entry: &mut Entry, column: Column, label: &str, field: &[u8], names: &mut Names, taken: &mut Taken) {
    let Ok(field) = str::from_utf8(field) else {
        taken.problems.push(ProblemCode::NotText);
        return;
    };
    match column {
        Column::Ignore => {}
        Column::Title => entry.title = field.trim().into(),
        Column::Group => entry.group = names.shared(field.trim().trim_matches('/')),
        Column::Url => urls(field).for_each(|url| entry.add_url(url)),
        Column::UserName => {
            // A further name may have come first, in a column before this one.
            let other = std::mem::take(&mut entry.user_name);
            entry.add_name(field);
            entry.add_name(&other);
        }
        Column::OtherName => entry.add_name(field),
        Column::Password => entry.set_password(field),
        Column::Totp => {
            if let Err(error) = entry.set_totp(field) {
                taken.problems.push(error.problem());
            }
        }
        Column::Note => entry.add_extra("", field),
        Column::Extra => entry.add_extra(label, field),
        Column::Modified => entry.modified_at = timestamp::any(field).or(entry.modified_at),
        Column::Expires => entry.set_expires_at(timestamp::any(field)),
        Column::Archived => entry.set_archived(is_set(field)),
        Column::Deleted if is_set(field) => taken.keep = Keep::Recycled,
        Column::Deleted => {}
    }
}

/// Whether a field marks its entry: anything but a word for no.
fn is_set(field: &str) -> bool {
    !matches!(field.trim().to_ascii_lowercase().as_str(), "" | "0" | "false" | "no" | "null" | "none")
}

/// The addresses in a column. A comma or semicolon separates only where what follows begins an address, because both may
/// be part of one.
pub(super) fn urls(field: &str) -> impl Iterator<Item = &str> {
    field.split(['\n', '\r', '\t', ' ']).flat_map(separated)
}

fn separated(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        if text.is_empty() {
            return None;
        }
        let begins = |rest: &str| {
            let start = rest.split_once("://").map_or("", |(scheme, _)| scheme);
            !start.is_empty() && start.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let end = text.match_indices([',', ';']).map(|(at, _)| at).find(|at| begins(text.get(at + 1..).unwrap_or("")));
        let (url, rest) = match end {
            Some(end) => (text.get(..end).unwrap_or(text), text.get(end + 1..).unwrap_or("")),
            None => (text, ""),
        };
        text = rest;
        Some(url.trim_matches([',', ';']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_addresses_in_one_column() {
        let check = |field: &str, expect: &[&str]| assert_eq!(urls(field).collect::<Vec<_>>(), expect, "{field}");
        check("", &[]);
        check("https://a.example", &["https://a.example"]);
        check("https://a.example,https://b.example", &["https://a.example", "https://b.example"]);
        check("https://a.example/x,y;z", &["https://a.example/x,y;z"]);
        check(
            "https://a.example; http://b.example\nc.example",
            &["https://a.example", "http://b.example", "c.example"],
        );
        check("https://a.example,androidapp://b", &["https://a.example", "androidapp://b"]);
    }
}
