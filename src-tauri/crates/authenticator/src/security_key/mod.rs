//! Security keys.
mod ctap;
mod transport;
