//! Lists in JSON that stand in one column.

use serde::de::DeserializeOwned;

use super::Draft;
use crate::ProblemCode;
use crate::container::json::Raw;

/// The members of a list, each by itself: what is none of them is reported and left out, and so is a text that is no
/// list. No text is an empty list.
pub(super) fn members<T: DeserializeOwned>(draft: &mut Draft<'_>, text: &str) -> Vec<T> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let Ok(all) = serde_json::from_str::<Vec<Raw<'_>>>(text) else {
        draft.report(ProblemCode::NotText);
        return Vec::new();
    };
    let mut read = Vec::with_capacity(all.len());
    for member in all {
        match serde_json::from_str(member.get()) {
            Ok(member) => read.push(member),
            Err(_) => draft.report(ProblemCode::NotText),
        }
    }
    read
}
