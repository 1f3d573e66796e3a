//! AliasVault's CSV export: <https://docs.aliasvault.net>, columns as its source code has them. Cards are rows, too.

use super::{Column, Draft, Keep, Layout, Row, table};
use crate::format::Source;
use crate::timestamp;

pub(crate) static SOURCE: Source = table(
    "aliasvault-csv",
    "AliasVault",
    &Layout::new(
        &[&["servicename", "serviceurl", "username", "currentpassword", "aliasemail", "twofactorsecret"]],
        &[
            ("servicename", Column::Title),
            ("folderpath", Column::Group),
            ("serviceurl", Column::Url),
            ("username", Column::UserName),
            ("currentpassword", Column::Password),
            ("aliasemail", Column::OtherName),
            ("twofactorsecret", Column::Totp),
            ("notes", Column::Note),
            ("version", Column::Ignore),
            ("createdat", Column::Ignore),
            ("updatedat", Column::Ignore),
            ("aliasgender", Column::Ignore),
            ("aliasbirthdate", Column::Ignore),
            ("cardholdername", Column::Ignore),
            ("cardnumber", Column::Ignore),
            ("cardexpirymonth", Column::Ignore),
            ("cardexpiryyear", Column::Ignore),
            ("cardcvv", Column::Ignore),
            ("cardpin", Column::Ignore),
        ],
    )
    .row(row),
);

fn row(draft: &mut Draft<'_>, row: &Row<'_>) -> Keep {
    draft.entry.modified_at = timestamp::american(row.get("updatedat")).into();
    if row.get("cardnumber").is_empty() { Keep::Login } else { Keep::Other }
}
