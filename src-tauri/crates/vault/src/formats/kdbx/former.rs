//! Former versions of an entry, which tell when its password became what it is.

use zeroize::Zeroizing;

use crate::timestamp;

use super::document::{RawEntry, Value};

/// A former version while it is read, and what is kept of it until its entry has been read.
#[derive(Default)]
pub(super) struct Former {
    modified: Option<i64>,
    /// Its password; of none the empty text, `None` where it is no text.
    password: Option<Zeroizing<String>>,
    key: Option<String>,
    value: Option<Value>,
}

impl Former {
    pub(super) fn new() -> Self {
        Self { password: Some(Zeroizing::default()), ..Self::default() }
    }

    /// Whether the text of a value may be its password's: most of what a former version has is of no use.
    pub(super) fn may_be_password(&self) -> bool {
        self.key.as_ref().is_none_or(|key| key == PASSWORD)
    }

    pub(super) fn take_time(&mut self, text: &str) {
        self.modified = timestamp::kdbx(text);
    }

    pub(super) fn begin_field(&mut self) {
        (self.key, self.value) = (None, None);
    }

    pub(super) fn take_key(&mut self, text: &str) {
        self.key = Some(text.to_owned());
    }

    pub(super) fn take_value(&mut self, value: Value) {
        if self.may_be_password() {
            self.value = Some(value);
        }
    }

    pub(super) fn end_field(&mut self) {
        let value = self.value.take();
        if self.key.take().as_deref() == Some(PASSWORD) {
            self.password = match value {
                Some(Value::Text(text)) => Some(text),
                Some(Value::NotText) => None,
                None => Some(Zeroizing::default()),
            };
        }
    }
}

const PASSWORD: &str = "Password";

/// When the entry's password became what it is: when the version was made that first had it, after the last version
/// that had another. `None` where no former version had another one (programs drop old versions, so that it may be
/// older than all of them), where a version has no time, and where the password is made of others.
pub(super) fn password_changed_at(entry: &RawEntry, mut formers: Vec<Former>) -> Option<i64> {
    let password = entry.fields.iter().rev().find(|(name, _)| name == PASSWORD)?.1.text()?;
    if password.is_empty() || password.contains('{') {
        return None;
    }
    let modified = timestamp::kdbx(entry.modified.as_deref()?)?;
    if formers.iter().any(|former| former.modified.is_none() || former.password.is_none()) {
        return None;
    }
    // Versions of two copies of a vault that were merged may stand in any order.
    formers.sort_by_key(|former| former.modified);
    let is_other = |former: &Former| former.password.as_ref().is_some_and(|other| other.as_str() != password);
    let last_other = formers.iter().rposition(is_other)?;
    let next = formers.get(last_other + 1).map_or(Some(modified), |former| former.modified);
    // A version that is younger than the entry it is a former one of: whichever time is wrong, neither says anything.
    next.filter(|next| *next <= modified)
}
