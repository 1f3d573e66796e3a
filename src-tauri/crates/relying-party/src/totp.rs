//! Time-based one-time codes (<https://www.rfc-editor.org/rfc/rfc6238>): SHA-1, six digits, thirty seconds.

use std::time::{SystemTime, UNIX_EPOCH};

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const STEP_SECONDS: u64 = 30;

/// The key of an account's codes, and the last time step that was used.
pub(crate) struct Totp {
    key: Zeroizing<Vec<u8>>,
    used: Option<u64>,
}

/// What a code is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeCheck {
    /// Right; its time step is used up now.
    Accepted {
        /// Seconds since 1970 divided by thirty.
        step: u64,
    },
    /// Right, but its time step or a later one had been used
    /// (<https://www.rfc-editor.org/rfc/rfc6238#section-5.2>: a code is accepted once).
    Reused,
    /// Wrong.
    Wrong,
}

impl Totp {
    /// Reads a base32 secret (any case, spaces, padding); `None` where it is none or empty.
    pub(crate) fn from_base32(secret: &str) -> Option<Self> {
        let compact: Zeroizing<String> = Zeroizing::new(
            secret.chars().filter(|c| !c.is_whitespace() && *c != '=').map(|c| c.to_ascii_uppercase()).collect(),
        );
        let key = Zeroizing::new(BASE32_NOPAD.decode(compact.as_bytes()).ok()?);
        (!key.is_empty()).then_some(Self { key, used: None })
    }

    /// One that was kept, with the last time step that was used.
    pub(crate) fn from_key(key: Zeroizing<Vec<u8>>, used: Option<u64>) -> Self {
        Self { key, used }
    }

    /// The key, to keep it.
    pub(crate) fn key(&self) -> &[u8] {
        &self.key
    }

    /// Checks a code at a time. The step before and the one after count too, for clocks that differ a little.
    pub(crate) fn check(&mut self, code: &str, now: SystemTime) -> CodeCheck {
        let step = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() / STEP_SECONDS;
        let mut found = None;
        for candidate in [step.saturating_sub(1), step, step + 1] {
            let Some(expected) = self.code(candidate) else { return CodeCheck::Wrong };
            if bool::from(expected.as_bytes().ct_eq(code.as_bytes())) {
                found = Some(candidate);
            }
        }
        match (found, self.used) {
            (None, _) => CodeCheck::Wrong,
            (Some(candidate), Some(used)) if candidate <= used => CodeCheck::Reused,
            (Some(candidate), _) => {
                self.used = Some(candidate);
                CodeCheck::Accepted { step: candidate }
            }
        }
    }

    /// The code of a time step (<https://www.rfc-editor.org/rfc/rfc4226#section-5.3>). `None` cannot occur: HMAC takes
    /// keys of every length and SHA-1 has twenty bytes.
    fn code(&self, step: u64) -> Option<Zeroizing<String>> {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.key).ok()?;
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let offset = usize::from(digest.last()? & 0x0f);
        let word: [u8; 4] = digest.get(offset..offset + 4)?.try_into().ok()?;
        Some(Zeroizing::new(format!("{:06}", (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000)))
    }

    /// The code that a person's app shows at a time.
    #[cfg(test)]
    pub(crate) fn at(&self, now: SystemTime) -> String {
        self.code(now.duration_since(UNIX_EPOCH).unwrap().as_secs() / STEP_SECONDS).unwrap().to_string()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    /// The six last digits of the SHA-1 vectors in RFC 6238, appendix B.
    #[test]
    fn codes_are_those_of_the_standard() {
        let totp = Totp::from_base32("gezd gnbv gy3t qojq GEZDGNBVGY3TQOJQ").unwrap();
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(totp.at(at(seconds)), code);
        }
    }

    #[test]
    fn a_time_step_counts_once_and_never_after_a_later_one() {
        let mut totp = Totp::from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        let now = at(1_111_111_109);
        let before = totp.at(now - Duration::from_secs(30));
        assert_eq!(totp.check("081804", now), CodeCheck::Accepted { step: 37_037_036 });
        assert_eq!(totp.check("081804", now), CodeCheck::Reused);
        assert_eq!(totp.check(&before, now), CodeCheck::Reused);
        assert_eq!(totp.check("000000", now), CodeCheck::Wrong);
        assert_eq!(totp.check("", now), CodeCheck::Wrong);
        let later = now + Duration::from_secs(30);
        let code = totp.at(later);
        assert_eq!(totp.check(&code, later), CodeCheck::Accepted { step: 37_037_037 });
    }

    #[test]
    fn an_old_code_is_wrong() {
        let mut totp = Totp::from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        assert_eq!(totp.check("081804", at(1_111_111_109 + 90)), CodeCheck::Wrong);
    }

    #[test]
    fn what_is_not_base32_is_refused() {
        for secret in ["", "  ", "0189", "ABC!"] {
            assert!(Totp::from_base32(secret).is_none(), "{secret}");
        }
    }
}
