//! `/.well-known/passkey-endpoints`: whether a site takes passkeys, and the pages for them.
//!
//! <https://www.w3.org/TR/passkey-endpoints/>

use rekey_origin::Site;
use serde::Serialize;
use serde_json::{Map, Value};
use url::Url;

use super::{Asker, MOST_LINK, address};
use crate::Error;
use crate::client::{Body, Redirects, host_of, is_of_site};

/// The most bytes of an answer.
const MOST: usize = 64 << 10;

/// What a site says of passkeys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passkeys {
    /// It takes them; the links may be empty.
    Supports(Box<Links>),
    /// It does not say. It may take them all the same.
    NotSaid,
    /// It could not be asked.
    Failed(Error),
}

/// The pages of a site for passkeys; each is `https` and of the site that was asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// Adds a passkey.
    pub enroll: Option<Url>,
    /// Shows and removes passkeys.
    pub manage: Option<Url>,
    /// Explains what else passkeys are used for.
    pub prf_usage_details: Option<Url>,
    /// What was not taken over.
    pub refused: Vec<RefusedLink>,
}

/// A link that was not taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedLink {
    /// Which one.
    pub member: Member,
    /// Why.
    pub problem: LinkProblem,
}

/// The members that the specification names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Member {
    /// `enroll`
    Enroll,
    /// `manage`
    Manage,
    /// `prfUsageDetails`
    PrfUsageDetails,
}

/// Why a link is not taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkProblem {
    /// It is no text, too long, or no address.
    NotAnAddress,
    /// It is not a plain `https` address.
    Insecure,
    /// It leads to another site.
    OtherSite,
}

impl Passkeys {
    /// The stable name of the outcome, for texts and scripts.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Supports(links) if links.is_empty() => "supports-without-links",
            Self::Supports(_) => "supports",
            Self::NotSaid => "not-said",
            Self::Failed(_) => "failed",
        }
    }
}

impl Links {
    /// Whether there is no link.
    pub fn is_empty(&self) -> bool {
        self.enroll.is_none() && self.manage.is_none() && self.prf_usage_details.is_none()
    }
}

/// Asks the hosts one after the other, until one says that passkeys are taken.
pub(super) async fn ask(asker: &Asker<'_>, hosts: &[String], sites: &[Site]) -> Passkeys {
    let mut outcome = None;
    for host in hosts {
        let answer = ask_host(asker, host, sites).await;
        match (answer, &outcome) {
            (Ok(Some(links)), _) => return Passkeys::Supports(Box::new(links)),
            // A clear word of one host counts for more than the trouble with another.
            (Ok(None), _) => outcome = Some(Passkeys::NotSaid),
            (Err(error), None) => outcome = Some(Passkeys::Failed(error)),
            (Err(_), Some(_)) => {}
        }
    }
    outcome.unwrap_or(Passkeys::Failed(Error::NotASite))
}

/// The links of one host; `None` where it says nothing of passkeys.
async fn ask_host(asker: &Asker<'_>, host: &str, sites: &[Site]) -> Result<Option<Links>, Error> {
    let url = address(host, ".well-known/passkey-endpoints").ok_or(Error::NotASite)?;
    let answer = match asker.get(url, Redirects::Refused, Body::Json(MOST)).await {
        // "A redirect MUST not be returned."
        Err(Error::NotFound | Error::Redirected) => return Ok(None),
        answer => answer?,
    };
    // "A successful response MUST use the 200 OK HTTP status code."
    if answer.status.as_u16() != 200 {
        return Err(Error::Status(answer.status.as_u16()));
    }
    let links = read(&answer.body, sites).ok_or(Error::Malformed)?;
    // An empty object is easily said, by whoever answers everything with one as well.
    if links.is_empty() && !asker.tells_what_is_not_there(host).await? {
        return Ok(None);
    }
    Ok(Some(links))
}

/// Reads an answer; `None` where it is no JSON object, or one that has members and none of passkeys.
pub(crate) fn read(body: &[u8], sites: &[Site]) -> Option<Links> {
    let object: Map<String, Value> = serde_json::from_slice(body).ok()?;
    let mut links = Links::default();
    let mut known = 0;
    let mut take = |member: Member, name: &str| {
        let value = object.get(name)?;
        known += 1;
        match link(value, sites) {
            Ok(url) => Some(url),
            Err(problem) => {
                links.refused.push(RefusedLink { member, problem });
                None
            }
        }
    };
    let enroll = take(Member::Enroll, "enroll");
    let manage = take(Member::Manage, "manage");
    let prf_usage_details = take(Member::PrfUsageDetails, "prfUsageDetails");
    if known == 0 && !object.is_empty() {
        return None;
    }
    Some(Links { enroll, manage, prf_usage_details, ..links })
}

fn link(value: &Value, sites: &[Site]) -> Result<Url, LinkProblem> {
    let text = value.as_str().filter(|text| text.len() <= MOST_LINK).ok_or(LinkProblem::NotAnAddress)?;
    let url = Url::parse(text).map_err(|_| LinkProblem::NotAnAddress)?;
    match host_of(&url) {
        Err(Error::InsecureAddress) => Err(LinkProblem::Insecure),
        Ok(_) if sites.iter().any(|site| is_of_site(&url, site)) => Ok(url),
        _ => Err(LinkProblem::OtherSite),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expect: Option<(&str, &[(Member, LinkProblem)])>) {
        let sites = ["example.com", "example.net"].map(|site| Site::parse(site).unwrap());
        let links = read(body.as_bytes(), &sites);
        let shown = links.as_ref().map(|links| {
            let urls = [&links.enroll, &links.manage, &links.prf_usage_details];
            let urls: Vec<_> = urls.map(|url| url.as_ref().map_or("-", Url::as_str)).into();
            let refused: Vec<_> = links.refused.iter().map(|refused| (refused.member, refused.problem)).collect();
            (urls.join(" "), refused)
        });
        assert_eq!(shown, expect.map(|(urls, refused)| (urls.to_owned(), refused.to_vec())), "{body:.80}");
    }

    #[test]
    fn links_are_https_and_of_the_site() {
        use LinkProblem::{Insecure, NotAnAddress, OtherSite};
        use Member::{Enroll, Manage, PrfUsageDetails};
        check("{}", Some(("- - -", &[])));
        check(
            r#"{"enroll": "https://example.com/add", "manage": "https://id.example.net/keys", "more": [1]}"#,
            Some(("https://example.com/add https://id.example.net/keys -", &[])),
        );
        check(
            r#"{"enroll": "http://example.com/add", "manage": "https://example.org/", "prfUsageDetails": 7}"#,
            Some(("- - -", &[(Enroll, Insecure), (Manage, OtherSite), (PrfUsageDetails, NotAnAddress)])),
        );
        check(r#"{"enroll": "/add"}"#, Some(("- - -", &[(Enroll, NotAnAddress)])));
        check(r#"{"enroll": "https://example.com.evil.org/"}"#, Some(("- - -", &[(Enroll, OtherSite)])));
        check(r#"{"enroll": "https://ехample.com/"}"#, Some(("- - -", &[(Enroll, OtherSite)])));
        check(r#"{"enroll": "https://example.com@evil.org/"}"#, Some(("- - -", &[(Enroll, Insecure)])));
        check(r#"{"enroll": "https://192.168.1.1/"}"#, Some(("- - -", &[(Enroll, OtherSite)])));
        check(r#"{"enroll": "javascript:alert(1)"}"#, Some(("- - -", &[(Enroll, Insecure)])));
        check(
            &format!(r#"{{"enroll": "https://example.com/{}"}}"#, "a".repeat(3000)),
            Some(("- - -", &[(Enroll, NotAnAddress)])),
        );
    }

    #[test]
    fn what_says_nothing_of_passkeys_is_no_answer() {
        for body in
            ["", "[]", "null", "\"x\"", "<html>", r#"{"error": "not found"}"#, "{\"enroll\"", &"[".repeat(60_000)]
        {
            check(body, None);
        }
        check(&format!("{{\"enroll\": {}", "[".repeat(60_000)), None);
    }
}
