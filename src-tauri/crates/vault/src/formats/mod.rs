//! One file per format. Each has its [`Source`]; [`SOURCES`] names them in the order people are shown.

pub(crate) mod aliasvault;
pub(crate) mod bitwarden;
pub(crate) mod buttercup;
pub(crate) mod csv;
pub(crate) mod cxf;
pub(crate) mod dashlane;
pub(crate) mod enpass_json;
pub(crate) mod fsecure;
pub(crate) mod kdb;
pub(crate) mod kdbx;
pub(crate) mod keepass_xml;
pub(crate) mod keeper_json;
pub(crate) mod onepux;
pub(crate) mod padloc;
pub(crate) mod pass_store;
pub(crate) mod passwordsafe_xml;
pub(crate) mod proton;
pub(crate) mod psono_json;
pub(crate) mod safeincloud;
pub(crate) mod tokens;

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
    &tokens::aegis::SOURCE,
    &tokens::two_fas::SOURCE,
    &tokens::lines::GOOGLE,
    &tokens::ente::SOURCE,
    &tokens::proton::SOURCE,
    &tokens::stratum::SOURCE,
    &tokens::freeotp::SOURCE,
    &tokens::andotp::SOURCE,
    &tokens::lines::SOURCE,
    &tokens::picture::SOURCE,
    &onepux::SOURCE,
    &proton::JSON,
    &proton::ZIP,
    &kdb::SOURCE,
    &keepass_xml::SOURCE,
    &proton::PGP,
    &cxf::JSON,
    &cxf::ZIP,
    &padloc::SOURCE,
    &buttercup::SOURCE,
    &aliasvault::PLAIN,
    &aliasvault::ENCRYPTED,
    &pass_store::SOURCE,
    &csv::bitwarden::SOURCE,
    &csv::browsers::CHROMIUM,
    &csv::browsers::FIREFOX,
    &csv::browsers::APPLE,
    &csv::browsers::ARC,
    &csv::onepassword::SOURCE,
    &csv::onepassword::MAC,
    &csv::lastpass::SOURCE,
    &csv::dashlane::SOURCE,
    &csv::proton::SOURCE,
    &csv::keepass::KEEPASSXC,
    &csv::keepass::KEEPASS,
    &csv::keepass::KEEPASSX,
    &csv::lastpass::NORTON,
    &csv::aliasvault::SOURCE,
    &csv::buttercup::SOURCE,
    &csv::enpass::SOURCE,
    &csv::keeper::SOURCE,
    &csv::msecure::NEW,
    &csv::msecure::OLD,
    &csv::nordpass::SOURCE,
    &csv::psono::SOURCE,
    &csv::roboform::SOURCE,
    &csv::zoho::SOURCE,
    &csv::plain::AVAST,
    &csv::plain::AVIRA,
    &csv::plain::CODEBOOK,
    &csv::plain::DELINEA,
    &csv::plain::DROPBOX,
    &csv::plain::KASPERSKY,
    &csv::plain::LOGMEONCE,
    &csv::plain::MELDIUM,
    &csv::plain::PASS_IMPORT,
    &csv::plain::PASSBOLT,
    &csv::plain::PADLOC,
    &csv::plain::PASSKEEP,
    &csv::plain::GORILLA,
    &csv::plain::REMEMBEAR,
    &csv::plain::SAFEINCLOUD,
    &csv::plain::SAFERPASS,
    &csv::plain::SECURESAFE,
    &csv::plain::STRONGBOX,
    &csv::plain::TRUE_KEY,
    &csv::plain::YOTI,
    &csv::plain::CSVKEYCHAIN,
    &csv::plain::NEXTCLOUD,
    &csv::plain::ONE_PW,
    &csv::plain::SYNOLOGY,
    &csv::plain::MYKI,
    &csv::plain::ENCRYPTR,
    &csv::quirks::BLUR,
    &csv::quirks::PASSPACK,
    &csv::quirks::PASSMAN,
    &csv::quirks::NETWRIX,
    &csv::quirks::PASSWORDXP,
    &csv::quirks::STEGANOS,
    &csv::quirks::PASSWORD_SAFE,
    &csv::ANY,
];
