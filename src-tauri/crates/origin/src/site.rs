use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Origin;

/// Whose account it is: the registrable domain, or for hosts outside the public suffix list (localhost, LAN names,
/// addresses, names that are a public suffix themselves) the host, with its port where that is not the default.
///
/// Two practice sites on different ports of `localhost` are two sites; `www.example.com` and `login.example.com` are one.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Site(String);

impl Site {
    /// The site that an origin belongs to.
    pub fn of(origin: &Origin) -> Self {
        if let Some(domain) = origin.host().registrable_domain() {
            return Self(domain.to_owned());
        }
        Self(match origin.explicit_port() {
            Some(port) => format!("{}:{port}", origin.host()),
            None => origin.host().to_string(),
        })
    }

    /// Reads a site as a person writes it (`example.com`, `localhost:8080`, or a whole URL).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let url = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        Some(Self::of(&url.parse().ok()?))
    }

    /// Whether a page of `origin` belongs to this site.
    pub fn contains(&self, origin: &Origin) -> bool {
        Self::of(origin) == *self
    }

    /// The site as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expect: &str) {
        assert_eq!(Site::of(&url.parse().unwrap()).as_str(), expect, "{url}");
    }

    #[test]
    fn sites() {
        check("https://login.Example.com/x", "example.com");
        check("https://example.com:8443", "example.com");
        check("https://a.b.co.uk", "b.co.uk");
        check("https://me.github.io", "me.github.io");
        check("https://github.io", "github.io");
        check("http://localhost:18101/a", "localhost:18101");
        check("http://localhost", "localhost");
        check("http://192.168.1.1:8080", "192.168.1.1:8080");
        check("http://nas.lan/", "nas.lan");
        check("https://пример.рф", "xn--e1afmkfd.xn--p1ai");
    }

    #[test]
    fn a_site_is_read_as_people_write_it() {
        assert_eq!(Site::parse("Example.com").unwrap().as_str(), "example.com");
        assert_eq!(Site::parse("localhost:8080").unwrap().as_str(), "localhost:8080");
        assert_eq!(Site::parse("http://localhost:8080/x").unwrap().as_str(), "localhost:8080");
        assert!(Site::parse("not a site").is_none());
    }
}
