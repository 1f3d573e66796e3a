//! Web addresses read the way a browser reads them: who speaks ([`Origin`]), whose account it is ([`Site`]) and
//! what a passkey is bound to ([`RpId`]).
//!
//! Everything here is a pure function of its arguments; the public suffix list is compiled in by the `psl` crate.
#![forbid(unsafe_code)]

mod host;
mod origin;
mod related;
mod rp_id;
mod shown;
mod site;

pub use host::{Host, registrable_domain};
pub use origin::{Origin, OriginError};
pub use related::RelatedClaim;
pub use rp_id::{RpId, RpIdError};
pub use shown::Shown;
pub use site::Site;
