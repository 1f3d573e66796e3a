//! Psono's CSV export: the columns of each kind of item begin with the kind's name
//! (<https://gitlab.com/esaqa/psono/psono-client>, `src/js/services/export.js`). Which columns there are is the person's
//! choice.

use serde::Deserialize;

use super::{Column, Draft, Keep, Layout, Row, table};
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
    value: String,
}

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    let kind = match row.get("type") {
        "" => return Keep::Login,
        kind => kind,
    };
    match kind {
        "website_password" => one_time_password(draft, row, "website_password_totp_"),
        "totp" => one_time_password(draft, row, "totp_"),
        "application_password" => {}
        "passkey" => {
            draft.entry.add_passkey(Passkey { rp_id: row.get("passkey_rp_id").into(), user_name: Box::default() })
        }
        _ => return Keep::Other,
    }
    for field in serde_json::from_str::<Vec<Field>>(row.get("custom_fields")).unwrap_or_default() {
        draft.take(Column::Extra, &field.name, &field.value);
    }
    Keep::Login
}

/// The secret stands in one column, what else there is to know of it in others.
fn one_time_password(draft: &mut Draft<'_>, row: &Row<'_>, prefix: &str) {
    let get = |name: &str| row.get(&format!("{prefix}{name}"));
    let secret = get("code");
    if secret.is_empty() {
        return;
    }
    let or = |text: &str, usual: &str| if text.is_empty() { usual.to_owned() } else { text.to_owned() };
    let algorithm = or(get("algorithm"), "SHA1");
    let (digits, period) = (or(get("digits"), "6"), or(get("period"), "30"));
    let uri = format!("otpauth://totp/?secret={secret}&algorithm={algorithm}&digits={digits}&period={period}");
    draft.take(Column::Totp, "", &uri);
}
