//! The exports of browsers and of Apple's Passwords.

use super::{Column, Layout};
use crate::format::{Evidence, Reader, Source};

/// Chrome, Edge, Brave, Opera, Vivaldi and others on Chromium.
pub(crate) static CHROMIUM: Source = Source {
    name: "chromium-csv",
    product: "Chrome, Edge, Brave, Opera, Vivaldi",
    kind: "CSV",
    evidence: Evidence::Documentation,
    reader: Reader::Csv(&Layout::new(
        &[&["name", "url", "username", "password"]],
        &[
            ("name", Column::Title),
            ("url", Column::Url),
            ("username", Column::UserName),
            ("password", Column::Password),
            ("note", Column::Note),
        ],
    )),
};

/// Firefox: `about:logins`.
pub(crate) static FIREFOX: Source = Source {
    name: "firefox-csv",
    product: "Firefox",
    kind: "CSV",
    evidence: Evidence::Documentation,
    reader: Reader::Csv(&Layout::new(
        &[&["url", "username", "password", "httprealm", "formactionorigin"]],
        &[
            ("url", Column::Url),
            ("username", Column::UserName),
            ("password", Column::Password),
            ("httprealm", Column::Ignore),
            ("formactionorigin", Column::Ignore),
            ("guid", Column::Ignore),
            ("timecreated", Column::Ignore),
            ("timelastused", Column::Ignore),
            ("timepasswordchanged", Column::Modified),
        ],
    )),
};

/// Safari and Apple's Passwords.
pub(crate) static APPLE: Source = Source {
    name: "apple-csv",
    product: "Apple Passwords, Safari",
    kind: "CSV",
    evidence: Evidence::Documentation,
    reader: Reader::Csv(&Layout::new(
        &[&["title", "url", "username", "password", "otpauth"]],
        &[
            ("title", Column::Title),
            ("url", Column::Url),
            ("username", Column::UserName),
            ("password", Column::Password),
            ("notes", Column::Note),
            ("otpauth", Column::Totp),
        ],
    )),
};
