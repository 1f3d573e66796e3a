//! Names and addresses as the directory takes them.

use rekey_origin::{Host, Origin, Site, registrable_domain};
use url::Url;

/// The longest domain name that there is, <https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4>.
pub(crate) const MAX_NAME: usize = 253;
/// Longer addresses are no pages that a person opens.
pub(crate) const MAX_ADDRESS: usize = 2048;

/// Who may be spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Sites that everybody can reach: what is compiled in, refreshed or contributed.
    Public,
    /// Any site a person has, of their own network too.
    Own,
}

impl Scope {
    /// Whether a text names a site, spelled as hosts are compared: in lower case, as ASCII, without a dot at the end.
    pub(crate) fn takes_name(self, text: &str) -> bool {
        match self {
            Self::Public => is_public_name(text),
            Self::Own => is_public_name(text) || is_site(text),
        }
    }

    /// An address that a person can be sent to: no open line, nobody's credentials in it, and a site that is in scope.
    pub(crate) fn address(self, text: &str) -> Option<Url> {
        let url = Some(text).filter(|text| text.len() <= MAX_ADDRESS).and_then(|text| Url::parse(text).ok())?;
        if !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        let origin = Origin::of(&url).ok()?;
        let fits = match self {
            Self::Public => origin.is_https() && matches!(origin.host(), Host::Domain(name) if is_public_name(name)),
            Self::Own => origin.is_potentially_trustworthy(),
        };
        fits.then_some(url)
    }
}

/// A registrable domain, a name under one, or a public suffix that is a site itself (`gov.uk`).
pub(crate) fn is_public_name(text: &str) -> bool {
    let is_suffix = || text.contains('.') && registrable_domain(&format!("a.{text}")).is_some();
    is_spelled(text) && (registrable_domain(text).is_some() || is_suffix())
}

/// A registrable domain, or a name under one.
pub(crate) fn is_below_a_suffix(text: &str) -> bool {
    is_spelled(text) && registrable_domain(text).is_some()
}

/// Whether a text is a domain as hosts are compared.
fn is_spelled(text: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.');
    let spelled = text.len() <= MAX_NAME && text.bytes().all(plain) && text.split('.').all(|label| !label.is_empty());
    spelled && host(text).is_some_and(|host| host == Host::Domain(text.into()))
}

fn host(text: &str) -> Option<Host> {
    Host::of(&Url::parse(&format!("https://{text}/")).ok()?)
}

fn is_site(text: &str) -> bool {
    text.len() <= MAX_NAME
        && !text.contains('/')
        && !text.split('.').any(str::is_empty)
        && Site::parse(text).is_some_and(|site| site.as_str() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, below_a_suffix: bool, public: bool, own: bool) {
        assert_eq!(is_below_a_suffix(name), below_a_suffix, "{name}");
        assert_eq!(Scope::Public.takes_name(name), public, "{name}");
        assert_eq!(Scope::Own.takes_name(name), own, "{name}");
    }

    #[test]
    fn names() {
        check("example.com", true, true, true);
        check("cloud.example.co.uk", true, true, true);
        check("me.github.io", true, true, true);
        check("xn--bcher-kva.com", true, true, true);
        check("gov.uk", false, true, true);
        check("github.io", false, true, true);
        check("com", false, false, true);
        check("nas.lan", false, false, true);
        check("localhost:8080", false, false, true);
        check("192.168.1.1", false, false, true);
        check("[::1]", false, false, true);
        for hostile in [
            "",
            ".",
            "..",
            "example.com.",
            ".example.com",
            "a..example.com",
            "Example.com",
            "bücher.com",
            "xn--0.com",
            "xn--a.com",
            "example.com/path",
            "example.com#",
            "user@example.com",
            "example.com\n",
            "exam ple.com",
            "https://example.com",
            "0x7f.1",
            "%65xample.com",
            "\u{202e}moc.elpmaxe",
        ] {
            check(hostile, false, false, false);
        }
        check(&format!("{}com", "a.".repeat(200)), false, false, false);
        check(&format!("{}.com", "a".repeat(300)), false, false, false);
    }

    fn check_address(text: &str, public: bool, own: bool) {
        assert_eq!(Scope::Public.address(text).is_some(), public, "{text}");
        assert_eq!(Scope::Own.address(text).is_some(), own, "{text}");
    }

    #[test]
    fn addresses() {
        check_address("https://example.com/keys?add#here", true, true);
        check_address("https://example.com:8443/", true, true);
        check_address("https://nas.lan/", false, true);
        check_address("https://192.168.1.1/", false, true);
        check_address("http://localhost:8080/", false, true);
        for hostile in [
            "",
            "example.com",
            "//example.com",
            "http://example.com/",
            "http://192.168.1.1/",
            "https://jane@example.com/",
            "https://jane:pw@example.com/",
            "https://",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://example.com/",
        ] {
            check_address(hostile, false, false);
        }
        check_address(&format!("https://example.com/{}", "a".repeat(MAX_ADDRESS)), false, false);
    }
}
