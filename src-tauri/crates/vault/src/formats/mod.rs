//! One file per format. Each has its [`Source`]; [`SOURCES`] names them in the order people are shown.

pub(crate) mod bitwarden;
pub(crate) mod csv;
pub(crate) mod cxf;
pub(crate) mod kdbx;
pub(crate) mod onepux;
pub(crate) mod proton;

use crate::format::Source;
use crate::progress::Watch;
use crate::sample::Sample;
use crate::{Format, Limits, Mapping, Unlock};

/// What a reader is given.
pub(crate) struct Input<'a> {
    pub format: Format,
    pub sample: &'a Sample<'a>,
    pub unlock: &'a Unlock,
    pub limits: &'a Limits,
    /// The person's word on what the columns of a table are.
    pub mapping: Option<&'a Mapping>,
    pub watch: Watch<'a>,
}

impl Input<'_> {
    pub(crate) fn bytes(&self) -> &[u8] {
        self.sample.bytes
    }
}

/// Every format. Where two could recognise one file, the first does; tables come last in any case.
pub(crate) static SOURCES: &[&Source] = &[
    &kdbx::SOURCE,
    &bitwarden::SOURCE,
    &bitwarden::ZIP,
    &onepux::SOURCE,
    &proton::JSON,
    &proton::ZIP,
    &proton::PGP,
    &cxf::JSON,
    &cxf::ZIP,
    &csv::bitwarden::SOURCE,
    &csv::browsers::CHROMIUM,
    &csv::browsers::FIREFOX,
    &csv::browsers::APPLE,
    &csv::ANY,
];
