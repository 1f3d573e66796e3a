//! Shows a site: [`Driver`], the CDP driver of an installed browser, and the channel to a page that drivers share.

mod capabilities;
pub mod channel;
mod driver;
mod error;
pub mod own_browser;
mod seen;

pub use capabilities::Capabilities;
pub use driver::{ContextId, Driver, DriverFacts, Mode};
pub use error::DriverError;
pub use seen::{
    CeremonyId, CeremonyKind, CeremonyReply, CeremonyRequest, FrameKind, Mediation, NativeCeremony, Seen, SignalKind,
    SignalRequest, Standing,
};
