//! The exports of browsers and of Apple's Passwords.

use super::{Column, Draft, Keep, Layout, Row, table};
use crate::format::{Evidence, Reader, Source};

/// Chrome, Edge, Brave, Opera, Vivaldi and others on Chromium
/// (<https://source.chromium.org/chromium/chromium/src/+/main:components/password_manager/core/browser/export/>). A login
/// for several sites has a row for each. The older names are those of the browser's own database.
pub(crate) static CHROMIUM: Source = table(
    "chromium-csv",
    "Chrome, Edge, Brave, Opera, Vivaldi",
    &Layout::new(
        &[&["name", "url", "username", "password"], &["origin_url", "username_value", "password_value"]],
        &[
            ("name", Column::Title),
            ("url", Column::Url),
            ("username", Column::UserName),
            ("password", Column::Password),
            ("note", Column::Note),
            ("origin_url", Column::Url),
            ("action_url", Column::Ignore),
            ("username_element", Column::Ignore),
            ("username_value", Column::UserName),
            ("password_element", Column::Ignore),
            ("password_value", Column::Password),
            ("display_name", Column::Title),
            ("signon_realm", Column::Ignore),
            ("date_created", Column::Ignore),
            ("times_used", Column::Ignore),
        ],
    ),
);

/// Arc, which has no title.
pub(crate) static ARC: Source = table(
    "arc-csv",
    "Arc",
    &Layout::new(
        &[&["url", "username", "password", "note"], &["hostname", "username", "password", "note"]],
        &[
            ("url", Column::Url),
            ("hostname", Column::Url),
            ("username", Column::UserName),
            ("password", Column::Password),
            ("note", Column::Note),
        ],
    ),
);

/// Firefox: `about:logins`, and the add-on that exported passwords before it
/// (<https://searchfox.org/mozilla-central/source/toolkit/components/passwordmgr/LoginExport.sys.mjs>).
pub(crate) static FIREFOX: Source = Source {
    name: "firefox-csv",
    product: "Firefox",
    kind: "CSV",
    evidence: Evidence::Program("Firefox"),
    reader: Reader::Csv(&FIREFOX_LAYOUT),
};

static FIREFOX_LAYOUT: Layout = Layout::new(
    &[
        &["url", "username", "password", "httprealm", "formactionorigin"],
        &["hostname", "username", "password", "formsubmiturl", "httprealm"],
        &["hostname", "username", "password"],
    ],
    &[
        ("url", Column::Url),
        ("hostname", Column::Url),
        ("username", Column::UserName),
        ("password", Column::Password),
        ("httprealm", Column::Ignore),
        ("formactionorigin", Column::Ignore),
        ("formsubmiturl", Column::Ignore),
        ("usernamefield", Column::Ignore),
        ("passwordfield", Column::Ignore),
        ("guid", Column::Ignore),
        ("timecreated", Column::Ignore),
        ("timelastused", Column::Ignore),
        ("timepasswordchanged", Column::PasswordChanged),
        ("timesused", Column::Ignore),
    ],
)
.row(firefox);

fn firefox(draft: &mut Draft<'_>, _: &Row<'_>) -> Keep {
    // The key of the browser's own account, which is no sign-in.
    // It says nothing of when anything else was changed, and an entry has little else.
    draft.entry.modified_at = draft.entry.password_changed_at;
    let is_own = draft.entry.urls.iter().any(|url| url.starts_with("chrome://"));
    if is_own { Keep::Other } else { Keep::Login }
}

/// Safari and Apple's Passwords: <https://support.apple.com/guide/passwords/mchl5b5d25f4/mac>.
pub(crate) static APPLE: Source = table(
    "apple-csv",
    "Apple Passwords, Safari",
    &Layout::new(
        &[
            &["title", "url", "username", "password", "notes", "otpauth"],
            &["title", "url", "username", "password", "otpauth"],
            &["title", "url", "username", "password", "notes"],
            &["title", "url", "username", "password"],
        ],
        &[
            ("title", Column::Title),
            ("url", Column::Url),
            ("username", Column::UserName),
            ("password", Column::Password),
            ("notes", Column::Note),
            ("otpauth", Column::Totp),
        ],
    ),
);
