//! The records of `data/`, compiled in. Written by `cargo xtask codegen`.

use crate::record::Record;

pub(crate) static RECORDS: [Record; 0] = [];
