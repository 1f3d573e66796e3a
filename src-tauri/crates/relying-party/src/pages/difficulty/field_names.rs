//! What the sign-in fields are called in the page's code.

use super::super::frame::Frame;
use crate::Difficulty;

/// The `name` of each field, and whether `autocomplete` says what it is.
pub(in crate::pages) struct FieldNames {
    pub(in crate::pages) user_name: &'static str,
    pub(in crate::pages) password: &'static str,
    pub(in crate::pages) code: &'static str,
    pub(in crate::pages) honest: bool,
}

impl FieldNames {
    /// The usual ones, or those that say something else.
    pub(in crate::pages) fn of(frame: &Frame) -> Self {
        if frame.has(Difficulty::MisleadingNames) {
            Self { user_name: "email", password: "access", code: "token", honest: false }
        } else {
            Self { user_name: "username", password: "password", code: "otp", honest: true }
        }
    }

    /// The value of `autocomplete`.
    pub(in crate::pages) fn autocomplete(&self, honest: &'static str) -> &'static str {
        if self.honest { honest } else { "off" }
    }
}
