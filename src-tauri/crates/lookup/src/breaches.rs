//! x
/// h
pub(crate) const HOST: &str = "api.pwnedpasswords.com";
