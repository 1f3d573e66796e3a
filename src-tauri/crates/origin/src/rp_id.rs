use std::fmt;

use serde::Serialize;

use crate::{Host, Origin, registrable_domain};

/// A relying party identifier: a domain name that an origin was allowed to claim. No port, no scheme.
///
/// <https://www.w3.org/TR/webauthn-3/#rp-id>
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct RpId(String);

/// Why an origin may not use a relying party identifier; every case is a `SecurityError` to the page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RpIdError {
    /// The page is not a secure context.
    #[error("the page is not in a secure context")]
    Insecure,
    /// The origin's host is an IP address, which is never an effective domain for WebAuthn.
    #[error("the page's host is not a domain name")]
    NotADomain,
    /// The claimed value is not the host nor a registrable suffix of it.
    #[error("the claimed relying party identifier does not belong to the page's host")]
    NotASuffix,
}

impl RpId {
    /// The RP ID that `origin` may use: the claimed one if it is the host or a registrable domain suffix of it, or the
    /// host itself when nothing is claimed.
    ///
    /// WebAuthn Level 3, section 5.1.3 steps 7 and 8 (create) and 5.1.4.1 steps 6 and 7 (get), with
    /// <https://html.spec.whatwg.org/multipage/browsers.html#is-a-registrable-domain-suffix-of-or-is-equal-to>
    ///
    /// # Errors
    /// See [`RpIdError`].
    pub fn for_origin(origin: &Origin, claimed: Option<&str>) -> Result<Self, RpIdError> {
        if !origin.is_potentially_trustworthy() {
            return Err(RpIdError::Insecure);
        }
        let Host::Domain(host) = origin.host() else { return Err(RpIdError::NotADomain) };
        let Some(claimed) = claimed else { return Ok(Self(host.clone())) };
        // A claim must already be a valid domain string; nothing is normalised on the site's behalf except case.
        let claimed_lower = claimed.to_ascii_lowercase();
        if claimed_lower == *host {
            return Ok(Self(claimed_lower));
        }
        let is_label_suffix =
            host.strip_suffix(claimed_lower.as_str()).is_some_and(|rest| rest.ends_with('.') && rest.len() > 1);
        if !is_label_suffix || claimed_lower.is_empty() {
            return Err(RpIdError::NotASuffix);
        }
        // Under a public suffix only a name with at least one more label may be claimed; hosts outside the list
        // (`app.localhost`, LAN names) may claim nothing but themselves.
        match registrable_domain(&claimed_lower) {
            Some(_) => Ok(Self(claimed_lower)),
            None => Err(RpIdError::NotASuffix),
        }
    }

    /// One that its owner granted to another origin ([`RelatedClaim`](crate::RelatedClaim)).
    pub(crate) fn granted(rp_id: String) -> Self {
        Self(rp_id)
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RpId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RpId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(origin: &str, claimed: Option<&str>, expect: Result<&str, RpIdError>) {
        let got = RpId::for_origin(&origin.parse().unwrap(), claimed).map(|id| id.to_string());
        assert_eq!(got, expect.map(str::to_owned), "{origin} claims {claimed:?}");
    }

    #[test]
    fn the_registrable_suffix_rule() {
        use RpIdError::*;
        check("https://login.example.com", None, Ok("login.example.com"));
        check("https://login.example.com", Some("login.example.com"), Ok("login.example.com"));
        check("https://login.example.com", Some("example.com"), Ok("example.com"));
        check("https://login.example.com", Some("EXAMPLE.com"), Ok("example.com"));
        check("https://login.example.com", Some("com"), Err(NotASuffix));
        check("https://login.example.com", Some(""), Err(NotASuffix));
        check("https://login.example.com", Some(".example.com"), Err(NotASuffix));
        check("https://login.example.com", Some("ple.com"), Err(NotASuffix));
        check("https://login.example.com", Some("www.login.example.com"), Err(NotASuffix));
        check("https://login.example.com", Some("other.com"), Err(NotASuffix));
        check("https://login.example.com", Some("https://example.com"), Err(NotASuffix));
        check("https://login.example.com", Some("example.com:443"), Err(NotASuffix));
        check("https://a.b.co.uk", Some("co.uk"), Err(NotASuffix));
        check("https://a.b.co.uk", Some("b.co.uk"), Ok("b.co.uk"));
        check("https://me.github.io", Some("github.io"), Err(NotASuffix));
        check("https://me.github.io", Some("me.github.io"), Ok("me.github.io"));
        check("https://github.io", Some("github.io"), Ok("github.io"));
    }

    #[test]
    fn localhost_addresses_and_insecure_pages() {
        use RpIdError::*;
        check("http://localhost:8080", None, Ok("localhost"));
        check("http://app.localhost:8080", Some("localhost"), Err(NotASuffix));
        check("http://127.0.0.1", None, Err(NotADomain));
        check("https://192.168.1.1", Some("168.1.1"), Err(NotADomain));
        check("https://[::1]", None, Err(NotADomain));
        check("http://example.com", None, Err(Insecure));
        check("https://xn--bcher-kva.example.com", Some("example.com"), Ok("example.com"));
    }
}
