use std::borrow::Cow;

use super::Column;
use super::rows::{Rows, read_rows};
use crate::container::table::{Dialect, Quotes};
use crate::formats::Input;
use crate::sample::Sample;
use crate::{Entry, Import, ReadError};

/// What a program's table looks like.
pub(crate) struct Layout {
    told: Told,
    /// What the columns hold, by lower-case name, or in order where there is no heading.
    columns: &'static [(&'static str, Column)],
    pub(super) quotes: Quotes,
    pub(super) ragged: bool,
    /// What stands between the names of folders.
    pub(super) between_groups: &'static str,
    pub(super) decoder: Option<fn(&[u8], Dialect) -> Option<Decode>>,
    pub(super) row: Option<RowHook>,
}

/// What else a row needs, after its columns were taken over.
pub(crate) type RowHook = fn(&mut Entry, &Row<'_>) -> Keep;
/// What a field stands for.
pub(crate) type Decode = fn(&str) -> Cow<'_, str>;

/// How a program's tables are told from others'.
enum Told {
    /// By their heading: all columns of one of these sets are in it. Lower case, as the heading is compared; the order of
    /// the columns in the file decides only between layouts that fit as well.
    Heading(&'static [&'static [&'static str]]),
    /// By what their first rows hold; there is no heading.
    Rows(fn(&Sample<'_>) -> bool),
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
    /// It declares a folder or repeats the heading: nothing that was stored.
    Nothing,
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
    /// Whether the marks come in the layout's order.
    in_order: bool,
}

/// One row with its heading.
pub(crate) struct Row<'a> {
    /// Lower case.
    pub(super) heading: &'a [String],
    pub(super) record: &'a csv::ByteRecord,
}

impl Row<'_> {
    /// The text of the first column of that (lower-case) name; empty where there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        let at = self.heading.iter().position(|column| column == name);
        at.map_or("", |at| self.at(at))
    }

    /// The text of a column by its place, from 0; empty where there is none.
    pub(crate) fn at(&self, column: usize) -> &str {
        self.record.get(column).and_then(|text| str::from_utf8(text).ok()).unwrap_or_default()
    }

    /// How many fields it has.
    pub(crate) fn len(&self) -> usize {
        self.record.len()
    }

    /// All columns with their (lower-case) names, in order; those behind the heading's last have an empty one.
    pub(crate) fn cells(&self) -> impl Iterator<Item = (&str, &str)> {
        let names = self.heading.iter().map(String::as_str).chain(std::iter::repeat(""));
        names.zip(self.record.iter()).map(|(name, text)| (name, str::from_utf8(text).unwrap_or_default()))
    }
}

impl Layout {
    /// A table with a heading: `marks` are sets of columns, one of which must be there as a whole. A name of `columns`
    /// may come more than once in the file; each counts. Columns that are not named become custom fields.
    pub(crate) const fn new(
        marks: &'static [&'static [&'static str]],
        columns: &'static [(&'static str, Column)],
    ) -> Self {
        Self::told(Told::Heading(marks), columns)
    }

    /// A table without a heading, told by its first rows. Those must leave no doubt: what is taken for another
    /// program's table has its passwords in another column.
    pub(crate) const fn headless(
        recognises: fn(&Sample<'_>) -> bool,
        columns: &'static [(&'static str, Column)],
    ) -> Self {
        Self::told(Told::Rows(recognises), columns)
    }

    const fn told(told: Told, columns: &'static [(&'static str, Column)]) -> Self {
        let quotes = Quotes::Doubled;
        Self { told, columns, quotes, ragged: false, between_groups: "/", decoder: None, row: None }
    }

    pub(crate) const fn row(self, row: RowHook) -> Self {
        Self { row: Some(row), ..self }
    }

    pub(crate) const fn quotes(self, quotes: Quotes) -> Self {
        Self { quotes, ..self }
    }

    /// Rows may have fewer fields than the heading.
    pub(crate) const fn ragged(self) -> Self {
        Self { ragged: true, ..self }
    }

    /// Folder names stand between something else than `/`.
    pub(crate) const fn groups(self, between: &'static str) -> Self {
        Self { between_groups: between, ..self }
    }

    /// Fields stand for something else than what they say; `decoder` looks at the whole text to tell whether.
    pub(crate) const fn decoded(self, decoder: fn(&[u8], Dialect) -> Option<Decode>) -> Self {
        Self { decoder: Some(decoder), ..self }
    }

    /// Whether a file is of this layout, and how well it fits. Those told by a heading come before those without one.
    pub(crate) fn fits(&self, sample: &Sample<'_>) -> Option<Fit> {
        let heading = sample.heading();
        if heading.is_empty() {
            return None;
        }
        let place = |name: &&str| heading.iter().position(|column| column == name);
        match &self.told {
            Told::Heading(sets) => {
                let known = heading.iter().filter(|name| self.column(name).is_some()).count();
                let fit = |marks: &&[&str]| {
                    let places: Option<Vec<usize>> = marks.iter().map(place).collect();
                    Some(Fit { known, marks: marks.len(), in_order: places?.is_sorted() })
                };
                sets.iter().filter_map(fit).max()
            }
            Told::Rows(recognises) => {
                let fit = Fit { known: 0, marks: 0, in_order: false };
                (!super::mapping::is_heading(heading) && recognises(sample)).then_some(fit)
            }
        }
    }

    fn column(&self, name: &str) -> Option<Column> {
        self.columns.iter().find(|(known, _)| *known == name).map(|(_, column)| *column)
    }

    /// Reads a file of this layout.
    pub(crate) fn read(&self, input: &Input<'_>) -> Result<Import, ReadError> {
        let has_heading = matches!(self.told, Told::Heading(_));
        let columns = if has_heading {
            let heading = input.sample.heading();
            heading.iter().map(|name| self.column(name).unwrap_or(Column::Extra)).collect()
        } else {
            self.columns.iter().map(|(_, column)| *column).collect::<Vec<_>>()
        };
        read_rows(input, &Rows { columns: &columns, has_heading, layout: Some(self) })
    }

    /// The names of the columns it knows, and the sets that tell it.
    #[cfg(test)]
    pub(super) fn names(&self) -> (&'static [(&'static str, Column)], &'static [&'static [&'static str]]) {
        match self.told {
            Told::Heading(marks) => (self.columns, marks),
            Told::Rows(_) => (self.columns, &[]),
        }
    }
}
