//! A whole GZIP stream, inflated within the limits.

use std::io::Read as _;

use flate2::read::MultiGzDecoder;
use zeroize::Zeroizing;

use super::wiped;
use crate::{Cost, Limits, Part, ReadError};

/// What the bytes inflate to.
pub(crate) fn inflate(bytes: &[u8], limits: &Limits) -> Result<Zeroizing<Vec<u8>>, ReadError> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let limit = limits.inflated.min(size.saturating_mul(limits.inflation_ratio).max(Limits::RATIO_FROM));
    let reserve = bytes.len().saturating_mul(4).min(16 << 20);
    let content = wiped::read(MultiGzDecoder::new(bytes).take(limit.saturating_add(1)), reserve)
        .map_err(|_| ReadError::damaged(Part::Compression))?;
    let length = u64::try_from(content.len()).unwrap_or(u64::MAX);
    if length > limit {
        return Err(ReadError::TooCostly { cost: Cost::Inflated, asked: length, limit });
    }
    Ok(content)
}
