use std::borrow::Cow;
use std::ops::Range;

use super::rows::{Draft, Rows, read_rows};
use super::{Column, guess};
use crate::container::records::Record;
use crate::container::table::{Dialect, Quotes, Width};
use crate::formats::Input;
use crate::sample::Sample;
use crate::{Import, ReadError};

/// What a program's table looks like.
pub(crate) struct Layout {
    /// Sets of columns; a heading with all of one set is this program's. Lower case, as the heading is compared; their
    /// order decides only between layouts that fit as well.
    marks: &'static [&'static [&'static str]],
    /// What the columns hold, by lower-case name.
    columns: &'static [(&'static str, Column)],
    /// What other columns hold; those behind the heading's last have an empty name.
    other: fn(&str) -> Column,
    headless: Option<Headless>,
    pub(super) quotes: Quotes,
    pub(super) width: Width,
    /// What stands between the names of folders.
    pub(super) between_groups: &'static str,
    pub(super) decoder: Option<Decoder>,
    pub(super) row: Option<RowHook>,
    /// See [`Self::looking_up`].
    pub(super) looked_up: &'static [&'static str],
}

/// A table without a heading.
#[derive(Clone, Copy)]
struct Headless {
    /// Whether the first rows are this program's.
    recognises: fn(&Sample<'_>) -> bool,
    /// What the columns hold; the layout's row function takes what stands behind the last.
    columns: &'static [Column],
}

/// What else a row needs, after its columns were taken over.
pub(crate) type RowHook = fn(&mut Draft<'_>, &Row<'_>) -> Keep;
/// What a field stands for.
pub(crate) type Decode = fn(&str) -> Cow<'_, str>;
/// Looks at a whole text to tell whether fields stand for something else than what they say.
pub(crate) type Decoder = fn(&[u8], Dialect) -> Option<Decode>;

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// It is an entry, where there is anything to sign in with.
    Login,
    /// It is something else: a card, an identity.
    Other,
    /// It is in the trash.
    Recycled,
    /// Its fields do not stand where they should, so that any of them may be part of another.
    Broken,
    /// It declares a folder or repeats the heading: nothing that was stored.
    Nothing,
}

/// How well a layout fits a heading; greater is better.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fit {
    /// Columns of the heading that the layout knows.
    known: usize,
    /// Whether the marks come in the layout's order.
    in_order: bool,
    /// Its marks: of two layouts that fit as well, the more demanding one.
    marks: usize,
}

/// One row with its heading.
pub(crate) struct Row<'a> {
    /// Lower case.
    pub(super) heading: &'a [String],
    looked_up: &'a [Option<usize>],
    record: &'a Record,
    /// All fields in one, where that is text: looked at once for all of them.
    text: Option<&'a str>,
}

impl<'a> Row<'a> {
    /// `looked_up` are the places of the columns that [`Self::looked_up`] is asked for.
    pub(super) fn new(heading: &'a [String], looked_up: &'a [Option<usize>], record: &'a Record) -> Self {
        Self { heading, looked_up, record, text: str::from_utf8(record.bytes()).ok() }
    }

    /// The texts of all columns; `None` of what is no text.
    pub(super) fn texts(&self) -> impl Iterator<Item = Option<&'a str>> {
        self.record.ranges().map(|range| self.text_in(range))
    }

    fn text_in(&self, range: Range<usize>) -> Option<&'a str> {
        // As many fields of most tables are.
        if range.is_empty() {
            return Some("");
        }
        let text = self.text.and_then(|text| text.get(range.clone()));
        text.or_else(|| str::from_utf8(self.record.bytes().get(range)?).ok())
    }

    /// The text of the first column of that (lower-case) name; empty where there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.place(name).map_or("", |at| self.at(at))
    }

    /// The text of a column that the layout looks up, by its place among them; empty where there is none.
    pub(crate) fn looked_up(&self, which: usize) -> &str {
        self.looked_up.get(which).copied().flatten().map_or("", |at| self.at(at))
    }

    /// The text of a column by its place, from 0; empty where there is none.
    pub(crate) fn at(&self, column: usize) -> &str {
        self.record.range(column).and_then(|range| self.text_in(range)).unwrap_or_default()
    }

    /// The texts of the columns from a place on, counted from 0.
    pub(crate) fn from(&self, column: usize) -> impl Iterator<Item = &str> {
        self.texts().skip(column).map(Option::unwrap_or_default)
    }

    /// The place of the first column of that (lower-case) name.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.heading.iter().position(|column| column == name)
    }

    /// Whether the table has a heading.
    pub(crate) fn has_heading(&self) -> bool {
        !self.heading.is_empty()
    }

    /// All columns with their (lower-case) names, in order; those behind the heading's last have an empty one.
    pub(crate) fn cells(&self) -> impl Iterator<Item = (&str, &str)> {
        let names = self.heading.iter().map(String::as_str).chain(std::iter::repeat(""));
        names.zip(self.texts().map(Option::unwrap_or_default))
    }
}

impl Layout {
    /// A table with a heading: `marks` are sets of columns, one of which must be there as a whole. A name of `columns`
    /// may come more than once in the file; each counts. Columns that are not named become custom fields, but for one-time
    /// passwords and addresses whose names say so.
    pub(crate) const fn new(
        marks: &'static [&'static [&'static str]],
        columns: &'static [(&'static str, Column)],
    ) -> Self {
        Self {
            marks,
            columns,
            other: guess::unnamed,
            headless: None,
            quotes: Quotes::Doubled,
            width: Width::Fixed,
            between_groups: "/",
            decoder: None,
            row: None,
            looked_up: &[],
        }
    }

    /// The table may come without a heading; `recognises` looks at its first rows. Those must leave no doubt: what is
    /// taken for another program's table has its passwords in another column.
    pub(crate) const fn headless(self, recognises: fn(&Sample<'_>) -> bool, columns: &'static [Column]) -> Self {
        Self { headless: Some(Headless { recognises, columns }), ..self }
    }

    /// What columns hold that are not named; those behind the heading's last have an empty name.
    pub(crate) const fn other(self, other: fn(&str) -> Column) -> Self {
        Self { other, ..self }
    }

    pub(crate) const fn row(self, row: RowHook) -> Self {
        Self { row: Some(row), ..self }
    }

    /// Columns, by lower-case name, that the row function asks for in every row: they are looked for once a file.
    pub(crate) const fn looking_up(self, names: &'static [&'static str]) -> Self {
        Self { looked_up: names, ..self }
    }

    pub(crate) const fn quotes(self, quotes: Quotes) -> Self {
        Self { quotes, ..self }
    }

    /// Rows may have fewer fields than the heading.
    pub(crate) const fn ragged(self) -> Self {
        Self { width: Width::Shorter, ..self }
    }

    /// Rows may have fewer or more fields than the heading; the row function takes what stands behind the last column.
    pub(crate) const fn longer(self) -> Self {
        Self { width: Width::Any, ..self }
    }

    /// Folder names stand between something else than `/`.
    pub(crate) const fn groups(self, between: &'static str) -> Self {
        Self { between_groups: between, ..self }
    }

    /// Fields stand for something else than what they say; `decoder` looks at the whole text to tell whether.
    pub(crate) const fn decoded(self, decoder: Decoder) -> Self {
        Self { decoder: Some(decoder), ..self }
    }

    /// Whether a file is of this layout, and how well it fits. Those told by a heading come before those without one.
    pub(crate) fn fits(&self, sample: &Sample<'_>) -> Option<Fit> {
        let heading = sample.heading();
        if heading.is_empty() {
            return None;
        }
        self.fits_heading(heading).or_else(|| {
            let headless = self.headless?;
            (headless.recognises)(sample).then(Fit::default)
        })
    }

    fn fits_heading(&self, heading: &[String]) -> Option<Fit> {
        let known = heading.iter().filter(|name| self.column(name).is_some()).count();
        let place = |name: &&str| heading.iter().position(|column| column == name);
        let fit = |marks: &&[&str]| {
            let places: Option<Vec<usize>> = marks.iter().map(place).collect();
            Some(Fit { known, marks: marks.len(), in_order: places?.is_sorted() })
        };
        self.marks.iter().filter_map(fit).max()
    }

    fn column(&self, name: &str) -> Option<Column> {
        self.columns.iter().find(|(known, _)| *known == name).map(|(_, column)| *column)
    }

    /// Reads a file of this layout.
    pub(crate) fn read(&self, input: &Input<'_>) -> Result<Import, ReadError> {
        let heading = input.sample.heading();
        let has_heading = self.fits_heading(heading).is_some();
        let (columns, behind) = match self.headless {
            Some(headless) if !has_heading => (headless.columns.to_vec(), Column::Ignore),
            _ => {
                let column = |name: &String| self.column(name).unwrap_or_else(|| (self.other)(name));
                (heading.iter().map(column).collect(), (self.other)(""))
            }
        };
        read_rows(input, &Rows { columns: &columns, behind, has_heading, layout: Some(self) })
    }

    /// The columns it knows, and the sets that tell it.
    #[cfg(test)]
    pub(super) fn names(&self) -> (&'static [(&'static str, Column)], &'static [&'static [&'static str]]) {
        (self.columns, self.marks)
    }
}
