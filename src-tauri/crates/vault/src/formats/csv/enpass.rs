//! Enpass's CSV export, without a heading: the title, then pairs of a label and a value, and at the end the note where
//! there is one. Labels are in the person's language and may be changed by them.
//! <https://support.enpass.io/app/exporting_data/exporting_data_from_enpass.htm>

use zeroize::Zeroizing;

use super::shape::CellKind;
use super::{Column, Draft, Keep, Layout, Row, guess, table};
use crate::format::Source;
use crate::sample::Sample;

pub(crate) static SOURCE: Source = table(
    "enpass-csv",
    "Enpass",
    // Older versions begin with a line that describes the rows.
    &Layout::new(&[&["title", "field", "value", "note"]], &[])
        .other(|_| Column::Ignore)
        .headless(recognises, &[])
        .longer()
        .row(row),
);

/// A row's labels are words for what it holds: there is one with an address that is one, a user name and a password. A
/// heading has such words next to each other, and in other tables addresses stand where the labels do.
fn recognises(sample: &Sample<'_>) -> bool {
    let is_label = |label: &Zeroizing<String>| !matches!(CellKind::of(label), CellKind::WebAddress | CellKind::Email);
    let labels = |row: &Vec<Zeroizing<String>>| {
        row.iter().skip(1).zip(row.iter().skip(2)).step_by(2).all(|(label, _)| is_label(label))
    };
    sample.rows().iter().all(labels)
        && sample.rows().iter().any(|row| {
            let pairs = || row.iter().skip(1).zip(row.iter().skip(2)).step_by(2);
            let has = |wanted: Column| pairs().any(|(label, _)| label_of(label) == wanted);
            let is_heading = pairs().any(|(_, value)| matches!(label_of(value), Column::Password | Column::UserName));
            let is_address = pairs().any(|(label, value)| label_of(label) == Column::Url && value.contains('.'));
            has(Column::Password) && (has(Column::UserName) || has(Column::OtherName)) && is_address && !is_heading
        })
}

/// What a label says that its value is. A `*` marks what is hidden.
fn label_of(label: &str) -> Column {
    guess::by_name(&label.trim_start_matches('*').to_lowercase())
}

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    draft.take(Column::Title, "", row.at(0));
    let fields: Vec<&str> = row.from(1).collect();
    let mut is_login = false;
    for pair in fields.chunks(2) {
        match pair {
            [_, ""] => {}
            [label, value] => {
                let column = label_of(label);
                let label = label.trim_start_matches('*');
                match column {
                    // Only the first password is the entry's; others are a master password or a former one.
                    Column::Password if draft.entry.password.is_some() => draft.take(Column::Extra, label, value),
                    Column::Password | Column::UserName | Column::OtherName | Column::Url | Column::Totp => {
                        is_login = true;
                        draft.take(column, label, value);
                    }
                    _ => draft.take(Column::Extra, label, value),
                }
            }
            [note] => draft.take(Column::Note, "", note),
            _ => {}
        }
    }
    if is_login { Keep::Login } else { Keep::Other }
}
