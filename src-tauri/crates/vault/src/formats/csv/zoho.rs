//! Zoho Vault's CSV export: <https://help.zoho.com/portal/en/kb/vault/admin-guide/articles/vault-export-passwords>. User
//! name and password stand in one column, a line each.

use super::{Column, Draft, Keep, Layout, Row, guess, table};
use crate::format::Source;

pub(crate) static SOURCE: Source = table(
    "zoho-vault-csv",
    "Zoho Vault",
    &Layout::new(
        &[
            &["password name", "password url", "secretdata", "notes"],
            &["secret name", "secret url", "secretdata", "notes"],
            // An older one, with user name and password behind the columns that have names.
            &["secret name", "secret url", "notes"],
        ],
        &[
            ("password name", Column::Title),
            ("secret name", Column::Title),
            ("description", Column::Extra),
            ("password url", Column::Url),
            ("secret url", Column::Url),
            ("secretdata", Column::Ignore),
            ("notes", Column::Note),
            ("customdata", Column::Ignore),
            ("tags", Column::Ignore),
            ("classification", Column::Ignore),
            ("favorite", Column::Ignore),
            ("login_totp", Column::Totp),
            ("totp", Column::Totp),
            ("folder name", Column::Group),
            ("chambername", Column::Group),
        ],
    )
    .other(|name| if name.is_empty() { Column::Ignore } else { guess::unnamed(name) })
    .longer()
    .row(row),
);

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    // In several folders: the first.
    if let Some((first, _)) = draft.entry.group.clone().split_once('\n') {
        draft.entry.group = first.trim().into();
    }
    if row.place("secretdata").is_none() {
        let mut behind = row.from(row.heading.len());
        for column in [Column::UserName, Column::Password] {
            draft.take(column, "", behind.next().unwrap_or_default());
        }
        behind.for_each(|value| draft.take(Column::Extra, "", value));
        return Keep::Login;
    }
    let mut kind = "";
    for (label, value) in lines(row.get("secretdata")) {
        match label.to_lowercase().as_str() {
            "secrettype" => kind = value,
            "user name" | "username" => draft.take(Column::UserName, label, value),
            "password" => draft.take(Column::Password, label, value),
            _ => draft.take(Column::Extra, label, value),
        }
    }
    // Fields that the person added, which may be called as those of the login are.
    lines(row.get("customdata")).for_each(|(label, value)| draft.take(Column::Extra, label, value));
    match kind.to_lowercase().as_str() {
        "bank account" | "credit card" | "social security" | "health care" | "file store" | "license key" => {
            Keep::Other
        }
        _ => Keep::Login,
    }
}

/// Lines of `label:value`.
fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| line.split_once(':')).map(|(label, value)| (label.trim(), value))
}
