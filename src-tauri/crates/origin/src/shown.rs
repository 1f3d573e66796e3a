use std::fmt;

use unicode_security::GeneralSecurityProfile as _;
use unicode_security::MixedScript as _;
use unicode_security::confusable_detection::skeleton;

use crate::{Host, Origin};

/// An origin as people are shown it: a label of the host in Unicode only where it cannot be taken for another one, else
/// in its ASCII form (`xn--…`). `https` and default ports are left out, since that is what people expect.
///
/// Follows the idea of browsers' display rules with the data of Unicode's UTS 39.
/// <https://www.unicode.org/reports/tr39/>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown(String);

impl Shown {
    /// How to show an origin.
    pub fn of(origin: &Origin) -> Self {
        let scheme = if origin.is_https() { "" } else { "http://" };
        let port = origin.explicit_port().map(|port| format!(":{port}")).unwrap_or_default();
        Self(format!("{scheme}{}{port}", host(origin.host())))
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn host(host: &Host) -> String {
    match host {
        Host::Domain(name) => name.split('.').map(label).collect::<Vec<_>>().join("."),
        address => address.to_string(),
    }
}

fn label(ascii: &str) -> String {
    if !ascii.starts_with("xn--") {
        return ascii.to_owned();
    }
    let (unicode, valid) = idna::domain_to_unicode(ascii);
    if valid.is_ok() && is_plain(&unicode) { unicode } else { ascii.to_owned() }
}

/// Marks below a letter, which an underlined or a small text hides. The skeleton has them apart from their letters.
const EASILY_MISSED: [char; 6] = ['\u{323}', '\u{324}', '\u{325}', '\u{32d}', '\u{331}', '\u{332}'];

/// Whether a label is written in one script, with letters in common use, and does not look like an ASCII name.
fn is_plain(label: &str) -> bool {
    let looks_like: String = skeleton(label).collect();
    // Latin letters with marks keep their marks in the skeleton; a foreign letter that looks Latin becomes the Latin one.
    label.is_single_script()
        && label.chars().all(char::identifier_allowed)
        && !looks_like.is_ascii()
        && !looks_like.chars().any(|mark| EASILY_MISSED.contains(&mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(origin: &str, expect: &str) {
        let origin: Origin = origin.parse().unwrap();
        assert_eq!(Shown::of(&origin).to_string(), expect, "{origin}");
    }

    #[test]
    fn an_origin_is_shown_as_people_write_it() {
        check("https://example.com", "example.com");
        check("https://example.com:8443", "example.com:8443");
        check("http://localhost:3000", "http://localhost:3000");
        check("http://192.168.1.1", "http://192.168.1.1");
        check("https://[::1]", "[::1]");
        check("https://bücher.example", "bücher.example");
        check("https://例え.jp", "例え.jp");
        check("https://почта.рф", "почта.рф");
    }

    #[test]
    fn a_name_that_looks_like_another_is_shown_in_its_ascii_form() {
        // Cyrillic letters that look Latin: all of them, and one among Latin ones.
        check("https://аррӏе.com", "xn--80ak6aa92e.com");
        check("https://pаypal.com", "xn--pypal-4ve.com");
        // Greek omicron, a dotless i, a digit of another script.
        check("https://gοοgle.com", "xn--ggle-0nda.com");
        check("https://xn--pple-43d.com", "xn--pple-43d.com");
        // A dot or a line below.
        check("https://paypạl.com", "xn--paypl-m11b.com");
        // Only the label that looks wrong.
        check("https://bücher.аррӏе.com", "bücher.xn--80ak6aa92e.com");
    }
}
