//! What a key says while it works, told to the person once and not ten times a second.

use std::sync::Mutex;

use super::ctap::Key;
use super::transport::Waiting;
use super::verify::Verified;
use crate::{Interaction, Notice};

/// Tells the person what changed.
pub(super) struct Notices<'a> {
    person: &'a dyn Interaction,
    /// What is wanted when the key asks for a touch.
    touch: Notice,
    last: Mutex<Option<Notice>>,
}

impl<'a> Notices<'a> {
    /// Of a request that is made now: says what it wants of the person first.
    pub(super) fn of_request(key: &Key, verified: &Verified, person: &'a dyn Interaction) -> Self {
        if verified.is_built_in() {
            // Its sensor may count what it does not recognise: nobody is to touch it unawares.
            person.notice(Notice::Verify);
            return Self::sensor(person);
        }
        person.notice(if key.link().presence_by_tap() { Notice::Working } else { Notice::Touch });
        Self { person, touch: Notice::Touch, last: Mutex::new(None) }
    }

    /// The touch is that of the key's own sensor.
    pub(super) fn sensor(person: &'a dyn Interaction) -> Self {
        Self { person, touch: Notice::Verify, last: Mutex::new(None) }
    }

    pub(super) fn hear(&self, waiting: Waiting) {
        let notice = match waiting {
            Waiting::Processing => Notice::Working,
            Waiting::Touch => self.touch,
        };
        let Ok(mut last) = self.last.lock() else { return };
        if last.replace(notice) != Some(notice) {
            self.person.notice(notice);
        }
    }
}
