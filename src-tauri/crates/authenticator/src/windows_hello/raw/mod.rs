//! The unsafe part: reading what Windows answers through its pointers, and calling `webauthn.dll`. Nothing outside this
//! folder follows a pointer of Windows'.
#![allow(unsafe_code)]

mod read;
#[cfg(windows)]
mod system;

pub(super) use read::{Assertion, Credential, Made, Salts, get_assertion, make_credential, platform_credentials};
#[cfg(windows)]
pub(super) use system::System;
