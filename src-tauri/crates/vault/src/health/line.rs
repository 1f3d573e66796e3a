//! Whether a password would travel readable by all.

use std::net::Ipv4Addr;

use rekey_origin::Host;

use crate::Account;

/// See [`super::Health::open_line`].
pub(super) fn is_open(account: &Account) -> bool {
    let mut urls = account.urls.iter().peekable();
    urls.peek().is_some() && urls.all(|url| url.scheme() == "http" && Host::of(url).is_some_and(|host| !is_near(&host)))
}

/// Whether a host is the own computer or in the own network: private and link-local addresses, and names that no
/// registry hands out (`nas`, `router.lan`, `printer.local`).
fn is_near(host: &Host) -> bool {
    match host {
        _ if host.is_loopback() => true,
        Host::Domain(_) => host.registrable_domain().is_none(),
        Host::V4(address) => is_near_v4(*address),
        Host::V6(address) => {
            address.is_unique_local()
                || address.is_unicast_link_local()
                || address.to_ipv4_mapped().is_some_and(|address| address.is_loopback() || is_near_v4(address))
        }
    }
}

fn is_near_v4(address: Ipv4Addr) -> bool {
    // <https://www.rfc-editor.org/rfc/rfc6598>: 100.64.0.0/10, which private overlay networks use, too.
    let is_shared = matches!(address.octets(), [100, second, ..] if second & 0xc0 == 64);
    address.is_private() || address.is_link_local() || is_shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::tests::account;

    #[test]
    fn only_open_lines_are_told() {
        let check = |urls: &[&str], expect: bool| {
            let mut account = account("example.com", "ann", "p");
            account.urls = urls.iter().map(|url| url.parse().unwrap()).collect();
            assert_eq!(is_open(&account), expect, "{urls:?}");
        };
        check(&[], false);
        check(&["http://example.com/"], true);
        check(&["http://example.com/", "http://example.org:8080/"], true);
        check(&["http://example.com/", "https://example.com/"], false);
        check(&["http://93.184.216.34/"], true);
        check(&["http://[2606:2800:220:1::1]/"], true);
        for near in [
            "localhost:8080",
            "127.0.0.1",
            "[::1]",
            "192.168.1.1",
            "10.0.0.7",
            "172.20.0.1",
            "169.254.1.1",
            "100.100.1.1",
            "[fd00::1]",
            "[fe80::1]",
            "[::ffff:192.168.1.1]",
            "nas",
            "router.lan",
            "printer.local",
        ] {
            check(&[&format!("http://{near}/")], false);
        }
    }
}
