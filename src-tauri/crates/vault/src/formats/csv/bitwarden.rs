//! Bitwarden's CSV export, of a person and of an organisation:
//! <https://bitwarden.com/help/condition-bitwarden-import/>.

use super::{Column, Keep, Layout, Row};
use crate::Entry;
use crate::format::{Evidence, Reader, Source};

pub(crate) static SOURCE: Source = Source {
    name: "bitwarden-csv",
    product: "Bitwarden",
    kind: "CSV",
    evidence: Evidence::Documentation,
    reader: Reader::Csv(&Layout {
        marks: &["login_uri", "login_username", "login_password"],
        columns: &[
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
        row: Some(row),
    }),
};

fn row(entry: &mut Entry, row: &Row<'_>) -> Keep {
    // Custom fields stand in one column, a line each: `name: value`.
    for line in row.get("fields").lines() {
        let (label, value) = line.split_once(": ").unwrap_or(("", line));
        entry.add_extra(label, value);
    }
    match row.get("type") {
        "login" | "" => Keep::Login,
        _ => Keep::Other,
    }
}
