use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A host as the URL standard parses it: lower case, IDNA-encoded, IP addresses recognised in every spelling.
///
/// <https://url.spec.whatwg.org/#concept-host>
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Host {
    /// A domain name in its ASCII form, without a trailing dot.
    Domain(String),
    /// An IPv4 address.
    V4(Ipv4Addr),
    /// An IPv6 address.
    V6(Ipv6Addr),
}

impl Host {
    /// The host of a parsed URL, if it has one.
    pub fn of(url: &url::Url) -> Option<Self> {
        Some(match url.host()? {
            url::Host::Domain(name) => {
                let name = name.strip_suffix('.').unwrap_or(name);
                if name.is_empty() {
                    return None;
                }
                Self::Domain(name.to_ascii_lowercase())
            }
            url::Host::Ipv4(address) => Self::V4(address),
            url::Host::Ipv6(address) => Self::V6(address),
        })
    }

    /// `localhost`, a name under it, or a loopback address.
    ///
    /// <https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy> (steps 4 and 5)
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
            Self::V4(address) => address.is_loopback(),
            Self::V6(address) => address.is_loopback(),
        }
    }

    /// The registrable domain (public suffix plus one label); `None` for addresses, for names that are themselves a
    /// public suffix, and for names whose suffix is not on the public suffix list (`localhost`, `nas.lan`).
    pub fn registrable_domain(&self) -> Option<&str> {
        match self {
            Self::Domain(name) => registrable_domain(name),
            Self::V4(_) | Self::V6(_) => None,
        }
    }
}

/// The registrable domain of a lower-case ASCII domain name; see [`Host::registrable_domain`]. A name with an empty label
/// (`a..example.com`) has none.
pub fn registrable_domain(name: &str) -> Option<&str> {
    if name.split('.').any(str::is_empty) {
        return None;
    }
    // An unlisted last label matches the list's default rule `*`; such names (LAN hosts) have no registry.
    if !psl::suffix(name.as_bytes())?.is_known() {
        return None;
    }
    psl::domain_str(name)
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Domain(name) => f.write_str(name),
            Self::V4(address) => address.fmt(f),
            Self::V6(address) => write!(f, "[{address}]"),
        }
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
