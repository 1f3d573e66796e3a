//! The site's pages: plain HTML that works without a script wherever no passkey is involved. Each is a pure function
//! of what every page knows ([`Frame`]) and of what it shows ([`view`]).

mod account;
mod assets;
mod confirm;
mod dates;
mod difficulty;
mod explanation;
mod frame;
mod home;
mod inbox;
mod notices;
mod parts;
mod passkeys;
mod recover;
mod security;
mod sign_in;
mod verify;
pub(crate) mod view;

#[cfg(test)]
mod tests;

pub(crate) use account::account;
pub(crate) use assets::asset;
pub(crate) use confirm::confirm;
pub(crate) use dates::{date, moment};
pub(crate) use difficulty::{name_passkey, stay_signed_in};
pub(crate) use explanation::explanation;
#[cfg(test)]
pub(crate) use frame::Frame;
pub(crate) use frame::Page;
pub(crate) use home::home;
pub(crate) use inbox::inbox;
pub(crate) use notices::{form_expired, not_found, notice};
pub(crate) use passkeys::{new_passkey, refusal, remove_passkey};
pub(crate) use recover::recover;
pub(crate) use security::{new_recovery_codes, password, recovery_codes, remove_password};
pub(crate) use sign_in::{late_script, one_page, two_step_name, two_step_password};
pub(crate) use verify::{email_code, human, passkey_second, picture, totp};
