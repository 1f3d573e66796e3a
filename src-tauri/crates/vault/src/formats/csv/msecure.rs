//! mSecure's CSV exports, none of which has a heading: <https://support.msecure.com>. Up to version 5 a row is group, kind,
//! title, note and the fields of its kind; from version 6 it is title, kind, tags, note and fields of the shape
//! `label|number|value`, where the number says what the field is.

use std::borrow::Cow;

use zeroize::Zeroizing;

use super::{Column, Draft, Keep, Layout, Row, guess, table};
use crate::format::Source;
use crate::sample::Sample;

/// Kinds of items that are sign-ins.
const LOGINS: [&str; 2] = ["login", "web logins"];
const OTHER: [&str; 6] = ["credit card", "credit cards", "bank account", "secure note", "note", "membership"];
/// Further kinds, for telling the table only.
const KINDS: [&str; 27] = [
    "bank accounts",
    "birthdays",
    "calling cards",
    "clothes size",
    "combinations",
    "driver's license",
    "email account",
    "email accounts",
    "frequent flyer",
    "identity",
    "insurance",
    "insurance info",
    "logins",
    "memberships",
    "notes",
    "passport",
    "passport info",
    "prescriptions",
    "registration codes",
    "secure notes",
    "social security",
    "social security number",
    "software license",
    "unassigned",
    "vehicle info",
    "voice mail",
    "wi-fi",
];

pub(crate) static OLD: Source = table(
    "msecure-old-csv",
    "mSecure 3 to 5",
    &Layout::new(&[], &[])
        .headless(recognises_old, &[Column::Group, Column::Ignore, Column::Title, Column::Ignore])
        .longer()
        .decoded(|_, _| Some(decode))
        .row(old_row),
);

pub(crate) static NEW: Source = table(
    "msecure-csv",
    "mSecure 6",
    &Layout::new(&[], &[])
        .headless(
            |sample| is_kinds(sample, |row| row.iter().skip(4).any(|field| new_field(field).is_some())),
            &[Column::Ignore, Column::Ignore, Column::Group, Column::Note],
        )
        .longer()
        .row(new_row),
);

/// Every row has a kind of item where they stand: a table with names above its columns has passwords elsewhere.
fn recognises_old(sample: &Sample<'_>) -> bool {
    let is_kind = |row: &Vec<Zeroizing<String>>| {
        let kind = row.get(1).map(|kind| kind.trim().to_lowercase()).unwrap_or_default();
        LOGINS.iter().chain(&OTHER).chain(&KINDS).any(|known| *known == kind)
    };
    !guess::is_heading(sample.heading())
        && sample.rows().iter().all(is_kind)
        && is_kinds(sample, |row| row.len() >= 7 && row.get(4).is_some_and(|url| url.contains("://")))
}

/// Whether a kind of item stands in the second column, and there is a sign-in that has what it needs.
fn is_kinds(sample: &Sample<'_>, has_fields: fn(&[Zeroizing<String>]) -> bool) -> bool {
    sample.rows().iter().any(|row| {
        let kind = row.get(1).map(|kind| kind.trim().to_lowercase()).unwrap_or_default();
        LOGINS.contains(&kind.as_str()) && has_fields(row)
    })
}

/// Line breaks are written `\n`, and as vertical tabs.
fn decode(text: &str) -> Cow<'_, str> {
    if text.contains('\u{b}') { Cow::Owned(text.replace('\u{b}', "\n")) } else { Cow::Borrowed(text) }
}

fn keep(kind: &str) -> Keep {
    let kind = kind.trim().to_lowercase();
    if LOGINS.contains(&kind.as_str()) {
        Keep::Login
    } else if OTHER.contains(&kind.as_str()) {
        Keep::Other
    } else {
        // Whatever has a user name and a password.
        Keep::Login
    }
}

fn old_row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    if &*draft.entry.group == "Unassigned" {
        draft.entry.group = "".into();
    }
    draft.take(Column::Note, "", &row.at(3).replace("\\n", "\n"));
    if !LOGINS.contains(&row.at(1).trim().to_lowercase().as_str()) {
        return Keep::Other;
    }
    for (at, column) in [(4, Column::Url), (5, Column::UserName), (6, Column::Password)] {
        draft.take(column, "", row.at(at));
    }
    row.from(7).for_each(|field| draft.take(Column::Extra, "", field));
    Keep::Login
}

fn new_row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    // The title is followed by the record's number.
    let title = row.at(0).rsplit_once('|').map_or(row.at(0), |(title, _)| title);
    draft.take(Column::Title, "", title);
    for (label, number, value) in row.from(4).filter_map(new_field) {
        let column = match number {
            2 => Column::Url,
            5 => Column::OtherName,
            7 => Column::UserName,
            8 if draft.entry.password.is_none() => Column::Password,
            13 => Column::Totp,
            _ => Column::Extra,
        };
        draft.take(column, label, value);
    }
    keep(row.at(1))
}

/// `label|number|value`; the value may hold further bars.
fn new_field(field: &str) -> Option<(&str, u8, &str)> {
    let mut parts = field.splitn(3, '|');
    let label = parts.next()?;
    let number = parts.next()?.parse().ok()?;
    Some((label, number, parts.next()?))
}
