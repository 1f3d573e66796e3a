//! The containers that formats share, each within its bounds: text, tables, JSON rows, ZIP archives, XML elements.

pub(crate) mod gzip;
pub(crate) mod json;
pub(crate) mod loose;
pub(crate) mod records;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod wiped;
pub(crate) mod xml;
pub(crate) mod zip;
