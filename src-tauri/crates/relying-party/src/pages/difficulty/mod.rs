//! What only some profiles show.

mod cookies;
mod field_names;
mod name_key;
mod segmented;
mod stay;

pub(crate) use name_key::name_passkey;
pub(crate) use stay::stay_signed_in;

pub(super) use cookies::{SCRIPT as COOKIE_SCRIPT, banner};
pub(super) use field_names::FieldNames;
pub(super) use segmented::segmented;

/// Sizes and places of what is in here.
pub(super) const STYLE: &str = "difficulty.css";
