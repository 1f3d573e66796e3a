//! The records of `data/`, compiled in. Written by `cargo xtask codegen`.

use crate::record::{Record, Source};

pub(crate) static RECORDS: [Record; 0] = [];
pub(crate) static BY_DOMAIN: phf::Map<&'static str, u16> = phf::Map::new();
pub(crate) static BY_RP_ID: phf::Map<&'static str, u16> = phf::Map::new();
pub(crate) static SOURCES: [Source; 0] = [];
