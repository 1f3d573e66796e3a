//! Who is there: the key's own sensor, or its PIN.

use secrecy::{ExposeSecret as _, SecretString};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::ctap::{CtapError, CtapStatus, Key, Permissions, PinToken};
use super::notices::Notices;
use crate::wrong_pins::WrongPins;
use crate::{AuthenticatorError, Home, Interaction, NewPinAsked, Notice, PinAsked};

/// The most bytes of a PIN (CTAP 6.5.1).
const LONGEST_PIN: usize = 63;
/// More tries than any sensor allows.
const MOST_TRIES: u32 = 10;
/// The fewest code points of any key's PIN.
const SHORTEST_PIN: usize = 4;

/// Whether the person must be verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Or the ceremony fails.
    Required,
    /// Where the key is set up for it.
    Wanted,
    /// It need not.
    No,
}

/// How the key knows that the person is verified.
pub(super) enum Verified {
    /// By a token.
    Token(PinToken),
    /// It will see to it itself when it is asked to (keys before CTAP 2.1).
    BuiltIn,
    /// It does not.
    No,
}

impl Verified {
    pub(super) fn token(&self) -> Option<&PinToken> {
        match self {
            Self::Token(token) => Some(token),
            _ => None,
        }
    }

    pub(super) fn is_built_in(&self) -> bool {
        matches!(self, Self::BuiltIn)
    }
}

/// Verifies the person as far as is needed.
pub(super) async fn verify(
    key: &mut Key,
    need: Need,
    to: Permissions<'_>,
    person: &dyn Interaction,
) -> Result<Verified, AuthenticatorError> {
    if need == Need::No {
        return Ok(Verified::No);
    }
    if key.info.has("uv") {
        if !key.info.has("pinUvAuthToken") {
            if to != Permissions::Manage {
                return Ok(Verified::BuiltIn);
            }
        } else if let Some(token) = by_sensor(key, to, person).await? {
            return Ok(Verified::Token(token));
        }
    }
    match (key.info.option("clientPin").filter(|_| takes_pin(key, to)), need) {
        (Some(true), _) => by_pin(key, to, person).await.map(Verified::Token),
        (Some(false), Need::Required) => by_first_pin(key, to, person).await.map(Verified::Token),
        (None, Need::Required) => Err(AuthenticatorError::UserVerificationRequired),
        _ => Ok(Verified::No),
    }
}

/// Whether the key can verify the person as it is set up now.
pub(super) fn is_set_up(key: &Key) -> bool {
    key.info.has("uv") || key.info.has("clientPin")
}

/// Some keys take a PIN only to be managed.
fn takes_pin(key: &Key, to: Permissions<'_>) -> bool {
    to == Permissions::Manage || !key.info.has("noMcGaPermissionsWithClientPin")
}

/// `None` where the sensor gave up, and the PIN is next.
async fn by_sensor(
    key: &mut Key,
    to: Permissions<'_>,
    person: &dyn Interaction,
) -> Result<Option<PinToken>, AuthenticatorError> {
    let notices = Notices::sensor(person);
    for _ in 0..MOST_TRIES {
        if key.uv_retries().await? == 0 {
            return Ok(None);
        }
        person.notice(Notice::Verify);
        match key.token_by_uv(to, &|waiting| notices.hear(waiting)).await {
            Ok(token) => return Ok(Some(token)),
            Err(CtapError::Status(CtapStatus::UV_INVALID)) => {}
            Err(CtapError::Status(CtapStatus::UV_BLOCKED | CtapStatus::INVALID_SUBCOMMAND)) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(None)
}

/// Asks for the PIN until it is right, never spending a try on one that cannot be, or was wrong already.
pub(super) async fn by_pin(
    key: &mut Key,
    to: Permissions<'_>,
    person: &dyn Interaction,
) -> Result<PinToken, AuthenticatorError> {
    let mut wrong = WrongPins::default();
    loop {
        let retries = key.pin_retries().await?;
        if retries.left == 0 {
            return Err(AuthenticatorError::PinBlocked);
        }
        if retries.power_cycle {
            return Err(AuthenticatorError::PinPaused);
        }
        let retries_left = Some(u32::from(retries.left));
        let asked = PinAsked { home: Home::SecurityKey, was_wrong: !wrong.is_empty(), retries_left };
        let Some(given) = person.pin(asked).await else {
            let gave_up = AuthenticatorError::Declined;
            return Err(if wrong.is_empty() { gave_up } else { AuthenticatorError::PinWrong { retries_left } });
        };
        person.notice(Notice::Working);
        let pin = normalized(&given);
        if wrong.has(&pin) {
            continue;
        }
        if !can_be_pin(&pin, SHORTEST_PIN) {
            wrong.add(&pin);
            continue;
        }
        let got = if key.info.must_change_pin {
            changed(key, &pin, to, person).await
        } else {
            key.token_by_pin(&pin, to).await.map_err(AuthenticatorError::from)
        };
        match got {
            Err(AuthenticatorError::PinWrong { .. }) => wrong.add(&pin),
            got => return got,
        }
    }
}

/// The key wants another PIN before it does anything.
async fn changed(
    key: &mut Key,
    old: &str,
    to: Permissions<'_>,
    person: &dyn Interaction,
) -> Result<PinToken, AuthenticatorError> {
    let mut was_refused = false;
    loop {
        let new = new_pin(key.info.min_pin_length, was_refused, person).await?;
        match key.change_pin(old, &new).await {
            Ok(()) => {
                key.info.must_change_pin = false;
                return Ok(key.token_by_pin(&new, to).await?);
            }
            Err(CtapError::Status(CtapStatus::PIN_POLICY_VIOLATION)) => was_refused = true,
            Err(error) => return Err(error.into()),
        }
    }
}

/// The key has no PIN, and one is needed: the person may set it.
async fn by_first_pin(
    key: &mut Key,
    to: Permissions<'_>,
    person: &dyn Interaction,
) -> Result<PinToken, AuthenticatorError> {
    let mut was_refused = false;
    loop {
        let new = new_pin(key.info.min_pin_length, was_refused, person).await?;
        match key.set_pin(&new).await {
            Ok(()) => {
                key.info.pin_was_set();
                return Ok(key.token_by_pin(&new, to).await?);
            }
            Err(CtapError::Status(CtapStatus::PIN_POLICY_VIOLATION)) => was_refused = true,
            Err(error) => return Err(error.into()),
        }
    }
}

/// A new PIN that keeps the rules that are known.
async fn new_pin(
    shortest: usize,
    mut was_refused: bool,
    person: &dyn Interaction,
) -> Result<Zeroizing<String>, AuthenticatorError> {
    loop {
        let asked = NewPinAsked {
            home: Home::SecurityKey,
            shortest: u32::try_from(shortest).unwrap_or(u32::MAX),
            longest: u32::try_from(LONGEST_PIN).unwrap_or(u32::MAX),
            was_refused,
        };
        let pin = normalized(&person.new_pin(asked).await.ok_or(AuthenticatorError::PinNotSet)?);
        if can_be_pin(&pin, shortest) {
            person.notice(Notice::Working);
            return Ok(pin);
        }
        was_refused = true;
    }
}

/// Normalization Form C (CTAP 6.5.1).
fn normalized(pin: &SecretString) -> Zeroizing<String> {
    let mut normalized = Zeroizing::new(String::with_capacity(4 * pin.expose_secret().len()));
    normalized.extend(pin.expose_secret().nfc());
    normalized
}

fn can_be_pin(pin: &str, shortest: usize) -> bool {
    pin.chars().count() >= shortest && pin.len() <= LONGEST_PIN && !pin.contains('\0')
}
