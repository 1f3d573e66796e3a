//! LastPass's CSV export (<https://support.lastpass.com/s/document-item?topicId=LastPass/exporting_passwords.html>), and
//! those of programs that write the same columns.

use std::borrow::Cow;

use super::{Column, Draft, Keep, Layout, Row, layout, table};
use crate::Limits;
use crate::container::table::{self as rows, Dialect};
use crate::format::Source;

pub(crate) static SOURCE: Source = table(
    "lastpass-csv",
    "LastPass",
    &Layout::new(
        &[
            &["url", "username", "password", "totp", "extra", "name", "grouping", "fav"],
            &["url", "username", "password", "extra", "name", "grouping", "fav"],
            &["url", "username", "password", "extra", "name", "grouping"],
        ],
        COLUMNS,
    )
    .groups("\\")
    .decoded(decoder)
    .row(row),
);

/// Norton's columns, with the title under another name than LastPass's.
pub(crate) static NORTON: Source = table(
    "norton-csv",
    "Norton Password Manager",
    &Layout::new(
        &[
            &["url", "username", "password", "title", "grouping", "extra"],
            &["url", "username", "password", "title", "notes", "grouping"],
        ],
        COLUMNS,
    )
    .groups("\\")
    .row(row),
);

const COLUMNS: &[(&str, Column)] = &[
    ("url", Column::Url),
    ("username", Column::UserName),
    ("password", Column::Password),
    ("totp", Column::Totp),
    ("extra", Column::Note),
    ("notes", Column::Note),
    ("name", Column::Title),
    ("title", Column::Title),
    ("grouping", Column::Group),
    ("fav", Column::Ignore),
];

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    let entry = &mut draft.entry;
    if &*entry.group == "(none)" {
        entry.group = "".into();
    }
    // A site without an address.
    entry.urls.retain(|url| !matches!(&**url, "http://" | "https://"));
    match row.get("url") {
        "http://sn" => Keep::Other,
        "http://group" => Keep::Nothing,
        _ => Keep::Login,
    }
}

/// The browser extension of 2016 to 2018 wrote `&`, `<` and `>` as entities, in passwords too. Such a file has no such
/// character otherwise, and addresses or names with an entity.
///
/// A password alone that holds `&amp;` is no evidence: it may be the password.
fn decoder(text: &[u8], dialect: Dialect) -> Option<layout::Decode> {
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'&' | b'<' | b'>')) {
        rest = rest.get(at..).unwrap_or_default();
        let (entity, _) = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity.as_bytes()))?;
        rest = rest.get(entity.len()..).unwrap_or_default();
        found = true;
    }
    if !found {
        return None;
    }
    let mut password = None;
    let mut is_evident = false;
    let looked = rows::rows(text, dialect, &Limits::default(), |_, record| {
        let Some(record) = record else { return };
        let Some(password) = password else {
            password = Some(record.iter().position(|name| name.trim_ascii().eq_ignore_ascii_case(b"password")));
            return;
        };
        let mut other = record.iter().enumerate().filter(|(at, _)| Some(*at) != password).map(|(_, field)| field);
        is_evident |= other.any(|field| field.contains(&b'&'));
    });
    (looked.is_ok() && is_evident).then_some(decode)
}

const ENTITIES: [(&str, &str); 5] = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")];

fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut parts = text.split('&');
    decoded.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let entity = ENTITIES.iter().find_map(|(entity, meant)| Some((part.strip_prefix(entity.get(1..)?)?, meant)));
        match entity {
            Some((rest, meant)) => {
                decoded.push_str(meant);
                decoded.push_str(rest);
            }
            None => {
                decoded.push('&');
                decoded.push_str(part);
            }
        }
    }
    Cow::Owned(decoded)
}
