//! Support of the cross-crate tests: third-party sites and vault files to test with.

pub mod command;
pub mod rehearsal;
pub mod relying_party;
pub mod software;
pub mod vault_file;
