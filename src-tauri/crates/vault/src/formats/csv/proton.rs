//! Proton Pass's CSV export: <https://proton.me/support/pass-export>, columns as its source code has them
//! (<https://github.com/ProtonMail/WebClients>, `packages/pass/lib/export`). Items in the trash are not in it.

use serde::Deserialize;

use super::{Column, Draft, Keep, Layout, Row, json, table};
use crate::format::Source;

pub(crate) static SOURCE: Source = table(
    "proton-pass-csv",
    "Proton Pass",
    &Layout::new(
        &[
            &["type", "name", "url", "username", "password", "note", "totp", "createtime", "modifytime"],
            // The template that Proton offers for other programs' data.
            &["name", "url", "username", "password", "note", "totp"],
        ],
        &[
            ("type", Column::Ignore),
            ("name", Column::Title),
            ("url", Column::Url),
            ("autofillurls", Column::Ignore),
            ("email", Column::OtherName),
            ("username", Column::UserName),
            ("password", Column::Password),
            ("note", Column::Note),
            ("totp", Column::Totp),
            ("createtime", Column::Ignore),
            ("modifytime", Column::Modified),
            ("vault", Column::Group),
        ],
    )
    .row(row),
);

/// An address where Proton fills in a login.
#[derive(Deserialize)]
struct Autofill {
    url: String,
}

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    for autofill in json::members::<Autofill>(draft, row.get("autofillurls")) {
        draft.take(Column::Url, "", &autofill.url);
    }
    match row.get("type") {
        "login" | "" => Keep::Login,
        _ => Keep::Other,
    }
}
