//! From decrypted bytes to the XML document, as a stream that is counted while it is inflated.

use std::io::{self, BufReader, Read};

use flate2::bufread::GzDecoder;
use zeroize::Zeroizing;

use crate::progress::{Stage, Watch};
use crate::{Cost, Limits, Part, ReadError};

use super::keystream::KeyStream;

/// The inflated payload; reading more than the limit fails with [`io::ErrorKind::FileTooLarge`].
pub(super) type Payload<'a> = BufReader<Bounded<Box<dyn Read + 'a>>>;

pub(super) struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(u64::try_from(read).unwrap_or(u64::MAX))
            .ok_or(io::Error::from(io::ErrorKind::FileTooLarge))?;
        Ok(read)
    }
}

/// Says how much of the plain bytes has been read.
struct Watched<'a> {
    rest: &'a [u8],
    total: usize,
    watch: Watch<'a>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let number = |n| u64::try_from(n).unwrap_or(u64::MAX);
        self.watch.tell(Stage::Entries, number(self.total - self.rest.len()), number(self.total));
        self.rest.read(buffer)
    }
}

pub(super) fn open<'a>(plain: &'a [u8], compressed: bool, limits: &Limits, watch: Watch<'a>) -> Payload<'a> {
    let size = u64::try_from(plain.len()).unwrap_or(u64::MAX);
    let plain = BufReader::with_capacity(64 * 1024, Watched { rest: plain, total: plain.len(), watch });
    let inner: Box<dyn Read + 'a> = if compressed { Box::new(GzDecoder::new(plain)) } else { Box::new(plain) };
    let ratio = size.saturating_mul(limits.inflation_ratio).max(Limits::RATIO_FROM);
    BufReader::with_capacity(64 * 1024, Bounded { inner, left: limits.inflated.min(ratio) })
}

/// What a failed read of the payload means; `cut` where it ended too early.
pub(super) fn read_error(error: &io::Error, limits_inflated: u64, cut: Part) -> ReadError {
    match error.kind() {
        io::ErrorKind::FileTooLarge => ReadError::TooCostly {
            cost: Cost::Inflated,
            asked: limits_inflated.saturating_add(1),
            limit: limits_inflated,
        },
        io::ErrorKind::UnexpectedEof => ReadError::damaged(cut),
        _ => ReadError::damaged(Part::Compression),
    }
}

/// Reads KDBX 4's inner header up to the document. Attachments are passed over without keeping them.
pub(super) fn inner_header(payload: &mut Payload<'_>, limits: &Limits) -> Result<KeyStream, ReadError> {
    let damaged = ReadError::damaged(Part::InnerHeader);
    let failed = |error: io::Error| read_error(&error, limits.inflated, Part::InnerHeader);
    let mut id = None;
    let mut key: Option<Zeroizing<Vec<u8>>> = None;
    loop {
        let mut head = [0u8; 5];
        payload.read_exact(&mut head).map_err(failed)?;
        let [kind, length @ ..] = head;
        let length = u64::from(u32::from_le_bytes(length));
        let mut value = payload.take(length);
        match kind {
            1 | 2 if length > 1024 => return Err(damaged),
            1 | 2 => {
                let mut bytes = Zeroizing::new(Vec::with_capacity(1024));
                value.read_to_end(&mut bytes).map_err(failed)?;
                if u64::try_from(bytes.len()) != Ok(length) {
                    return Err(damaged);
                }
                if kind == 2 {
                    key = Some(bytes);
                } else {
                    id = Some(u32::from_le_bytes(bytes.as_slice().try_into().map_err(|_| damaged.clone())?));
                }
            }
            _ => {
                if io::copy(&mut value, &mut io::sink()).map_err(failed)? != length {
                    return Err(damaged);
                }
                if kind == 0 {
                    return KeyStream::new(id.ok_or_else(|| damaged.clone())?, &key.ok_or(damaged)?);
                }
            }
        }
    }
}
