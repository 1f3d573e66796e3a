//! Whether a form may send what Rekey puts into it. The content script tells where it leads; what that means is decided
//! here, before the value is handed over.

use rekey_origin::{Origin, Site};
use serde::Deserialize;
use url::Url;

use crate::DriverError;

/// What a form holds, or is about to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// Nothing of Rekey's.
    Nothing,
    /// A user name, or the name of a passkey.
    Name,
    /// A password or a one-time code.
    Secret,
}

/// What the content script says of a field or a control.
#[derive(Debug, Deserialize)]
pub struct Sending {
    /// The ways in which the form may be sent, the likeliest first, as the JSON of a list. The script gets the same text
    /// back and acts only while it is still true.
    pub ways: String,
    /// What the form of a control holds.
    pub holds: Holds,
}

/// One way of sending a form.
#[derive(Deserialize)]
struct Way {
    /// `None` for the form's own document, whose origin is checked with the page's.
    action: Option<String>,
    /// Whether the page itself says `get`.
    get: bool,
}

impl Sending {
    /// Whether a form may send what it holds: to secure addresses of the account's site only, and a secret not by a
    /// method that makes it a part of the address, where logs and histories keep it.
    ///
    /// A form without a method would be sent by `get` too, but that is how applications write the forms that their
    /// scripts send; so only a `get` that is written down is refused, and only in the way that comes first (a search
    /// button in a form around the whole page is not what sends the password).
    ///
    /// # Errors
    /// [`DriverError::ForeignPage`], or [`DriverError::Malformed`] where the text is not what the script writes.
    pub fn check(&self, holds: Holds, site: &Site) -> Result<(), DriverError> {
        if holds == Holds::Nothing {
            return Ok(());
        }
        let ways: Vec<Way> = serde_json::from_str(&self.ways).map_err(|_| DriverError::Malformed)?;
        let by_get = holds == Holds::Secret && ways.first().is_some_and(|way| way.get);
        let foreign = ways.iter().filter_map(|way| way.action.as_deref()).any(|action| !stays(action, site));
        if by_get || foreign { Err(DriverError::ForeignPage) } else { Ok(()) }
    }
}

/// Whether an address is a secure one of the site. One that is a script goes nowhere: it runs in the page, which was
/// checked.
fn stays(action: &str, site: &Site) -> bool {
    let Ok(url) = Url::parse(action) else { return false };
    url.scheme() == "javascript"
        || Origin::of(&url).is_ok_and(|origin| origin.is_potentially_trustworthy() && site.contains(&origin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ways: &str, holds: Holds, allowed: bool) {
        let sending = Sending { ways: ways.to_owned(), holds: Holds::Nothing };
        let site = Site::parse("a.com").unwrap();
        match sending.check(holds, &site) {
            Ok(()) => assert!(allowed, "{ways} {holds:?}"),
            Err(DriverError::ForeignPage) => assert!(!allowed, "{ways} {holds:?}"),
            Err(other) => panic!("{other:?}"),
        }
    }

    fn to(action: &str, allowed: bool) {
        let ways = serde_json::json!([{"action": action, "get": false}]).to_string();
        check(&ways, Holds::Secret, allowed);
        check(&ways, Holds::Name, allowed);
        check(&ways, Holds::Nothing, true);
        // Any way that leads away is one too many.
        let second = serde_json::json!([{"action": null, "get": false}, {"action": action, "get": false}]).to_string();
        check(&second, Holds::Secret, allowed);
    }

    #[test]
    fn a_form_sends_to_its_own_site() {
        to("https://a.com/in", true);
        to("https://login.a.com:8443/in", true);
        to("javascript:void(0)", true);
        to("http://a.com/in", false);
        to("https://b.com/in", false);
        to("https://a.com@b.com/in", false);
        to("https://a.com.b.com/in", false);
        to("mailto:a@a.com", false);
        to("data:text/html,x", false);
        to("blob:https://a.com/1", false);
        to("http://", false);
        to("/in", false);
        check("[]", Holds::Secret, true);
        check(r#"[{"action":null,"get":false}]"#, Holds::Secret, true);
    }

    #[test]
    fn a_secret_is_not_sent_in_an_address() {
        let get = r#"[{"action":null,"get":true}]"#;
        check(get, Holds::Secret, false);
        check(get, Holds::Name, true);
        check(get, Holds::Nothing, true);
        check(r#"[{"action":null,"get":false},{"action":null,"get":true}]"#, Holds::Secret, true);
        let sending = Sending { ways: "no list".to_owned(), holds: Holds::Nothing };
        let outcome = sending.check(Holds::Secret, &Site::parse("a.com").unwrap());
        assert!(matches!(outcome, Err(DriverError::Malformed)));
    }
}
