use url::Url;

use crate::rp_id::RpId;
use crate::{Host, Origin, registrable_domain};

/// How many registrable domains' names one relying party may use beside its own; Level 3 asks for at least five.
const MOST_LABELS: usize = 5;

/// A page claims an RP ID that is not its own; whoever has that domain may grant it.
///
/// <https://www.w3.org/TR/webauthn-3/#sctn-validating-relation-origin>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedClaim {
    origin: Origin,
    rp_id: String,
    url: Url,
}

impl RelatedClaim {
    /// The claim of an origin, where the value is a domain that somebody can have: no address, no public suffix.
    pub fn of(origin: &Origin, claimed: &str) -> Option<Self> {
        if !origin.is_potentially_trustworthy() || !matches!(origin.host(), Host::Domain(_)) {
            return None;
        }
        let url = Url::parse(&format!("https://{claimed}/.well-known/webauthn")).ok()?;
        // What was claimed is the host as it stands, or it is more than a host.
        let rp_id = claimed.to_ascii_lowercase();
        let domain = matches!(Host::of(&url)?, Host::Domain(host) if host == rp_id);
        (domain && url.port().is_none() && registrable_domain(&rp_id).is_some()).then_some(Self {
            origin: origin.clone(),
            rp_id,
            url,
        })
    }

    /// Where the domain's owner says which origins are related. To be asked without credentials and without referrer,
    /// redirects not followed.
    pub fn url(&self) -> Url {
        self.url.clone()
    }

    /// The RP ID, if the owner's list names the claiming origin, scheme, host and port, before too many other names came.
    pub fn grant(self, listed: &[String]) -> Option<RpId> {
        let mut labels = Vec::new();
        for item in listed {
            let Ok(url) = Url::parse(item) else { continue };
            let Ok(origin) = Origin::of(&url) else { continue };
            let Host::Domain(host) = origin.host() else { continue };
            // The registrable origin label: what stands before the public suffix.
            let Some(label) = registrable_domain(host).and_then(|domain| domain.split('.').next().map(str::to_owned))
            else {
                continue;
            };
            if !labels.contains(&label) {
                if labels.len() >= MOST_LABELS {
                    continue;
                }
                labels.push(label);
            }
            if origin == self.origin {
                return Some(RpId::granted(self.rp_id));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(origin: &str, claimed: &str) -> Option<RelatedClaim> {
        RelatedClaim::of(&origin.parse().unwrap(), claimed)
    }

    #[test]
    fn only_a_domain_that_somebody_can_have_is_asked() {
        let check = |origin: &str, claimed: &str, expect: Option<&str>| {
            let url = claim(origin, claimed).map(|claim| claim.url().to_string());
            assert_eq!(url.as_deref(), expect, "{origin} claims {claimed}");
        };
        check("https://example.de", "example.com", Some("https://example.com/.well-known/webauthn"));
        check("https://example.de", "Example.COM", Some("https://example.com/.well-known/webauthn"));
        check("https://example.de", "com", None);
        check("https://example.de", "co.uk", None);
        check("https://example.de", "192.168.1.1", None);
        check("https://example.de", "localhost", None);
        check("https://example.de", "example.com:444", None);
        check("https://example.de", "example.com/x?", None);
        check("https://example.de", "user@example.com", None);
        check("https://example.de", "exa mple.com", None);
        check("https://example.de", "", None);
        check("http://example.de", "example.com", None);
        check("https://127.0.0.1", "example.com", None);
    }

    #[test]
    fn the_owners_list_decides() {
        let check = |origin: &str, listed: &[&str], expect: bool| {
            let listed: Vec<String> = listed.iter().map(|&each| each.to_owned()).collect();
            let granted = claim(origin, "example.com").unwrap().grant(&listed);
            assert_eq!(
                granted.map(|id| id.to_string()),
                expect.then(|| "example.com".to_owned()),
                "{origin} {listed:?}"
            );
        };
        check("https://example.de", &["https://example.de"], true);
        check("https://example.de", &["https://example.de/path?x"], true);
        check("https://example.de", &["https://example.de:8443"], false);
        check("https://example.de:8443", &["https://example.de:8443"], true);
        check("https://example.de", &["https://www.example.de"], false);
        check("https://www.example.de", &["https://example.de", "https://www.example.de"], true);
        check("https://example.de", &["http://example.de"], false);
        check("https://example.de", &["not an address", "data:,x", "https://1.2.3.4", "https://example.de"], true);
        check("https://example.de", &[], false);
        // Five names are enough for anybody; another domain of a name that is counted does not count again.
        let five = ["https://a.com", "https://b.com", "https://c.com", "https://d.com", "https://e.com"];
        check("https://example.de", &[five.as_slice(), &["https://example.de"]].concat(), false);
        check("https://a.de", &[five.as_slice(), &["https://a.de"]].concat(), true);
        check("https://example.de", &[&five[..4], &["https://example.de"]].concat(), true);
    }
}
