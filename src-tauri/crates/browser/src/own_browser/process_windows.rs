//! The browser's process on Windows: not driven yet. There the pipe goes by `--remote-debugging-io-pipes`, whose handles
//! the standard library cannot pass to a child; until that is written and tried, the by-hand way takes its place.

use std::io;
use std::time::Duration;

use tokio::io::DuplexStream;

use super::Options;
use crate::DriverError;

/// Never made.
pub(super) enum Process {}

/// Never made.
pub(super) struct Pipe {
    pub(super) reader: DuplexStream,
    pub(super) writer: DuplexStream,
}

/// A browser's sandbox starts for an administrator as for anybody.
pub(super) fn is_root() -> bool {
    false
}

impl Process {
    /// Says that it cannot.
    pub(super) fn start(_: &Options) -> Result<(Self, Pipe), DriverError> {
        Err(DriverError::Unsupported)
    }

    pub(super) fn id(&self) -> Option<u32> {
        match *self {}
    }

    pub(super) async fn start_failure(&mut self) -> DriverError {
        DriverError::Start(io::Error::from(io::ErrorKind::Unsupported))
    }

    pub(super) async fn end(self, _: Duration) -> Result<(), DriverError> {
        match self {}
    }
}
