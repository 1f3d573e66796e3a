//! Keeper's CSV export (<https://docs.keeper.io/en/user-guides/export-and-reports/vault-export>), usually without a heading:
//! folder, title, login, password, address, notes, shared folder, then pairs of a label and a value.

use super::{Column, Draft, Keep, Layout, Row, guess, table};
use crate::format::Source;
use crate::sample::Sample;

pub(crate) static SOURCE: Source = table(
    "keeper-csv",
    "Keeper",
    &Layout::new(
        &[
            &["folder", "title", "login", "password", "website address", "notes"],
            &["folder", "title", "login", "password", "url", "notes", "shared folder"],
        ],
        &[
            ("folder", Column::Group),
            ("title", Column::Title),
            ("login", Column::UserName),
            ("password", Column::Password),
            ("website address", Column::Url),
            ("url", Column::Url),
            ("notes", Column::Note),
            ("shared folder", Column::Ignore),
            ("custom fields", Column::Ignore),
        ],
    )
    .headless(
        recognises,
        &[Column::Group, Column::Title, Column::UserName, Column::Password, Column::Url, Column::Note, Column::Ignore],
    )
    .other(|_| Column::Ignore)
    .ragged()
    .groups("\\")
    .row(row),
);

/// The columns before the pairs.
const FIXED: usize = 7;
/// What labels of one-time passwords are called.
const TOTP: [&str; 2] = ["TFC:Keeper", "$oneTimeCode"];

/// Every row has the seven columns and whole pairs, and either a label is Keeper's own or the addresses stand where
/// Keeper has them and the folder that is shared only where there is no other: others have a password there.
fn recognises(sample: &Sample<'_>) -> bool {
    let rows = sample.rows();
    if guess::is_heading(sample.heading()) {
        return false;
    }
    let at = |row: &[zeroize::Zeroizing<String>], at: usize| row.get(at).map_or(String::new(), |text| text.to_string());
    let is_shaped = rows.iter().all(|row| row.len() >= FIXED && row.len() % 2 == FIXED % 2);
    let is_named = rows.iter().any(|row| row.iter().skip(FIXED).step_by(2).any(|label| TOTP.contains(&label.as_str())));
    let mut addressed = rows.iter().filter(|row| at(row, 4).contains("://")).peekable();
    let is_placed = addressed.peek().is_some()
        && addressed.all(|row| !at(row, 3).is_empty() && (at(row, 0).is_empty() || at(row, 6).is_empty()));
    let elsewhere = rows.iter().any(|row| row.iter().take(4).any(|text| text.contains("://")));
    is_shaped && !elsewhere && (is_named || is_placed)
}

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    let shared = if row.has_heading() { row.get("shared folder") } else { row.at(FIXED - 1) };
    if draft.entry.group.is_empty() {
        draft.take(Column::Group, "", shared.trim_end_matches("#reshare").trim_end_matches("#edit"));
    }
    let pairs: Vec<&str> = if row.has_heading() {
        let begins = row.place("shared folder").or_else(|| row.place("notes")).map_or(FIXED, |at| at + 1);
        row.from(begins).collect()
    } else {
        row.from(FIXED).collect()
    };
    for pair in pairs.chunks(2) {
        match pair {
            [label, value] if TOTP.contains(label) => draft.take(Column::Totp, label, value),
            [label, value] => draft.take(Column::Extra, label, value),
            _ => {}
        }
    }
    // Cards, documents and the like have no mark, only nothing to sign in with.
    Keep::Login
}
