//! Psono's CSV export: the columns of each kind of item begin with the kind's name
//! (<https://gitlab.com/esaqa/psono/psono-client>, `src/js/services/export.js`). Which columns there are is the person's
//! choice.

use serde::Deserialize;
use zeroize::Zeroizing;

use super::{Column, Draft, Keep, Layout, Row, json, table};
use crate::Passkey;
use crate::format::Source;

pub(crate) static SOURCE: Source = table(
    "psono-csv",
    "Psono",
    &Layout::new(
        &[
            &[
                "website_password_title",
                "website_password_url",
                "website_password_username",
                "website_password_password",
            ],
            &["application_password_title", "application_password_username", "application_password_password"],
        ],
        &[
            ("path", Column::Group),
            ("type", Column::Ignore),
            ("website_password_title", Column::Title),
            ("website_password_url", Column::Url),
            ("website_password_username", Column::UserName),
            ("website_password_password", Column::Password),
            ("website_password_notes", Column::Note),
            ("website_password_totp_code", Column::Ignore),
            ("application_password_title", Column::Title),
            ("application_password_username", Column::UserName),
            ("application_password_password", Column::Password),
            ("application_password_notes", Column::Note),
            ("totp_title", Column::Title),
            ("totp_code", Column::Ignore),
            ("totp_notes", Column::Note),
            ("passkey_title", Column::Title),
            ("passkey_url", Column::Url),
            ("passkey_notes", Column::Note),
        ],
    )
    .other(|_| Column::Ignore)
    .groups("\\")
    .row(row),
);

#[derive(Deserialize)]
struct Field {
    #[serde(default)]
    name: String,
    #[serde(default)]
    value: Option<String>,
}

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    match row.get("type") {
        // The column is optional; the columns that are filled tell the kind.
        "" => {
            one_time_password(draft, row, "website_password_totp_");
            one_time_password(draft, row, "totp_");
            if !row.get("passkey_rp_id").is_empty() {
                passkey(draft, row);
            }
        }
        "website_password" => one_time_password(draft, row, "website_password_totp_"),
        "totp" => one_time_password(draft, row, "totp_"),
        "application_password" => {}
        "passkey" => passkey(draft, row),
        _ => return Keep::Other,
    }
    for field in json::members::<Field>(draft, row.get("custom_fields")) {
        draft.take(Column::Extra, &field.name, &Zeroizing::new(field.value.unwrap_or_default()));
    }
    Keep::Login
}

fn passkey(draft: &mut Draft<'_>, row: &Row<'_>) {
    draft.entry.add_passkey(Passkey { rp_id: row.get("passkey_rp_id").into(), user_name: Box::default() });
}

/// The secret stands in one column, what else there is to know of it in others.
fn one_time_password(draft: &mut Draft<'_>, row: &Row<'_>, prefix: &str) {
    let get = |name: &str| row.get(&format!("{prefix}{name}"));
    draft.take_totp_parts(get("code"), get("algorithm"), get("digits"), get("period"));
}
