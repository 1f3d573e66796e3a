//! Shows a site: [`Driver`], the CDP driver of an installed browser, and the channel to a page that drivers share.

pub mod channel;
mod driver;
mod error;
pub mod own_browser;

pub use driver::{
    CeremonyId, CeremonyKind, CeremonyReply, CeremonyRequest, ContextId, Driver, DriverFacts, Mode, NativeCeremony,
    Seen,
};
pub use error::DriverError;
