//! Buttercup's CSV export: a column for every property that any entry has, and rows for groups among the entries in some
//! versions. Names of columns that begin with `!` are Buttercup's own.

use super::{Column, Draft, Keep, Layout, Row, table};
use crate::format::Source;

pub(crate) static SOURCE: Source = table(
    "buttercup-csv",
    "Buttercup",
    &Layout::new(
        &[&["!group_id", "!group_name", "title", "username", "password"], &["!group_id", "!group_name", "title"]],
        &[
            ("!group_id", Column::Ignore),
            ("!group_parent", Column::Ignore),
            ("!group_name", Column::Group),
            ("!type", Column::Ignore),
            ("id", Column::Ignore),
            ("title", Column::Title),
            ("username", Column::UserName),
            ("password", Column::Password),
            ("url", Column::Url),
            ("notes", Column::Note),
            ("note", Column::Note),
        ],
    )
    .row(row),
);

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    if row.get("!type") == "group" {
        return Keep::Nothing;
    }
    // Properties may hold one-time passwords as addresses.
    if let Some((_, uri)) = row.cells().find(|(_, value)| value.starts_with("otpauth://")) {
        draft.take(Column::Totp, "", uri);
    }
    // Rows for groups have no more than this title, but an entry may have it, too.
    if row.get("title") == "--" && !draft.entry.is_login() {
        return Keep::Nothing;
    }
    if &*draft.entry.group == "Trash" { Keep::Recycled } else { Keep::Login }
}
