//! Which addresses are the internet's. Everything that is not is refused, at the moment of connecting, so that no name
//! and no redirect leads into the person's own network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use rekey_origin::{Host, Origin};
use url::Url;

use crate::Error;

/// The host of an address that may be asked: `https`, at its default port, without user name, and of a name under a
/// public suffix. Numbers and names of local networks have no site and no business here.
pub(crate) fn host_of(url: &Url) -> Result<String, Error> {
    let origin = Origin::of(url).map_err(|_| Error::InsecureAddress)?;
    if !origin.is_https() || origin.explicit_port().is_some() || !url.username().is_empty() || url.password().is_some()
    {
        return Err(Error::InsecureAddress);
    }
    match origin.host() {
        Host::Domain(name) if origin.host().registrable_domain().is_some() => Ok(name.clone()),
        _ => Err(Error::NotASite),
    }
}

/// Whether an address belongs to the public internet. Ranges that translate to IPv4 are judged by what they translate to.
///
/// <https://www.iana.org/assignments/iana-ipv4-special-registry>, <https://www.iana.org/assignments/iana-ipv6-special-registry>
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match (a, b, c) {
        // "This" network, private use, loopback, link-local.
        (0 | 10 | 127, ..) | (169, 254, _) | (172, 16..=31, _) | (192, 168, _) => true,
        // Shared between a provider and its customers (RFC 6598).
        (100, 64..=127, _) => true,
        // Protocol assignments, documentation, the former 6to4 relays, AS112, benchmarks.
        (192, 0, 0 | 2) | (192, 88, 99) | (192, 31, 196) | (192, 52, 193) | (192, 175, 48) => true,
        (198, 18 | 19, _) | (198, 51, 100) | (203, 0, 113) => true,
        // Multicast, reserved, broadcast.
        (224..=255, ..) => true,
        _ => false,
    };
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, ..] = address.segments();
    let [.., w, x, y, z] = address.octets();
    match (a, b, c, d) {
        // IPv4 in other clothes: NAT64's own prefix (RFC 6052), 6to4 (RFC 3056).
        (0x64, 0xff9b, 0, 0) => {
            address.segments().get(4..6) == Some(&[0, 0]) && is_public_v4(Ipv4Addr::new(w, x, y, z))
        }
        (0x2002, ..) => {
            let ([w, x], [y, z]) = (b.to_be_bytes(), c.to_be_bytes());
            is_public_v4(Ipv4Addr::new(w, x, y, z))
        }
        // Protocol assignments (Teredo and ORCHID among them), documentation.
        (0x2001, 0..=0x1ff, ..) | (0x2001, 0xdb8, ..) | (0x3fff, 0..=0xfff, ..) => false,
        // Global unicast. Outside are: unspecified, loopback, mapped and compatible IPv4, local NAT64, discard, SRv6,
        // unique local, link-local, site-local, multicast, and what nobody has been given.
        (0x2000..=0x3fff, ..) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_internet_are_public() {
        for text in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "2002:c0a8:101::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.167.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.1",
            "2606:4700::1111",
            "2a00:1450::1",
            "64:ff9b::8.8.8.8",
            "2002:808:808::1",
            "2001:200::1",
            "2001:4860:4860::8888",
        ] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    fn check(url: &str, expect: Result<&str, Error>) {
        assert_eq!(host_of(&url.parse().unwrap()), expect.map(str::to_owned), "{url}");
    }

    #[test]
    fn only_plain_https_addresses_of_sites_are_asked() {
        check("https://Login.Example.com/x", Ok("login.example.com"));
        check("https://example.com:443/", Ok("example.com"));
        check("http://example.com/", Err(Error::InsecureAddress));
        check("ftp://example.com/", Err(Error::InsecureAddress));
        check("https://example.com:8443/", Err(Error::InsecureAddress));
        check("https://me@example.com/", Err(Error::InsecureAddress));
        check("https://:pw@example.com/", Err(Error::InsecureAddress));
        check("https://127.0.0.1/", Err(Error::NotASite));
        check("https://0x7f.1/", Err(Error::NotASite));
        check("https://8.8.8.8/", Err(Error::NotASite));
        check("https://[::1]/", Err(Error::NotASite));
        check("https://localhost/", Err(Error::NotASite));
        check("https://nas.lan/", Err(Error::NotASite));
        check("https://printer/", Err(Error::NotASite));
    }
}
