//! The ways in which password managers store a TOTP setting.

use base64::Engine as _;
use zeroize::Zeroizing;

use super::uri::Uri;
use super::{Algorithm, Shape, Totp, TotpError, base32};
use crate::container::text;

/// What a setting may state; everything but the secret has a default.
#[derive(Default)]
pub(super) struct Setting {
    pub secret: Option<Zeroizing<Vec<u8>>>,
    pub algorithm: Algorithm,
    pub digits: Option<u32>,
    pub period: Option<u64>,
    pub steam: bool,
}

impl Setting {
    pub(super) fn build(self) -> Result<Totp, TotpError> {
        let secret = self.secret.ok_or(TotpError::NoSecret)?;
        let shape = if self.steam { Shape::Steam } else { Shape::digits(self.digits.unwrap_or(6))? };
        Totp::with_shape(secret, self.algorithm, shape, self.period.unwrap_or(30))
    }
}

impl Totp {
    /// Reads a setting as vaults hold it: an `otpauth://` URI
    /// (<https://github.com/google/google-authenticator/wiki/Key-Uri-Format>), `steam://SECRET`, KeeOtp's
    /// `key=SECRET&size=6&step=30`, or a bare base32 secret.
    ///
    /// # Errors
    /// Where the text is none of these, or states what is not supported.
    pub fn parse(text: &str) -> Result<Self, TotpError> {
        let text = text::trim(text);
        if let Some(uri) = Uri::parse(text) {
            return uri.totp;
        }
        if text.contains("key=") {
            return kee_otp(text);
        }
        Setting { secret: Some(bare(text)?), ..Setting::default() }.build()
    }

    /// Reads KeeTrayTOTP's two fields, `TOTP Seed` and `TOTP Settings` (`PERIOD;DIGITS` or `PERIOD;S` for Steam).
    ///
    /// # Errors
    /// Where one of them cannot be read.
    pub fn parse_tray(seed: &str, settings: Option<&str>) -> Result<Self, TotpError> {
        let mut setting = Setting { secret: Some(decode_base32(seed)?), ..Setting::default() };
        let mut parts = settings.unwrap_or_default().split(';').map(str::trim);
        if let Some(period) = parts.next().filter(|text| !text.is_empty()) {
            setting.period = Some(period.parse().map_err(|_| TotpError::Period)?);
        }
        match parts.next().filter(|text| !text.is_empty()) {
            None => {}
            Some("S" | "s") => setting.steam = true,
            Some(digits) => setting.digits = Some(digits.parse().map_err(|_| TotpError::Digits)?),
        }
        setting.build()
    }

    /// Reads a base32 secret with its settings beside it; an empty one has its default.
    pub(crate) fn parse_parts(secret: &str, algorithm: &str, digits: &str, period: &str) -> Result<Self, TotpError> {
        let mut setting = Setting { secret: Some(decode_base32(secret)?), ..Setting::default() };
        setting.steam = algorithm.trim().eq_ignore_ascii_case("steam");
        if !setting.steam {
            setting.algorithm = Algorithm::parse(algorithm)?;
        }
        if !digits.trim().is_empty() {
            setting.digits = Some(digits.trim().parse().map_err(|_| TotpError::Digits)?);
        }
        if !period.trim().is_empty() {
            setting.period = Some(period.trim().parse().map_err(|_| TotpError::Period)?);
        }
        setting.build()
    }

    /// Reads KeePass's own fields, `TimeOtp-…` (<https://keepass.info/help/base/placeholders.html#otp>). `field` gives
    /// the value of a field by its name. `None` where there is no such secret.
    pub(crate) fn parse_keepass<'a>(field: impl Fn(&str) -> Option<&'a str>) -> Option<Result<Self, TotpError>> {
        let secret = if let Some(text) = field("TimeOtp-Secret-Base32") {
            decode_base32(text)
        } else if let Some(text) = field("TimeOtp-Secret-Hex") {
            decode_hex(text)
        } else if let Some(text) = field("TimeOtp-Secret-Base64") {
            decode_base64(text)
        } else {
            Ok(Zeroizing::new(field("TimeOtp-Secret")?.as_bytes().to_vec()))
        };
        let build = |secret| {
            let mut setting = Setting { secret: Some(secret), ..Setting::default() };
            if let Some(text) = field("TimeOtp-Period") {
                setting.period = Some(text.trim().parse().map_err(|_| TotpError::Period)?);
            }
            if let Some(text) = field("TimeOtp-Length") {
                setting.digits = Some(text.trim().parse().map_err(|_| TotpError::Digits)?);
            }
            if let Some(text) = field("TimeOtp-Algorithm") {
                setting.algorithm = Algorithm::parse(text)?;
            }
            setting.build()
        };
        Some(secret.and_then(build))
    }
}

fn kee_otp(text: &str) -> Result<Totp, TotpError> {
    let mut setting = Setting::default();
    let mut secret = None;
    let mut encoding = String::new();
    for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
        match name.trim().to_ascii_lowercase().as_str() {
            "key" => secret = Some(Zeroizing::new(value.into_owned())),
            "encoding" => encoding = value.to_ascii_lowercase(),
            "size" => setting.digits = Some(value.trim().parse().map_err(|_| TotpError::Digits)?),
            "step" => setting.period = Some(value.trim().parse().map_err(|_| TotpError::Period)?),
            "otphashmode" => setting.algorithm = Algorithm::parse(&value)?,
            "type" if value.eq_ignore_ascii_case("hotp") => return Err(TotpError::CounterBased),
            "type" if value.eq_ignore_ascii_case("steam") => setting.steam = true,
            _ => {}
        }
    }
    let secret = secret.ok_or(TotpError::NoSecret)?;
    setting.secret = Some(match encoding.as_str() {
        "" | "base32" => decode_base32(&secret)?,
        "hex" => decode_hex(&secret)?,
        "base64" => decode_base64(&secret)?,
        "utf8" | "utf-8" => Zeroizing::new(secret.as_bytes().to_vec()),
        _ => return Err(TotpError::Secret),
    });
    setting.build()
}

impl Algorithm {
    /// Reads `SHA1`, `sha-256`, `HmacSHA512` and the like; nothing is SHA-1.
    pub(crate) fn parse(text: &str) -> Result<Self, TotpError> {
        let name: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        match name.strip_prefix("HMAC").unwrap_or(&name) {
            "" | "SHA1" => Ok(Self::Sha1),
            "SHA256" => Ok(Self::Sha256),
            "SHA512" => Ok(Self::Sha512),
            _ => Err(TotpError::Algorithm),
        }
    }
}

/// A secret by itself: base32, or hexadecimal where it cannot be base32.
fn bare(text: &str) -> Result<Zeroizing<Vec<u8>>, TotpError> {
    let letters = || text.chars().filter(|character| !matches!(character, ' ' | '-'));
    // Base32 has no 0, 1, 8 and 9, and a long one that keeps to the first six letters is not met with.
    let hex = letters().count() >= 32
        && letters().all(|character| character.is_ascii_hexdigit())
        && letters().any(|character| matches!(character, '0' | '1' | '8' | '9'));
    if hex { decode_hex(&Zeroizing::new(letters().collect::<String>())) } else { decode_base32(text) }
}

pub(super) fn decode_base32(text: &str) -> Result<Zeroizing<Vec<u8>>, TotpError> {
    let bytes = base32::decode(text).ok_or(TotpError::Secret)?;
    if bytes.is_empty() { Err(TotpError::NoSecret) } else { Ok(bytes) }
}

fn decode_hex(text: &str) -> Result<Zeroizing<Vec<u8>>, TotpError> {
    let digits: Zeroizing<Vec<u8>> = Zeroizing::new(text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect());
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(TotpError::Secret);
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(pairs.len()));
    for [high, low] in pairs {
        let high = char::from(*high).to_digit(16).ok_or(TotpError::Secret)?;
        let low = char::from(*low).to_digit(16).ok_or(TotpError::Secret)?;
        bytes.push(u8::try_from(high * 16 + low).map_err(|_| TotpError::Secret)?);
    }
    Ok(bytes)
}

fn decode_base64(text: &str) -> Result<Zeroizing<Vec<u8>>, TotpError> {
    crate::formats::kdbx::BASE64.decode(text.trim()).map(Zeroizing::new).map_err(|_| TotpError::Secret)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    /// The RFC secret in base32.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn check(text: &str, expect: Result<(u32, u64, Algorithm), TotpError>) {
        let got = Totp::parse(text).map(|totp| (totp.digits(), totp.period(), totp.algorithm()));
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn other_ways() {
        use Algorithm::{Sha1, Sha256};
        check("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", Ok((6, 30, Sha1)));
        check("GEZDGNBVGY3TQOI=", Ok((6, 30, Sha1)));
        check(&format!("steam://{SECRET}"), Ok((5, 30, Sha1)));
        check(&format!("key={SECRET}&size=8&step=60&otpHashMode=Sha256"), Ok((8, 60, Sha256)));
        check(&format!("key={SECRET}&type=Steam"), Ok((5, 30, Sha1)));
        check(&format!("key={SECRET}&type=Hotp&counter=3"), Err(TotpError::CounterBased));
        check("key=MTIz&encoding=Base64", Ok((6, 30, Sha1)));
        check("key=31 32&encoding=Hex", Ok((6, 30, Sha1)));
        check("GEZDGNBV-gy3t-qoi", Ok((6, 30, Sha1)));
        check(&format!("key={SECRET}&otpHashMode=HmacSHA256"), Ok((6, 30, Sha256)));
        check("otpauth-migration://offline?data=AAAA", Err(TotpError::Secret));
        check("", Err(TotpError::NoSecret));
        check("9999999999999999", Err(TotpError::Secret));
        check("123456!", Err(TotpError::Secret));
    }

    #[test]
    fn every_encoding_yields_the_same_codes() {
        let expect = Totp::parse(SECRET).unwrap();
        let fields = |name: &'static str, value: &'static str| {
            Totp::parse_keepass(move |asked| (asked == name).then_some(value)).unwrap().unwrap()
        };
        assert!(fields("TimeOtp-Secret-Base32", SECRET) == expect);
        assert!(fields("TimeOtp-Secret-Hex", "3132333435363738393031323334353637383930") == expect);
        assert!(fields("TimeOtp-Secret-Base64", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=") == expect);
        assert!(fields("TimeOtp-Secret", "12345678901234567890") == expect);
        assert!(Totp::parse("3132 3334 3536 3738 3930 3132 3334 3536 3738 3930").unwrap() == expect);
        assert!(Totp::parse(&SECRET.to_lowercase()).unwrap() == expect);
        assert!(Totp::parse_tray(SECRET, None).unwrap() == expect);
        assert!(Totp::parse_tray(SECRET, Some("30;6")).unwrap() == expect);
        assert_eq!(expect.code(1).expose_secret(), "287082");
        assert!(Totp::parse_keepass(|_| None).is_none());
    }

    #[test]
    fn settings_beside_the_secret() {
        let parts = |algorithm, digits, period| {
            Totp::parse_parts(SECRET, algorithm, digits, period).map(|t| (t.digits(), t.period(), t.algorithm()))
        };
        assert_eq!(parts("", "", ""), Ok((6, 30, Algorithm::Sha1)));
        assert_eq!(parts("SHA-256", " 8 ", "60"), Ok((8, 60, Algorithm::Sha256)));
        assert_eq!(parts("steam", "", ""), Ok((5, 30, Algorithm::Sha1)));
        assert_eq!(parts("MD5", "", ""), Err(TotpError::Algorithm));
        assert_eq!(parts("", "x", ""), Err(TotpError::Digits));
        assert_eq!(parts("", "", "0"), Err(TotpError::Period));
    }

    #[test]
    fn tray_settings() {
        assert_eq!(Totp::parse_tray(SECRET, Some("60;8")).unwrap().digits(), 8);
        assert!(Totp::parse_tray(SECRET, Some("30;S")).unwrap().is_steam());
        assert_eq!(Totp::parse_tray(SECRET, Some("0;6")), Err(TotpError::Period));
        assert_eq!(Totp::parse_tray(SECRET, Some("x;6")), Err(TotpError::Period));
    }
}
