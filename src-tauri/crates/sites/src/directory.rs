//! Which record speaks of a host, and what the layers above the compiled-in records add.

use rekey_origin::{Host, Site};

use crate::compiled::RECORDS;
use crate::record::{Attachment, Capacity, Check, Fact, Kind, List, PasswordAfter, Record, Role, Text};

/// What is known of sites: the compiled-in records, and above them what was refreshed and what the person corrected.
#[derive(Debug, Clone, Default)]
pub struct Directory {}

/// What the directory says of one site, over all its layers.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    record: &'a Record,
}

impl Directory {
    /// The compiled-in records alone.
    pub fn built_in() -> Self {
        Self {}
    }

    /// What is known of the site that a host belongs to.
    pub fn look_up(&self, host: &Host) -> Option<Known<'_>> {
        let name = match host {
            Host::Domain(name) => name.as_str(),
            Host::V4(_) | Host::V6(_) => return None,
        };
        RECORDS.iter().find(|record| record.domain == name).map(|record| Known { record })
    }

    /// What is known of an account's site.
    pub fn look_up_site(&self, site: &Site) -> Option<Known<'_>> {
        RECORDS.iter().find(|record| record.domain == site.as_str()).map(|record| Known { record })
    }
}

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident: $type:ty),+ $(,)?) => {
        impl<'a> Known<'a> {
            $($(#[$doc])* pub fn $name(&self) -> Option<&'a Fact<$type>> { self.record.$name.as_ref() })+
        }
    };
}

facts! {
    /// See [`Record::equivalent`].
    equivalent: List<Text>,
    /// See [`Record::rp_ids`].
    rp_ids: List<Text>,
    /// See [`Record::sign_in`].
    sign_in: Text,
    /// See [`Record::passkey_page`].
    passkey_page: Text,
    /// See [`Record::manage_page`].
    manage_page: Text,
    /// See [`Record::role`].
    role: Role,
    /// See [`Record::asks_first`].
    asks_first: List<Check>,
    /// See [`Record::authenticator`].
    authenticator: Attachment,
    /// See [`Record::capacity`].
    capacity: Capacity,
    /// See [`Record::usernameless`].
    usernameless: bool,
    /// See [`Record::password_after`].
    password_after: PasswordAfter,
    /// See [`Record::change_password`].
    change_password: Text,
    /// See [`Record::recovery_page`].
    recovery_page: Text,
    /// See [`Record::help`].
    help: Text,
    /// See [`Record::kind`].
    kind: Kind,
    /// See [`Record::notes`].
    notes: List<(Text, Text)>,
}

impl<'a> Known<'a> {
    /// What people call the site.
    pub fn name(&self) -> &'a str {
        &self.record.name
    }

    /// The domain that is the record's key.
    pub fn domain(&self) -> &'a str {
        &self.record.domain
    }
}
