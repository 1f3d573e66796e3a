//! Bitwarden's CSV export, of a person and of an organisation:
//! <https://bitwarden.com/help/condition-bitwarden-import/>.
//!
//! A row is a login or a note. What is in the trash is not exported.

use zeroize::Zeroizing;

use super::{Column, Draft, Keep, Layout, Row};
use crate::format::{Evidence, Reader, Source};

pub(crate) static SOURCE: Source = Source {
    name: "bitwarden-csv",
    product: "Bitwarden",
    kind: "CSV",
    evidence: Evidence::Program("Bitwarden's SDK"),
    reader: Reader::Csv(&LAYOUT),
};

static LAYOUT: Layout = Layout::new(
    &[&["login_uri", "login_username", "login_password"]],
    &[
        ("folder", Column::Group),
        ("collections", Column::Group),
        ("favorite", Column::Ignore),
        ("type", Column::Ignore),
        ("name", Column::Title),
        ("notes", Column::Note),
        ("fields", Column::Ignore),
        ("reprompt", Column::Ignore),
        ("archiveddate", Column::Archived),
        ("login_uri", Column::Url),
        ("login_username", Column::UserName),
        ("login_password", Column::Password),
        ("login_totp", Column::Totp),
    ],
)
.row(row)
.looking_up(&["type", "fields"]);

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    let [kind, custom] = [0, 1].map(|which| row.looked_up(which));
    if !custom.is_empty() {
        fields(custom, |label, value| draft.take(Column::Extra, label, value));
    }
    match kind {
        "login" | "" => Keep::Login,
        _ => Keep::Other,
    }
}

/// Custom fields stand in one column as `name: value`, a line each; lines without a name continue the one before. A
/// field that is linked to another one has the value `null` or none.
fn fields(text: &str, mut add: impl FnMut(&str, &str)) {
    let mut field: Option<(&str, usize)> = None;
    let mut finish = |field: Option<(&str, usize)>, end: usize| {
        let Some((label, value)) = field.and_then(|(label, begin)| Some((label, text.get(begin..end)?))) else {
            return;
        };
        let value = value.strip_suffix('\n').unwrap_or(value);
        match value.strip_suffix('\r').unwrap_or(value) {
            "null" => {}
            value if value.contains('\r') => add(label, &Zeroizing::new(value.replace("\r\n", "\n"))),
            value => add(label, value),
        }
    };
    let mut begin = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\r', '\n']);
        let value = line.find(": ").map(|at| at + 2).or_else(|| line.ends_with(':').then_some(line.len()));
        if let Some(value) = value {
            let label = line.get(..value).unwrap_or_default().trim_end_matches(' ');
            finish(field.replace((label.strip_suffix(':').unwrap_or(label), begin + value)), begin);
        } else if field.is_none() {
            field = Some(("", begin));
        }
        begin += whole.len();
    }
    finish(field, text.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_one_line_and_of_several() {
        let check = |text: &str, expect: &[(&str, &str)]| {
            let mut got = Vec::new();
            fields(text, |label, value| got.push((label.to_owned(), value.to_owned())));
            let expect: Vec<_> =
                expect.iter().map(|(label, value)| ((*label).to_owned(), (*value).to_owned())).collect();
            assert_eq!(got, expect, "{text}");
        };
        check("", &[]);
        check("PIN: 1\nlinked: null\nempty:\nkey: a: b", &[("PIN", "1"), ("empty", ""), ("key", "a: b")]);
        check("note: one\ntwo\n\nthree\nPIN: 1\n", &[("note", "one\ntwo\n\nthree"), ("PIN", "1")]);
        check("note: one\r\ntwo\r\nPIN: 1\r\n", &[("note", "one\ntwo"), ("PIN", "1")]);
        check("alone\nPIN: 1", &[("", "alone"), ("PIN", "1")]);
    }

    #[test]
    fn a_field_of_many_lines_takes_no_longer_than_other_text() {
        let text = format!("note: one{}", "\nx".repeat(500_000));
        let started = std::time::Instant::now();
        let mut length = 0;
        fields(&text, |_, value| length += value.len());
        assert_eq!(length, text.len() - "note: ".len());
        assert!(started.elapsed().as_secs() < 5);
    }
}
