//! Bitwarden's CSV export, of a person and of an organisation:
//! <https://bitwarden.com/help/condition-bitwarden-import/>.
//!
//! A row is a login or a note. What is in the trash is not exported.

use super::{Column, Draft, Keep, Layout, Row};
use crate::format::{Evidence, Reader, Source};

pub(crate) static SOURCE: Source = Source {
    name: "bitwarden-csv",
    product: "Bitwarden",
    kind: "CSV",
    evidence: Evidence::Export("a personal export that Bitwarden's own exporter wrote"),
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
.row(row);

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    // Custom fields stand in one column as `name: value`, a line each; lines without a name continue the one before. A
    // field that is linked to another one has the value `null` or none.
    let mut field: Option<(&str, String)> = None;
    for line in row.get("fields").lines() {
        let next = line.split_once(": ").or_else(|| line.strip_suffix(':').map(|label| (label, "")));
        match (next, &mut field) {
            (Some((label, value)), _) => {
                add(draft, field.replace((label, value.to_owned())));
            }
            (None, Some((_, value))) => *value = format!("{value}\n{line}"),
            (None, None) => field = Some(("", line.to_owned())),
        }
    }
    add(draft, field);
    match row.get("type") {
        "login" | "" => Keep::Login,
        _ => Keep::Other,
    }
}

fn add(draft: &mut Draft<'_>, field: Option<(&str, String)>) {
    if let Some((label, value)) = field.filter(|(_, value)| value != "null") {
        draft.take(Column::Extra, label, &value);
    }
}
