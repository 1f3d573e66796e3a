//! NordPass's CSV export: <https://support.nordpass.com/hc/en-us/articles/360002376958>.

use serde::Deserialize;
use zeroize::Zeroizing;

use super::{Column, Draft, Keep, Layout, Row, json, table};
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
    value: Option<String>,
}

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    for url in json::members::<String>(draft, row.get("additional_urls")) {
        draft.take(Column::Url, "", &url);
    }
    for field in json::members::<Field>(draft, row.get("custom_fields")) {
        draft.take(Column::Extra, &field.label, &Zeroizing::new(field.value.unwrap_or_default()));
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
