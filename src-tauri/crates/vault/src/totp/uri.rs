//! Addresses that set up a generator: <https://github.com/google/google-authenticator/wiki/Key-Uri-Format>.

use std::borrow::Cow;

use super::parse::{Setting, decode_base32};
use super::{Algorithm, Totp, TotpError};
use crate::container::text;

/// What an `otpauth://` or `steam://` address says.
pub(crate) struct Uri<'a> {
    /// The site or service; empty where it is not said.
    pub issuer: Cow<'a, str>,
    /// The account's name; empty where it is not said.
    pub name: Cow<'a, str>,
    /// Whether Ente notes that the person threw it away.
    pub trashed: bool,
    /// The generator.
    pub totp: Result<Totp, TotpError>,
}

impl<'a> Uri<'a> {
    /// Reads an address; `None` where the text is none of this kind.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let text = text::trim(text);
        if let Some(secret) = strip_scheme(text, "steam://") {
            let totp = decode_base32(secret)
                .and_then(|secret| Setting { secret: Some(secret), steam: true, ..Setting::default() }.build());
            return Some(Self { issuer: "Steam".into(), name: "".into(), trashed: false, totp });
        }
        // Apple's scheme for the same.
        let rest = strip_scheme(text, "otpauth://").or_else(|| strip_scheme(text, "apple-otpauth://"))?;
        let (place, query) = split_once(rest, b'?').unwrap_or((rest, ""));
        let (kind, label) = split_once(place, b'/').unwrap_or((place, ""));
        let (issuer, name) = match percent_decoded(label) {
            Cow::Borrowed(label) => {
                let (issuer, name) = split_label(label);
                (Cow::Borrowed(issuer), Cow::Borrowed(name))
            }
            Cow::Owned(label) => {
                let (issuer, name) = split_label(&label);
                (issuer.to_owned().into(), name.to_owned().into())
            }
        };
        let mut uri = Self { issuer, name, trashed: false, totp: Err(TotpError::Uri) };
        uri.totp = uri.setting(kind, query).and_then(Setting::build);
        Some(uri)
    }

    /// Reads the parameters, and takes down the issuer among them.
    fn setting(&mut self, kind: &str, query: &'a str) -> Result<Setting, TotpError> {
        let mut setting = Setting::default();
        // The issuer is wanted of addresses that are refused, too.
        let is = |name: &str| kind.eq_ignore_ascii_case(name);
        setting.steam = is("steam");
        let mut refused = match () {
            () if is("totp") || setting.steam => None,
            () if is("hotp") => Some(TotpError::CounterBased),
            () => Some(TotpError::Uri),
        };
        let query = split_once(query, b'#').map_or(query, |(query, _)| query);
        for (name, value) in parameters(query) {
            let value = trimmed(value);
            let is_lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
            let name = if is_lower { name } else { name.to_ascii_lowercase().into() };
            let taken = match &*name {
                "issuer" if !value.is_empty() => {
                    self.issuer = value;
                    Ok(())
                }
                "codedisplay" => {
                    self.trashed = value.contains("\"trashed\":true");
                    Ok(())
                }
                "secret" => decode_base32(&value).map(|secret| setting.secret = Some(secret)),
                "algorithm" => Algorithm::parse(&value).map(|algorithm| setting.algorithm = algorithm),
                "digits" if !value.is_empty() => {
                    value.parse().map(|digits| setting.digits = Some(digits)).map_err(|_| TotpError::Digits)
                }
                "period" if !value.is_empty() => {
                    value.parse().map(|period| setting.period = Some(period)).map_err(|_| TotpError::Period)
                }
                // KeePassXC's way to write Steam into an otpauth URI.
                "encoder" => {
                    setting.steam |= value.eq_ignore_ascii_case("steam");
                    Ok(())
                }
                _ => Ok(()),
            };
            refused = refused.or(taken.err());
        }
        // Five digits are nobody else's.
        setting.steam |= setting.digits == Some(5) && self.issuer.eq_ignore_ascii_case("steam");
        refused.map_or(Ok(setting), Err)
    }
}

/// The names and values of a query, decoded.
fn parameters(query: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    let mut rest = Some(query);
    let parameters = std::iter::from_fn(move || {
        let (parameter, after) = split_once(rest?, b'&').map_or((rest?, None), |(first, after)| (first, Some(after)));
        rest = after;
        Some(parameter)
    });
    parameters.filter_map(|parameter| {
        if memchr::memchr2(b'%', b'+', parameter.as_bytes()).is_some() {
            return url::form_urlencoded::parse(parameter.as_bytes()).next();
        }
        // Nearly all stand as they are.
        let (name, value) = split_once(parameter, b'=').unwrap_or((parameter, ""));
        (!parameter.is_empty()).then(|| (name.into(), value.into()))
    })
}

/// What stands before and behind the first of an (ASCII) character. Of short texts this takes far less time than
/// `str::split_once`, and a vault may have a hundred thousand addresses.
fn split_once(text: &str, separator: u8) -> Option<(&str, &str)> {
    let at = memchr::memchr(separator, text.as_bytes())?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// Splits `Issuer:name`; the issuer is empty where there is none.
pub(crate) fn split_label(label: &str) -> (&str, &str) {
    let (issuer, name) = split_once(label, b':').unwrap_or(("", label));
    (text::trim(issuer), text::trim(name))
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => text::trim(text).into(),
        Cow::Owned(text) => text.trim().to_owned().into(),
    }
}

fn strip_scheme<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

/// Decodes `%41` to `A`; a percent sign with anything else behind it stays as it is.
fn percent_decoded(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        let byte = digit(0).zip(digit(1)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        match byte {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The RFC secret in base32.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn check(text: &str, expect: Result<(u32, u64, Algorithm), TotpError>) {
        let got = Totp::parse(text).map(|totp| (totp.digits(), totp.period(), totp.algorithm()));
        assert_eq!(got, expect, "{text}");
    }

    fn named(text: &str, issuer: &str, name: &str) {
        let uri = Uri::parse(text).unwrap();
        assert_eq!((&*uri.issuer, &*uri.name), (issuer, name), "{text}");
    }

    #[test]
    fn otpauth_uris() {
        use Algorithm::{Sha1, Sha256, Sha512};
        check(&format!("otpauth://totp/A:b?secret={SECRET}&issuer=A"), Ok((6, 30, Sha1)));
        check(&format!("OTPAUTH://TOTP/x?SECRET={SECRET}&digits=8&period=60&algorithm=SHA256"), Ok((8, 60, Sha256)));
        check(&format!("otpauth://totp/x?secret={SECRET}&algorithm=sha-512&digits=7"), Ok((7, 30, Sha512)));
        check(&format!("otpauth://totp/x?secret={SECRET}&encoder=steam&digits=5"), Ok((5, 30, Sha1)));
        check(&format!("otpauth://totp/?secret={}&period=300", SECRET.to_lowercase()), Ok((6, 300, Sha1)));
        check(&format!("otpauth://hotp/x?secret={SECRET}&counter=1"), Err(TotpError::CounterBased));
        check("otpauth://totp/x", Err(TotpError::NoSecret));
        check("otpauth://totp/x?secret=", Err(TotpError::NoSecret));
        check("otpauth://totp/x?secret=1!", Err(TotpError::Secret));
        check(&format!("otpauth://totp/x?secret={SECRET}&period=0"), Err(TotpError::Period));
        check(&format!("otpauth://totp/x?secret={SECRET}&period=99999999999999999999"), Err(TotpError::Period));
        check(&format!("otpauth://totp/x?secret={SECRET}&digits=10"), Err(TotpError::Digits));
        check(&format!("otpauth://totp/x?secret={SECRET}&algorithm=MD5"), Err(TotpError::Algorithm));
        check("otpauth://", Err(TotpError::Uri));
        check("otpauth://else/x", Err(TotpError::Uri));
        check(&format!("otpauth://totp?secret={SECRET}&algorithm=SHA1&period=30&digits=6"), Ok((6, 30, Sha1)));
        check(&format!("otpauth://totp/a b #1?secret={SECRET}&digits=&period="), Ok((6, 30, Sha1)));
        check(&format!("otpauth://totp/A%3Ab?secret={SECRET}%3D%3D&algorithm=HmacSHA256"), Ok((6, 30, Sha256)));
        check(&format!("otpauth://steam/Steam:ann?secret={SECRET}&digits=5"), Ok((5, 30, Sha1)));
        check(&format!("otpauth://totp/Steam:ann?secret={SECRET}&issuer=Steam&digits=5"), Ok((5, 30, Sha1)));
        check(&format!("otpauth://totp/Shop:ann?secret={SECRET}&digits=5"), Err(TotpError::Digits));
        check(&format!("apple-otpauth://totp/A:b?secret={SECRET}"), Ok((6, 30, Sha1)));
    }

    #[test]
    fn labels() {
        named("otpauth://totp/Shop%3A%20ann?x", "Shop", "ann");
        named("otpauth://totp/ann@example.com?issuer=Big+Shop", "Big Shop", "ann@example.com");
        named("otpauth://totp/Shop:ann?issuer=Shop%20%C3%A4", "Shop ä", "ann");
        named("otpauth://hotp/Shop:ann", "Shop", "ann");
        named("otpauth://totp/100%:50%2", "100%", "50%2");
        named("steam://AAAA", "Steam", "");
        assert!(Uri::parse("https://example.com").is_none());
    }

    #[test]
    fn parameters_are_those_of_a_form() {
        for query in
            ["", "&", "a", "a=", "=b", "=", "a=b=c&&d=e&", "a+b=c+d", "%41=%zz%", "a=ä&%C3%A4=%ff", "a?b=c/d:e;f"]
        {
            let expect: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
            assert_eq!(parameters(query).collect::<Vec<_>>(), expect, "{query}");
        }
    }

    #[test]
    fn what_ente_threw_away_is_told() {
        let trashed = |text: &str| Uri::parse(text).unwrap().trashed;
        assert!(trashed("otpauth://totp/a?codeDisplay=%7B%22pinned%22%3Afalse%2C%22trashed%22%3Atrue%7D"));
        assert!(!trashed("otpauth://totp/a?codeDisplay=%7B%22trashed%22%3Afalse%7D"));
    }
}
