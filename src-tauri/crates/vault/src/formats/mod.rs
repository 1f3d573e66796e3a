//! One file per format. Each has its [`Source`]; [`SOURCES`] names them in the order people are shown.

pub(crate) mod aliasvault;
pub(crate) mod bitwarden;
pub(crate) mod buttercup;
pub(crate) mod csv;
pub(crate) mod dashlane;
pub(crate) mod enpass_json;
pub(crate) mod fsecure;
pub(crate) mod kdbx;
pub(crate) mod keeper_json;
pub(crate) mod padloc;
pub(crate) mod pass_store;
pub(crate) mod passwordsafe_xml;
pub(crate) mod psono_json;
pub(crate) mod safeincloud;

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
    // Before Bitwarden, whose oldest exports have no member that these have not.
    &enpass_json::SOURCE,
    &psono_json::SOURCE,
    &bitwarden::SOURCE,
    &bitwarden::ZIP,
    &dashlane::ZIP,
    &dashlane::JSON,
    &keeper_json::SOURCE,
    &safeincloud::SOURCE,
    &passwordsafe_xml::SOURCE,
    &fsecure::SOURCE,
    &padloc::SOURCE,
    &buttercup::SOURCE,
    &aliasvault::PLAIN,
    &aliasvault::ENCRYPTED,
    &csv::bitwarden::SOURCE,
    &csv::browsers::CHROMIUM,
    &csv::browsers::FIREFOX,
    &csv::browsers::APPLE,
    &csv::ANY,
];
