use unicode_width::UnicodeWidthStr as _;

use crate::output::plain;

/// The meaning of a cell, shown as colour where that is welcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Good,
    Middling,
    Bad,
}

impl Tone {
    /// Select graphic rendition codes (ECMA-48, 8.3.117).
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Good => Some("32"),
            Self::Middling => Some("33"),
            Self::Bad => Some("31"),
        }
    }
}

/// Aligned columns of text.
#[derive(Debug)]
pub(crate) struct Table {
    header: Vec<String>,
    rows: Vec<(Tone, Vec<String>)>,
}

impl Table {
    pub(crate) fn new(header: impl IntoIterator<Item = String>) -> Self {
        Self { header: header.into_iter().collect(), rows: Vec::new() }
    }

    /// Adds a row whose first cell has this tone.
    pub(crate) fn row(&mut self, tone: Tone, cells: impl IntoIterator<Item = String>) {
        self.rows.push((tone, cells.into_iter().map(|cell| plain(&cell)).collect()));
    }

    pub(crate) fn render(&self, colour: bool) -> String {
        let mut widths: Vec<usize> = Vec::new();
        for cells in std::iter::once(&self.header).chain(self.rows.iter().map(|(_, cells)| cells)) {
            for (column, cell) in cells.iter().enumerate() {
                match widths.get_mut(column) {
                    Some(width) => *width = cell.width().max(*width),
                    None => widths.push(cell.width()),
                }
            }
        }
        let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
        let mut text = line(&self.header, &widths, None) + &line(&rule, &widths, None);
        for (tone, cells) in &self.rows {
            text.push_str(&line(cells, &widths, tone.code().filter(|_| colour)));
        }
        text
    }
}

fn line(cells: &[String], widths: &[usize], colour: Option<&str>) -> String {
    let mut text = String::new();
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let gap = " ".repeat(width.saturating_sub(cell.width()) + 2);
        match colour.filter(|_| column == 0) {
            Some(code) => text.push_str(&format!("\u{1b}[{code}m{cell}\u{1b}[0m{gap}")),
            None => text.push_str(&format!("{cell}{gap}")),
        }
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_width_and_plain_without_colour() {
        let mut table = Table::new(["Site".to_owned(), "State".to_owned()]);
        table.row(Tone::Good, ["日本.example".to_owned(), "Proven".to_owned()]);
        table.row(Tone::Bad, ["a.example".to_owned(), "Stuck".to_owned()]);
        assert_eq!(
            table.render(false),
            "Site          State\n────────────  ──────\n日本.example  Proven\na.example     Stuck\n"
        );
        assert!(table.render(true).contains("\u{1b}[31ma.example\u{1b}[0m"));
    }
}
