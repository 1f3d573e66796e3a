//! NordPass's CSV export: <https://support.nordpass.com/hc/en-us/articles/360002376958>.

use serde::Deserialize;

use super::{Column, Draft, Keep, Layout, Row, table};
use crate::format::Source;

pub(crate) static SOURCE: Source = table(
    "nordpass-csv",
    "NordPass",
    &Layout::new(
        &[&["name", "url", "username", "password", "note", "cardholdername", "cardnumber", "cvc"]],
        &[
            ("name", Column::Title),
            ("url", Column::Url),
            ("additional_urls", Column::Ignore),
            ("username", Column::UserName),
            ("password", Column::Password),
            ("note", Column::Note),
            ("folder", Column::Group),
            ("type", Column::Ignore),
            ("custom_fields", Column::Ignore),
            // Cards and identities.
            ("cardholdername", Column::Ignore),
            ("cardnumber", Column::Ignore),
            ("cvc", Column::Ignore),
            ("pin", Column::Ignore),
            ("expirydate", Column::Ignore),
            ("zipcode", Column::Ignore),
            ("full_name", Column::Ignore),
            ("phone_number", Column::Ignore),
            ("email", Column::Ignore),
            ("address1", Column::Ignore),
            ("address2", Column::Ignore),
            ("city", Column::Ignore),
            ("country", Column::Ignore),
            ("state", Column::Ignore),
        ],
    )
    .ragged()
    .row(row),
);

#[derive(Deserialize)]
struct Field {
    #[serde(default)]
    label: String,
    #[serde(default)]
    value: String,
}

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    for url in serde_json::from_str::<Vec<String>>(row.get("additional_urls")).unwrap_or_default() {
        draft.take(Column::Url, "", &url);
    }
    for field in serde_json::from_str::<Vec<Field>>(row.get("custom_fields")).unwrap_or_default() {
        draft.take(Column::Extra, &field.label, &field.value);
    }
    let is_empty = |names: &[&str]| names.iter().all(|name| row.get(name).is_empty());
    match row.get("type") {
        "password" => Keep::Login,
        "folder" => Keep::Nothing,
        // Older exports have no types; a folder's row is its name.
        "" if is_empty(&["url", "username", "password", "note", "cardnumber", "full_name", "email"]) => Keep::Nothing,
        "" => Keep::Login,
        _ => Keep::Other,
    }
}
