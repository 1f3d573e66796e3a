//! The guided state machine of one account: a pure function from what was seen to what is done next.
#![forbid(unsafe_code)]

pub mod page;
