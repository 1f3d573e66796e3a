//! What vaults can come from, and how to get them out of there.

use rekey_vault::{Evidence, Format};
use serde::Serialize;

use crate::text::{Language, Texts, messages as m};

/// A format as people are told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormatRow {
    /// The name on the command line.
    pub name: &'static str,
    /// The program or programs it comes from.
    pub product: &'static str,
    /// The kind of file.
    pub kind: &'static str,
    /// On what its reader stands: `program`, `export` or `documentation`.
    pub evidence: &'static str,
    /// The same in words.
    pub evidence_in_words: String,
    /// Where the program hides its export command; none where the file is the vault itself, or nobody knows.
    pub export: Option<String>,
}

impl FormatRow {
    /// Every format, in the order they are shown.
    pub fn all(texts: &Texts) -> Vec<Self> {
        Format::all().map(|format| Self::of(format, texts)).collect()
    }

    fn of(format: Format, texts: &Texts) -> Self {
        let (evidence, evidence_in_words) = match format.evidence() {
            Evidence::Program(program) => ("program", texts.with(m::EVIDENCE_PROGRAM, &[("program", program.into())])),
            Evidence::Export(from) => ("export", texts.with(m::EVIDENCE_EXPORT, &[("from", from.into())])),
            Evidence::Documentation => ("documentation", texts.get(m::EVIDENCE_DOCUMENTATION)),
        };
        Self {
            name: format.name(),
            product: format.product(),
            kind: format.kind(),
            evidence,
            evidence_in_words,
            export: export_hint(format, texts),
        }
    }
}

/// Where a program hides the command that writes this format: the words for the format, or for all that begins alike
/// (`bitwarden-json` and `bitwarden-csv` have those of `bitwarden`).
pub fn export_hint(format: Format, texts: &Texts) -> Option<String> {
    let mut name = format.name();
    loop {
        if let Some(hint) = texts.find(&format!("export-hint-{name}"), None, &[]) {
            return Some(hint);
        }
        name = name.rsplit_once('-')?.0;
    }
}

/// The README's table of formats, in Markdown.
pub fn formats_in_markdown() -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let mut table = String::from("| Source | Kind | `--format` | Tried on |\n| --- | --- | --- | --- |\n");
    for row in FormatRow::all(&Texts::new(Language::English)) {
        let evidence = row.evidence_in_words;
        table += &format!("| {} | {} | `{}` | {} |\n", cell(row.product), cell(row.kind), row.name, cell(&evidence));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_told_in_every_language() {
        for texts in Language::ALL.map(Texts::new) {
            for row in FormatRow::all(&texts) {
                assert!(!row.evidence_in_words.is_empty() && !row.product.is_empty(), "{row:?}");
            }
        }
        let texts = Texts::new(Language::English);
        assert!(export_hint(Format::BITWARDEN_JSON, &texts).is_some_and(|hint| hint.contains("Export vault")));
    }

    #[test]
    fn the_table_names_every_format_once() {
        let table = formats_in_markdown();
        for format in Format::all() {
            assert_eq!(table.matches(&format!("`{format}`")).count(), 1, "{format}");
        }
    }
}
