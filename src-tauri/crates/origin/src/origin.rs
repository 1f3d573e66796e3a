use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use url::Url;

use crate::Host;

/// A tuple origin with scheme `http` or `https`; opaque origins are not representable.
///
/// <https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-tuple>
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    secure_scheme: bool,
    host: Host,
    port: u16,
}

/// Why a text is not an origin that Rekey deals with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// The text is no absolute URL.
    #[error("not an absolute web address")]
    NotAUrl,
    /// The scheme is neither `http` nor `https` (this includes opaque origins, serialised as `null`).
    #[error("neither http nor https")]
    Scheme,
    /// The address has no host.
    #[error("the address has no host")]
    NoHost,
}

impl Origin {
    /// The origin of a URL.
    ///
    /// # Errors
    /// Where the URL is not `http(s)` or has no host.
    pub fn of(url: &Url) -> Result<Self, OriginError> {
        let secure_scheme = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(OriginError::Scheme),
        };
        let host = Host::of(url).ok_or(OriginError::NoHost)?;
        let port = url.port_or_known_default().ok_or(OriginError::NoHost)?;
        Ok(Self { secure_scheme, host, port })
    }

    /// The host.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// The port, the scheme's default included.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The port where it is not the scheme's default.
    pub fn explicit_port(&self) -> Option<u16> {
        let default = if self.secure_scheme { 443 } else { 80 };
        (self.port != default).then_some(self.port)
    }

    /// Whether the scheme is `https`.
    pub fn is_https(&self) -> bool {
        self.secure_scheme
    }

    /// Whether a page of this origin, shown at top level, is a secure context.
    ///
    /// <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy>
    pub fn is_potentially_trustworthy(&self) -> bool {
        self.secure_scheme || self.host.is_loopback()
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        Self::of(&Url::parse(text).map_err(|_| OriginError::NotAUrl)?)
    }
}

/// The ASCII serialisation: no trailing slash, no default port.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", if self.secure_scheme { "https" } else { "http" }, self.host)?;
        match self.explicit_port() {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expect: Result<&str, OriginError>) {
        assert_eq!(input.parse::<Origin>().map(|o| o.to_string()), expect.map(str::to_owned), "{input}");
    }

    #[test]
    fn origins_are_serialised_as_browsers_do() {
        check("https://Example.COM/a?b#c", Ok("https://example.com"));
        check("https://example.com.:443", Ok("https://example.com"));
        check("http://localhost:8080/x", Ok("http://localhost:8080"));
        check("https://bücher.example", Ok("https://xn--bcher-kva.example"));
        check("http://0x7f.1/", Ok("http://127.0.0.1"));
        check("http://[::1]:3000", Ok("http://[::1]:3000"));
        check("https://user:pw@example.com", Ok("https://example.com"));
        check("null", Err(OriginError::NotAUrl));
        check("data:text/html,x", Err(OriginError::Scheme));
        check("file:///etc/passwd", Err(OriginError::Scheme));
        check("about:blank", Err(OriginError::Scheme));
    }

    #[test]
    fn secure_contexts() {
        for (text, expect) in [
            ("https://example.com", true),
            ("http://example.com", false),
            ("http://localhost:1", true),
            ("http://app.localhost", true),
            ("http://127.9.9.9", true),
            ("http://[::1]", true),
            ("http://192.168.1.1", false),
            ("http://localhost.example.com", false),
        ] {
            assert_eq!(text.parse::<Origin>().unwrap().is_potentially_trustworthy(), expect, "{text}");
        }
    }
}
