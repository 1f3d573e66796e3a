//! RoboForm's CSV export: <https://help.roboform.com/hc/en-us/articles/230425008>. Fields of a form stand in further
//! columns behind the last one's name, each with its label, kind and value.

use std::borrow::Cow;

use super::{Column, Draft, Keep, Layout, Row, guess, table};
use crate::format::Source;

pub(crate) static SOURCE: Source = table(
    "roboform-csv",
    "RoboForm",
    &Layout::new(
        &[
            &["name", "url", "matchurl", "login", "pwd", "note", "folder"],
            &["name", "url", "login", "pwd", "note", "folder"],
        ],
        &[
            ("name", Column::Title),
            ("url", Column::Url),
            ("matchurl", Column::Url),
            ("login", Column::UserName),
            ("pwd", Column::Password),
            ("note", Column::Note),
            ("folder", Column::Group),
            ("rf_fields", Column::Ignore),
            ("rffieldsv2", Column::Ignore),
        ],
    )
    .other(|name| if name.is_empty() { Column::Ignore } else { guess::unnamed(name) })
    .longer()
    .decoded(|_, _| Some(decode))
    .row(row),
);

/// Fields that begin with `@` or `'` get a `'`, lest a spreadsheet takes them for something else.
fn decode(text: &str) -> Cow<'_, str> {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['@', '\'']) => Cow::Borrowed(rest),
        _ => Cow::Borrowed(text),
    }
}

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    let (is_new, fields) = match (row.place("rffieldsv2"), row.place("rf_fields")) {
        (Some(at), _) => (true, at),
        (None, Some(at)) => (false, at),
        // Nothing stands behind the last column then.
        (None, None) if row.from(row.heading.len()).any(|field| !field.trim().is_empty()) => return Keep::Broken,
        (None, None) => return Keep::Login,
    };
    for field in row.from(fields) {
        let parsed = if is_new { new_field(field) } else { old_field(field) };
        let Some((label, kind, value)) = parsed.filter(|(_, _, value)| !value.is_empty()) else { continue };
        let known = [row.get("login"), row.get("pwd")].contains(&value);
        match label.to_lowercase().as_str() {
            // What the columns before say already.
            _ if known => {}
            "totp key" => draft.take(Column::Totp, label, value),
            _ if kind == "pwd" && draft.entry.password.is_none() => draft.take(Column::Password, label, value),
            _ => draft.take(Column::Extra, label, value),
        }
    }
    Keep::Login
}

/// `LABEL$,,,KIND,VALUE`.
fn new_field(field: &str) -> Option<(&str, &str, &str)> {
    let mut parts = field.splitn(5, ',');
    let label = parts.next()?.trim_end_matches('$');
    let kind = parts.nth(2)?;
    Some((label, kind, parts.next()?))
}

/// `LABEL$:KIND:VALUE`.
fn old_field(field: &str) -> Option<(&str, &str, &str)> {
    let (label, rest) = field.split_once("$:")?;
    let (kind, value) = rest.split_once(':')?;
    Some((label, kind, value))
}
