//! Web addresses as people and programs write them into a vault.

use rekey_origin::{Host, Origin};
use url::Url;

use crate::apps;

/// The schemes under which password managers note Android apps.
const APP_SCHEMES: [&str; 2] = ["androidapp://", "android://"];

/// Reads an address: the scheme may be missing, user information is dropped. The address of an Android app stands for
/// the site it belongs to, where that is known.
///
/// Without a scheme a text counts only where its host is a listed name, an IP address, `localhost` or at least has a
/// dot; otherwise notes such as `none` or `n/a` would become sites.
pub(crate) fn web_address(text: &str) -> Option<Url> {
    let text = text.trim();
    if text.is_empty() || text.contains(['{', '}', ' ', '\n', '\t']) {
        return None;
    }
    if let Some(package) = app_package(text) {
        return Url::parse(&format!("https://{}/", apps::site(package)?)).ok();
    }
    let mut url = if text.contains("://") {
        Url::parse(text).ok()?
    } else {
        let url = Url::parse(&format!("https://{text}")).ok()?;
        let host = Host::of(&url)?;
        let dotted = matches!(&host, Host::Domain(name) if name.contains('.'));
        if host.is_loopback() {
            Url::parse(&format!("http://{text}")).ok()?
        } else if dotted || !matches!(host, Host::Domain(_)) {
            url
        } else {
            return None;
        }
    };
    Origin::of(&url).ok()?;
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(url)
}

/// The package name in an app's address. Chromium writes `android://CERTIFICATE@PACKAGE/`.
pub(crate) fn app_package(text: &str) -> Option<&str> {
    let rest = APP_SCHEMES.iter().find_map(|scheme| text.strip_prefix(scheme))?;
    let rest = rest.rsplit_once('@').map_or(rest, |(_, package)| package);
    Some(rest.split(['/', '?']).next().unwrap_or(rest)).filter(|package| !package.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for (text, expect) in [
            ("example.com", Some("https://example.com/")),
            ("example.com:8443/login", Some("https://example.com:8443/login")),
            ("localhost:8080", Some("http://localhost:8080/")),
            ("192.168.1.1", Some("https://192.168.1.1/")),
            ("nas.lan", Some("https://nas.lan/")),
            ("http://nas/", Some("http://nas/")),
            ("https://ann:secret@example.com/x", Some("https://example.com/x")),
            ("bücher.example", Some("https://xn--bcher-kva.example/")),
            ("none", None),
            ("cmd://firefox", None),
            ("androidapp://com.example", None),
            ("androidapp://com.github.android", Some("https://github.com/")),
            ("android://c2lnbmF0dXJl==@com.github.android/", Some("https://github.com/")),
            ("{REF:A@I:00}", None),
            ("file:///etc/passwd", None),
        ] {
            assert_eq!(web_address(text).as_ref().map(Url::as_str), expect, "{text}");
        }
    }
}
