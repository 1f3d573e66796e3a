//! 1Password's CSV exports. Version 8 has nine columns (<https://support.1password.com/export/>); what versions 4 to 7
//! wrote depended on the system and on the fields that the person chose.

use super::{Column, Draft, Keep, Layout, Row, guess, table};
use crate::container::table::Quotes;
use crate::format::Source;

/// Version 8, version 7 for Windows, and the few common fields of older ones.
pub(crate) static SOURCE: Source = table("1password-csv", "1Password", &LAYOUT);

static LAYOUT: Layout = Layout::new(
    &[
        &["title", "url", "username", "password", "otpauth", "favorite", "archived", "tags", "notes"],
        &["title", "username", "password", "favorite status", "archived status"],
        &["uuid", "title", "username", "password", "url", "urls", "scope"],
        &["title", "notes", "username", "password", "url"],
    ],
    &[
        ("title", Column::Title),
        ("url", Column::Url),
        ("urls", Column::Url),
        ("website", Column::Url),
        ("username", Column::UserName),
        ("email", Column::OtherName),
        ("password", Column::Password),
        ("otpauth", Column::Totp),
        ("one-time password", Column::Totp),
        ("favorite", Column::Ignore),
        ("favorite status", Column::Ignore),
        ("archived", Column::Archived),
        ("archived status", Column::Archived),
        ("tags", Column::Group),
        ("notes", Column::Note),
        ("type", Column::Ignore),
        ("uuid", Column::Ignore),
        ("scope", Column::Ignore),
        ("autosubmit", Column::Ignore),
    ],
)
.other(windows_column)
.row(row);

/// The columns of sections say which fields of an item stand together.
fn windows_column(name: &str) -> Column {
    if name.starts_with("section ") { Column::Ignore } else { guess::unnamed(name) }
}

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    one_time_password(draft, row);
    let has = |ends: &str| {
        row.cells().any(|(name, value)| {
            let kind = name.split_once(": ").map_or("", |(_, kind)| kind);
            kind == ends && !value.is_empty()
        })
    };
    let is_other = (has("number") && has("expiry date")) || has("first name");
    if is_other { Keep::Other } else { kind(row.get("type")) }
}

/// Custom fields hold one-time passwords as addresses, whatever their column is called.
fn one_time_password(draft: &mut Draft<'_>, row: &Row<'_>) {
    if draft.entry.totp.is_none()
        && let Some((_, uri)) = row.cells().find(|(_, value)| value.starts_with("otpauth://"))
    {
        draft.take(Column::Totp, "", uri);
    }
}

/// What becomes of an item by its kind. A kind that is not known may be a sign-in.
fn kind(text: &str) -> Keep {
    const OTHER: [&str; 12] = [
        "secure note",
        "credit card",
        "identity",
        "bank account",
        "passport",
        "driver license",
        "document",
        "software license",
        "membership",
        "reward program",
        "social security number",
        "outdoor license",
    ];
    if OTHER.contains(&text.to_lowercase().as_str()) { Keep::Other } else { Keep::Login }
}

/// Version 7 for Mac with all fields: a column for every field of every item, called `label(id)`, and quotes behind
/// backslashes.
pub(crate) static MAC: Source = table("1password-mac-csv", "1Password 7 for Mac", &MAC_LAYOUT);

static MAC_LAYOUT: Layout = Layout::new(
    &[&["created date", "modified date", "password", "scope", "title", "type", "username"]],
    &[
        ("title", Column::Title),
        ("url", Column::Url),
        ("username", Column::UserName),
        ("password", Column::Password),
        ("notes", Column::Note),
        ("notesplain", Column::Note),
        ("tags", Column::Ignore),
        ("type", Column::Ignore),
        ("scope", Column::Ignore),
        ("created date", Column::Ignore),
        ("modified date", Column::Modified),
        // These repeat the columns of the same name.
        ("username(username)", Column::Ignore),
        ("password(password)", Column::Ignore),
    ],
)
.quotes(Quotes::Backslash)
// The heading ends with a comma.
.other(|name| if name.is_empty() { Column::Ignore } else { Column::Extra })
.row(mac);

fn mac(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    one_time_password(draft, row);
    // Tags stand as a list: `{(` and a line for each, between quotes.
    let mut tags = row.get("tags").lines().map(|line| line.trim().trim_end_matches(',').trim_matches('"'));
    if let Some(tag) = tags.find(|tag| !matches!(*tag, "{(" | ")}" | "{()}" | "")) {
        draft.take(Column::Group, "", tag);
    }
    kind(row.get("type"))
}
