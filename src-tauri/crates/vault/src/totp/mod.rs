//! Time-based one-time passwords: RFC 6238 over RFC 4226, and Steam's variant.

mod base32;
mod parse;
mod uri;

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use secrecy::SecretString;
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

use crate::ProblemCode;

pub(crate) use uri::{Uri, split_label};

/// The hash function of a one-time password (RFC 6238, section 1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Algorithm {
    /// HMAC-SHA-1, what nearly every site uses.
    #[default]
    Sha1,
    /// HMAC-SHA-256.
    Sha256,
    /// HMAC-SHA-512.
    Sha512,
}

/// How the truncated hash is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Decimal digits, 6 to 8.
    Digits(u8),
    /// Five characters of Steam's alphabet.
    Steam,
}

impl Shape {
    fn digits(count: u32) -> Result<Self, TotpError> {
        u8::try_from(count).ok().filter(|count| (6..=8).contains(count)).map(Self::Digits).ok_or(TotpError::Digits)
    }
}

/// The characters of Steam's codes, those that are not mistaken for one another.
const STEAM: [char; 26] = [
    '2', '3', '4', '5', '6', '7', '8', '9', 'B', 'C', 'D', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P', 'Q', 'R', 'T', 'V',
    'W', 'X', 'Y',
];

/// A generator of time-based one-time passwords. The secret is wiped when dropped and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Totp {
    secret: Zeroizing<Box<[u8]>>,
    algorithm: Algorithm,
    shape: Shape,
    /// In seconds.
    period: u16,
}

impl std::hash::Hash for Totp {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.secret.hash(state);
        self.period.hash(state);
    }
}

/// What a generator is made of, where it goes from one process to another.
pub(crate) struct Parts<'a> {
    pub secret: &'a [u8],
    pub algorithm: Algorithm,
    /// How many digits; none for Steam's codes.
    pub digits: Option<u32>,
    pub period: u64,
}

/// Why a text is no usable TOTP setting. Carries nothing of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TotpError {
    /// There is no secret.
    #[error("there is no secret")]
    NoSecret,
    /// The secret is not in the encoding that was announced (base32 where none was).
    #[error("the secret is not in its encoding")]
    Secret,
    /// Not an `otpauth` URI, or one that cannot be parsed.
    #[error("the otpauth address cannot be parsed")]
    Uri,
    /// A counter-based password (HOTP): the counter would go out of step with the person's own manager.
    #[error("counter-based one-time passwords are not supported")]
    CounterBased,
    /// A hash other than SHA-1, SHA-256 and SHA-512.
    #[error("the hash function is not known")]
    Algorithm,
    /// Not 6, 7 or 8 digits.
    #[error("not 6, 7 or 8 digits")]
    Digits,
    /// Not 1 to 300 seconds.
    #[error("the period is not 1 to 300 seconds")]
    Period,
}

impl TotpError {
    pub(crate) fn problem(self) -> ProblemCode {
        match self {
            Self::CounterBased => ProblemCode::TotpUnsupported,
            _ => ProblemCode::TotpUnreadable,
        }
    }
}

impl Totp {
    /// A generator with a raw secret.
    ///
    /// `period` in seconds, 1 to 300; `digits` 6 to 8.
    ///
    /// # Errors
    /// Where the secret is empty or a number out of range.
    pub fn new(secret: Vec<u8>, algorithm: Algorithm, digits: u32, period: u64) -> Result<Self, TotpError> {
        let secret = Zeroizing::new(secret);
        Self::with_shape(secret, algorithm, Shape::digits(digits)?, period)
    }

    /// A generator of Steam codes: five characters, SHA-1, 30 seconds.
    ///
    /// # Errors
    /// Where the secret is empty.
    pub fn steam(secret: Vec<u8>) -> Result<Self, TotpError> {
        Self::with_shape(Zeroizing::new(secret), Algorithm::Sha1, Shape::Steam, 30)
    }

    /// Reads a secret in base32, as apps store it beside its other settings.
    pub(crate) fn decode_secret(text: &str) -> Result<Zeroizing<Vec<u8>>, TotpError> {
        parse::decode_base32(text)
    }

    pub(crate) fn parts(&self) -> Parts<'_> {
        let digits = match self.shape {
            Shape::Digits(digits) => Some(digits.into()),
            Shape::Steam => None,
        };
        Parts { secret: &self.secret, algorithm: self.algorithm, digits, period: self.period() }
    }

    pub(crate) fn of_parts(parts: Parts<'_>) -> Result<Self, TotpError> {
        match parts.digits {
            Some(digits) => Self::new(parts.secret.to_vec(), parts.algorithm, digits, parts.period),
            None => {
                let secret = Zeroizing::new(parts.secret.to_vec());
                Self::with_shape(secret, parts.algorithm, Shape::Steam, parts.period)
            }
        }
    }

    fn with_shape(
        mut secret: Zeroizing<Vec<u8>>,
        algorithm: Algorithm,
        shape: Shape,
        period: u64,
    ) -> Result<Self, TotpError> {
        if secret.is_empty() {
            return Err(TotpError::NoSecret);
        }
        let period = u16::try_from(period).ok().filter(|period| (1..=300).contains(period)).ok_or(TotpError::Period)?;
        // A vector that gives back what it has too much may move, and leave its bytes behind.
        let is_full = secret.len() == secret.capacity();
        let secret = if is_full { std::mem::take(&mut *secret).into() } else { Box::from(secret.as_slice()) };
        Ok(Self { secret: Zeroizing::new(secret), algorithm, shape, period })
    }

    /// The length of a time step in seconds.
    pub fn period(&self) -> u64 {
        self.period.into()
    }

    /// How many characters a code has.
    pub fn digits(&self) -> u32 {
        match self.shape {
            Shape::Digits(digits) => digits.into(),
            Shape::Steam => 5,
        }
    }

    /// The hash function.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Whether the codes are Steam's.
    pub fn is_steam(&self) -> bool {
        self.shape == Shape::Steam
    }

    /// The time step that a moment falls in (RFC 6238, section 4.2, with T0 = 0); `unix_seconds` since 1970 UTC.
    pub fn step(&self, unix_seconds: u64) -> u64 {
        unix_seconds / self.period()
    }

    /// How many seconds the code of that moment stays valid, 1 to the period.
    pub fn seconds_left(&self, unix_seconds: u64) -> u64 {
        self.period() - unix_seconds % self.period()
    }

    /// The code of a time step.
    pub fn code(&self, step: u64) -> SecretString {
        let truncated = truncate(&self.hash(step));
        match self.shape {
            Shape::Digits(digits) => {
                let number = truncated % 10u32.pow(digits.into());
                let width = usize::from(digits);
                SecretString::from(format!("{number:0width$}"))
            }
            Shape::Steam => {
                let mut rest = truncated;
                let code: String = std::iter::repeat_with(|| {
                    let at = usize::try_from(rest % 26).unwrap_or_default();
                    rest /= 26;
                    STEAM.get(at).copied()
                })
                .take(5)
                .flatten()
                .collect();
                SecretString::from(code)
            }
        }
    }

    fn hash(&self, counter: u64) -> Vec<u8> {
        match self.algorithm {
            Algorithm::Sha1 => mac::<Hmac<Sha1>>(&self.secret, counter),
            Algorithm::Sha256 => mac::<Hmac<Sha256>>(&self.secret, counter),
            Algorithm::Sha512 => mac::<Hmac<Sha512>>(&self.secret, counter),
        }
    }
}

/// HMAC takes keys of every length, so that the error case of `new_from_slice` cannot occur; it yields no hash.
fn mac<M: Mac + KeyInit>(secret: &[u8], counter: u64) -> Vec<u8> {
    let Ok(mac) = <M as KeyInit>::new_from_slice(secret) else { return Vec::new() };
    mac.chain_update(counter.to_be_bytes()).finalize().into_bytes().to_vec()
}

/// Dynamic truncation (RFC 4226, section 5.3).
fn truncate(hash: &[u8]) -> u32 {
    let offset = usize::from(hash.last().copied().unwrap_or_default() & 0x0f);
    let bytes = hash.get(offset..).and_then(|rest| rest.first_chunk::<4>()).copied().unwrap_or_default();
    u32::from_be_bytes(bytes) & 0x7fff_ffff
}

impl fmt::Debug for Totp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Totp")
            .field("secret", &"[REDACTED]")
            .field("algorithm", &self.algorithm)
            .field("shape", &self.shape)
            .field("period", &self.period)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    /// RFC 6238, appendix B.
    #[test]
    fn rfc_6238_vectors() {
        let seed = |length: usize| b"1234567890".iter().copied().cycle().take(length).collect::<Vec<u8>>();
        let sha1 = Totp::new(seed(20), Algorithm::Sha1, 8, 30).unwrap();
        let sha256 = Totp::new(seed(32), Algorithm::Sha256, 8, 30).unwrap();
        let sha512 = Totp::new(seed(64), Algorithm::Sha512, 8, 30).unwrap();
        for (time, one, two, five) in [
            (59, "94287082", "46119246", "90693936"),
            (1_111_111_109, "07081804", "68084774", "25091201"),
            (1_111_111_111, "14050471", "67062674", "99943326"),
            (1_234_567_890, "89005924", "91819424", "93441116"),
            (2_000_000_000, "69279037", "90698825", "38618901"),
            (20_000_000_000, "65353130", "77737706", "47863826"),
        ] {
            for (totp, expect) in [(&sha1, one), (&sha256, two), (&sha512, five)] {
                assert_eq!(totp.code(totp.step(time)).expose_secret(), expect, "{time}");
            }
        }
    }

    /// RFC 4226, appendix D.
    #[test]
    fn rfc_4226_vectors() {
        let totp = Totp::new(b"12345678901234567890".to_vec(), Algorithm::Sha1, 6, 30).unwrap();
        let codes =
            ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
        for (counter, expect) in (0u64..).zip(codes) {
            assert_eq!(totp.code(counter).expose_secret(), expect);
        }
    }

    #[test]
    fn steps_and_what_is_left_of_them() {
        let totp = Totp::new(vec![1], Algorithm::Sha1, 6, 30).unwrap();
        for (time, step, left) in [(0, 0, 30), (29, 0, 1), (30, 1, 30), (59, 1, 1)] {
            assert_eq!((totp.step(time), totp.seconds_left(time)), (step, left));
        }
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        for (secret, digits, period, expect) in [
            (vec![], 6, 30, TotpError::NoSecret),
            (vec![1], 5, 30, TotpError::Digits),
            (vec![1], 9, 30, TotpError::Digits),
            (vec![1], 6, 0, TotpError::Period),
            (vec![1], 6, 301, TotpError::Period),
        ] {
            assert_eq!(Totp::new(secret, Algorithm::Sha1, digits, period), Err(expect));
        }
    }

    #[test]
    fn debug_output_has_no_secret() {
        let totp = Totp::parse("JBSWY3DPEHPK3PXP").unwrap();
        let text = format!("{totp:?}");
        assert!(text.contains("REDACTED") && !text.contains("72, 101"), "{text}");
    }
}
