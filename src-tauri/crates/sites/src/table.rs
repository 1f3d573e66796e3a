//! The compiled-in records and the maps into them.

use crate::compiled::{BY_DOMAIN, BY_RP_ID, RECORDS, SOURCES};
use crate::record::{Record, Source};

/// Records that need no reading: the maps lead from every domain and equivalent domain, and from every relying party
/// identifier, to the place of a record.
pub(crate) struct Table {
    pub(crate) records: &'static [Record],
    pub(crate) by_domain: &'static phf::Map<&'static str, u16>,
    pub(crate) by_rp_id: &'static phf::Map<&'static str, u16>,
    pub(crate) sources: &'static [Source],
}

pub(crate) static COMPILED: Table =
    Table { records: &RECORDS, by_domain: &BY_DOMAIN, by_rp_id: &BY_RP_ID, sources: &SOURCES };

impl Table {
    pub(crate) fn of_domain(&self, name: &str) -> Option<&'static Record> {
        self.by_domain.get(name).and_then(|place| self.records.get(usize::from(*place)))
    }

    pub(crate) fn of_rp_id(&self, rp_id: &str) -> Option<&'static Record> {
        self.by_rp_id.get(rp_id).and_then(|place| self.records.get(usize::from(*place)))
    }
}
