//! Keeper's CSV export (<https://docs.keeper.io/en/user-guides/export-and-reports/vault-export>), usually without a heading:
//! folder, title, login, password, address, notes, shared folder, then pairs of a label and a value.

use zeroize::Zeroizing;

use super::shape::CellKind;
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
    .longer()
    .groups("\\")
    .row(row),
);

/// The columns before the pairs.
const FIXED: usize = 7;
/// What labels of one-time passwords are called.
const TOTP: [&str; 2] = ["TFC:Keeper", "$oneTimeCode"];

/// Every row has the seven columns and whole pairs, and either a label is Keeper's own or the fields leave no doubt which
/// columns they stand in. Where they do, the person is asked.
fn recognises(sample: &Sample<'_>) -> bool {
    let rows = sample.rows();
    if guess::is_heading(sample.heading()) {
        return false;
    }
    let is_shaped = rows.iter().all(|row| row.len() >= FIXED && row.len() % 2 == FIXED % 2);
    let is_named = rows.iter().any(|row| row.iter().skip(FIXED).step_by(2).any(|label| TOTP.contains(&label.as_str())));
    let elsewhere = rows.iter().any(|row| row.iter().take(4).any(|text| text.contains("://")));
    is_shaped && !elsewhere && (is_named || is_placed(rows))
}

/// Whether every column looks like what Keeper has there: addresses in the fifth, most passwords like nothing but
/// passwords, no such thing in a column beside it, and the folder that is shared only where there is no other.
fn is_placed(rows: &[Vec<Zeroizing<String>>]) -> bool {
    let column = |at: usize| rows.iter().filter_map(move |row| row.get(at)).map(|text| text.as_str());
    let kinds = |at: usize| column(at).map(CellKind::of).filter(|kind| *kind != CellKind::Empty);
    let has_addresses = kinds(4).next().is_some() && kinds(4).all(|kind| kind == CellKind::WebAddress);
    let is_password = |kind| matches!(kind, CellKind::Text { .. } | CellKind::Number);
    let has_passwords = kinds(3).all(is_password) && guess::random_share(column(3)) > 50;
    let others = [0, 1, 2, 5, 6].into_iter().any(|at| guess::random_share(column(at)) > 50);
    let is_empty = |row: &[Zeroizing<String>], at: usize| row.get(at).is_none_or(|text| text.is_empty());
    let has_folders = rows.iter().all(|row| is_empty(row, 0) || is_empty(row, 6));
    has_addresses && has_passwords && !others && has_folders
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
            // Half a pair: a field before it was divided.
            [rest] if !row.has_heading() && !rest.trim().is_empty() => return Keep::Broken,
            _ => {}
        }
    }
    // Cards, documents and the like have no mark, only nothing to sign in with.
    Keep::Login
}
