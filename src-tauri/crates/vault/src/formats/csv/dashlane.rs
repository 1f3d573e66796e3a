//! Dashlane's CSV files, which come together in an archive: <https://support.dashlane.com/hc/en-us/articles/202625092>.

use super::{Column, Draft, Keep, Layout, Row, table};
use crate::format::Source;

pub(crate) static SOURCE: Source = table(
    "dashlane-csv",
    "Dashlane",
    &Layout::new(
        &[
            &["username", "username2", "username3", "title", "password", "note", "url", "category"],
            &["username", "title", "password", "note", "url", "category"],
            // Cards and accounts, personal data, documents.
            &["type", "account_name", "account_holder", "cc_number"],
            &["type", "first_name", "last_name", "date_of_birth", "email_type"],
            &["type", "number", "name", "issue_date", "place_of_issue"],
        ],
        &[
            ("username", Column::UserName),
            ("username2", Column::OtherName),
            ("username3", Column::OtherName),
            ("title", Column::Title),
            ("password", Column::Password),
            ("note", Column::Note),
            ("url", Column::Url),
            ("category", Column::Group),
            ("otpsecret", Column::Totp),
            ("otpurl", Column::Totp),
        ],
    )
    .row(|_: &mut Draft<'_>, row: &Row<'_>| if row.place("password").is_some() { Keep::Login } else { Keep::Other }),
);
