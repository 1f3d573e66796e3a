//! Support of the cross-crate tests.
